"""The state of the list of incidents, as a URL carries it: filters and page, read from a query and written back."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dateline.errors import UsageError
from dateline.model.event import Status
from dateline.model.ground import Precision
from dateline.storing.filters import ALL, REVIEWED, UNREVIEWED, Filters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NAMES = tuple(field.name for field in fields(Filters))

_LONGEST = 200  # code points of a value


@dataclass(frozen=True)
class Address:
    """Which incidents are asked for, and which page of them, counted from 1."""

    filters: Filters = ALL
    page: int = 1

    def query(self, page: int = 1) -> str:
        """Return the query string of another page of the same incidents.

        >>> Address(Filters(type="PROTEST")).query(2)
        '?type=PROTEST&page=2'
        """
        return "?" + urlencode([*self._words.items(), *([("page", str(page))] if page > 1 else [])])

    def word(self, name: str) -> str | None:
        """Return the value of one filter as the URL has it; None if it is not in force."""
        return self._words.get(name)

    def with_word(self, name: str, word: str | None) -> str:
        """Return the address of the same list with one filter set anew, or lifted, from its first page on.

        >>> Address(Filters(type="PROTEST")).with_word("status", "denied"), Address().with_word("page", None)
        ('/?type=PROTEST&status=denied', '/')
        """
        words: dict[str, str | None] = {**self._words, name: word}
        query = urlencode([(key, words[key]) for key in _NAMES if words.get(key) is not None])
        return f"/?{query}" if query else "/"

    @cached_property
    def _words(self) -> dict[str, str]:
        """The filters in force as the URL has them, in the order of `Filters`."""
        values = {name: getattr(self.filters, name) for name in _NAMES}
        return {name: _word(value) for name, value in values.items() if value is not None}

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is filtered out."""
        return self.filters != ALL


def parse_address(query: Mapping[str, str]) -> Address:
    """Read filters and page from a query; an empty value asks for nothing.

    Raises:
        UsageError: naming every fault of the query at once.
    """
    values: dict[str, object] = {}
    faults: list[str] = []
    for name, word in query.items():
        try:
            if word.strip():
                values[name] = _reader(name)(word.strip())
        except ValueError as error:
            faults.append(f"{name[:40]}={word[:40]!r} given; expected {error}")
    if faults:
        raise UsageError("; ".join(faults))
    page = values.pop("page", 1)
    return Address(Filters(**values), page)  # type: ignore[arg-type]


def _reader(name: str) -> Callable[[str], object]:
    if name not in _READERS:
        raise ValueError("one of " + ", ".join(sorted(_READERS)))
    return _READERS[name]


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def _text(word: str) -> str:
    if len(word) > _LONGEST:
        raise ValueError(f"at most {_LONGEST} characters")
    return word


def _one_of(*names: str) -> Callable[[str], str]:
    def read(word: str) -> str:
        if word not in names:
            raise ValueError("one of " + ", ".join(names))
        return str(word)

    return read


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError as error:
        raise ValueError("a day as 1989-10-09") from error


def _choice(word: str) -> bool:
    if word not in {"yes", "no"}:
        raise ValueError("yes or no")
    return word == "yes"


def _number(word: str) -> int:
    if not (word.isascii() and word.isdigit() and len(word) < 10 and int(word)):
        raise ValueError("a number from 1 on")
    return int(word)


_TEXTS = ("type", "form", "country", "admin1", "place", "actor", "publisher", "disputed", "words")

_READERS: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(_TEXTS, _text),
    "status": _one_of(*Status),
    "precision": _one_of(*Precision),
    "review": _one_of(REVIEWED, UNREVIEWED),
    "sources": _number,
    **dict.fromkeys(("since", "until"), _day),
    **dict.fromkeys(("contested", "single_source"), _choice),
    "page": _number,
}
