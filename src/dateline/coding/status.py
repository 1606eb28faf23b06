"""What the words claim of an event: asserted, denied, planned, hypothetical, called for, generic.

The test goes up the tree from the trigger: a word that governs the event ("denied", "plan to", "if", "would") decides;
the nearest one wins, and negation of the trigger itself comes first. The lists are closed classes of English and of
the field's vocabulary. Whether the event is true is not asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coding.grammar import words
from dateline.model.event import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.coding.tree import Tree
    from dateline.model.parse import Token

_DENIERS = words("status", "deniers")
_PLANNERS = words("status", "planners")
_CALLERS = words("status", "callers")
_CALLER_NOUNS = words("status", "caller_nouns")
_GENERIC_NOUNS = words("status", "generic_nouns")
_GENERIC_WORDS = words("status", "generic_words")
_PURPOSES = words("status", "purposes")
_FUTURE = words("status", "future")
_POSSIBLE = words("status", "possible")
_OUGHT = words("status", "ought")
_PROSPECTIVE = words("status", "prospective")
_TRANSPARENT_NOUNS = words("status", "transparent_nouns")
_CARRIED_THROUGH = {
    "dobj": words("status", "bring_about") | words("roles", "carriers"),
    "nsubjpass": words("status", "bring_about") | words("roles", "carriers"),
    "attr": frozenset({"be"}),
    "nsubj": words("status", "come_about"),
    "prep": words("status", "lead_to"),
}
_CONDITIONS = words("status", "conditions")


def find_status(tree: Tree, trigger: Token) -> tuple[Status, Token | None]:
    """Return the status of an event and the word that decides it (None where it is plainly asserted)."""
    if (nobody := _nobody(tree, trigger)) is not None:
        return Status.DENIED, nobody
    for token, below in _governed(tree, trigger):
        found = _beside(tree, trigger, token, below)
        if below is not None and found is None:
            found = _governor(tree, token, below)
        if found:
            return found
    return Status.ASSERTED, None


def _nobody(tree: Tree, verb: Token) -> Token | None:
    """Return the word that leaves a verb without a party ("no one was killed", "they hurt nobody")."""
    for party in tree.children(verb, "nsubj", "nsubjpass", "dobj"):
        words = [party, *(child for child in tree.children(party, "det", "neg"))]
        found = next((word for word in words if word.text.lower() in {"no", "nobody", "none", "neither"}), None)
        if found is not None:
            return found
    return None


def _governed(tree: Tree, trigger: Token) -> Iterator[tuple[Token, Token | None]]:
    """Yield the trigger and the words that govern it, each with the child that it governs it through."""
    yield trigger, None
    below = trigger
    for ancestor in tree.ancestors(trigger):
        if below.dep in {"relcl", "acl", "advcl", "parataxis", "appos"} and not _is_condition(tree, below):
            if below.dep == "acl" and below.tag == "VB":
                yield ancestor, below
            return
        if below.dep in {"nsubj", "nsubjpass", "csubj"} and ancestor.pos in {"VERB", "AUX"}:
            if trigger.pos in {"NOUN", "PROPN"} and below.dep != "csubj":
                yield ancestor, below  # the event is what the verb speaks of: "the strike was called off"
            return
        if below.dep != "conj" or _shares(tree, below):
            yield ancestor, below
        below = ancestor


def _shares(tree: Tree, conjunct: Token) -> bool:
    """Say whether a conjunct stands under the same modal as its head: it has neither subject nor auxiliary."""
    return not tree.children(conjunct, "nsubj", "nsubjpass", "aux", "auxpass")


def _is_condition(tree: Tree, token: Token) -> bool:
    return any(mark.lemma in _CONDITIONS for mark in tree.children(token, "mark"))


def _beside(tree: Tree, trigger: Token, token: Token, below: Token | None) -> tuple[Status, Token] | None:
    """Look at what stands beside a word that governs the event, as far as it reaches the event."""
    found = _modified(tree, token)
    if found is None or below is None or _carries(token, below):
        return found
    # "It can begin with a roadblock": what is only possible has no new thing in it. The old things stay.
    return found if found[1].dep == "aux" and below.dep == "prep" and _is_new(tree, trigger) else None


def _is_new(tree: Tree, noun: Token) -> bool:
    """Say whether a noun brings in something not spoken of before: it has an indefinite article."""
    while noun.dep == "conj":
        noun = tree.head(noun)
    return any(child.lemma in {"a", "an", "any"} for child in tree.children(noun, "det"))


def _carries(token: Token, below: Token) -> bool:
    """Say whether what is said of a word is said of the event below it.

    "They did not hold a march" denies the march; "they did not join it", "no pictures of the march" do not.
    """
    if token.pos in {"VERB", "AUX"}:
        return (below.dep in {"xcomp", "pcomp", "aux"}) or token.lemma in _CARRIED_THROUGH.get(below.dep, ())
    return token.pos == "ADP" or token.lemma in _TRANSPARENT_NOUNS


def _modified(tree: Tree, token: Token) -> tuple[Status, Token] | None:
    """Look at what stands beside a word: negation, modals, conditions, adverbs."""
    for child in tree.children(token):
        word = child.text.lower()
        if child.dep == "neg" or (child.dep == "det" and word in {"no", "neither"}):
            return Status.DENIED, child
        if child.dep == "mark" and word in _CONDITIONS:
            return Status.HYPOTHETICAL, child
        if child.dep == "aux" and (found := _modal(tree, token, word)):
            return found, child
        if child.dep in {"amod", "advmod"} and (found := _adverb(child)):
            return found, child
    return None


def _modal(tree: Tree, verb: Token, word: str) -> Status | None:
    if word in _FUTURE:
        return Status.PLANNED
    if word in _OUGHT:
        return Status.CALLED_FOR
    if word == "would" and _is_reported(tree, verb):
        return Status.PLANNED
    if word in _POSSIBLE:
        return Status.HYPOTHETICAL
    if word in {"can", "ca"}:
        return Status.GENERIC
    if word == "to" and verb.tag == "VB" and verb.dep == "xcomp" and tree.head(verb).lemma in {"be", "go"}:
        return Status.PLANNED
    return None


def _is_reported(tree: Tree, verb: Token) -> bool:
    """Say whether a verb stands in reported speech of the past, where "would" is the future ("said they would")."""
    return verb.dep == "ccomp" and tree.head(verb).tag in {"VBD", "VBN"}


def _adverb(child: Token) -> Status | None:
    if child.lemma in _PROSPECTIVE:
        return Status.PLANNED
    if child.lemma in {"hypothetical", "imaginary"}:
        return Status.HYPOTHETICAL
    return Status.GENERIC if child.lemma in _GENERIC_WORDS else None


def _governor(tree: Tree, token: Token, below: Token) -> tuple[Status, Token] | None:
    """Look at a word above the event: does it deny, plan, call for or generalise it?"""
    if token.pos in {"ADP", "SCONJ"}:
        return (Status.DENIED, token) if token.lemma == "without" else None
    if token.pos in {"VERB", "AUX"}:
        return _verb_above(tree, token, below)
    if token.pos in {"NOUN", "PROPN", "ADJ"}:
        return _noun_above(token, below)
    return None


def _verb_above(tree: Tree, verb: Token, below: Token) -> tuple[Status, Token] | None:
    lemma = verb.lemma
    through = tree.children(below, "aux")
    infinitive = below.tag == "VB" and any(aux.tag == "TO" for aux in through)
    if lemma == "be" and below.dep in {"ccomp", "csubj", "advcl"}:
        return _untrue(tree, verb)
    if lemma == "call" and any(part.lemma == "off" for part in tree.children(verb, "prt")):
        return Status.DENIED, verb
    if lemma in {"rule"} and not tree.children(verb, "prt"):
        return None
    if lemma in _CALLERS and (infinitive or below.dep in {"prep", "ccomp"} or lemma == "demand"):
        return _called(tree, verb, below, infinitive)
    if lemma in _DENIERS and below.dep not in {"advcl", "npadvmod"}:
        return _denied(verb, below)
    if lemma in _PLANNERS and (infinitive or below.dep in {"dobj", "pcomp", "prep", "nsubjpass", "xcomp"}):
        return Status.PLANNED, verb
    if infinitive and below.dep == "advcl" and lemma not in _PURPOSES:
        return Status.HYPOTHETICAL, verb
    return None


def _untrue(tree: Tree, verb: Token) -> tuple[Status, Token] | None:
    """Look for "it is not true that", "it is false that"."""
    negated = bool(tree.children(verb, "neg"))
    for word in tree.children(verb, "acomp", "attr"):
        if word.lemma in ({"true", "correct", "right", "case"} if negated else {"untrue", "false", "wrong", "lie"}):
            return Status.DENIED, word
    return None


def _denied(verb: Token, below: Token) -> tuple[Status, Token] | None:
    if below.dep == "prep" and verb.lemma not in {"refrain", "stop", "prevent", "abandon"}:
        return None
    return Status.DENIED, verb


def _called(tree: Tree, verb: Token, below: Token, infinitive: bool) -> tuple[Status, Token] | None:
    if verb.lemma in {"call", "appeal", "press", "push", "plead", "beg"} and not infinitive:
        return (Status.CALLED_FOR, verb) if below.lemma in {"for", "on"} else None
    if verb.lemma in {"order", "tell"} and not infinitive:
        return None
    return Status.CALLED_FOR, verb


def _noun_above(noun: Token, below: Token) -> tuple[Status, Token] | None:
    through = below.dep in {"prep", "acl", "ccomp", "relcl", "dobj", "pobj", "compound", "nmod"}
    if not through:
        return None
    if noun.lemma in _CALLER_NOUNS and (below.lemma in {"for", "to"} or below.tag == "VB"):
        return Status.CALLED_FOR, noun
    if noun.lemma in {"denial", "absence", "lack", "cancellation", "avoidance", "prevention"}:
        return Status.DENIED, noun
    if noun.lemma in _PLANNERS:
        return Status.PLANNED, noun
    if noun.lemma in _GENERIC_NOUNS:
        return Status.GENERIC, noun
    return None
