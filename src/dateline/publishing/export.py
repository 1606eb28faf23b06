"""Write a dataset to a folder that may leave the house: redacted, checked, described, whole or not at all."""

from __future__ import annotations

import io
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from dateline.errors import UsageError
from dateline.model.event import Mention
from dateline.model.imputation import Rule
from dateline.model.incident import Incident
from dateline.model.tables import to_table
from dateline.publishing.cells import write_csv
from dateline.publishing.coordinates import coarsen, coarsen_mention
from dateline.publishing.datasheet import datapackage, dictionary
from dateline.publishing.flatten import IMPUTED, SHEETS, Sheet, flat_table
from dateline.publishing.gate import check_folder
from dateline.publishing.geojson import write_geojson
from dateline.publishing.impute import Imputed, impute
from dateline.publishing.lines import write_lines, write_mentions
from dateline.publishing.redact import Source, plan, redact, redact_incident, source_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pyarrow as pa

    from dateline.model.codebook import Codebook
    from dateline.model.text import Report


class Format(StrEnum):
    """A form of the published data. A data dictionary comes with each."""

    CSV = "csv"
    PARQUET = "parquet"
    JSONL = "jsonl"
    GEOJSON = "geojson"


@dataclass(frozen=True, slots=True)
class Release:
    """What was published.

    Attributes:
        files: names, sorted.
        masked: how many of the mentions had the name of a private person masked.
    """

    folder: Path
    files: tuple[str, ...]
    reports: int
    mentions: int
    incidents: int
    masked: int


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is published, redacted and sorted by id."""

    reports: tuple[Source, ...]
    mentions: tuple[Mention, ...]
    incidents: tuple[Incident, ...]
    imputed: tuple[Imputed, ...] = ()


def publish(  # noqa: PLR0913 - three nouns, and settings that each have a default
    reports: Sequence[Report],
    mentions: Sequence[Mention],
    incidents: Sequence[Incident],
    folder: Path,
    formats: Iterable[Format] = tuple(Format),
    names: Iterable[str] = (),
    codebooks: Sequence[Codebook] = (),
    rule: Rule = Rule.NONE,
    key: bytes | None = None,
) -> Release:
    """Publish a dataset to a new folder. The same dataset gives the same bytes.

    Args:
        reports: needed with their texts, which are not published: they tell names from ordinary words.
        mentions: of these reports.
        incidents: of these mentions.
        folder: must not exist, or be empty.
        formats: which forms to write; a data dictionary comes with any.
        names: more names to mask, whoever bears them.
        key: of pseudonyms for masked persons (`pseudonyms.read_key`); None for a mask that is the same for all.
        codebooks: by which the mentions were coded, the newest first; the data dictionary explains their types.
        rule: by whose rule numbers are put in the place of words, in a table of their own; by default by none.

    Raises:
        UsageError: if the folder is in use.
        LeakError: if a private name got through; then nothing is left behind.
    """
    _check_free(folder)
    masking = plan(reports, mentions, names, codebooks, key)
    redacted = [redact(mention, masking) for mention in sorted(mentions, key=lambda it: it.id)]
    dataset = Dataset(
        tuple(source_of(report, masking) for report in sorted(reports, key=lambda it: it.id)),
        tuple(coarsen_mention(mention) for mention in redacted),
        tuple(coarsen(redact_incident(it, masking)) for it in sorted(incidents, key=lambda it: it.id)),
    )
    dataset = replace(dataset, imputed=impute(dataset.mentions, dataset.incidents, rule))
    with _whole(folder) as made:
        _write(dataset, made, frozenset(formats))
        (made / "dictionary.md").write_bytes(dictionary(codebooks, rule))
        (made / "datapackage.json").write_bytes(datapackage(made, rule))
        check_folder(made, masking.suppressed)
    files = tuple(sorted(path.name for path in folder.iterdir()))
    masked = len(set(redacted) - set(mentions))
    return Release(folder, files, len(dataset.reports), len(dataset.mentions), len(dataset.incidents), masked)


@contextmanager
def _whole(folder: Path) -> Iterator[Path]:
    """Give a folder to write to, which takes its final name only if all goes well, and else leaves no trace."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as work:
        made = Path(work) / "made"
        made.mkdir()
        yield made
        if folder.exists():
            folder.rmdir()
        made.rename(folder)


def _check_free(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"folder {folder} given to publish to; it holds something: name a new or an empty folder")


def _write(dataset: Dataset, folder: Path, formats: frozenset[Format]) -> None:
    """Write the files of a dataset."""
    files = {name: content for form in Format if form in formats for name, content in _WRITERS[form](dataset).items()}
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _csv(dataset: Dataset) -> dict[str, bytes]:
    sheets = (*SHEETS, *([IMPUTED] if dataset.imputed else []))
    return {f"{sheet.name}.csv": write_csv(flat_table(sheet, _rows_of(dataset, sheet))) for sheet in sheets}


def _rows_of(dataset: Dataset, sheet: Sheet) -> Sequence[object]:
    """Return the nouns that a sheet, or the parent of a sheet of details, is made of."""
    nouns: dict[str, Sequence[object]] = {
        "reports": dataset.reports,
        "mentions": dataset.mentions,
        "incidents": dataset.incidents,
        "imputed": dataset.imputed,
    }
    return nouns[f"{sheet.parent}s" if sheet.parent else sheet.name]


def _parquet(dataset: Dataset) -> dict[str, bytes]:
    nouns: dict[str, type] = {"reports": Source, "mentions": Mention, "incidents": Incident}
    nouns |= {"imputed": Imputed} if dataset.imputed else {}
    return {f"{name}.parquet": _parquet_bytes(to_table(noun, getattr(dataset, name))) for name, noun in nouns.items()}


def _parquet_bytes(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()


def _jsonl(dataset: Dataset) -> dict[str, bytes]:
    imputed = {"imputed.jsonl": write_lines(dataset.imputed)} if dataset.imputed else {}
    return {
        "reports.jsonl": write_lines(dataset.reports),
        "mentions.jsonl": write_mentions(dataset.mentions),
        "incidents.jsonl": write_lines(dataset.incidents),
        **imputed,
    }


def _geojson(dataset: Dataset) -> dict[str, bytes]:
    return {"incidents.geojson": write_geojson(dataset.incidents)}


_WRITERS: dict[Format, Callable[[Dataset], dict[str, bytes]]] = {
    Format.CSV: _csv,
    Format.PARQUET: _parquet,
    Format.JSONL: _jsonl,
    Format.GEOJSON: _geojson,
}
