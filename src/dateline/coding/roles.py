"""Who did it, to whom: the words that play a role, found from a trigger in the dependency tree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.coding.grammar import words
from dateline.coding.nominal import SPOKEN, harmed, noun_roles
from dateline.coding.slots import (
    can_be_party,
    find_objects,
    find_subjects,
    is_party_noun,
    is_passive,
    named,
)
from dateline.coding.tree import is_word, lemmas
from dateline.model.event import Argument
from dateline.model.ground import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.coding.patterns import Match, Pattern
    from dateline.coding.tree import Tree
    from dateline.model.parse import Token
    from dateline.model.text import Report

_VERBAL = frozenset({"VERB", "AUX"})
_THINGS = words("roles", "things")
_LIFELESS = words("roles", "lifeless")
_NOBODIES = _THINGS | _LIFELESS
_DYING = frozenset({"die", "drown", "perish"})
_EMPTY = frozenset({"it", "nobody", "none", "there", "what", "who", "whom"})
_DEEDS = words("roles", "deeds")
_NAMING = words("roles", "naming")
_ALLEGING = frozenset({"allege", "claim", "insinuate", "suggest"})
_SAYING = words("status", "saying")
_FIRING = words("roles", "openers") | _DEEDS


def find_roles(report: Report, tree: Tree, match: Match) -> tuple[Argument, ...]:
    """Return the actors and recipients of an event, each with its words, actors first."""
    pattern = match.pattern
    actors, recipients = _roles(tree, match)
    if pattern.type == "ASSAULT" and not recipients:
        recipients = list(harmed(tree, match.head))
    if pattern.type == "ACCUSE" and not recipients:
        recipients = _accused(tree, match.head)
    targets = _LIFELESS if pattern.type == "ASSAULT" else frozenset()
    theme = pattern.object if pattern.recipient and "object" not in pattern.recipient else frozenset()
    taken: set[int] = set()
    return (
        *_arguments(report, tree, Role.ACTOR, _parties(tree, _doing(tree, actors, pattern), taken)),
        *_arguments(report, tree, Role.RECIPIENT, _parties(tree, recipients, taken, theme, targets)),
    )


def _roles(tree: Tree, match: Match) -> tuple[list[Token], list[Token]]:
    trigger = match.head
    if trigger.dep in {"aux", "auxpass"}:
        if match.pattern.type == "REQUEST":  # "X must resign": who says so asks it of X
            return _sayers(tree, tree.head(trigger)), find_subjects(tree, tree.head(trigger))
        return _verb_roles(tree, replace(match, head=tree.head(trigger)))
    if trigger.pos == "ADV" and tree.head(trigger).pos in _VERBAL:
        return _verb_roles(tree, replace(match, head=tree.head(trigger)))  # "violently suppressed"
    if trigger.pos in _VERBAL:
        return _verb_roles(tree, match)
    if match.pattern.type in SPOKEN and (spoken := _predicate_roles(tree, trigger)) is not None:
        return spoken
    return noun_roles(tree, match)


def _predicate_roles(tree: Tree, word: Token) -> tuple[list[Token], list[Token]] | None:
    """Return who says what of whom in a predicate: "X called Y a disgrace", "Y is a disgrace, X said"."""
    verb = tree.head(word)
    if word.dep in {"oprd", "attr", "ccomp", "dobj"} and verb.lemma in _NAMING:
        called = [one for one in (*tree.children(word, "nsubj"), *tree.children(verb, "dobj")) if one is not word]
        if is_passive(tree, verb):
            return tree.objects(verb, "by"), find_subjects(tree, verb)
        return find_subjects(tree, verb), called
    if word.dep not in {"acomp", "attr"} or verb.lemma != "be":
        return None
    return _sayers(tree, verb), find_subjects(tree, verb)


def _accused(tree: Tree, verb: Token) -> list[Token]:
    """Return who is said to do it in what a verb alleges: X in "alleged that X beat them"."""
    told = tree.children(verb, "ccomp") if verb.lemma in _ALLEGING else []
    return [one for clause in told for one in find_subjects(tree, clause) if tree.head(one).index != verb.index]


def _sayers(tree: Tree, verb: Token) -> list[Token]:
    """Return who says that which a verb tells: X in "Y is a disgrace, X said"."""
    above = tree.head(verb)
    return find_subjects(tree, above) if verb.dep == "ccomp" and above.lemma in _SAYING else []


def _parties(
    tree: Tree,
    heads: Iterable[Token],
    taken: set[int],
    theme: frozenset[str] = frozenset(),
    targets: frozenset[str] = frozenset(),
) -> Iterator[Token]:
    """Yield the heads of all parties once; not the theme: who writes slogans does it to somebody, not to slogans."""
    for head in (_meant(tree, one) for one in heads if not _is_dateline(tree, one)):
        conjuncts = _split(tree, _owner_mended(tree, head))
        for one in (party for conjunct in conjuncts for party in _behind(tree, conjunct, targets)):
            if one.index not in taken and not is_nobody(tree, one) and not (theme and is_word(one, theme)):
                taken.add(one.index)
                yield one


def _behind(tree: Tree, head: Token, targets: frozenset[str] = frozenset()) -> list[Token]:
    """Return a party itself; for a thing said or done, the party behind it: X in "the charges by X", "X's offer".

    A thing stands for nobody, unless it is one of the `targets`: a bus can be attacked.
    """
    if head.lemma == "control" and (held := tree.objects(head, "of")):
        return held  # "took control of the airport"
    if head.pos != "NOUN" or head.lemma not in _NOBODIES or head.lemma in targets:
        return [head]
    owner = [one for one in tree.children(head, "poss") if one.pos != "PRON" and one.entity not in {"DATE", "TIME"}]
    return tree.objects(head, "by", "from") or owner


def _arguments(report: Report, tree: Tree, role: Role, heads: Iterable[Token]) -> list[Argument]:
    found = []
    for head in heads:
        first, last = tree.phrase(head)
        found.append(Argument(role, report.cite(tree.tokens[first].start, tree.tokens[last].end)))
    return found


def _is_dateline(tree: Tree, head: Token) -> bool:
    """Say whether a word is the town at the head of a report, misread as a subject: "plauen: police ..."."""
    following = tree.tokens[head.index + 1 : head.index + 2]
    return head.index <= 2 and any(token.text in {":", "–", "—"} for token in following)


def _split(tree: Tree, head: Token) -> list[Token]:
    """Return the heads of a coordination that name different parties ("students and workers")."""
    first, *others = tree.conjuncts(head)
    return [first, *(other for other in others if _is_party(tree, other))]


def _is_party(tree: Tree, token: Token) -> bool:
    """Say whether a conjunct is a party of its own: "an activist and member" is one person."""
    has_own = bool(tree.children(token, "det", "nummod", "poss"))
    if token.pos == "NUM":  # "two of his guards"
        return bool(tree.objects(token, "of"))
    return (
        token.pos in {"NOUN", "PROPN", "PRON"}
        and token.text[:1].isalnum()
        and token.tag != "VBG"
        and (has_own or token.tag in {"NNS", "NNPS", "NNP", "PRP"})
    )


def _owner_mended(tree: Tree, party: Token) -> Token:
    """Return the real party where the parser took its owner for it: "the regime's leader X", "the clerics' guards"."""
    owned = tree.children(party, "appos")
    following = tree.tokens[party.index + 1 : party.index + 2]
    is_owner = bool(tree.children(party, "case")) or any(token.text in {"'", "’"} for token in following)
    return owned[0] if owned and is_owner else party


def _verb_roles(tree: Tree, match: Match) -> tuple[list[Token], list[Token]]:
    verb, pattern = match.head, match.pattern
    passive = is_passive(tree, verb)
    agents = (_agents(tree, verb) or _doers(tree, verb, pattern)) if passive else []
    subjects = find_subjects(tree, verb)
    objects = _without_phrase(tree, match, find_objects(tree, verb))
    places = {"subject": subjects, "object": objects, "by": agents, "none": []}
    if verb.lemma in _DYING and not tree.children(verb, "dobj"):
        doers = _doers(tree, verb, pattern) or _shooting_then(tree, verb)
        return named(tree, match, ("by",), places) or doers, subjects
    if pattern.type == "CONSULT" and (invited := _invited(tree, verb)):
        return find_subjects(tree, tree.head(verb)), invited
    if pattern.actor or pattern.recipient:
        if passive:
            places |= {"subject": agents, "object": subjects or objects}
        actors = named(tree, match, pattern.actor or ("subject",), places)
        return actors, named(tree, match, pattern.recipient, places)
    if passive:
        return agents, named(tree, match, ("object",), {"object": subjects or objects})
    seats = ("object",) if objects else ("against", "on", "at", "with", "to")
    return subjects, named(tree, match, seats, places)


def _without_phrase(tree: Tree, match: Match, objects: list[Token]) -> list[Token]:
    """Return the objects of a verb; where they are but a part of its phrase, whom a relative clause tells of."""
    verb = match.head
    is_gap = verb.dep == "relcl" and bool(objects) and all(map(match.is_phrase_with, objects))
    return [tree.head(verb)] if is_gap and tree.head(verb) not in find_subjects(tree, verb) else objects


def _agents(tree: Tree, verb: Token) -> list[Token]:
    """Return who does what a passive tells of: what stands behind "by", which stands behind the verb."""
    return [one for one in tree.objects(verb, "by") if one.index > verb.index]


def _meant(tree: Tree, subject: Token) -> Token:
    """Return whom "it" stands for where a body says what it does itself: X in "X said it would"; else the subject."""
    verb = tree.head(subject)
    while verb.dep == "conj" and tree.head(verb).pos in _VERBAL:
        verb = tree.head(verb)
    if subject.lemma != "it" or verb.dep != "ccomp":
        return subject
    return next((one for one in find_subjects(tree, tree.head(verb)) if one.pos in {"NOUN", "PROPN"}), subject)


def is_deed(noun: Token) -> bool:
    """Say whether a noun is something done, which does nothing itself: an attack, shelling."""
    return noun.pos == "NOUN" and noun.lemma in _DEEDS


def is_nobody(tree: Tree, party: Token) -> bool:
    """Say whether a word stands for nobody: "there", "no one", "hostage" in "took them hostage"."""
    is_bare = party.text.lower() == "hostage" and not tree.children(party, "det", "poss", "amod", "nummod")
    return is_bare or party.lemma in _EMPTY or any(it.lemma == "no" for it in tree.children(party, "det"))


def is_lifeless(noun: Token) -> bool:
    """Say whether a noun is a thing, which is nobody: a box, a barrel."""
    return noun.pos == "NOUN" and noun.lemma in _LIFELESS


def _doing(tree: Tree, actors: Iterable[Token], pattern: Pattern) -> list[Token]:
    """Return actors, for a deed those whose it is: the army in "killed by army shelling", nobody in "by an attack"."""
    return [one for actor in actors for one in (_owners(tree, [actor], pattern) if is_deed(actor) else [actor])]


def _doers(tree: Tree, verb: Token, pattern: Pattern) -> list[Token]:
    """Return whose deed it was in which something befell somebody: the police in "were killed in police firing"."""
    settings = tree.objects(verb, "in", "during")
    misread = [noun for noun in settings if any(child.tag == "VBG" for child in tree.children(noun, "acl"))]
    deeds = [noun for noun in settings if not _DEEDS.isdisjoint(lemmas(noun))]
    return _owners(tree, deeds, pattern, misread)


def _owners(tree: Tree, deeds: Sequence[Token], pattern: Pattern, misread: Sequence[Token] = ()) -> list[Token]:
    """Return whose deeds these are: who stands behind "by", else before them."""
    agents = [one for deed in deeds for one in tree.objects(deed, "by")]
    owners = [one for deed in deeds for one in tree.children(deed, "compound", "amod", "nsubj")]
    return agents or [one for one in (*owners, *misread) if is_party_noun(one, pattern)]


def _shooting_then(tree: Tree, verb: Token) -> list[Token]:
    """Return who fired when somebody died: the police in "died when police opened fire"."""
    clauses = [one for one in tree.children(verb, "advcl") if one.lemma in _FIRING]
    return [one for clause in clauses if not is_passive(tree, clause) for one in find_subjects(tree, clause)]


def _invited(tree: Tree, verb: Token) -> list[Token]:
    """Return who is invited or asked to a meeting, of which both sides are parties: "X invited Y to discuss it"."""
    over = tree.head(verb)
    return [one for one in tree.children(over, "dobj") if can_be_party(one)] if verb.dep == "xcomp" else []
