"""Which words of a dataset are names of private persons, and which are public. What is in doubt is private.

What is public is known by name: public actors and voices, places that the gazetteer knows, publishers, and the
organisations, public figures and peoples of the lexicon. What is ordinary is known from dictionaries of English. A run
of capitalised words with a word that is neither is taken for a private person's name, and so is any word in lower case,
or in a script without case, that is neither. A public name of one word that stands in a run behind a private one
("Parisa Jordan") is part of that name.
"""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import unquote

from dateline.model.text import Evidence
from dateline.publishing.spellings import Spellings, spellings_of, turned
from dateline.publishing.vocabulary import (
    MASK,
    Name,
    english_words,
    role_words,
    shipped_surnames,
    shipped_words,
)
from dateline.publishing.words import Word, are_joined, is_shouted, opens_sentence, runs_in, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MANY = 5
"""More words than a name has."""

LEAST_COMPACT = 8
"""Letters of the shortest name that is looked for in one piece ("lenaweberling")."""

LEAST_LETTERS = 4
"""A part of a name of at least this many letters is masked wherever it stands; shorter ones only beside the rest."""


_INFLECTED = ("ed", "ing", "s")
_BORN = ("jr", "sr", "junior", "senior")
"""What a name does not consist of."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """A set of sequences of words, found in a text by their first word."""

    by_first: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()

    def spans(self, words: list[Word]) -> Iterator[range]:
        """Yield where the phrases stand, as ranges of word indexes."""
        keys = tuple(word.key for word in words)
        for index, key in enumerate(keys):
            for phrase in self.by_first.get(key, ()):
                end = index + len(phrase)
                if keys[end - 1 : end] == phrase[-1:] and keys[index:end] == phrase:
                    yield range(index, end)


def phrases_of(sequences: Iterable[Name]) -> Phrases:
    """Return the sequences, ready to be found."""
    grouped: dict[str, set[Name]] = defaultdict(set)
    for sequence in sequences:
        if sequence:
            grouped[sequence[0]].add(sequence)
    words = frozenset(word for group in grouped.values() for sequence in group for word in sequence)
    return Phrases({first: tuple(sorted(group)) for first, group in sorted(grouped.items())}, words)


@dataclass(frozen=True, slots=True)
class Known:
    """What is public or ordinary.

    Attributes:
        common: words that are no names where a sentence's start may have given them their capital.
        ordinary: of these, the words that are no names even elsewhere.
        usual: words that the dataset writes in lower case, and ordinary ones: alone, they point at nobody.
        strange: of words that were looked at, as they are written, whether they may be of a name.
    """

    common: frozenset[str]
    public: Phrases
    ordinary: frozenset[str] = field(default_factory=lambda: shipped_words())
    usual: frozenset[str] = field(default_factory=lambda: shipped_words())
    strange: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    def private_names(
        self, text: str, *, doubt: frozenset[int] = frozenset(), shouted: bool = False
    ) -> Iterator[list[Word]]:
        """Yield the runs of words that may name a private person, in order.

        Args:
            text: a quote.
            doubt: where a capital cannot be due to a sentence's start, so that even an ordinary word is a name.
            shouted: whether it stands in a text of capitals.
        """
        words = words_in(text)
        if not any(self._is_strange(word) or self._is_doubted(word, doubt) for word in words):
            return
        covered = {words[index].start for span in self.public.spans(words) for index in span}
        runs = self._in_capitals(runs_in(text)) if shouted else runs_in(text)
        found = [part for run in runs for part in self._of_run(run, covered, doubt)]
        taken = {word.start for part in found for word in part}
        hidden = [word for word in words if word.start not in taken and word.start not in covered and self._hides(word)]
        yield from sorted([*found, *_neighbours(text, hidden)], key=lambda run: run[0].start)

    def _in_capitals(self, runs: Iterable[list[Word]]) -> Iterator[list[Word]]:
        """Yield of runs in a text of capitals what may be names: words of no dictionary, with the ones beside them.

        A word beside one may be the rest of the name ("ROSE WEBERLING"), unless it is a word of our lexicons; behind
        it, even if it is a trade or the name of somebody public ("LENA BAKER").
        """
        for run in runs:
            strange = [False, *(word.key not in self.common for word in run), False]
            kept = [self._belongs(word, strange[at : at + 3]) for at, word in enumerate(run)]
            for is_kept, group in groupby(zip(run, kept, strict=True), lambda it: it[1]):
                if is_kept:
                    yield [word for word, _ in group]

    def _belongs(self, word: Word, strange: list[bool]) -> bool:
        """Say whether a word is of a name; `strange` says of it and its neighbours whether no dictionary has them."""
        before, itself, behind = strange
        is_surname = before and (word.key in role_words() | shipped_surnames() or word.key not in self.ordinary)
        is_given = behind and word.key not in self.ordinary and not word.key.endswith(_INFLECTED)
        return itself or is_surname or is_given

    def _of_run(self, run: list[Word], covered: set[int], doubt: frozenset[int]) -> Iterator[list[Word]]:
        """Yield the private pieces of a run of capitals, each with a public word that belongs to the same name."""
        pieces = [piece for piece in _split(run, covered) if self._names(piece, run, doubt)]
        for piece in pieces:
            first, last = run.index(piece[0]), run.index(piece[-1])
            behind = run[last + 1 :]
            before = run[first - 1 : first] if first else []
            given = [word for word in before if word.key in shipped_surnames() and word.start in covered]
            yield [*given, *piece, *(behind if len(behind) == 1 else [])]

    def _names(self, piece: list[Word], run: list[Word], doubt: frozenset[int]) -> bool:
        is_short = len(piece) == 1 and piece[0].is_acronym and (len(run) > 1 or not _is_shouted(run))
        return not is_short and any(self._is_name(word, doubt) for word in piece)

    def _is_name(self, word: Word, doubt: frozenset[int]) -> bool:
        if not word.is_capital or len(word.text) == 1 or self._is_broken(word):
            return False
        return word.key not in self.common or self._is_doubted(word, doubt)

    def _is_doubted(self, word: Word, doubt: frozenset[int]) -> bool:
        return word.start in doubt and word.key not in self.ordinary

    def _is_strange(self, word: Word) -> bool:
        """Say whether a word, wherever it stands, may be of a name: no text without such a word holds any."""
        found = self.strange.get(word.text)
        if found is None:
            is_name = word.is_capital and len(word.text) > 1 and word.key not in self.common
            found = self.strange[word.text] = is_name or self._hides(word)
        return found

    def _hides(self, word: Word) -> bool:
        """Say whether a word without a capital may be a name: it is in no dictionary, or its script has no capitals."""
        if word.is_caseless:
            return True
        unknown = word.key not in english_words() and word.key not in self.common
        return unknown and len(word.key) > 2 and not word.is_capital and not self._is_broken(word)

    def _is_broken(self, word: Word) -> bool:
        """Say whether a line's end breaks an ordinary word, or an ordinary compound."""
        parts = word.text.split("\n")
        return len(parts) > 1 and all(it.key in english_words() for part in parts for it in words_in(part))

    def is_known(self, key: str) -> bool:
        """Say whether a word is ordinary, or part of a public name."""
        return len(key) < 3 or key in english_words() or key in self.common or key in self.public.words


def _is_shouted(run: list[Word]) -> bool:
    return all(word.text.isupper() for word in run)


def _neighbours(text: str, words: list[Word]) -> Iterator[list[Word]]:
    """Yield words as runs of those that stand side by side."""
    run: list[Word] = []
    for word in words:
        if run and not are_joined(text, run[-1], word):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _split(run: list[Word], covered: set[int]) -> list[list[Word]]:
    """Return the pieces of a run that no public name covers."""
    pieces: list[list[Word]] = [[]]
    for word in run:
        if word.start in covered:
            pieces.append([])
        else:
            pieces[-1].append(word)
    return [piece for piece in pieces if piece]


Pseudonym = Callable[[Name], str]
"""From the keys of a masked name to what stands for it."""


def unnamed(_name: Name) -> str:
    """Return `MASK`, whoever it is."""
    return MASK


@dataclass(frozen=True, slots=True)
class Suppressed:
    """The names that must not be published: whole, and in parts.

    Attributes:
        whole: names of two words and more; they are masked even where they hold a public name ("Peter Halle").
        parts: single words; they are masked unless they stand in a public name.
        compact: the whole names run together, as handles and addresses write them.
        spellings: the names in other scripts and by other rules of transliteration.
        hot: of words that were looked at, whether they may be of a name.
    """

    whole: Phrases
    parts: frozenset[str]
    public: Phrases
    compact: frozenset[str] = frozenset()
    spellings: Spellings = field(default_factory=Spellings)
    hot: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    def mask(self, text: str, pseudonym: Pseudonym = unnamed) -> str:
        """Return a text with every suppressed name replaced by `MASK`."""
        words = words_in(text)
        return cover(text, [words[index] for index in sorted(self._flagged(words))], pseudonym)

    def found_in(self, text: str) -> str | None:
        """Return the first suppressed name, or part of one, that a text holds, also where it is encoded."""
        for form in {text, unquote(text), html.unescape(text)}:
            for word in self.words_in(form):
                return word.text
        return None

    def words_in(self, text: str) -> list[Word]:
        """Return the words of a text that are of a suppressed name, in order."""
        words = words_in(text)
        return [words[index] for index in sorted(self._flagged(words))]

    def may_hold(self, key: str) -> bool:
        """Say whether a word may be part of a suppressed name; a quick look, before a closer one."""
        is_whole = len(key) > 1 and key in self.whole.words  # no name is initials alone
        return is_whole or key in self.parts or self._is_glued(key) or self.spellings.may_hold(key)

    def points_at(self, key: str) -> bool:
        """Say whether a word by itself points at somebody, unless it stands in a public name."""
        return key in self.parts or self._is_glued(key) or self.spellings.tells(key)

    def _is_hot(self, key: str) -> bool:
        """Say the same as `may_hold`, looked at once, or whether a letter opens a name of initials alone."""
        found = self.hot.get(key)
        if found is None:
            bare = len(key) == 1 and any(max(map(len, it)) == 1 for it in self.whole.by_first.get(key, ()))
            found = self.hot[key] = bare or self.may_hold(key)
        return found

    def _flagged(self, words: list[Word]) -> set[int]:
        if not any(self._is_hot(word.key) for word in words):
            return set()
        allowed = {index for span in self.public.spans(words) for index in span}
        parts = {index for index, word in enumerate(words) if word.key in self.parts} - allowed
        glued = {index for index, word in enumerate(words) if self._is_glued(word.key)}
        spelt = set(self.spellings.spans(words)) - allowed
        return parts | glued | spelt | {index for span in self.whole.spans(words) for index in span}

    def _is_glued(self, key: str) -> bool:
        return len(key) >= LEAST_COMPACT and key in self.compact


def cover(text: str, words: Iterable[Word], pseudonym: Pseudonym = unnamed) -> str:
    """Return a text with these words replaced by `MASK`, once for words that are joined."""
    runs = list(_neighbours(text, list(words)))
    if not runs:
        return text
    pieces: list[str] = []
    end = 0
    for run in runs:
        pieces += [text[end : run[0].start], pseudonym(tuple(word.key for word in run))]
        end = run[-1].end
    return "".join(pieces) + text[end:]


def suppress(names: Iterable[Name], known: Known) -> Suppressed:
    """Return these names as what must not be published. Initials alone, and one or two letters, tell of nobody.

    An initial stands for the rest of a name beside a surname that is no ordinary word here ("efe", but not "lead").
    """
    bare = {_untitled(name, known, least=2) for name in names}
    kept = sorted(name for name in bare if max(map(len, name), default=0) > 1)
    parts = {word for name in kept for word in name if len(word) >= LEAST_LETTERS or (len(name) == 1 and len(word) > 2)}
    whole = [name for name in kept if len(name) > 1]
    compact = frozenset("".join(name) for name in whole)
    others = (other for name in whole for other in turned(_untitled(name, known, least=1)))
    told = [other for other in others if min(map(len, other)) > 1 or max(other, key=len) not in known.ordinary]
    phrases = phrases_of([*whole, *told])
    spellings = spellings_of(kept, known.usual | known.public.words)
    return Suppressed(phrases, frozenset(parts - known.usual), known.public, compact, spellings)


def _untitled(name: Name, known: Known, least: int) -> Name:
    """Return a name without "junior", and without the ordinary words before it ("president") if enough is left."""
    words = [word for word in name if word not in _BORN]
    while len(words) > least and words[0] in known.ordinary:
        words = words[1:]
    return tuple(words)


def doubtful(evidence: Evidence, text: str) -> frozenset[int]:
    """Return the starts of words in a quote whose capital no sentence start explains, given the report's text.

    Where all is in capitals, they tell nothing.
    """
    if is_shouted(text, evidence.start, evidence.end):
        return frozenset()
    return frozenset(
        word.start
        for word in words_in(evidence.quote)
        if word.is_capital and not opens_sentence(text, evidence.start + word.start)
    )
