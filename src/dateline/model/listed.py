"""Faults of a user's own list of actors or publishers: TOML tables of name = { field = value }."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_COUNTRY = re.compile(r"[A-Z]{3}")
_LISTS = frozenset({"also", "domains"})
LEAST = 2
"""Letters of the shortest name: one letter names nobody."""


def check_entries(
    table: Any, text: str, fields: frozenset[str], choices: Mapping[str, frozenset[str]], what: str
) -> list[str]:
    """Return every fault of a table of entries, each with line and field; a table that is missing is one."""
    if not isinstance(table, dict) or not table:
        return [f'no table [{what}] with entries; expected lines like "Name" = {{ {sorted(fields)[0]} = ... }}']
    return [
        f"line {line_of(name, text)}, {name!r}: {fault}"
        for name, given in table.items()
        for fault in _faults(name, given, fields, choices)
    ]


def line_of(name: str, text: str) -> int:
    """Return the line on which an entry begins, 1 if it cannot be told."""
    quoted = re.compile(rf"""^\s*["']?{re.escape(name)}["']?\s*=|^\s*\[[^\]]*{re.escape(name)}""", re.MULTILINE)
    found = quoted.search(text)
    return text.count("\n", 0, found.end()) + 1 if found else 1


def _faults(name: str, given: Any, fields: frozenset[str], choices: Mapping[str, frozenset[str]]) -> Iterator[str]:
    if len(name.strip()) < LEAST:
        yield "name too short; expected a name of two letters and more"
    if not isinstance(given, dict):
        yield f"is {given!r}; expected a table of {', '.join(sorted(fields))}"
        return
    for key, value in given.items():
        expected = _expected(key, value, fields, choices)
        if expected:
            yield f"{key} is {value!r}; expected {expected}" if key in fields else expected


def _expected(key: str, value: Any, fields: frozenset[str], choices: Mapping[str, frozenset[str]]) -> str:
    """Return what was expected of a field, "" if it is as it should be."""
    if key not in fields:
        return f"unknown field {key!r}; known are {', '.join(sorted(fields))}"
    if key in _LISTS:
        is_list = isinstance(value, list) and all(isinstance(it, str) and len(it.strip()) >= LEAST for it in value)
        return "" if is_list else "a list of names of two letters and more"
    if key == "country":
        return "" if isinstance(value, str) and _COUNTRY.fullmatch(value) else "three capitals (ISO 3166-1 alpha-3)"
    if key == "as_of":
        return "" if isinstance(value, int) and not isinstance(value, bool) else "a year"
    if key in choices:
        return "" if value in choices[key] else f"one of {', '.join(sorted(choices[key]))}"
    return "" if isinstance(value, str) and value.strip() else "a text"
