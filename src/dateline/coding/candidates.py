"""Which words of a sentence may be a party of its events, where there is no parse: `candidates_of`.

The network marks them twice, as actors and recipients and as the sides of the sentence's main event; both marks may be
torn, or hold two parties. What neither mark finds is nobody's party.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.coding.grammar import words
from dateline.coding.marks import whole
from dateline.coding.nearby import is_empty, phrase_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.coding.marks import Piece
    from dateline.model.text import Evidence, Report

ROLES = frozenset({"actor", "recipient"})
_PARTING = words("near", "parting") | words("near", "openers") - {"of"}
_AND = re.compile(r",? and |, ")
_COLLECTIVES, _COUNTS = words("near", "collectives"), words("near", "counts") | words("near", "articles")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may be a party.

    Attributes:
        evidence: the words.
        role: as they are marked: `actor` or `recipient`; what else they are marked as, or "", if only as a side.
        side: `source`, `target` or `reciprocal`, as they are marked; "" if only as a role.
        score: how sure the network is of the role, or else of the side.
    """

    evidence: Evidence
    role: str
    side: str
    score: float


def candidates_of(report: Report, roles: Iterable[Piece], sides: Iterable[Piece]) -> list[Candidate]:
    """Return what may be a party, in order; a side only where no role is marked."""
    pieces = list(roles)
    marked = list(_pieces(report, (it for it in pieces if it[0] in ROLES)))
    beside = list(_pieces(report, sides))
    found = [_candidate(report, it, _name_at(beside, it)) for it in marked]
    alone = [it for it in beside if not any(_meet(it, other) for other in marked)]
    found += [_candidate(report, (_name_at(pieces, it), *it[1:]), it[0]) for it in alone]
    return _apart(sorted(found, key=lambda it: it.evidence.start))


def _pieces(report: Report, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield marks with torn ones joined, and those of several parties split; none of bare articles."""
    for piece in whole(report.text, pieces, _PARTING):
        if not is_empty(report, piece[1], piece[2]):
            yield from _split(report.text, piece)


def _split(text: str, piece: Piece) -> Iterator[Piece]:
    """Yield the parties that "and" and commas join in one mark; the mark itself, where not each part is a party.

    >>> text = "a monk and two nuns"
    >>> [text[start:end] for _, start, end, _ in _split(text, ("actor", 0, len(text), 0.9))]
    ['a monk', 'two nuns']
    """
    role, start, end, score = piece
    if not (text.find(",", start, end) >= 0 or text.find(" and ", start, end) >= 0):
        yield piece
        return
    edges = [start, *(place for it in _AND.finditer(text, start, end) for place in it.span()), end]
    ends = list(zip(edges[::2], edges[1::2], strict=True))
    parts = [text[a:b].split() for a, b in ends]
    if all(parts) and (all(map(_is_group, parts)) or all(len(it) == 1 and it[0].istitle() for it in parts)):
        yield from ((role, *it, score) for it in ends)
    else:
        yield piece


def _is_group(part: Sequence[str]) -> bool:
    """Say whether words name people, and not only what a later word does: "six monks", "a nun", "police"."""
    last = part[-1].lower()
    if not (part[-1].islower() or len(part) == 1):
        return False
    is_plural = last.endswith(("s", "men")) and not last.endswith(("ss", "'s", "’s"))
    return is_plural or last in _COLLECTIVES or (len(part) > 1 and part[0].lower() in _COUNTS)


def _candidate(report: Report, piece: Piece, side: str) -> Candidate:
    role, start, end, score = piece
    return Candidate(phrase_at(report, start, end), role, side, score)


def _name_at(pieces: Iterable[Piece], piece: Piece) -> str:
    return next((it[0] for it in pieces if _meet(it, piece)), "")


def _meet(one: Piece, other: Piece) -> bool:
    return one[1] < other[2] and other[1] < one[2]


def _apart(candidates: Iterable[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    for it in candidates:
        if not kept or kept[-1].evidence.end <= it.evidence.start:
            kept.append(it)
    return kept
