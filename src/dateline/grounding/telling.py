"""How a report goes on from one event to the next: what is told along with another, of an earlier day, of elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dateline.grounding.ties import is_saying
from dateline.model.parse import head_of, parsed_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.model.event import Coding, Event
    from dateline.model.parse import Sentence, Token

_UNITS = (
    r"(?:cit(?:y|ies)|towns?|villages?|provinces?|states?|districts?|regions?|parts?|places?|areas?|neighbou?rhoods?)"
)
_ELSEWHERE = re.compile(
    rf"\b(?:elsewhere|(?:another|other|different|neighbou?ring|nearby) {_UNITS}|"
    r"the rest of the (?:country|nation|region))\b"
)
_SEPARATE = re.compile(
    r"\A\W*(?:(?:in|on|at|during) (?:a |an |two |three |several )?"
    r"(?:another|separate|similar|different|other|unrelated) \w+|separately)\b"
)
_OTHER = frozenset("another other similar separate different previous earlier further unrelated second last".split())
PERFECT = "had"
AHEAD = frozenset("will would shall should may might must 'll ’ll wo".split())
_ABOUT = frozenset("for over about against with since following despite because after".split())
_WHEN = frozenset("after before since until because although if".split())
_OF = frozenset({"of", "in"})
# Acts of law, and what they are about: "charged on Monday in the killing", "arrested over".
LEGAL = frozenset(
    "charge arrest sentence convict try indict accuse jail detain acquit seek question arraign plead implicate".split()
)
_VERBAL = frozenset({"VERB", "AUX"})
_MODIFYING = ("amod", "det", "nummod")


def turns_away(sentence: Sentence) -> bool:
    """Say whether a sentence turns to another place or another case: "elsewhere", "in another city", "separately"."""
    words = " ".join(token.text.lower() for token in sentence.tokens)
    return _ELSEWHERE.search(words) is not None or _SEPARATE.search(words) is not None


@dataclass(frozen=True)
class Told:
    """An event as it is told: its sentence, and the head of its trigger; both None where nothing was parsed."""

    event: Event
    sentence: Sentence | None

    @classmethod
    def of(cls, event: Event, coding: Coding) -> Told:
        """Return an event with the sentence that tells it."""
        return cls(event, parsed_at(coding.sentences, event.trigger.start))

    @cached_property
    def head(self) -> Token | None:
        """The head of the event's words."""
        words = self.sentence.within(self.event.trigger.start, self.event.trigger.end) if self.sentence else []
        return head_of(words) if words else None

    @cached_property
    def is_deed(self) -> bool:
        """Whether it happened, and was not done in words."""
        return self.event.status.happened and not is_saying(self.event)

    @cached_property
    def is_earlier(self) -> bool:
        """Whether it is told as of before the tale: "had marched"."""
        return any(word.text.lower() == PERFECT for word in self._helpers)

    @cached_property
    def is_ahead(self) -> bool:
        """Whether it is told as of a day to come, or as what may be: "will march"."""
        return any(word.text.lower() in AHEAD for word in self._helpers)

    @cached_property
    def is_subject(self) -> bool:
        """Whether it only stands in what another is about: "jailed for the attack", "charged with the murder"."""
        if self.sentence is None or self.head is None or self.head.dep not in ("pobj", "pcomp"):
            return False
        preposition = self.sentence.head(self.head)
        holder = self.sentence.head(preposition)
        return preposition.lemma in _ABOUT or (preposition.lemma in _OF and holder.lemma in LEGAL)

    @cached_property
    def is_another(self) -> bool:
        """Whether its words tell it apart from others of its kind: "a similar attack", "another clash"."""
        if self.sentence is None or self.head is None:
            return False
        return any(word.lemma in _OTHER for word in self.sentence.children(self.head, *_MODIFYING))

    @cached_property
    def is_before_or_after(self) -> bool:
        """Whether a conjunction tells it to be of another time: "walked out after the company sacked two"."""
        verb = self._verb
        if self.sentence is None or verb is None or verb.dep != "advcl":
            return False
        return any(mark.lemma in _WHEN for mark in self.sentence.children(verb, "mark", "advmod", "prep"))

    @cached_property
    def _verb(self) -> Token | None:
        """The verb that the event is, or hangs on."""
        if self.sentence is None or self.head is None:
            return None
        line = [self.head, *self.sentence.ancestors(self.head)]
        return next((word for word in line if word.pos in _VERBAL), None)

    @property
    def _helpers(self) -> Sequence[Token]:
        return self.sentence.children(self._verb, "aux", "auxpass") if self.sentence and self._verb else ()


def last_told(mine: Told, others: Sequence[Told]) -> Told | None:
    """Return the event that another goes on from, of those told before it in one sentence, in their order.

    What an act is about, and an earlier deed, go on from what the sentence was about ("sentenced for an attack. They
    had thrown ..."), any other from what it told.
    """
    kin = [it for it in others if it.is_subject is (mine.is_subject or mine.is_earlier)]
    rivals = others if mine.is_earlier and not mine.is_subject and not kin else kin
    return next(reversed(rivals), None)
