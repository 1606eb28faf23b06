"""What people said that the incidents of a dataset were made with, and not who they are: `Judged`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dateline.model.decided import Finder, decide
from dateline.model.judgement import Judgement
from dateline.publishing.pseudonyms import number_of
from dateline.storing.judging import State, states_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from dateline.model.event import Mention
    from dateline.model.judgement import Anchor, Word


@dataclass(frozen=True, slots=True)
class Judged:
    """A person's judgement on incidents of this dataset, as the newest run took it into account.

    Attributes:
        id: id of the judgement, a hash of what it says
        verdict: same, different, unsure; part_of, follow_up, unrelated
        judge: a pseudonym, the same for all that one person said here; names are not published
        day: the day on which it was given, UTC
        settles: whether it was given to settle what others disagree on
        state: counts; open: contradicted, so that the machine decides; replaced by a later word
        left, right: ids of the mentions of this dataset that either side is about
    """

    id: str
    verdict: str
    judge: str
    day: date
    settles: bool
    state: str
    left: tuple[str, ...]
    right: tuple[str, ...]


def judged(
    words: Mapping[str, Word], mentions: Sequence[Mention], published: Collection[str], key: bytes | None
) -> tuple[Judged, ...]:
    """Return the judgements that are about something published, oldest first; reasons and names stay at home.

    Args:
        words: judgements and withdrawals by id, oldest first.
        mentions: all of the project.
        published: ids of those that are published.
        key: of pseudonyms; without one, judges are numbered in the order of their first word.
    """
    if not words:
        return ()
    states = states_of(words, decide(words.values(), mentions))
    standing = [
        (name, word)
        for name, word in words.items()
        if isinstance(word, Judgement) and states[name] not in (State.WITHDRAWN, State.UNUSED)
    ]
    if not standing:
        return ()
    find, names = Finder(mentions), _pseudonyms((word.who for _, word in standing), key)
    rows = (_row(name, word, states[name], names[word.who], find, published) for name, word in standing)
    return tuple(row for row in rows if row.left and row.right)


def _row(name: str, word: Judgement, state: State, judge: str, find: Finder, published: Collection[str]) -> Judged:
    left, right = (_found(side, find, published) for side in (word.left, word.right))
    return Judged(name, word.verdict.value, judge, word.when.date(), word.settles, state.value, left, right)


def _found(side: Iterable[Anchor], find: Finder, published: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted({it for anchor in side if (it := find[anchor]) and it in published}))


def _pseudonyms(judges: Iterable[str], key: bytes | None) -> dict[str, str]:
    if key is None:
        return {name: f"judge {number}" for number, name in enumerate(dict.fromkeys(judges), start=1)}
    return {name: f"judge {number_of(name, key)}" for name in judges}


def tell(rows: Sequence[Judged]) -> str:
    """Return in a sentence how many judgements of how many people went into a dataset.

    >>> tell(())
    'No judgement of a person went into it.'
    """
    if not rows:
        return "No judgement of a person went into it."
    verdicts = ", ".join(f"{count} {name}" for name, count in sorted(Counter(it.verdict for it in rows).items()))
    judges = sorted(Counter(it.judge for it in rows).items())
    people = ", ".join(f"{name} ({count})" for name, count in judges)
    return f"{len(rows)} judgements ({verdicts}) of {len(judges)} people went into it: {people}."
