"""Event patterns as data: what a pattern says, loaded from TOML and validated once.

A pattern names words that can tell of an event of one type and form, and what must stand around them:

    verbs, nouns   lemmas that can be the trigger, as a verb or as an event noun
    phrases        lemma sequences that are the trigger as a whole ("take to the street")
    subject, object, with, without, prep, particle
                   conditions: the head of the subject or object, some word below the trigger, none of these
                   words below it, the object of a preposition, a particle
    absent         none of these words anywhere in the sentence
    actor, recipient
                   where the roles stand, if not in subject and object: `of`, `by`, `against`, `subject`, `object` ...;
                   `none` for a role that nobody plays
    confidence     how often the pattern is right, as a weight from 0 to 1

Words are lemmas or surface forms in lower case. `@name` stands for a word class of the file, `%PERSON`, `%GPE` ...
for an entity type, `%PRON` for a pronoun, `%NUM` for a number. Of several patterns that fit a word, the one with
more conditions wins, then the one that stands first.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import tomli

from dateline.errors import CodebookError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dateline.model.codebook import Codebook
    from dateline.model.parse import Token

_WORDS = ("verbs", "nouns", "subject", "object", "with", "without", "absent")
_KNOWN = {*_WORDS, "id", "type", "form", "phrases", "prep", "particle", "actor", "recipient", "confidence", "status"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern; see the module. Empty conditions hold always.

    Attributes:
        own: whether it comes from a codebook of one's own, and so goes before those that ship.
    """

    id: str
    type: str
    form: str | None
    verbs: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()
    subject: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    having: frozenset[str] = frozenset()
    lacking: frozenset[str] = frozenset()
    prep: tuple[tuple[str, frozenset[str]], ...] = ()
    particle: frozenset[str] = frozenset()
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    confidence: float = 0.7
    status: str | None = None
    absent: frozenset[str] = frozenset()
    own: bool = False

    @property
    def conditions(self) -> int:
        """How many conditions it sets: the more, the more specific."""
        return sum(map(bool, (self.subject, self.object, self.having, self.prep, self.particle))) + bool(self.phrases)


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern that fits: the trigger's head, and the first and last token of its words."""

    pattern: Pattern
    head: Token
    first: int
    last: int

    def is_phrase_with(self, token: Token) -> bool:
        """Say whether the trigger is a phrase that holds this token: the fire in "opened fire on" is nobody."""
        return bool(self.pattern.phrases) and self.first <= token.index <= self.last


@dataclass(frozen=True)
class Patterns:
    """All patterns of a file or of a codebook, found by word.

    Attributes:
        irregular: written forms of words that no rule of inflection makes, by lemma.
    """

    all: tuple[Pattern, ...]
    digest: str
    irregular: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def by_verb(self) -> dict[str, list[Pattern]]:
        """Patterns by verb lemma, most specific first."""
        return _index(self.all, "verbs")

    @cached_property
    def by_noun(self) -> dict[str, list[Pattern]]:
        """Patterns by event-noun lemma, most specific first."""
        return _index(self.all, "nouns")

    @cached_property
    def by_phrase(self) -> dict[str, list[tuple[tuple[str, ...], Pattern]]]:
        """Phrases by first lemma, longest first."""
        found: dict[str, list[tuple[tuple[str, ...], Pattern]]] = {}
        for pattern in self.all:
            for phrase in pattern.phrases:
                found.setdefault(phrase[0], []).append((phrase, pattern))
        return {first: sorted(them, key=lambda pair: -len(pair[0])) for first, them in found.items()}


def load_patterns(codebook: Codebook, data: bytes | None = None) -> Patterns:
    """Load a pattern file (default: the one that ships) and check it against a codebook.

    Raises:
        CodebookError: naming every fault of the file at once.
    """
    data = (files("dateline.data") / "patterns.toml").read_bytes() if data is None else data
    parsed = tomli.loads(data.decode("utf-8"))
    classes = {name: frozenset(words.split()) for name, words in parsed.get("classes", {}).items()}
    faults: list[str] = []
    patterns = tuple(_pattern(row, classes, faults) for row in parsed["patterns"])
    faults += _strangers(patterns, codebook)
    if faults:
        raise CodebookError("pattern file cannot be used:\n- " + "\n- ".join(faults))
    return Patterns(patterns, hashlib.sha256(data).hexdigest())


def _strangers(patterns: Iterable[Pattern], codebook: Codebook) -> list[str]:
    faults = []
    for pattern in patterns:
        try:
            codebook.check(pattern.type, pattern.form)
        except CodebookError as error:
            faults.append(f"pattern {pattern.id}: {error}")
    return faults


def _pattern(row: Mapping[str, Any], classes: Mapping[str, frozenset[str]], faults: list[str]) -> Pattern:
    name = row.get("id", "?")
    faults += [f"pattern {name}: unknown key {key!r}" for key in row if key not in _KNOWN]
    words = {key: _words(row.get(key, ""), classes, faults, name) for key in _WORDS}
    return Pattern(
        id=name,
        type=row["type"],
        form=row.get("form"),
        verbs=words["verbs"],
        nouns=words["nouns"],
        phrases=tuple(tuple(phrase.split()) for phrase in row.get("phrases", ())),
        subject=words["subject"],
        object=words["object"],
        having=words["with"],
        lacking=words["without"],
        prep=tuple((prep, _words(them, classes, faults, name)) for prep, them in row.get("prep", {}).items()),
        particle=frozenset(row.get("particle", "").split()),
        actor=tuple(row.get("actor", "").split()),
        recipient=tuple(row.get("recipient", "").split()),
        confidence=row.get("confidence", 0.7),
        status=row.get("status"),
        absent=words["absent"],
    )


def _words(text: str, classes: Mapping[str, frozenset[str]], faults: list[str], name: str) -> frozenset[str]:
    words: set[str] = set()
    for word in text.split():
        if not word.startswith("@"):
            words.add(word)
        elif word[1:] in classes:
            words |= classes[word[1:]]
        else:
            faults.append(f"pattern {name}: word class {word} is not in [classes]")
    return frozenset(words)


def _index(patterns: Iterable[Pattern], kind: str) -> dict[str, list[Pattern]]:
    found: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        for word in getattr(pattern, kind):
            found.setdefault(word, []).append(pattern)
    return {
        word: sorted(them, key=lambda pattern: (not pattern.own, -pattern.conditions)) for word, them in found.items()
    }
