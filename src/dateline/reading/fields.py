"""Records: one JSON object a report, with the names that archives use for its fields."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from dateline.reading.content import About, Content, Limits, Unreadable, trouble
from dateline.reading.decoding import decode

if TYPE_CHECKING:
    from dateline.errors import Issue

FIELDS = {
    "text": ("text", "body", "content", "article"),
    "html": ("html",),
    "title": ("title", "headline"),
    "url": ("url", "link"),
    "publisher": ("publisher", "source", "outlet", "sitename"),
    "published": ("published", "date", "publication_date"),
    "retrieved": ("retrieved",),
    "language": ("language", "lang"),
}
FILE = ("file", "filename", "path")
"""What a table that tells of files calls them."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def read_record(raw: bytes, limits: Limits) -> Content:
    """Read one record: a JSON object with any of these fields, in lower or upper case; the first that is filled counts.

    - the text: `text`, `body`, `content` or `article`; where none is filled, `html`, read as a web page
    - `title` or `headline`; `url` or `link`; `publisher`, `source`, `outlet` or `sitename`
    - the publication date: `published`, `date` or `publication_date`, as 2019-11-17 or 17 November 2019
    - when it was fetched: `retrieved`, in ISO 8601; `language` or `lang`, as `en`

    Other fields are passed over. What the record says goes before what its page says.

    Raises:
        Unreadable: `malformed-record`, `missing-text`, or as decoding and web pages do.
    """
    line, issues = decode(raw)
    stated, mended = _stated(_parse(line))
    issues = (*issues, *mended)
    about = About(**{name: stated[name] for name in stated if name not in ("text", "html")})
    if "text" in stated:
        return Content(stated["text"], about, issues)
    from dateline.reading.web import read_markup  # a third of a second to import; most records have no page

    page = read_markup(stated["html"], limits)
    return Content(page.text, merge(about, page.about), issues)


def read_row(raw: bytes) -> tuple[str, About]:
    """Read a row of a table that tells of files: the file that it names, and what is known of it.

    The file stands under `file`, `filename` or `path`; empty if none does. The rest has the names of `read_record`.

    Raises:
        Unreadable: `malformed-record`, or as decoding does.
    """
    line, _ = decode(raw)
    record = _parse(line)
    found = {ours: _first_filled(record, theirs) for ours, theirs in FIELDS.items() if ours not in ("text", "html")}
    return _first_filled(record, FILE) or "", About(**found)


def _parse(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line, strict=False)
    except (ValueError, RecursionError) as error:
        raise Unreadable("malformed-record", f"a line that is not JSON given ({error}); expected one object") from error
    if not isinstance(record, dict):
        raise Unreadable(
            "malformed-record", f"a JSON {type(record).__name__} given; expected one object with a field `text`"
        )
    return {key.strip().lower(): value for key, value in reversed(record.items())}


def _stated(record: dict[str, Any]) -> tuple[dict[str, str], list[Issue]]:
    """Return the fields that are filled, under our names, and what was wrong with their characters."""
    found = {ours: _first_filled(record, theirs) for ours, theirs in FIELDS.items()}
    if not (found["text"] or found["html"]):
        keys = ", ".join(sorted(record))[:300] or "none"
        raise Unreadable(
            "missing-text", f"a record with the fields {keys} given; expected one of {', '.join(FIELDS['text'])}, html"
        )
    lone = sum(len(_SURROGATE.findall(value)) for value in found.values() if value)
    message = f"{lone} halves of surrogate pairs, read as U+FFFD: check them in the original"
    stated = {name: _SURROGATE.sub("�", value) for name, value in found.items() if value}
    return stated, [trouble("surrogates", message)] if lone else []


def _first_filled(record: dict[str, Any], names: tuple[str, ...]) -> str | None:
    return next(filter(None, (_string(name, record.get(name)) for name in names)), None)


def _string(name: str, value: Any) -> str | None:
    """Return a value as text; None for what tables hold where they hold nothing."""
    if value is None or value != value or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, (str, int, float)):
        return str(value)
    raise Unreadable("malformed-record", f"a {type(value).__name__} in the field {name} given; expected text")


def merge(record: About, page: About) -> About:
    """Return what is known of a report: what its record or row says, and where that is silent what its page says."""
    return About(
        record.title or page.title,
        record.publisher or page.publisher,
        record.url or page.url,
        record.published or page.published,
        record.retrieved or page.retrieved,
        record.language or page.language,
    )
