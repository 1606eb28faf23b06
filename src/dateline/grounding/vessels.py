"""Ships called after places: "INS Kochi", "the frigate Bremen", which a report then calls by the bare name."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.grounding.words import has_capital, is_name_like, load_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.grounding.toponyms import Searched, Toponym
    from dateline.model.parse import Token


def find_vessels(searched: Iterable[Searched]) -> frozenset[str]:
    """Return the names of ships in a report: what follows a ship's prefix, or a word for a ship, in capitals."""
    return frozenset(name for one in searched for name in _names_in(one.words))


def _names_in(words: Sequence[Token]) -> list[str]:
    kinds = load_words("vessel")
    found = []
    prefixes, kind = kinds["prefix"], kinds["kind"]
    for before, word in pairwise(words):
        if has_capital(word.text) and (before.text in prefixes or before.text.lower() in kind):
            if word.text[:1].islower():
                continue
            end = next((i for i in range(word.index, len(words)) if not is_name_like(words[i])), len(words))
            found.append(" ".join(one.text for one in words[word.index : end]))
    return found


def is_vessel(toponym: Toponym, names: frozenset[str], words: Sequence[Token]) -> bool:
    """Say whether a name is that of a ship of the report, or part of it, and nothing is said to be in it."""
    if not any(
        name == toponym.name or name.endswith(f" {toponym.name}") or f"{toponym.name} " in name for name in names
    ):
        return False
    before = words[toponym.first - 1].text.lower() if toponym.first else ""
    return before not in load_words("around")["holding"]
