"""How an event is told: as over, as history ("the anniversary of the raid"), as a habit ("raids are rare")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.coding.grammar import words

if TYPE_CHECKING:
    from dateline.coding.tree import Tree
    from dateline.model.parse import Token

_MEMORIES = words("status", "memories")
_REMEMBERERS = words("status", "rememberers")
_WHOLES = words("rules", "wholes")
_EARLIER = words("status", "earlier")
_SPELLS = frozenset({"year", "decade", "century", "generation"})
_MANY = frozenset({"dozen", "hundred", "score", "thousand"})
_YEAR = re.compile(r"(1[5-9]|20)\d\d|'\d\d")
_VERBAL = frozenset({"VERB", "AUX"})
_BEFORE = words("status", "conditions") | {"before", "till", "until"}


def is_past(tree: Tree, verb: Token) -> bool:
    """Say whether a verb tells in the past tense, under no condition: "they marched"."""
    return verb.tag == "VBD" and not _is_bound(tree, verb) and not tree.children(verb, "aux", "auxpass")


def over(tree: Tree, verb: Token) -> Token | None:
    """Return the auxiliary by which a verb tells of what is over, not of a plan: "has been evicted", "were killed"."""
    beside = tree.children(verb, "aux", "auxpass")
    if verb.tag not in {"VBD", "VBN"} or _is_bound(tree, verb) or any(it.tag in {"MD", "TO", "VBG"} for it in beside):
        return None
    return next((it for it in beside if it.tag == "VBD" or it.lemma == "have"), None)


def _is_bound(tree: Tree, verb: Token) -> bool:
    """Say whether a verb depends on a condition or on a time to come."""
    return any(it.lemma in _BEFORE for it in tree.children(verb, "mark"))


def recalled(tree: Tree, trigger: Token) -> tuple[Token, str] | None:
    """Return the word that shows that an event is recalled as history, and the name of the rule."""
    return _remembered(tree, trigger) or _dated(tree, trigger) or _ago(tree, trigger) or _earlier(tree, trigger)


def _earlier(tree: Tree, trigger: Token) -> tuple[Token, str] | None:
    """Look for an adjective that sets an event before the news: "a previous arrest"."""
    found = next((it for it in tree.children(trigger, "amod") if it.lemma in _EARLIER), None)
    return (found, "earlier") if found and trigger.pos == "NOUN" else None


def _remembered(tree: Tree, trigger: Token) -> tuple[Token, str] | None:
    """Look for what marks a day or keeps a memory: "the anniversary of the raid", "commemorated the massacre"."""
    below = trigger
    for token in tree.ancestors(trigger):
        if token.lemma in _MEMORIES and below.dep in {"prep", "acl", "relcl", "compound", "poss", "advcl"}:
            return token, "memory"
        if token.lemma in _REMEMBERERS and below.dep in {"dobj", "prep", "nsubjpass"}:
            return token, "remembered"
        if token.pos in _VERBAL and below.dep not in {"prep", "pcomp"}:
            return None
        below = token
    return None


def _dated(tree: Tree, trigger: Token) -> tuple[Token, str] | None:
    """Look for a year in the name of an event: "the 1989 massacre", "the November 2019 uprising"."""
    if trigger.pos not in {"NOUN", "PROPN"}:
        return None
    parts = [
        part
        for child in tree.children(trigger, "compound", "nummod", "nmod", "amod", "poss")
        for part in tree.subtree(child)
    ]
    found = next((part for part in parts if _YEAR.fullmatch(part.text)), None)
    return (found, "year") if found else None


def _ago(tree: Tree, trigger: Token) -> tuple[Token, str] | None:
    """Look for a stretch of years that lies between: "three years ago", "decades earlier", "under the old regime"."""
    for child in tree.children(trigger, "advmod", "npadvmod", "prep"):
        for token in tree.subtree(child):
            if token.lemma in {"ago", "earlier"} and any(it.lemma in _SPELLS for it in tree.subtree(token)):
                return token, "ago"
    return None


def habitual(tree: Tree, trigger: Token) -> tuple[Token, str] | None:
    """Return the word that shows that no certain event is meant, but a kind or a habit, and the name of the rule."""
    return _in_general(tree, trigger) or _whoever(tree, trigger)


def _in_general(tree: Tree, noun: Token) -> tuple[Token, str] | None:
    """Look for a bare plural of which something holds: "strikes are rare", "demonstrations need a permit"."""
    verb = tree.head(noun)
    is_bare = noun.tag == "NNS" and not tree.children(noun, "det", "nummod", "poss", "prep", "relcl", "acl", "conj")
    if not is_bare or noun.dep not in {"nsubj", "nsubjpass"} or verb.pos not in _VERBAL:
        return None
    finite = [verb, *tree.children(verb, "aux", "auxpass")]
    goes_on = verb.tag == "VBG" or any(it.lemma == "have" for it in finite[1:])
    present = next((it for it in finite if it.tag in {"VBZ", "VBP"} or it.text.lower() in {"can", "may"}), None)
    return None if present is None or goes_on else (present, "in general")


def _whoever(tree: Tree, verb: Token) -> tuple[Token, str] | None:
    """Look for whoever would do it: "anyone who blocks a road", "those who demonstrate without a permit"."""
    if verb.dep != "relcl" or verb.tag not in {"VBZ", "VBP"} or tree.children(verb, "aux", "auxpass"):
        return None
    head = tree.head(verb)
    words = [head, *tree.children(head, "det")]
    found = next((it for it in words if it.text.lower() in {"anyone", "anybody", "those", "whoever", "any"}), None)
    return (found, "whoever") if found else None


def counted(tree: Tree, noun: Token) -> tuple[Token, str] | None:
    """Return the figure that counts events, which are then certain ones: "thousands of acts of protest and arson"."""
    if noun.pos != "NOUN":
        return None
    first = tree.first_conjunct(noun)
    above = [it for it in tree.ancestors(first) if it.dep != "prep"][:2] if first.dep == "pobj" else []
    for word in (noun, *(it for it in above if it.lemma in _WHOLES)):
        for figure in (word, *tree.children(word, "nummod")):
            if figure.tag == "CD" or (figure is not noun and figure.lemma in _MANY):
                return figure, "counted"
    return None
