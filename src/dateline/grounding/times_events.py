"""Which time of a report belongs to an event."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.grounding.retold import retellings
from dateline.grounding.telling import LEGAL
from dateline.grounding.ties import is_saying
from dateline.grounding.times_along import told_along
from dateline.grounding.times_tale import (
    SAYING,
    VERBAL,
    above_of,
    chain_of,
    day_of_tale,
    inferred,
    inside_of,
    is_dateline,
)
from dateline.grounding.trees import Tree
from dateline.model.ground import Basis, Granularity, Role
from dateline.model.parse import head_of, sentence_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.model.event import Coding, Event
    from dateline.model.ground import When
    from dateline.model.parse import Sentence, Token

# Prepositions and conjunctions behind which stands something of another time: "jailed in May for the protests".
_APART = frozenset(
    "for over after before since against following despite because until about amid amidst into if although".split()
)
_CONCERNING = frozenset({"in", "with", "of", "on", "to"})
# What a report calls the first or the worst since a time did not happen then.
_RECORD = re.compile(
    r"\b(?:first|worst|biggest|largest|deadliest|bloodiest|highest|lowest|most|no|not|never|nothing|unseen)\b[^.;]*\Z",
    re.IGNORECASE,
)
# Nouns that are of the time of what they are a part or number of: "a wave of arrests began on Monday".
_PARTS = frozenset(
    "wave series spate string round number dozen hundred thousand score lot kind sort act day night week start".split()
)
_ABOUT = frozenset("about against before after for into over since until".split())
# "Struck for a day on Monday": a spell is nothing that an event is about.
_SPELLS = frozenset("minute hour day night week month time while".split())
_LONG = frozenset({Granularity.YEAR, Granularity.DECADE})
_UTTERANCE = frozenset(
    "message speech statement address interview report bulletin broadcast letter tweet sermon".split()
)
_RELATIVE = frozenset({"relcl", "acl"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "ADJ", "DET", "ADP", "PART", "SPACE"})
_KNOWN = frozenset({Basis.STATED, Basis.RESOLVED})
_LOOSE = 9
_FRONT = 16  # characters from the start of the sentence


def times_of(coding: Coding, times: Sequence[When]) -> list[When | None]:
    """Return the time of each event of a report, None where nothing tells; in the order of its events.

    It is that of `time_of`; an event that has none, and is told by a noun or in the first sentences, is inferred to be
    of the time that its other tellings state, if they all state the same.
    """
    told = [time_of(event, coding, times) for event in coding.events]
    found = list(told)
    for number, others in retellings(coding.events, coding):
        known = [when for other in others if (when := told[other]) and when.basis in _KNOWN and when.edtf]
        if told[number] is None and len({when.edtf for when in known}) == 1:
            found[number] = inferred(known[0])
    return told_along(coding, found, times)


def time_of(event: Event, coding: Coding, times: Sequence[When]) -> When | None:
    """Return the time that belongs to an event, or None: never one that only stands near.

    In order: a time the coder named as an argument; one that hangs on the words of the event itself ("the November
    2019 uprising"); one on the verb above it, or on a verb before it that it is joined to by `and`, if the time
    opens both; one in its clause; the day that the tale stands at, as an inference (`_carried`). The time of saying
    ("said on Tuesday") belongs to what is said only where the event is the saying; the time of a sentence or an arrest
    is not that of the deed it is for; the time in a dateline belongs to none. The publication date is a time only where
    words lean on it.
    """
    dated = [when for when in times if when.granularity is not Granularity.UNKNOWN and not _is_record(when, coding)]
    for argument in event.of(Role.TIME):
        named = next((when for when in dated if when.evidence.span.overlaps(argument.span)), None)
        if named is not None:
            return named
    start = event.trigger.start
    sentence = sentence_at(coding.sentences, start)
    if sentence is None:
        return _nearest(event, [when for when in dated if event.clause.contains(when.evidence.span)])
    inside = inside_of(dated, sentence)
    if inside:
        return _in_sentence(event, sentence, [when for when in inside if not is_dateline(when, sentence)])
    return day_of_tale(event, sentence, coding, times) if not inside_of(times, sentence) else None


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where an event stands in the tree of its sentence.

    `reach` holds the words above it that share its time, each with how far up it is and whether across an `and`;
    `is_apart` tells that something above it keeps it from sharing the time of the main clause.
    """

    event: Event
    sentence: Sentence
    tree: Tree
    trigger: Token
    reach: dict[int, tuple[int, bool]]
    is_apart: bool


def _is_record(when: When, coding: Coding) -> bool:
    """Say whether a time only says since when there was nothing like it: "the worst riots since 1984"."""
    sentence = sentence_at(coding.sentences, when.evidence.start)
    if sentence is None or not when.evidence.quote.lower().startswith("since "):
        return False
    before = " ".join(word.text for word in sentence.tokens if word.end <= when.evidence.start)
    return _RECORD.search(before) is not None


def _in_sentence(event: Event, sentence: Sentence, times: Sequence[When]) -> When | None:
    words = sentence.within(event.trigger.start, event.trigger.end)
    if not times:
        return None
    if not words:
        fronted = [when for when in times if _is_fronted(when, sentence)]
        return _nearest(event, [when for when in times if event.clause.contains(when.evidence.span)] or fronted)
    tree = Tree.of(sentence)
    trigger = head_of(words)
    line = [token for token in (trigger, *above_of(tree, trigger)) if token.dep not in {*_RELATIVE, "ccomp"}]
    apart = any(_is_apart(tree, token) for token in line)
    stand = _Stand(event, sentence, tree, trigger, _reach(tree, trigger), apart)
    ranked = [(_rank(stand, when, chain_of(tree, sentence, when)), when) for when in times]
    lowest = min((rank for rank, _ in ranked if rank is not None), default=None)
    return (
        _nearest(event, _originals([when for rank, when in ranked if rank == lowest])) if lowest is not None else None
    )


def _originals(times: Sequence[When]) -> list[When]:
    """Leave out times that lean on another of them: of `On November 17, on the third day`, keep the first."""
    quoted = {when.evidence for when in times}
    return [when for when in times if not quoted.intersection(when.support)]


def _nearest(event: Event, times: Sequence[When]) -> When | None:
    """Return the time nearest to the trigger; one that is known comes before one that is not."""
    at = event.trigger.start
    return min(times, key=lambda when: (when.basis is Basis.UNKNOWN, abs(when.evidence.start - at)), default=None)


def _reach(tree: Tree, trigger: Token) -> dict[int, tuple[int, bool]]:
    """Return the words above a trigger that share its time: how far up, and whether across an `and`."""
    reach = {trigger.index: (0, False)}
    token, beside = trigger, False
    for steps, above in enumerate(above_of(tree, trigger), start=1):
        if _is_apart(tree, token):
            break
        beside = beside or token.dep == "conj"
        reach[above.index] = (steps, beside)
        token = above
    return reach


def _is_apart(tree: Tree, token: Token) -> bool:
    """Say whether what stands above a word may well be of another time than the word."""
    above = tree.head(token)
    if token.dep in _RELATIVE or token.dep == "ccomp":
        return True
    if token.dep in {"pobj", "pcomp"}:
        holder = tree.head(above)
        if holder.pos == "NOUN" and holder.dep in _SUBJECTS and holder.lemma not in _PARTS:
            return True
        if above.lemma in _CONCERNING and holder.lemma in LEGAL and token.pos == "NOUN":
            return True
        return above.lemma in _APART or holder.lemma == "prior"
    return token.dep == "advcl" and any(mark.lemma in _APART for mark in tree.children(token, "mark", "advmod"))


def _rank(stand: _Stand, when: When, chain: Sequence[Token]) -> int | None:
    """Return how loosely a time belongs to an event, 0 closest; None where it belongs to something else."""
    if not chain:
        return _rank_adrift(stand, when)
    own = next((place for place, word in enumerate(chain) if stand.reach.get(word.index, (1, False))[0] == 0), None)
    if own is not None:
        strange = _is_spoken(stand, when) or _is_of_other(stand, when, chain[:own]) or _is_aimed_at(stand, when)
        return None if strange else 0
    verb = chain[-1]
    if verb.lemma in SAYING:
        return 6 if _is_said_then(stand, verb) else None
    if verb.index in stand.reach:
        steps, beside = stand.reach[verb.index]
        if not (beside and when.evidence.start > verb.start):
            return steps
    return _rank_aside(stand, when, verb)


def _is_of_other(stand: _Stand, when: When, between: Sequence[Token]) -> bool:
    """Say whether a time is that of something else that an event is about: "an inquiry into the 2016 election"."""
    if not between:
        return False
    holders = [stand.tree.head(word) for word in between]
    about = any(
        holder.pos == "ADP" and holder.lemma in _ABOUT and word.lemma not in _SPELLS
        for holder, word in zip(holders, between, strict=True)
    )
    return about or when.granularity in _LONG


def _is_aimed_at(stand: _Stand, when: When) -> bool:
    """Say whether a time is that for which words call or plan something: "called a strike for Friday"."""
    before = [word.lemma for word in stand.sentence.tokens if word.end <= when.evidence.start]
    return is_saying(stand.event) and before[-1:] == ["for"]


def _is_said_then(stand: _Stand, verb: Token) -> bool:
    """Say whether an event done in words is itself what a verb of saying above it tells: "said on Monday it was wrong".

    What somebody said that somebody had said is of an earlier day.
    """
    above = {token.index for token in above_of(stand.tree, stand.trigger)}
    earlier = any(helper.text.lower() == "had" for helper in stand.tree.children(stand.trigger, "aux"))
    return is_saying(stand.event) and verb.index in above and not earlier


def _rank_adrift(stand: _Stand, when: When) -> int | None:
    """Rank a time that hangs on no word: one that opens the sentence holds for all of its main line."""
    if _is_fronted(when, stand.sentence) and not stand.is_apart:
        return 7
    return _LOOSE if stand.event.clause.contains(when.evidence.span) else None


def _is_spoken(stand: _Stand, when: When) -> bool:
    """Say whether a time after an event noun is that of words named in between: `protests in a speech on Monday`."""
    if stand.trigger.pos != "NOUN" or when.evidence.start < stand.event.trigger.end:
        return False
    between = stand.sentence.within(stand.event.trigger.end, when.evidence.start)
    return any(word.lemma in _UTTERANCE for word in between)


def _rank_aside(stand: _Stand, when: When, verb: Token) -> int | None:
    """Rank a time on a word below or beside the event, or one whose place in the tree tells nothing."""
    tree, event = stand.tree, stand.event
    base = tree.head(verb)
    while base.dep == "conj" and verb.dep == "advcl" and stand.reach.get(base.index, (1, False))[0]:
        base = tree.head(base)
    below = stand.reach.get(base.index, (1, False))[0] == 0
    if below and verb.dep in _RELATIVE:
        return 1
    if below and verb.dep == "advcl" and not _is_apart(tree, verb):
        return 5
    if _follows(stand, when):
        return 6
    if verb.pos not in VERBAL and _is_fronted(when, stand.sentence) and not stand.is_apart:
        return 7
    if below and verb.dep == "conj" and not tree.children(verb, *_SUBJECTS):
        return 8
    inside = event.clause.contains(when.evidence.span) and event.clause.start <= verb.start < event.clause.end
    return _LOOSE if inside and not stand.is_apart else None


def _follows(stand: _Stand, when: When) -> bool:
    """Say whether a time follows an event noun with nothing between but its places and numbers."""
    if stand.trigger.pos != "NOUN" or stand.is_apart or when.evidence.start < stand.event.trigger.end:
        return False
    between = stand.sentence.within(stand.event.trigger.end, when.evidence.start)
    return len(between) <= 12 and all(word.pos in _NOMINAL and word.lemma not in _UTTERANCE for word in between)


def _is_fronted(when: When, sentence: Sentence) -> bool:
    return when.evidence.start - sentence.start <= _FRONT
