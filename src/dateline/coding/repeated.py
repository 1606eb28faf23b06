"""One act that a sentence names by two words: "imposed a curfew", "died in a blast", "tear gas and water cannon"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coding.grammar import words

if TYPE_CHECKING:
    from dateline.coding.patterns import Match
    from dateline.coding.tree import Tree
    from dateline.model.parse import Token

_VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
_OBJECTS = frozenset({"attr", "dobj", "npadvmod", "nsubj", "nsubjpass", "oprd"})
_MEANS = frozenset({"by", "during", "in", "through", "to", "with"})
"""Prepositions behind which the noun tells of the same act as the verb: "sentenced to six years in prison"."""
_COME_ABOUT = words("status", "come_about")
_MISSILES = words("roles", "missiles")
_CLAUSES = ("advcl", "prep", "xcomp")
_TERMS = frozenset({"day", "month", "term", "week", "year"})
_SENTENCERS = frozenset({"condemn", "sentence"})
GENERAL, USE = "protest", "use"
"""What any form of protest may be called besides, and what is done with any means."""
_OF = ("of", "against", "on")


def is_repeated(tree: Tree, one: Match, other: Match) -> bool:
    """Say whether two triggers name one act: of one kind, the noun what the verb does, or both side by side."""
    first, second = (tree.head(it) if it.dep == "prt" else it for it in (one.head, other.head))
    if (second.lemma in _MISSILES and _hangs(second, first, "dobj")) or is_penalty(tree, one, other):
        return True
    if one.pattern.type != other.pattern.type or (one.pattern.form != other.pattern.form and second.lemma != GENERAL):
        return False
    return (
        _is_done(tree, first, second)
        or _is_done(tree, second, first)
        or (one.pattern.id == other.pattern.id and _is_beside(tree, first, second))
        or _is_means(first, second)
        or _is_aim(tree, first, second)
    )


def is_penalty(tree: Tree, one: Match, other: Match) -> bool:
    """Say whether a noun is that to which a verb sentences, and to nothing else: "sentenced to death"."""
    verb, noun = one.head, other.head
    ends = [it.index for it in tree.children(verb, "prep") if it.lemma == "to"]
    return verb.lemma in _SENTENCERS and one.pattern.type == other.pattern.type and ends == [noun.head]


def _is_means(first: Token, second: Token) -> bool:
    """Say whether a verb only says with what an act is done: "beat them using rods", "used rods to beat them"."""
    use, act = (first, second) if first.lemma == USE else (second, first)
    return use.lemma == USE and (_hangs(use, act, *_CLAUSES) or _hangs(act, use, *_CLAUSES))


def _is_aim(tree: Tree, act: Token, verb: Token) -> bool:
    """Say whether a verb only says what an act is for: "staged a sit-in to protest", "marched to protest"."""
    over = act if act.pos in _VERBAL else tree.head(act)
    is_infinitive = any(it.tag == "TO" for it in tree.children(verb, "aux"))
    aims = any(_hangs(verb, it, "acl", "advcl", "xcomp") for it in (act, over))
    return verb.lemma == GENERAL and is_infinitive and aims


def _hangs(token: Token, over: Token, *deps: str) -> bool:
    return token.dep in deps and token.head == over.index


def first_in_row(tree: Tree, noun: Token) -> Token:
    """Return the noun by which a row of nouns hangs: the gas in "tear gas and water cannon", also as misread."""
    while noun.dep in {"conj", "nmod"} and tree.head(noun).pos in _NOMINAL:
        noun = tree.head(noun)
    return noun


def _is_done(tree: Tree, verb: Token, noun: Token) -> bool:
    """Say whether a noun is what a verb does, or what does it, or by which means: "gave him six years in prison"."""
    if verb.pos not in _VERBAL or noun.pos not in _NOMINAL:
        return False
    if verb.lemma in _COME_ABOUT and _hangs(verb, noun, "relcl"):
        return True
    noun = first_in_row(tree, noun)
    over = tree.head(noun)
    if noun.dep == "pobj" and over.lemma in _MEANS and tree.head(over).lemma in _TERMS:
        noun, over = tree.head(over), tree.head(tree.head(over))
    if noun.dep in _OBJECTS:
        return over.index == verb.index
    return noun.dep == "pobj" and over.lemma in _MEANS and over.head == verb.index


def _is_beside(tree: Tree, first: Token, second: Token) -> bool:
    """Say whether two nouns stand in a row, not each with whom it befell: "the arrest of X and the arrest of Y"."""
    row = second.dep == "conj" and second.head == first.index and first.pos in _NOMINAL and second.pos in _NOMINAL
    return row and not all(tree.objects(it, *_OF) or tree.children(it, "poss", "nummod") for it in (first, second))
