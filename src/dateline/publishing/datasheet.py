"""The data dictionary: `datapackage.json` (Frictionless Data Package) and the same for people, `dictionary.md`.

Descriptions are those of the nouns themselves: the `Attributes` of their docstrings.
"""

from __future__ import annotations

import inspect
import json
import re
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import pyarrow as pa

from dateline.model.event import Event, Mention
from dateline.model.policy import policy_of
from dateline.publishing.coordinates import DECIMALS
from dateline.publishing.flatten import SPEAKER, Column, Sheet, columns_of
from dateline.publishing.formats import EVERY_SHEET
from dateline.publishing.impute import describe_rule
from dateline.publishing.people import tell
from dateline.publishing.provenance import settings
from dateline.publishing.vocabulary import MASK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dateline.model.codebook import Codebook
    from dateline.publishing.dataset import Dataset, Material
    from dateline.publishing.order import Order

GLOSSARY = {
    "id": "hash of the content",
    "report": "id of the report",
    "mention": "id of the mention",
    "incident": "id of the incident",
    "number": "place in the list, from 1",
    "start": "first code point of the words in the report's text, from 0",
    "end": "code point after the last of the words",
    "quote": f"the words, verbatim but for names of private persons, which are replaced by {MASK}",
    "role": "actor or recipient",
    "basis": "how the value is known: stated, resolved, inferred, unknown",
    "status": "asserted, denied, planned, hypothetical, called_for, generic, background",
    "type": "code of the event type",
    "form": "code of how it was done, where the words tell",
    "name": "name, of what is public only",
    "place": "gazetteer name of the place",
    "country": "ISO 3166-1 alpha-3 code",
    "admin1": "name of the first-level administrative unit",
    "admin2": "name of the second-level administrative unit",
    "lat": "latitude, WGS84 degrees, rounded to the precision",
    "lon": "longitude, WGS84 degrees, rounded to the precision",
    "radius_km": "how far off the true place may lie, km",
    "precision": "smallest unit that is known: " + ", ".join(DECIMALS),
    "granularity": "size of the calendar unit that is known",
    "earliest": "first day that is possible",
    "latest": "last day that is possible",
    "kind": "who a voice is: report (the text itself), person, organisation, unnamed",
    "low": "lowest number, inclusive; empty if open",
    "high": "highest number, inclusive; empty if open",
    "counts": "what is counted",
    "contested": "whether the claims exclude each other",
    "coder": "which coder read the event, and in which state",
    "public": "whether it is a public person or body",
}
"""What a column means where its noun does not say so more exactly."""

_ATTRIBUTE = re.compile(r"^([a-z_0-9]+(?:, [a-z_0-9]+)*): (.*)$")
_TYPES = {
    pa.string(): "string",
    pa.bool_(): "boolean",
    pa.int64(): "integer",
    pa.float64(): "number",
    pa.date32(): "date",
}
_MEDIA = {
    ".csv": "text/csv",
    ".jsonl": "application/x-ndjson",
    ".geojson": "application/geo+json",
    ".md": "text/markdown",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".bib": "application/x-bibtex",
    ".parquet": "application/vnd.apache.parquet",
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
}

_ROUNDING = ", ".join(f"{precision} {digits}" for precision, digits in DECIMALS.items())

NOTES = f"""Names of private persons are replaced by `{MASK}`. Offsets count code points in the report as it was read,
so that whoever holds the report can check a quote; reports themselves are not part of this dataset.
Coordinates are rounded to what is known; decimals of a degree: {_ROUNDING}.
In CSV, a text that a spreadsheet could run as a formula has an apostrophe in front. An empty cell is unknown, never
zero. Lists of ids are separated by spaces. Parquet and JSONL hold the same values nested, and in Parquet also the words
that a value leans on.
"""


@cache
def attributes_of(noun: type) -> Mapping[str, str]:
    """Return what the docstring of a noun says of its attributes."""
    _, _, section = (inspect.getdoc(noun) or "").partition("Attributes:\n")
    found: dict[str, str] = {}
    names: list[str] = []
    for line in (line.strip() for line in section.splitlines()):
        match = _ATTRIBUTE.match(line)
        if match:
            names = match[1].split(", ")
            found |= dict.fromkeys(names, match[2])
        else:
            found |= {name: f"{found[name]} {line}".strip() for name in names}
    return found


def describe(sheet: Sheet, column: Column) -> str:
    """Return what a column means."""
    if column.path[0] == "speaker":
        return SPEAKER[column.name]
    noun: type = sheet.noun
    for name in column.path[:-1]:
        noun = _noun_at(noun, name)
    last = column.path[-1]
    inherited = attributes_of(Event) if noun is Mention else {}
    own = {} if last in ("lat", "lon") else attributes_of(noun)
    about = own.get(last) or GLOSSARY.get(last) or inherited.get(last) or ""
    return about.replace("None", "empty").replace("|", "/")


def datapackage(files: Mapping[str, tuple[int, str]], material: Material, order: Order) -> bytes:
    """Return the descriptor of files, given by path with size and sha256: columns, notes, and what was chosen."""
    about = order.about
    package = {
        "name": "dateline-dataset",
        "profile": "data-package",
        "title": about.title,
        "version": about.version,
        "description": f"{NOTES}{describe_rule(order.rule)}\n{policy_of(order.policy).about}\n",
        **settings(material, order),
        "contributors": [{"title": name, "role": "author"} for name in about.creators],
        "licenses": [_licence(about.licence)] if about.licence else [],
        "resources": [_resource(path, size, sha) for path, (size, sha) in files.items()],
    }
    known = {name: value for name, value in package.items() if value != [] and value is not None}
    return (json.dumps(known, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _licence(licence: str) -> dict[str, str]:
    return {"path": licence} if "://" in licence else {"name": licence}


def dictionary(dataset: Dataset, material: Material, order: Order) -> bytes:
    """Return the data dictionary in Markdown, with the event types of the codebooks in force."""
    parts = [f"# {order.about.title}: data dictionary\n", NOTES, describe_rule(order.rule), *_chosen(dataset, order)]
    parts += [f"Filter: {f'`{material.query}`' if material.query else 'none, all incidents'}."]
    for sheet in EVERY_SHEET:
        parts += [f"\n## {sheet.name}\n", f"{_summary(sheet)}\n", "| column | type | meaning |", "|---|---|---|"]
        parts += [f"| `{it.name}` | {_type(it.field.type)} | {describe(sheet, it)} |" for it in columns_of(sheet)]
    for codebook in material.codebooks:
        parts += [f"\n## Event types of the codebook {codebook.name} {codebook.version}\n", *_types(codebook)]
    return ("\n".join(parts) + "\n").encode("utf-8")


def _chosen(dataset: Dataset, order: Order) -> Iterator[str]:
    """Yield by what values were settled, what was cut and what was left out."""
    about = policy_of(order.policy).about
    yield f"Values of incidents that sources disagree on are settled by the policy `{order.policy}`: {about}"
    yield tell(dataset.judgements)
    if order.quotes is not None:
        yield f"Quotes longer than {order.quotes} characters are cut off, with an ellipsis; offsets are of the whole."
    if order.least > 1:
        yield (
            f"Incidents at a place of which fewer than {order.least} are told are left out: {dataset.left_out}. "
            "Quotes, titles and addresses of others may still name such a place."
        )


def _types(codebook: Codebook) -> Iterator[str]:
    """Yield the rows that say what types and forms mean; examples may be from reports, and are not published."""
    yield from ("| type | form | meaning |", "|---|---|---|")
    for kind in codebook.types:
        for code, entry in sorted(kind.taught(), key=lambda pair: pair[0] is not None):
            form = f"`{code}`" if code else ""
            yield f"| `{kind.code}` | {form} | {' '.join(entry.definition.replace('|', '/').split())} |"


def _noun_at(noun: type, name: str) -> type:
    hint = get_type_hints(noun)[name]
    inner = [arg for arg in get_args(hint) if isinstance(arg, type) and arg is not type(None)]
    return inner[0] if inner else hint


def _summary(sheet: Sheet) -> str:
    return (inspect.getdoc(sheet.noun) or "").partition("\n")[0]


def _type(kind: pa.DataType) -> str:
    return _TYPES.get(kind, "datetime")


def media_of(path: str) -> str:
    """Return the media type of a file by its name."""
    return _MEDIA.get(path[path.rfind(".") :], "application/octet-stream")


def _resource(name: str, size: int, sha: str) -> dict[str, Any]:
    resource: dict[str, Any] = {
        "name": re.sub("[^a-z0-9]+", "-", name.removeprefix("data/").lower()),
        "path": name,
        "format": PurePosixPath(name).suffix.lstrip("."),
        "mediatype": media_of(name),
        "bytes": size,
        "hash": f"sha256:{sha}",
    }
    sheet = next((sheet for sheet in EVERY_SHEET if name == f"data/{sheet.name}.csv"), None)
    if sheet is None:
        return resource | {"type": "file"}
    return resource | {"profile": "tabular-data-resource", "encoding": "utf-8", "schema": _schema(sheet)}


def _schema(sheet: Sheet) -> dict[str, Any]:
    fields = [_field(sheet, column) for column in columns_of(sheet)]
    if not sheet.parent:
        return {"fields": fields, "primaryKey": sheet.key, "missingValues": [""]}
    target = {"resource": f"{sheet.parent}s-csv", "fields": "id"}
    keys = [{"fields": sheet.parent, "reference": target}]
    return {"fields": fields, "primaryKey": [sheet.parent, "number"], "foreignKeys": keys, "missingValues": [""]}


def _field(sheet: Sheet, column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _type(column.field.type),
        "description": describe(sheet, column),
    }
    is_key = column.name in {sheet.key, sheet.parent}
    is_full = not column.field.nullable and (
        is_key or column.field.type != pa.string()
    )  # a quote may be cut to nothing
    return field | {"constraints": {"required": True}} if is_full else field


def undescribed(sheets: Iterable[Sheet] = EVERY_SHEET) -> list[str]:
    """Return the columns that no noun and no glossary describes."""
    return [f"{it.name}.{column.name}" for it in sheets for column in columns_of(it) if not describe(it, column)]
