"""The places in a dependency tree at which a party can stand: subjects, objects, objects of prepositions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.coding.grammar import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.coding.patterns import Match, Pattern
    from dateline.coding.tree import Tree
    from dateline.model.parse import Token

_RELATIVES = frozenset({"who", "which", "that", "whom"})
_FINITE = frozenset({"MD", "VBD", "VBP", "VBZ"})
_ASKING = frozenset({"appeal", "call", "plead"})
_MOVED = frozenset({"conj", "xcomp", "advcl", "ccomp"})
_SCENES = words("roles", "scenes")
_HOURS = words("roles", "hours")
_PARTIES = words("roles", "parties")
_MISSILES = words("roles", "missiles")
_LETTERS = 4
"""Letters and points of the longest abbreviation of a state: "U.S."."""
_SITES = words("roles", "sites")
_BODIES = words("roles", "bodies")
_DONE_TO = words("roles", "done_to")
_ABSTRACT = re.compile(r"(?:[ts]ion|ment|ness|ship|ance|ence|ism|city|lity|rity)s?$")
CHARGES = frozenset(tuple(pair.split("_")) for pair in words("roles", "charges"))


def named(tree: Tree, match: Match, names: Iterable[str], places: dict[str, list[Token]]) -> list[Token]:
    """Return the tokens at the first of these places (subject, object, or a preposition) that holds any."""
    for name in names:
        found = places[name] if name in places else objects_of(tree, match.head, name)
        is_hit = name == "object" and match.pattern.type == "ASSAULT"
        found = [noun for noun in found if can_be_party(noun, is_hit=is_hit) and not match.is_phrase_with(noun)]
        if found:
            return found
    return []


def can_be_party(noun: Token, *, is_hit: bool = False) -> bool:
    """Say whether a word can stand for somebody: not for a day, an hour, an idea or the place where it happened.

    A place can be the object of an attack (`is_hit`).
    """
    nominal = noun.pos in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"} and noun.tag != "VBG"
    nominal &= noun.lemma not in _MISSILES
    is_scene = noun.lemma in _HOURS or (noun.lemma in _SCENES and not is_hit)
    return nominal and noun.entity not in {"DATE", "TIME"} and not is_scene and not is_abstract(noun)


def is_abstract(noun: Token) -> bool:
    """Say whether a common noun is of a kind that nobody is, by its ending: "settlement", not "parliament"."""
    return noun.pos == "NOUN" and bool(_ABSTRACT.search(noun.lemma)) and noun.lemma not in _BODIES


def is_party_noun(token: Token, pattern: Pattern) -> bool:
    """Say whether a modifier is a party ("police raid", "student protest"), not a kind ("bomb attack") or a place.

    A place before a protest or an attack says where ("the Kenya protests", "the Paris attacks"), before other acts
    mostly who, and so do the letters that stand for a state ("US air strikes"); a site before an attack is what was
    attacked ("the church shooting").
    """
    if pattern.type == "ASSAULT" and is_site(token):
        return False
    if token.entity == "GPE":
        is_short = token.text.isupper() and len(token.text) <= _LETTERS
        return pattern.type != "PROTEST" and (pattern.type != "ASSAULT" or is_short)
    return token.entity in {"ORG", "NORP", "PERSON"} or token.lemma in _PARTIES


def is_site(token: Token) -> bool:
    """Say whether a word is one for a building or a vehicle, in a name or not."""
    return token.lemma.lower() in _SITES


def objects_of(tree: Tree, trigger: Token, preposition: str) -> list[Token]:
    """Return the objects of a preposition, which parsers often hang from a neighbour.

    It may stand under the object of `by` ("an attack by rebels on X"), `by` under the object ("the arrest of nine by
    police"), others under the verb's object ("sent aid to X").
    """
    found = tree.objects(trigger, preposition)
    if found:
        return found
    behind = [party for agent in tree.objects(trigger, "by") for party in tree.objects(agent, preposition)]
    if behind and preposition != "of":
        return behind
    if trigger.dep == "conj" and trigger.pos in {"NOUN", "PROPN"}:
        return objects_of(tree, tree.head(trigger), preposition)
    neighbours = tree.objects(trigger) if preposition == "by" else tree.children(trigger, "dobj")
    return [party for noun in neighbours for party in tree.objects(noun, preposition)] if preposition != "of" else []


def is_passive(tree: Tree, verb: Token) -> bool:
    """Say whether a verb is in the passive, reduced relative clauses ("people arrested on Monday") included.

    So is what is only ever done to somebody and has no object, as headlines have it: "Editor jailed over cartoon"; also
    where the parser takes "two men kidnapped in May were freed" for two clauses.
    """
    if tree.children(verb, "nsubjpass", "auxpass", "agent") or _comes_under(tree, verb):
        return True
    if _is_headline_passive(tree, verb) or _is_reduced(tree, verb):
        return True
    if verb.tag not in {"VBD", "VBN"} or tree.children(verb, "aux"):
        return False
    is_bare = verb.tag == "VBN" and not tree.children(verb, "nsubj", "dobj")
    if verb.dep == "conj":
        return (is_bare or bool(tree.objects(verb, "by"))) and is_passive(tree, tree.head(verb))
    return is_bare and verb.dep in {"acl", "amod", "ROOT"}


def _comes_under(tree: Tree, verb: Token) -> bool:
    """Say whether a verb says that its subject suffers: "came under fire from rebels"."""
    return verb.lemma == "come" and any(it.lemma == "under" for it in tree.children(verb, "prep"))


def _is_headline_passive(tree: Tree, verb: Token) -> bool:
    alone = not tree.children(verb, "aux", "dobj", "ccomp", "xcomp")
    return alone and verb.tag in {"VBD", "VBN"} and verb.dep in {"ROOT", "ccomp"} and verb.lemma in _DONE_TO


def _is_reduced(tree: Tree, verb: Token) -> bool:
    """Say whether a participle is misread as a verb with a subject, itself a subject: "men held there were freed"."""
    alone = not tree.children(verb, "aux", "dobj", "mark")
    return alone and verb.dep in {"nsubj", "nsubjpass"} and verb.tag in {"VBD", "VBN"}


def _lent(tree: Tree, verb: Token, over: Token) -> list[Token]:
    """Return whom the verb above lends as a subject: X in "forced X to do it", "called on X to do it"."""
    is_act = verb.tag == "VB" and any(it.tag == "TO" for it in tree.children(verb, "aux"))
    if is_act and over.lemma in _ASKING and (asked := tree.objects(over, "on", "to", "upon", "with")):
        return asked
    return tree.children(over, "dobj") if verb.dep == "xcomp" and over.lemma != "use" else []


def find_subjects(tree: Tree, verb: Token, depth: int = 0) -> list[Token]:
    """Return the subject of a verb, borrowed from the verb above it where it has none of its own."""
    own = tree.children(verb, "nsubj", "nsubjpass", "csubj")
    if own:
        return [_antecedent(tree, verb, one) for one in own]
    head, before = tree.head(verb), tree.tokens[max(0, verb.index - 1)]
    if verb.tag == "VBG" and before.dep == "pobj" and tree.head(before).dep == "agent":
        return [before]  # "killed by army shelling", "hit by soldiers firing at the crowd"
    if verb.dep in {"acl", "relcl"}:
        return [head] if verb.tag != "VB" or verb.dep == "relcl" else []
    if depth > 4 or head.index == verb.index:
        return []
    if (main := resumed(tree, verb)) is not None:
        return find_subjects(tree, main, depth + 1)
    if verb.dep == "pcomp":  # "since fighting broke out", misread: nobody's
        return _subjects_of_gerund(tree, head, depth) if head.dep != "mark" else []
    if verb.dep == "xcomp" and head.dep == "acomp":
        return find_subjects(tree, tree.head(head), depth + 1)  # "X was able to do it"
    if verb.dep in _MOVED and head.pos in {"VERB", "AUX"} and not _is_told(tree, verb):
        return _lent(tree, verb, head) or find_subjects(tree, head, depth + 1)
    return []


def resumed(tree: Tree, verb: Token) -> Token | None:
    """Return the verb that a participle behind a comma goes on with, where it hangs from a verb without a tense.

    "Guards shot at men trying to flee, killing one": who shot killed, not who tried to flee.
    """
    before = tree.tokens[verb.index - 1] if verb.index else verb
    if verb.dep != "advcl" or verb.tag != "VBG" or before.text != "," or has_tense(tree, tree.head(verb)):
        return None
    return next((it for it in tree.ancestors(verb) if it.pos in {"VERB", "AUX"} and has_tense(tree, it)), None)


def has_tense(tree: Tree, verb: Token) -> bool:
    """Say whether a verb has a tense: "fled", "has fled", not "fleeing", "to flee"."""
    return any(it.tag in _FINITE for it in (verb, *tree.children(verb, "aux", "auxpass")))


def _is_told(tree: Tree, verb: Token) -> bool:
    """Say whether a verb is what another tells, in a clause of its own: X is not freed in "were freed, X told"."""
    return verb.dep == "ccomp" and has_tense(tree, verb)


def _subjects_of_gerund(tree: Tree, prep: Token, depth: int) -> list[Token]:
    """Return who does what a preposition leads to: X in "accused X of", "X left after", "X is active in beating"."""
    over = tree.head(prep)
    if over.dep == "acomp":
        return find_subjects(tree, tree.head(over), depth + 1)
    if over.pos in {"VERB", "AUX"}:
        if (over.lemma, prep.lemma) in CHARGES:
            return find_charged_by(tree, over)
        return find_subjects(tree, over, depth + 1)
    is_charged = over.dep in {"dobj", "nsubjpass"} and (tree.head(over).lemma, prep.lemma) in CHARGES
    return [over] if is_charged else []


def find_charged_by(tree: Tree, verb: Token) -> list[Token]:
    """Return whom a verb charges with something, in the active and in the passive."""
    return (find_subjects(tree, verb) if is_passive(tree, verb) else []) or find_objects(tree, verb)


def _antecedent(tree: Tree, verb: Token, subject: Token) -> Token:
    """Return what a relative pronoun stands for, else the subject itself; "X is a liar who ..." speaks of X.

    A participle that is misread as a verb with a subject stands for that.
    """
    if _is_reduced(tree, subject):
        subject = next(iter(tree.children(subject, "nsubj", "nsubjpass")), subject)
    if subject.lemma not in _RELATIVES or verb.dep != "relcl":
        return subject
    noun = tree.head(verb)
    first = tree.first_conjunct(noun)
    if first.dep == "attr":
        called = [one for one in tree.children(tree.head(first), "nsubj") if one.pos == "PROPN"]
        return called[0] if called else noun
    return noun


def find_objects(tree: Tree, verb: Token) -> list[Token]:
    """Return the direct objects of a verb; of several coordinated verbs, the last one's serve all."""
    own = tree.children(verb, "dobj", "attr", "oprd", "dative")
    own = [_antecedent(tree, verb, one) for one in own if one.pos not in {"ADP", "SCONJ"}]
    if own:
        return [one for one in own if one.dep != "dative"] or own
    if _is_gap(tree, verb):
        return [tree.head(verb)]
    shared = [one for other in tree.children(verb, "conj") for one in tree.children(other, "dobj")]
    return shared if len(tree.children(verb)) <= 3 else []


def _is_gap(tree: Tree, verb: Token) -> bool:
    """Say whether the noun above a relative clause is its object: "the man soldiers shot"."""
    has_own = any(one.lemma not in _RELATIVES for one in tree.children(verb, "nsubj"))
    open_ended = tree.children(verb, "ccomp", "xcomp", "auxpass", "prt")
    placed = any(one.tag == "WRB" for one in tree.children(verb, "advmod"))
    return verb.dep == "relcl" and has_own and not open_ended and not placed
