"""What the network marks in a sentence, as words of the report: the sides of its main event, the roles of an attack."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.model.event import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateline.coding.judged import Judged

SURE = 0.5
"""Probability from which a mark of a sentence's words is given."""
GAP = 6
"""Characters that may stand between two pieces of one phrase. Chosen on the training split of `actors_cameo_st`."""
TOUCHING = 1
"""Characters that may stand between two pieces of one phrase of which the network takes one for another role."""
_JOINTS = frozenset({",", "and", ", and", "&", "or", "as well as"})
_LONE = ("source", "target")
"""Roles that one party has in an event, and who is named in one breath with it; those who act together are several."""
Piece = tuple[str, int, int, float]
"""A role, half-open offsets in the report, and how sure the network is."""


def marks_of(known: Judged, *, tells_of_attack: bool) -> Iterator[Mark]:
    """Yield the sides of a sentence's main event; of an attack that it tells of, also the words that fill its roles."""
    text = known.report.text
    pieces = _pieces(known, "sides")
    sides = [it for it in _joined(text, pieces) if not _is_article(known, it)] if pieces else []
    for role, start, end, score in _of_one_event(text, _with_appositions(known, sides)) if sides else ():
        yield Mark(known.sentence.index, role, known.whole_phrase(start, end), score)
    for role, start, end, score in _pieces(known, "fills") if tells_of_attack else ():
        if score >= SURE:
            yield Mark(known.sentence.index, role, known.trimmed(start, end), score)


def _pieces(known: Judged, head: str) -> list[Piece]:
    return [(it.role, *known.back(it.start, it.end), it.score) for it in known.judgement.marked[head]]


def _joined(text: str, pieces: Iterable[Piece]) -> list[Piece]:
    """Return the sure sides in a report's text, pieces of one role next to each other made one."""
    return [it for it in _whole(text, pieces) if it[3] >= SURE]


def _whole(text: str, pieces: Iterable[Piece]) -> list[Piece]:
    """Return marks with those of one phrase made one, in the role of the longer and surer of them."""
    made: list[Piece] = []
    for piece in pieces:
        if made and _is_torn(text, made[-1], piece):
            piece = _both(made.pop(), piece)
        made.append(piece)
    return made


def _is_torn(text: str, first: Piece, second: Piece) -> bool:
    hole = text[first[2] : second[1]]
    if first[0] != second[0]:
        return len(hole) <= TOUCHING and not hole.strip()
    return len(hole) <= GAP and "," not in hole and "and" not in hole.lower().split()


def _both(first: Piece, second: Piece) -> Piece:
    """Return two pieces as one; each counts by its length for how sure it is."""
    _, start, until, sure = first
    _, since, end, sure_too = second
    role = max(first, second, key=lambda it: (it[2] - it[1]) * it[3])[0]
    score = (sure * (until - start) + sure_too * (end - since)) / (until - start + end - since)
    return role, start, end, round(score, 4)


def _is_article(known: Judged, piece: Piece) -> bool:
    inside = known.within(piece[1], piece[2])
    return bool(inside) and all(token.pos == "DET" for token in inside)


def _with_appositions(known: Judged, sides: Iterable[Piece]) -> list[Piece]:
    """Return the sides with a source and what is said of it behind a comma made one: "Oslo, the mediator"."""
    made: list[Piece] = []
    for side in sides:
        if made and made[-1][0] == side[0] == "source" and _is_apposition(known, made[-1], side):
            side = _both(made.pop(), side)
        made.append(side)
    return made


def _is_apposition(known: Judged, first: Piece, second: Piece) -> bool:
    hole = known.report.text[first[2] : second[1]]
    inside = known.within(second[1], second[2])
    head = next((it for it in inside if not inside[0].index <= it.head <= inside[-1].index), None)
    return hole.replace("the", "").strip() == "," and head is not None and head.dep == "appos"


def _of_one_event(text: str, pieces: Iterable[Piece]) -> list[Piece]:
    """Return the sides of one event: the first source and target, and those named in one breath with each."""
    ordered = sorted(pieces, key=lambda it: it[1])
    kept = {piece for role in _LONE for piece in _first(text, [it for it in ordered if it[0] == role])}
    return [it for it in ordered if it[0] not in _LONE or it in kept]


def _first(text: str, sides: list[Piece]) -> list[Piece]:
    kept = sides[:1]
    for before, side in pairwise(sides):
        if before in kept and text[before[2] : side[1]].strip() in _JOINTS:
            kept.append(side)
    return kept
