"""Which public actors of several reports are one: `resolve`. In doubt they stay apart.

Actors with the same name, kind, country and sector are taken together at once. Two such groups are linked if a sum of
weighed features (`FEATURES`) reaches `ENOUGH` and nothing forbids it; links are made from the strongest on, and none
that would bring two countries or two first names under one actor. Private persons and unnamed people are left out.
The outcome depends on what the reports say, not on their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from dateline.linking.spelling import fold
from dateline.model.actor import ResolvedActor
from dateline.model.ground import ActorKind, Basis
from dateline.model.text import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from dateline.model.event import Mention
    from dateline.model.ground import Actor

ENOUGH = 4.5
"""Score from which two groups are one: one name and one more thing in common, or one office of one country."""

_SMALL = frozenset("of for the and in de del la des du".split())
_LETTERS = 3
_LONG = 20 * 366
"""Days between two mentions of a person beyond which a name alone is no sign."""


class Finding(NamedTuple):
    """What a feature found, and how much it weighs."""

    score: float
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """Actors that are named, placed and described alike. `name` is "" for an office, which `head` then tells."""

    name: str
    head: str
    kind: str
    country: str
    sector: str
    is_told: bool

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words of the name."""
        return tuple(fold(self.name).split())


@dataclass(frozen=True, slots=True)
class _Seen:
    """Where a group was seen."""

    reports: frozenset[str]
    mentions: frozenset[str]
    days: tuple[date, ...]


Link = tuple[Group, Group, float, str]


def resolve(mentions: Iterable[Mention]) -> tuple[ResolvedActor, ...]:
    """Return the public actors of these mentions, each once, sorted by how many reports name it, then by name."""
    seen = _gather(mentions)
    links = sorted(_links(seen), key=lambda it: (-it[2], it[0], it[1]))
    home = {group: frozenset([group]) for group in seen}
    used: list[Link] = []
    for link in links:
        left, right = home[link[0]], home[link[1]]
        if left is not right and _fit(left | right):
            used.append(link)
            home |= dict.fromkeys(left | right, left | right)
    made = [_actor(sorted(groups), seen, used) for groups in set(home.values())]
    return tuple(sorted(made, key=lambda it: (-len(it.reports), it.name, it.id)))


def _gather(mentions: Iterable[Mention]) -> dict[Group, _Seen]:
    found: dict[Group, list[tuple[str, str, date | None]]] = defaultdict(list)
    for mention in mentions:
        day = mention.when.earliest if mention.when else None
        for actor in mention.actors:
            if group := _group(actor):
                found[group].append((mention.report, mention.id, day))
    return {
        group: _Seen(
            frozenset(report for report, _, _ in rows),
            frozenset(mention for _, mention, _ in rows),
            tuple(sorted(day for _, _, day in rows if day)),
        )
        for group, rows in found.items()
    }


def _group(actor: Actor) -> Group | None:
    """Return the group of a public actor that has a name, or an office of a state that is known."""
    is_office = actor.kind is ActorKind.STATE and actor.head is not None and actor.country is not None
    if not actor.public or not (actor.name or is_office):
        return None
    name, head = actor.name or "", "" if actor.name else actor.head or ""
    return Group(
        name, head, actor.kind.value, actor.country or "", actor.sector or "UNK", actor.basis is not Basis.INFERRED
    )


def _links(seen: dict[Group, _Seen]) -> Iterator[Link]:
    """Yield every pair that may be one, with its score and reasons."""
    blocks: dict[str, set[Group]] = defaultdict(set)
    for group in seen:
        for key in {group.head, *(word for word in group.words if len(word) > 1), _initials(group.words)} - {""}:
            blocks[key].add(group)
    pairs = {pair for groups in blocks.values() for pair in combinations(sorted(groups), 2)}
    for left, right in sorted(pairs):
        findings = [found for feature in FEATURES if (found := feature(left, right, seen))]
        score = sum(found.score for found in findings)
        if score >= ENOUGH:
            yield left, right, score, ", ".join(f"{found.reason} {found.score:+g}" for found in findings)


def _initials(words: Sequence[str]) -> str:
    """Return the first letters of a name of three words and more; two letters abbreviate too much."""
    letters = [word[0] for word in words if word not in _SMALL]
    return "".join(letters) if len(letters) >= _LETTERS else ""


def compare_names(left: Group, right: Group, _seen: object) -> Finding | None:
    """Compare names: alike, one within the other, one the initials of the other."""
    if not left.words or not right.words:
        return Finding(3.0, "same office") if left.head and left.head == right.head else None
    if left.words == right.words:
        return Finding(4.0, "same name")
    shorter, longer = sorted((left.words, right.words), key=len)
    if len(shorter) == 1 and shorter[0] == _initials(longer):
        return Finding(3.0, "initials")
    within = len(shorter) > 1 and set(shorter) <= set(longer) and shorter[-1] == longer[-1]
    return Finding(3.0, "name within name") if within else None


def compare_countries(left: Group, right: Group, _seen: object) -> Finding | None:
    """Compare countries; one that was inferred weighs half."""
    if not left.country or not right.country:
        return None
    if left.country != right.country:
        return Finding(-5.0, "other country")
    return Finding(2.0 if left.is_told and right.is_told else 1.0, "same country")


def compare_roles(left: Group, right: Group, _seen: object) -> Finding | None:
    """Compare sectors. An office that was left says nothing against, nor does a sector that is not known."""
    if "UNK" in {left.sector, right.sector} or "ELI" in {left.sector, right.sector}:
        return None
    return Finding(1.0, "same sector") if left.sector == right.sector else Finding(-1.0, "other sector")


def compare_kinds(left: Group, right: Group, _seen: object) -> Finding | None:
    """A person is no body."""
    individual = ActorKind.INDIVIDUAL.value
    return Finding(-5.0, "person and body") if (left.kind == individual) != (right.kind == individual) else None


def compare_days(left: Group, right: Group, seen: dict[Group, _Seen]) -> Finding | None:
    """Compare when persons act: decades apart, a name is no sign."""
    days, others = seen[left].days, seen[right].days
    if left.kind != ActorKind.INDIVIDUAL.value or not days or not others:
        return None
    gap = max((others[0] - days[-1]).days, (days[0] - others[-1]).days, 0)
    return Finding(-2.0, "decades apart") if gap > _LONG else None


FEATURES: tuple[Callable[[Group, Group, dict[Group, _Seen]], Finding | None], ...] = (
    compare_names,
    compare_countries,
    compare_roles,
    compare_kinds,
    compare_days,
)


def _fit(groups: frozenset[Group]) -> bool:
    """Say whether nothing in a set of groups forbids that they are one: two countries, two given names, two offices."""
    countries = {group.country for group in groups} - {""}
    given = {group.words[0] for group in groups if group.kind == ActorKind.INDIVIDUAL.value and len(group.words) > 1}
    return len(countries) <= 1 and len(given) <= 1 and len({group.head for group in groups}) == 1


def _actor(groups: Sequence[Group], seen: dict[Group, _Seen], used: Sequence[Link]) -> ResolvedActor:
    names: Counter[str] = Counter()
    for group in groups:
        names[group.name or group.head] += len(seen[group].reports)
    name = min(names, key=lambda it: (-names[it], it))
    links = [link for link in used if link[0] in groups]
    country = next((group.country for group in groups if group.country), None)
    return ResolvedActor(
        id=digest([name, groups[0].kind, country]),
        name=name,
        forms=tuple(sorted(names)),
        kind=groups[0].kind,
        country=country,
        sectors=tuple(sorted({group.sector for group in groups})),
        reports=tuple(sorted(frozenset().union(*(seen[group].reports for group in groups)))),
        mentions=tuple(sorted(frozenset().union(*(seen[group].mentions for group in groups)))),
        score=min((score for _, _, score, _ in links), default=None),
        why=tuple(f"{a.name or a.head} = {b.name or b.head}: {score:g} ({why})" for a, b, score, why in links),
    )
