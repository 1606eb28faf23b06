"""Who did it, to whom, with what: what the parse finds of an event, made up by what the network marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coding.grammar import words
from dateline.coding.nominal import is_suffered
from dateline.coding.roles import find_roles, is_deed, is_lifeless, is_nobody
from dateline.coding.slots import can_be_party, is_passive
from dateline.coding.status import found_in_time
from dateline.model.event import Argument
from dateline.model.ground import Role
from dateline.model.parse import head_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.coding.decoding import Marked
    from dateline.coding.judged import Judged
    from dateline.coding.patterns import Match
    from dateline.coding.tree import Tree
    from dateline.model.parse import Token
    from dateline.model.text import Span

SIDES = {Role.ACTOR: frozenset({"source", "reciprocal"}), Role.RECIPIENT: frozenset({"target"})}
_INSTRUMENTS = frozenset({"instrument_id"})
_QUANTITIES = words("roles", "quantities")
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_TOLD = frozenset({"ACCUSE", "REQUEST", "SUPPORT"})
"""Types of acts by words about others' acts."""
_TO_PEOPLE = frozenset({"COERCE", "PROTEST"})
"""Types of acts that are done to somebody, whatever thing is burnt or seized."""
_NO_RECIPIENTS = words("roles", "settings")
_NO_ACTORS = _NO_RECIPIENTS - {"by", "from"} | words("roles", "aims")
PARTIES = {Role.ACTOR: frozenset({"actor"}), Role.RECIPIENT: frozenset({"recipient"})}


def arguments_of(known: Judged, match: Match, clause: Span, rivals: Sequence[Match]) -> tuple[Argument, ...]:
    """Return the arguments of an event, actors first.

    What the parse finds for a role counts. Where it finds nothing, what the network marks for the role in the event's
    clause counts, else what it marks next to the trigger: actors before (but of a passive), recipients behind, up to
    the next trigger. At last, of an event that is what its sentence is about, the sides that the network marks there.
    A mark that the parse shows in some other part (`_plays_another`) never counts.
    """
    if match.pattern.type == "ASSAULT" and found_in_time(known.sentence, match.head) is match.head:
        return tuple(_instruments(known, match, clause, rivals))  # who defuses a bomb has not laid it
    parsed = find_roles(known.report, known.sentence, match)
    found: list[Argument] = []
    for role in (Role.ACTOR, Role.RECIPIENT):
        found += _only(role, parsed) or _marked(known, match, clause, rivals, parsed, role)
    return tuple(_apart(found) + _instruments(known, match, clause, rivals))


def _marked(
    known: Judged, match: Match, clause: Span, rivals: Sequence[Match], parsed: Sequence[Argument], role: Role
) -> list[Argument]:
    """Return what the network marks for a role in which the parse finds nobody."""
    tree, marks = known.sentence, known.judgement.marked
    near = [it for it in _arguments(known, role, PARTIES[role], marks["roles"]) if _is_free(tree, match, it, parsed)]
    near = [it for it in near if not _is_of_another(tree, match.head, it, rivals)]
    inside = [argument for argument in near if clause.overlaps(argument.evidence.span)]
    if near and (found := inside or _beside(tree, match, rivals, near)):
        return found
    sides = marks["sides"] if not rivals and _is_foremost(tree, match.head) else ()
    return [it for it in _arguments(known, role, SIDES[role], sides) if _is_free(tree, match, it, parsed)]


def _is_free(tree: Tree, match: Match, mark: Argument, parsed: Iterable[Argument]) -> bool:
    """Say whether a mark may be a party: it has no other role by the parse, in this event or in the sentence."""
    if any(_overlap(mark, other) for other in _but(mark.role, parsed)):
        return False
    head = _head(tree, mark)
    if head is None:
        return True
    is_thing = mark.role is Role.RECIPIENT and match.pattern.type in _TO_PEOPLE and is_lifeless(head)
    if is_thing or (mark.role is Role.ACTOR and is_deed(head)) or is_nobody(tree, head):
        return False
    return can_be_party(head) and not _plays_another(tree, match.head, head, mark.role)


def _head(tree: Tree, mark: Argument) -> Token | None:
    inside = tree.within(mark.evidence.start, mark.evidence.end)
    return head_of(inside) if inside else None


def _is_of_another(tree: Tree, trigger: Token, mark: Argument, rivals: Sequence[Match]) -> bool:
    """Say whether a mark is another event's: the gangs of "clashes between gangs", and who condemns what was done."""
    head = _head(tree, mark)
    if head is None:
        return False
    over = tree.head(head)
    if mark.role is Role.ACTOR and head.dep == "nsubj" and trigger.pos == "NOUN" and trigger.head != over.index:
        return any(it.head.index == over.index and it.pattern.type in _TOLD for it in rivals)
    if head.dep != "pobj":
        return False
    over = tree.head(over)
    return over.pos in _NOMINAL and any(it.head.index == over.index for it in rivals)


def _plays_another(tree: Tree, trigger: Token, party: Token, role: Role) -> bool:
    """Say whether a word stands where no party of this role stands: at a place, as an owner, above another verb.

    What the verbs above a trigger do is theirs: the minister of "the minister regretted the raid" made no raid; nor did
    who denies "any role".
    """
    while party.dep in {"conj", "appos"} and tree.head(party).index != party.index:
        party = tree.head(party)
    over = tree.head(party)
    if party.dep == "pobj" and over.lemma == "of" and tree.head(over).lemma in _QUANTITIES:  # "dozens of doctors"
        party, over = tree.head(over), tree.head(tree.head(over))
    if party.dep == "pobj":
        is_origin = over.lemma == "from" and tree.head(over).index != trigger.index  # "a nurse from X"
        return is_origin or over.lemma in (_NO_ACTORS if role is Role.ACTOR else _NO_RECIPIENTS)
    is_above = any(over.index == it.index for it in tree.ancestors(trigger))
    is_denier = role is Role.ACTOR and over.lemma == "deny" and over.index != trigger.index
    return party.dep in {"nsubj", "csubj"} and (is_above or is_denier)


def _is_foremost(tree: Tree, trigger: Token) -> bool:
    """Say whether a trigger is what its sentence is about: its main verb, or a noun that hangs from it directly."""
    verb = tree.head(trigger)
    main = verb.dep == "ROOT" and trigger.dep in {"nsubj", "nsubjpass", "dobj", "attr"}
    return trigger.dep == "ROOT" or main


def _beside(tree: Tree, match: Match, rivals: Iterable[Match], near: Sequence[Argument]) -> list[Argument]:
    """Return the one of some marks of a role that is next to a trigger: an actor before it, a recipient behind it."""
    if near[0].role is Role.ACTOR:
        start = tree.tokens[match.first].start
        before = [argument for argument in near if argument.evidence.end <= start]
        return [] if is_passive(tree, match.head) or is_suffered(tree, match.head) else before[-1:]
    end = tree.tokens[match.last].end
    until = min((tree.tokens[it.first].start for it in rivals if it.first > match.last), default=tree.tokens[-1].end)
    return [argument for argument in near if end <= argument.evidence.start < until][:1]


def _instruments(known: Judged, match: Match, clause: Span, rivals: Sequence[Match]) -> list[Argument]:
    """Return with what an attack was made: where others are told beside it, only what its own clause tells."""
    if match.pattern.type != "ASSAULT":
        return []
    marks = _arguments(known, Role.INSTRUMENT, _INSTRUMENTS, known.judgement.marked["fills"])
    is_lone = not any(it.pattern.type == "ASSAULT" for it in rivals)
    return [it for it in marks if is_lone or clause.overlaps(it.evidence.span)]


def _arguments(known: Judged, role: Role, names: frozenset[str], marks: Iterable[Marked]) -> list[Argument]:
    """Return the marks of these names as arguments of a role; a mark without a noun or a pronoun is nobody."""
    places = (known.back(mark.start, mark.end) for mark in marks if mark.role in names)
    return [
        Argument(role, known.phrase(*place))
        for place in places
        if any(token.pos in _NOMINAL for token in known.within(*place))
    ]


def _but(role: Role, arguments: Iterable[Argument]) -> list[Argument]:
    return [argument for argument in arguments if argument.role is not role]


def _only(role: Role, arguments: Iterable[Argument]) -> list[Argument]:
    return [argument for argument in arguments if argument.role is role]


def _apart(arguments: Iterable[Argument]) -> list[Argument]:
    """Return the arguments, in order, without those that overlap an earlier one."""
    kept: list[Argument] = []
    for argument in arguments:
        if not any(_overlap(argument, other) for other in kept):
            kept.append(argument)
    return kept


def _overlap(left: Argument, right: Argument) -> bool:
    one, other = left.evidence, right.evidence
    return one.start < other.end and other.start < one.end
