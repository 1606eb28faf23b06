"""Types of a codebook of one's own, in the cascade: by patterns made from it, and by likeness to its examples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.coding.fusion import Candidate, events_from, top_of
from dateline.coding.gate import make_gate
from dateline.coding.match import find_matches
from dateline.coding.patterns import Match, Pattern
from dateline.coding.similar import fit
from dateline.coding.status import reason_of
from dateline.coding.teaching import patterns_for
from dateline.model.event import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from dateline.coding.judged import Judged
    from dateline.coding.patterns import Patterns
    from dateline.coding.similar import Embed, Likeness, Similar
    from dateline.coding.tree import Tree
    from dateline.model.codebook import Codebook
    from dateline.model.event import Event
    from dateline.model.parse import Token


@dataclass(frozen=True)
class Own:
    """What a codebook of one's own teaches.

    Attributes:
        patterns: made from its words and examples.
        similar: its examples as vectors.
        is_wanted: says of a sentence whether a pattern could match.
        extends: whether the types that ship are coded too.
    """

    patterns: Patterns
    similar: Similar
    is_wanted: Callable[[str], bool]
    extends: bool


def learn(codebook: Codebook, embed: Embed) -> Own:
    """Return what a codebook teaches.

    Raises:
        CodebookError: if its words and examples cannot be made into patterns.
    """
    patterns = patterns_for(codebook)
    return Own(patterns, fit(codebook, embed), make_gate(patterns), bool(codebook.extends))


def own_events(known: Judged, own: Own, likenesses: Iterable[Likeness], coder: str) -> list[Event]:
    """Return the events of a sentence by the types of one's own.

    What a pattern finds is an event; its type's likeness, if any, is told with it. Of the types that the sentence is
    like and that no pattern finds, the likest is an event, at the words that the network takes for the name of an
    event, else at the main verb.
    """
    tree = known.sentence
    like = {likeness.type: likeness for likeness in likenesses}
    matches = [match for match in find_matches(tree, own.patterns) if match.pattern.own]
    found = [_matched(known, tree, match, like.get(match.pattern.type)) for match in matches]
    missed = [like[kind] for kind in sorted(like) if kind not in {match.pattern.type for match in matches}]
    if missed:
        found.append(_liked(known, tree, max(missed, key=lambda likeness: likeness.score)))
    return list(events_from(known, tree, found, coder))


def _matched(known: Judged, tree: Tree, match: Match, likeness: Likeness | None) -> Candidate:
    status, why = _status(known, tree, match)
    confidence = max(match.pattern.confidence, likeness.score if likeness else 0.0)
    return Candidate(match, status, confidence, f"pattern {match.pattern.id}{_told(likeness)}; {why}")


def _liked(known: Judged, tree: Tree, likeness: Likeness) -> Candidate:
    words = _naming(known) or [next(token for token in tree.tokens if token.head == token.index)]
    pattern = Pattern("likeness", likeness.type, likeness.form)
    match = Match(pattern, top_of(tree, words), words[0].index, words[-1].index)
    status, why = _status(known, tree, match)
    return Candidate(match, status, likeness.score, f"{_told(likeness).removeprefix('; ')}; {why}")


def _told(likeness: Likeness | None) -> str:
    return f"; like {likeness.key} {likeness.score:.2f} (from {likeness.threshold:.2f})" if likeness else ""


def _naming(known: Judged) -> list[Token]:
    """Return the words that the network is surest name an event of whatever type."""
    surest = max(known.judgement.named, key=lambda named: (named.confidence, -named.start), default=None)
    found = known.tokens(surest.start, surest.end) if surest else []
    return [token for token in found if token.pos != "PUNCT"]


def _status(known: Judged, tree: Tree, match: Match) -> tuple[Status, str]:
    """Return the status by the network, where it takes the same words for an event's name, else by the rules."""
    for named in known.judgement.named:
        if any(match.first <= token.index <= match.last for token in known.tokens(named.start, named.end)):
            return Status(named.status), f"network: {named.status} {named.status_score:.2f}"
    reason = reason_of(tree, match)
    return (reason.status, reason.told) if reason else (Status.ASSERTED, Status.ASSERTED.value)


def without(events: Iterable[Event], others: Iterable[Event]) -> Iterator[Event]:
    """Yield the events whose trigger is not that of another: one's own type goes before a type that ships."""
    taken = [event.trigger.span for event in others]
    yield from (event for event in events if not any(event.trigger.span.overlaps(span) for span in taken))


def likenesses_of(own: Own, sentences: Mapping[int, str], embed: Embed) -> dict[int, tuple[Likeness, ...]]:
    """Return, by place, the types that sentences are like."""
    found = own.similar.match(embed(list(sentences.values())))
    return dict(zip(sentences, found, strict=True))
