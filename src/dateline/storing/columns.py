"""What incidents are filtered, counted and drawn by: columns in memory, one entry an incident, in the list's order.

A word is a code: its place among the different words of its column in order, -1 for none. So a filter, a count of all
values or the places of a map take thousandths of a second over 100,000 incidents.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from dateline.storing.filters import COLUMNS, REVIEWED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pyarrow as pa
    from numpy.typing import NDArray

    from dateline.storing.filters import Filters

    Numbers = NDArray[np.integer[Any]]
    Mask = NDArray[np.bool_]
    Days = NDArray[np.datetime64]

LISTS = ("actor", "publisher", "disputed")
"""Filters of which an incident can have several values."""

_FEWEST = 10
"""Of fewer incidents all are drawn, however far apart."""

_YEAR = np.timedelta64(366, "D")

_UNITS = {"day": "D", "month": "M", "year": "Y", "decade": "Y"}


@dataclass(frozen=True, slots=True)
class Codes:
    """A column of words.

    Attributes:
        codes: of each word where it stands in `words`.
        words: the different ones in order.
        of: the incident of each code, where it can have several or none; None for one an incident.
    """

    codes: Numbers
    words: Sequence[str]
    of: Numbers | None = None

    def having(self, word: str, size: int) -> Mask:
        """Say of each incident whether it has a word."""
        is_it = self.codes == self.words.index(word) if word in self.words else np.zeros(len(self.codes), np.bool_)
        if self.of is None:
            return is_it
        found = np.zeros(size, np.bool_)
        found[self.of[is_it]] = True
        return found

    def told(self, numbers: Numbers) -> list[str | None]:
        """Return the words of incidents, None where there is none. Only of a column with one word an incident."""
        return [None if code < 0 else self.words[code] for code in self.codes[numbers].tolist()]

    def counts(self, passing: Mask, limit: int) -> list[tuple[str, int]]:
        """Return the words that passing incidents have, with how many have each, the most frequent first."""
        chosen = self.codes[passing if self.of is None else passing[self.of]]
        many = np.bincount(chosen[chosen >= 0], minlength=len(self.words))
        best = np.argsort(-many, kind="stable")[:limit]
        return [(self.words[code], int(many[code])) for code in best if many[code]]


@dataclass(frozen=True)
class Columns:
    """All columns.

    Attributes:
        words: by the name of the filter.
        earliest, latest: days; not a time where none is known.
        independent: how many independent sources.
        contested: whether it is contested.
        spot: of each incident its place on a map, numbered in the order of their names; -1 for none.
        where: longitudes, latitudes and radii of incidents, not a number where not known.
        wave: whether it is a wave.
    """

    words: dict[str, Codes]
    earliest: Days
    latest: Days
    independent: Numbers
    contested: Mask
    spot: Numbers
    where: NDArray[np.float64]
    wave: Mask

    @property
    def size(self) -> int:
        """How many incidents there are."""
        return len(self.spot)

    @cached_property
    def begin(self) -> Days:
        """The first day on which an incident may have been, or the last where only that is known."""
        return np.where(np.isnat(self.earliest), self.latest, self.earliest)

    @cached_property
    def end(self) -> Days:
        """The last day on which an incident may have been, or the first where only that is known."""
        return np.where(np.isnat(self.latest), self.earliest, self.latest)

    def passing(self, filters: Filters, judged: Numbers, worded: Sequence[int] | None) -> Mask:
        """Say of each incident whether it passes.

        Args:
            filters: what must hold.
            judged: the incidents that a person has judged.
            worded: the incidents that hold the words of the filters; None if these ask for none.
        """
        passes = np.ones(self.size, np.bool_)
        for name in (*COLUMNS, *LISTS, "single_source", "contested"):
            wanted = getattr(filters, name)
            if wanted is not None:
                passes &= self.words[name].having(_word(wanted), self.size)
        if filters.sources is not None:
            passes &= self.independent >= filters.sources
        if filters.since is not None:
            passes &= self.end >= np.datetime64(filters.since)
        if filters.until is not None:
            passes &= self.begin <= np.datetime64(filters.until)
        if filters.review is not None:
            passes &= self.among(judged) == (filters.review == REVIEWED)
        return passes if worded is None else passes & self.among(np.array(worded, np.int64))

    def among(self, numbers: Numbers) -> Mask:
        """Say of each incident whether its number is one of these."""
        found = np.zeros(self.size, np.bool_)
        found[numbers] = True
        return found

    def spots(self, passing: Mask, limit: int) -> tuple[Numbers, Numbers, Numbers]:
        """Return of the places of passing incidents the first, how many, and how many contested; largest first."""
        numbers = np.flatnonzero(passing & (self.spot >= 0))
        spot = self.spot[numbers]
        many = np.bincount(spot)
        contested = np.bincount(spot[self.contested[numbers]], minlength=len(many))
        first = np.zeros(len(many), np.int64)
        first[spot[::-1]] = numbers[::-1]  # of several, the last one written is the first incident
        best = np.argsort(-many, kind="stable")[:limit]
        best = best[many[best] > 0]
        return first[best], many[best], contested[best]

    def main_span(self, passing: Mask) -> tuple[date, date] | None:
        """Return the days between which incidents are drawn unless others are asked for; None if none is dated.

        That is the middle 99 % of those that pass, at least all but one at either end, and whatever else lies no
        further from it than it is long: a few incidents centuries away are left out, and only those.
        """
        dated = passing & ~np.isnat(self.begin)
        begins, ends = self.begin[dated], self.end[dated]
        if not len(begins):
            return None
        spare = max(1, len(begins) // 200) if len(begins) >= _FEWEST else 0
        low, high = np.partition(begins, spare)[spare], np.partition(ends, -1 - spare)[-1 - spare]
        length = max(high - low, _YEAR)
        return begins[begins >= low - length].min().item(), ends[ends <= high + length].max().item()

    def outside(self, passing: Mask, span: tuple[date, date]) -> tuple[Mask, Mask]:
        """Say which of the incidents that pass end before a span, and which begin after it."""
        first, last = (np.datetime64(day) for day in span)
        return passing & (self.end < first), passing & (self.begin > last)

    def spells(self, passing: Mask, unit: str) -> list[tuple[date | None, date | None, int, int]]:
        """Return the passing incidents of known time by the units in which they begin and end: how many, contested."""
        numbers = np.flatnonzero(passing & ~np.isnat(self.begin))
        first, last = (_floor(days[numbers], unit) for days in (self.earliest, self.latest))
        (begins, begin), (ends, end) = (np.unique(days, return_inverse=True) for days in (first, last))
        pairs, found = np.unique(begin * len(ends) + end, return_inverse=True)
        many, contested = np.bincount(found), np.bincount(found[self.contested[numbers]], minlength=len(pairs))
        told = (begins[pairs // len(ends)].tolist(), ends[pairs % len(ends)].tolist()) if len(pairs) else ((), ())
        return list(zip(*told, many.tolist(), contested.tolist(), strict=True))


def columns_of(table: pa.Table) -> Columns:
    """Return the columns of an answer to `queries.COLUMNS`."""
    plain = {name: _codes(table[name]) for name in (*COLUMNS, "single_source", "contested", "sources")}
    first, last = (table[name].to_numpy().astype("datetime64[D]") for name in ("earliest", "latest"))
    where = np.stack([table[name].to_numpy().astype(np.float64) for name in ("lon", "lat", "radius_km")])
    wave, contested = (table[name].to_numpy().astype(np.bool_) for name in ("wave", "is_contested"))
    return Columns(
        plain | {name: _lists(table[name]) for name in LISTS},
        first,
        last,
        table["independent"].to_numpy(),
        contested,
        table["spot"].to_numpy(),
        where,
        wave,
    )


def _codes(column: pa.ChunkedArray[Any]) -> Codes:
    return _ordered(column.combine_chunks())


def _lists(column: pa.ChunkedArray[Any]) -> Codes:
    lists = cast("pa.ListArray[Any]", column.combine_chunks())
    lengths = np.diff(lists.offsets.to_numpy())
    flat = _ordered(lists.flatten())
    return Codes(flat.codes, flat.words, np.repeat(np.arange(len(lists)), lengths))


def _ordered(words: pa.Array[Any]) -> Codes:
    """Return words as codes in the order of the words."""
    coded = words.dictionary_encode()
    known = cast("list[str]", coded.dictionary.to_pylist())
    order = sorted(range(len(known)), key=known.__getitem__)
    place = np.full(len(known) + 1, -1, np.int64)  # the last is what none, -1, leads to
    place[order] = np.arange(len(known))
    return Codes(place[coded.indices.fill_null(-1).to_numpy()], [known[number] for number in order])


def _floor(days: Days, unit: str) -> Days:
    """Return the first days of the units in which days lie; what is no day stays none."""
    whole = days.astype(f"datetime64[{_UNITS[unit]}]")
    if unit == "decade":
        year = whole.astype(np.int64)  # since 1970, itself the first of a decade
        whole = np.where(np.isnat(whole), whole, (year - year % 10).astype("datetime64[Y]"))
    return cast("Days", np.maximum(whole.astype("datetime64[D]"), np.datetime64("0001-01-01")))


def _word(wanted: object) -> str:
    return str(wanted).lower() if isinstance(wanted, bool) else str(wanted)
