"""Decisions and samples on disk: only ever added, refused when damaged, and `verify` looks at them too."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.storing.rows import PROVENANCE, fill, mention, report, two_reports

from dateline.errors import ArchiveError, EvidenceError, UsageError
from dateline.model.decision import Act, Decision, Field, Kind, decision_id
from dateline.model.event import Review
from dateline.model.judgement import anchor_of
from dateline.model.review import reviewed
from dateline.model.sample import Sample, draw, left_to
from dateline.model.text import Evidence
from dateline.storing.archive import open_archive
from dateline.storing.database import open_database
from dateline.storing.verify import verify
from dateline.storing.writer import writing

NOON = datetime(2024, 5, 20, 12, tzinfo=UTC)
REPORT = report()
MARCH, ARREST = mention(REPORT), mention(REPORT, "arrested", "COERCE")


def decide(act: Act = Act.ACCEPT, who: str = "amber", **about: object) -> Decision:
    return Decision(anchor_of(MARCH), act, who, NOON, **about)  # type: ignore[arg-type]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    with writing(tmp_path, PROVENANCE.stage) as writer:
        fill(writer, *two_reports())
    return tmp_path


def test_decisions_are_kept_once_each_oldest_first(project: Path) -> None:
    archive = open_archive(project)
    late = replace(decide(Act.REJECT), when=NOON.replace(hour=18))
    ids = [archive.decide(it, REPORT) for it in (late, decide(), decide())]
    assert archive.decisions() == {ids[1]: decide(), ids[0]: late}
    assert verify(project) == []


def test_what_quotes_other_words_is_not_kept(project: Path) -> None:
    forged = decide(Act.CORRECT, field=Field.TYPE, value=Kind("COERCE", None, Evidence(0, 2, "In")))
    with pytest.raises(EvidenceError):
        open_archive(project).decide(forged, REPORT)
    assert open_archive(project).decisions() == {}


def test_a_changed_decision_is_found(project: Path) -> None:
    archive = open_archive(project)
    path = project / "decisions" / f"{archive.decide(decide(reason='seen it'), REPORT)}.json"
    path.write_text(path.read_text().replace("seen it", "seen at"))
    with pytest.raises(ArchiveError, match="restore it from a copy"):
        archive.decisions()
    assert [fault.path for fault in verify(project)] == [f"decisions/{path.name}"]


def test_what_people_left_takes_the_place_of_what_the_machine_told(tmp_path: Path) -> None:
    first, second = two_reports()
    rejected = reviewed(first.mentions[0], [decide(Act.REJECT)])
    kind = decide(Act.CORRECT, field=Field.TYPE, value=Kind("ASSAULT", None, ARREST.trigger))
    corrected = reviewed(first.mentions[1], [kind])
    with writing(tmp_path, PROVENANCE.stage) as writer:
        writer.review([rejected, corrected])
        fill(writer, first, second)
    with open_database(tmp_path) as database:
        assert {it.id: it.type for it in database.all_mentions()} == {
            corrected.id: "ASSAULT",
            second.mentions[0].id: "PROTEST",
        }
        assert database.coded([rejected.id, corrected.id]) == list(first.mentions)
        assert [it.review for it in database.mentions([corrected.id])] == [Review.CORRECTED]


def test_decisions_of_a_sample_count_once_all_are_done(project: Path) -> None:
    archive = open_archive(project)
    sample = Sample(draw([MARCH.id], 1, seed=7), ("amber", "birch"), 7, 1, NOON)
    name = archive.sample(sample)
    early = archive.decide(decide(Act.REJECT, sample=name), REPORT)
    plain = archive.decide(decide(), REPORT)
    assert set(archive.counting()) == {plain}
    assert left_to("birch", name, sample, archive.decisions()) == (MARCH.id,)
    late = archive.decide(decide(who="birch", sample=name), REPORT)
    assert set(archive.counting()) == {early, plain, late}
    taken_back = decide(Act.WITHDRAW, who="birch", withdraws=late, sample=name)
    archive.decide(replace(taken_back, when=NOON.replace(hour=18)), REPORT)
    assert set(archive.counting()) == {plain}
    assert archive.samples() == {name: sample}


@pytest.mark.parametrize("coders", [("amber",), ("amber", "amber"), ("amber", " ")])
def test_a_sample_needs_two_coders(project: Path, coders: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="two different names"):
        open_archive(project).sample(Sample((MARCH.id,), coders, 7, 1, NOON))


def test_a_sample_can_be_drawn_again_whatever_the_order() -> None:
    ids = [f"{number:064x}" for number in range(100)]
    assert draw(ids, 10, 7) == draw(reversed(ids), 10, 7)
    assert draw(ids, 10, 7) == draw(ids, 20, 7)[:10]
    assert draw(ids, 10, 7) != draw(ids, 10, 8)
    with pytest.raises(UsageError, match="1 to 100"):
        draw(ids, 101, 7)


def test_the_name_of_a_decision_is_the_hash_of_what_it_says(project: Path) -> None:
    assert open_archive(project).decide(decide(), REPORT) == decision_id(decide())
