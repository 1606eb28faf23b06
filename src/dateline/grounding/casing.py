"""Names of places in text without capitals, or of capitals alone: its words as a text with both would write them.

What tells a name from a word there is the gazetteer, the dictionary, and a word of place before it ("in gujarat", "AT
GODHRA"); where a report so places a name once, it is the same name everywhere in it.
"""

from __future__ import annotations

import gzip
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from dateline.grounding.gazetteer import Gazetteer, Kind
from dateline.grounding.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.grounding.gazetteer import Entry
    from dateline.model.parse import Token

_ENOUGH = 4
"""Words that a sentence needs for its capitals, or their lack, to say nothing."""
_TELLING = 20
"""Words that a report needs for their lack of capitals to say that names have none."""
_LONGEST = 4
"""Words of the longest name looked for."""
_LETTERS = 4
"""Letters of the shortest name of one word."""
_LARGE = 10_000
"""People of a town whose name is looked for in such text."""
_LIST = frozenset((",", "and", "&"))
_SETTLED = frozenset("city town village port municipality township hamlet suburb neighbourhood neighborhood".split())


@cache
def load_english() -> frozenset[str]:
    """Return the words that dictionaries of English write in lower case (SCOWL, 65,501)."""
    packed = (files("dateline.data") / "english.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode("utf-8").split())


def recase(
    sentences: Sequence[Sequence[Token]], gazetteer: Gazetteer
) -> tuple[list[Sequence[Token]], list[frozenset[tuple[int, int]]]]:
    """Return the sentences of a report, and [first, last) of the names of places that were told in them by this module.

    In sentences of one case alone these names have capitals and nothing else has; they are tagged as proper nouns, too,
    which no parser does without capitals. Offsets stay what they were.
    """
    is_small = _is_small(sentences)
    flat = [words if _is_caseless(words) or (is_small and len(words) >= _ENOUGH) else () for words in sentences]
    if not any(flat):
        return list(sentences), [frozenset()] * len(sentences)
    called = frozenset(name for words in flat for name in _called_in(words, gazetteer))
    runs = [list(_names_in(words, gazetteer, called)) for words in flat]
    placed = {
        _key(words, run)
        for words, some in zip(flat, runs, strict=True)
        for run in some
        if _is_placed(words, run, some) or _is_unit(words[slice(*run)], gazetteer)
    }
    names = [
        frozenset(run for run in some if _key(words, run) in placed) for words, some in zip(flat, runs, strict=True)
    ]
    written = [
        _written(words, some) if one_case else words
        for words, one_case, some in zip(sentences, flat, names, strict=True)
    ]
    return written, names


def _is_caseless(words: Sequence[Token]) -> bool:
    opening = next((word.text for word in words if word.text[:1].isalpha()), "")
    if not (opening.isupper() or opening[:1].islower()):
        return False  # "The": most sentences are told by their first word
    letters = [word.text for word in words if word.text[:1].isalpha()]
    if len(letters) < _ENOUGH:
        return False
    return all(text.isupper() for text in letters) or all(text[0].islower() for text in letters)


def _is_small(sentences: Sequence[Sequence[Token]]) -> bool:
    """Say whether a report has capitals at the beginnings of its sentences alone."""
    inner = 0
    for words in sentences:
        for word in words[1:]:
            if word.text[:1].isupper() and word.text != "I":
                return False
            inner += word.text[:1].isalpha()
    return inner >= _TELLING


def _names_in(words: Sequence[Token], gazetteer: Gazetteer, called: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield [first, last) of the names of known places, the longest that begins at a word; small ones if `called`."""
    first = 0
    while first < len(words):
        known = (
            last
            for last in _lasts(words, first)
            if _is_name(words[first:last], gazetteer, _LARGE) or (called and _key(words, (first, last)) in called)
        )
        last = next(known, None)
        if last is not None:
            yield first, last
        first = last or first + 1


def _lasts(words: Sequence[Token], first: int) -> range:
    return range(min(first + _LONGEST, len(words)), first, -1)


def _called_in(words: Sequence[Token], gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the names that are told to be of a place of whatever size: "the town of perquin"."""
    for first in (at for at in range(len(words)) if _is_called(words, at)):
        known = (last for last in _lasts(words, first) if _is_name(words[first:last], gazetteer, 0))
        yield from (_key(words, (first, last)) for last in list(known)[:1])


def _is_called(words: Sequence[Token], first: int) -> bool:
    return first > 1 and words[first - 1].text.lower() == "of" and words[first - 2].text.lower() in _SETTLED


def _is_name(words: Sequence[Token], gazetteer: Gazetteer, least: int) -> bool:
    if not all(word.text.isalpha() or word.text in ("-", "'") for word in words):
        return False
    if len(words) == 1 and len(words[0].text) < _LETTERS:
        return False
    if not words[0].text.isalpha() or not words[-1].text.isalpha():
        return False
    if all(word.text.lower() in load_english() for word in words):
        return _is_unit(words, gazetteer)
    return any(_is_notable(entry, least) for entry in gazetteer.lookup(" ".join(word.text.title() for word in words)))


def _is_notable(entry: Entry, least: int) -> bool:
    return entry.kind is not Kind.CITY or entry.population >= least or entry.id < 0


def _is_unit(words: Sequence[Token], gazetteer: Gazetteer) -> bool:
    """Say whether two words or more are the main name of a country or of its first units: no person is called so."""
    known = gazetteer.lookup(" ".join(word.text.title() for word in words)) if len(words) > 1 else ()
    return any(entry.is_main and entry.kind in (Kind.COUNTRY, Kind.ADMIN1) for entry in known)


def _is_placed(words: Sequence[Token], run: tuple[int, int], runs: Sequence[tuple[int, int]]) -> bool:
    """Say whether a name stands behind a word of place, opens a dateline, or follows another name in a list."""
    first, last = run
    if first == 0:
        return last < len(words) and words[last].text in (":", ",", "(", "-")
    before = words[first - 1].text.lower()
    if before in load_words("around")["compass"] and first > 1:
        before = words[first - 2].text.lower()
    if before in load_words("around")["placing"] or _is_called(words, first):
        return True
    if before in _LIST:
        return any(end == first - 1 and _is_placed(words, (start, end), runs) for start, end in runs)
    return False


def _key(words: Sequence[Token], run: tuple[int, int]) -> str:
    return " ".join(word.text.lower() for word in words[slice(*run)])


def _written(words: Sequence[Token], runs: frozenset[tuple[int, int]]) -> list[Token]:
    names = {index for run in runs for index in range(*run)}
    return [_as_name(word) if word.index in names else replace(word, text=word.text.lower()) for word in words]


def _as_name(word: Token) -> Token:
    tagged = replace(word, pos="PROPN", tag="NNP") if word.pos else word
    return replace(tagged, text=word.text.title())
