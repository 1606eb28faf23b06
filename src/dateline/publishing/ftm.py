"""Incidents as FollowTheMoney entities, one a line: `Event`, `Address`, `Article`, and `Documentation` between them.

Source: FollowTheMoney 4.11, schemata Event, Address, Article, Documentation (followthemoney.tech). An event has no
coordinates there: they are its address's. A day is as exact as it is
known ("1989-10"); an open interval has one end.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from dateline.drawing import wording
from dateline.model.country import find_country
from dateline.model.ground import Granularity
from dateline.model.text import digest
from dateline.publishing.laid import in_batches
from dateline.publishing.lines import dump

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dateline.model.incident import Incident
    from dateline.publishing.dataset import Dataset, Told
    from dateline.publishing.redact import Source

_FORMER = {"CSK": "cshh", "SUN": "suhh", "YUG": "yucs"}
"""FollowTheMoney's codes of countries that are no more, where they are not the old ISO code."""

_LANGUAGES = dict(
    pair.split("-")
    for pair in (
        "am-amh ar-ara be-bel bn-ben bs-bos ckb-ckb cs-ces de-deu el-ell en-eng es-spa fa-fas fr-fra he-heb hi-hin "
        "hr-hrv hu-hun hy-hye id-ind it-ita ja-jpn ka-kat ko-kor ku-kur my-mya nl-nld pl-pol ps-pus pt-por ro-ron "
        "ru-rus so-som sq-sqi sr-srp sw-swa ta-tam th-tha ti-tir tr-tur uk-ukr ur-urd uz-uzb vi-vie zh-zho"
    ).split()
)
"""ISO 639-3 codes by ISO 639-1; a language that is not here is left out."""

PROPERTIES = (
    "addressEntity city country date document endDate entity full keywords language latitude location longitude name "
    "publishedAt publisher recordId retrievedAt role sourceUrl startDate state summary title"
).split()
"""The properties that are written, of all schemata."""

_DIGITS = {Granularity.YEAR: 4, Granularity.MONTH: 7}


def write_ftm(dataset: Dataset) -> Iterator[bytes]:
    """Yield the incidents, their places and reports as entities in JSON lines: each once, addresses first."""
    addresses = {it["id"]: it for incident in dataset.incidents if (it := _address(incident))}
    events = (it for told in dataset.told() for it in _event(told))
    for some in in_batches(
        chain((addresses[key] for key in sorted(addresses)), map(_article, dataset.reports), events)
    ):
        yield "".join([f"{dump(entity)}\n" for entity in some]).encode("utf-8")


def _entity(key: str, schema: str, properties: Mapping[str, Sequence[str | None]]) -> dict[str, Any]:
    known = {name: [value for value in values if value] for name, values in properties.items()}
    return {"id": key, "schema": schema, "properties": {name: values for name, values in known.items() if values}}


def _address(incident: Incident) -> dict[str, Any] | None:
    if incident.lat is None or incident.lon is None:
        return None
    home = find_country(incident.country)
    properties: dict[str, Sequence[str | None]] = {
        "full": [wording.area(incident.place, incident.admin1, home.name if home else None)],
        "city": [incident.place],
        "state": [incident.admin1],
        "country": [_country(incident.country)],
        "latitude": [str(incident.lat)],
        "longitude": [str(incident.lon)],
    }
    return _entity(_address_id(incident), "Address", properties)


def _address_id(incident: Incident) -> str:
    place = [incident.country, incident.admin1, incident.place, incident.lat, incident.lon]
    return f"address-{digest(place)[:40]}"


def _article(source: Source) -> dict[str, Any]:
    properties: dict[str, Sequence[str | None]] = {
        "title": [source.title],
        "publisher": [source.publisher],
        "publishedAt": [source.published.isoformat() if source.published else None],
        "retrievedAt": [source.retrieved.isoformat() if source.retrieved else None],
        "language": [_LANGUAGES.get(source.language or "")],
        "sourceUrl": [source.url],
    }
    return _entity(f"article-{source.id}", "Article", properties)


def _event(told: Told) -> Iterator[dict[str, Any]]:
    """Yield an incident, and for each report that it is documented by it."""
    incident = told.incident
    key = f"event-{incident.id}"
    properties: dict[str, Sequence[str | None]] = {
        "name": [wording.kind(incident.type, incident.form)],
        "summary": [wording.sentence(incident)],
        **_days(incident),
        "location": [wording.area(incident.place, incident.admin1, None) if incident.place else None],
        "country": [_country(incident.country)],
        "recordId": [incident.id],
        "keywords": [incident.type, incident.form, incident.status.value],
        "publisher": sorted({it.publisher for it in told.sources if it.publisher}),
        "sourceUrl": sorted({it.url for it in told.sources if it.url}),
        "addressEntity": [_address_id(incident) if incident.lat is not None else None],
    }
    yield _entity(key, "Event", properties)
    for source in told.sources:
        quotes = [mention.trigger.quote for mention in told.mentions if mention.report == source.id]
        link: dict[str, Sequence[str | None]] = {
            "document": [f"article-{source.id}"],
            "entity": [key],
            "role": ["report"],
            "date": [source.published.isoformat() if source.published else None],
            "summary": ["; ".join(filter(None, quotes))],
        }
        yield _entity(f"documentation-{digest([incident.id, source.id])[:40]}", "Documentation", link)


def _days(incident: Incident) -> dict[str, list[str | None]]:
    first, last = incident.earliest, incident.latest
    if first is not None and first == last:
        return {"date": [first.isoformat()]}
    digits = _DIGITS.get(incident.granularity)
    if first and last and digits and first.isoformat()[:digits] == last.isoformat()[:digits]:
        return {"date": [first.isoformat()[:digits]]}
    return {"startDate": [first.isoformat() if first else None], "endDate": [last.isoformat() if last else None]}


def _country(code: str | None) -> str | None:
    country = find_country(code)
    return _FORMER.get(country.code, country.alpha2.lower()) if country else None
