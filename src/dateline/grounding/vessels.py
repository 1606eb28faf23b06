"""Ships called after places: "INS Kochi", "the frigate Bremen", which a report then calls by the bare name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.grounding.words import is_name_like, load_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.grounding.toponyms import Searched, Toponym
    from dateline.grounding.words import Written
    from dateline.model.parse import Token


def find_vessels(searched: Iterable[Searched]) -> frozenset[str]:
    """Return the names of ships in a report: what follows a ship's prefix, or a word for a ship, in capitals."""
    return frozenset([name for one in searched for name in _names_in(one.written)])


def _names_in(written: Written) -> list[str]:
    kinds = load_words("vessel")
    words, found = written.words, []
    for at in written.capitals:
        before = words[at - 1].text if at else ""
        if (before in kinds["prefix"] or before.lower() in kinds["kind"]) and not words[at].text[:1].islower():
            end = next((i for i in range(at, len(words)) if not is_name_like(words[i])), len(words))
            found.append(" ".join([word.text for word in words[at:end]]))
    return found


def is_vessel(toponym: Toponym, names: frozenset[str], words: Sequence[Token]) -> bool:
    """Say whether a name is that of a ship of the report, or part of it, and nothing is said to be in it."""
    if not any(
        name == toponym.name or name.endswith(f" {toponym.name}") or f"{toponym.name} " in name for name in names
    ):
        return False
    before = words[toponym.first - 1].text.lower() if toponym.first else ""
    return before not in load_words("around")["holding"]
