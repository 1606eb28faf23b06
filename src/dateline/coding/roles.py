"""Who did it, to whom: the words that play a role, found from a trigger in the dependency tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coding.grammar import words
from dateline.coding.tree import is_word, lemmas
from dateline.model.event import Argument
from dateline.model.ground import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateline.coding.patterns import Match, Pattern
    from dateline.coding.tree import Tree
    from dateline.model.parse import Token
    from dateline.model.text import Report

_RELATIVES = frozenset({"who", "which", "that", "whom"})
_MOVED = frozenset({"conj", "xcomp", "advcl", "ccomp", "pcomp"})
# Verbs that only carry an event noun: their subject does what the noun says ("staged a protest").
CARRIERS = words("roles", "carriers")
# Verbs whose subject suffers what the noun says ("endured torture").
SUFFERERS = words("roles", "sufferers")


def find_roles(report: Report, tree: Tree, match: Match) -> tuple[Argument, ...]:
    """Return the actors and recipients of an event, each with its words, actors first."""
    trigger, pattern = match.head, match.pattern
    finder = _verb_roles if trigger.pos in {"VERB", "AUX"} else _noun_roles
    actors, recipients = finder(tree, match)
    theme = pattern.object if pattern.recipient and "object" not in pattern.recipient else frozenset()
    taken: set[int] = set()
    return (
        *_arguments(report, tree, Role.ACTOR, _parties(tree, actors, taken)),
        *_arguments(report, tree, Role.RECIPIENT, _parties(tree, recipients, taken, theme)),
    )


def _parties(
    tree: Tree, heads: Iterable[Token], taken: set[int], theme: frozenset[str] = frozenset()
) -> Iterator[Token]:
    """Yield the heads of all parties once; not the theme: who writes slogans does it to somebody, not to slogans."""
    for head in heads:
        conjuncts = _split(tree, _owner_mended(tree, head))
        for one in (party for conjunct in conjuncts for party in _behind(tree, conjunct)):
            if one.index not in taken and one.lemma not in _EMPTY and not is_word(one, theme):
                taken.add(one.index)
                yield one


def _behind(tree: Tree, head: Token) -> list[Token]:
    """Return a party itself; for a thing said or done, the party behind it: X in "the charges by X", "X's offer"."""
    if head.lemma not in _THINGS:
        return [head]
    owner = [one for one in tree.children(head, "poss") if one.pos != "PRON"]
    return tree.objects(head, "by", "from") or owner


_THINGS = words("roles", "things")
_EMPTY = frozenset({"it", "there", "what"})


def _arguments(report: Report, tree: Tree, role: Role, heads: Iterable[Token]) -> list[Argument]:
    found = []
    for head in heads:
        first, last = tree.phrase(head)
        found.append(Argument(role, report.cite(tree.tokens[first].start, tree.tokens[last].end)))
    return found


def _split(tree: Tree, head: Token) -> list[Token]:
    """Return the heads of a coordination that name different parties ("students and workers")."""
    first, *others = tree.conjuncts(head)
    return [first, *(other for other in others if _is_party(tree, other))]


def _is_party(tree: Tree, token: Token) -> bool:
    """Say whether a conjunct is a party of its own: "an activist and member" is one person."""
    has_own = bool(tree.children(token, "det", "nummod", "poss"))
    return (
        token.pos in {"NOUN", "PROPN", "PRON"}
        and token.tag != "VBG"
        and (has_own or token.tag in {"NNS", "NNPS", "NNP", "PRP"})
    )


def _verb_roles(tree: Tree, match: Match) -> tuple[list[Token], list[Token]]:
    verb, pattern = match.head, match.pattern
    passive = is_passive(tree, verb)
    agents = (tree.objects(verb, "by") or _doers(tree, verb, pattern)) if passive else []
    subjects = find_subjects(tree, verb)
    objects = find_objects(tree, verb)
    places = {"subject": subjects, "object": objects, "by": agents, "none": []}
    if verb.lemma == "die":
        return _named(tree, match, ("by",), places) or _doers(tree, verb, pattern), subjects
    if pattern.actor or pattern.recipient:
        if passive:
            places |= {"subject": agents, "object": subjects or objects}
        actors = _named(tree, match, pattern.actor or ("subject",), places)
        return actors, _named(tree, match, pattern.recipient, places)
    if passive:
        return agents, subjects or objects
    return subjects, objects or tree.objects(verb, "against", "on", "at", "with", "to")


def _doers(tree: Tree, verb: Token, pattern: Pattern) -> list[Token]:
    """Return whose deed it was in which something befell somebody: the police in "were killed in police firing"."""
    settings = tree.objects(verb, "in", "during")
    deeds = [noun for noun in settings if not _DEEDS.isdisjoint(lemmas(noun))]
    owners = [one for deed in deeds for one in tree.children(deed, "compound", "amod", "nsubj")]
    misread = [noun for noun in settings if any(child.tag == "VBG" for child in tree.children(noun, "acl"))]
    return [one for one in (*owners, *misread) if _is_party_noun(one, pattern)]


_DEEDS = words("roles", "deeds")


def _named(tree: Tree, match: Match, names: Iterable[str], places: dict[str, list[Token]]) -> list[Token]:
    """Return the tokens at the first of these places (subject, object, or a preposition) that holds any."""
    for name in names:
        found = places[name] if name in places else _objects_of(tree, match.head, name)
        found = [noun for noun in found if _can_be_party(noun) and not match.is_phrase_with(noun)]
        if found:
            return found
    return []


def _can_be_party(noun: Token) -> bool:
    """Say whether a word can stand for somebody: not for a day, an hour or the place where it happened."""
    nominal = noun.pos in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"} and noun.tag != "VBG"
    return nominal and noun.entity not in {"DATE", "TIME"} and noun.lemma not in _SCENES


_SCENES = words("roles", "scenes")


def _objects_of(tree: Tree, trigger: Token, preposition: str) -> list[Token]:
    """Return the objects of a preposition, which parsers often hang from a neighbour.

    `by` may stand under the object ("the arrest of nine by police"), others under the verb's object ("sent aid to X").
    """
    found = tree.objects(trigger, preposition)
    if found:
        return found
    if trigger.dep == "conj" and trigger.pos in {"NOUN", "PROPN"}:
        return _objects_of(tree, tree.head(trigger), preposition)
    neighbours = tree.objects(trigger) if preposition == "by" else tree.children(trigger, "dobj")
    return [party for noun in neighbours for party in tree.objects(noun, preposition)] if preposition != "of" else []


def is_passive(tree: Tree, verb: Token) -> bool:
    """Say whether a verb is in the passive, reduced relative clauses ("people arrested on Monday") included."""
    if tree.children(verb, "nsubjpass", "auxpass", "agent"):
        return True
    if verb.tag != "VBN" or tree.children(verb, "aux"):
        return False
    if verb.dep == "conj" and not tree.children(verb, "nsubj"):
        return is_passive(tree, tree.head(verb)) and not tree.children(verb, "dobj")
    return verb.dep in {"acl", "amod", "ROOT"} and not tree.children(verb, "dobj", "nsubj")


def find_subjects(tree: Tree, verb: Token, depth: int = 0) -> list[Token]:
    """Return the subject of a verb, borrowed from the verb above it where it has none of its own."""
    own = tree.children(verb, "nsubj", "nsubjpass", "csubj")
    if own:
        return [_antecedent(tree, verb, one) for one in own]
    head = tree.head(verb)
    if verb.dep in {"acl", "relcl"}:
        return [head] if verb.tag != "VB" or verb.dep == "relcl" else []
    if depth > 4 or head.index == verb.index:
        return []
    if verb.dep in _MOVED and head.pos in {"VERB", "AUX"}:
        if verb.dep == "xcomp" and (objects := tree.children(head, "dobj")):
            return objects
        return find_subjects(tree, head, depth + 1)
    if verb.dep == "pcomp" and tree.head(head).pos in {"VERB", "AUX"}:
        return find_subjects(tree, tree.head(head), depth + 1)
    return []


def _antecedent(tree: Tree, verb: Token, subject: Token) -> Token:
    """Return what a relative pronoun stands for, else the subject itself."""
    if subject.lemma in _RELATIVES and verb.dep == "relcl":
        return tree.head(verb)
    return subject


def _owner_mended(tree: Tree, party: Token) -> Token:
    """Return the real party where the parser took its owner for it: "the regime's leader X", "the clerics' guards"."""
    owned = tree.children(party, "appos")
    following = tree.tokens[party.index + 1 : party.index + 2]
    is_owner = bool(tree.children(party, "case")) or any(token.text in {"'", "’"} for token in following)
    return owned[0] if owned and is_owner else party


def find_objects(tree: Tree, verb: Token) -> list[Token]:
    """Return the direct objects of a verb; of several coordinated verbs, the last one's serve all."""
    own = tree.children(verb, "dobj", "attr", "oprd", "dative")
    own = [one for one in own if one.pos not in {"ADP", "SCONJ"}]
    if own:
        return [one for one in own if one.dep != "dative"] or own
    shared = [one for other in tree.children(verb, "conj") for one in tree.children(other, "dobj")]
    return shared if len(tree.children(verb)) <= 3 else []


def _noun_roles(tree: Tree, match: Match) -> tuple[list[Token], list[Token]]:
    noun, pattern = match.head, match.pattern
    carrier = find_carrier(tree, noun)
    if carrier is None and (charged := find_charged(tree, noun)):
        return charged, _named(tree, match, pattern.recipient or ("of", "against", "on"), {})
    subjects = find_subjects(tree, carrier) if carrier else _users(tree, noun)
    subjects = [one for one in subjects if one.index != noun.index]
    owner = [one for one in tree.children(noun, "poss") if one.lemma not in {"its", "today", "yesterday"}]
    makers = [one for one in tree.children(noun, "compound", "nmod") if _is_party_noun(one, pattern)]
    places = {"subject": subjects, "poss": owner, "compound": makers, "object": [], "none": []}
    if carrier is not None and is_passive(tree, carrier):
        places["subject"] = tree.objects(carrier, "by")
    if carrier is not None and carrier.lemma in SUFFERERS:
        return _objects_of(tree, noun, "by"), subjects
    actors = _named(tree, match, pattern.actor or ("by", "poss", "subject", "compound"), places)
    recipients = _named(tree, match, pattern.recipient or ("of", "against", "on", "for"), places)
    return actors, [one for one in recipients if one not in actors]


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


def find_charged(tree: Tree, noun: Token) -> list[Token]:
    """Return whose deed somebody calls an act: X in "X's role in the riots", "blamed X for the riots"."""
    prep = tree.head(noun)
    over = tree.head(prep)
    if noun.dep != "pobj" or prep.dep != "prep":
        return []
    share = next((it for it in (over, *tree.tokens[prep.index - 1 : prep.index]) if it.lemma in _SHARES), None)
    if prep.lemma == "in" and share is not None:
        return tree.children(share, "poss") or tree.objects(share, "of", "by")
    if over.pos == "VERB" and (over.lemma, prep.lemma) in _CHARGES:
        return [one for one in find_objects(tree, over) if _can_be_party(one)]
    return []


_SHARES = words("roles", "shares")
_CHARGES = frozenset(tuple(pair.split("_")) for pair in words("roles", "charges"))


def _users(tree: Tree, noun: Token) -> list[Token]:
    """Return who uses an act as a means: they in "they won their rights through years of strikes"."""
    above = (token for token in tree.ancestors(noun) if token.lemma != "of" and token.lemma not in _WHOLES)
    prep = next(above, noun)
    if noun.dep != "pobj" or prep.lemma != "through":
        return []
    verb = next((verb for verb in tree.ancestors(prep) if tree.children(verb, "nsubj")), None)
    return find_subjects(tree, verb) if verb is not None else []


_WHOLES = words("rules", "wholes")


def _participation(tree: Tree, prep: Token) -> Token | None:
    """Return the verb of "took part in a march", "were subjected to torture"."""
    verb = tree.head(prep)
    if verb.pos in {"NOUN", "PROPN"} and verb.dep in {"dobj", "attr"}:
        verb = tree.head(verb)
    return verb if verb.pos == "VERB" and (verb.lemma, prep.lemma) in _PARTICIPATIONS else None


_PARTICIPATIONS = frozenset(tuple(pair.split("_")) for pair in words("roles", "participations"))


def _is_party_noun(token: Token, pattern: Pattern) -> bool:
    """Say whether a modifier is a party ("police raid", "student protest"), not a kind ("bomb attack") or a place.

    A country before a protest says where ("the Kenya protests"), before other acts mostly who ("US air strikes").
    """
    if token.entity == "GPE":
        return pattern.type != "PROTEST"
    return token.entity in {"ORG", "NORP", "PERSON"} or token.lemma in _PARTIES


_PARTIES = words("roles", "parties")
