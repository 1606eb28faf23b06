"""What is about to leave the house, counted from the files themselves, for a person to agree to."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from dateline.model.text import evidence_in
from dateline.publishing.quotes import ELLIPSIS
from dateline.publishing.vocabulary import MASK

if TYPE_CHECKING:
    from pathlib import Path

    from dateline.publishing.dataset import Dataset


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
    quotes = [evidence.quote for evidence in evidence_in(dataset.mentions) if evidence.quote]
    return Leaving(
        files=tuple(_file(path, folder) for path in paths),
        names=tuple(sorted(_names(dataset).items(), key=lambda it: (-it[1], it[0]))),
        publishers=tuple(sorted({it.publisher for it in dataset.reports if it.publisher})),
        precision=tuple(sorted(Counter(it.precision.value for it in dataset.incidents).items())),
        quotes=len(quotes),
        longest=max(map(len, quotes), default=0),
        cut=0 if limit is None else sum(quote.endswith(ELLIPSIS) and len(quote) <= limit for quote in quotes),
        masked=dataset.masked,
        masks=sum(quote.count(MASK[:-1]) for quote in quotes),
        addresses=sum(it.url is not None for it in dataset.reports),
        texts=len(dataset.texts),
        left_out=dataset.left_out,
    )


def _names(dataset: Dataset) -> Counter[str]:
    actors = [it.name for mention in dataset.mentions for it in mention.actors if it.name]
    voices = [it.name for mention in dataset.mentions for it in mention.attribution.voices if it.name]
    return Counter([*actors, *voices])


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
    return File(name, size, path.read_bytes().count(b"\n"))
