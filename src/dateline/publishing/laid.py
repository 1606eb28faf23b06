"""Nouns laid out in columns, which are many times smaller than they, and made anew, some at a time, when asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar, overload

import pyarrow as pa
import pyarrow.compute as pc

from dateline.model.tables import from_batch, to_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Noun = TypeVar("Noun")
Item = TypeVar("Item")

SOME = 1_000
"""Nouns that are made at a time."""


class Laid(Sequence[Noun]):
    """Nouns of one type as an Arrow table, a row each (`model.tables`)."""

    def __init__(self, noun: type[Noun], table: pa.Table) -> None:
        """Take a table that `to_table` made, or one with its columns."""
        self.noun = noun
        self.table = table.combine_chunks()

    def __len__(self) -> int:
        """Return how many they are."""
        return self.table.num_rows

    def __iter__(self) -> Iterator[Noun]:
        """Make them one after another."""
        for batch in self.table.to_batches(max_chunksize=SOME):
            yield from from_batch(self.noun, batch)

    @overload
    def __getitem__(self, place: int) -> Noun: ...
    @overload
    def __getitem__(self, place: slice) -> list[Noun]: ...
    def __getitem__(self, place: int | slice) -> Noun | list[Noun]:
        """Make one, or those of a slice."""
        places = range(len(self))[place]
        return self.take([places])[0] if isinstance(places, int) else self.take(places)

    def take(self, places: Sequence[int]) -> list[Noun]:
        """Make those at these places, in this order."""
        some = self.table.take(pa.array(places, pa.int64())).combine_chunks()
        return [it for batch in some.to_batches() for it in from_batch(self.noun, batch)]

    def by_id(self) -> Laid[Noun]:
        """Return them in the order of their ids."""
        return Laid(self.noun, self.table.take(pc.sort_indices(self.table["id"])))

    def among(self, ids: Iterable[str]) -> Laid[Noun]:
        """Return those that have one of these ids, in their order."""
        kind = self.table.schema.field("id").type
        return Laid(self.noun, self.table.filter(pc.is_in(self.table["id"], pa.array(list(ids), kind))))


class Column(Mapping[str, str]):
    """A column of texts by the ids of their rows."""

    def __init__(self, ids: Iterable[str], texts: Any) -> None:
        """Take the ids, and the texts in the same order as an Arrow array."""
        self._places = {name: place for place, name in enumerate(ids)}
        self._texts = texts

    def __len__(self) -> int:
        """Return how many they are."""
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return iter(self._places)

    def __getitem__(self, name: str) -> str:
        """Return the text of a row."""
        return str(self._texts[self._places[name]])


def lay(noun: type[Noun], nouns: Iterable[Noun]) -> Laid[Noun]:
    """Return nouns laid out, if they are not."""
    return nouns if isinstance(nouns, Laid) else Laid(noun, to_table(noun, nouns))


def column(nouns: Sequence[object], name: str) -> list[Any]:
    """Return what each noun has in a field; words of an enumeration as texts, if they are laid out."""
    return nouns.table[name].to_pylist() if isinstance(nouns, Laid) else [getattr(it, name) for it in nouns]


def texts_by_id(nouns: Laid[Any], name: str) -> Column:
    """Return a field of texts by the ids of the nouns."""
    texts = nouns.table[name].combine_chunks()
    return Column(column(nouns, "id"), texts.chunk(0) if isinstance(texts, pa.ChunkedArray) else texts)


def in_batches(items: Iterable[Item], size: int = SOME) -> Iterator[list[Item]]:
    """Yield items in lists of so many; the last may be shorter."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
