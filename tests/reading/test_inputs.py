"""What is found, in which order, under which names; what cannot be read is found too."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dateline.errors import UsageError
from dateline.reading.content import LIMITS, Limits
from dateline.reading.inputs import Given, Input, find_inputs

SMALL = Limits(raw_bytes=1_000)


def found(*paths: Path | str, limits: Limits = LIMITS) -> list[Input]:
    return list(find_inputs([str(path) for path in paths], limits=limits))


def outline(*paths: Path | str, limits: Limits = LIMITS) -> list[tuple[str, str]]:
    return [(Path(i.source).name, i.fault or i.kind) for i in found(*paths, limits=limits)]


def test_folders_are_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/B.HTML", ".hidden.txt", ".git/x.txt", "c.html.gz", "a.txt", "d.pdf", "noend"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    assert outline(tmp_path) == [
        ("B.HTML", "page"),
        ("z.md", "text"),
        ("a.txt", "text"),
        ("b.txt", "text"),
        ("c.html.gz", "packed-page"),
        ("d.pdf", "unsupported"),
        ("noend", "unsupported"),
    ]
    assert found(tmp_path) == found(tmp_path)
    assert [i.source for i in found(tmp_path / "b.txt")] == [str(tmp_path / "b.txt")]


def test_links_do_not_lead_out_or_in_circles(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside.txt", tmp_path / "folder"
    folder.mkdir()
    outside.write_text("secret")
    (folder / "a.txt").write_text("a")
    (folder / "circle").symlink_to(folder)
    (folder / "inside.txt").symlink_to(folder / "a.txt")
    (folder / "out.txt").symlink_to(outside)
    (folder / "upward").symlink_to(tmp_path)
    (folder / "broken.txt").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe.txt")
    assert outline(folder) == [
        ("a.txt", "text"),
        ("broken.txt", "unreadable"),
        ("inside.txt", "text"),
        ("out.txt", "unsupported"),
        ("pipe.txt", "unsupported"),
        ("upward", "unsupported"),
    ]
    assert all(i.raw != b"secret" for i in found(folder))


def test_every_missing_path_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no-one.*no-two"):
        find_inputs([str(tmp_path / "no-one"), str(tmp_path), str(tmp_path / "no-two")])


def test_what_the_user_says_goes_with_every_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.pdf").write_text("x")
    given = Given("Church newsletter", date(1989, 10, 10), "de")
    for item in find_inputs([str(tmp_path)], given):
        assert (item.publisher, item.published, item.language) == ("Church newsletter", "1989-10-10", "de")


def test_a_file_over_the_limit_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert [(i.fault, i.raw) for i in found(path)] == [("too-large", b"")]


def test_json_lines_are_split_verbatim(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "a"}\r\n\n  \n{"text":  "b"}\nnot json')
    assert [(i.source, i.kind, i.raw) for i in found(path)] == [
        (f"{path}#1", "record", b'\xef\xbb\xbf{"text": "a"}'),
        (f"{path}#4", "record", b'{"text":  "b"}'),
        (f"{path}#5", "record", b"not json"),
    ]


def test_json_lines_of_utf16_are_split_too(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"text": "Ċ"}\n{"text": "b"}\n'.encode("utf-16"))
    assert [json.loads(i.raw.decode("utf-8-sig")) for i in found(path)] == [{"text": "Ċ"}, {"text": "b"}]


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz"])
def test_a_line_over_the_limit_is_passed_over_and_told(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    raw = b'{"text": "a"}\n' + bytes(range(11, 250)) * 2_500 + b'\n{"text": "b"}\n' + b"x" * 1_001
    path.write_bytes(gzip.compress(raw) if suffix.endswith("gz") else raw)
    assert outline(path, limits=SMALL) == [
        (f"a{suffix}#1", "record"),
        (f"a{suffix}#2", "too-large"),
        (f"a{suffix}#3", "record"),
        (f"a{suffix}#4", "too-large"),
    ]


def test_packed_lines_of_several_members(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": ') + gzip.compress(b'"a"}\n{"text": "b"}') + b"\0" * 512)
    assert [i.raw for i in found(path)] == [b'{"text": "a"}', b'{"text": "b"}']


@pytest.mark.parametrize(
    ("raw", "kinds"),
    [
        (gzip.compress(b"{}\n" + b" " * 30_000_000), ["record", "bomb"]),
        (gzip.compress(b"{}\n{")[:-8], ["record", "damaged"]),
        (b"no gzip", ["damaged"]),
        (b"", []),
    ],
)
def test_a_packed_file_that_is_none(tmp_path: Path, raw: bytes, kinds: list[str]) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(raw)
    assert [i.fault or i.kind for i in found(path)] == kinds
    assert all(i.source == str(path) for i in found(path) if i.fault)


def test_csv_rows_become_canonical_json_named_by_their_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('\ufefftitle;text\r\nOne;"a ""b""\r\nc"\r\n\r\nTwo;ü\r\n'.encode())
    assert [(i.source, i.raw.decode()) for i in found(path)] == [
        (f"{path}#2", '{"text":"a \\"b\\"\\r\\nc","title":"One"}'),
        (f"{path}#5", '{"text":"ü","title":"Two"}'),
    ]


def test_csv_trouble_is_told_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"title,text\nOne,a,b\nTwo," + b"x" * 300 + b"\nThree," + b"y" * 990 + b"\nFour,\x00\nFive,\xff\n")
    assert outline(path, limits=SMALL) == [
        ("a.csv#2", "malformed-record"),
        ("a.csv#3", "record"),
        ("a.csv#4", "too-large"),
        ("a.csv#5", "record"),
        ("a.csv#6", "record"),
    ]
    assert found(path)[-1].raw == b'{"text":"\xff","title":"Five"}'


def test_a_quote_that_is_never_closed_ends_at_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'title,text\nOne,"' + b"never closed\n" * 200)
    kinds = [i.fault or i.kind for i in found(path, limits=SMALL)]
    assert "malformed-record" in kinds


def test_long_csv_fields_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text\n" + "x" * 500_000 + "\n")
    assert [len(i.raw) for i in found(path)] == [500_000 + len('{"text":""}')]


def test_parquet_rows_become_canonical_json(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    rows: list[dict[str, object]] = [
        {"text": "a", "date": date(2019, 11, 17), "html": b"<p>\xff", "n": 1},
        {"text": None, "date": None, "html": None, "n": None},
    ]
    pq.write_table(pa.Table.from_pylist(rows), path)
    assert [(i.source, i.raw) for i in found(path)] == [
        (f"{path}#1", b'{"date":"2019-11-17","html":"<p>\xff","n":1,"text":"a"}'),
        (f"{path}#2", b'{"date":null,"html":null,"n":null,"text":null}'),
    ]


@pytest.mark.parametrize("raw", [b"", b"PAR1", b"PAR1" + b"\xff" * 100 + b"PAR1"])
def test_a_parquet_file_that_is_none(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(raw)
    assert outline(path) == [("a.parquet", "damaged")]


@pytest.mark.parametrize(
    ("raw", "sources"),
    [
        (b"Police arrested nine.", [("-", "text")]),
        (b"\n<!DOCTYPE html><p>x", [("-", "page")]),
        (b'{"text": "a"}\n{"text": "b"}', [("-#1", "record"), ("-#2", "record")]),
        (b"", [("-", "text")]),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, raw: bytes, sources: list[tuple[str, str]]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    inputs = found("-")
    assert [(i.source, i.kind) for i in inputs] == sources
    assert b"".join(i.raw for i in inputs) == raw.replace(b"\n{", b"{")


def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_text("x")
    (item,) = found(tmp_path)
    assert item.source.encode("utf-8").endswith(b"caf\\udce9.txt")
