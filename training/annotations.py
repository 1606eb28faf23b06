"""The marked-up sentences of `training/sentences`: reading and checking them. The format is in GUIDELINES.md.

`python -m training.annotations FILE...` checks files and counts what they hold.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline.model.codebook import plover

STATUSES = ("asserted", "denied", "planned", "hypothetical", "called_for", "generic", "background")
CONDUCT = ("KILL", "ARREST", "FAIL", "FORCE", "ANY_ACTION")
ROLES = {"t": "trigger", "a": "actor", "r": "recipient", "p": "place", "w": "time", "n": "figure"}
REGISTERS = frozenset("agency state opposition ngo court local monitor diplomatic broadcast communique other".split())
FOLDER = Path(__file__).parent / "sentences"

_MARK = re.compile(r"\{([a-z])(\d*)\|([^{}|]+)\}")
_EVENT = re.compile(r"(\d) ([A-Z]+)(?:\.(\w+))? (\w+)")


class AnnotationError(ValueError):
    """A record that is not in the format, with file, line and what was expected."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """An event of an example: its number in the markup, type, form (None: not told) and status."""

    number: int
    type: str
    form: str | None
    status: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Words of an example that play a role, for the events with these numbers (none: for all of them)."""

    role: str
    events: tuple[int, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence in context, as annotated.

    Attributes:
        id: file name and line of the record.
        register, country, headline: of the report that the sentence might stand in; may be empty.
        before: the sentences before it, "" at the start of a report.
        text: the sentence without markup.
        events, marks: the annotation. No event: the sentence tells of none.
        trap: why an example without events looks like one, in a word; "" if it does not.
        conduct: what police did, of `CONDUCT`; None where it is not said.
        is_marked: False where only the conduct is annotated, so that events may be told and are not known.
    """

    id: str
    register: str
    country: str
    headline: str
    before: str
    text: str
    events: tuple[Labelled, ...]
    marks: tuple[Marked, ...]
    trap: str = ""
    conduct: frozenset[str] | None = None
    is_marked: bool = True


def read_examples(paths: Iterable[Path]) -> list[Example]:
    """Return the examples of the files, in order.

    Raises:
        AnnotationError: for the first record that is not in the format.
    """
    return [example for path in paths for example in _examples(path)]


def _examples(path: Path) -> Iterator[Example]:
    for line, block in _blocks(path.read_text("utf-8")):
        name = f"{path.stem}:{line}"
        try:
            yield _example(name, block)
        except (ValueError, KeyError) as error:
            raise AnnotationError(f"{name}: {error}") from error


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    block: list[str] = []
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if line.strip() and not line.startswith("#"):
            block.append(line.strip())
        elif not line.strip() and block:
            yield number - len(block), block
            block = []


def _example(name: str, block: list[str]) -> Example:
    head = block[0]
    if not head.startswith("@"):
        raise ValueError(f"a record begins with '@ register, country | headline'; found {head[:40]!r}")
    about, _, headline = head[1:].partition("|")
    register, _, country = (part.strip() for part in about.partition(","))
    if register not in REGISTERS:
        raise ValueError(f"register {register!r}; expected one of {', '.join(sorted(REGISTERS))}")
    before = " ".join(line[1:].strip() for line in block[1:] if line.startswith("<"))
    bodies = [line for line in block[1:] if line[0] not in "<=" and not _is_label(line)]
    if len(bodies) != 1:
        raise ValueError(f"expected one sentence, found {len(bodies)}: {[body[:30] for body in bodies]}")
    text, marks = _unmark(bodies[0])
    labels = [line for line in block[1:] if _is_label(line)]
    events = tuple(_event(line) for line in labels if not line.startswith("0"))
    trap = next((line[1:].strip() for line in labels if line.startswith("0")), "")
    conduct = next((_conduct(line) for line in block[1:] if line.startswith("=")), None)
    is_marked = bool(labels) or conduct is None
    _check(events, marks, labels if is_marked else ["0"])
    return Example(name, register, country, headline.strip(), before, text, events, marks, trap, conduct, is_marked)


def _conduct(line: str) -> frozenset[str]:
    labels = frozenset(line[1:].split())
    if labels - set(CONDUCT):
        raise ValueError(f"conduct {sorted(labels - set(CONDUCT))}; expected some of {', '.join(CONDUCT)}, or none")
    return labels


def _is_label(line: str) -> bool:
    return bool(_EVENT.fullmatch(line)) or line == "0" or line.startswith("0 ")


def _event(line: str) -> Labelled:
    found = _EVENT.fullmatch(line)
    if found is None:
        raise ValueError(f"expected 'number TYPE.form status', found {line!r}")
    number, kind, form, status = found.groups()
    plover().check(kind, form)
    if status not in STATUSES:
        raise ValueError(f"status {status!r}; expected one of {', '.join(STATUSES)}")
    return Labelled(int(number), kind, form, status)


def _unmark(body: str) -> tuple[str, tuple[Marked, ...]]:
    text = ""
    marks: list[Marked] = []
    last = 0
    for found in _MARK.finditer(body):
        text += body[last : found.start()]
        letter, numbers, words = found.groups()
        if letter not in ROLES:
            raise ValueError(f"mark {letter!r}; expected one of {', '.join(ROLES)}")
        marks.append(Marked(ROLES[letter], tuple(map(int, numbers)), len(text), len(text) + len(words)))
        text += words
        last = found.end()
    text += body[last:]
    if "{" in text or "}" in text:
        raise ValueError(f"a brace is left over after the marks were read: {text[:60]!r}")
    return text, tuple(marks)


def _check(events: tuple[Labelled, ...], marks: tuple[Marked, ...], labels: list[str]) -> None:
    if not labels:
        raise ValueError("no label line; a sentence without events needs the line '0'")
    numbers = [event.number for event in events]
    if numbers != list(range(1, len(numbers) + 1)):
        raise ValueError(f"events are numbered from 1 on, found {numbers}")
    triggers = {number for mark in marks if mark.role == "trigger" for number in mark.events}
    if triggers != set(numbers):
        raise ValueError(
            f"each event needs a trigger {{t1|...}} with its number; events {numbers}, triggers {triggers}"
        )
    loose = {number for mark in marks for number in mark.events} - set(numbers)
    if loose:
        raise ValueError(f"marks name events {sorted(loose)} that have no label line")


def _report(paths: list[Path]) -> None:
    examples = read_examples(paths)
    events = [event for example in examples for event in example.events]
    empty = sum(example.is_marked and not example.events for example in examples)
    print(f"{len(examples)} examples, {len(events)} events, {empty} without events")
    print(f"{sum(not example.is_marked for example in examples)} with their conduct alone")
    for name, values in (
        ("status", [event.status for event in events]),
        ("register", [example.register for example in examples]),
        ("type", [event.type for event in events]),
        ("conduct", [label for example in examples for label in sorted(example.conduct or ())]),
        ("form", [f"{event.type}.{event.form}" for event in events]),
    ):
        print(f"{name}: " + ", ".join(f"{value} {count}" for value, count in Counter(values).most_common()))


if __name__ == "__main__":
    _report([Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.txt")))
