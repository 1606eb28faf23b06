"""What the network and the rules say of one sentence, made into events."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.coding.clauses import clause_of
from dateline.coding.grammar import words
from dateline.coding.match import find_matches
from dateline.coding.parties import arguments_of
from dateline.coding.patterns import Match, Pattern
from dateline.coding.repeated import GENERAL, USE, first_in_row, is_penalty, is_repeated
from dateline.coding.settling import reason_against, settle
from dateline.coding.sifting import is_told
from dateline.coding.slots import resumed
from dateline.coding.status import reason_of
from dateline.model.event import Event, Status
from dateline.model.parse import tops_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from dateline.coding.decoding import Named
    from dateline.coding.judged import Judged
    from dateline.coding.patterns import Patterns
    from dateline.coding.status import Reason
    from dateline.coding.tree import Tree
    from dateline.model.parse import Token

KEPT = 0.30
"""Probability of its type, in the sentence, under which an event that the rules alone see is dropped."""
WEAK = 0.6
"""Confidence under which the type that the network gives is outdone by a pattern's (`docs/errors.md` has the count)."""
NAMELESS = "network"
"""Stands for the pattern of an event that the network alone sees."""
_OF_PROTEST = Pattern(
    NAMELESS, "PROTEST", None, actor=("subject", "by", "of", "poss", "compound"), recipient=("against",)
)
"""Where the roles of a protest stand that no pattern knows: the teachers in "a rally of teachers"."""
_TAKINGS = frozenset({"capture_nonstate", "capture_state"})
"""Forms that a pattern knows better than the network: it asks who takes, and whether it is ground."""
_OUTCOMES = words("rules", "outcomes")
_PROTESTS = words("match", "protests")
_SOLID = frozenset({"VERB", "NOUN", "PROPN", "AUX"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event in the making: where it is named, what it is, what fired, and how sure its status is."""

    match: Match
    status: Status
    confidence: float
    why: str
    status_score: float = 1.0


def events_of(known: Judged, patterns: Patterns, coder: str) -> list[Event]:
    """Return the events of a sentence by the codebook that ships, in the order of their triggers."""
    tree = known.sentence
    told = [it for it in _candidates(known, tree, patterns) if is_told(tree, it.match)]
    return list(events_from(known, tree, share_status(tree, told), coder))


def events_from(known: Judged, tree: Tree, found: Iterable[Candidate], coder: str) -> Iterator[Event]:
    """Yield candidates as events, each with its clause and its parties."""
    candidates = _once(tree, sorted(found, key=lambda it: (it.match.first, it.match.last)))
    heads = frozenset(it.match.head.index for it in candidates)
    for candidate in candidates:
        match = candidate.match
        clause = clause_of(tree, match, heads)
        yield Event(
            report=known.report.id,
            type=match.pattern.type,
            form=match.pattern.form,
            status=candidate.status,
            trigger=known.report.cite(tree.tokens[match.first].start, tree.tokens[match.last].end),
            clause=clause,
            arguments=arguments_of(known, match, clause, [it.match for it in candidates if it is not candidate]),
            confidence=candidate.confidence,
            coder=coder,
            why=candidate.why,
        )


def share_status(tree: Tree, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates, of which bare nouns in a row have the status of the one in which it is surest."""
    return [_shared(it, _row(tree, it, candidates)) for it in candidates]


def _shared(candidate: Candidate, row: Sequence[Candidate]) -> Candidate:
    return _with_status(candidate, max(row, key=lambda it: (it.status_score, -it.match.first), default=candidate))


def _with_status(candidate: Candidate, surest: Candidate) -> Candidate:
    """Return a candidate with the status of another one beside it."""
    if surest.status is candidate.status:
        return candidate
    why = f"{candidate.why}; {surest.status.value} as {surest.match.head.text!r} beside it"
    return replace(candidate, status=surest.status, why=why)


def _row(tree: Tree, candidate: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates whose nouns are coordinated with a candidate's, itself among them."""
    top = _first_of(tree, candidate.match.head)
    return [
        it
        for it in candidates
        if it.match.head.pos == "NOUN" and candidate.match.head.pos == "NOUN" and _first_of(tree, it.match.head) == top
    ]


def _first_of(tree: Tree, noun: Token) -> Token:
    """Return the first noun of the row that a noun stands in, as far as the nouns have no article of their own."""
    while noun.dep == "conj" and tree.head(noun).pos == "NOUN" and not tree.children(noun, "det", "nummod", "poss"):
        noun = tree.head(noun)
    return noun


def _once(tree: Tree, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates without those whose words go on with the event before: "gave him", "five years in prison".

    Of two that name one act (`repeated`), the more special one stays, then the one that a pattern knows, then the verb.
    """
    kept: list[Candidate] = []
    for it in candidates:
        before = kept[-1].match if kept else None
        goes_on = before is not None and it.match.first <= before.last + 1
        if goes_on and before and before.pattern.type == it.match.pattern.type:
            continue
        twin = next((place for place, one in enumerate(kept) if is_repeated(tree, one.match, it.match)), None)
        if twin is None:
            kept.append(it)
        else:
            kept[twin] = _joined(tree, kept[twin], it)
    return kept


def _joined(tree: Tree, first: Candidate, second: Candidate) -> Candidate:
    """Return what two candidates that name one act tell of it: the more special one, with the surer status.

    Who is sentenced, is so to what stands behind it.
    """
    if is_penalty(tree, first.match, second.match):
        form = second.match.pattern.form
        return replace(first, match=replace(first.match, pattern=replace(first.match.pattern, form=form)))
    surer = max(first, second, key=lambda it: it.status_score)
    return _with_status(min(first, second, key=_names_less), surer)


def _names_less(candidate: Candidate) -> tuple[bool, bool, bool]:
    """Return how little a word tells of an act that two words name: a pattern knows of parties, then a verb."""
    match = candidate.match
    is_vague = match.head.lemma in {GENERAL, USE}
    return is_vague, match.pattern.id == NAMELESS, match.head.pos != "VERB"


def _candidates(known: Judged, tree: Tree, patterns: Patterns) -> Iterator[Candidate]:
    """Yield the events that the network names, with what the rules know of them, then those of the rules alone."""
    rules = find_matches(tree, patterns)
    used: set[int] = set()
    heads: set[int] = set()
    attacks: set[int] = set()
    for named in known.judgement.named:
        tokens = [token for token in known.tokens(named.start, named.end) if token.pos != "PUNCT"]
        if not tokens:
            continue
        seconds = [rule for rule in rules if rule.first <= tokens[-1].index and tokens[0].index <= rule.last]
        used |= {rule.head.index for rule in seconds}
        if (quelling := _quelling(tree, named, seconds)) is not None:
            heads.add(quelling.head.index)
            seconds = [rule for rule in seconds if rule is not quelling]
            yield _ruled(tree, quelling, named.confidence, named.type)
            tokens = [token for token in tokens if token.index != quelling.head.index]
            if not tokens:
                continue
        candidate = _named(known, tree, named, tokens, seconds)
        if candidate.match.head.index not in heads:
            heads.add(candidate.match.head.index)
            if candidate.match.pattern.type == "ASSAULT":
                attacks.add(candidate.match.head.index)
            yield candidate
    for rule in rules:
        score = known.judgement.score("types", rule.pattern.type)
        if rule.head.index not in used | heads and score >= KEPT and not _is_outcome(tree, rule, attacks):
            yield _ruled(tree, rule, score, rule.pattern.type)


def _named(known: Judged, tree: Tree, named: Named, tokens: Sequence[Token], seconds: Sequence[Match]) -> Candidate:
    """Return the event that the network names in these tokens; a rule of the same type says where its roles stand."""
    agreeing = [rule for rule in seconds if rule.pattern.type == named.type]
    if not agreeing and seconds and (named.confidence < WEAK or _is_plain(tree, named, tokens, seconds[0])):
        return _ruled(tree, seconds[0], named.confidence, named.type)
    why = f"network: {named.type}.{named.form} {named.confidence:.2f} at {_quote(known, tokens)!r}"
    why += f"; {named.status} {named.status_score:.2f}"
    if agreeing:
        rule = agreeing[0]
        is_known = rule.pattern.form in _TAKINGS or rule.pattern.form == named.form
        pattern = rule.pattern if is_known else replace(rule.pattern, form=named.form)
        head = _doing(tree, rule, tokens)
        match = Match(pattern, head, min(rule.first, tokens[0].index), max(rule.last, tokens[-1].index))
        why += f"; pattern {rule.pattern.id}"
    else:
        nameless = _OF_PROTEST if named.type == "PROTEST" else Pattern(NAMELESS, named.type, None)
        pattern = replace(nameless, form=named.form)
        match = Match(pattern, top_of(tree, tokens), tokens[0].index, tokens[-1].index)
    told = Status(named.status)
    reason = reason_against(tree, match, told)
    status, but = settle(reason, told, named.status_score)
    return Candidate(match, status, named.confidence, why + but, _certainty(reason, status, but, named.status_score))


def _quelling(tree: Tree, named: Named, rules: Sequence[Match]) -> Match | None:
    """Return what is done to a protest, by a verb that the network takes for part of its name: "broke up a sit-in"."""
    nouns = [it.head.index for it in rules if it.pattern.type == "PROTEST" == named.type and it.head.pos == "NOUN"]
    done = (it for it in rules if it.pattern.type in {"ASSAULT", "COERCE"} and it.head.pos == "VERB")
    return next((it for it in done if any(one.index in nouns for one in tree.children(it.head, "dobj"))), None)


def _is_plain(tree: Tree, named: Named, tokens: Sequence[Token], rule: Match) -> bool:
    """Say whether a pattern's type is so by what its words mean: an uprising, and what is done to a protest.

    "Banned demonstrations" are no protest, nor is "a strike on a school".
    """
    top = top_of(tree, tokens)
    if rule.head.index != top.index:
        return False
    is_done = rule.pattern.type in {"ASSAULT", "COERCE"} and top.pos == "VERB"
    quells = named.type == "PROTEST" and is_done and bool(tree.children(top, "dobj", "nsubjpass"))
    strikes = named.type == "PROTEST" and rule.pattern.type == "ASSAULT" and bool(rule.pattern.prep)
    return quells or strikes or (top.pos == "NOUN" and rule.pattern.type == "PROTEST" and top.lemma in _PROTESTS)


def _doing(tree: Tree, rule: Match, tokens: Sequence[Token]) -> Token:
    """Return the verb of which a phrase is the object, if the network's words hold it: "fired tear gas"."""
    noun = first_in_row(tree, rule.head)
    verb = tree.head(noun)
    inside = noun.dep == "dobj" and verb.pos == "VERB" and any(it.index == verb.index for it in tokens)
    return verb if inside and rule.pattern.phrases else rule.head


def _certainty(reason: Reason | None, status: Status, but: str, score: float) -> float:
    """Return how sure a status is: as the rule that decides it, or as the surer of network and agreeing rule."""
    if reason is None or reason.status is not status:
        return score
    return reason.weight if but else max(reason.weight, score)


def _is_outcome(tree: Tree, rule: Match, attacks: Container[int]) -> bool:
    """Say whether a verb only tells what an attack did: "the blast killed six", "fired on them, wounding two"."""
    verb = rule.head
    if verb.lemma not in _OUTCOMES or rule.pattern.type != "ASSAULT":
        return False
    line = [verb]
    while line[-1].dep in {"advcl", "acl", "relcl", "conj", "xcomp"} and not _has_doer(tree, line[-1]):
        line.append(resumed(tree, line[-1]) or tree.head(line[-1]))
    subjects = [it for one in line[:1] + line[-1:] for it in tree.children(one, "nsubj", "csubj")]
    return any(it.index in attacks for it in (*line, *subjects))


def _has_doer(tree: Tree, verb: Token) -> bool:
    """Say whether a verb in a row has a subject of its own: "they attacked, but soldiers killed six"."""
    return verb.dep == "conj" and bool(tree.children(verb, "nsubj", "nsubjpass"))


def _ruled(tree: Tree, rule: Match, score: float, named: str) -> Candidate:
    """Return the event of a rule; the network's score is of the type that it named."""
    reason = reason_of(tree, rule)
    status = reason.status if reason else Status(rule.pattern.status or Status.ASSERTED)
    why = f"pattern {rule.pattern.id}; network: {named} {score:.2f}"
    return Candidate(
        rule, status, score, why + (f"; {reason.told}" if reason else ""), reason.weight if reason else 0.5
    )


def top_of(tree: Tree, tokens: Iterable[Token]) -> Token:
    """Return the word of a trigger that the others hang from; a verb or noun, also behind a preposition."""
    inside = list(tokens)
    tops = tops_of(inside) or inside[:1]
    behind = (it for top in tops for it in tree.children(top, "pobj") if it in inside)
    return next((token for token in (*tops, *behind) if token.pos in _SOLID), tops[0])


def _quote(known: Judged, tokens: Sequence[Token]) -> str:
    return known.report.text[tokens[0].start : tokens[-1].end]
