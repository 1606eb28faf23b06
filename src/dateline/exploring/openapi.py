"""The description of the interface `/api/v1` in OpenAPI 3.1: written by hand, tried against the interface in tests."""

from __future__ import annotations

from functools import cache
from typing import Any

from dateline.model.event import Status
from dateline.model.ground import Precision
from dateline.model.policy import DEFAULT, POLICIES

Json = dict[str, Any]

_TEXT: Json = {"type": "string", "maxLength": 200}
_YES_NO: Json = {"type": "string", "enum": ["yes", "no"]}
_NUMBER: Json = {"type": "integer", "minimum": 1, "maximum": 999_999_999}

FILTERS: dict[str, tuple[str, Json]] = {
    "type": ("Code of the codebook", _TEXT),
    "form": ("Code of the codebook", _TEXT),
    "status": ("What the words claim", {"type": "string", "enum": [*map(str, Status)]}),
    "country": ("ISO 3166-1 alpha-3", _TEXT),
    "admin1": ("Name of a province", _TEXT),
    "place": ("Name of a place, as the gazetteer has it", _TEXT),
    "precision": ("The unit to which the place is known", {"type": "string", "enum": [*map(str, Precision)]}),
    "actor": ("Name of a public actor, or sector and country", _TEXT),
    "publisher": ("Who published some report of it", _TEXT),
    "since": ("The interval reaches this day or a later one", {"type": "string", "format": "date"}),
    "until": ("The interval begins on this day or before", {"type": "string", "format": "date"}),
    "sources": ("At least so many independent sources", _NUMBER),
    "single_source": ("One independent source only", _YES_NO),
    "contested": ("Sources disagree", _YES_NO),
    "disputed": ("On what they disagree", _TEXT),
    "review": ("Whether a person has judged it", {"type": "string", "enum": ["reviewed", "unreviewed"]}),
    "words": ("All of these words stand in the passages that tell of it", _TEXT),
}
"""The filters of incidents: what each means, and its values."""

_POLICY: Json = {"type": "string", "enum": [*POLICIES], "default": DEFAULT}


@cache
def openapi() -> Json:
    """Return the description."""
    page = _parameter("page", "Which page, from 1", _NUMBER)
    part = _parameter("part", "Which portion of the text, from 1", _NUMBER)
    filters = [_parameter(name, *about) for name, about in FILTERS.items()]
    policy = _parameter("policy", "How a number is chosen where sources disagree", _POLICY)
    words = _parameter("words", *FILTERS["words"])
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Dateline explorer",
            "version": "1.0.0",
            "description": "The incidents, mentions and reports of one project, on this machine alone. Every request "
            "needs the key of the launch: as the cookie of the browser, or as `Authorization: Bearer KEY`. Rows come "
            "in pages of 100, a text in portions of at most 50,000 code points; all else is cut after 1,000.",
        },
        "paths": {
            "/api/v1/incidents": _get("Incidents that pass the filters", "Incidents", [*filters, page]),
            "/api/v1/incidents/{id}": _get("One incident with its accounts", "Incident", [_id(), policy, page]),
            "/api/v1/incidents/{id}/mentions": _get("The mentions of an incident", "Mentions", [_id(), page]),
            "/api/v1/reports": _get("Reports that hold the words", "Reports", [words, page]),
            "/api/v1/reports/{id}": _get("One report with a portion of its text", "Report", [_id(), part]),
            "/api/v1/facets": _get("What each filter offers", "Facets", [*filters, page]),
            "/api/v1/totals": _get("How many in all", "Totals", [*filters, page, policy]),
        },
        "components": {"schemas": _schemas()},
    }


def _parameter(name: str, about: str, schema: Json) -> Json:
    """Return a parameter of a query. Nothing asks for nothing, as a form sends it that was not filled in."""
    empty = {"type": "string", "maxLength": 0}
    return {"name": name, "in": "query", "description": about, "schema": {"anyOf": [schema, empty]}}


def _id() -> Json:
    schema = {"type": "string", "minLength": 1, "pattern": "^[0-9a-f]{64}$"}
    return {"name": "id", "in": "path", "required": True, "description": "Its id", "schema": schema}


def _get(about: str, schema: str, parameters: list[Json]) -> Json:
    answers = {"200": _answer("What was asked for", schema), "400": _answer("It cannot be asked so", "Error")}
    if any(it["in"] == "path" for it in parameters):
        answers["404"] = _answer("There is none of this id", "Error")
    return {"get": {"summary": about, "operationId": schema.lower(), "parameters": parameters, "responses": answers}}


def _answer(about: str, schema: str) -> Json:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": about, "content": content}


def _object(**properties: Json) -> Json:
    return {"type": "object", "required": [*properties], "properties": properties}


def _list(of: Json) -> Json:
    return {"type": "array", "items": of}


def _or_null(kind: str) -> Json:
    return {"type": [kind, "null"]}


def _schemas() -> dict[str, Json]:
    text: Json
    count: Json
    text, count, yes = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "boolean"}
    some = {"type": "object"}
    interval = {"earliest": _or_null("string"), "latest": _or_null("string")}
    range_ = _object(counts=text, low=_or_null("integer"), high=_or_null("integer"), contested=yes)
    shared = {"id": text, "type": text, "form": _or_null("string"), "status": text, **interval}
    shared |= {"place": _or_null("string"), "country": _or_null("string"), "figures": _list(range_)}
    shared |= {"independent": count, "single_source": yes, "contested": yes, "disputed": _list(text)}
    pages = {"total": count, "page": count, "page_size": count}
    value = _object(value=text, incidents=count)
    numbers = dict.fromkeys(("incidents", "told", "parts", "low", "high"), count)
    total = _object(policy=text, counts=text, best=_or_null("integer"), **numbers)
    words = {"quote": text, "start": count, "end": count}
    portion = _object(**dict.fromkeys(("number", "of", "start", "end", "total"), count))
    account = _object(field=text, group=count, report=text, mention=text, value=text, **words)
    fact = _object(n=count, reports=count, publishers=_list(text), **shared)
    return {
        "Incidents": _object(**pages, incidents=_list(fact)),
        "Incident": _object(
            policy=text,
            incident=_object(**shared, mentions=_list(text), reports=_list(text)),
            accounts=_list(account),
            **pages,
            relations=_list(some),
        ),
        "Mentions": _object(**pages, mentions=_list(some)),
        "Reports": _object(**pages, reports=_list(_object(id=text))),
        "Report": _object(
            report=_object(id=text, text=text),
            portion=portion,
            mentions=_list(some),
            issues=_list(some),
            issues_total=count,
        ),
        "Facets": _object(facets={"type": "object", "additionalProperties": _list(value)}),
        "Totals": _object(policy=text, rule=text, totals=_list(total)),
        "Error": _object(error=_object(title=text, message=text)),
    }
