"""Who did it, to whom, where a noun tells of it: "the arrest of X by Y", "Y's attack on X", "Y staged a protest"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coding.grammar import words
from dateline.coding.presupposed import nobody_of
from dateline.coding.slots import (
    CHARGES,
    can_be_party,
    find_charged_by,
    find_objects,
    find_subjects,
    is_party_noun,
    is_passive,
    is_site,
    named,
    objects_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.coding.patterns import Match, Pattern
    from dateline.coding.tree import Tree
    from dateline.model.parse import Token

# Verbs that only carry an event noun: their subject does what the noun says ("staged a protest").
CARRIERS = words("roles", "carriers")
# Verbs whose subject suffers what the noun says ("endured torture").
SUFFERERS = words("roles", "sufferers")
_CLEARERS = words("status", "clearers")
# Verbs whose subject does what the noun says, if it comes to that ("plotted the murder").
_DOERS = words("roles", "doers")
# Nouns that a person has done to him: "X's arrest".
_DONE_TO = words("roles", "done_to_nouns")
_HITTERS = words("roles", "hitters")
_ANSWERS = words("roles", "answers")
_SHARES = words("roles", "shares")
_OUTCOMES = words("rules", "outcomes")
_WHOLES = words("rules", "wholes")
_PARTICIPATIONS = frozenset(tuple(pair.split("_")) for pair in words("roles", "participations"))
SPOKEN = frozenset({"ACCUSE", "AGREE", "CONCEDE", "CONSULT", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})
"""Types of events that are done by words."""


def noun_roles(tree: Tree, match: Match) -> tuple[list[Token], list[Token]]:
    """Return the actors and the recipients of an event that a noun tells of."""
    noun, pattern = match.head, match.pattern
    carrier = find_carrier(tree, noun)
    if carrier is None and (charged := find_charged(tree, noun)):
        return charged, named(tree, match, pattern.recipient or ("of", "against", "on"), {})
    if carrier is not None and carrier.lemma in SUFFERERS:
        return _inflicting(tree, noun, carrier), find_subjects(tree, carrier)
    places = _places(tree, noun, carrier, pattern)
    actors = named(tree, match, (*(pattern.actor or ("by", "poss", "subject", "compound")), *_also(pattern)), places)
    recipients = named(tree, match, (*(pattern.recipient or ("of", "against", "on", "for")), "done to", "hit"), places)
    if carrier is not None and pattern.type == "ASSAULT" and not recipients:
        recipients = [it for it in tree.objects(carrier, "against", "on") if can_be_party(it)]
    return actors, [one for one in recipients if one not in actors]


def _also(pattern: Pattern) -> tuple[str, ...]:
    """Return where else actors stand: behind "from", of words ("criticism from"), and in what the noun hangs from."""
    is_said = pattern.type in SPOKEN - {"REQUEST"} and "from" not in pattern.recipient
    return ("maker", "from", "subject") if is_said else ("maker", "subject")


def _places(tree: Tree, noun: Token, carrier: Token | None, pattern: Pattern) -> dict[str, list[Token]]:
    """Return who stands where about an event noun."""
    owners = [one for one in tree.children(noun, "poss") if one.lemma not in {"its", "today", "yesterday"}]
    done_to = owners if noun.lemma in _DONE_TO and not objects_of(tree, noun, "of") else []
    beside = tree.children(noun, "compound", "nmod")
    sites = [one for one in beside if pattern.type == "ASSAULT" and is_site(one)]
    subjects = find_subjects(tree, carrier) if carrier else [*_users(tree, noun, pattern), *_wanting(tree, noun)]
    if carrier is not None and is_passive(tree, carrier):
        subjects = tree.objects(carrier, "by")
    return {
        "subject": [one for one in subjects if one.index != noun.index],
        "poss": [] if done_to else owners,
        "compound": [one for one in beside if is_party_noun(one, pattern)],
        "maker": list(_makers(tree, noun)),
        "done to": done_to or sites,
        "hit": _hit(tree, noun) if pattern.type == "ASSAULT" else [],
        "object": [],
        "none": [],
    }


def _makers(tree: Tree, noun: Token) -> Iterator[Token]:
    """Yield who carries out what the noun names, by a participle behind it: "a march organised by X"."""
    for verb in tree.children(noun, "acl"):
        if verb.tag == "VBN" and (verb.lemma in CARRIERS or verb.lemma in _DOERS):
            yield from tree.objects(verb, "by")


def _hit(tree: Tree, noun: Token) -> list[Token]:
    """Return what an attack hits: X in "shelling hit X"."""
    verb = tree.head(noun)
    return find_objects(tree, verb) if noun.dep == "nsubj" and verb.lemma in _HITTERS else []


def harmed(tree: Tree, trigger: Token) -> Iterator[Token]:
    """Yield whom an attack harmed: X in "X were killed in an ambush", "a bomb went off, killing X"."""
    over = tree.head(trigger)
    if trigger.dep == "pobj" and over.lemma in {"during", "in"}:
        verb = tree.head(over)
        suffers = verb.lemma == "die" or is_passive(tree, verb)
        if verb.lemma in _OUTCOMES:
            yield from find_subjects(tree, verb) if suffers else find_objects(tree, verb)
    elif trigger.pos == "VERB" or trigger.dep == "nsubj":
        for clause in tree.children(trigger if trigger.pos == "VERB" else over, "advcl", "conj", "xcomp"):
            if clause.lemma in _OUTCOMES and not is_passive(tree, clause) and not tree.children(clause, "nsubj"):
                yield from find_objects(tree, clause)


def _wanting(tree: Tree, noun: Token) -> list[Token]:
    """Return who plots, orders or repeats an act: X in "X plotted the murder"."""
    verb = tree.head(noun)
    if noun.dep not in {"dobj", "nsubjpass"} or verb.lemma not in _DOERS:
        return []
    return tree.objects(verb, "by") if is_passive(tree, verb) else find_subjects(tree, verb)


def find_carrier(tree: Tree, noun: Token) -> Token | None:
    """Return the verb that only carries an event noun, if the noun hangs from one."""
    head = tree.head(noun)
    if noun.dep == "conj" and head.index != noun.index:
        return find_carrier(tree, head)
    if noun.dep == "pobj":
        return _participation(tree, head)
    if noun.dep not in {"dobj", "nsubjpass"} or head.pos != "VERB":
        return None
    if head.lemma == "carry" and not tree.children(head, "prt"):
        return None
    return head if head.lemma in CARRIERS or head.lemma in SUFFERERS else None


def is_suffered(tree: Tree, noun: Token) -> bool:
    """Say whether an event noun is told by who suffers it: "endured torture"."""
    carrier = find_carrier(tree, noun)
    return carrier is not None and carrier.lemma in SUFFERERS


def _inflicting(tree: Tree, noun: Token, carrier: Token) -> list[Token]:
    """Return at whose hands somebody suffers an act: X in "suffered abuse by X", "came under attack from X"."""
    beside = [*tree.objects(noun, "from"), *tree.objects(carrier, "by", "from")]
    return objects_of(tree, noun, "by") or [it for it in beside if can_be_party(it)]


def find_charged(tree: Tree, noun: Token) -> list[Token]:
    """Return whose deed somebody calls an act: X in "X's role in the riots", "blamed X for the riots".

    Who is cleared of an act is nobody who did it: "acquitted X of the murder".
    """
    prep = tree.head(noun)
    over = tree.head(prep)
    if noun.dep != "pobj" or prep.dep != "prep" or _CLEARERS & {over.lemma, tree.head(over).lemma}:
        return []
    share = next((it for it in (over, *tree.tokens[prep.index - 1 : prep.index]) if it.lemma in _SHARES), None)
    if prep.lemma in {"in", "for"} and share is not None:
        return tree.children(share, "poss") or tree.objects(share, "of", "by") or _claiming(tree, share)
    if over.pos == "VERB" and (over.lemma, prep.lemma) in CHARGES:
        return [one for one in find_charged_by(tree, over) if can_be_party(one)]
    if over.dep in {"dobj", "nsubjpass"} and (tree.head(over).lemma, prep.lemma) in CHARGES:
        return [over]
    return []


def _claiming(tree: Tree, share: Token) -> list[Token]:
    """Return who claims an act: X in "X claimed responsibility for the attack"."""
    verb = tree.head(share)
    is_claimed = share.dep == "dobj" and verb.lemma in {"claim", "admit", "take"} and nobody_of(tree, verb) is None
    return find_subjects(tree, verb) if is_claimed else []


def _users(tree: Tree, noun: Token, pattern: Pattern) -> list[Token]:
    """Return who uses an act as a means: they in "they won their rights through years of strikes".

    So with an answer ("responded with air strikes") and a harm done in the course of it ("shot two men in a raid").
    """
    above = (token for token in tree.ancestors(noun) if token.lemma != "of" and token.lemma not in _WHOLES)
    prep = next(above, noun)
    if noun.dep != "pobj":
        return []
    verb = next((verb for verb in tree.ancestors(prep) if tree.children(verb, "nsubj")), None)
    if verb is None or (verb.index != prep.head and prep.lemma != "through"):
        return []
    answers = prep.lemma == "with" and verb.lemma in _ANSWERS
    harms = prep.lemma in {"in", "during"} and pattern.type == "ASSAULT" and verb.lemma in _HITTERS
    return find_subjects(tree, verb) if prep.lemma == "through" or answers or harms else []


def _participation(tree: Tree, prep: Token) -> Token | None:
    """Return the verb of "took part in a march", "were subjected to torture"."""
    verb = tree.head(prep)
    if verb.pos in {"NOUN", "PROPN"} and verb.dep in {"dobj", "attr"}:
        verb = tree.head(verb)
    return verb if verb.pos == "VERB" and (verb.lemma, prep.lemma) in _PARTICIPATIONS else None
