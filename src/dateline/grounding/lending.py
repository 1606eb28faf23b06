"""Where a name lies that the gazetteer lacks, or of whose places it cannot tell which: by the report's other places.

Each of them is weighed by what a person can read: whether it is stated with the name ("X in Houston"), stands in its
sentence, is what the report speaks of most, how wide it is, whether the publisher is at home there; against the
likeliest place of the name itself, if it has any, and against leaving it unresolved. Weights: the table `lend` of
`data/place_weights.toml`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from math import exp, log, log1p, log10
from typing import TYPE_CHECKING

from dateline.grounding.casing import load_english
from dateline.grounding.gazetteer import Kind, lies_in
from dateline.grounding.geonames import distance_km
from dateline.grounding.names import fold
from dateline.grounding.place_weights import Features, load_weights, score
from dateline.grounding.ranking import Answer
from dateline.grounding.surroundings import unit_of
from dateline.grounding.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.grounding.gazetteer import Entry
    from dateline.grounding.toponyms import Toponym

LENT_KM = 161.0
"""How far from the town that lends its place a name may lie: 100 miles, as far as counted as near in fitting."""
_ODDS = 3.0
SURE = 0.5
"""Least probability of the places near the likeliest lender, together, for it to lend."""
_TOWNS = (Kind.CITY, Kind.SITE, Kind.DISTRICT, Kind.ADMIN2)
_STATED = (", ", " in ", " (", " at ", " of ", " near ", "/", " - ")
_POSSESSIVE = ("'s ", "’s ", " ", "-")
_SOON = 30
"""Characters between a name and a place said after it: "X, a suburb of Y"."""
_APART_KM = 1000.0
"""How far off all places of a report its own likeliest place makes a name doubtful."""
_UNSURE = "not sure; the report names no other place"
_NOTE = "not sure by itself, likelier than to lie near a place that the report names"
_RINGS_KM = (50.0, 161.0, 500.0, 1500.0)
"""How far off the report's other places are counted around a name's own."""
_HOME = 3
"""Places of one country that make a report one of that country."""
_PLAIN = 4
"""Letters that a word shared by two names needs to count."""


@dataclass(frozen=True, slots=True)
class Located:
    """A toponym with the answer that all mentions of its sense share.

    `lender` is set for a name that is known no closer than by the place of the report that it is taken to lie near.
    """

    toponym: Toponym
    answer: Answer
    lender: Toponym | None = None


@dataclass(frozen=True, slots=True)
class Lender:
    """A place of the report, the mention of it that stands nearest to a name, how many there are, how sure it is."""

    entry: Entry
    nearest: Toponym
    mentions: int
    certainty: float


def lend(
    text: str,
    located: Sequence[Located],
    home: Entry | None = None,
    called: frozenset[str] = frozenset(),
    *,
    is_marked: bool = False,
) -> list[Located]:
    """Give every unresolved name the likeliest place of the report around it, if one is likelier than none.

    A name has one sense a report: all its mentions share the surest answer that one of them is given.

    Args:
        text: the report's text.
        located: its names, resolved as far as the ranking could.
        home: the unit or country that the publisher serves, if known.
        called: names that the report calls settlements or quarters: each is somewhere near, if any place of it is.
        is_marked: whether somebody else said that the names are places: each is then put where it is likeliest to be,
            however unsure that is.
    """
    known = [one for one in located if one.answer.entry is not None]
    least = 0.0 if is_marked else SURE
    lent = [
        one if one.answer.entry is not None else _lent(text, one, known, home, least, one.toponym.name in called)
        for one in located
    ]
    surest: dict[str, Located] = {}
    for one, before in zip(lent, located, strict=True):
        name = one.toponym.name
        if before is not one and (name not in surest or one.answer.certainty > surest[name].answer.certainty):
            surest[name] = one
    return [
        one if before.answer.entry is not None else _shared(one, surest.get(one.toponym.name))
        for one, before in zip(lent, located, strict=True)
    ]


def _shared(one: Located, surest: Located | None) -> Located:
    """Return a name that the ranking left open with the place that the mention of it that is surest was given."""
    return replace(one, answer=surest.answer, lender=surest.lender) if surest else one


def _lent(
    text: str, unknown: Located, known: Sequence[Located], home: Entry | None, least: float, is_called: bool
) -> Located:
    """Return an open name at its likeliest place, if those near it are likely enough together."""
    lenders, own = find_lenders(unknown.toponym, known), own_of(unknown)
    if not lenders:
        return replace(unknown, answer=replace(unknown.answer, entry=own, note=_UNSURE)) if not least else unknown
    table = load_weights("lend")
    rows = [
        features_of_none(unknown),
        *(features_of_lender(text, unknown.toponym, one, lenders, home) for one in lenders),
        *([features_of_own(text, unknown, own, lenders)] if own else []),
    ]
    entries = [*(one.entry for one in lenders), *([own] if own else [])]
    shares = [exp(min(30.0, score(row, table))) for row in rows]
    best = max(range(1, len(rows)), key=lambda row: (shares[row], -row))
    entry = entries[best - 1]
    near = sum(share for share, one in zip(shares[1:], entries, strict=True) if _is_near(one, entry))
    if near < least * sum(shares[is_called:]):
        return unknown
    certainty = near / sum(shares)
    if best > len(lenders):
        return replace(unknown, answer=replace(unknown.answer, entry=own, certainty=certainty, note=_NOTE))
    note = f"known no closer than by {entry.name}, which the report names"
    return replace(
        unknown, answer=Answer(entry, certainty, features=rows[best], note=note), lender=lenders[best - 1].nearest
    )


def own_of(one: Located) -> Entry | None:
    """Return the likeliest of the places of a name."""
    return max(one.answer.spread, key=lambda pair: pair[1])[0] if one.answer.spread else None


def find_lenders(unknown: Toponym, known: Iterable[Located]) -> list[Lender]:
    """Return the places of a report, each once, in the order in which it names them."""
    mentions: dict[int, list[Located]] = {}
    for one in known:
        if one.answer.entry is not None and one.toponym.name != unknown.name:
            mentions.setdefault(one.answer.entry.id, []).append(one)
    return _at_home([_lender(unknown, all_) for all_ in mentions.values()])


def _at_home(lenders: list[Lender]) -> list[Lender]:
    """Leave out the one place abroad of a report whose others lie in one country: it may well be a wrong namesake."""
    countries = Counter(one.entry.country for one in lenders if one.entry.country)
    home, most = max(countries.items(), key=lambda item: item[1], default=("", 0))
    if most < _HOME or most + 1 != countries.total():
        return lenders
    return [one for one in lenders if one.entry.country in (home, None)]


def _lender(unknown: Toponym, mentions: Sequence[Located]) -> Lender:
    nearest = min(mentions, key=lambda one: (abs(one.toponym.start - unknown.start), one.toponym.start))
    entry = nearest.answer.entry
    assert entry is not None  # lenders are known places
    return Lender(entry, nearest.toponym, len(mentions), nearest.answer.certainty)


def features_of_none(unknown: Located) -> Features:
    """Return the features of leaving a name unresolved."""
    name = unknown.toponym.name
    return [
        ("none", 1.0),
        ("none, of several places", float(bool(unknown.toponym.entries))),
        ("none, of an answer", float(unknown.answer.entry is not None)),
        ("none, of a site", float(_is_site(name))),
        ("none, one word", float(" " not in name)),
        ("none, in capitals", float(name.isupper())),
    ]


def _is_site(name: str) -> bool:
    """Say whether a name begins or ends with the word for a site, a street, a body: "Mill Hall", "Camp Grey"."""
    words = fold(name).split(" ")
    kinds = load_words("after")["site"], load_words("kinds")["site"], load_words("kinds")["institution"]
    return len(words) > 1 and any(words[-1] in some or words[0] in some for some in kinds)


def features_of_own(text: str, unknown: Located, own: Entry, lenders: Sequence[Lender]) -> Features:
    """Return what tells that a name stands for the likeliest place of that name, far as it may be from the others."""
    far = [distance_km(own.lat, own.lon, one.entry.lat, one.entry.lon) for one in lenders]
    away, is_abroad = min(far), own.country not in {one.entry.country for one in lenders}
    people = log10(own.population + 1) / 5
    kind = "town" if own.kind in _TOWNS else str(own.kind)
    name, part = fold(unknown.toponym.name).split(" "), fold(own.name).split(" ")
    return [
        (f"own {kind}", 1.0),
        ("own, log-odds of its being right", _log_odds(unknown.answer.certainty)),
        ("own, far off", log1p(away) / 5),
        ("own, apart", float(away > _APART_KM)),
        ("own, abroad", float(is_abroad)),
        ("own, main name", float(own.is_main)),
        ("own, part of the name", float(len(part) < len(name) and set(part) <= set(name))),
        ("own, a common word", float(set(unknown.toponym.name.lower().split(" ")) <= load_english())),
        ("own, people", people),
        ("own, people, abroad", people * is_abroad),
        ("own, people, town", people * (kind == "town")),
        ("own, capital", float(own.code == "capital")),
        ("own, spelled alike", float(name == part)),
        *_of_paths(text, unknown.toponym, own, lenders, far),
        *_of_rings(lenders, far),
    ]


def _of_paths(
    text: str, unknown: Toponym, own: Entry, lenders: Sequence[Lender], far: Sequence[float]
) -> Iterator[tuple[str, float]]:
    """Yield whether what is stated after a name holds its own place: "Croft, Yorkshire"."""
    stated = [
        lies_in(own, one.entry) or away <= LENT_KM
        for one, away in zip(lenders, far, strict=True)
        if "stated after it" in _stated(text, unknown, one.nearest)
    ]
    yield "own, path", float(bool(unknown.path))
    yield "own, stated with it", float(any(stated))
    yield "own, another stated after it", float(not all(stated))


def _of_rings(lenders: Sequence[Lender], far: Sequence[float]) -> Iterator[tuple[str, float]]:
    """Yield the shares of the report's other names that lie around a name's own place."""
    total = sum(one.mentions for one in lenders)
    for ring in _RINGS_KM:
        inside = sum(one.mentions for one, away in zip(lenders, far, strict=True) if away <= ring)
        yield f"own, others within {ring:.0f} km", inside / total


def features_of_lender(
    text: str, unknown: Toponym, lender: Lender, lenders: Sequence[Lender], home: Entry | None
) -> Features:
    """Return what tells that a name lies near a place of its report."""
    total = sum(one.mentions for one in lenders)
    near = sum(one.mentions for one in lenders if _is_near(one.entry, lender.entry))
    kind = "town" if lender.entry.kind in _TOWNS else str(lender.entry.kind)
    features: Features = [
        (f"kind {kind}", 1.0),
        (f"far off, {kind}", log1p(abs(lender.nearest.start - unknown.start)) / 5),
        (f"in its sentence, {kind}", float(lender.nearest.sentence == unknown.sentence)),
        (f"the only one, {kind}", float(len(lenders) == 1)),
        ("share of the report's names", lender.mentions / total),
        ("share of the report's names, those near it", near / total),
        (f"extent, {kind}", log10(lender.entry.radius_km + 1)),
        (f"most named, {kind}", float(lender.mentions == max(one.mentions for one in lenders))),
        ("first of the report", float(lender is lenders[0])),
        ("log-odds of its being right", _log_odds(lender.certainty)),
        ("shares a word", float(bool(_plain(unknown.name) & _plain(lender.entry.name)))),
        *((f"{how}, {kind}", 1.0) for how in _stated(text, unknown, lender.nearest)),
    ]
    if home is not None:
        features.append(("in its publisher's country", float(lender.entry.country == home.country)))
        is_unit = home.kind is Kind.ADMIN1
        features.append(("in its publisher's unit", float(is_unit and unit_of(lender.entry) == home.id)))
    return features


def _log_odds(share: float) -> float:
    """Return the log-odds of a probability, none beyond 20 to 1."""
    return max(-_ODDS, min(_ODDS, log(max(share, 1e-3) / max(1 - share, 1e-3))))


def _stated(text: str, unknown: Toponym, place: Toponym) -> list[str]:
    """Say whether a place is stated with a name: "X in Houston", "X, Wash."; "Houston's X"."""
    if unknown.end <= place.start:
        between = text[unknown.end : place.start]
        return ["stated after it"] * (between in _STATED) + ["soon after it"] * (len(between) <= _SOON)
    between = text[place.end : unknown.start]
    return ["right before it"] * (between in _POSSESSIVE) + ["in the list before it"] * (between in (", ", " and "))


def _plain(name: str) -> set[str]:
    return {word for word in fold(name).split(" ") if len(word) >= _PLAIN}


def _is_near(one: Entry, other: Entry) -> bool:
    return one.id == other.id or (
        abs(one.lat - other.lat) < 1.0 and distance_km(one.lat, one.lon, other.lat, other.lon) <= LENT_KM
    )
