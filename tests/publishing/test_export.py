"""A release: whole or absent, the same bytes each time, readable by others, with no private name in any byte."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dateline.errors import UsageError
from dateline.model.event import Mention
from dateline.model.ground import Precision
from dateline.model.incident import Incident
from dateline.model.tables import from_table
from dateline.publishing import Material, Order, publish
from dateline.publishing.assets import assets
from dateline.publishing.cells import read_csv
from dateline.publishing.coordinates import coarsen, coarsen_mention
from dateline.publishing.datasheet import undescribed
from dateline.publishing.flatten import SHEETS, columns_of
from dateline.publishing.formats import EVERY_SHEET
from dateline.publishing.gate import LeakError, check_folder
from dateline.publishing.names import Suppressed, phrases_of
from dateline.publishing.order import Format
from dateline.publishing.redact import plan, redact

if TYPE_CHECKING:
    Data = Any

PRIVATE = ("Weberling", "Lena", "Ärne", "Arne", "Zwieback", "Tomasz", "lena-weberling", "/home/someone")


def release(data: Data, folder: Path, **about: Any) -> Path:
    publish(data, folder, Order(**about))
    return folder


DESCRIPTIONS = {
    "SHA256SUMS",
    "citation.bib",
    "citation.json",
    "croissant.json",
    "datapackage.json",
    "dictionary.md",
    "provenance.jsonld",
}
SUFFIXES = {
    Format.ACLED: "csv",
    Format.UCDP: "csv",
    Format.HURIDOCS: "csv",
    Format.FTM: "jsonl",
    Format.CAPTURES: "csv",
}


def paths_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_files(data: Data, tmp_path: Path) -> None:
    made = publish(data, tmp_path / "out")
    assert (made.reports, made.mentions, made.incidents) == (1, 4, len(data.incidents))
    assert made.masked == 3
    assert paths_in(made.folder) == list(made.files)
    assert DESCRIPTIONS | {"data/incidents.geojson", "data/incidents.csv", "data/mentions.parquet"} <= set(made.files)


@pytest.mark.parametrize("form", [form for form in Format if form is not Format.PAGES])
def test_one_format(data: Data, tmp_path: Path, form: Format) -> None:
    made = publish(data, tmp_path / "out", Order(formats=(form,)))
    (suffix, *others) = {name.rpartition(".")[2] for name in made.files if name.startswith("data/")}
    assert (suffix, others) == (SUFFIXES.get(form, form.value), [])
    assert {name for name in made.files if not name.startswith("data/")} == DESCRIPTIONS


def test_no_private_name_in_any_byte(data: Data, tmp_path: Path) -> None:
    folder = release(data, tmp_path / "out")
    for path in (folder / name for name in paths_in(folder) if name not in assets()):
        content = path.read_bytes()
        if path.suffix == ".parquet":
            content = str(pq.read_table(path).to_pylist()).encode()
        assert [name for name in PRIVATE if name.casefold() in content.decode("utf-8").casefold()] == []


def test_texts_leave_only_if_asked_for_and_masked(data: Data, tmp_path: Path) -> None:
    assert "data/texts.jsonl" not in publish(data, tmp_path / "without").files
    made = publish(data, tmp_path / "with", Order(texts=True))
    (line,) = (made.folder / "data/texts.jsonl").read_text("utf-8").splitlines()
    text = json.loads(line)["text"]
    assert text.startswith("On 9 October 1989 police arrested [private person], a student of physics")
    assert [name for name in PRIVATE if name in text] == []
    assert made.leaving.texts == 1


def test_the_same_dataset_gives_the_same_bytes(data: Data, tmp_path: Path) -> None:
    first = release(data, tmp_path / "a")
    publish(Material(data.reports[::-1], data.mentions[::-1], data.incidents[::-1]), tmp_path / "b")
    assert paths_in(first) == paths_in(tmp_path / "b")
    for name in paths_in(first):
        assert (first / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_parquet_reads_back_as_nouns(data: Data, tmp_path: Path) -> None:
    folder = release(data, tmp_path / "out", formats=(Format.PARQUET,))
    masking = plan(data.reports, data.mentions)
    mentions = sorted((coarsen_mention(redact(it, masking)) for it in data.mentions), key=lambda it: it.id)
    assert from_table(Mention, pq.read_table(folder / "data/mentions.parquet")) == mentions
    incidents = from_table(Incident, pq.read_table(folder / "data/incidents.parquet"))
    assert incidents == sorted(map(coarsen, data.incidents), key=lambda it: it.id)


def test_csv_reads_back(data: Data, tmp_path: Path) -> None:
    folder = release(data, tmp_path / "out", formats=(Format.CSV,))
    tables = {}
    for sheet in SHEETS:
        schema = pa.schema([column.field for column in columns_of(sheet)])
        tables[sheet.name] = read_csv((folder / f"data/{sheet.name}.csv").read_bytes(), schema).to_pylist()
    assert len(tables["mentions"]) == 4
    assert len(tables["mention_actors"]) == 3
    assert [(row["counts"], row["low"], row["high"]) for row in tables["mention_figures"]] == [("arrested", 2, 2)]
    assert {row["mention"] for row in tables["mention_voices"]} == {row["id"] for row in tables["mentions"]}
    assert {it for row in tables["incidents"] for it in row["mentions"].split()} == {it.id for it in data.mentions}
    (arrest,) = [row for row in tables["mentions"] if row["form"] == "arrest"]
    assert (arrest["place_name"], arrest["place_lat"], arrest["place_lon"]) == ("Leipzig", 51.34, 12.37)


def test_jsonl_speaks_the_schema_of_mentions(data: Data, tmp_path: Path) -> None:
    folder = release(data, tmp_path / "out", formats=(Format.JSONL,))
    mentions = [json.loads(line) for line in (folder / "data/mentions.jsonl").read_text("utf-8").splitlines()]
    assert {it["schema"] for it in mentions} == {"dateline.mention/1"}
    assert len((folder / "data/incidents.jsonl").read_text("utf-8").splitlines()) == len(data.incidents)


def test_geojson_is_valid(data: Data, tmp_path: Path) -> None:
    folder = release(data, tmp_path / "out", formats=(Format.GEOJSON,))
    collection = json.loads((folder / "data/incidents.geojson").read_text("utf-8"))
    assert set(collection) == {"type", "features"}
    assert collection["type"] == "FeatureCollection"
    (feature,) = collection["features"]
    assert set(feature) == {"type", "id", "geometry", "properties"}
    assert feature["geometry"] == {"type": "Point", "coordinates": [12.37, 51.34]}


@pytest.mark.parametrize(
    ("precision", "lat", "lon"),
    [
        (Precision.SITE, "51.34", "12.346"),
        (Precision.CITY, "51.34", "12.35"),
        (Precision.PROVINCE, "51.3", "12.3"),
        (Precision.COUNTRY, "51.0", "12.0"),
        (Precision.UNKNOWN, "51.0", "12.0"),
    ],
)
def test_coordinates_are_no_finer_than_known(data: Data, precision: Precision, lat: str, lon: str) -> None:
    coarse = coarsen(replace(data.incidents[0], lat=51.339999, lon=12.3456789, precision=precision))
    assert (str(coarse.lat), str(coarse.lon)) == (lat, lon)


def test_no_negative_zero(data: Data) -> None:
    incident = replace(data.incidents[0], lat=-0.1, lon=-0.4, precision=Precision.COUNTRY)
    assert (str(coarsen(incident).lat), str(coarsen(incident).lon)) == ("0.0", "0.0")
    assert coarsen(replace(incident, lat=None, lon=None)).lat is None


def test_the_datapackage_tells_of_every_file(data: Data, tmp_path: Path) -> None:
    folder = release(data, tmp_path / "out")
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    told = {resource["path"]: resource for resource in package["resources"]}
    assert set(told) == set(paths_in(folder)) - {"datapackage.json", "SHA256SUMS"}
    for name, resource in told.items():
        content = (folder / name).read_bytes()
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert resource["bytes"] == len(content)
        if "schema" in resource:
            header = content.split(b"\r\n", 1)[0].decode().split(",")
            assert [field["name"] for field in resource["schema"]["fields"]] == header
    assert {name for name, it in told.items() if "schema" not in it and name.endswith(".csv")} == {
        "data/capture_histories.csv"  # has lines above its header
    }
    keys = [resource for resource in told.values() if "foreignKeys" in resource.get("schema", {})]
    names = {resource["name"] for resource in told.values()}
    assert {key["reference"]["resource"] for it in keys for key in it["schema"]["foreignKeys"]} <= names


def test_every_column_is_described() -> None:
    assert undescribed() == []


def test_the_dictionary_names_every_column(data: Data, tmp_path: Path) -> None:
    told = (release(data, tmp_path / "out") / "dictionary.md").read_text("utf-8")
    assert [it.name for sheet in EVERY_SHEET for it in columns_of(sheet) if f"| `{it.name}` |" not in told] == []


# --- the gate --------------------------------------------------------------------------------------------------------

GATE = Suppressed(
    phrases_of([("bo", "li"), ("lena", "weberling")]), frozenset({"weberling"}), phrases_of([("leipzig",)])
)


@pytest.mark.parametrize(
    ("name", "content", "leaks"),
    [
        ("a.csv", "id,quote\r\n1,the Weberling family\r\n", True),
        ("a.csv", "id,quote\r\n1,the WEBERLING family\r\n", True),
        ("a.csv", "id,quote\r\n1,Wéberling\r\n", True),
        ("a.csv", "id,quote\r\n1,Bo  Li\r\n", True),
        ("a.csv", "id,quote\r\n1,Bo and Li\r\n", False),
        ("a.json", '{"url": "https://x.example/l%C3%A9na-weberling"}', True),
        ("weberling.csv", "id\r\n", True),
        ("a.md", "in Leipzig", False),
        ("a.md", "", False),
    ],
)
def test_the_gate_reads_every_file(tmp_path: Path, name: str, content: str, leaks: bool) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    if leaks:
        with pytest.raises(LeakError, match="nothing was published"):
            check_folder(tmp_path, GATE)
    else:
        check_folder(tmp_path, GATE)


@pytest.mark.parametrize("content", [{"a": ["Weberling"]}, {"weberling": [1]}, {"a": [[{"b": "of Weberling"}]]}])
def test_the_gate_reads_parquet(tmp_path: Path, content: dict[str, Any]) -> None:
    pq.write_table(pa.table(content), tmp_path / "a.parquet")
    with pytest.raises(LeakError):
        check_folder(tmp_path, GATE)


def test_an_id_is_not_read_as_a_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("0" * 30 + "abed" + "1" * 30, "utf-8")
    check_folder(tmp_path, Suppressed(phrases_of([]), frozenset({"abed"}), phrases_of([])))


def test_a_leak_leaves_nothing_behind(data: Data, tmp_path: Path) -> None:
    """A suppressed name that is also a column cannot be masked: the gate must find it."""
    with pytest.raises(LeakError, match="granularity"):
        publish(data, tmp_path / "deep" / "out", Order(names=("Granularity",)))
    assert list((tmp_path / "deep").iterdir()) == []


def test_a_folder_in_use_is_left_alone(data: Data, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds something"):
        publish(data, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    (tmp_path / "empty").mkdir()
    assert release(data, tmp_path / "empty").is_dir()


def test_nothing_to_publish(tmp_path: Path) -> None:
    made = publish(Material([], [], []), tmp_path / "out")
    assert (made.reports, made.mentions, made.incidents, made.masked) == (0, 0, 0, 0)
    assert json.loads((made.folder / "data/incidents.geojson").read_text("utf-8"))["features"] == []


def test_each_mention_names_its_speaker_in_columns_of_their_own(data: Data, tmp_path: Path) -> None:
    with (release(data, tmp_path / "out") / "data/mentions.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    told = [row for row in rows if row["speaker_kind"] != "report"]
    own = [row for row in rows if row["speaker_kind"] == "report"]
    assert told
    assert all(row["chain"] == f"report > {row['speaker']}" for row in told)
    assert all(row["speaker"] == row["chain"] == "report" for row in own)
