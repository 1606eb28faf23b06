"""How many sources does an incident have? Reports of one origin are one group, and each group says why.

Five things make two reports one source *of an incident*: one publisher; one owner; passages in common that hold the
event; one declared origin ("the agency X reported", or X published the other report); one speaker on whose word both
rest. The last three are asked of what a report says of this incident, not of the report: who takes over a paragraph on
one event may be the first to tell of another. What is not known to be one counts apart.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.linking.cluster import groups_of
from dateline.linking.spelling import fold
from dateline.model.ground import VoiceKind
from dateline.model.incident import Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dateline.model.copies import Copy, Passage
    from dateline.model.event import Mention

Edge = tuple[str, str, str]
"""Two report ids, and why they are one source."""


@dataclass(frozen=True, slots=True)
class Origins:
    """What is known of where reports come from.

    Attributes:
        publishers: by report id; None or missing where it is not known.
        owners: who stands behind the publisher, by report id; only where publicly known.
        copies: by pair of report ids, the lower first.
        days: ordinal of the day of publication, by report id; only where it is known.
    """

    publishers: Mapping[str, str | None] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    copies: Mapping[tuple[str, str], Copy] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)

    def is_one_publisher(self, left: str, right: str) -> bool:
        """Say whether two reports are by one publisher."""
        one, other = self.publishers.get(left), self.publishers.get(right)
        return bool(one and other) and fold(one or "") == fold(other or "")


def independent_groups(mentions: Sequence[Mention], origins: Origins) -> tuple[Group, ...]:
    """Return the independent sources of the incident that these mentions tell of, the largest first."""
    told: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        told[mention.report].append(mention)
    edges = [*_alike(told, origins), *_copied(told, origins)]
    reasons: dict[tuple[str, str], set[str]] = defaultdict(set)
    for left, right, why in edges:
        reasons[left, right].add(why)
    groups = (_group(members, told, reasons, len(mentions)) for members in groups_of(sorted(told), list(reasons)))
    return tuple(sorted(groups, key=lambda it: (-it.share, it.reports)))


def _group(
    members: Sequence[str],
    told: Mapping[str, Sequence[Mention]],
    reasons: Mapping[tuple[str, str], Iterable[str]],
    total: int,
) -> Group:
    inside = set(members)
    why = {it for pair, some in reasons.items() if inside.issuperset(pair) for it in some}
    share = sum(len(told[report]) for report in members) / total
    return Group(tuple(members), tuple(sorted(why)), round(share, 4))


def _alike(told: Mapping[str, Sequence[Mention]], origins: Origins) -> Iterator[Edge]:
    """Yield an edge from each report to the first one that shares publisher, owner, origin or speaker with it."""
    homes: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for report in sorted(told):
        for kind, name in _marks(report, told[report], origins):
            homes[kind, fold(name)].append((report, name))
    for (kind, _), members in homes.items():
        (first, name), *others = members
        for report, _ in others:
            if report != first and not (kind == "origin" and origins.is_one_publisher(first, report)):
                yield first, report, _REASONS[kind].format(name)


_REASONS = {
    "publisher": "one publisher, {}",
    "owner": "one owner, {}",
    "origin": "one origin, {}",
    "voice": "on the word of {} alone",
}


def _marks(report: str, mentions: Sequence[Mention], origins: Origins) -> Iterator[tuple[str, str]]:
    """Yield what a report may have in common with another: a kind of reason, and a name."""
    publisher, owner = origins.publishers.get(report), origins.owners.get(report)
    if publisher:
        yield "publisher", publisher
        yield "origin", publisher
    if owner:
        yield "owner", owner
    relayed = [_relayed(mention) for mention in mentions]
    yield from sorted(set.intersection(*relayed))


def _relayed(mention: Mention) -> set[tuple[str, str]]:
    """Return the named voices that a mention rests on: organisations in between, and whoever vouches for it."""
    voices = mention.attribution.voices[1:]
    found = {("origin", it.name) for it in voices if it.name and it.kind is VoiceKind.ORGANISATION}
    speaker = mention.attribution.speaker
    return found | ({("voice", speaker.name)} if speaker.name and speaker.kind is VoiceKind.PERSON else set())


def _copied(told: Mapping[str, Sequence[Mention]], origins: Origins) -> Iterator[Edge]:
    """Yield the pairs of reports that share the passages in which one of them tells all that it tells of this."""
    reports = sorted(told)
    pairs = ((a, b) for index, a in enumerate(reports) for b in reports[index + 1 :])
    for left, right in pairs:
        copy = origins.copies.get((left, right))
        if copy and _holds(copy, told[left], told[right]):
            yield left, right, f"the same words: {copy.words} in common, this event among them"


def _holds(copy: Copy, left: Sequence[Mention], right: Sequence[Mention]) -> bool:
    """Say whether all that one of two reports tells of an incident stands in passages of the other that tell it too."""
    of_left = [_passage(it.trigger.start, ((p.left_start, p.left_end, p) for p in copy.passages)) for it in left]
    of_right = [_passage(it.trigger.start, ((p.right_start, p.right_end, p) for p in copy.passages)) for it in right]
    shared = {it for it in of_left if it} & {it for it in of_right if it}
    return bool(shared) and (shared.issuperset(of_left) or shared.issuperset(of_right))


def _passage(place: int, passages: Iterable[tuple[int, int, Passage]]) -> Passage | None:
    return next((passage for start, end, passage in passages if start <= place < end), None)
