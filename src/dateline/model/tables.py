"""One Arrow schema a noun, derived from its fields: `schema`, `to_table`, `from_table`.

A nested noun becomes a struct, a tuple a list, an enum its string, a `date` date32, a `datetime` microseconds in UTC.
"""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from itertools import accumulate, islice, pairwise
from operator import attrgetter
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.compute as pc

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

Noun = TypeVar("Noun")

BATCH = 10_000
"""Nouns that are plain dictionaries at a time."""

_PLAIN: dict[type, pa.DataType] = {
    str: pa.string(),
    bool: pa.bool_(),
    int: pa.int64(),
    float: pa.float64(),
    bytes: pa.binary(),
    date: pa.date32(),
    datetime: pa.timestamp("us", tz="UTC"),
}


_UNIONS = (types.UnionType, typing.Union)


@cache
def schema(noun: Hashable) -> pa.Schema:
    """Return the Arrow schema of a noun: one column a field, in the order of the fields."""
    return pa.schema([_field(name, hint) for name, hint in _hints(typing.cast("type", noun)).items()])


def struct(noun: type) -> pa.DataType:
    """Return the Arrow struct type of a noun, for columns that hold one."""
    return pa.struct(list(schema(noun)))


def to_rows(nouns: Iterable[object]) -> list[dict[str, Any]]:
    """Return nouns as plain dictionaries, the form that Arrow takes."""
    return [_noun_encoder(typing.cast("Hashable", type(noun)))(noun) for noun in nouns]


def to_table(noun: type, nouns: Iterable[object]) -> pa.Table:
    """Return nouns of one type as an Arrow table."""
    columns, rows = schema(noun), iter(nouns)
    tables = [columns.empty_table()]
    while some := list(islice(rows, BATCH)):  # rows of many nested nouns together need much memory
        tables.append(pa.Table.from_pylist(to_rows(some), schema=columns))
    return pa.concat_tables(tables).combine_chunks()


def from_rows(noun: type[Noun], rows: Iterable[dict[str, Any]]) -> list[Noun]:
    """Return the nouns that these dictionaries stand for. Inverse of `to_rows`."""
    decode = _noun_decoder(typing.cast("Hashable", noun))
    return [decode(row) for row in rows]


def from_table(noun: type[Noun], table: pa.Table) -> list[Noun]:
    """Return the nouns of a table. Inverse of `to_table`."""
    return from_rows(noun, table.to_pylist())


def from_batch(noun: type[Noun], batch: pa.RecordBatch) -> list[Noun]:
    """Return the nouns of a batch, read column by column: twice as fast as row by row."""
    columns = [_column(hint, batch.column(name)) for name, hint in _hints(typing.cast("Hashable", noun)).items()]
    return list(map(noun, *columns))


def _column(hint: Any, values: pa.Array[Any]) -> list[Any]:
    """Return the values of a column as what the hint says."""
    if values.null_count:
        told = iter(_column(hint, values.drop_null()))
        return [next(told) if is_told else None for is_told in values.is_valid().to_pylist()]
    hint = _optional(hint) or hint
    if get_origin(hint) is tuple:
        items = _column(get_args(hint)[0], typing.cast("pa.ListArray[Any]", values).flatten())
        ends = list(accumulate(pc.list_value_length(values).to_pylist(), initial=0))
        return [tuple(items[start:end]) for start, end in pairwise(ends)]
    if is_dataclass(hint):
        inner = zip(_hints(typing.cast("type", hint)).values(), typing.cast("Any", values).flatten(), strict=True)
        return list(map(typing.cast("type", hint), *[_column(each, column) for each, column in inner]))
    told_as = hint._value2member_map_ if isinstance(hint, type) and issubclass(hint, StrEnum) else None
    return [told_as[it] for it in values.to_pylist()] if told_as else values.to_pylist()


@cache
def _hints(noun: type) -> dict[str, Any]:
    hints = get_type_hints(noun)
    return {field.name: hints[field.name] for field in fields(noun)}


def _field(name: str, hint: Any) -> pa.Field[Any]:
    inner = _optional(hint)
    return pa.field(name, _arrow(inner or hint), nullable=inner is not None)


def _optional(hint: Any) -> Any:
    """Return X for `X | None`, else None."""
    if get_origin(hint) in _UNIONS:
        (inner,) = (arg for arg in get_args(hint) if arg is not type(None))
        return inner
    return None


def _arrow(hint: Any) -> pa.DataType:
    if get_origin(hint) is tuple:
        return pa.list_(pa.field("item", _arrow(get_args(hint)[0]), nullable=False))
    if is_dataclass(hint):
        return struct(typing.cast("type", hint))
    if issubclass(hint, StrEnum):
        return pa.string()
    return _PLAIN[hint]


def _encode(value: Any) -> Any:
    """Return a value of one type of several as what Arrow takes."""
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    encode = _encoder(typing.cast("Any", type(value)))
    return encode(value) if encode else value


@cache
def _encoder(hint: Any) -> Callable[[Any], Any] | None:
    """Return the function from a value of this type to what Arrow takes; None where it is the value itself."""
    if get_origin(hint) in _UNIONS and len(set(get_args(hint)) - {type(None)}) > 1:
        return _encode
    inner = _optional(hint)
    if inner is not None:
        encode = _encoder(inner)
        return encode and (lambda value: None if value is None else encode(value))
    if get_origin(hint) is tuple:
        each = _encoder(get_args(hint)[0])
        return (lambda values: [each(value) for value in values]) if each else list
    if is_dataclass(hint):
        return _noun_encoder(typing.cast("type", hint))
    return str if issubclass(hint, StrEnum) else None


@cache
def _noun_encoder(noun: Hashable) -> Callable[[Any], dict[str, Any]]:
    hints = _hints(typing.cast("type", noun))
    names = tuple(hints)
    values = attrgetter(*names) if len(names) > 1 else lambda it: (getattr(it, names[0]),)
    encoders = [(name, encode) for name, hint in hints.items() if (encode := _encoder(hint))]

    def encode_noun(it: Any) -> dict[str, Any]:
        row = dict(zip(names, values(it), strict=True))
        for name, encode in encoders:
            row[name] = encode(row[name])
        return row

    return encode_noun


@cache
def _decoder(hint: Any) -> Callable[[Any], Any] | None:
    """Return the function from an Arrow value to a value of this type; None where it is the value itself."""
    inner = _optional(hint)
    if inner is not None:
        return _optional_decoder(_decoder(inner))
    if get_origin(hint) is tuple:
        return _tuple_decoder(_decoder(get_args(hint)[0]))
    if is_dataclass(hint):
        return _noun_decoder(typing.cast("type", hint))
    if issubclass(hint, StrEnum):
        return typing.cast("Callable[[Any], Any]", hint._value2member_map_.__getitem__)
    return None


def _optional_decoder(decode: Callable[[Any], Any] | None) -> Callable[[Any], Any] | None:
    return None if decode is None else (lambda value: None if value is None else decode(value))


def _tuple_decoder(decode: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    return tuple if decode is None else (lambda values: tuple([decode(value) for value in values]))


@cache
def _noun_decoder(noun: Hashable) -> Callable[[Any], Any]:
    decoders = [(name, _decoder(hint)) for name, hint in _hints(typing.cast("type", noun)).items()]
    made = typing.cast("Callable[..., Any]", noun)
    return lambda row: made(*[decode(row[name]) if decode else row[name] for name, decode in decoders])
