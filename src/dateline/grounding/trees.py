"""Words of a sentence's tree as spans of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.model.parse import Sentence
from dateline.model.text import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from dateline.model.parse import Token

_EDGES = {",", ";", ":", "-", "–", "—", "--", "(", "’", "'"}
_ENDS = {*_EDGES, "."}


class Tree(Sentence):
    """A parsed sentence with what a claim is cut out of it by: first children, branches, runs of words as spans."""

    def child(self, token: Token, *deps: str) -> Token | None:
        """Return the first word that hangs on this one in one of the given relations."""
        return next(iter(self.children(token, *deps)), None)

    def below(self, token: Token, without: Collection[int] = ()) -> set[int]:
        """Return the indexes of a word and of all below it, leaving out the given words with all below them."""
        if token.index in without:
            return set()
        return {word.index for word in self.subtree(token, frozenset(without))}

    def spans(self, indexes: Iterable[int], *, bridged: Collection[int] = ()) -> tuple[Span, ...]:
        """Return words as spans of the text: one a run of neighbours (or across `bridged` words), edges trimmed."""
        runs: list[list[int]] = []
        last = -2
        for index in sorted(indexes):
            if runs and all(between in bridged for between in range(last + 1, index)):
                runs[-1].append(index)
            else:
                runs.append([index])
            last = index
        trimmed = (self._trim(run) for run in runs)
        return tuple(Span(self.tokens[run[0]].start, self.tokens[run[-1]].end) for run in trimmed if run)

    def _trim(self, run: list[int]) -> list[int]:
        start, end = 0, len(run)
        while start < end and self.tokens[run[start]].text in _EDGES:
            start += 1
        while start < end and self.tokens[run[end - 1]].text in _ENDS:
            end -= 1
        return run[start:end]
