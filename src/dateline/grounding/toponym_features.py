"""What tells whether a stretch of words names a place: features that a person can read.

What the parser thought, what the gazetteer knows, the words around it, what the same name is elsewhere in the report;
and, at a second look, whether a place of that name fits the report's other places.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log1p, log10
from typing import TYPE_CHECKING

from dateline.grounding.gazetteer import Entry, Kind
from dateline.grounding.names import is_latin
from dateline.grounding.surroundings import features_of_others, unit_of
from dateline.grounding.words import is_name_like, load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.grounding.place_weights import Features
    from dateline.grounding.surroundings import Belief
    from dateline.model.parse import Token


@dataclass(frozen=True, slots=True)
class Stretch:
    """A candidate for a toponym: words [first, last) of a sentence, and the places of that name."""

    words: Sequence[Token]
    first: int
    last: int
    name: str
    entries: tuple[Entry, ...]
    path: str


def is_site(words: Sequence[Token], first: int, last: int) -> bool:
    """Say whether the words are a street, a square, a school by their last one ("Press Street")."""
    if last - first < 2 or words[last - 1].text.rstrip(".").lower() not in load_words("after")["site"]:
        return False
    return not (first and is_name_like(words[first - 1]))


def is_native(stretch: Stretch) -> bool:
    """Say whether a name is known and written in another script ("سنندج"), alone: in an English text no chance match.

    Beside other words of that script it may be part of a person's name ("لمياء ...").
    """
    if not stretch.entries or is_latin(stretch.name):
        return False
    beside = (
        *stretch.words[max(0, stretch.first - 1) : stretch.first],
        *stretch.words[stretch.last : stretch.last + 1],
    )
    return all(is_latin(word.text) for word in beside)


def count_habits(stretches: Sequence[Stretch]) -> Counter[tuple[str, str]]:
    """Count, over a whole report, what the parser took each name for, and how often "in" or the like stood before."""
    habits: Counter[tuple[str, str]] = Counter()
    for stretch in stretches:
        word = stretch.words[stretch.first]
        before = stretch.words[stretch.first - 1].text.lower() if stretch.first else ""
        habits[stretch.name, word.entity or "none"] += 1
        habits[stretch.name, "placed"] += before in ("in", "at", "near", "from", "outside", "across")
        habits[stretch.name, "all"] += 1
        habits[stretch.name, "surname"] += _is_surname(stretch)
        habits[stretch.name, "disease"] += _class_after(_next(stretch)) == "disease"
    return habits


def _is_surname(stretch: Stretch) -> bool:
    """Say whether the stretch ends a longer name of a person."""
    first, words = stretch.first, stretch.words
    entity = words[first].entity == "PERSON" and not words[first].begins
    return bool(first) and (entity or words[first - 1].text.rstrip(".").lower() in load_words("around")["title"])


def weigh(
    stretch: Stretch,
    rivals: Sequence[Stretch],
    habits: Counter[tuple[str, str]],
    entities: Sequence[tuple[int, int, str]],
) -> Features:
    """Return the features of a candidate: names that a person can read, most of value 1.

    Args:
        stretch: the candidate.
        rivals: all candidates of its sentence.
        habits: of `count_habits`, over the report.
        entities: of `find_entities`, in its sentence.
    """
    sort = _sort(stretch)
    names = [
        *_of_parser(stretch, sort, entities),
        *_of_gazetteer(stretch, sort),
        *_of_neighbours(stretch, sort),
        *_of_rivals(stretch, rivals),
    ]
    total = habits[stretch.name, "all"]
    habit: Features = [
        (f"elsewhere {kind}", habits.get((stretch.name, kind), 0) / total)
        for kind in ("GPE", "PERSON", "ORG", "placed", "surname")
    ]
    habit += [("surname in this report", float(habits[stretch.name, "surname"] > 0))]
    habit += [("disease in this report", float(habits[stretch.name, "disease"] > 0))]
    return [("always", 1.0), *((name, 1.0) for name in names), *habit]


def _of_parser(stretch: Stretch, sort: str, entities: Sequence[tuple[int, int, str]]) -> Iterator[str]:
    words = stretch.words[stretch.first : stretch.last]
    kind, fit = _entity_around(stretch, entities)
    yield f"parser {kind} {fit}"
    yield f"parser {kind}, known {sort}"
    yield f"tag {words[-1].tag}"
    yield f"role {words[-1].dep}"
    if any(word.pos not in ("PROPN", "") for word in words if is_name_like(word)):
        yield f"not a proper noun, {sort}"


def _entity_around(stretch: Stretch, entities: Sequence[tuple[int, int, str]]) -> tuple[str, str]:
    """Return the type of the entity that the stretch shares words with, and how the two lie to each other."""
    for first, last, kind in entities:
        if first < stretch.last and stretch.first < last:
            if words_equal(stretch, first, last):
                return kind, "exact"
            if first <= stretch.first and stretch.last <= last:
                return kind, "starts" if first == stretch.first else "ends" if last == stretch.last else "inside"
            return kind, "wider" if stretch.first <= first and last <= stretch.last else "crossing"
    return "none", ""


def words_equal(stretch: Stretch, first: int, last: int) -> bool:
    """Say whether a stretch is the words [first, last), an article before and a possessive after left aside."""
    first += stretch.words[first].text.lower() == "the"
    last -= stretch.words[last - 1].text in ("'s", "’s", "'")
    return (stretch.first, stretch.last) == (first, last)


def _sort(stretch: Stretch) -> str:
    """Return what the gazetteer knows of a name, in one word: the weightiest kind, and for cities their size."""
    if not stretch.entries:
        return "no"
    kinds = {entry.kind for entry in stretch.entries if entry.is_main}
    wide = next((kind.value for kind in Kind if kind in kinds and kind is not Kind.CITY), "")
    if wide in ("country", "admin1", "region", "site", "district"):
        return wide
    most = max(entry.population for entry in stretch.entries)
    return f"{'city' if Kind.CITY in kinds else wide or 'alternate'} of 10^{min(6, int(log10(most + 1)))}"


def _of_gazetteer(stretch: Stretch, sort: str) -> Iterator[str]:
    words = stretch.words[stretch.first : stretch.last]
    yield f"known {sort}"
    if not stretch.entries and is_site(stretch.words, stretch.first, stretch.last):
        yield "named like a site"
    yield f"words {min(len(words), 4)}, {'known' if stretch.entries else 'unknown'}"
    if stretch.name.isupper():
        yield f"capitals {min(len(stretch.name), 5)}"
    if stretch.first == 0:
        yield "opens the sentence"
    if stretch.path:
        yield "path after it"
    if "." in stretch.name:
        yield "has a stop"


def _of_neighbours(stretch: Stretch, sort: str) -> Iterator[str]:
    words, first = stretch.words, stretch.first
    before = words[first - 1] if first else None
    after = _next(stretch)
    yield f"before {_class_before(before)}"
    yield f"after {_class_after(after)}"
    if before and is_name_like(before):
        yield f"capital before, {sort}"
    if after and is_name_like(after):
        yield f"capital after, {sort}"
    if before and before.text == "," and first > 1 and is_name_like(words[first - 2]):
        yield f"after a name and comma, {sort.split(' ')[0]}"


def _next(stretch: Stretch) -> Token | None:
    return stretch.words[stretch.last] if stretch.last < len(stretch.words) else None


def _class_before(word: Token | None) -> str:
    if word is None:
        return "nothing"
    text = word.text.rstrip(".").lower() if len(word.text) > 1 else word.text
    if text in load_words("around")["near"]:
        return text
    return (
        "title" if text in load_words("around")["title"] else word.pos or ("capital" if is_name_like(word) else "word")
    )


def _class_after(word: Token | None) -> str:
    if word is None:
        return "nothing"
    text = word.text.lower()
    for name, group in load_words("after").items():
        if text in group:
            return text if name == "sign" else name
    return word.pos or ("capital" if is_name_like(word) else "word")


def _of_rivals(stretch: Stretch, rivals: Sequence[Stretch]) -> Iterator[str]:
    for rival in rivals:
        if rival is stretch or rival.last <= stretch.first or stretch.last <= rival.first:
            continue
        if rival.first <= stretch.first and stretch.last <= rival.last:
            yield f"inside a longer {'known' if rival.entries else 'unknown'} name"
        elif stretch.first <= rival.first and rival.last <= stretch.last:
            yield "holds a shorter name"
        else:
            yield "crosses a name"


_MOST = 12
"""Places of a name that a second look tries, the best known first."""


def fits_of(entries: Sequence[Entry], name: str, belief: Belief) -> Features:
    """Return how well the place of a name that fits best fits the places of the report, the name's own left aside."""
    fits = [dict(features_of_others(entry, name, belief)) for entry in entries[:_MOST]]
    return [
        (f"fits: {kind}", max(fit.get(kind, 0.0) for fit in fits))
        for kind in ("some other close by", "many others near", "some other in its unit", "others in its country")
        if fits
    ]


def weigh_again(stretch: Stretch, score: float, elsewhere: float, fits: Features, home: Entry | None) -> Features:
    """Return the features of a second look: the first score, and whether a place of that name fits the report.

    Args:
        stretch: the candidate.
        score: the log-odds of the first look.
        elsewhere: the best first score, as a probability, of the same name elsewhere in the report.
        fits: of `fits_of`, for the name that it has.
        home: the unit or country of the publisher.
    """
    at_home = home is not None and home.kind is Kind.ADMIN1 and any(unit_of(e) == home.id for e in stretch.entries)
    sort = _sort(stretch).split(" ")[0]
    return [
        ("always", 1.0),
        ("first look", score),
        ("elsewhere", elsewhere),
        ("nowhere else", float(elsewhere == 0.0)),
        (f"again: {sort}", 1.0),
        (f"fits: near, {sort}", dict(fits).get("fits: many others near", 0.0)),
        ("places of that name", log1p(len(stretch.entries))),
        ("in its publisher's unit", float(at_home)),
        *fits,
    ]
