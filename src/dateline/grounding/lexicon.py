"""What the house knows of names and roles: organisations, public figures, role words, countries and their people."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import tomli

from dateline.model.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

T = TypeVar("T")
_WORD = re.compile(r"\w+(?:[.'’&/\-‑]\w+)*")
_POSSESSIVE = re.compile(r"['’]s$")
_NO_COUNTRY = "NONE"
_LISTS = ("groups", "titles", "bodies", "papers", "states", "collectives", "former")
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
        lands: of the countries, their names alone, without demonyms.
        seats: capitals -> the country whose government they stand for.
        groups, titles, bodies, papers, states, collectives, former: see `roles.toml`.
    """

    names: Index[Known]
    countries: Index[str]
    lands: Index[str]
    seats: Index[str]
    sectors: Mapping[str, str]
    groups: frozenset[str]
    titles: frozenset[str]
    bodies: frozenset[str]
    papers: frozenset[str]
    states: frozenset[str]
    collectives: frozenset[str]
    former: frozenset[str]

    def countries_in(self, text: str, start: int = 0, end: int | None = None) -> list[tuple[Span, str]]:
        """Return the countries named in a stretch of text; peoples of no one country are none."""
        return [(span, code) for span, code in self.countries.find(text, start, end) if code != _NO_COUNTRY]

    def is_people(self, word: str) -> bool:
        """Say whether a capitalised word is a people's name, not a country's."""
        return word in self.countries.entries and word not in self.lands.entries


_OWN: list[tuple[str, Known]] = []
"""Names that a user added; see `use_names`."""


def use_names(names: Iterable[tuple[str, Known]]) -> None:
    """Let the lexicon of this process know more names, and no others that were given before: they win over its own."""
    given = list(names)
    if given != _OWN:
        _OWN[:] = given
        load_lexicon.cache_clear()


@cache
def load_lexicon() -> Lexicon:
    """Return the lexicon that ships with Dateline, with the names of `use_names`."""
    roles, named, people = (_read(name) for name in ("roles.toml", "organisations.toml", "demonyms.toml"))
    lists = {kind: frozenset(roles[kind]["words"]) for kind in _LISTS}
    lands = ((name, code) for code, about in people.items() for name in about["names"])
    return Lexicon(
        names=make_index(itertools.chain(_OWN, _names(named))),
        countries=make_index(_countries(people)),
        lands=make_index(lands),
        seats=make_index(roles["seats"].items()),
        sectors=_sectors(roles["sectors"]),
        **lists,
    )


def _sectors(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return role word -> sector; of "government forces" the singular too, which is what a parser makes of it."""
    words = [(word, sector) for sector, words in table.items() for word in words]
    singular = [(word.removesuffix("s"), sector) for word, sector in words if " " in word and word.endswith("s")]
    return dict(reversed([*words, *singular]))


def _read(name: str) -> dict[str, Any]:
    return tomli.loads(files("dateline.data").joinpath(name).read_text(encoding="utf-8"))


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
