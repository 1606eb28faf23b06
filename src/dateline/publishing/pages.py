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
from dateline.model.event import Status
from dateline.publishing.assets import assets
from dateline.publishing.bars import bars_of
from dateline.publishing.evidence import Said, said_of
from dateline.publishing.laid import column, in_batches
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


def write_pages(dataset: Dataset, material: Material, order: Order, data: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of a dataset by their path; `data` are the paths of its other files."""
    shared = {"title": order.about.title, "licence": order.about.licence}
    pages, parts = (max(1, -(-len(dataset.incidents) // size)) for size in (LIST_ROWS, EVIDENCE_ROWS))
    first: list[dict[str, Any]] = []
    rows: list[str] = []
    for number, told in enumerate(in_batches(dataset.told(_by_time(dataset.incidents)), LIST_ROWS), start=1):
        start = (number - 1) * LIST_ROWS
        lines = [Line(it.incident, place // EVIDENCE_ROWS + 1, _searched(it)) for place, it in enumerate(told, start)]
        rows += map(_row, lines)
        shown = [line.shown() for line in lines]
        if number == 1:
            first = shown
        else:
            about = {"number": number, "pages": pages, "up": "../", "lines": shown}
            yield f"list/{number}.html", _render("list.html", **shared, **about)
        for some in in_batches(zip(lines, told, strict=True), EVIDENCE_ROWS):
            about = {"number": some[0][0].part, "pages": parts, "up": "../", "entries": [_entry(*it) for it in some]}
            yield f"evidence/{some[0][0].part}.html", _render("evidence.html", **shared, **about)
    yield "assets/data.js", _data(rows)
    yield "index.html", _index(dataset, material, order, first, data)
    yield from assets().items()


def _by_time(incidents: Sequence[Incident]) -> list[int]:
    """Return the places of incidents, earliest first, those of unknown time last."""
    columns = (column(incidents, name) for name in ("earliest", "latest", "id"))
    days = [
        (str(earliest or latest or "9999"), str(latest or earliest or "9999"), name)
        for earliest, latest, name in zip(*columns, strict=True)
    ]
    return sorted(range(len(days)), key=days.__getitem__)


def _searched(told: Told) -> str:
    """Return the words by which an incident is found besides those of its row: publishers, and what names it."""
    names = sorted({it.publisher for it in told.sources if it.publisher})
    return " ".join([*names, *sorted({" ".join(it.trigger.quote.split()) for it in told.mentions})])


def _row(line: Line) -> str:
    """Return a row of the script; no `<` can end it early where it is put into a page."""
    return json.dumps(line.row(), ensure_ascii=False).replace("<", "\\u003c")


def _data(rows: Sequence[str]) -> bytes:
    return "".join(("window.DATELINE = [\n", ",\n".join(rows), "\n];\n")).encode("utf-8")


def _entry(line: Line, told: Told) -> dict[str, Any]:
    said: list[Said] = said_of(told)
    return {"line": line.shown(), "id": line.incident.id, "sentence": wording.sentence(line.incident), "said": said}


def _index(
    dataset: Dataset, material: Material, order: Order, lines: Sequence[dict[str, Any]], data: Sequence[str]
) -> bytes:
    unit, bars = bars_of(dataset.incidents)
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
        lines=lines,
        pages=max(1, -(-len(dataset.incidents) // LIST_ROWS)),
        files=sorted(data),
        made=[(name.replace("_", " "), _plain(value)) for name, value in settings(material, order).items()],
    )


def _lead(dataset: Dataset, material: Material) -> str:
    days = {day for name in ("earliest", "latest") for day in column(dataset.incidents, name)} - {None}
    period = f", {wording.days(min(days), max(days))}" if days else ""
    narrowed = f" Chosen by the filter {material.query}." if material.query else ""
    told = wording.plural(len(dataset.incidents), "incident")
    return f"{told} as {wording.plural(len(dataset.reports), 'report')} tell of them{period}.{narrowed}"


def _counters(dataset: Dataset) -> Iterator[tuple[str, str, str]]:
    count = len(dataset.incidents)
    single, contested = (sum(column(dataset.incidents, name)) for name in ("single_source", "contested"))
    yield f"{count:,}", "incidents", f"from {wording.plural(len(dataset.mentions), 'mention')}"
    yield f"{contested:,}", "contested", "accounts that cannot all be right"
    yield f"{count - single:,}", "by several sources", "copies and one owner count once"
    yield f"{single:,}", "by a single source", "in however many reports"


def _choices(dataset: Dataset) -> Iterator[tuple[str, str, list[tuple[str, str, int]]]]:
    types, statuses, countries = (Counter(column(dataset.incidents, it)) for it in ("type", "status", "country"))
    del countries[None]
    yield "type", "What", [(value, wording.kind(value), count) for value, count in _ordered(types)]
    named = [(Status(value), count) for value, count in _ordered(statuses)]
    yield "status", "Status", [(value.value, wording.status(value), count) for value, count in named]
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
