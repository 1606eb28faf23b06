"""What people's words come to: `decide`. A function of the words and the mentions alone; no order changes it.

The rules, each tested:

1. A word that its author has withdrawn does not count.
2. For each pair of mentions, only a person's latest word counts. "Same" is said of all pairs of both sides, every other
   verdict of the pairs across.
3. Words that settle hold over plain ones.
4. A question on which the people whose words are left agree is decided as they say; "unsure" says nothing. Where they
   disagree nobody's word holds, the machine decides as if none had been given, and the conflict is shown until one of
   them withdraws or somebody settles it.
5. Joins that would bring together a pair that is kept apart (A with B, B with C, but not A with C) give way, older ones
   first, and are shown as a conflict too.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations, product
from typing import TYPE_CHECKING

from dateline.model.judgement import Anchor, Judgement, Verdict, Withdrawal, word_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dateline.model.event import Mention
    from dateline.model.judgement import Word

Pair = tuple[str, str]
"""Two mention ids, the lower first."""

Related = tuple[Verdict, str, str]
"""Part of, follow-up or unrelated; which mention is the part or consequence, and which the other."""

_RELATIONS = (Verdict.PART_OF, Verdict.FOLLOW_UP, Verdict.UNRELATED)


class Question(StrEnum):
    """What people can disagree on about two mentions.

    `identity`: are they one incident or two? `relation`: what are the two to each other? `chain`: joins that, taken
    together, bring together what is kept apart.
    """

    IDENTITY = "identity"
    RELATION = "relation"
    CHAIN = "chain"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question that is open, since words contradict each other.

    Attributes:
        judgements: ids of the words in question, sorted by time.
        pairs: the pairs of mentions that are open, sorted.
    """

    question: Question
    judgements: tuple[str, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What holds.

    Attributes:
        together, apart: pairs that are one incident, and pairs that are not.
        related: pairs of which people say how the two are related, or that they are not.
        conflicts: what is open, sorted.
        unused: judgements with a side none of whose mentions is there (any more), oldest first.
        heard: ids of the judgements that are weighed for some pair: not withdrawn, not replaced by a later word of the
            same person, not overruled by one that settles.
    """

    together: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    related: frozenset[Related] = frozenset()
    conflicts: tuple[Conflict, ...] = ()
    unused: tuple[Judgement, ...] = ()
    heard: frozenset[str] = frozenset()


def standing(words: Iterable[Word]) -> dict[str, Judgement]:
    """Return by id the judgements that their authors have not taken back, oldest first."""
    known = {word_id(word): word for word in words}
    taken = {(it.judgement, it.who) for it in known.values() if isinstance(it, Withdrawal)}
    kept = {name: word for name, word in known.items() if isinstance(word, Judgement) and (name, word.who) not in taken}
    return dict(sorted(kept.items(), key=lambda item: (item[1].when, item[0])))


def decide(words: Iterable[Word], mentions: Iterable[Mention]) -> Decided:
    """Return what people's words decide about these mentions."""
    judgements = standing(words)
    if not judgements:
        return Decided()
    found = Finder(mentions)
    said, unused = _Said(), []
    for name, judgement in judgements.items():
        left, right = (sorted({it for anchor in side if (it := found[anchor])}) for side in _sides(judgement))
        said.take(name, judgement, left, right)
        unused += [judgement] if not left or not right else []
    return said.decided(judgements, tuple(unused))


def _sides(judgement: Judgement) -> tuple[tuple[Anchor, ...], tuple[Anchor, ...]]:
    return judgement.left, judgement.right


class Finder:
    """Finds the mention that an anchor is about: the one of its id, or else of its type on the same words.

    Of several whose triggers overlap the anchor's, the one that shares most of it, then the first.
    """

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._told: dict[tuple[str, str], list[tuple[int, int, str]]] = defaultdict(list)
        self._ids: set[str] = set()
        for it in mentions:
            self._ids.add(it.id)
            self._told[it.report, it.type].append((it.trigger.start, it.trigger.end, it.id))

    def __getitem__(self, anchor: Anchor) -> str | None:
        if anchor.mention in self._ids:
            return anchor.mention
        told = self._told.get((anchor.report, anchor.type), ())
        shared = [(min(end, anchor.end) - max(start, anchor.start), -start, name) for start, end, name in told]
        return max((it for it in shared if it[0] > 0), default=(0, 0, None))[2]


@dataclass(slots=True)
class _Said:
    """For each pair of mentions, the latest word of each person, plain and settling apart."""

    latest: dict[Pair, dict[tuple[bool, str], tuple[str, Related]]] = field(default_factory=lambda: defaultdict(dict))

    def take(self, name: str, judgement: Judgement, left: Sequence[str], right: Sequence[str]) -> None:
        """Note a word on all pairs that it speaks of. Later words must come later."""
        key = (judgement.settles, judgement.who)
        for a, b in _pairs(judgement.verdict, left, right):
            if a != b:
                self.latest[min(a, b), max(a, b)][key] = (name, (judgement.verdict, a, b))

    def decided(self, judgements: Mapping[str, Judgement], unused: tuple[Judgement, ...]) -> Decided:
        """Return what all words come to."""
        age = {name: number for number, name in enumerate(judgements)}
        joins: dict[Pair, str] = {}
        apart: dict[Pair, str] = {}
        related: set[Related] = set()
        open_: dict[tuple[Question, tuple[str, ...]], list[Pair]] = defaultdict(list)
        heard: set[str] = set()
        for pair in sorted(self.latest):
            words = _weightiest(self.latest[pair])
            heard |= {name for name, _ in words}
            names = tuple(sorted({name for name, _ in words}, key=age.__getitem__))
            answers = {verdict.is_one for _, (verdict, _, _) in words} - {None}
            kinds = {related_as for _, related_as in words if related_as[0] in _RELATIONS}
            if len(answers) > 1:
                open_[Question.IDENTITY, names].append(pair)
            elif answers:
                (joins if True in answers else apart)[pair] = names[-1]
                if len(_answers(kinds)) > 1:
                    open_[Question.RELATION, names].append(pair)
                else:
                    related |= kinds
        together, broken = _consistent(sorted(joins, key=lambda it: (-age[joins[it]], it)), apart)
        for pair, rival in broken.items():
            open_[Question.CHAIN, tuple(sorted({joins[pair], apart[rival]}, key=age.__getitem__))].append(pair)
        conflicts = tuple(Conflict(*key, tuple(pairs)) for key, pairs in sorted(open_.items()))
        return Decided(together, frozenset(apart), frozenset(related), conflicts, unused, frozenset(heard))


def _pairs(verdict: Verdict, left: Sequence[str], right: Sequence[str]) -> Iterator[Pair]:
    """Yield the pairs that a word speaks of; none if a side is not there."""
    if left and right and verdict is Verdict.SAME:
        yield from combinations(sorted({*left, *right}), 2)
    else:
        yield from product(left, right)


def _weightiest(words: Mapping[tuple[bool, str], tuple[str, Related]]) -> list[tuple[str, Related]]:
    """Return the words that settle, or all if none does."""
    settling = [word for (settles, _), word in words.items() if settles]
    return settling or list(words.values())


def _answers(kinds: Iterable[Related]) -> set[Related]:
    """Return what is said of the relation; that two are unrelated has no direction."""
    return {kind if kind[0] is not Verdict.UNRELATED else (kind[0], "", "") for kind in kinds}


def _consistent(joins: Iterable[Pair], apart: Iterable[Pair]) -> tuple[frozenset[Pair], dict[Pair, Pair]]:
    """Return the joins, taken in order, that bring together no pair kept apart; and for the others, which pair that is.

    A group is known by its lowest id; what is kept apart from a group is looked up by group, so that the cost is near
    that of the pairs.
    """
    group: dict[str, list[str]] = {}
    rivals: dict[str, set[str]] = defaultdict(set)
    for left, right in apart:
        rivals[left].add(right)
        rivals[right].add(left)
    kept: set[Pair] = set()
    broken: dict[Pair, Pair] = {}
    for left, right in joins:
        ours, theirs = group.setdefault(left, [left]), group.setdefault(right, [right])
        clash = None if ours is theirs else _clash(ours, theirs, rivals)
        if clash:
            broken[left, right] = clash
            continue
        kept.add((left, right))
        if ours is not theirs:
            large, small = (ours, theirs) if len(ours) >= len(theirs) else (theirs, ours)
            large += small
            group.update(dict.fromkeys(small, large))
    return frozenset(kept), broken


def _clash(ours: Iterable[str], theirs: Iterable[str], rivals: Mapping[str, set[str]]) -> Pair | None:
    """Return the first pair between two groups that is kept apart."""
    others = set(theirs)
    clashes = ((min(a, b), max(a, b)) for a in ours if a in rivals for b in rivals[a] & others)
    return min(clashes, default=None)
