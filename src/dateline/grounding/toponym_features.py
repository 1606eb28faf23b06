"""What tells whether a stretch of words names a place: features that a person can read.

What the parser thought, what the gazetteer knows, the words around it, what the same name is elsewhere in the report;
and, at a second look, whether a place of that name fits the report's other places.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from math import log1p, log10
from typing import TYPE_CHECKING

from dateline.grounding.gazetteer import Entry, Kind
from dateline.grounding.names import is_latin
from dateline.grounding.surroundings import unit_of
from dateline.grounding.words import has_capital, is_name_like, load_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.grounding.place_weights import Features
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


def count_habits(stretches: Sequence[Stretch]) -> dict[str, dict[str, int]]:
    """Count, over a whole report, what the parser took each name for, and how often "in" or the like stood before."""
    habits: dict[str, dict[str, int]] = {}
    for stretch in stretches:
        counts = habits.setdefault(stretch.name, {})
        for habit in _habits_of(stretch):
            counts[habit] = counts.get(habit, 0) + 1
    return habits


def _habits_of(stretch: Stretch) -> list[str]:
    before = stretch.words[stretch.first - 1].text.lower() if stretch.first else ""
    habits = ["all", stretch.words[stretch.first].entity or "none"]
    if before in _PLACING:
        habits.append("placed")
    if _is_surname(stretch):
        habits.append("surname")
    if _class_after(_next(stretch)) == "disease":
        habits.append("disease")
    return habits


_PLACING = frozenset(("in", "at", "near", "from", "outside", "across"))
_HABITS = tuple((f"elsewhere {kind}", kind) for kind in ("GPE", "PERSON", "ORG", "placed", "surname"))


def _is_surname(stretch: Stretch) -> bool:
    """Say whether the stretch ends a longer name of a person."""
    first, words = stretch.first, stretch.words
    entity = words[first].entity == "PERSON" and not words[first].begins
    return bool(first) and (entity or words[first - 1].text.rstrip(".").lower() in load_words("around")["title"])


def weigh(
    stretch: Stretch,
    rivals: Sequence[Stretch],
    habits: Mapping[str, int],
    entities: Sequence[tuple[int, int, str]],
) -> Features:
    """Return the features of a candidate: names that a person can read, most of value 1.

    Args:
        stretch: the candidate.
        rivals: all candidates of its sentence.
        habits: of `count_habits`, over the report, of its name.
        entities: of `find_entities`, in its sentence.
    """
    sort = sort_of(stretch.entries)
    names = ["always", *_of_parser(stretch, sort, entities), *_of_gazetteer(stretch, sort)]
    names += _of_neighbours(stretch, sort)
    names += _of_rivals(stretch, rivals)
    features = [(name, 1.0) for name in names]
    features += [(words, habits[kind] / habits["all"]) for words, kind in _HABITS if kind in habits]
    features += [(f"{kind} in this report", 1.0) for kind in ("surname", "disease") if kind in habits]
    return features


def _of_parser(stretch: Stretch, sort: str, entities: Sequence[tuple[int, int, str]]) -> list[str]:
    words = stretch.words[stretch.first : stretch.last]
    kind, fit = _entity_around(stretch, entities)
    last = words[-1]
    names = [f"parser {kind} {fit}", f"parser {kind}, known {sort}", f"tag {last.tag}", f"role {last.dep}"]
    if any(word.pos not in ("PROPN", "") for word in words if has_capital(word.text)):
        names.append(f"not a proper noun, {sort}")
    return names


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


@lru_cache(maxsize=10_000)
def sort_of(entries: tuple[Entry, ...]) -> str:
    """Return what the gazetteer knows of a name, in one word: the weightiest kind, and for cities their size."""
    if not entries:
        return "no"
    kinds = {entry.kind for entry in entries if entry.is_main}
    wide = next((kind.value for kind in Kind if kind in kinds and kind is not Kind.CITY), "")
    if wide in ("country", "admin1", "region", "site", "district"):
        return wide
    most = max(entry.population for entry in entries)
    return f"{'city' if Kind.CITY in kinds else wide or 'alternate'} of 10^{min(6, int(log10(most + 1)))}"


def _of_gazetteer(stretch: Stretch, sort: str) -> list[str]:
    names, name = [f"known {sort}"], stretch.name
    if not stretch.entries and is_site(stretch.words, stretch.first, stretch.last):
        names.append("named like a site")
    names.append(f"words {min(stretch.last - stretch.first, 4)}, {'known' if stretch.entries else 'unknown'}")
    if name.isupper():
        names.append(f"capitals {min(len(name), 5)}")
    if stretch.first == 0:
        names.append("opens the sentence")
    if stretch.path:
        names.append("path after it")
    if "." in name:
        names.append("has a stop")
    return names


def _of_neighbours(stretch: Stretch, sort: str) -> list[str]:
    words, first = stretch.words, stretch.first
    before = words[first - 1] if first else None
    after = _next(stretch)
    names = [f"before {_class_before(before)}", f"after {_class_after(after)}"]
    if before and has_capital(before.text):
        names.append(f"capital before, {sort}")
    if after and has_capital(after.text):
        names.append(f"capital after, {sort}")
    if before and before.text == "," and first > 1 and has_capital(words[first - 2].text):
        names.append(f"after a name and comma, {sort.split(' ')[0]}")
    return names


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
    return _classes_after().get(word.text.lower()) or word.pos or ("capital" if is_name_like(word) else "word")


@cache
def _classes_after() -> dict[str, str]:
    """Return what each word behind a name tells; of one that tells several things, the first."""
    classes: dict[str, str] = {}
    for name, group in load_words("after").items():
        for text in group - classes.keys():
            classes[text] = text if name == "sign" else name
    return classes


def _of_rivals(stretch: Stretch, rivals: Sequence[Stretch]) -> list[str]:
    names, first, last = [], stretch.first, stretch.last
    for rival in rivals:
        if rival.last <= first or last <= rival.first or rival is stretch:
            continue
        if rival.first <= first and last <= rival.last:
            names.append(f"inside a longer {'known' if rival.entries else 'unknown'} name")
        else:
            names.append("holds a shorter name" if first <= rival.first and rival.last <= last else "crosses a name")
    return names


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
    sort = sort_of(stretch.entries).split(" ")[0]
    near = next((value for kind, value in fits if kind == "fits: many others near"), 0.0)
    return [
        ("always", 1.0),
        ("first look", score),
        ("elsewhere", elsewhere),
        ("nowhere else", float(elsewhere == 0.0)),
        (f"again: {sort}", 1.0),
        (f"fits: near, {sort}", near),
        ("places of that name", log1p(len(stretch.entries))),
        ("in its publisher's unit", float(at_home)),
        *fits,
    ]
