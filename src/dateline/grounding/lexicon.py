"""What the house knows of names and roles: organisations, public figures, role words, countries and their people."""

from __future__ import annotations

import itertools
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dateline.model.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

T = TypeVar("T")
_WORD = re.compile(r"\w+(?:[.'’&/\-‑]\w+)*")
_POSSESSIVE = re.compile(r"['’]s$")
_GAP = re.compile(r"[ \n(\u00a0\-–'’.,]{1,2}")


@dataclass(frozen=True, slots=True)
class Known:
    """A name that the lexicon knows: its canonical form, country, sector, and whether it is a person's."""

    name: str
    country: str | None
    sector: str | None
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Index(Generic[T]):
    """Names of several words, found in a text in one pass; the longest wins. Case counts, possessives do not.

    Attributes:
        entries: name as `words_of` has it, joined by spaces -> what it names.
        longest: first word of a name -> how many words the longest such name has.
    """

    entries: Mapping[str, T]
    longest: Mapping[str, int]

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[Span, T]]:
        """Yield every name in a stretch of text with what it names, left to right, none overlapping another."""
        words = list(words_of(text, start, end))
        at = 0
        while at < len(words):
            size = self._size(text, words[at : at + self.longest.get(words[at][0], 0)])
            if size:
                run = words[at : at + size]
                yield Span(run[0][1].start, _end(text, run)), self.entries[" ".join(word for word, _ in run)]
            at += size or 1

    def _size(self, text: str, words: list[tuple[str, Span]]) -> int:
        """Return how many of the words make up a name."""
        for size in range(len(words), 0, -1):
            run = words[:size]
            if " ".join(word for word, _ in run) in self.entries and _is_one(text, run):
                return size
        return 0


def make_index(entries: Iterable[tuple[str, T]]) -> Index[T]:
    """Make an index of names; the first entry of a name wins."""
    found: dict[str, T] = {}
    longest: dict[str, int] = {}
    for name, value in entries:
        words = [word for word, _ in words_of(name)]
        found.setdefault(" ".join(words), value)
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return Index(found, longest)


def words_of(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[str, Span]]:
    """Yield the words of a stretch of text without possessives, and where they stand.

    >>> [word for word, _ in words_of("Iran’s U.S. envoy")]
    ['Iran', 'U.S', 'envoy']
    """
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        word = _POSSESSIVE.sub("", match.group())
        yield word.replace("’", "'").replace("‑", "-"), Span(match.start(), match.start() + len(word))


def _is_one(text: str, run: list[tuple[str, Span]]) -> bool:
    """Say whether only a space, a hyphen or a bracket lies between the words."""
    pairs = itertools.pairwise(run)
    return all(_GAP.fullmatch(text[a.end : b.start].removeprefix("'s").removeprefix("’s")) for (_, a), (_, b) in pairs)


def _end(text: str, run: list[tuple[str, Span]]) -> int:
    """Return where a name ends: with its last stop or bracket, if it has one."""
    end = run[-1][1].end
    abbreviated = "." in run[-1][0] and text[end : end + 1] == "."
    bracketed = text[end : end + 1] == ")" and "(" in text[run[0][1].start : end]
    return end + 1 if abbreviated or bracketed else end


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names and roles.

    Attributes:
        names: organisations and public figures, by every alias.
        countries: country names and demonyms -> ISO 3166-1 alpha-3.
        sectors: role words in lower case, singular -> PLOVER sector.
        groups, titles, bodies, papers, states: see `roles.toml`.
    """

    names: Index[Known]
    countries: Index[str]
    sectors: Mapping[str, str]
    groups: frozenset[str]
    titles: frozenset[str]
    bodies: frozenset[str]
    papers: frozenset[str]
    states: frozenset[str]


@cache
def load_lexicon() -> Lexicon:
    """Return the lexicon that ships with Dateline."""
    roles, named, people = (_read(name) for name in ("roles.toml", "organisations.toml", "demonyms.toml"))
    sectors: dict[str, str] = {}
    for sector, words in roles["sectors"].items():
        for word in words:
            sectors.setdefault(word, sector)
    lists = {kind: frozenset(roles[kind]["words"]) for kind in ("groups", "titles", "bodies", "papers", "states")}
    return Lexicon(make_index(_names(named)), make_index(_countries(people)), sectors, **lists)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("dateline.data").joinpath(name).read_text(encoding="utf-8"))


def _names(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Known]]:
    """Yield every alias of every organisation and figure."""
    for kind in ("organisations", "figures"):
        for name, about in tables[kind].items():
            known = Known(name, about.get("country"), about.get("sector"), kind == "figures")
            yield from ((alias, known) for alias in (name, *about.get("also", ())))


def _countries(table: Mapping[str, Mapping[str, Iterable[str]]]) -> Iterator[tuple[str, str]]:
    """Yield every name, demonym and plural demonym of every country."""
    for code, about in table.items():
        for name in (*about["names"], *about["people"]):
            yield name, code
            yield name + "s", code
