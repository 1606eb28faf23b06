"""Nouns as flat tables for CSV: a nested noun becomes prefixed columns, a list of nouns a table of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from dateline.model.event import Mention
from dateline.model.ground import Actor, Figure, Voice
from dateline.model.incident import Group, Incident, Range
from dateline.model.tables import schema
from dateline.publishing.impute import Imputed
from dateline.publishing.people import Judged
from dateline.publishing.redact import Source
from dateline.publishing.related import Related

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LEFT_OUT = frozenset({"support"})
"""Words that a value leans on besides its own: in Parquet and JSONL only."""

MERGED = frozenset({"evidence", "attribution"})
"""Fields whose names say nothing in a column: `place_evidence_start` is `place_start`."""


SPEAKER = {
    "speaker": "who vouches for it, the innermost voice: a name, else the words for it, else `report`",
    "speaker_kind": "report (the text itself), person, organisation, unnamed",
    "speaker_role": "which kind of people the words for the speaker name: witness, official, police ...",
    "speaker_basis": "how it is known: stated, resolved, inferred (no cue marks the words), unknown (nothing tells)",
    "force": "what the speaker does: said, denied, promised, accused, believed ...",
    "manner": "in whose wording it is told: direct, mixed, indirect, free",
    "medium": "words for where it was said or published",
    "said": "when it was said, EDTF (ISO 8601-2)",
    "chain": "all voices, outermost first, with > between",
    "stance": "words by which the report keeps its distance, with ; between",
}
"""Columns of a mention that say who vouches for it, and what they mean. The chain of voices has a table of its own."""

_SPEAKING = pa.struct([(name, pa.string()) for name in SPEAKER])


@dataclass(frozen=True, slots=True)
class Sheet:
    """One flat table.

    Attributes:
        name: of the table, and of its file.
        noun: what a row stands for.
        parent: of a table of details: the column that holds the id of the row it belongs to, else empty.
        path: of a table of details: where in the parent noun its rows stand.
        key: the column that tells its rows apart, unless it is a table of details.
    """

    name: str
    noun: type
    parent: str = ""
    path: tuple[str, ...] = ()
    key: str = "id"


@dataclass(frozen=True, slots=True)
class Column:
    """A flat column: its name, its field, and the noun and attribute that it comes from."""

    name: str
    field: pa.Field[Any]
    path: tuple[str, ...]


SHEETS = (
    Sheet("reports", Source),
    Sheet("mentions", Mention),
    Sheet("mention_actors", Actor, "mention", ("actors",)),
    Sheet("mention_figures", Figure, "mention", ("figures",)),
    Sheet("mention_voices", Voice, "mention", ("attribution", "voices")),
    Sheet("incidents", Incident),
    Sheet("incident_figures", Range, "incident", ("figures",)),
    Sheet("incident_sources", Group, "incident", ("groups",)),
    Sheet("relations", Related),
    Sheet("judgements", Judged),
)


IMPUTED = Sheet("imputed", Imputed)
"""Only there if a rule of imputation was chosen."""


def columns_of(sheet: Sheet) -> list[Column]:
    """Return the columns of a flat table, those of its parent and place in it first; of mentions, who says so last."""
    own = list(_columns(list(schema(sheet.noun)), (), False))
    if sheet.noun is Mention:
        return [*own, *(Column(name, pa.field(name, pa.string()), ("speaker", name)) for name in SPEAKER)]
    if not sheet.parent:
        return own
    keys: list[pa.Field[Any]] = [
        pa.field(sheet.parent, pa.string(), nullable=False),
        pa.field("number", pa.int64(), nullable=False),
    ]
    return [*(Column(key.name, key, (key.name,)) for key in keys), *own]


def flat_table(sheet: Sheet, nouns: pa.Table) -> pa.Table:
    """Return the flat table of these nouns, a row each (of the parent nouns, for a table of details)."""
    rows = _details(sheet, nouns) if sheet.parent else nouns
    if sheet.noun is Mention:
        told: list[Any] = rows["attribution"].to_pylist()
        rows = rows.append_column("speaker", pa.array(map(_speaker, told), _SPEAKING))
    columns = columns_of(sheet)
    return pa.Table.from_arrays([_at(rows, it.path) for it in columns], names=[it.name for it in columns])


def _details(sheet: Sheet, parents: pa.Table) -> pa.Table:
    """Return the rows of a table of details, with the id of the parent and the place in its list."""
    lists: Any = _at(parents, sheet.path).combine_chunks()
    owners = pc.list_parent_indices(lists)
    numbers = [place for count in pc.list_value_length(lists).to_pylist() for place in range(1, (count or 0) + 1)]
    rows = pa.Table.from_struct_array(lists.flatten())
    ids = parents["id"].take(owners)
    return rows.add_column(0, "number", pa.array(numbers, pa.int64())).add_column(0, sheet.parent, ids)


def _speaker(attribution: Mapping[str, Any]) -> dict[str, str | None]:
    """Return the innermost voice of a mention as the columns `SPEAKER`."""
    voices = attribution["voices"]
    inner = voices[-1]
    said = inner["said"] or {}
    return {
        "speaker": _called(inner),
        "speaker_kind": inner["kind"],
        "speaker_role": inner["role"],
        "speaker_basis": inner["basis"],
        "force": inner["force"],
        "manner": inner["manner"],
        "medium": (inner["medium"] or {}).get("quote"),
        "said": said.get("edtf"),
        "chain": " > ".join(_called(voice) for voice in voices),
        "stance": "; ".join(words["quote"] for words in attribution["stance"]) or None,
    }


def _called(voice: dict[str, Any]) -> str:
    """Return what a voice is called: its name, else the words for it, else its kind."""
    words = (voice["support"] or [voice["evidence"]])[0] if voice["evidence"] else None
    return " ".join((voice["name"] or (words["quote"] if words else voice["kind"])).split())


def _at(rows: pa.Table, path: tuple[str, ...]) -> Any:
    """Return what stands at a path in each row; a list of texts as one text, with spaces between."""
    first, *rest = path
    column: Any = pc.struct_field(rows[first], rest) if rest else rows[first]
    is_listed = pa.types.is_list(column.type) and pa.types.is_string(column.type.value_type)
    return pc.binary_join(column.cast(pa.list_(pa.string())), " ") if is_listed else column


def _columns(fields: Iterable[pa.Field[Any]], path: tuple[str, ...], optional: bool) -> Iterator[Column]:
    for field in fields:
        here, nullable = (*path, field.name), optional or field.nullable
        if pa.types.is_struct(field.type):
            yield from _columns(field.type.fields, here, nullable)
        elif not pa.types.is_list(field.type):
            yield _column(here, field.type, nullable)
        elif pa.types.is_string(field.type.value_type) and field.name not in LEFT_OUT:
            yield _column(here, pa.string(), nullable)


def _column(path: tuple[str, ...], kind: pa.DataType, nullable: bool) -> Column:
    name = "_".join(part for part in path if part not in MERGED)
    return Column(name, pa.field(name, kind, nullable=nullable), path)
