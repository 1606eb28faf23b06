"""What an actor is (`kind_of`), and which words of one report name the same one (`bring_together`)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.grounding.lexicon import load_lexicon
from dateline.model.ground import ActorKind, Basis

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from dateline.grounding.cast import Cast, Person
    from dateline.grounding.lexicon import Known
    from dateline.grounding.phrases import Phrase
    from dateline.model.ground import Actor

_BY_SECTOR = {
    **dict.fromkeys(("GOV", "MIL", "COP", "JUD", "LEG", "SPY"), ActorKind.STATE),
    **dict.fromkeys(("REB", "PRM", "UAF", "CRM"), ActorKind.ARMED_GROUP),
    "OPP": ActorKind.OPPOSITION,
    "PTY": ActorKind.ORGANISATION,
}
_POINTING = ("the ", "this ", "that ", "these ", "those ")


def kind_of(phrase: Phrase, sector: str, person: Person | None, known: Known | None) -> ActorKind:
    """Return what a noun phrase names: one person, else what its sector tells, else a body or several people."""
    lexicon = load_lexicon()
    is_body = any(role in lexicon.bodies for role in phrase.roles())
    if (person is not None and not phrase.is_plural()) or _is_one_person(phrase, is_body):
        return ActorKind.INDIVIDUAL
    if sector in _BY_SECTOR:
        return _BY_SECTOR[sector]
    if is_body or (known is not None and not phrase.is_plural()):
        return ActorKind.ORGANISATION
    return ActorKind.UNKNOWN if sector == "UNK" and phrase.noun not in lexicon.groups else ActorKind.CROWD


def _is_one_person(phrase: Phrase, is_body: bool) -> bool:
    """Say whether the head is a singular word for a person: "a soldier"; not "the army"."""
    lexicon = load_lexicon()
    if is_body or phrase.head is None or phrase.is_plural() or phrase.noun in lexicon.collectives:
        return False
    role = next((role for role in phrase.roles() if role in lexicon.sectors or role in lexicon.titles), None)
    return role is not None and role not in lexicon.collectives


def head_of(phrase: Phrase) -> str | None:
    """Return the head of a phrase if it is a common noun, or a word that the lexicon knows."""
    lexicon = load_lexicon()
    is_common = phrase.head is not None and phrase.head.pos == "NOUN" and phrase.head.text.islower()
    is_role = phrase.noun in lexicon.sectors or phrase.noun in lexicon.groups or phrase.noun in lexicon.bodies
    return phrase.noun if phrase.noun and (is_common or is_role) else None


def bring_together(actors: Sequence[tuple[Actor, ...]], cast: Cast) -> list[tuple[Actor, ...]]:
    """Return the actors of a report's events with `entity` set: where the first words for each stand.

    Words name one actor if they have one public name, if they are names of one person of the cast, if one goes back to
    the other ("they"), or if they are the same noun phrase pointed at again ("the gunmen"), or a state's ("the army").
    """
    keys = {actor: [*_keys(actor, cast)] for group in actors for actor in group}
    groups = _joined(list(keys.values()))
    first: dict[Hashable, tuple[int, int]] = {}
    for actor, names in keys.items():
        for words in (actor.evidence, *(actor.support if actor.basis is Basis.RESOLVED else ())):
            at = (words.start, words.end)
            first[groups[names[0]]] = min(at, first.get(groups[names[0]], at))
    entity = {actor: "{}-{}".format(*first[groups[names[0]]]) for actor, names in keys.items()}
    return [tuple(replace(actor, entity=entity[actor]) for actor in group) for group in actors]


def _keys(actor: Actor, cast: Cast) -> Iterator[Hashable]:
    """Yield all by which an actor may be known again, its own words first."""
    yield ("at", actor.evidence.start, actor.evidence.end)
    nearer = actor.support[0] if actor.basis is Basis.RESOLVED and actor.support else actor.evidence
    yield ("at", nearer.start, nearer.end)
    if actor.name is not None:
        yield ("name", actor.name)
        return
    persons = {person.name for _, person in cast.persons.inside(nearer.start, nearer.end)}
    if actor.kind is ActorKind.INDIVIDUAL and len(persons) == 1:
        yield ("person", *persons)
    elif actor.head is not None and _is_again(actor, nearer.quote):
        yield ("words", actor.head, actor.modifiers, actor.country, actor.plural)


def _is_again(actor: Actor, quote: str) -> bool:
    """Say whether words can only mean what was spoken of: pointed at, or a state's body."""
    is_state = actor.kind is ActorKind.STATE and actor.head in load_lexicon().states
    return is_state or quote.lower().startswith(_POINTING)


def _joined(keys: Sequence[Sequence[Hashable]]) -> dict[Hashable, Hashable]:
    """Return key -> the first key of its group; keys of one actor are of one group."""
    home: dict[Hashable, Hashable] = {}

    def root(key: Hashable) -> Hashable:
        while home.setdefault(key, key) != key:
            key = home[key]
        return key

    for names in keys:
        for name in names[1:]:
            home[root(name)] = root(names[0])
    return {key: root(key) for key in list(home)} | {names[0]: root(names[0]) for names in keys}
