"""The forms in which a dataset is written: one function a form, from a dataset to files."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.model.captures import captures_of, origin_of
from dateline.model.event import Mention
from dateline.model.incident import Incident
from dateline.model.tables import to_table
from dateline.publishing.acled import Acled, acled_rows
from dateline.publishing.captures import write_captures
from dateline.publishing.cells import write_csv, write_rows
from dateline.publishing.flatten import IMPUTED, SHEETS, Sheet, columns_of, flat_table
from dateline.publishing.ftm import write_ftm
from dateline.publishing.geojson import write_geojson
from dateline.publishing.huridocs import Act, Information, Involvement, act_rows, information_rows, involvement_rows
from dateline.publishing.impute import Imputed
from dateline.publishing.laid import in_batches, lay
from dateline.publishing.lines import write_lines, write_mentions
from dateline.publishing.order import Format
from dateline.publishing.people import Judged
from dateline.publishing.redact import Source
from dateline.publishing.related import Related
from dateline.publishing.ucdp import Ucdp, ucdp_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.publishing.dataset import Dataset, Told
    from dateline.publishing.laid import Laid

DATA = "data"
"""The folder of the data."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A table in the shape of other people's.

    Attributes:
        rows: from incidents with what they rest on to its rows.
        order: names of the columns by which its rows are sorted; none for the order of the incidents.
    """

    sheet: Sheet
    rows: Callable[[Iterable[Told], Dataset], Iterable[object]]
    order: tuple[str, ...] = ()


SHAPES: dict[Format, tuple[Shape, ...]] = {
    Format.ACLED: (Shape(Sheet("acled", Acled, key="event_id_cnty"), acled_rows, ("event_date", "event_id_cnty")),),
    Format.UCDP: (Shape(Sheet("ucdp_ged", Ucdp), ucdp_rows, ("date_start", "id")),),
    Format.HURIDOCS: (
        Shape(Sheet("huridocs_acts", Act), act_rows),
        Shape(Sheet("huridocs_involvements", Involvement), involvement_rows),
        Shape(Sheet("huridocs_information", Information), information_rows),
    ),
}
"""Tables in the shape of other people's: what each is made of, and by what."""

EVERY_SHEET = (*SHEETS, IMPUTED, *(it.sheet for shapes in SHAPES.values() for it in shapes))
"""All tables that are ever written as CSV."""

ROWS = 10_000
"""Rows of CSV that are written at a time."""

Content = Iterable[bytes]
"""What a file is made of, piece by piece, made as it is written."""


def write_formats(dataset: Dataset, formats: Iterable[Format]) -> dict[str, Content]:
    """Return the files of a dataset in these forms, by their path."""
    wanted = frozenset(formats) - {Format.PAGES}
    shaped = _shaped(dataset, [it for form in Format if form in wanted for it in SHAPES.get(form, ())])
    files = [item for form in Format if form in wanted & _WRITERS.keys() for item in _WRITERS[form](dataset).items()]
    texts = [("texts.jsonl", write_lines(dataset.texts))] if dataset.texts else []
    return {f"{DATA}/{name}": content for name, content in (*shaped.items(), *files, *texts)}


def _shaped(dataset: Dataset, shapes: Sequence[Shape]) -> dict[str, Content]:
    """Return tables in the shape of others: all are made together, going through the incidents once."""
    tables = {it.sheet.name: [to_table(it.sheet.noun, ())] for it in shapes}
    for some in in_batches(dataset.told() if shapes else ()):
        for it in shapes:
            tables[it.sheet.name].append(to_table(it.sheet.noun, it.rows(some, dataset)))
    return {f"{it.sheet.name}.csv": _sheet(it.sheet, _sorted(tables.pop(it.sheet.name), it.order)) for it in shapes}


def _sorted(tables: list[pa.Table], order: tuple[str, ...]) -> pa.Table:
    table = pa.concat_tables(tables)
    return table.sort_by([(name, "ascending") for name in order]) if order else table


def _sheet(sheet: Sheet, table: pa.Table) -> Content:
    """Yield a table of nouns, or of the parents of details, as CSV."""
    yield write_csv(pa.schema([it.field for it in columns_of(sheet)]).empty_table())
    for batch in table.to_batches(max_chunksize=ROWS):
        yield write_rows(flat_table(sheet, pa.Table.from_batches([batch])))


def _csv(dataset: Dataset) -> dict[str, Content]:
    nouns = _nouns(dataset)
    sheets = (*SHEETS, *([IMPUTED] if dataset.imputed else []))
    return {f"{it.name}.csv": _sheet(it, nouns[f"{it.parent}s" if it.parent else it.name].table) for it in sheets}


def _nouns(dataset: Dataset) -> dict[str, Laid[Any]]:
    """Return what a dataset holds, laid out, by the names of its files."""
    kinds: dict[str, type] = {"reports": Source, "mentions": Mention, "incidents": Incident}
    kinds |= {"relations": Related, "judgements": Judged}
    kinds |= {"imputed": Imputed} if dataset.imputed else {}
    return {name: lay(noun, getattr(dataset, name)) for name, noun in kinds.items()}


def _parquet(dataset: Dataset) -> dict[str, Content]:
    return {f"{name}.parquet": _parquet_bytes(nouns.table) for name, nouns in _nouns(dataset).items()}


def _parquet_bytes(table: pa.Table) -> Content:
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    yield out.getvalue()


def _jsonl(dataset: Dataset) -> dict[str, Content]:
    lines: dict[str, Content] = {f"{name}.jsonl": write_lines(nouns) for name, nouns in _nouns(dataset).items()}
    return lines | {"mentions.jsonl": write_mentions(dataset.mentions)}


def _geojson(dataset: Dataset) -> dict[str, Content]:
    return {"incidents.geojson": write_geojson(dataset)}


def _ftm(dataset: Dataset) -> dict[str, Content]:
    return {"followthemoney.jsonl": write_ftm(dataset)}


def _captures(dataset: Dataset) -> dict[str, Content]:
    origins = {it.id: origin_of(dataset.known.get(it.id), it.publisher, it.published) for it in dataset.reports}
    return {"capture_histories.csv": [write_captures(captures_of(dataset.incidents, origins))]}


_WRITERS: dict[Format, Callable[[Dataset], dict[str, Content]]] = {
    Format.CSV: _csv,
    Format.PARQUET: _parquet,
    Format.JSONL: _jsonl,
    Format.GEOJSON: _geojson,
    Format.FTM: _ftm,
    Format.CAPTURES: _captures,
}
