"""How to cite a dataset and the reports it rests on: BibTeX, and CSL-JSON for reference managers."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.publishing.dataset import Dataset
    from dateline.publishing.order import About
    from dateline.publishing.redact import Source

_SPECIAL = re.compile(r"[\\{}$&#^_%~]")


def csl_json(about: About, dataset: Dataset) -> bytes:
    """Return the dataset and its reports as CSL-JSON items, the dataset first."""
    items = [_dataset(about), *map(csl_item, dataset.reports)]
    return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def bibtex(about: About, dataset: Dataset) -> bytes:
    """Return the dataset and its reports as BibTeX entries (`@misc`, which every style knows), the dataset first."""
    entries = [_entry(item) for item in (_dataset(about), *map(csl_item, dataset.reports))]
    return "\n".join(entries).encode("utf-8")


def cite(about: About) -> str:
    """Return the BibTeX entry of the dataset."""
    return _entry(_dataset(about))


def csl_item(source: Source) -> dict[str, Any]:
    """Return a report as a CSL-JSON item; what is not known is left out."""
    item = {
        "id": f"report-{source.id[:16]}",
        "type": "article-newspaper",
        "title": source.title,
        "container-title": source.publisher,
        "issued": {"date-parts": [list(source.published.timetuple()[:3])]} if source.published else None,
        "URL": source.url,
        "language": source.language,
    }
    return {name: value for name, value in item.items() if value is not None}


def _dataset(about: About) -> dict[str, Any]:
    item = {
        "id": "dateline-dataset",
        "type": "dataset",
        "title": about.title,
        "author": [{"literal": name} for name in about.creators] or None,
        "version": about.version,
        "issued": {"date-parts": [list(about.released.timetuple()[:3])]} if about.released else None,
        "URL": about.url,
    }
    return {name: value for name, value in item.items() if value is not None}


def _entry(item: dict[str, Any]) -> str:
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(item))
    return f"@misc{{{item['id']},\n{fields}}}\n"


def _fields(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    authors = " and ".join(f"{{{_safe(author['literal'])}}}" for author in item.get("author", ()))
    issued = item.get("issued", {}).get("date-parts", [[]])[0]
    known = {
        "title": _safe(item.get("title", "")),
        "author": authors,
        "howpublished": _safe(item.get("container-title", "")),
        "year": f"{issued[0]:04}" if issued else "",
        "month": f"{issued[1]}" if issued else "",
        "day": f"{issued[2]}" if issued else "",
        "version": _safe(item.get("version", "")),
        "url": item.get("URL", "").replace("{", "%7B").replace("}", "%7D"),
        "language": item.get("language", ""),
    }
    yield from ((name, value) for name, value in known.items() if value)


def _safe(text: str) -> str:
    """Return a text that BibTeX takes for no command, on one line."""
    return " ".join(_SPECIAL.sub(_escaped, text).split())


def _escaped(match: re.Match[str]) -> str:
    named = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
    return named.get(match[0], "\\" + match[0])
