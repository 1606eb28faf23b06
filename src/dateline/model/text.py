"""Reports and the words in them: `Report`, `Span`, `Evidence`, and what a reader returns, `Reading`."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from dateline.errors import EvidenceError, Issue

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open interval of a report's text, in Unicode code points.

    Raises:
        EvidenceError: if it is empty, reversed or starts before the text.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise EvidenceError(
                f"span [{self.start}, {self.end}) given; expected 0 <= start < end in code points of the report's text"
            )

    def overlaps(self, other: Span) -> bool:
        """Say whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Say whether the other lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The words that a value rests on: where they stand, and the words themselves, verbatim."""

    start: int
    end: int
    quote: str

    @property
    def span(self) -> Span:
        """The place of the words, as a `Span`."""
        return Span(self.start, self.end)


class PublishedBasis(StrEnum):
    """How the publication date of a report is known."""

    METADATA = "metadata"
    DATELINE = "dateline"
    GIVEN = "given"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Published:
    """The day a report was published, and how that is known. `day` is None exactly when unknown."""

    day: date | None = None
    basis: PublishedBasis = PublishedBasis.UNKNOWN


@dataclass(frozen=True, slots=True)
class Report:
    """One text from one publisher. Its text never changes: every span counts from its first code point.

    Attributes:
        id: sha256 over text, publisher, url, title and publication date (see `report_id`).
        text: the text as read, uncleaned.
        raw: sha256 of the bytes it was read from, which the archive keeps.
        source: the input as the user named it (path, or path#record).
        language: ISO 639-1 code, or None where it could not be told.
        retrieved: when the publisher's copy was fetched, if the input says so; UTC.
    """

    id: str
    text: str
    raw: str
    source: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    published: Published = Published()
    retrieved: datetime | None = None

    def cite(self, start: int, end: int) -> Evidence:
        """Return the evidence that stands at [start, end).

        >>> make_report("Police arrested nine people.").cite(7, 15).quote
        'arrested'
        """
        span = Span(start, end)
        if span.end > len(self.text):
            raise EvidenceError(f"span [{start}, {end}) given; report {self.id[:12]} has {len(self.text)} code points")
        return Evidence(start, end, self.text[start:end])

    def check(self, evidence: Evidence) -> None:
        """Raise `EvidenceError` unless the quote stands in the text, to the letter, at its span."""
        found = self.text[evidence.start : evidence.end]
        if evidence.start < 0 or not evidence.quote or found != evidence.quote:
            raise EvidenceError(
                f"report {self.id[:12]} holds {found!r} at [{evidence.start}, {evidence.end}); "
                f"the evidence quotes {evidence.quote!r}: quote the text verbatim, offsets in code points"
            )


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one input: its bytes, the report made of it (if any), and what went wrong."""

    source: str
    raw: bytes
    report: Report | None
    issues: tuple[Issue, ...] = ()


def digest(value: Any) -> str:
    """Return the sha256 of a JSON-able value in canonical form, as 64 hex digits."""
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def report_id(text: str, publisher: str | None, url: str | None, title: str | None, published: Published) -> str:
    """Return the id of a report: a hash of what makes it this text of this publisher."""
    return digest([text, publisher, url, title, published.day])


def make_report(text: str, *, published: Published = Published(), **about: Any) -> Report:
    """Make a report of a text and compute its id; `about` are other fields of `Report` (raw, source, title ...)."""
    fingerprint = report_id(text, about.get("publisher"), about.get("url"), about.get("title"), published)
    return Report(fingerprint, text, about.pop("raw", ""), about.pop("source", ""), published=published, **about)


def evidence_in(noun: object) -> Iterator[Evidence]:
    """Yield every `Evidence` anywhere inside a noun, in the order of its fields."""
    if isinstance(noun, Evidence):
        yield noun
    elif isinstance(noun, tuple):
        for item in noun:
            yield from evidence_in(item)
    else:
        for name in names_of(type(noun)):
            value = getattr(noun, name)
            if isinstance(value, tuple) or names_of(type(value)):
                yield from evidence_in(value)


_NAMES: dict[type, tuple[str, ...]] = {}


def names_of(kind: type) -> tuple[str, ...]:
    """Return the names of the fields of a noun's type; none of any other type."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
    return _NAMES[kind]
