"""The forms in which a dataset is written: one function a form, from a dataset to files."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from dateline.model.captures import captures_of, origin_of
from dateline.model.event import Mention
from dateline.model.incident import Incident
from dateline.model.tables import to_table
from dateline.publishing.acled import Acled, acled_rows
from dateline.publishing.captures import write_captures
from dateline.publishing.cells import write_csv
from dateline.publishing.flatten import IMPUTED, SHEETS, Sheet, flat_table
from dateline.publishing.ftm import write_ftm
from dateline.publishing.geojson import write_geojson
from dateline.publishing.huridocs import Act, Information, Involvement, act_rows, information_rows, involvement_rows
from dateline.publishing.impute import Imputed
from dateline.publishing.lines import write_lines, write_mentions
from dateline.publishing.order import Format
from dateline.publishing.people import Judged
from dateline.publishing.redact import Source
from dateline.publishing.related import Related
from dateline.publishing.ucdp import Ucdp, ucdp_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import pyarrow as pa

    from dateline.publishing.dataset import Dataset

DATA = "data"
"""The folder of the data."""


SHAPES: dict[Format, tuple[tuple[Sheet, Callable[[Dataset], Sequence[object]]], ...]] = {
    Format.ACLED: ((Sheet("acled", Acled, key="event_id_cnty"), acled_rows),),
    Format.UCDP: ((Sheet("ucdp_ged", Ucdp), ucdp_rows),),
    Format.HURIDOCS: (
        (Sheet("huridocs_acts", Act), act_rows),
        (Sheet("huridocs_involvements", Involvement), involvement_rows),
        (Sheet("huridocs_information", Information), information_rows),
    ),
}
"""Tables in the shape of other people's: what each is made of, and by what."""

EVERY_SHEET = (*SHEETS, IMPUTED, *(sheet for shapes in SHAPES.values() for sheet, _ in shapes))
"""All tables that are ever written as CSV."""


def write_formats(dataset: Dataset, formats: Iterable[Format]) -> dict[str, bytes]:
    """Return the files of a dataset in these forms, by their path."""
    wanted = frozenset(formats) - {Format.PAGES}
    files = [item for form in Format if form in wanted for item in _write(dataset, form).items()]
    texts = [("texts.jsonl", write_lines(dataset.texts))] if dataset.texts else []
    return {f"{DATA}/{name}": content for name, content in (*files, *texts)}


def _write(dataset: Dataset, form: Format) -> dict[str, bytes]:
    if form in SHAPES:
        return {f"{sheet.name}.csv": write_csv(flat_table(sheet, rows(dataset))) for sheet, rows in SHAPES[form]}
    return _WRITERS[form](dataset)


def _csv(dataset: Dataset) -> dict[str, bytes]:
    sheets = (*SHEETS, *([IMPUTED] if dataset.imputed else []))
    return {f"{sheet.name}.csv": write_csv(flat_table(sheet, _rows_of(dataset, sheet))) for sheet in sheets}


def _rows_of(dataset: Dataset, sheet: Sheet) -> Sequence[object]:
    """Return the nouns that a sheet, or the parent of a sheet of details, is made of."""
    nouns: dict[str, Sequence[object]] = {
        "reports": dataset.reports,
        "mentions": dataset.mentions,
        "incidents": dataset.incidents,
        "relations": dataset.relations,
        "judgements": dataset.judgements,
        "imputed": dataset.imputed,
    }
    return nouns[f"{sheet.parent}s" if sheet.parent else sheet.name]


def _parquet(dataset: Dataset) -> dict[str, bytes]:
    nouns: dict[str, type] = {"reports": Source, "mentions": Mention, "incidents": Incident}
    nouns |= {"relations": Related, "judgements": Judged}
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
        "relations.jsonl": write_lines(dataset.relations),
        "judgements.jsonl": write_lines(dataset.judgements),
        **imputed,
    }


def _geojson(dataset: Dataset) -> dict[str, bytes]:
    return {"incidents.geojson": write_geojson(dataset)}


def _ftm(dataset: Dataset) -> dict[str, bytes]:
    return {"followthemoney.jsonl": write_ftm(dataset)}


def _captures(dataset: Dataset) -> dict[str, bytes]:
    origins = {it.id: origin_of(dataset.known.get(it.id), it.publisher, it.published) for it in dataset.reports}
    return {"capture_histories.csv": write_captures(captures_of(dataset.incidents, origins))}


_WRITERS: dict[Format, Callable[[Dataset], dict[str, bytes]]] = {
    Format.CSV: _csv,
    Format.PARQUET: _parquet,
    Format.JSONL: _jsonl,
    Format.GEOJSON: _geojson,
    Format.FTM: _ftm,
    Format.CAPTURES: _captures,
}
