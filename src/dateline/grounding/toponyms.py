"""Find the names of places in a text: stretches of words that the gazetteer knows or that the parser took for places.

Every stretch is weighed by features a person can read (`toponym_features`), the doubtful ones a second time in light of
what was found; `data/place_weights.toml` holds tables for parsed sentences, for bare ones, for the second look.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dateline.grounding.casing import load_english, recase
from dateline.grounding.gazetteer import Entry, Gazetteer, Kind, lies_in
from dateline.grounding.lookups import is_unit, look_into, look_up, meant
from dateline.grounding.place_weights import Features, load_weights, logistic, score
from dateline.grounding.surroundings import fits_of
from dateline.grounding.toponym_features import Stretch, count_habits, is_native, is_site, weigh, weigh_again
from dateline.grounding.words import (
    Written,
    find_located,
    find_stretches,
    is_name_like,
    load_words,
    look_over,
    spell,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dateline.grounding.surroundings import Belief
    from dateline.model.parse import Sentence, Token
    from dateline.model.text import Span


LIKELY = 0.4
"""Least score of a name that is taken for a place."""
_DOUBT = 4.5
"""Log-odds beyond which a candidate gets no second look."""
_LONG = 4
"""Words, hyphens counted, of a name that nothing else has by chance."""
_OWN = 0.9
"""Least score of a name of our own files, of one in another script, and of one told in text of one case."""
_PLACED = 0.6
"""Least score of a name that something is in, in a country that the report names."""
_UNIT = 0.99
"""Least score of the long name of a country or province: it goes before any name inside it."""
_OF_STATES = frozenset("gov governor governors lawmaker lawmakers legislature legislator legislators senate".split())
_OF_STATES_TOO = frozenset(("national guard", "state senate", "house of", "general assembly"))
"""What stands by the name of a state or province, not by that of a town of the same name."""
_OF = ("of", "in")
_SETTLED = frozenset("city town village capital port province region district governorate suburb".split())


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name of a place, as it stands in the text.

    Attributes:
        start, end: half-open, code points.
        name: the name as looked up (cleaned words).
        path: the name of a larger unit stated right after it: `Illinois` of "Springfield, Illinois"; "" if none.
        sentence: index of the sentence; `first` and `last` bound its words there, half-open.
        score: how likely it names a place, 0 to 1.
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
    unit: str = ""
    entries: tuple[Entry, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Searched:
    """A sentence, its words, and every stretch of them that may name a place; of one case alone: see `casing`.

    `called` are the names that the report calls settlements or quarters anywhere.
    """

    sentence: Sentence
    written: Written
    stretches: list[Stretch]
    raised: frozenset[tuple[int, int]] = frozenset()
    called: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Looked:
    """A candidate, its features, and the log-odds that their weights give them."""

    searched: Searched
    stretch: Stretch
    features: Features
    score: float


def find_toponyms(text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> list[Toponym]:
    """Return the names of places in a text, in order, not overlapping. Demonyms ("Kenyan") are none.

    Names inside other names count ("University of Alabama") and so do names that stand for a government ("Turkey
    said"): `places.find_places` tells these apart.
    """
    return choose_toponyms(look(search(text, sentences, gazetteer)))


def search(text: str, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> list[Searched]:
    """Return the words and the candidates of every sentence."""
    recased, names = recase([words_of(text, sentence) for sentence in sentences], gazetteer)
    written = [look_over(words) for words in recased]
    called = frozenset([name for one in written for name in _called_in(one)])
    found = [find_candidates(one, gazetteer, called) for one in written]
    if called:
        names = [told | _called_among(some, called) for told, some in zip(names, found, strict=True)]
    return [Searched(*one, called) for one in zip(sentences, written, found, names, strict=True)]


def _called_among(stretches: Sequence[Stretch], called: frozenset[str]) -> set[tuple[int, int]]:
    return {(stretch.first, stretch.last) for stretch in stretches if stretch.name in called}


def names_called(searched: Sequence[Searched]) -> frozenset[str]:
    """Return the names that the words of a report call settlements or quarters."""
    return searched[0].called if searched else frozenset()


def look(searched: Sequence[Searched]) -> list[list[Looked]]:
    """Weigh every candidate of every sentence that has any."""
    habits = count_habits([stretch for one in searched for stretch in one.stretches])
    looks = []
    for one in (one for one in searched if one.stretches):
        table = load_weights("parsed" if one.sentence.tokens else "bare")
        stretches = [it for it in one.stretches if not _is_disease(it, habits[it.name])]
        weighed = [(it, weigh(it, stretches, habits[it.name], one.written.entities)) for it in stretches]
        looks.append([Looked(one, it, features, score(features, table)) for it, features in weighed])
    return looks


def look_again(looks: Sequence[Sequence[Looked]], belief: Belief, home: Entry | None) -> list[list[Looked]]:
    """Weigh the doubtful candidates anew, by whether they fit the places that the first look found."""
    table = load_weights("again")
    return [
        [
            Looked(one.searched, one.stretch, features, score(features, table)) if features else one
            for one, features in zip(sentence, again, strict=True)
        ]
        for sentence, again in zip(looks, reweigh(looks, belief, home), strict=True)
    ]


def reweigh(looks: Sequence[Sequence[Looked]], belief: Belief, home: Entry | None) -> list[list[Features]]:
    """Return the features of a second look at every doubtful candidate; none for the others."""
    best: dict[str, list[float]] = {}
    for one in (one for sentence in looks for one in sentence):
        best.setdefault(one.stretch.name, []).append(logistic(one.score))
    two = {name: sorted(all_)[-2:] for name, all_ in best.items()}
    fits: dict[str, tuple[tuple[Entry, ...], Features]] = {}

    def again(one: Looked) -> Features:
        name, entries = one.stretch.name, one.stretch.entries
        if name not in fits or fits[name][0] != entries:
            fits[name] = entries, fits_of(entries, name, belief)
        return weigh_again(one.stretch, one.score, _elsewhere(two[name], one.score), fits[name][1], home)

    return [[again(one) if -_DOUBT < one.score < _DOUBT else [] for one in sentence] for sentence in looks]


def _elsewhere(two: Sequence[float], score: float) -> float:
    """Return the best probability among the others of a name, given its two best."""
    if len(two) < 2:
        return 0.0
    return two[0] if logistic(score) == two[1] else two[1]


def choose_toponyms(looks: Sequence[Sequence[Looked]], told: frozenset[str] = frozenset()) -> list[Toponym]:
    """Return the candidates that are likely to name places, in order, not overlapping.

    Args:
        looks: the candidates of each sentence.
        told: the countries (alpha-3) that the report names: a name of theirs behind "in" is no chance match.
    """
    weighed = [[(one, _likelihood(one, told)) for one in sentence] for sentence in looks]
    return [toponym for sentence in weighed for toponym in _choose(sentence)]


def mark_toponym(text: str, sentences: Sequence[Sentence], span: Span, gazetteer: Gazetteer) -> Toponym | None:
    """Return the toponym of a span that someone else found (a person, another coder); None if it holds no word."""
    for sentence in sentences:
        words = words_of(text, sentence)
        inside = [i for i, word in enumerate(words) if word.start < span.end and span.start < word.end]
        if inside:
            first, last, name = inside[0], inside[-1] + 1, text[span.start : span.end]
            entries = look_into(name, words, first, last, gazetteer)
            stretch = Stretch(words, first, last, name, entries, _path(words, first, last, entries, gazetteer))
            return replace(_marked(sentence.index, stretch, 1.0), start=span.start, end=span.end)
    return None


def find_candidates(written: Written, gazetteer: Gazetteer, called: frozenset[str] = frozenset()) -> list[Stretch]:
    """Return every stretch of a sentence that the gazetteer or the parser takes for a place, or that is `called` so."""
    words, located = written.words, set(find_located(written))
    calendar = load_words("around")["calendar"]
    found = []
    for first, last in sorted({*find_stretches(written), *located}):
        name = spell(words[first:last]) if last - first > 1 else words[first].text
        entries = meant(name, words, last, look_up(name, words, first, gazetteer))
        if not (entries or (first, last) in located or name in called or is_site(words, first, last)):
            continue
        if name.lower() in calendar and _is_date(words, first, last):
            continue
        if gazetteer.demonym(name) is None or _is_named_so(words, last, entries):
            found.append(Stretch(words, first, last, name, entries, _path(words, first, last, entries, gazetteer)))
    return found


def _called_in(written: Written) -> Iterator[str]:
    """Yield the names that words are told to be of a place: "the township of Zirrul", "a settlement in Zirrul"."""
    words, kinds, calendar = written.words, load_words("around")["called"], load_words("around")["calendar"]
    behind = [at for at in written.capitals if at > 1 and words[at - 1].text in _OF]
    heads = {at for at in behind if words[at - 2].text.lower() in kinds}
    for first, last in find_stretches(written) if heads else ():
        inside = {word.text.lower() for word in words[first:last]}
        is_whole = last == len(words) or not is_name_like(words[last])
        if first in heads and is_whole and not inside & calendar and not inside <= load_english():
            yield spell(words[first:last])


def _is_named_so(words: Sequence[Token], last: int, entries: tuple[Entry, ...]) -> bool:
    """Say whether a name that is also a people's is meant: "Philippines", "Somali region", not "Somali waters"."""
    if any(entry.kind is Kind.COUNTRY and entry.is_main for entry in entries):
        return True
    after = words[last].text.lower() if last < len(words) else ""
    return is_unit(entries) and after in load_words("after")["unit"]


def _is_date(words: Sequence[Token], first: int, last: int) -> bool:
    """Say whether a name of a month or day stands beside a number: "March 9", "9 May"."""
    return any(word.text[:1].isdigit() for word in (*words[max(0, first - 1) : first], *words[last : last + 1]))


def _path(words: Sequence[Token], first: int, last: int, entries: tuple[Entry, ...], gazetteer: Gazetteer) -> str:
    """Return the name of a larger unit that is stated with a name and holds one of its places.

    After a comma, a bracket or "in" ("Paris, Texas", "Homs in western Syria"), or as an adjective before it ("the
    Syrian city of Homs"). The check keeps lists ("in Zahedan, Khash and Kerman") from being read as paths.
    """
    if not entries:
        return ""
    start = _path_start(words, last)
    if start is not None:
        for end in range(min(start + 4, len(words)), start, -1):
            if is_name_like(words[end - 1]) and is_name_like(words[start]):
                name = spell(words[start:end])
                if _holds_any(look_up(name, words, start, gazetteer), entries):
                    return name
    return _adjective(words, first, entries, gazetteer)


def _path_start(words: Sequence[Token], last: int) -> int | None:
    """Return where the name of a larger unit may begin after a name."""
    if last + 1 >= len(words):
        return None
    if words[last].text in (",", "("):
        return last + 1
    if words[last].text != "in":
        return None
    at, compass = last + 1, load_words("around")["compass"]
    while at < min(last + 3, len(words) - 1) and (words[at].text.lower() in compass or words[at].text.lower() == "the"):
        at += 1
    return at


def _adjective(words: Sequence[Token], first: int, entries: tuple[Entry, ...], gazetteer: Gazetteer) -> str:
    """Return the country of "the Syrian city of X", "the northern Syrian town X", if it holds one of the places."""
    at = first - 1
    if at >= 0 and words[at].text == "of":
        at -= 1
    if at < 1 or words[at].text.lower() not in _SETTLED:
        return ""
    country = gazetteer.of_code(gazetteer.demonym(words[at - 1].text) or "")
    return country.name if country and _holds_any((country,), entries) else ""


def _holds_any(units: Sequence[Entry], entries: Sequence[Entry]) -> bool:
    return any(unit.kind is not Kind.CITY and lies_in(entry, unit) for unit in units for entry in entries)


def _likelihood(one: Looked, told: frozenset[str]) -> float:
    """Return how likely a candidate names a place: as weighed, and no less than what it is known by makes it."""
    likely = logistic(one.score)
    if likely < _UNIT and _is_long_unit(one.stretch):
        return _UNIT
    if likely < _OWN and _is_sure(one):
        return _OWN
    return _PLACED if likely < _PLACED and _is_told(one.stretch, told) else likely


def _is_sure(one: Looked) -> bool:
    is_raised = (one.stretch.first, one.stretch.last) in one.searched.raised
    return is_raised or _is_own(one.stretch) or is_native(one.stretch)


def _is_told(stretch: Stretch, told: frozenset[str]) -> bool:
    """Say whether something is said to be in a place of that name, and it lies in a country that the report names."""
    before = stretch.words[stretch.first - 1].text.lower() if stretch.first else ""
    if before not in load_words("around")["holding"] or not any(entry.country in told for entry in stretch.entries):
        return False
    after = stretch.words[stretch.last] if stretch.last < len(stretch.words) else None
    words = stretch.words[stretch.first : stretch.last]
    return not (after and is_name_like(after)) and any(word.text.lower() not in load_english() for word in words)


def _is_disease(stretch: Stretch, habits: Mapping[str, int]) -> bool:
    """Say whether a report knows the name as that of a disease ("West Nile virus"), and nowhere as a place."""
    return "disease" in habits and "placed" not in habits and not is_unit(stretch.entries)


def _is_long_unit(stretch: Stretch) -> bool:
    """Say whether it names a country or province in three words or more, hyphens counted ("Jammu and Kashmir")."""
    return stretch.last - stretch.first >= _LONG - 1 and is_unit(stretch.entries)


def _marked(sentence: int, stretch: Stretch, score: float) -> Toponym:
    words = stretch.words[stretch.first : stretch.last]
    return Toponym(
        words[0].start,
        words[-1].end,
        stretch.name,
        stretch.path,
        sentence,
        stretch.first,
        stretch.last,
        score,
        _unit(stretch),
        stretch.entries,
    )


def _is_own(stretch: Stretch) -> bool:
    """Say whether it is a name of two words or more of our own files ("Tahrir Square"), or a long one: no chance.

    A known name with a hyphen inside is none, either: "Mazar-i-Sharif".
    """
    words = stretch.last - stretch.first
    if words == 1:
        return False
    if words >= _LONG - 1 and "-" in stretch.name and stretch.entries:
        return any(part.lower() not in load_english() for part in stretch.name.split("-"))
    known = [entry for entry in stretch.entries if entry.is_main]
    return any(entry.id < 0 or entry.kind is Kind.REGION or words >= _LONG for entry in known)


def _unit(stretch: Stretch) -> str:
    """Return the unit word right after a name, or before it with "of"; `state` for what only a state or province has.

    "Ohio lawmakers", "the governor of Georgia". Else `the`, if that stands before the name and no noun after it: "the
    Gulf", but not "the Geneva talks".
    """
    words, first, last, units = stretch.words, stretch.first, stretch.last, load_words("after")["unit"]
    after, then = [*[word.text.lower().rstrip(".") for word in words[last : last + 2]], "", ""][:2]
    before = words[first - 2].text.lower().rstrip(".") if first > 1 and words[first - 1].text == "of" else ""
    if after in units or before in units:
        return after if after in units else before
    if after in _OF_STATES or before in _OF_STATES or f"{after} {then}" in _OF_STATES_TOO:
        return "state"
    has_noun = last < len(words) and (is_name_like(words[last]) or words[last].pos == "NOUN")
    return "the" if first and words[first - 1].text.lower() == "the" and not has_noun else ""


def _choose(weighed: Sequence[tuple[Looked, float]]) -> list[Toponym]:
    """Keep what is likely, the likelier of two that overlap, the longer of two alike; in order of the text."""
    likely = [_marked(one.searched.sentence.index, one.stretch, score) for one, score in weighed if score >= LIKELY]
    if len(likely) < 2:
        return likely
    kept: list[Toponym] = []
    for toponym in sorted(likely, key=lambda t: (-t.score, t.start - t.end, t.start)):
        if all(toponym.end <= k.start or k.end <= toponym.start for k in kept):
            kept.append(toponym)
    return sorted(kept, key=lambda t: t.start)
