"""The dataset as Croissant 1.1 (MLCommons), with what is known of how it came about (Croissant RAI 1.0).

What nobody measured is not claimed: shares are counted from the dataset itself.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from dateline.publishing.citation import cite
from dateline.publishing.datasheet import describe, media_of
from dateline.publishing.flatten import columns_of
from dateline.publishing.formats import EVERY_SHEET
from dateline.publishing.impute import describe_rule
from dateline.publishing.laid import column
from dateline.publishing.people import tell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.model.incident import Incident
    from dateline.publishing.dataset import Dataset, Material
    from dateline.publishing.flatten import Sheet
    from dateline.publishing.order import About, Order

_TYPES = {
    pa.string(): "sc:Text",
    pa.bool_(): "sc:Boolean",
    pa.int64(): "sc:Integer",
    pa.float64(): "sc:Float",
    pa.date32(): "sc:Date",
}

LIMITS = (
    "Machine-read from reports: values can be wrong, and every one names the words it rests on, so that it can be "
    "checked. An unknown is empty, never zero. Reports tell what was reported, not what happened; incidents that no "
    "report in this collection tells of are missing, and translations and free retellings count as sources of their "
    "own. How often each step is right on public test sets is in docs/limits.md of the version named here."
)
USES = (
    "Study of how protest, repression and political violence are reported, and by whom; finding of reports to read. "
    "Not fit to count victims without a person's look at the sources, to train a judge of truth, or to find, identify "
    "or organise people."
)
PRIVACY = (
    "Names of private persons are masked in quotes, titles and addresses; public officials, organisations and armed "
    "groups are named. Every byte was searched for masked names and spellings of them before it was written. Places, "
    "days and circumstances can still identify people: look before you publish further."
)


def croissant(dataset: Dataset, material: Material, order: Order, sizes: Mapping[str, tuple[int, str]]) -> bytes:
    """Return the Croissant description of files, given by path with size and sha256."""
    sheets = {f"data/{sheet.name}.csv": sheet for sheet in EVERY_SHEET}
    about = order.about
    described = {
        "@context": json.loads((files("dateline.data") / "croissant_context.json").read_text("utf-8")),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": about.title,
        "description": f"{len(dataset.incidents)} incidents as {len(dataset.reports)} reports tell of them.",
        "version": about.version,
        "citeAs": cite(about),
        **_known(about),
        "distribution": [_file(path, size, sha) for path, (size, sha) in sorted(sizes.items())],
        "recordSet": [_records(sheets[path], path) for path in sorted(sizes) if path in sheets],
        **_responsible(dataset, material, order),
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _known(about: About) -> dict[str, Any]:
    creators = [{"@type": "sc:Organization", "name": name} for name in about.creators]
    known = {
        "license": about.licence,
        "url": about.url,
        "datePublished": about.released.isoformat() if about.released else None,
        "creator": creators,
    }
    return {name: value for name, value in known.items() if value}


def _file(path: str, size: int, sha: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "contentUrl": path,
        "contentSize": f"{size} B",
        "encodingFormat": media_of(path),
        "sha256": sha,
    }


def _records(sheet: Sheet, path: str) -> dict[str, Any]:
    fields = [
        {
            "@type": "cr:Field",
            "@id": f"{sheet.name}/{column.name}",
            "name": column.name,
            "description": describe(sheet, column),
            "dataType": _TYPES.get(column.field.type, "sc:DateTime"),
            "source": {"fileObject": {"@id": path}, "extract": {"column": column.name}},
        }
        for column in columns_of(sheet)
    ]
    return {"@type": "cr:RecordSet", "@id": sheet.name, "name": sheet.name, "field": fields}


def _responsible(dataset: Dataset, material: Material, order: Order) -> dict[str, Any]:
    """Return the RAI properties: what is counted in the dataset, and what holds of every one made this way."""
    versions = sorted({f"{name} {version}" for run in material.runs for name, version in run.versions})
    days = sorted(filter(None, column(dataset.reports, "published")))
    told = {
        "rai:dataCollection": f"{len(dataset.reports)} reports chosen by whoever made the project; "
        + (f"filter: {material.query}" if material.query else "no filter."),
        "rai:dataCollectionTimeFrame": [day.isoformat() for day in (days[0], days[-1])] if days else [],
        "rai:dataCollectionMissingData": _missing(dataset.incidents),
        "rai:dataBiases": [_leaning(dataset), "Press and NGOs report some places, causes and languages more."],
        "rai:dataLimitations": [LIMITS],
        "rai:dataUseCases": [USES],
        "rai:personalSensitiveInformation": [
            PRIVACY,
            f"Masked in {dataset.masked} of {len(dataset.mentions)} mentions.",
        ],
        "rai:machineAnnotationTools": [it for it in versions if it.startswith(("coder", "codebook", "dateline"))],
        "rai:annotationsPerItem": "1, by a machine",
        "rai:dataAnnotationAnalysis": [
            f"{tell(dataset.judgements)} Agreement between people was not measured on this dataset."
        ],
        "rai:dataImputationProtocol": describe_rule(order.rule),
    }
    return {name: value for name, value in told.items() if value}


def _missing(incidents: Sequence[Incident]) -> str:
    ends = zip(column(incidents, "earliest"), column(incidents, "latest"), strict=True)
    timeless = sum(first is None and last is None for first, last in ends)
    placeless = column(incidents, "lat").count(None)
    return f"Of {len(incidents)} incidents {timeless} have no known time and {placeless} no coordinates."


def _leaning(dataset: Dataset) -> str:
    single, contested = (sum(column(dataset.incidents, name)) for name in ("single_source", "contested"))
    return f"{single} of {len(dataset.incidents)} incidents rest on one independent source; {contested} are contested."
