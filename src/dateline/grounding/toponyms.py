"""Find the names of places in a text: stretches of words that the gazetteer knows or that the parser took for places.

Every stretch is weighed by features a person can read (what the parser thought, what the gazetteer knows, the words
around it, what the same name is elsewhere in the report); `data/place_weights.toml` holds one table for parsed
sentences and one for bare ones.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from math import log10
from typing import TYPE_CHECKING

from dateline.grounding.gazetteer import Entry, Gazetteer, Kind, lies_in
from dateline.grounding.place_weights import Features, explain, load_weights, logistic, score
from dateline.grounding.words import (
    find_entities,
    find_located,
    find_stretches,
    is_name_like,
    load_words,
    spell,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dateline.model.parse import Sentence, Token
    from dateline.model.text import Span


_OWN = 0.9
"""Least score of a name of our own files."""
_AROUND = re.compile(
    r"^(?:the|[Cc]ity of|[Ss]tate of|[Gg]reater|[Dd]owntown|[Cc]entral|[Mm]etro)\s+|\s+(?:city|[Pp]rovince|['’]s)$"
)


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name of a place, as it stands in the text.

    Attributes:
        start, end: half-open, code points.
        name: the name as looked up (cleaned words).
        path: the name of a larger unit stated right after it: `Illinois` of "Springfield, Illinois"; "" if none.
        sentence: index of the sentence; `first` and `last` bound its words there, half-open.
        score: how likely it names a place, 0 to 1; `why` names the features that decided.
        unit: the unit word beside it, in lower case: `province` of "Kurdistan province"; "" if none.
        entries: the places of that name.
    """

    start: int
    end: int
    name: str
    path: str
    sentence: int
    first: int
    last: int
    score: float
    why: str
    unit: str = ""
    entries: tuple[Entry, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A candidate for a toponym: words [first, last) of a sentence, and the places of that name."""

    words: Sequence[Token]
    first: int
    last: int
    name: str
    entries: tuple[Entry, ...]
    path: str


def find_toponyms(text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> list[Toponym]:
    """Return the names of places in a text, in order, not overlapping. Demonyms ("Kenyan") are none.

    Names inside other names count ("University of Alabama") and so do names that stand for a government ("Turkey
    said"): `places.find_places` tells these apart.
    """
    bare = [(sentence, words_of(text, sentence)) for sentence in sentences]
    stretches = [(sentence, find_candidates(words, gazetteer)) for sentence, words in bare]
    habits = count_habits([stretch for _, found in stretches for stretch in found])
    toponyms: list[Toponym] = []
    for sentence, found in stretches:
        table = load_weights("parsed" if sentence.tokens else "bare")
        weighed = [(stretch, weigh(stretch, found, habits)) for stretch in found]
        toponyms += _choose([_toponym(sentence.index, s, features, table) for s, features in weighed])
    return toponyms


def mark_toponym(text: str, sentences: Sequence[Sentence], span: Span, gazetteer: Gazetteer) -> Toponym | None:
    """Return the toponym of a span that someone else found (a person, another coder); None if it holds no word."""
    for sentence in sentences:
        words = words_of(text, sentence)
        inside = [i for i, word in enumerate(words) if word.start < span.end and span.start < word.end]
        if inside:
            first, last, name = inside[0], inside[-1] + 1, text[span.start : span.end]
            entries = look_up(name, words, first, gazetteer)
            stretch = Stretch(words, first, last, name, entries, _path(words, last, entries, gazetteer))
            marked = _toponym(sentence.index, stretch, [], {})
            return replace(marked, start=span.start, end=span.end, score=1.0, why="given")
    return None


def find_candidates(words: Sequence[Token], gazetteer: Gazetteer) -> list[Stretch]:
    """Return every stretch of a sentence that the gazetteer or the parser takes for a place."""
    located = set(find_located(words))
    found = []
    for first, last in sorted({*find_stretches(words), *located}):
        name = spell(words[first:last])
        if gazetteer.demonym(name) is not None:
            continue
        entries = look_up(name, words, first, gazetteer)
        if entries or (first, last) in located or _is_site(words, first, last):
            found.append(Stretch(words, first, last, name, entries, _path(words, last, entries, gazetteer)))
    return found


def _is_site(words: Sequence[Token], first: int, last: int) -> bool:
    """Say whether the words are a street, a square, a school by their last one ("Press Street")."""
    if last - first < 2 or words[last - 1].text.rstrip(".").lower() not in load_words("after")["site"]:
        return False
    return not (first and is_name_like(words[first - 1]))


def look_up(name: str, words: Sequence[Token], first: int, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """Return the places of a name; a state's abbreviation counts only with its stop or after a comma."""
    unit = gazetteer.abbreviation(name)
    if unit and ("." in name or (first and words[first - 1].text == ",")):
        return (unit,)
    known = gazetteer.lookup(name) or gazetteer.lookup(_AROUND.sub("", name))
    return known or ((unit,) if unit else ())


def _path(words: Sequence[Token], last: int, entries: tuple[Entry, ...], gazetteer: Gazetteer) -> str:
    """Return the name, of up to four words, after a comma or bracket, of a larger unit that holds one of the places.

    The check keeps lists ("in Zahedan, Khash and Kerman") from being read as paths.
    """
    if last + 1 >= len(words) or words[last].text not in (",", "(") or not is_name_like(words[last + 1]):
        return ""
    for end in range(min(last + 5, len(words)), last + 1, -1):
        if is_name_like(words[end - 1]):
            name = spell(words[last + 1 : end])
            wide = look_up(name, words, last + 1, gazetteer)
            if any(unit.kind is not Kind.CITY and lies_in(entry, unit) for unit in wide for entry in entries):
                return name
    return ""


def _toponym(sentence: int, stretch: Stretch, features: Features, weights: Mapping[str, float]) -> Toponym:
    words = stretch.words[stretch.first : stretch.last]
    return Toponym(
        words[0].start,
        words[-1].end,
        stretch.name,
        stretch.path,
        sentence,
        stretch.first,
        stretch.last,
        max(_OWN * _is_own(stretch), logistic(score(features, weights))),
        explain(features, weights),
        _unit(stretch),
        stretch.entries,
    )


def _is_own(stretch: Stretch) -> bool:
    """Say whether it is a name of two words or more of our own files ("Tahrir Square"): no chance match."""
    return stretch.last - stretch.first > 1 and any(entry.id < 0 and entry.is_main for entry in stretch.entries)


def _unit(stretch: Stretch) -> str:
    """Return the unit word right after a name, or before it with "of"."""
    words, first, last = stretch.words, stretch.first, stretch.last
    after = words[last].text.lower() if last < len(words) else ""
    before = words[first - 2].text.lower() if first > 1 and words[first - 1].text == "of" else ""
    return next((word for word in (after, before) if word in load_words("after")["unit"]), "")


def _choose(weighed: Sequence[Toponym]) -> list[Toponym]:
    """Keep the likely ones, the likelier of two that overlap, the longer of two alike; in order of the text."""
    kept: list[Toponym] = []
    for toponym in sorted(weighed, key=lambda t: (-t.score, t.start - t.end, t.start)):
        if toponym.score >= 0.5 and all(toponym.end <= k.start or k.end <= toponym.start for k in kept):
            kept.append(toponym)
    return sorted(kept, key=lambda t: t.start)


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
    return habits


def _is_surname(stretch: Stretch) -> bool:
    """Say whether the stretch ends a longer name of a person."""
    first, words = stretch.first, stretch.words
    entity = words[first].entity == "PERSON" and not words[first].begins
    return bool(first) and (entity or words[first - 1].text.rstrip(".").lower() in load_words("around")["title"])


def weigh(stretch: Stretch, rivals: Sequence[Stretch], habits: Counter[tuple[str, str]]) -> Features:
    """Return the features of a candidate: names that a person can read, most of value 1."""
    names = [*_of_parser(stretch), *_of_gazetteer(stretch), *_of_neighbours(stretch), *_of_rivals(stretch, rivals)]
    total = habits[stretch.name, "all"]
    habit: Features = [
        (f"elsewhere {kind}", habits[stretch.name, kind] / total)
        for kind in ("GPE", "PERSON", "ORG", "placed", "surname")
    ]
    habit += [("surname in this report", float(habits[stretch.name, "surname"] > 0))]
    return [("always", 1.0), *((name, 1.0) for name in names), *habit]


def _of_parser(stretch: Stretch) -> Iterator[str]:
    words = stretch.words[stretch.first : stretch.last]
    kind, fit = _entity_around(stretch)
    yield f"parser {kind} {fit}"
    yield f"parser {kind}, known {_sort(stretch)}"
    yield f"tag {words[-1].tag}"
    yield f"role {words[-1].dep}"
    if any(word.pos not in ("PROPN", "") for word in words if is_name_like(word)):
        yield f"not a proper noun, {_sort(stretch)}"


def _entity_around(stretch: Stretch) -> tuple[str, str]:
    """Return the type of the entity that the stretch shares words with, and how the two lie to each other."""
    for first, last, kind in find_entities(stretch.words):
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


def _of_gazetteer(stretch: Stretch) -> Iterator[str]:
    words = stretch.words[stretch.first : stretch.last]
    yield f"known {_sort(stretch)}"
    if not stretch.entries and _is_site(stretch.words, stretch.first, stretch.last):
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


def _of_neighbours(stretch: Stretch) -> Iterator[str]:
    words, first, last = stretch.words, stretch.first, stretch.last
    before = words[first - 1] if first else None
    after = words[last] if last < len(words) else None
    yield f"before {_class_before(before)}"
    yield f"after {_class_after(after)}"
    if before and is_name_like(before):
        yield f"capital before, {_sort(stretch)}"
    if after and is_name_like(after):
        yield f"capital after, {_sort(stretch)}"
    if before and before.text == "," and first > 1 and is_name_like(words[first - 2]):
        yield f"after a name and comma, {_sort(stretch).split(' ')[0]}"


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
