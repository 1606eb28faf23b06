"""A sieve for texts that are searched for names: what it lets fall needs no closer look.

Most words that may be of a name are of one only beside another such word: a town whose consonants are those of half a
name, a given name that many bear. The words of a text are told apart once, and a text in which no word points at
anybody by itself, and no two that would together stand side by side, is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.publishing.spellings import SILENT
from dateline.publishing.words import has_words_apart, words_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.publishing.names import Suppressed
    from dateline.publishing.words import Word

ALONE, WHOLE, HALF, PARTICLE, SLIGHT, COLD = "awhpsc"
"""A word that points at somebody by itself; that stands in a name; that may be half of one in another spelling; a
particle that stands in a name; any other particle, and an initial; a word of no name."""

_SUSPECT = re.compile(f"{ALONE}|[whp][sp]*[whp]|[wp]s|s[wp]")
"""Where kinds of words in a row may be a name: by itself, or with a neighbour, particles and initials aside."""

_LEAST = 12
"""Pieces with words, before and behind, that are looked at with a suspect one; more if a name has more words."""

_MOST = 200_000
"""Pieces, and surroundings, that are kept as looked at."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """What is known of the pieces (between spaces) and surroundings that were looked at.

    Attributes:
        kinds: of each piece, the kinds of its words in order, a letter a word.
        clean: surroundings of suspect pieces that hold no name after all.
        around: how many pieces before and behind a suspect one its surroundings reach.
    """

    suppressed: Suppressed
    around: int
    kinds: dict[str, str] = field(default_factory=dict)
    clean: set[str] = field(default_factory=set)

    def may_hold(self, text: str) -> bool:
        """Say whether a text may hold a suppressed name. It never denies one that is there."""
        if has_words_apart(text):
            return any(self.suppressed.may_hold(word.key) for word in words_in(text))
        pieces = [(piece, kinds) for piece in text.split() if (kinds := self._kinds_of(piece))]
        row = "".join([kinds for _, kinds in pieces])
        found = _SUSPECT.search(row)
        return found is not None and not all(map(self._is_clean, _surroundings(pieces, row, self.around)))

    def _kinds_of(self, piece: str) -> str:
        found = self.kinds.get(piece)
        if found is None:
            if len(self.kinds) >= _MOST:
                self.kinds.clear()
            found = self.kinds[piece] = "".join(map(self._kind, words_in(piece)))
        return found

    def _kind(self, word: Word) -> str:
        key, names = word.key, self.suppressed
        if names.points_at(key):
            return ALONE
        if key in SILENT:
            return PARTICLE if key in names.whole.words else SLIGHT
        if len(key) == 1:
            return SLIGHT
        return WHOLE if key in names.whole.words else HALF if names.may_hold(key) else COLD

    def _is_clean(self, around: str) -> bool:
        if around in self.clean:
            return True
        is_clean = not self.suppressed.words_in(around)
        if len(self.clean) >= _MOST:
            self.clean.clear()
        if is_clean:
            self.clean.add(around)
        return is_clean


def sieve_of(suppressed: Suppressed) -> Sieve:
    """Return a sieve for these names."""
    longest = max((len(name) for names in suppressed.whole.by_first.values() for name in names), default=0)
    return Sieve(suppressed, max(_LEAST, longest))


def _surroundings(pieces: list[tuple[str, str]], row: str, around: int) -> Iterator[str]:
    """Yield each suspect stretch with the pieces around it."""
    owner = [place for place, (_, kinds) in enumerate(pieces) for _ in kinds]
    for found in _SUSPECT.finditer(row):
        first, last = owner[found.start()], owner[found.end() - 1]
        yield " ".join([piece for piece, _ in pieces[max(0, first - around) : last + around + 1]])
