"""Which words name an event of their own, and which do not: rules about language, whoever proposes the event.

- Articles, pronouns and prepositions alone name nothing.
- An adjective before a noun names a quality, not an act ("the brutal response").
- Metaphors and set phrases: flames of protest, a storm of criticism, a price war (`data/metaphors.toml`).
- Police who try in vain are not police who fail to act; nor is a person named without office.
- To admit a role in something is a claim about it, not support.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import tomli

from dateline.coding.grammar import words
from dateline.coding.slots import find_subjects
from dateline.coding.tree import is_word, lemmas

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.coding.patterns import Match
    from dateline.coding.tree import Tree
    from dateline.model.parse import Token

_NOMINAL = frozenset({"NOUN", "PROPN"})
_VERBAL = frozenset({"VERB", "AUX"})
_EMPTY = words("rules", "empty")
_HOLLOW = frozenset({"DET", "PRON", "ADP", "CCONJ", "PUNCT", "PART", "NUM", "SYM"})
_JUDGING = frozenset({"ACCUSE", "SUPPORT"})
_ADMITTERS = words("status", "admitters")
_SHARES = words("roles", "shares")
_ENOUGH = 2
"""Words of a field that a sentence must hold to speak of it: one alone may be a kick, a yard or a coach."""


def is_told(tree: Tree, match: Match) -> bool:
    """Say whether a trigger names an event of its own."""
    return not (
        _is_empty(tree, match)
        or _is_quality(tree, match)
        or _is_claim(tree, match)
        or _is_bad_luck(match)
        or _is_private(tree, match)
        or is_metaphor(tree, match)
    )


def _is_empty(tree: Tree, match: Match) -> bool:
    """Say whether a trigger is made of articles, pronouns and prepositions alone, or of "way" and the like."""
    inside = tree.tokens[match.first : match.last + 1]
    return all((it.pos in _HOLLOW and it.dep != "prt") or it.lemma in _EMPTY for it in inside)


def _is_quality(tree: Tree, match: Match) -> bool:
    """Say whether a trigger is an adjective before its noun. "A shameful attack" condemns; others tell nothing."""
    inside = tree.tokens[match.first : match.last + 1]
    if match.pattern.type in _JUDGING or any(it.pos in _NOMINAL | _VERBAL for it in inside):
        return False
    head = match.head
    before = head.dep == "amod" and head.index < head.head
    return before and head.tag == "JJ" and not head.lemma.endswith(("ed", "ing"))


def _is_claim(tree: Tree, match: Match) -> bool:
    """Say whether support is only the admission of a fact: "acknowledged the party's role in the strike"."""
    if match.pattern.type != "SUPPORT" or match.head.lemma not in _ADMITTERS:
        return False
    objects = tree.children(match.head, "dobj", "nsubjpass")
    return bool(tree.children(match.head, "ccomp")) or any(it.lemma in _SHARES for it in objects)


def _is_bad_luck(match: Match) -> bool:
    """Say whether inaction is only a want of luck: who "did not succeed in dispersing the crowd" did try."""
    return match.pattern.form == "inaction" and match.head.lemma in {"succeed", "manage"}


def _is_private(tree: Tree, match: Match) -> bool:
    """Say whether inaction is that of a private person, not of forces: "Ito gave up two hours later"."""
    if match.pattern.form != "inaction" or match.head.pos not in _VERBAL:
        return False
    doers = find_subjects(tree, match.head)
    return bool(doers) and all(_is_bare_name(tree, it) for it in doers)


def _is_bare_name(tree: Tree, token: Token) -> bool:
    """Say whether a name has no office beside it."""
    beside = tree.children(token, "compound", "amod", "appos", "nmod")
    return all(it.entity == "PERSON" for it in (token, *beside))


@dataclass(frozen=True, slots=True)
class Metaphor:
    """A metaphor or set phrase: trigger words that name no act together with some other word.

    Attributes:
        types: event types that are not meant; empty for all.
        words: lemmas of the trigger's head.
        object, subject, about, modifier: what stands as the head's object, as its subject, behind its prepositions,
            before it.
        near: of what field its sentence speaks, by two words at least. One of these must hold.
    """

    types: frozenset[str]
    words: frozenset[str]
    object: frozenset[str]
    subject: frozenset[str]
    about: frozenset[str]
    modifier: frozenset[str]
    near: frozenset[str]


@cache
def _metaphors() -> dict[str, list[Metaphor]]:
    """Return the metaphors by the words of which a trigger must hold one."""
    data = tomli.loads((files("dateline.data") / "metaphors.toml").read_text("utf-8"))
    classes = {name: frozenset(text.split()) for name, text in data["classes"].items()}
    found: dict[str, list[Metaphor]] = {}
    for metaphor in (_metaphor(row, classes) for row in data["metaphors"]):
        for word in metaphor.words:
            found.setdefault(word, []).append(metaphor)
    return found


def _metaphor(row: dict[str, str], classes: dict[str, frozenset[str]]) -> Metaphor:
    def listed(key: str) -> frozenset[str]:
        named = row.get(key, "").split()
        return frozenset().union(*(classes[it[1:]] if it.startswith("@") else {it} for it in named))

    names = ("types", "words", "object", "subject", "about", "modifier", "near")
    return Metaphor(*(listed(name) for name in names))


def is_metaphor(tree: Tree, match: Match) -> bool:
    """Say whether a trigger is part of a metaphor or a set phrase."""
    known = _metaphors()
    inside = tree.tokens[match.first : match.last + 1]
    return any(_fits(tree, match, it) for word in inside for form in lemmas(word) for it in known.get(form, ()))


def _fits(tree: Tree, match: Match, metaphor: Metaphor) -> bool:
    """Say whether a metaphor one of whose words is in a trigger fits it."""
    if metaphor.types and match.pattern.type not in metaphor.types:
        return False
    head = next(it for it in tree.tokens[match.first : match.last + 1] if is_word(it, metaphor.words))
    return (
        _any(tree.children(head, "dobj", "nsubjpass", "oprd"), metaphor.object)
        or _any([*tree.children(head, "nsubj"), *_who(tree, head)], metaphor.subject)
        or (head.pos in _NOMINAL and _any(_about(tree, head), metaphor.about))
        or _any(tree.children(head, "compound", "amod", "nmod", "poss"), metaphor.modifier)
        or _is_near(tree, match, metaphor.near)
    )


def _is_near(tree: Tree, match: Match, field: frozenset[str]) -> bool:
    """Say whether a sentence speaks of a field, by the words around a trigger."""
    if not field:
        return False
    around = (*tree.tokens[: match.first], *tree.tokens[match.last + 1 :])
    return len(field.intersection(form for it in around for form in lemmas(it))) >= _ENOUGH


def _who(tree: Tree, head: Token) -> list[Token]:
    return [*find_subjects(tree, head), *tree.objects(head, "by")] if head.pos in _VERBAL else []


def _about(tree: Tree, noun: Token) -> list[Token]:
    """Return what stands behind a noun's prepositions, with what modifies it."""
    return [part for one in tree.objects(noun) for part in (one, *tree.children(one, "compound", "nmod", "amod"))]


def _any(tokens: Iterable[Token], wanted: frozenset[str]) -> bool:
    return bool(wanted) and any(is_word(token, wanted) for token in tokens)
