"""Sentences in which the words of an event are marked: `{a|Dockers} {t|downed tools} at the {p|port} on {w|Monday}`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.errors import CodebookError

ROLES = {"t": "trigger", "a": "actor", "r": "recipient", "p": "place", "w": "time", "n": "figure"}
"""What the letter of a mark stands for. A trigger is the fewest words that name the event and tell its type."""

_MARK = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of an example that play a role; half-open, in code points of its text."""

    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that tells of an event of a type, or (a counterexample) of none.

    Attributes:
        text: the sentence without markup.
        marks: its words that play a role, in order.
    """

    text: str
    marks: tuple[Mark, ...] = ()

    def of(self, role: str) -> tuple[Mark, ...]:
        """Return the words that play a role, in order."""
        return tuple(mark for mark in self.marks if mark.role == role)

    def words(self, mark: Mark) -> str:
        """Return the words of a mark."""
        return self.text[mark.start : mark.end]


def read_marked(marked: str) -> Example:
    """Return the example that a sentence with marks stands for.

    >>> example = read_marked("{a|Dockers} {t|downed tools}.")
    >>> example.text, example.words(example.of("trigger")[0])
    ('Dockers downed tools.', 'downed tools')

    Raises:
        CodebookError: naming every fault of the markup at once.
    """
    pieces: list[str] = []
    marks: list[Mark] = []
    faults: list[str] = []
    done = length = 0
    for found in _MARK.finditer(marked):
        letter, words = found.groups()
        before = marked[done : found.start()]
        start = length + len(before)
        faults += _faults_of(letter, words)
        pieces += [before, words]
        length, done = start + len(words), found.end()
        marks.append(Mark(ROLES.get(letter, letter), start, length))
    text = "".join([*pieces, marked[done:]])
    if not text.strip():
        faults.append("it is empty; expected a sentence")
    if "{" in text or "}" in text:
        faults.append("a brace is left over after its marks were read; marks are {letter|words} and do not nest")
    if faults:
        raise CodebookError("; ".join(faults))
    return Example(text, tuple(marks))


def _faults_of(letter: str, words: str) -> list[str]:
    known = ", ".join(f"{key} ({role})" for key, role in ROLES.items())
    mark = f"mark {{{letter}|{words}}}"
    faults = [] if letter in ROLES else [f"{mark} has the letter {letter!r}; expected one of {known}"]
    if not words.strip() or words != words.strip():
        faults.append(f"{mark} begins or ends in a space or holds nothing; expected words alone")
    return faults
