"""Policies: which number stands for an incident of which its sources give several. Named, pure, and to be stated.

A policy chooses among what the independent sources of an incident say (`model.amounts`), never among reports: nine
copies of one text are one source. It decides nothing about what is true. Whether an incident is contested or rests on
one source does not depend on it.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.errors import UsageError
from dateline.model.amounts import Sources, heard, median, middle, together

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many under a policy: None for what it leaves open or states nothing of; else `low` <= `best` <= `high`."""

    low: int | None = None
    best: int | None = None
    high: int | None = None


def whole_range(sources: Sources) -> Estimate:
    """All that the sources say, from the lowest to the highest; no best number; an end that some source leaves open is
    open.

    Source: Dateline's own; nothing is chosen.
    """
    said = heard(sources)
    low = None if any(it.open_low for it in said) else min(it.low for it in said)
    high = None if any(it.open_high for it in said) else max(it.high for it in said)
    return Estimate(low, None, high)


def lowest(sources: Sources) -> Estimate:
    """The lowest number that some independent source gives or allows. An incident that one of them denies outright is
    denied.

    Source: the minimum of the R package eventreport (van Baalen and Höglund 2026, doi:10.1093/jopres/xjaf012).
    """
    return _one(min(it.low for it in heard(sources)))


def highest(sources: Sources) -> Estimate:
    """The highest number that some independent source gives or allows; "at least 30" gives 30.

    Source: the maximum of the R package eventreport (van Baalen and Höglund 2026).
    """
    return _one(max(it.high for it in heard(sources)))


def middlemost(sources: Sources) -> Estimate:
    """The median of what the independent sources give: of their lowest numbers, of those that they name, of their
    highest. An incident that more of them deny than assert is denied.

    Source: the median of the R package eventreport (van Baalen and Höglund 2026), over independent sources in the place
    of reports.
    """
    said = heard(sources)
    return Estimate(median([it.low for it in said]), median([it.best for it in said]), median([it.high for it in said]))


def most_precise(sources: Sources) -> Estimate:
    """What the independent source says whose range is narrowest; of several the lower. Days and place are those of the
    source that tells them most exactly.

    Source: aggregation by precision in the R package eventreport (van Baalen and Höglund 2026).
    """
    said = heard(sources)
    it = min(said, key=lambda it: (it.open_low + it.open_high, it.high - it.low, it.best, it.low))
    return Estimate(it.low, it.best, it.high)


def as_acled(sources: Sources) -> Estimate:
    """ACLED: words become numbers by its rule ("dozens" is 12), and of several numbers the lowest counts; nothing
    where it states no number for the words. Stated for fatalities.

    Source: ACLED, FAQ on the coding of fatalities, 2023-2024 (acleddata.com), and the codebook's section on reported
    fatalities.
    """
    return _one(min((it.acled for it in heard(sources) if it.acled is not None), default=None))


def as_ccc(sources: Sources) -> Estimate:
    """Crowd Counting Consortium: words become numbers by its rule ("hundreds" is 200); the lowest, the highest, and
    their mean as best; nothing where it states no number for the words. Stated for participants.

    Source: CCC, data dictionary of the compiled data, size_low, size_high and size_mean
    (github.com/nonviolent-action-lab/crowd-counting-consortium).
    """
    said = [it.ccc for reports in sources for report in reports for it in report if it.ccc is not None]
    return Estimate(min(said), middle(said), max(said)) if said else Estimate()


def as_ucdp(sources: Sources) -> Estimate:
    """UCDP: low is the lowest number, high the highest, and best, where no source is known to be more reliable, the
    lower of the numbers named. Dateline weighs no source by its reliability, as UCDP's coders do, so that this best
    is never above theirs for the same sources. Days reach from the first that is told to the last. Stated for
    fatalities.

    Source: UCDP, Battle-Related Deaths Dataset Codebook, on best, low and high estimates (ucdp.uu.se).
    """
    said = heard(sources)
    return Estimate(min(it.low for it in said), min(it.best for it in said), max(it.high for it in said))


def every_report(sources: Sources) -> Estimate:
    """The numbers of all reports added up, copies too. It is wrong: it shows what counting reports does to a total.

    Source: Dateline's own, to compare with; the practice of feeds that make an event of each report.
    """
    reports = [together(report) for told in sources for report in told]
    return Estimate(sum(it.low for it in reports), sum(it.best for it in reports), sum(it.high for it in reports))


def _one(value: int | None) -> Estimate:
    return Estimate(value, value, value)


@dataclass(frozen=True, slots=True)
class Policy:
    """A named way to settle what sources disagree on.

    Attributes:
        numbers: which numbers stand for a count.
        is_denied: whether what so many independent sources assert and so many deny is settled as denied.
        days, place: by which rule they are settled: `agreed` (what contradicts fewest), `exact` (the most exactly
            told), `all` (from the first to the last that is told).
        project: whose convention it is, if a project's: it is then used for counts of people alone.
    """

    name: str
    numbers: Callable[[Sources], Estimate]
    is_denied: Callable[[int, int], bool] = lambda _asserted, _denied: False
    days: str = "agreed"
    place: str = "agreed"
    project: str | None = None

    @property
    def about(self) -> str:
        """What it does, and its source, in plain words."""
        return " ".join((inspect.getdoc(self.numbers) or "").split())


DEFAULT = "range"

_ALL = (
    Policy("range", whole_range),
    Policy("lowest", lowest, lambda _asserted, denied: denied > 0),
    Policy("median", middlemost, lambda asserted, denied: denied > asserted),
    Policy("highest", highest),
    Policy("most_precise", most_precise, days="exact", place="exact"),
    Policy("acled", as_acled, project="ACLED"),
    Policy("ucdp", as_ucdp, days="all", project="UCDP"),
    Policy("ccc", as_ccc, project="CCC"),
    Policy("every_report", every_report),
)

POLICIES: Mapping[str, Policy] = {policy.name: policy for policy in _ALL}
"""All policies by name, in the order in which they are shown."""


def policy_of(name: str) -> Policy:
    """Return the policy of this name.

    Raises:
        UsageError: if there is none.
    """
    if name not in POLICIES:
        raise UsageError(f"policy {name!r} given; expected one of {', '.join(POLICIES)}")
    return POLICIES[name]


@lru_cache(maxsize=65_536)
def estimate(policy: str, sources: Sources) -> Estimate:
    """Return how many under the policy of this name.

    >>> from dateline.model.amounts import Amount
    >>> agency, police, organisers = Amount(3, 3, 3), Amount(5, 5, 5), Amount(9, 9, 9)
    >>> sources = (((agency,), (agency,)), ((police,),), ((organisers,),))
    >>> [estimate(name, sources).best for name in ("lowest", "median", "highest", "every_report")]
    [3, 5, 9, 20]
    """
    return policy_of(policy).numbers(sources)
