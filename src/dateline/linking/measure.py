"""Many pairs compared at once: to the same bits and words as `compare` comes to one by one.

A rule or a feature reads little of a mention: its form, its place. Most pairs are of values that have met before, so it
is asked once for each two values, and what it says is spread in columns over all pairs of them. `READS` says what each
of them reads. Pairs inside one report are few and compared one by one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pyarrow as pa

from dateline.linking import compare as features
from dateline.linking import conflict as rules
from dateline.linking.compare import CHANCE, FEATURES, SCALE, Comparison, compare
from dateline.linking.conflict import CONFLICTS, is_wave
from dateline.linking.places import FINENESS, is_inferred, proximity_of, read_of
from dateline.linking.weights import shipped_weights
from dateline.model.ground import Precision, Role
from dateline.model.incident import Link
from dateline.model.tables import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from numpy.typing import NDArray

    from dateline.linking.columns import Marks, Narrow, Numbers
    from dateline.linking.compare import Feature, Finding
    from dateline.linking.profile import Profile
    from dateline.linking.weights import Weights

    Reads = Callable[[Profile], Hashable]
    Values = NDArray[np.float64]
    Ask = Callable[[Profile, Profile], Any]

CONFLICT = np.iinfo(np.int32).min
"""Stands for the bits of two that cannot be one."""


def measured(profiles: Sequence[Profile], left: Numbers, right: Numbers, weights: Weights | None = None) -> Numbers:
    """Return hundredths of bits for pairs of profiles, `CONFLICT` where the two cannot be one.

    Args:
        profiles: sorted by mention id.
        left: one of each two, by number.
        right: the other, of a higher number.
        weights: between reports; those that ship by default.
    """
    pairs = _Pairs(profiles, left, right)
    bits = np.full(len(left), CONFLICT)
    within = pairs.are_within()
    inside = np.flatnonzero(within)
    bits[inside] = [_bits_of(compare(a, b, weights)) for a, b in pairs.only(inside)]
    across = np.flatnonzero(~within)
    fit = across[~_conflicts(pairs.only(across))]
    bits[fit] = _bits(pairs.only(fit), weights or shipped_weights())
    return bits


def links(profiles: Sequence[Profile], left: Numbers, right: Numbers, bits: Numbers | Narrow) -> pa.Table:
    """Return links for pairs whose bits were measured, as a table, in any order. See `measured`."""
    pairs = _Pairs(profiles, left, right)
    is_plain = pairs.are_within() | (bits == CONFLICT)
    plain, across = np.flatnonzero(is_plain), np.flatnonzero(~is_plain)
    told = [compare(a, b) for a, b in pairs.only(plain)]
    whys = pa.array([it.why for it in told], pa.list_(pa.string()))
    tables = [
        _links(pairs.only(plain), bits[plain], whys),
        _links(pairs.only(across), bits[across], _reasons(pairs.only(across))),
    ]
    return pa.concat_tables(tables)


def _bits_of(outcome: Comparison) -> int:
    return CONFLICT if outcome.conflict else outcome.bits


def _links(pairs: _Pairs, bits: Numbers | Narrow, whys: pa.Array[Any]) -> pa.Table:
    ids = pa.array([it.mention.id for it in pairs.profiles], pa.string())
    steps, places = np.unique(bits, return_inverse=True)
    scores = np.array([0.0 if it == CONFLICT else Comparison(it, ()).score for it in steps.tolist()])
    columns = schema(Link)
    sides = [ids.take(pairs.left), ids.take(pairs.right)]
    return pa.Table.from_arrays(
        [*sides, pa.array(scores[places], pa.float64()), whys.cast(columns.field("why").type)], schema=columns
    )


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs of profiles, by their numbers; what was made of the profiles is kept for who asks again."""

    profiles: Sequence[Profile]
    left: Numbers
    right: Numbers
    codes: dict[Reads, tuple[Numbers, list[Profile]]] = field(default_factory=dict)
    others: dict[str, Profile] = field(default_factory=dict)

    def __iter__(self) -> Iterator[tuple[Profile, Profile]]:
        known = self.profiles
        return ((known[a], known[b]) for a, b in zip(self.left.tolist(), self.right.tolist(), strict=True))

    def only(self, some: Numbers) -> _Pairs:
        """Return the same with some of the pairs."""
        return replace(self, left=self.left[some], right=self.right[some])

    def coded(self, reads: Reads) -> tuple[Numbers, list[Profile]]:
        """Return `_codes` of the profiles."""
        if reads not in self.codes:
            self.codes[reads] = _codes(self.profiles, reads)
        return self.codes[reads]

    def elsewhere(self, it: Profile) -> Profile:
        """Return a profile as that of another report: two values are shown by whoever has them, maybe in one report."""
        found = self.others.get(it.mention.id)
        if found is None:
            found = self.others[it.mention.id] = replace(it, mention=replace(it.mention, report=""))
        return found

    def are_within(self) -> Marks:
        """Say of which pairs both stand in one report."""
        reports = self.coded(_report)[0]
        return cast("Marks", reports[self.left] == reports[self.right])


# --- what is read ----------------------------------------------------------------------------------------------------


def _report(it: Profile) -> Hashable:
    return it.mention.report


def _status(it: Profile) -> Hashable:
    return it.mention.status.value


def _place(it: Profile) -> Hashable:
    return read_of(it.mention.place) if it.mention.place else ()


def _days(it: Profile) -> Hashable:
    return (it.days.first, it.days.last, is_inferred(it.mention.when)) if it.days else None


def _wave(it: Profile) -> Hashable:
    place = it.mention.place
    return is_wave(it.mention), bool(place and FINENESS[place.precision] <= FINENESS[Precision.CITY])


def _actors(role: Role) -> Reads:
    def read(it: Profile) -> Hashable:
        return tuple((who.name, who.country, who.sector) for who in it.mention.actors if who.role is role) or None

    return read


def _nothing(_: Profile) -> None:
    """Between two reports it says nothing."""


_ACTORS, _RECIPIENTS = _actors(Role.ACTOR), _actors(Role.RECIPIENT)

READS: dict[Ask, Reads] = {
    rules.differ_in_type: lambda it: it.mention.type,
    rules.are_unreal: _status,
    rules.differ_in_days: _days,
    rules.differ_in_place: _place,
    rules.is_plan_of_another_day: lambda it: (it.mention.status.value, _days(it)),
    rules.is_wave_and_part: _wave,
    rules.differ_in_one_report: _nothing,
    features.compare_form: lambda it: it.mention.form,
    features.compare_days: _days,
    features.compare_place: _place,
    features.compare_actor: _ACTORS,
    features.compare_recipient: _RECIPIENTS,
    features.compare_figures: lambda it: tuple(sorted(it.claims.items())) or None,
    features.compare_trigger: lambda it: (it.stems, it.mention.form is None) if it.stems else None,
    features.compare_status: _status,
    features.compare_wave: lambda it: it.mention.id if is_wave(it.mention) else None,
    features.compare_crowd: lambda it: it.crowd if it.crowd > 1 else None,
    features.compare_words: _nothing,
}
"""What a rule or feature reads of a mention when it compares it with one of another report; None if it then says
nothing of it. One that is not named here is asked of every pair."""


def _codes(profiles: Sequence[Profile], reads: Reads) -> tuple[Numbers, list[Profile]]:
    """Return a number for what each profile says, -1 if that is None; and for each number a profile that says it."""
    known: dict[Hashable, int] = {}
    shown: list[Profile] = []
    codes = np.full(len(profiles), -1)
    for place, profile in enumerate(profiles):
        said = reads(profile)
        if said is None:
            continue
        code = codes[place] = known.setdefault(said, len(shown))
        if code == len(shown):
            shown.append(profile)
    return codes, shown


@dataclass(frozen=True, slots=True)
class _Answers:
    """What a rule or feature says of some pairs.

    Attributes:
        pairs: of which pairs it could say something.
        said: what it says, each once.
        which: the number in `said` for each of `pairs`.
    """

    pairs: Numbers
    said: list[Any]
    which: Numbers


def _ask(pairs: _Pairs, ask: Ask, reads: Reads) -> _Answers:
    """Ask a rule or feature once for each two values."""
    codes, shown = pairs.coded(reads)
    left, right = codes[pairs.left], codes[pairs.right]
    some = np.flatnonzero((left >= 0) & (right >= 0))
    met = pa.array(left[some] * len(shown) + right[some]).dictionary_encode()
    values = [divmod(it, len(shown)) for it in met.dictionary.to_pylist()]
    others = {b: pairs.elsewhere(shown[b]) for _, b in values}
    return _Answers(some, [ask(shown[a], others[b]) for a, b in values], met.indices.to_numpy())


# --- rules -----------------------------------------------------------------------------------------------------------


def _conflicts(pairs: _Pairs) -> Marks:
    """Say which pairs, none inside one report, cannot be one."""
    fit = np.arange(len(pairs.left))
    for rule in CONFLICTS:
        fit = fit[~_excluded(pairs.only(fit), rule)]
    marks = np.ones(len(pairs.left), np.bool_)
    marks[fit] = False
    return marks


def _excluded(pairs: _Pairs, rule: Ask) -> Marks:
    marks = np.zeros(len(pairs.left), np.bool_)
    if rule is rules.have_nothing_in_common:
        doubtful = np.flatnonzero(~_have_time_or_place(pairs))
        marks[doubtful] = [bool(rule(a, b)) for a, b in pairs.only(doubtful)]
        return marks
    if rule not in READS:
        return np.array([bool(rule(a, b)) for a, b in pairs], np.bool_)
    found = _ask(pairs, rule, READS[rule])
    marks[found.pairs] = np.array([bool(it) for it in found.said], np.bool_)[found.which]
    return marks


def _have_time_or_place(pairs: _Pairs) -> Marks:
    """Say of which pairs both have a time, or places that can be compared."""
    marks = np.zeros(len(pairs.left), np.bool_)
    placed = _ask(pairs, lambda a, b: proximity_of(a.mention.place, b.mention.place), _place)
    marks[placed.pairs] = np.array([it is not None for it in placed.said], np.bool_)[placed.which]
    marks[_ask(pairs, lambda _a, _b: None, _days).pairs] = True
    return marks


# --- features --------------------------------------------------------------------------------------------------------


def _bits(pairs: _Pairs, weights: Weights) -> Numbers:
    """Return the bits of pairs that can be one, none inside one report."""
    total = np.full(len(pairs.left), round(weights.prior * SCALE))
    values = _values(pairs)
    for feature in FEATURES:
        found = values[feature.name]
        total += np.rint(np.nan_to_num(found) * weights.bits[feature.name] * SCALE).astype(np.int64)
    return total


def _values(pairs: _Pairs) -> dict[str, Values]:
    """Return what each feature finds, NaN where it has nothing to say."""
    found = {it.name: _value(pairs, it.func) for it in FEATURES if it.func not in AROUND}
    near = _shares(pairs, lambda it: it.gist.near)
    whole = _shares(pairs, lambda it: it.gist.report) - CHANCE
    found["near"] = np.where(near > 0, near, np.nan)
    found["report"] = whole
    found["story"] = np.where(whole > 0, whole * found["trigger"], np.nan)
    found["copied"] = np.where(_are_copied(pairs), 1.0, np.nan)
    return found


AROUND = (features.compare_near, features.compare_report, features.compare_story, features.compare_copied)
"""Features that compare what stands around: hardly two pairs are alike."""


def _value(pairs: _Pairs, feature: Ask) -> Values:
    values = np.full(len(pairs.left), np.nan)
    if feature not in READS:
        return np.array([_number(feature(a, b)) for a, b in pairs], np.float64)
    found = _ask(pairs, feature, READS[feature])
    values[found.pairs] = np.array([_number(it) for it in found.said], np.float64)[found.which]
    return values


def _number(finding: Finding | None) -> float:
    return finding.value if finding else np.nan


def _shares(pairs: _Pairs, names: Callable[[Profile], frozenset[str]]) -> Values:
    """Return which share of the names of both they have in common (`gist.share`), NaN where one has none."""
    told = [names(it) for it in pairs.profiles]
    both = zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)
    common = np.array([len(told[a] & told[b]) for a, b in both], np.int64)
    sizes = np.array([len(it) for it in told], np.int64)
    left, right = sizes[pairs.left], sizes[pairs.right]
    shares = 2 * common / np.maximum(left + right, 1)
    return np.where((left > 0) & (right > 0), shares, np.nan)


def _are_copied(pairs: _Pairs) -> Marks:
    """Say which pairs stand in the same words, before or after (`conflict.are_copied`)."""
    sides = np.array([it.gist.sides for it in pairs.profiles], np.int64).reshape(-1, 2)
    left, right = sides[pairs.left], sides[pairs.right]
    return cast("Marks", ((left != 0) & (left == right)).any(axis=1))


# --- reasons ---------------------------------------------------------------------------------------------------------


def _reasons(pairs: _Pairs) -> pa.Array[Any]:
    """Return the reasons for pairs that can be one, none inside one report: a list of words a pair."""
    words: list[str] = []
    where = np.full((len(pairs.left), len(FEATURES)), -1)
    for column, feature in enumerate(FEATURES):
        found = _words(pairs, feature)
        known = np.flatnonzero([it is not None for it in found.said])
        place = np.full(len(found.said) + 1, -1)
        place[known] = len(words) + np.arange(len(known))
        where[found.pairs, column] = place[found.which]
        words += [it.why for it in found.said if it is not None]
    is_said = where >= 0
    starts = np.concatenate([[0], np.cumsum(is_said.sum(axis=1))])
    pool = pa.array(words, pa.string())
    return pa.ListArray.from_arrays(pa.array(starts, pa.int32()), pool.take(pa.array(where[is_said])))


def _words(pairs: _Pairs, feature: Feature) -> _Answers:
    if feature.func in READS:
        return _ask(pairs, feature.func, READS[feature.func])
    said = [feature.func(a, b) for a, b in pairs]
    return _Answers(np.arange(len(said)), said, np.arange(len(said)))
