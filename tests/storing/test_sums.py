"""Totals from what is worked out once are those that the policies give, incident by incident."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.exploring.sample import Sample
from tests.nouns import cite, incident, mention

from dateline.errors import UsageError
from dateline.model.event import Status
from dateline.model.ground import Bound, Figure
from dateline.model.incident import Group
from dateline.model.policy import POLICIES
from dateline.model.relation import Relation, RelationKind
from dateline.model.tables import to_table
from dateline.model.totals import totals_of
from dateline.storing import sums
from dateline.storing.archive import WORK, open_archive
from dateline.storing.catalogue import wholes
from dateline.storing.database import Database, open_database
from dateline.storing.filters import ALL, Filters

if TYPE_CHECKING:
    import pyarrow as pa

    from dateline.model.incident import Incident

WORDS = ("Dozens", "Hundreds", "Some 40", "At least 30", "Up to 90", "Between 5 and 8")
NUMBERS = {
    "Dozens": {"low": 24, "high": 99},
    "Hundreds": {"low": 200, "high": 999},
    "Some 40": {"low": 35, "high": 45, "named": 40},
    "At least 30": {"low": 30, "named": 30, "bound": Bound.AT_LEAST},
    "Up to 90": {"high": 90, "named": 90, "bound": Bound.AT_MOST},
    "Between 5 and 8": {"low": 5, "high": 8, "bound": Bound.RANGE},
}
TEXT = " were there. ".join(WORDS) + " were there. A crowd marched."
COUNTS = ("killed", "people", "arrested", "cities")
MOST = 2**63 - 1


@dataclass
class Related(Sample):
    """A project with relations."""

    relations: list[Relation] = field(default_factory=list)

    def tables(self) -> dict[str, pa.Table]:
        return {**super().tables(), "relations": to_table(Relation, self.relations)}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty incidents drawn with a seed: denied, planned, with words for numbers, copies, parts of parts of wholes."""
    draw, sample = random.Random(11), Related()
    for number in range(60):
        sample.incidents.append(_drawn(sample, draw, number))
    _relate(sample, draw)
    return sample.write(tmp_path_factory.mktemp("sums") / "project")


def _drawn(sample: Related, draw: random.Random, number: int) -> Incident:
    told = []
    for copy in range(draw.randint(1, 4)):
        report = sample.add_report(f"{TEXT} Report {number} of {copy}.", publisher=f"Outlet {copy}", language="en")
        words = draw.sample(WORDS, draw.randint(0, 3))
        figures = tuple(Figure(cite(report, it), draw.choice(COUNTS), **NUMBERS[it]) for it in words)  # type: ignore[arg-type]
        if number == 0:  # numbers of which the sum passes 64 bits
            figures = (Figure(cite(report, "Hundreds"), "killed", MOST, MOST, named=MOST),)
        status = draw.choice([Status.ASSERTED] * 4 + [Status.DENIED, Status.PLANNED])
        told.append(mention(report, "marched", status=status, figures=figures))
    sample.mentions += told
    reports = sorted({it.report for it in told})
    middle = draw.randint(1, len(reports))
    groups = tuple(Group(tuple(part), ()) for part in (reports[:middle], reports[middle:]) if part)
    return incident(*told, groups=groups, country=draw.choice(["DEU", "FRA", None]), earliest=date(1989, 10, 1))


def _relate(sample: Related, draw: random.Random) -> None:
    ids, mentions = [it.id for it in sample.incidents], [it.mentions[0] for it in sample.incidents]
    for _ in range(40):
        left, right = draw.sample(range(len(ids)), 2)
        pair = (ids[left], ids[right], mentions[left], mentions[right], draw.random())
        sample.relations.append(Relation(RelationKind.PART_OF, *pair, judged=draw.random() < 0.2))


FILTERS = (
    ALL,
    Filters(country="DEU"),
    Filters(status="asserted"),
    Filters(publisher="Outlet 2"),
    Filters(words="nothing"),
)


@pytest.mark.parametrize("filters", FILTERS)
def test_they_are_what_each_policy_gives(project: Path, filters: Filters) -> None:
    with open_database(project) as database:
        database.make_ready()
        for policy in POLICIES:
            plain = totals_of(database.cases(filters), (policy,), whole_of=wholes(database))
            assert bool(plain) == (filters.words is None)
            assert sums.totals(database, policy, filters) == plain


def test_the_project_has_what_could_go_wrong(project: Path) -> None:
    with open_database(project) as database:
        found = {name: sums.totals(database, name) for name in POLICIES}
        assert any(it.parts for it in found["lowest"])
        assert any(it.open_high for it in found["range"])
        assert found["every_report"][1].counts == "killed"
        assert found["every_report"][1].high > MOST
        assert len({found[name][0].incidents for name in ("range", "lowest", "median")}) > 1


def test_they_are_worked_out_once(project: Path) -> None:
    with open_database(project) as database:
        sums.make_sums(database)
    (made,) = (project / WORK).glob("sums-*.parquet")
    before = made.stat().st_mtime_ns
    with open_database(project) as database:
        sums.make_sums(database)
    assert made.stat().st_mtime_ns == before


def test_where_nothing_can_be_written_they_are_held_in_memory(project: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    database = Database(open_archive(project).files(), tmp_path / "file")
    with open_database(project) as other:
        assert sums.totals(database, "ucdp") == sums.totals(other, "ucdp")
    database.close()


def test_there_is_no_total_under_a_policy_that_is_none(project: Path) -> None:
    with open_database(project) as database, pytest.raises(UsageError, match="policy 'best' given"):
        sums.totals(database, "best")
