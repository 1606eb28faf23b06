"""A folder that opens by double-click: map, time line, table and evidence, with no server and no network.

The table and the evidence are plain HTML, page by page. `data.js` holds one row an incident for the script, which
filters, and draws the map; what stands where in a row is named there in the same order as here.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from dateline.drawing import wording
from dateline.publishing.assets import assets
from dateline.publishing.bars import bars_of
from dateline.publishing.evidence import Said, said_of
from dateline.publishing.provenance import settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.model.incident import Incident
    from dateline.publishing.dataset import Dataset, Material, Told
    from dateline.publishing.order import Order

LIST_ROWS = 200
EVIDENCE_ROWS = 40
"""Incidents on one page of the list, and on one of evidence."""


@dataclass(frozen=True, slots=True)
class Line:
    """An incident as a row of the table."""

    incident: Incident
    part: int
    words: str

    @property
    def anchor(self) -> str:
        """Where its evidence starts in its page."""
        return f"i-{self.incident.id[:16]}"

    @property
    def address(self) -> str:
        """The page of its evidence."""
        return f"evidence/{self.part}.html#{self.anchor}"

    @property
    def cells(self) -> dict[str, str]:
        """What a person reads of it."""
        it = self.incident
        return {
            "when": wording.days(it.earliest, it.latest, it.granularity),
            "kind": wording.kind(it.type, it.form),
            "where": wording.area(it.place, it.admin1, it.country),
            "figures": wording.ranges(it.figures),
            "status": it.status.value,
            "status_words": wording.status(it.status),
            "disputed": wording.disputed(it.disputed),
            "independent_words": wording.plural(it.independent, "independent source"),
        }

    def shown(self) -> dict[str, Any]:
        """Return what the templates show of it."""
        own = {"independent": self.incident.independent, "contested": self.incident.contested}
        return {**self.cells, **own, "anchor": self.anchor, "address": self.address}

    def row(self) -> list[Any]:
        """Return its row in `data.js`, in the order that `page.js` names."""
        it, cells = self.incident, self.cells
        days = [day.isoformat() if day else None for day in (it.earliest, it.latest)]
        words = [cells[name] for name in ("when", "kind")]
        told = [it.type, it.status.value, cells["status_words"], cells["where"], it.country, cells["figures"]]
        place = [it.lon, it.lat, it.radius_km, it.precision.value]
        disputed = cells["disputed"] if it.contested else ""
        return [it.id[:16], *words, *told, it.independent, disputed, *days, *place, self.part, self.words]


def write_pages(dataset: Dataset, material: Material, order: Order, data: Sequence[str]) -> dict[str, bytes]:
    """Return the pages of a dataset by their path; `data` are the paths of its other files."""
    told = sorted(dataset.told(), key=_by_time)
    lines = [Line(it.incident, place // EVIDENCE_ROWS + 1, _searched(it)) for place, it in enumerate(told)]
    shared = {"title": order.about.title, "licence": order.about.licence}
    pages = _pages(lines, LIST_ROWS)
    found = {"index.html": _index(dataset, material, order, lines, data)}
    for number, page in enumerate(pages[1:], start=2):
        shown = [line.shown() for line in page]
        about = {"number": number, "pages": len(pages), "up": "../", "lines": shown}
        found[f"list/{number}.html"] = _render("list.html", **shared, **about)
    parts = _pages(list(zip(lines, told, strict=True)), EVIDENCE_ROWS)
    for number, part in enumerate(parts if lines else [], start=1):
        entries = [_entry(line, it, dataset) for line, it in part]
        about = {"number": number, "pages": len(parts), "up": "../", "entries": entries}
        found[f"evidence/{number}.html"] = _render("evidence.html", **shared, **about)
    return found | {"assets/data.js": _data(lines)} | assets()


def _by_time(told: Told) -> tuple[str, str, str]:
    it = told.incident
    return (str(it.earliest or it.latest or "9999"), str(it.latest or it.earliest or "9999"), it.id)


def _searched(told: Told) -> str:
    """Return the words by which an incident is found besides those of its row: publishers, and what names it."""
    names = sorted({it.publisher for it in told.sources if it.publisher})
    return " ".join([*names, *sorted({" ".join(it.trigger.quote.split()) for it in told.mentions})])


def _pages(items: Sequence[Any], size: int) -> list[Sequence[Any]]:
    return [items[start : start + size] for start in range(0, len(items), size)] or [[]]


def _data(lines: Sequence[Line]) -> bytes:
    """Return the rows as a script; no `<` can end it early where it is put into a page."""
    rows = ",\n".join(json.dumps(line.row(), ensure_ascii=False).replace("<", "\\u003c") for line in lines)
    return f"window.DATELINE = [\n{rows}\n];\n".encode()


def _entry(line: Line, told: Told, dataset: Dataset) -> dict[str, Any]:
    said: list[Said] = said_of(told, dataset)
    return {"line": line.shown(), "id": line.incident.id, "sentence": wording.sentence(line.incident), "said": said}


def _index(dataset: Dataset, material: Material, order: Order, lines: Sequence[Line], data: Sequence[str]) -> bytes:
    unit, bars = bars_of(dataset.incidents)
    pages = _pages(lines, LIST_ROWS)
    return _render(
        "index.html",
        title=order.about.title,
        licence=order.about.licence,
        up="",
        lead=_lead(dataset, material),
        counters=list(_counters(dataset)),
        choices=list(_choices(dataset)),
        unit=unit,
        bins=bars,
        lines=[line.shown() for line in pages[0]],
        pages=len(pages),
        files=sorted(data),
        made=[(name.replace("_", " "), _plain(value)) for name, value in settings(material, order).items()],
    )


def _lead(dataset: Dataset, material: Material) -> str:
    days = sorted(day for it in dataset.incidents for day in (it.earliest, it.latest) if day)
    period = f", {wording.days(days[0], days[-1])}" if days else ""
    narrowed = f" Chosen by the filter {material.query}." if material.query else ""
    told = wording.plural(len(dataset.incidents), "incident")
    return f"{told} as {wording.plural(len(dataset.reports), 'report')} tell of them{period}.{narrowed}"


def _counters(dataset: Dataset) -> Iterator[tuple[str, str, str]]:
    it = dataset.incidents
    single, contested = sum(one.single_source for one in it), sum(one.contested for one in it)
    yield f"{len(it):,}", "incidents", f"from {wording.plural(len(dataset.mentions), 'mention')}"
    yield f"{contested:,}", "contested", "accounts that cannot all be right"
    yield f"{len(it) - single:,}", "by several sources", "copies and one owner count once"
    yield f"{single:,}", "by a single source", "in however many reports"


def _choices(dataset: Dataset) -> Iterator[tuple[str, str, list[tuple[str, str, int]]]]:
    it = dataset.incidents
    types = Counter(one.type for one in it)
    yield "type", "What", [(value, wording.kind(value), count) for value, count in _ordered(types)]
    statuses = Counter(one.status for one in it)
    yield "status", "Status", [(value.value, wording.status(value), count) for value, count in _ordered(statuses)]
    countries = Counter(one.country for one in it if one.country)
    yield "country", "Country", [(value, wording.country(value), count) for value, count in _ordered(countries)]


def _ordered(counts: Counter[Any]) -> list[tuple[Any, int]]:
    return sorted(counts.items(), key=lambda it: (-it[1], str(it[0])))


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if value not in (None, "") else "none"


def _render(template: str, **values: Any) -> bytes:
    page: str = _templates().get_template(template).render(**values)
    return page.encode("utf-8")


def _visible(value: object) -> object:
    """Return words with their unseen characters spelt out; what a template has made stays as it is."""
    return value if hasattr(value, "__html__") else wording.visible(value)


@cache
def _templates() -> Environment:
    loader = PackageLoader("dateline.publishing", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, finalize=_visible, trim_blocks=True)
