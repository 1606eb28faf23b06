"""Things that stand at spans of a text, looked up by place in logarithmic time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateline.model.text import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stretches(Generic[T]):
    """Things with their spans, in order of the text. `reach[i]` is the furthest end up to the i-th."""

    items: tuple[tuple[Span, T], ...]
    reach: tuple[int, ...]

    def inside(self, start: int, end: int) -> list[tuple[Span, T]]:
        """Return what lies wholly between two offsets, in order."""
        first = bisect_left(self.items, start, key=_start)
        last = bisect_left(self.items, end, key=_start)
        return [item for item in self.items[first:last] if item[0].end <= end]

    def overlapping(self, start: int, end: int) -> Iterator[tuple[Span, T]]:
        """Yield what shares a character with [start, end), in order."""
        first = bisect_right(self.reach, start)
        last = bisect_left(self.items, end, key=_start)
        return (item for item in self.items[first:last] if item[0].end > start)

    def is_free(self, start: int, end: int) -> bool:
        """Say whether nothing shares a character with [start, end)."""
        return next(self.overlapping(start, end), None) is None


def _start(item: tuple[Span, object]) -> int:
    return item[0].start


def make_stretches(items: Iterable[tuple[Span, T]]) -> Stretches[T]:
    """Put things in order of the text."""
    ordered = tuple(sorted(items, key=lambda item: item[0]))
    return Stretches(ordered, tuple(accumulate((span.end for span, _ in ordered), max)))
