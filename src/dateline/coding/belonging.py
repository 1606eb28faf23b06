"""Who did it, and to whom, where there is no parse: which candidate is which party of which event.

The network marks words that may be parties, and not whose. A linear model of what can be seen (`scene`) says it.
`training/fit_belonging.py` makes its weights, `data/belonging.json`, from our own sentences.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import repeat
from operator import attrgetter
from typing import TYPE_CHECKING

from dateline.coding.grammar import words
from dateline.coding.scene import OWNS, scene_of
from dateline.coding.stored import digest_of, stored
from dateline.coding.wording import forms_of
from dateline.model.event import Argument
from dateline.model.ground import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dateline.coding.candidates import Candidate
    from dateline.coding.scene import Feature, Line, Offered, Scene, Told
    from dateline.model.text import Evidence, Span

FILE, APART = "belonging.json", " | "
"""The weights, and what stands between the words of a feature there."""
SIDES = {"source": Role.ACTOR, "reciprocal": Role.ACTOR, "target": Role.RECIPIENT}
Weighed = tuple[int, int]
"""What is added for an actor and for a recipient, against neither; in units of the file."""
_BASE = 1 << 24
"""More than twice what weights add up to."""
Parties = list[tuple[Role, "Offered"]]


@dataclass(frozen=True)
class Belonging:
    """The weights: of each feature, and what counts for actor and recipient from the start."""

    bias: Weighed
    weights: Mapping[Feature, Weighed]

    @cached_property
    def _packed(self) -> Mapping[Feature, int]:
        """Both weights of a feature as one number, so that they are added in one go."""
        return {name: actor * _BASE + recipient for name, (actor, recipient) in self.weights.items()}

    def sums(self, features: Sequence[Feature]) -> Weighed:
        """Return what features add up to, for actor and recipient."""
        total = sum(map(self._packed.get, features, repeat(0)))
        recipient = (total + _BASE // 2) % _BASE - _BASE // 2
        return (total - recipient) // _BASE, recipient

    def parties(self, scene: Scene, event: Told) -> Iterator[tuple[Role, Offered]]:
        """Yield the candidates that are parties of an event."""
        about: dict[str, Weighed] = {}
        for it in filter(attrgetter("is_open"), scene.offered):
            side = event.side_of(it)
            if side not in about:
                about[side] = self.sums(scene.about(event, side))
            (actor, recipient), (more, further) = about[side], self.sums(scene.between(event, it))
            actor, recipient = actor + more + self.bias[0], recipient + further + self.bias[1]
            if max(actor, recipient) > 0:
                yield (Role.ACTOR if actor >= recipient else Role.RECIPIENT), it


@cache
def belonging() -> Belonging:
    """Return the weights that ship."""
    return unpack(stored(FILE))


def unpack(data: bytes) -> Belonging:
    """Return the weights in a file: `bias`, and of each of `weights` two whole numbers, for actor and recipient."""
    told = json.loads(data)
    return Belonging(tuple(told["bias"]), {tuple(name.split(APART)): tuple(it) for name, it in told["weights"].items()})


def belonging_digest() -> str:
    """Return the SHA-256 of the weights."""
    return digest_of(FILE)


def parties_of(
    line: Line, events: Sequence[tuple[str, Evidence, Span]], candidates: Sequence[Candidate]
) -> list[tuple[Argument, ...]]:
    """Return the parties of each event of a sentence, given by type, trigger and clause; actors first."""
    scene = scene_of(line, events, candidates)
    return [tuple(arguments_of(belonging(), scene, event)) for event in scene.told]


def arguments_of(weights: Belonging, scene: Scene, event: Told) -> list[Argument]:
    """Return the parties of an event by such weights and by the rules; actors first."""
    found = _parties(weights, scene, event)
    found += _at_last(scene, event, found)
    named = [
        Argument(Role.RECIPIENT if is_done_to(scene, event, it) else role, it.marked.evidence) for role, it in found
    ]
    return sorted(named, key=lambda it: it.role is Role.RECIPIENT)


def _parties(weights: Belonging, scene: Scene, event: Told) -> Parties:
    """Return the parties of an event as learnt, but that who is told to do it acts alone."""
    learnt = list(weights.parties(scene, event))
    told_to = [it for it in scene.offered if is_told_to(scene, event, it)]
    if told_to:
        learnt = [(role, it) for role, it in learnt if role is Role.RECIPIENT and it not in told_to]
    return [*((Role.ACTOR, it) for it in told_to), *learnt]


def _at_last(scene: Scene, event: Told, found: Parties) -> Iterator[tuple[Role, Offered]]:
    """Yield what else is a party, of a role without one: a place that is hit, the sides of a sentence's only event."""
    roles, known = {role for role, _ in found}, [it for _, it in found]
    for it in scene.offered:
        role = SIDES.get(it.mark)
        if role and role not in roles and it not in known:
            is_side = len(scene.told) == 1 and it.role == "-"
            if is_side or is_attacked(event, it):
                yield role, it


def is_attacked(event: Told, it: Offered) -> bool:
    """Say whether a place is what an attack hits: "shelled the village", "the bombing of Selma"."""
    is_hit = it.leader == event.last - 1 or (it.leader == event.last and it.lead == "of")
    return event.type == "ASSAULT" and (it.role, it.mark) == ("place", "target") and is_hit and not event.voice


def is_told_to(scene: Scene, event: Told, it: Offered) -> bool:
    """Say whether somebody is told, or said, to do it: "urged the rebels to retreat", "accused him of killing"."""
    line = scene.line
    if it.last != event.first - 1:
        return False
    if line.at(it.last) == "of":
        return event.shape == "-ing"
    return line.at(it.last) == "to" and line.at(it.leader) in _callers()


@cache
def _callers() -> frozenset[str]:
    """Return the verbs for asking and ordering somebody, in all their forms."""
    verbs = words("status", "callers") | words("belonging", "orders")
    return frozenset(form for verb in verbs for form in forms_of(verb))


def is_done_to(scene: Scene, event: Told, it: Offered) -> bool:
    """Say whether a party of an event is a recipient by its place alone.

    It is behind "with", before what an actor did that stands behind "by", and beside a noun for what is done to
    somebody: "the arrest of the poet", "the poet's arrest".
    """
    is_done = "d" in event.kind
    if it.first >= event.last:
        return it.lead == "with" or (is_done and it.lead == "of" and it.leader == event.last)
    owns = event.first - it.last == 1 and scene.line.words[it.last] in OWNS
    return (is_done and owns) or (event.shape == "-ed" and any(_does(event, other) for other in scene.offered))


def _does(event: Told, it: Offered) -> bool:
    """Say whether an actor stands behind the "by" of an event."""
    return it.lead == "by" and it.leader == event.last and it.role == "actor"
