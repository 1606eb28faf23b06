"""What is about to leave the house, counted from the files themselves, for a person to agree to."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dateline.model.event import Mention
from dateline.publishing.laid import column, lay
from dateline.publishing.quotes import ELLIPSIS
from dateline.publishing.vocabulary import MASK

if TYPE_CHECKING:
    from pathlib import Path

    from dateline.publishing.dataset import Dataset


_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class File:
    """A file that leaves.

    Attributes:
        rows: of a table, without its header; lines of any other text; 0 for what is neither.
        columns: names of the columns of a table.
    """

    path: str
    size: int
    rows: int
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaving:
    """All that is about to leave.

    Attributes:
        names: of persons and bodies that are published by name, since they are public, with how often.
        publishers: names of publishers.
        precision: how many incidents are published at which precision of place.
        quotes: how many quotes with words.
        longest: code points of the longest quote.
        cut: how many quotes were cut off at the length that was chosen.
        masked: how many mentions had a private name masked.
        masks: how often a mask stands in quotes.
        addresses: how many reports are published with their address.
        texts: how many reports are published with their text.
        left_out: incidents left out since too few are told of their place.
    """

    files: tuple[File, ...]
    names: tuple[tuple[str, int], ...]
    publishers: tuple[str, ...]
    precision: tuple[tuple[str, int], ...]
    quotes: int
    longest: int
    cut: int
    masked: int
    masks: int
    addresses: int
    texts: int
    left_out: int


def leaving(folder: Path, dataset: Dataset, limit: int | None) -> Leaving:
    """Return what is in a folder that is ready to leave, `limit` being the length that quotes were cut to."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    quotes = quotes_in(lay(Mention, dataset.mentions).table)
    return Leaving(
        files=tuple(_file(path, folder) for path in paths),
        names=tuple(sorted(_names(dataset).items(), key=lambda it: (-it[1], it[0]))),
        publishers=tuple(sorted(set(column(dataset.reports, "publisher")) - {None, ""})),
        precision=tuple(sorted(Counter(map(str, column(dataset.incidents, "precision"))).items())),
        quotes=quotes.total(),
        longest=max(map(len, quotes), default=0),
        cut=0 if limit is None else sum(count for it, count in quotes.items() if _is_cut(it, limit)),
        masked=dataset.masked,
        masks=sum(quote.count(MASK[:-1]) * count for quote, count in quotes.items()),
        addresses=sum(url is not None for url in column(dataset.reports, "url")),
        texts=len(dataset.texts),
        left_out=dataset.left_out,
    )


def _is_cut(quote: str, limit: int) -> bool:
    return quote.endswith(ELLIPSIS) and len(quote) <= limit


def quotes_in(table: pa.Table) -> Counter[str]:
    """Return the different quotes with words anywhere in a table of nouns, with how often each stands there."""
    fields = [(it.name, table[it.name].combine_chunks()) for it in table.schema]
    return sum((_counted(name, each) for name, each in fields), Counter())


def _counted(name: str, values: Any) -> Counter[str]:
    if pa.types.is_struct(values.type):
        inner = zip(values.type.fields, values.flatten(), strict=True)
        return sum((_counted(field.name, each) for field, each in inner), Counter())
    if pa.types.is_list(values.type):
        return _counted("", values.flatten())
    if name != "quote":
        return Counter()
    told = values.value_counts()
    return Counter({it["values"]: it["counts"] for it in told.to_pylist() if it["values"]})


def _names(dataset: Dataset) -> Counter[str]:
    mentions = lay(Mention, dataset.mentions).table
    told = (mentions["actors"], pc.struct_field(mentions["attribution"], "voices"))
    names = (name for lists in told for name in pc.struct_field(pc.list_flatten(lists), "name").to_pylist())
    return Counter(filter(None, names))


def _file(path: Path, folder: Path) -> File:
    name = path.relative_to(folder).as_posix()
    size = path.stat().st_size
    if path.suffix == ".parquet":
        about = pq.ParquetFile(path)
        return File(name, size, about.metadata.num_rows, tuple(about.schema_arrow.names))
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines)
            header = tuple(next(rows, ()))
            return File(name, size, sum(1 for _ in rows), header)
    with path.open("rb") as content:
        return File(name, size, sum(some.count(b"\n") for some in iter(lambda: content.read(_BLOCK), b"")))
