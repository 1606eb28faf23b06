"""Which words of a dataset are names of private persons, and which are public. What is in doubt is private.

What is public is known by name: public actors and voices, places that the gazetteer knows, publishers, and the
organisations, public figures and peoples of the lexicon. What is ordinary is known by use: words that the reports write
in lower case. A run of capitalised words with a word that is neither is taken for a private person's name.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from dateline.model.codebook import plover
from dateline.model.text import Evidence
from dateline.publishing.words import Word, are_joined, keys_in, opens_sentence, runs_in, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dateline.model.codebook import Codebook

Name = tuple[str, ...]
"""The keys of the words of a name."""

MASK = "[private person]"
"""What stands in place of a private person's name in everything published. It never changes."""

LEAST_LETTERS = 4
"""A part of a name of at least this many letters is masked wherever it stands; shorter ones only beside the rest."""

_ADDRESSES = re.compile(r"(?:https?://|www\.)\S+|[@#]\S+|\S+@\S+")
_ORDINARY = """monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays
saturdays sundays january february march april may june july august september october november december easter christmas
ramadan muharram nowruz ashura god mr mrs ms dr i a an the this that these those his her its their our my your he she it
they we you who one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy
eighty ninety hundred hundreds thousand thousands million millions dozen dozens score scores tens more most less fewer
few some several many all no none any both each every another other others about around nearly almost over under up
at in on of by from to for with without after before during since until and or but not only also yesterday today"""
"""Words that are capitalised for no more than the calendar or the start of a sentence."""


@cache
def shipped_words() -> frozenset[str]:
    """Return the ordinary words that Dateline's own lexicons hold in lower case, those of calendar and of PLOVER."""
    words = set(_ORDINARY.split()) | set(keys_in(MASK))
    for name in ("roles", "cues", "patterns", "grammar"):
        path = files("dateline.data") / f"{name}.toml"
        if path.is_file():
            texts = strings_in(tomllib.loads(path.read_text("utf-8")))
            words |= {word.key for text in texts for word in words_in(text) if word.text.islower()}
    for kind in plover().types:
        words |= set(keys_in(f"{kind.code} {kind.definition}"))
        words |= {key for form in kind.forms for key in keys_in(f"{form.code} {form.definition}")}
    return frozenset(words)


def codebook_words(codebook: Codebook) -> frozenset[str]:
    """Return the ordinary words of a codebook of one's own: its codes, and what its definitions write in lower case.

    A capitalised word of a definition may be a person's name, and is not taken for an ordinary word. Examples are not
    read at all.
    """
    entries = [entry for kind in codebook.types for _, entry in kind.taught()]
    lower = {word.key for entry in entries for word in words_in(entry.definition) if word.text.islower()}
    return frozenset(lower | {key for entry in entries for key in keys_in(entry.code)})


@cache
def shipped_names() -> frozenset[Name]:
    """Return the public names of the lexicons: organisations, public figures, countries, peoples, with plurals."""
    names: set[Name] = set()
    for name in ("organisations", "demonyms"):
        path = files("dateline.data") / f"{name}.toml"
        if path.is_file():
            names |= {keys_in(text) for text in strings_in(tomllib.loads(path.read_text("utf-8")), keys=True)}
    plurals = {(*name[:-1], f"{name[-1]}s") for name in names if name}
    return frozenset(names | plurals) - {()}


def strings_in(value: Any, *, keys: bool = False) -> Iterator[str]:
    """Yield every string of a parsed file: the values, and the keys too if asked for."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings_in(item, keys=keys)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from [key] if keys else []
            yield from strings_in(item, keys=keys)


def common_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that these texts write in lower case more often than with a capital.

    Addresses and tags do not count: a name in a link is in lower case. A capital that opens a sentence does not count.
    """
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for text in (_ADDRESSES.sub(" ", text) for text in texts):
        for word in words_in(text):
            if word.text.islower() and not _is_in_tag(text, word):
                lower[word.key] += 1
            elif word.is_capital and not opens_sentence(text, word.start):
                upper[word.key] += 1
    return frozenset(key for key, count in lower.items() if count > upper[key])


def _is_in_tag(text: str, word: Word) -> bool:
    return text[word.start - 1 : word.start] in {"/", "_", "@", "#", "."} or text[word.end : word.end + 1] in {
        "/",
        "_",
        "@",
    }


@dataclass(frozen=True, slots=True)
class Phrases:
    """A set of sequences of words, found in a text by their first word."""

    by_first: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)

    def spans(self, words: list[Word]) -> Iterator[range]:
        """Yield where the phrases stand, as ranges of word indexes."""
        for index, word in enumerate(words):
            for phrase in self.by_first.get(word.key, ()):
                if tuple(it.key for it in words[index : index + len(phrase)]) == phrase:
                    yield range(index, index + len(phrase))


def phrases_of(sequences: Iterable[Name]) -> Phrases:
    """Return the sequences, ready to be found."""
    grouped: dict[str, set[Name]] = defaultdict(set)
    for sequence in sequences:
        if sequence:
            grouped[sequence[0]].add(sequence)
    return Phrases({first: tuple(sorted(group)) for first, group in sorted(grouped.items())})


@dataclass(frozen=True, slots=True)
class Known:
    """What is public or ordinary.

    Attributes:
        common: words that are no names where a sentence's start may have given them their capital.
        ordinary: of these, the words that are no names even elsewhere.
    """

    common: frozenset[str]
    public: Phrases
    ordinary: frozenset[str] = field(default_factory=lambda: shipped_words())

    def private_names(self, text: str, *, doubt: frozenset[int] = frozenset()) -> Iterator[list[Word]]:
        """Yield the runs of words that may name a private person.

        Args:
            text: a quote.
            doubt: where a capital cannot be due to a sentence's start, so that even an ordinary word is a name.
        """
        words = words_in(text)
        covered = {words[index].start for span in self.public.spans(words) for index in span}
        for run in runs_in(text):
            for part in _split(run, covered):
                if any(self._is_name(word, doubt) for word in part) and not (len(part) == 1 and part[0].is_acronym):
                    yield part

    def _is_name(self, word: Word, doubt: frozenset[int]) -> bool:
        if not word.is_capital or len(word.text) == 1:
            return False
        return word.key not in self.common or (word.start in doubt and word.key not in self.ordinary)


def _split(run: list[Word], covered: set[int]) -> list[list[Word]]:
    """Return the pieces of a run that no public name covers."""
    pieces: list[list[Word]] = [[]]
    for word in run:
        if word.start in covered:
            pieces.append([])
        else:
            pieces[-1].append(word)
    return [piece for piece in pieces if piece]


@dataclass(frozen=True, slots=True)
class Suppressed:
    """The names that must not be published: whole, and in parts.

    Attributes:
        whole: names of two words and more; they are masked even where they hold a public name ("Peter Halle").
        parts: single words; they are masked unless they stand in a public name.
    """

    whole: Phrases
    parts: frozenset[str]
    public: Phrases

    def mask(self, text: str) -> str:
        """Return a text with every suppressed name replaced by `MASK`."""
        words = words_in(text)
        return cover(text, [words[index] for index in sorted(self._flagged(words))])

    def found_in(self, text: str) -> str | None:
        """Return the first suppressed name, or part of one, that a text holds, also where it is percent-encoded."""
        for form in {text, unquote(text)}:
            words = words_in(form)
            flagged = sorted(self._flagged(words))
            if flagged:
                return words[flagged[0]].text
        return None

    def _flagged(self, words: list[Word]) -> set[int]:
        allowed = {index for span in self.public.spans(words) for index in span}
        parts = {index for index, word in enumerate(words) if word.key in self.parts} - allowed
        return parts | {index for span in self.whole.spans(words) for index in span}


def cover(text: str, words: Iterable[Word]) -> str:
    """Return a text with these words replaced by `MASK`, once for words that are joined."""
    pieces: list[str] = []
    last: Word | None = None
    for word in words:
        if last is None or not are_joined(text, last, word):
            pieces += [text[last.end if last else 0 : word.start], MASK]
        last = word
    return "".join(pieces) + text[last.end if last else 0 :]


def suppress(names: Iterable[Name], known: Known) -> Suppressed:
    """Return these names as what must not be published."""
    kept = sorted(set(names))
    parts = {word for name in kept for word in name if len(word) >= LEAST_LETTERS or len(name) == 1}
    whole = phrases_of(name for name in kept if len(name) > 1)
    return Suppressed(whole, frozenset(parts - known.common), known.public)


def doubtful(evidence: Evidence, text: str) -> frozenset[int]:
    """Return the starts of words in a quote whose capital no sentence start explains, given the report's text."""
    return frozenset(
        word.start
        for word in words_in(evidence.quote)
        if word.is_capital and not opens_sentence(text, evidence.start + word.start)
    )
