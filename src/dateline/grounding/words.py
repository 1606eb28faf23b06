"""The words of a sentence for the search for names, parsed or not, and the stretches that may name a place."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import tomli

from dateline.model.parse import Sentence, Token

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|(?:St|Mt|Ft|Gen|Sen|Gov|Dr|Mr|Mrs|Ms|Sgt|Lt|Col|Capt)\.|[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[^\w\s]"
)
_JOINTS = frozenset(
    (
        "of",
        "and",
        "the",
        "de",
        "del",
        "la",
        "le",
        "el",
        "al",
        "du",
        "des",
        "e",
        "i",
        "ye",
        "-",
        "–",
        "–",
        ".",
        "'s",
        "’s",
    )
)
_ELIDED = frozenset(("d'", "d’", "l'", "l’", "D'", "D’", "L'", "L’"))
_MOST = 7
"""Words of the longest name looked up, hyphens counted ("Saint Vincent and the Grenadines" has five)."""
_PLACED = ("GPE", "LOC", "FAC")


@cache
def load_words(table: str) -> Mapping[str, frozenset[str]]:
    """Return one table of `data/place_words.toml`: what the words tell -> the words."""
    return _load_tables()[table]


@cache
def _load_tables() -> Mapping[str, Mapping[str, frozenset[str]]]:
    tables = tomli.loads(files("dateline.data").joinpath("place_words.toml").read_text(encoding="utf-8"))
    return {table: {name: frozenset(words.split()) for name, words in rows.items()} for table, rows in tables.items()}


def words_of(text: str, sentence: Sentence) -> Sequence[Token]:
    """Return the parsed tokens of a sentence or, if the coder saw no need to parse it, its bare words."""
    return sentence.tokens or [
        Token(index, match.start(), match.end(), match[0], match[0].lower(), "", "", "", index)
        for index, match in enumerate(_split(text, sentence))
    ]


def _split(text: str, sentence: Sentence) -> Iterator[re.Match[str]]:
    return _WORD.finditer(text, sentence.start, sentence.end)


def spell(words: Sequence[Token]) -> str:
    """Return a stretch of words as one name: the cleaned words, with one space where the text has any."""
    if len(words) == 1:
        return words[0].text
    parts = [words[0].text]
    for before, word in pairwise(words):
        parts.append(f" {word.text}" if word.start > before.end else word.text)
    return "".join(parts)


def is_name_like(word: Token) -> bool:
    """Say whether a word can begin or end a name: a capital (in "d'Ivoire" too), or a letter of a script without."""
    return has_capital(word.text)


@lru_cache(maxsize=30_000)
def has_capital(text: str) -> bool:
    """Say of a word's text what `is_name_like` says; remembered, since every word of a report is asked often."""
    plain = text[2:] if text[:2] in _ELIDED else text
    return plain[:1].isalpha() and not plain[0].islower()


class Written(NamedTuple):
    """The words of a sentence, which of them may begin or end a name, and [first, last) and type of every entity."""

    words: Sequence[Token]
    capitals: Sequence[int]
    entities: Sequence[tuple[int, int, str]]


def look_over(words: Sequence[Token]) -> Written:
    """Return words with what many ask of them: asked once, as each is a look at every word."""
    return Written(words, [at for at, word in enumerate(words) if has_capital(word.text)], find_entities(words))


def find_stretches(written: Written) -> Iterator[tuple[int, int]]:
    """Yield [first, last) of every stretch of words that may be a name, short joints ("of", "-") inside it allowed."""
    words, capitals, _ = written
    for place, first in enumerate(capitals):
        yield first, first + 1
        before = first
        for at in capitals[place + 1 : place + _MOST]:
            if at >= first + _MOST or not all(_is_joint(word.text) for word in words[before + 1 : at]):
                break
            yield first, at + 1
            before = at


def _is_joint(text: str) -> bool:
    return text in _JOINTS or text.isdigit()


def find_entities(words: Sequence[Token]) -> list[tuple[int, int, str]]:
    """Return [first, last) and the type of every entity that the parser saw."""
    found = []
    first, kind = 0, ""
    for at, word in enumerate(words):
        if word.entity != kind or word.begins:
            if kind:
                found.append((first, at, kind))
            first, kind = at, word.entity
    return [*found, (first, len(words), kind)] if kind else found


def find_located(written: Written) -> Iterator[tuple[int, int]]:
    """Yield [first, last) of what the parser took for places, without articles, possessives and hyphens at the ends."""
    words = written.words
    for first, last, kind in written.entities:
        if kind not in _PLACED:
            continue
        while first < last and not is_name_like(words[first]):
            first += 1
        while last > first and not is_name_like(words[last - 1]):
            last -= 1
        if first < last:
            yield first, last
