"""`read`: one input to one report, or to the issues that say why not. Pure and bounded: it runs in worker processes."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dateline.model.text import Published, PublishedBasis, Reading, Report, make_report
from dateline.reading.content import LIMITS, About, Content, Limits, Unreadable, megabytes, trouble
from dateline.reading.dates import find_dateline, parse_day, parse_moment
from dateline.reading.fields import merge, read_record
from dateline.reading.language import detect_language, parse_language
from dateline.reading.plain import read_plain
from dateline.reading.streams import unpack

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.errors import Issue
    from dateline.reading.inputs import Input


def _read_page(raw: bytes, limits: Limits) -> Content:
    from dateline.reading.web import read_page  # a third of a second to import, which plain texts should not wait for

    return read_page(raw, limits)


_READERS: dict[str, Callable[[bytes, Limits], Content]] = {
    "text": lambda raw, _limits: read_plain(raw),
    "page": _read_page,
    "packed-page": lambda raw, limits: _read_page(unpack(raw, limits), limits),
    "record": read_record,
}
_LONGEST_VALUE = 2_000


def read(input: Input, limits: Limits = LIMITS) -> Reading:
    """Make one input a report.

    The text of plain files is the file's own, to the character; that of pages is what trafilatura extracts. The
    publication date is what a table of files or metadata states, else a full dateline, else what the user gave, else
    unknown: never the file's own date, nor a date printed somewhere on the page.
    """
    try:
        content = _content(input, limits)
    except Unreadable as unreadable:
        return Reading(input.source, input.raw, None, (replace(unreadable.issue, source=input.source),))
    about, troubles = _tidy(merge(input.listed, content.about) if input.listed else content.about)
    report, unread = _report(input, content.text, about)
    issues = (*content.issues, *troubles, *unread)
    return Reading(
        input.source, input.raw, report, tuple(replace(i, source=input.source, report=report.id) for i in issues)
    )


def _content(input: Input, limits: Limits) -> Content:
    """Return the text of an input, within the limits."""
    if input.fault:
        raise Unreadable(input.fault, input.message or input.fault)
    if len(input.raw) > limits.raw_bytes:
        raise Unreadable(
            "too-large", f"{megabytes(len(input.raw))} given; at most {megabytes(limits.raw_bytes)} is read: split it"
        )
    if not input.raw.strip():
        raise Unreadable("empty", "nothing but white space given; expected a text")
    content = _READERS[input.kind](input.raw, limits)
    if not content.text.strip():
        raise Unreadable("empty", "nothing but front matter or white space given; expected a text")
    if len(content.text) > limits.text_length:
        message = f"{len(content.text):,} characters given; at most {limits.text_length:,} are one report: split it"
        raise Unreadable("too-large", message)
    return content


def _report(input: Input, text: str, about: About) -> tuple[Report, list[Issue]]:
    published, unread = _published(text, about.published, input.published)
    retrieved = parse_moment(about.retrieved) if about.retrieved else None
    if about.retrieved and retrieved is None:
        unread.append(
            trouble("unread-date", f"retrieved {about.retrieved[:60]!r} given; expected a time as 2019-11-17T08:00Z")
        )
    report = make_report(
        text,
        published=published,
        raw=hashlib.sha256(input.raw).hexdigest(),
        source=input.source,
        title=about.title,
        publisher=about.publisher or input.publisher or _host(about.url),
        url=about.url,
        language=parse_language(about.language or "") or input.language or detect_language(text),
        retrieved=retrieved,
    )
    return report, unread


def _published(text: str, stated: str | None, given: str | None) -> tuple[Published, list[Issue]]:
    """Return the publication date by the best basis there is, and whether a stated one could not be read."""
    day = parse_day(stated) if stated else None
    message = f"publication date {(stated or '')[:60]!r} given; expected a full date as 2019-11-17"
    unread = [trouble("unread-date", message)] if stated and day is None else []
    if day:
        return Published(day, PublishedBasis.METADATA), unread
    if day := find_dateline(text):
        return Published(day, PublishedBasis.DATELINE), unread
    if given:
        return Published(date.fromisoformat(given), PublishedBasis.GIVEN), unread
    return Published(), unread


def _host(url: str | None) -> str | None:
    """Return the host of an address, without `www.`: the publisher's name where nothing better is stated."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _tidy(about: About) -> tuple[About, list[Issue]]:
    """Return what an input says of itself with white space single, and an issue for each value too long to be one."""
    values = {name: " ".join((getattr(about, name) or "").split()) for name in About.__dataclass_fields__}
    overlong = [name for name, value in values.items() if len(value) > _LONGEST_VALUE]
    kept = {
        name: value.encode("utf-8", "replace").decode() or None
        for name, value in values.items()
        if name not in overlong
    }
    message = f"of over {_LONGEST_VALUE:,} characters given; passed over"
    return About(**kept), [trouble("overlong-field", f"a {name} {message}") for name in overlong]
