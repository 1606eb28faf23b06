from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.storing.rows import (
    CLOCK,
    PROVENANCE,
    TEXT,
    batch,
    failed,
    fill,
    mention,
    report,
    result,
    tree,
    two_reports,
)

from dateline.errors import ArchiveError, EvidenceError, UsageError
from dateline.model.event import Mention
from dateline.model.judgement import Anchor, Judgement, Verdict
from dateline.model.tables import from_table
from dateline.model.text import Evidence, Report
from dateline.storing.archive import open_archive
from dateline.storing.database import open_database
from dateline.storing.manifest import Clock
from dateline.storing.results import Outcome, Result
from dateline.storing.writer import Writer, writing

STAGE = PROVENANCE.stage


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    first, second = two_reports()
    with writing(tmp_path / "p", STAGE) as writer:
        fill(writer, first, second, failed("c.txt"))

    with open_database(tmp_path / "p") as database:
        assert {it.id: it for it in from_table(Report, database.table("reports"))} == {
            it.report.id: it.report for it in (first, second) if it.report
        }
        mentions = from_table(Mention, database.table("mentions"))
        assert sorted(mentions, key=lambda it: it.id) == sorted(
            (*first.mentions, *second.mentions), key=lambda it: it.id
        )
        assert [issue.source for issue in database.issues()] == ["c.txt"]


def test_raw_bytes_of_each_report_are_kept(tmp_path: Path) -> None:
    with writing(tmp_path / "p", STAGE) as writer:
        fill(writer, *two_reports())

    assert open_archive(tmp_path / "p").raw(report().raw) == TEXT.encode()


def test_manifest_says_what_was_written(tmp_path: Path) -> None:
    with writing(tmp_path / "p", STAGE) as writer:
        manifest = fill(writer, *two_reports(), failed("c.txt"))

    counts = dict(manifest.counts)
    assert open_archive(tmp_path / "p").manifests == (manifest,)
    assert counts["readings"] == 3
    assert (counts["read"], counts["unreadable"], counts["duplicate"]) == (2, 1, 0)
    assert (counts["reports"], counts["mentions"], counts["issues"], counts["incidents"]) == (2, 3, 1, 3)
    assert manifest.versions == (("dateline", "0.1.0"),)


def test_run_that_is_not_committed_leaves_nothing(tmp_path: Path) -> None:
    with writing(tmp_path / "p", STAGE) as writer:
        fill(writer, two_reports()[0])
    before = tree(tmp_path / "p")

    def fail() -> None:
        with writing(tmp_path / "p", STAGE) as writer:
            writer.append(batch(two_reports()[1]))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()

    after = tree(tmp_path / "p")
    assert {name: data for name, data in after.items() if not name.startswith("raw/")} == {
        name: data for name, data in before.items() if not name.startswith("raw/")
    }


def test_leftovers_of_a_killed_writer_are_removed(tmp_path: Path) -> None:
    with writing(tmp_path / "p", STAGE) as writer:
        fill(writer, two_reports()[0])
    for name in ("mentions/.writing.parquet.tmp", "work/.k.arrow.7.tmp", "raw/ab/.abc.7.tmp", "runs/.x.json.7.tmp"):
        (tmp_path / "p" / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / "p" / name).write_bytes(b"half")

    with writing(tmp_path / "p", STAGE):
        pass

    assert not list((tmp_path / "p").rglob("*.tmp"))


def test_parts_that_no_manifest_names_do_not_exist(tmp_path: Path) -> None:
    with writing(tmp_path / "p", STAGE) as writer:
        manifest = fill(writer, *two_reports())
    stray = tmp_path / "p" / "mentions" / "000002-0123456789abcdef.parquet"
    stray.write_bytes((tmp_path / "p" / "mentions" / f"{manifest.run}.parquet").read_bytes())

    with open_database(tmp_path / "p") as database:
        assert database.counts().mentions == 3


def test_same_report_twice_is_one_report_and_a_duplicate(tmp_path: Path) -> None:
    first = two_reports()[0]
    assert first.report
    copy = result(replace(first.report, source="copy.txt"), *first.mentions)
    with writing(tmp_path / "p", STAGE) as writer:
        manifest = fill(writer, first, copy)

    counts = dict(manifest.counts)
    assert (counts["reports"], counts["mentions"], counts["read"], counts["duplicate"]) == (1, 2, 1, 1)
    with open_database(tmp_path / "p") as database:
        assert database.sources(first.report.id) == ["a.txt", "copy.txt"]


def test_later_run_adds_only_what_is_new(tmp_path: Path) -> None:
    first, second = two_reports()
    with writing(tmp_path / "p", STAGE) as writer:
        fill(writer, first)
    before = tree(tmp_path / "p")
    with writing(tmp_path / "p", STAGE) as writer:
        assert not writer.claim(first.input)
        assert writer.claim(second.input)
        assert not writer.claim(second.input)
        fill(writer, second)

    after = tree(tmp_path / "p")
    assert before.items() <= after.items()
    with open_database(tmp_path / "p") as database:
        assert (database.counts().reports, database.counts().mentions) == (2, 3)


def test_another_stage_reads_again_and_its_word_counts(tmp_path: Path) -> None:
    first = two_reports()[0]
    with writing(tmp_path / "p", STAGE) as writer:
        fill(writer, first)
    with writing(tmp_path / "p", "b" * 64) as writer:
        assert writer.claim(first.input)
        fill(writer, replace(first, mentions=first.mentions[:1]))

    with open_database(tmp_path / "p") as database:
        assert (database.counts().reports, database.counts().mentions) == (1, 1)
        assert [len(mentions) for _, mentions in database.every_report()] == [3]
    with writing(tmp_path / "p", STAGE) as writer:
        assert writer.claim(first.input), "the first stage was asked for again, and its reading is not the newest"


def test_report_that_its_input_no_longer_gives_is_not_current(tmp_path: Path) -> None:
    first, second = two_reports()
    with writing(tmp_path / "p", STAGE) as writer:
        fill(writer, first)
    with writing(tmp_path / "p", "b" * 64) as writer:
        fill(writer, replace(second, input=first.input))

    with open_database(tmp_path / "p") as database:
        assert [row["id"] for row in database.table("reports").to_pylist()] == [second.report and second.report.id]
        assert database.counts().mentions == 1


@pytest.mark.parametrize("retry", [False, True])
def test_quarantined_input_is_read_again_only_if_asked(tmp_path: Path, retry: bool) -> None:
    poison = failed("poison.txt", Outcome.QUARANTINED)
    with writing(tmp_path / "p", STAGE) as writer:
        fill(writer, poison)

    with writing(tmp_path / "p", STAGE, retry=retry) as writer:
        assert writer.claim(poison.input) is retry


def test_no_news_without_new_rows_judgements_or_linker(tmp_path: Path) -> None:
    with writing(tmp_path / "p", STAGE) as writer:
        assert writer.has_news(PROVENANCE, ())
        fill(writer, two_reports()[0])

    with writing(tmp_path / "p", STAGE) as writer:
        assert not writer.has_news(PROVENANCE, ())
        assert writer.has_news(PROVENANCE, ("f" * 64,))
        assert writer.has_news(replace(PROVENANCE, linker="linker-2"), ())


def test_run_is_the_same_to_the_byte_but_for_the_clock(tmp_path: Path) -> None:
    for name, clock in (("p", CLOCK), ("q", Clock("2030-01-01T00:00:00+00:00", 99.0))):
        with writing(tmp_path / name, STAGE) as writer:
            writer.append(batch(*two_reports()))
            writer.commit(PROVENANCE, (), clock)

    one, other = tree(tmp_path / "p"), tree(tmp_path / "q")
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == [name for name in one if name.startswith("runs/")]


def _wrong_quote(it: Result) -> Result:
    trigger = replace(it.mentions[0].trigger, quote="danced!")
    return replace(it, mentions=(replace(it.mentions[0], trigger=trigger),))


def _wrong_offset(it: Result) -> Result:
    found = it.mentions[0].figures[0]
    figure = replace(found, evidence=Evidence(found.evidence.start + 1, found.evidence.end + 1, found.evidence.quote))
    return replace(it, mentions=(replace(it.mentions[0], figures=(figure,)),))


def _other_report(it: Result) -> Result:
    return replace(it, mentions=(replace(it.mentions[0], report="0" * 64),))


def _changed_text(it: Result) -> Result:
    assert it.report
    return replace(it, report=replace(it.report, text=it.report.text.replace("nine", "five")))


def _no_bytes(it: Result) -> Result:
    return replace(it, content=None)


def _other_bytes(it: Result) -> Result:
    return replace(it, content=b"something else")


def _no_report(it: Result) -> Result:
    return replace(it, report=None)


@pytest.mark.parametrize(
    "spoil", [_wrong_quote, _wrong_offset, _other_report, _changed_text, _no_bytes, _other_bytes, _no_report]
)
def test_archive_refuses_what_does_not_stand(tmp_path: Path, spoil: object) -> None:
    assert callable(spoil)
    with writing(tmp_path / "p", STAGE) as writer, pytest.raises(EvidenceError):
        writer.append(batch(spoil(two_reports()[0])))


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with (
        writing(tmp_path / "p", STAGE),
        pytest.raises(ArchiveError, match="written by another process"),
        writing(tmp_path / "p", STAGE),
    ):
        pass


def test_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")

    with pytest.raises(ArchiveError, match=r"notes\.txt"), writing(tmp_path, STAGE):
        pass

    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_no_project_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="dateline run"):
        open_archive(tmp_path)


def test_project_can_lie_in_a_folder_of_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "it's [a] *strange* name?"
    with writing(folder, STAGE) as writer:
        fill(writer, *two_reports())

    with open_database(folder) as database:
        assert database.counts().mentions == 3


def test_large_batches_become_several_row_groups_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.storing.parts.GROUP_ROWS", 7)
    reports = [report(f"On 12 May nine people marched, again: {number}.", f"{number:02}.txt") for number in range(40)]
    with writing(tmp_path / "p", STAGE) as writer:
        _append_in_pairs(writer, [result(it, mention(it)) for it in reports])
        manifest = writer.commit(PROVENANCE, (), CLOCK)

    with pq.ParquetFile(tmp_path / "p" / "reports" / f"{manifest.run}.parquet") as file:
        assert file.num_row_groups > 3
        assert file.read().column("source").to_pylist() == [it.source for it in reports]


def _append_in_pairs(writer: Writer, results: list[Result]) -> None:
    for number in range(0, len(results), 2):
        writer.append(batch(*results[number : number + 2]))


def test_judgement_is_kept_to_the_letter_and_needs_a_time_zone(tmp_path: Path) -> None:
    with writing(tmp_path / "p", STAGE) as writer:
        fill(writer, two_reports()[0])
    archive = open_archive(tmp_path / "p")
    left, right = (Anchor(name * 64, "r" * 64, "PROTEST", 3, 10, "marched") for name in "ab")
    later = Judgement((left,), (right,), Verdict.SAME, "Žofie", datetime(2026, 2, 1, tzinfo=UTC), "same “march”")
    earlier = replace(later, verdict=Verdict.UNSURE, when=datetime(2026, 1, 1, tzinfo=UTC))

    assert archive.judge(later) == archive.judge(later) != archive.judge(earlier)
    assert list(archive.judgements().values()) == [earlier, later]
    with pytest.raises(UsageError, match="time zone"):
        archive.judge(replace(later, when=later.when.replace(tzinfo=None)))
