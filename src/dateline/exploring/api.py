"""The explorer's data as JSON, version 1: what each address below `/api/v1` answers. Described in `openapi.py`.

Fields are added within a version; none is taken away, renamed or given another meaning. No answer is longer than a
client bears: rows come in pages, a text in the portions of the report's page, and any other value is cut after 1,000
code points and says so; where it stands in the text is told whole.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from dateline.errors import UsageError
from dateline.exploring.address import parse_address
from dateline.exploring.incident import find_incident
from dateline.exploring.openapi import openapi
from dateline.exploring.portions import cut, portion
from dateline.exploring.rendering import NotHereError
from dateline.model.accounts import accounts_of
from dateline.model.policy import DEFAULT
from dateline.model.settled import settle
from dateline.model.totals import ADDED, ADDS_ALL, WITHIN
from dateline.model.wire import issue_json, mention_json, report_json
from dateline.storing import catalogue, sums

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dateline.storing.database import Database

    Query = Mapping[str, str]
    Endpoint = Callable[[Database, str, Query], object]

Row = TypeVar("Row")

PAGE = 100
"""Rows on a page of an answer."""


def incidents(database: Database, _id: str, query: Query) -> object:
    """Return one page of the incidents that pass the filters."""
    address = parse_address(query)
    total = database.count_incidents(address.filters)
    facts = catalogue.find_facts(database, address.filters, limit=PAGE, offset=(address.page - 1) * PAGE)
    return _page("incidents", [_plain(asdict(it)) for it in facts], total, address.page)


def incident(database: Database, identity: str, query: Query) -> object:
    """Return one incident under a policy, with a page of its accounts and the ids of its mentions and reports."""
    _expect(query, "policy", "page")
    page = parse_address({"page": query.get("page", "")}).page
    view = find_incident(database, identity)
    publishers = {report.id: report.publisher for report in view.reports.values()}
    settled = settle(view.incident, view.mentions, query.get("policy") or DEFAULT)
    accounts = accounts_of(view.incident, view.mentions, publishers)
    relations = database.relations_of(identity)
    return {
        "policy": query.get("policy") or DEFAULT,
        "incident": _plain(asdict(settled)),
        **_page("accounts", [_plain(asdict(it)) for it in _rows(accounts, page)], len(accounts), page),
        "relations": [_plain(asdict(it)) for it in relations],
    }


def mentions(database: Database, identity: str, query: Query) -> object:
    """Return a page of the mentions of an incident, each with the words of every value."""
    _expect(query, "page")
    page = parse_address(query).page
    found = find_incident(database, identity).mentions
    return _page("mentions", [_plain(mention_json(it)) for it in _rows(found, page)], len(found), page)


def report(database: Database, identity: str, query: Query) -> object:
    """Return one report with a portion of its text, the mentions that begin in it, and its first issues."""
    _expect(query, "part")
    view = database.report(identity)
    if view is None:
        raise NotHereError(f"no report has the id {identity[:80]!r}")
    part = portion(view.report.text, query.get("part", ""))
    inside = [it for it in view.mentions if part.start <= it.trigger.start < part.end]
    return {
        "report": _plain(report_json(view.report)) | {"text": view.report.text[part.start : part.end]},
        "portion": asdict(part),
        "mentions": [_plain(mention_json(mention)) for mention in inside],
        "issues": [_plain(issue_json(issue)) for issue in view.issues[:PAGE]],
        "issues_total": len(view.issues),
    }


def reports(database: Database, _id: str, query: Query) -> object:
    """Return one page of the reports whose title or text holds the words, the best first, without texts."""
    _expect(query, "words", "page")
    address = parse_address(query)
    words = address.filters.words or ""
    total, found = database.search(words, limit=PAGE, offset=(address.page - 1) * PAGE)
    return _page("reports", [_plain(report_json(it)) for it in found], total, address.page)


def facets(database: Database, _id: str, query: Query) -> object:
    """Return the values that each filter offers, with their numbers."""
    found = catalogue.facets(database, parse_address(query).filters)
    return {"facets": {name: [{"value": it, "incidents": n} for it, n in values] for name, values in found.items()}}


def totals(database: Database, _id: str, query: Query) -> object:
    """Return how many killed, arrested ... the incidents that pass tell of, under one policy; parts within wholes."""
    policy = query.get("policy") or DEFAULT
    address = parse_address({name: word for name, word in query.items() if name != "policy"})
    found = sums.totals(database, policy, address.filters)
    return {
        "policy": policy,
        "rule": ADDED if policy == ADDS_ALL else WITHIN,
        "totals": [_plain(asdict(it)) for it in found],
    }


def description(_database: Database, _id: str, query: Query) -> object:
    """Return the description of this interface."""
    _expect(query)
    return openapi()


ENDPOINTS: dict[str, Endpoint] = {
    "/api/v1/openapi.json": description,
    "/api/v1/incidents": incidents,
    "/api/v1/incidents/{id}": incident,
    "/api/v1/incidents/{id}/mentions": mentions,
    "/api/v1/reports": reports,
    "/api/v1/reports/{id}": report,
    "/api/v1/facets": facets,
    "/api/v1/totals": totals,
}
"""What answers each address."""


def _expect(query: Query, *names: str) -> None:
    """Raise `UsageError` if a query has other names than these."""
    if strange := sorted(set(query) - set(names)):
        wanted = ", ".join(names) or "no query"
        raise UsageError(f"{strange[0][:40]!r} given; expected {wanted}")


def _rows(found: Sequence[Row], page: int) -> Sequence[Row]:
    return found[(page - 1) * PAGE : page * PAGE]


def _page(name: str, rows: list[object], total: int, page: int) -> dict[str, object]:
    return {"total": total, "page": page, "page_size": PAGE, name: rows}


def _plain(value: Any) -> Any:
    """Return a value in the types that JSON has, texts no longer than an answer bears."""
    if isinstance(value, dict):
        return {name: _plain(it) for name, it in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(it) for it in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else cut(value)
