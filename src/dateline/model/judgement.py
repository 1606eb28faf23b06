"""What people say over the machine: `Judgement`, its `Withdrawal`, and their one form in JSON (`docs/judgements.md`).

A word is added, never edited; its id is the hash of its content. What many words come to is worked out in `decided`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from dateline.errors import UsageError
from dateline.model.text import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.model.event import Mention

JUDGEMENT = "dateline.judgement/1"
WITHDRAWAL = "dateline.withdrawal/1"


class Verdict(StrEnum):
    """A person's word on what two mentions, or two incidents, are to each other.

    `same`: all of both sides tell of one incident. `different`: none on the left tells of what any on the right tells.
    `unsure`: looked at, and it cannot be told; changes nothing. `part_of`: two incidents, the left one a part of the
    right one. `follow_up`: two incidents, the left one a consequence of the right one. `unrelated`: two incidents, and
    neither is part or consequence of the other, whatever the machine says.
    """

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    PART_OF = "part_of"
    FOLLOW_UP = "follow_up"
    UNRELATED = "unrelated"

    @property
    def is_one(self) -> bool | None:
        """Whether it says one incident or two; None if it says neither."""
        return None if self is Verdict.UNSURE else self is Verdict.SAME


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """A mention as a judgement holds on to it: by id, and by its words should a newer coder give it another id.

    Attributes:
        mention, report: ids.
        type: code of its type.
        start, end, quote: its trigger, half-open, in code points of the report's text.
    """

    mention: str
    report: str
    type: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on two sides: one mention each, or all mentions of two incidents as they stood.

    Attributes:
        left, right: what it is about, each sorted, never empty, with no mention in both.
        who: a name, by which the words of one person are known.
        settles: whether it was given to settle what others disagree on; such a word holds over plain ones.
    """

    left: tuple[Anchor, ...]
    right: tuple[Anchor, ...]
    verdict: Verdict
    who: str
    when: datetime
    reason: str = ""
    settles: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That a person takes back a judgement of their own: it counts as if it had never been given."""

    judgement: str
    who: str
    when: datetime
    reason: str = ""


Word = Judgement | Withdrawal


def anchor_of(mention: Mention) -> Anchor:
    """Return what a judgement keeps of a mention."""
    trigger = mention.trigger
    return Anchor(mention.id, mention.report, mention.type, trigger.start, trigger.end, trigger.quote)


def judge(
    left: Iterable[Mention], right: Iterable[Mention], verdict: Verdict, who: str, when: datetime, reason: str = ""
) -> Judgement:
    """Return a person's word on two sides, checked.

    Raises:
        UsageError: see `check_word`.
    """
    word = Judgement(_anchors(left), _anchors(right), verdict, who, when, reason)
    check_word(word)
    return word


def _anchors(mentions: Iterable[Mention]) -> tuple[Anchor, ...]:
    return tuple(sorted({anchor_of(mention) for mention in mentions}))


def check_word(word: Word) -> None:
    """Raise `UsageError` unless a word says who said it and when, and, if it is a judgement, of which two sides."""
    if not word.who.strip():
        raise UsageError("a judgement by nobody given; expected a name: who says so?")
    if word.when.tzinfo is None:
        raise UsageError(f"judgement dated {word.when.isoformat()} given; expected a time with its time zone")
    if isinstance(word, Withdrawal):
        return
    left, right = ({anchor.mention for anchor in side} for side in (word.left, word.right))
    if not left or not right or left & right:
        raise UsageError(
            f"judgement on {len(left)} and {len(right)} mentions, {len(left & right)} of them on both sides, given; "
            "expected at least one mention on each side and none on both"
        )


def word_id(word: Word) -> str:
    """Return the hash of what a word says."""
    return digest(word_json(word))


def word_json(word: Word) -> dict[str, Any]:
    """Return a word as a JSON object of schema `dateline.judgement/1` or `dateline.withdrawal/1`."""
    body = asdict(word) | {"when": word.when.astimezone(UTC).isoformat()}
    if isinstance(word, Withdrawal):
        return {"schema": WITHDRAWAL} | body
    sides = {side: [asdict(anchor) for anchor in sorted(getattr(word, side))] for side in ("left", "right")}
    return {"schema": JUDGEMENT} | body | sides | {"verdict": word.verdict.value}


def word_of(body: dict[str, Any]) -> Word:
    """Return the word that a JSON object stands for. Inverse of `word_json`.

    Raises:
        ValueError, KeyError, TypeError: if it stands for none.
        UsageError: if what it says is no whole word.
    """
    schema, about = body["schema"], {name: value for name, value in body.items() if name != "schema"}
    about["when"] = datetime.fromisoformat(about["when"])
    if schema == WITHDRAWAL:
        word: Word = Withdrawal(**about)
    elif schema == JUDGEMENT:
        sides = {side: tuple(Anchor(**anchor) for anchor in about[side]) for side in ("left", "right")}
        word = Judgement(**(about | sides | {"verdict": Verdict(about["verdict"])}))
    else:
        raise ValueError(f"schema {schema!r} given; expected {JUDGEMENT} or {WITHDRAWAL}")
    check_word(word)
    return word
