"""One public actor as several reports name it: what `linking.actors.resolve` makes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ResolvedActor:
    """A public person or body across reports. Private persons are never one.

    Attributes:
        id: hash of its name, kind and country.
        name: the name that most reports give it, or what it is ("police") where it has none.
        forms: all names of it, sorted.
        kind: what it is, as `ground.ActorKind`.
        country: ISO 3166-1 alpha-3 code.
        sectors: PLOVER sectors that reports show it in, sorted: who left an office has two.
        reports: ids of the reports that name it, sorted.
        mentions: ids of the mentions that it is in, sorted.
        score: of the weakest link that holds it together; None if all its words are alike.
        why: what each link rests on, with its score.
    """

    id: str
    name: str
    forms: tuple[str, ...]
    kind: str
    country: str | None
    sectors: tuple[str, ...]
    reports: tuple[str, ...]
    mentions: tuple[str, ...]
    score: float | None = None
    why: tuple[str, ...] = ()
