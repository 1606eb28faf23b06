"""What is hostile is shown safe: texts and quotes of any length, names of files of any kind, signs that turn a line."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tests.exploring.sample import Sample, get
from tests.exploring.test_explorer import Page
from tests.nouns import cite, incident, mention

from dateline.cli import cli
from dateline.exploring.app import make_app
from dateline.exploring.portions import PORTION, portion
from dateline.model.event import Mention
from dateline.model.ground import Attribution, Figure, Voice, VoiceKind
from dateline.model.text import Evidence, Report

if TYPE_CHECKING:
    from starlette.applications import Starlette

LONG = 10_000_000
SLOWEST = 5.0  # seconds of the processor; half of it is reading 10 MB from the project and hashing it
LARGEST = 2_000_000  # bytes

WORDS = "Guards fired on the crowd at the gate, and nobody would say who had told them to do it. "


def long_sample() -> Sample:
    """A report of 10 MB with a mention whose every quote is all of it, and one in the middle of it."""
    sample = Sample()
    text = (WORDS * (LONG // len(WORDS) + 1))[:LONG]
    middle = LONG // 2
    report = sample.add_report(text, publisher="P" * 500_000, title="T" * 500_000, language="en")
    whole = report.cite(0, LONG)
    voice = Voice(VoiceKind.PERSON, None, whole, whole, content=whole.span)
    long = Mention(
        "a" * 64,
        report.id,
        "ASSAULT",
        None,
        mention(report, "Guards").status,
        whole,
        whole.span,
        figures=(Figure(whole, "people", 1, 2),),
        attribution=Attribution((Voice(VoiceKind.REPORT), voice)),
        why="w" * 500_000,
    )
    start = text.index("fired", middle)
    short = mention_at(report, start, start + 5)
    sample.mentions = [long, short]
    sample.incidents = [incident(long), incident(short)]
    return sample


def mention_at(report: Report, start: int, end: int) -> Mention:
    trigger = report.cite(start, end)
    return Mention(
        "b" * 64, report.id, "ASSAULT", None, mention(report, "Guards").status, trigger=trigger, clause=trigger.span
    )


@pytest.fixture(scope="module")
def long_app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    return make_app(long_sample().write(tmp_path_factory.mktemp("long")))


def long_paths() -> list[str]:
    sample = long_sample()
    report = f"/reports/{sample.reports[0].id}"
    single = [f"{report}?mention={it.id}" for it in sample.mentions]
    reviewed = [f"/review/{it.id}?who=amber&act={act}" for it in sample.mentions for act in ("", "figures", "trigger")]
    shown = [f"/incidents/{it.id}" for it in sample.incidents]
    return [
        "/",
        "/texts?words=nobody",
        "/texts?words=nowhere*",
        report,
        f"{report}?part=200",
        *single,
        *shown,
        *reviewed,
    ]


@pytest.mark.parametrize("number", range(len(long_paths())))
def test_a_page_stays_answerable_however_long_the_text(long_app: Starlette, number: int) -> None:
    path = long_paths()[number]
    if number == 0:
        get(long_app, "/texts?words=gate")  # the index is made once, beside the first page in what is served
    began = time.process_time()
    answer = get(long_app, path)
    assert answer.status_code == 200
    assert time.process_time() - began < SLOWEST, path
    assert len(answer.content) < LARGEST, path


def test_a_long_text_says_which_part_is_shown_and_where_the_rest_is(long_app: Starlette) -> None:
    report, (_, short) = long_sample().reports[0], long_sample().mentions
    first = get(long_app, f"/reports/{report.id}").text
    parts = portion(report.text).of
    assert f"Part 1 of {parts} of a long text: characters 1 to " in Page(first).words
    assert f'href="/reports/{report.id}?part=2"' in first
    assert f'href="/api/v1/reports/{report.id}?part=1"' in first
    told = [get(long_app, f"/api/v1/reports/{report.id}?part={it}").json() for it in range(1, parts + 1)]
    assert "".join(it["report"]["text"] for it in told) == report.text
    last = Page(get(long_app, f"/reports/{report.id}?part={parts}").text)
    assert last.text == report.text[portion(report.text, str(parts)).start :]
    held = Page(get(long_app, f"/reports/{report.id}?mention={short.id}").text)
    assert ("id", f"m-{short.id}") in held.attributes
    assert [mark["data-roles"] for mark in held.marks] == ["trigger"]
    assert get(long_app, f"/reports/{report.id}?part={parts + 1}").status_code == 400


def test_a_long_quote_says_that_it_is_cut(long_app: Starlette) -> None:
    words = Page(get(long_app, f"/incidents/{long_sample().incidents[0].id}").text).words
    assert f"⟨cut after 1,000 of {LONG:,} characters; the project has the rest⟩" in words


def test_a_text_of_common_length_is_shown_whole_and_without_a_word_of_parts(tmp_path: Path) -> None:
    sample = Sample()
    text = (WORDS * 900)[: PORTION - 1]
    report = sample.add_report(text)
    shown = Page(get(make_app(sample.write(tmp_path / "p")), f"/reports/{report.id}").text)
    assert shown.text == text
    assert "Part 1" not in shown.words


def test_portions_are_the_text_and_end_with_a_word() -> None:
    text = WORDS * 3_000
    parts = [portion(text, str(number)) for number in range(1, portion(text).of + 1)]
    assert "".join(text[it.start : it.end] for it in parts) == text
    assert all(text[it.end - 1] == " " for it in parts)
    assert all(portion(text, holding=it.end - 1) == it for it in parts)


NAMES = [
    "a\\..\\..\\evil.txt",
    "%2e%2e%2fevil.txt",
    "<script>alert(1)<⁄script>.txt",
    "line\nbreak.txt",
    "tab\there.txt",
    "\u202etxt.exe\u2066 gnp.txt",
    "\u200binvisible\ufeff.txt",
    "\x1b]0;owned\x07\x1b[2Jescape.txt",
    "nul%00\u2400.txt",
    "تقرير عن المسيرة.txt",
    "=cmd|' ⁄C calc'!A0.txt",
    "'; DROP TABLE reports;--.txt",
    "{{ 7*7 }} {% raw %}.txt",
    "x" * 251 + ".txt",
    b"not-utf8-\xff\xfe.txt".decode("utf-8", "surrogateescape"),
    "[bold red]markup[⁄].txt",
    "glob[a-z]*?.txt",
]
UNSEEN = [chr(code) for code in (0x202E, 0x2066, 0x200B, 0xFEFF, 0x1B, 0x07)]


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Run over files with such names, and give the project and what the terminal was sent."""
    folder = tmp_path_factory.mktemp("named")
    (folder / "in").mkdir()
    for number, name in enumerate(NAMES):
        (folder / "in" / name).write_text(f"Police arrested {number + 2} students in Leipzig.", "utf-8")
    (folder / "in" / "\u202efdp.exe").write_text("no suffix that is read")
    (folder / "dateline.toml").write_text('coder = "rules"\nworkers = 1\n', "utf-8")
    before = Path.cwd()
    os.chdir(folder)
    try:
        runner = CliRunner()
        printed = runner.invoke(cli, ["run", "in", "-o", "project"], standalone_mode=False)
        told = [runner.invoke(cli, ["code", f"in/{name}"], standalone_mode=False).output for name in NAMES[:8]]
    finally:
        os.chdir(before)
    assert printed.exception is None, printed.output
    return folder / "project", "\n".join([printed.output, *told])


def test_files_of_any_name_are_read_and_stay_in_the_project(named: tuple[Path, str]) -> None:
    project, _ = named
    above = {path.name for path in project.parent.iterdir()}
    assert above == {"in", "project", "dateline.toml"}
    assert all(path.name.isascii() and path.name.isprintable() for path in project.rglob("*"))


def test_the_terminal_obeys_no_name(named: tuple[Path, str]) -> None:
    assert not [sign for sign in UNSEEN if sign in named[1]]
    assert "⟨U+202E⟩txt.exe" in named[1]


def test_any_name_is_shown_as_it_is_and_in_one_line(named: tuple[Path, str]) -> None:
    app = make_app(named[0])
    pages = [get(app, "/texts?words=students"), get(app, "/issues")]
    ids = [it["id"] for it in get(app, "/api/v1/incidents").json()["incidents"]]
    pages += [get(app, f"/incidents/{id}") for id in ids]
    reports = {name for it in pages for name in it.text.split('"/reports/')[1:] for name in [name[:64]]}
    shown = [get(app, f"/reports/{id}") for id in reports]
    assert len(shown) == len(NAMES)
    assert all(it.status_code == 200 for it in (*pages, *shown))
    markup = "\n".join(it.text for it in (*pages, *shown))
    assert not [sign for sign in UNSEEN if sign in markup]
    words = "\n".join(Page(it.text).words for it in (*pages, *shown))
    for part in (
        "in/a\\..\\..\\evil.txt",
        "<script>alert(1)<⁄script>.txt",
        "line⟨U+000A⟩break.txt",
        "tab⟨U+0009⟩here.txt",
        "⟨U+202E⟩txt.exe⟨U+2066⟩ gnp.txt",
        "⟨U+001B⟩]0;owned⟨U+0007⟩",
        "تقرير عن المسيرة.txt",
        "{{ 7*7 }} {% raw %}.txt",
        "not-utf8-",
        "⟨U+202E⟩fdp.exe",
    ):
        assert part in words, part
    assert "<script>alert" not in markup


def test_names_of_files_do_not_leave(named: tuple[Path, str], tmp_path: Path) -> None:
    answer = CliRunner().invoke(cli, ["publish", str(named[0]), str(tmp_path / "out"), "--json"], standalone_mode=False)
    assert answer.exception is None, answer.output
    files = json.loads(answer.output)["files"]
    assert all(name.isascii() and ".." not in name for name in files)
    content = b"\n".join((tmp_path / "out" / name).read_bytes() for name in files)
    assert not [name for name in NAMES if name.encode("utf-8", "surrogateescape") in content]


TURNED = "a\u202eb\u2066c\u2069\u200fd\u061ce"
SPELT = "a⟨U+202E⟩b⟨U+2066⟩c⟨U+2069⟩⟨U+200F⟩d⟨U+061C⟩e"


def turned() -> Sample:
    sample = Sample()
    text = f"{TURNED} marched, {TURNED} said."
    report = sample.add_report(text, publisher=f"P {TURNED}", title=f"T {TURNED}", url=f"http://x.example/{TURNED}")
    said = Evidence(text.rindex(TURNED), text.rindex(TURNED) + len(TURNED), TURNED)
    voice = Voice(VoiceKind.PERSON, f"V {TURNED}", said, cite(report, "said"))
    told = mention(report, "marched", attribution=Attribution((Voice(VoiceKind.REPORT), voice)))
    sample.mentions = [told]
    sample.incidents = [incident(told, place=f"L {TURNED}")]
    return sample


def test_signs_that_turn_a_line_round_are_spelt_out_wherever_they_stand(tmp_path: Path) -> None:
    sample = turned()
    app = make_app(sample.write(tmp_path / "p"))
    report, told, found = sample.reports[0], sample.mentions[0], sample.incidents[0]
    for path, names in {
        "/": "L",
        f"/incidents/{found.id}": "LPTV",
        f"/reports/{report.id}": "PTV",
        f"/review/{told.id}?who=amber": "PTV",
        "/texts?words=marched": "PT",
    }.items():
        answer = get(app, path)
        assert not [sign for sign in TURNED if not sign.isascii() and sign in answer.text], path
        assert all(f"{name} {SPELT}" in Page(answer.text).words for name in names), path
