"""How the figures of a sentence stand to each other: one verb for two, parts, sums of persons, rival numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dateline.grounding.figures_amounts import ARTICLES, STARTS, Amount
from dateline.grounding.figures_words import ASIDE, INCLUDED, ONE_PERSON
from dateline.model.ground import Basis, Bound, Figure, Scope
from dateline.model.text import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_AND = re.compile(r",?\s+(?:and|as\s+well\s+as)(?:\s+(?:their|his|her|its|the))?\s+")
_COMMA = re.compile(r",\s+(?:(?:their|his|her|its|the)\s+)?")
_JOINT = re.compile(r"(?:,\s+(?:and\s+)?|\s+and\s+)(?P<next>[A-Za-z]+|\d)")
_STOP = re.compile(r"[.;\n]\s")
_SOLID = re.compile(r"\S+")
_PERSON = re.compile(r"\w+((?:\s+[^\W\d_][\w'’-]*){1,3})")
_SAYS = (
    r"said|says|put|puts|spoke|speaks|counted|estimated|reported|claimed|gave|told|announced|insisted|acknowledged|"
    r"confirmed|admitted"
)
_WHO = r"(?P<who>(?:[Tt]he\s+)?[^\W\d_][\w'’-]*(?:\s+[\w'’-]+){0,3}?)"
_RIVAL = re.compile(
    rf"[^.;,\n]{{0,40}}[,;](?:\s+(?:and|but|while|whereas))?\s+{_WHO}\s+(?:(?:{_SAYS})(?:\s+(?:it|them|the\s+\w+)\s+at|\s+of)?|at|of)\s+"
)
_FIRST = re.compile(rf"(?:^|[.!?;\n]\s+|\s){_WHO}\s+(?:{_SAYS})\b[^.;\n]{{0,40}}\Z")
_OF_THEM = (" of them", " of whom")
_CLAUSE = 90
_JOINT_SIZE = 24
_PERSON_SIZE = 40
_ORDER = (Bound.AT_LEAST, Bound.AT_MOST, Bound.ROUGH, Bound.RANGE, Bound.ABOUT, Bound.EXACT)


class _Whose(NamedTuple):
    """A figure that another is given against, with who gives the other."""

    figure: Figure
    who: Evidence


def person_at(text: str, start: int, earlier: Sequence[Figure]) -> Amount | None:
    """Read one person that is joined to others who are counted: "a man" of "a man and two women"."""
    near = bool(earlier) and start - earlier[-1].evidence.end < _JOINT_SIZE
    if (
        not near
        and text.find(",", start, start + _PERSON_SIZE) < 0
        and text.find(" and ", start, start + _PERSON_SIZE) < 0
    ):
        return None
    match = _PERSON.match(text, start)
    size = _person_size(match) if match else None
    if match is None or size is None:
        return None
    follows = near and _is_joined(text, earlier[-1].evidence.end, start)
    joint = _JOINT.match(text, size)
    goes_on = joint is not None and (joint["next"].isdigit() or joint["next"] in STARTS)
    return Amount(start, size, start, 1, 1, Bound.EXACT, 1, Scope.WHOLE, "person") if follows or goes_on else None


def _person_size(match: re.Match[str]) -> int | None:
    """Return where the word for one person ends, if one of the words after an article is that."""
    words = _SOLID.finditer(match[1])
    return next((match.start(1) + word.end() for word in words if word[0].lower() in ONE_PERSON), None)


def relate(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures as they stand to each other."""
    told = _share_back(text, _share_on(text, figures))
    joined = list(_joined(text, told))
    return _voiced(text, [figure for figure in joined if not _says_nothing(figure)])


def _is_joined(text: str, end: int, start: int, *, comma: bool = True) -> bool:
    """Say whether nothing but "and", or a comma if that will do, stands between two offsets."""
    if not 0 < start - end < _JOINT_SIZE:
        return False
    return bool(_AND.fullmatch(text, end, start) or (comma and _COMMA.fullmatch(text, end, start)))


def _says_nothing(figure: Figure) -> bool:
    """Say whether it is `a man` that was not joined to anybody after all, or `six of them` to whom nothing is told."""
    words = figure.evidence.quote.lower()
    alone = figure.named == 1 and figure.basis is Basis.STATED and words.split()[0] in ARTICLES
    return (alone and figure.counts not in {"percent", "money"}) or (words.endswith(_OF_THEM) and not figure.support)


def _share_on(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """Let a number go on with what the one before counts: parts of it, and those joined to it."""
    found: list[Figure] = []
    for figure in figures:
        before = found[-1] if found else None
        found.append(_told_with(text, before, figure) if before and figure.counts == "people" else figure)
    return found


def _told_with(text: str, before: Figure, figure: Figure) -> Figure:
    start = figure.evidence.start
    near = start - before.evidence.end < _CLAUSE and not _STOP.search(text, before.evidence.end, start)
    if figure.support or not near:
        return figure
    if _is_part(text, figure):
        return replace(figure, counts=before.counts, support=before.support, scope=Scope.PART)
    led = before.support and before.support[0].end <= before.evidence.start and before.counts != "sentenced"
    if _is_joined(text, before.evidence.end, start) and (led or before.scope is Scope.PART):
        scope = before.scope if figure.scope is Scope.WHOLE else figure.scope
        return replace(figure, counts=before.counts, support=before.support, scope=scope)
    return figure


def _is_part(text: str, figure: Figure) -> bool:
    window = max(0, figure.evidence.start - 40), figure.evidence.start
    is_of_them = figure.evidence.quote.lower().endswith(_OF_THEM)
    return bool(INCLUDED.search(text, *window) or (is_of_them and ASIDE.search(text, *window)))


def _share_back(text: str, figures: list[Figure]) -> list[Figure]:
    """Let a number share the verb of the one that it is joined to: `12 soldiers and 3 policemen were killed`."""
    found = list(figures)
    shared = False
    for place in range(len(found) - 2, -1, -1):
        first, second = found[place : place + 2]
        told = second.support and second.support[0].start >= second.evidence.end
        joined = _is_joined(text, first.evidence.end, second.evidence.start, comma=shared)
        shared = bool(first.counts == "people" and not first.support and told and joined)
        if shared:
            found[place] = replace(first, counts=second.counts, support=second.support)
    return found


def _joined(text: str, figures: Sequence[Figure]) -> Iterator[Figure]:
    """Yield the figures, those joined under one verb as their sum."""
    waiting: Figure | None = None
    for figure in figures:
        if waiting is not None and _can_add(text, waiting, figure):
            waiting = _sum(text, waiting, figure)
            continue
        if waiting is not None:
            yield waiting
        waiting = figure
    if waiting is not None:
        yield waiting


def _can_add(text: str, first: Figure, second: Figure) -> bool:
    same = (first.counts, first.support, first.scope) == (second.counts, second.support, second.scope)
    apart = {first.scope, second.scope} & {Scope.EXTRA, Scope.FORMER}
    return bool(same and first.support and not apart and _is_joined(text, first.evidence.end, second.evidence.start))


def _sum(text: str, first: Figure, second: Figure) -> Figure:
    start, end = first.evidence.start, second.evidence.end
    return replace(
        first,
        evidence=Evidence(start, end, text[start:end]),
        low=_add(first.low, second.low),
        high=_add(first.high, second.high),
        named=_add(first.named, second.named),
        bound=next(bound for bound in _ORDER if bound in {first.bound, second.bound}),
        basis=Basis.RESOLVED,
    )


def _add(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else first + second


def rival_of(text: str, start: int, earlier: Sequence[Figure]) -> Figure | None:
    """Return the figure that a bare number is given against: "police said 200 people, organisers said 2,000"."""
    whose = _rival(text, start, earlier[-1]) if earlier else None
    return whose.figure if whose else None


def _rival(text: str, start: int, before: Figure) -> _Whose | None:
    match = _RIVAL.fullmatch(text, before.evidence.end, start) if start - before.evidence.end < _CLAUSE else None
    if match is None or _first_source(text, before) is None:
        return None
    return _Whose(before, Evidence(match.start("who"), match.end("who"), match["who"]))


def _voiced(text: str, figures: list[Figure]) -> list[Figure]:
    """Name who gives each of two rival numbers."""
    found = list(figures)
    for place in range(len(found) - 1):
        first, second = found[place : place + 2]
        whose = _rival(text, second.evidence.start, first) if first.counts == second.counts else None
        if whose is not None:
            found[place] = first if first.source else replace(first, source=_first_source(text, first))
            found[place + 1] = replace(second, source=whose.who)
    return found


def _first_source(text: str, figure: Figure) -> Evidence | None:
    match = _FIRST.search(text, max(0, figure.evidence.start - _CLAUSE), figure.evidence.start)
    return Evidence(match.start("who"), match.end("who"), match["who"]) if match else None
