"""The explorer's data as JSON, version 1: what each address below `/api/v1` answers. Described in `openapi.py`.

Fields are added within a version; none is taken away, renamed or given another meaning.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from dateline.errors import UsageError
from dateline.exploring.address import parse_address
from dateline.exploring.incident import find_incident
from dateline.exploring.openapi import openapi
from dateline.exploring.rendering import NotHereError
from dateline.model.accounts import accounts_of
from dateline.model.policy import DEFAULT
from dateline.model.settled import settle
from dateline.model.totals import ADDED, ADDS_ALL, WITHIN, totals_of
from dateline.model.wire import issue_json, mention_json, report_json
from dateline.storing import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dateline.storing.database import Database

    Query = Mapping[str, str]
    Endpoint = Callable[[Database, str, Query], object]

PAGE = 100
"""Rows on a page of an answer."""


def incidents(database: Database, _id: str, query: Query) -> object:
    """Return one page of the incidents that pass the filters."""
    address = parse_address(query)
    total = database.count_incidents(address.filters)
    facts = catalogue.find_facts(database, address.filters, limit=PAGE, offset=(address.page - 1) * PAGE)
    return {"total": total, "page": address.page, "page_size": PAGE, "incidents": [_plain(asdict(it)) for it in facts]}


def incident(database: Database, identity: str, query: Query) -> object:
    """Return one incident under a policy, with its accounts and the ids of its mentions and reports."""
    _expect(query, "policy")
    view = find_incident(database, identity)
    publishers = {report.id: report.publisher for report in view.reports.values()}
    settled = settle(view.incident, view.mentions, query.get("policy") or DEFAULT)
    accounts = accounts_of(view.incident, view.mentions, publishers)
    relations = database.relations_of(identity)
    return {
        "policy": query.get("policy") or DEFAULT,
        "incident": _plain(asdict(settled)),
        "accounts": [_plain(asdict(it)) for it in accounts],
        "relations": [_plain(asdict(it)) for it in relations],
    }


def mentions(database: Database, identity: str, query: Query) -> object:
    """Return the mentions of an incident, each with the words of every value."""
    _expect(query)
    return {"mentions": [mention_json(mention) for mention in find_incident(database, identity).mentions]}


def report(database: Database, identity: str, query: Query) -> object:
    """Return one report with its text, mentions and issues."""
    _expect(query)
    view = database.report(identity)
    if view is None:
        raise NotHereError(f"no report has the id {identity[:80]!r}")
    return {
        "report": report_json(view.report, with_text=True),
        "mentions": [mention_json(mention) for mention in view.mentions],
        "issues": [issue_json(issue) for issue in view.issues],
    }


def reports(database: Database, _id: str, query: Query) -> object:
    """Return one page of the reports whose title or text holds the words, the best first, without texts."""
    _expect(query, "words", "page")
    address = parse_address(query)
    words = address.filters.words or ""
    total, found = database.search(words, limit=PAGE, offset=(address.page - 1) * PAGE)
    return {"total": total, "page": address.page, "page_size": PAGE, "reports": [report_json(it) for it in found]}


def facets(database: Database, _id: str, query: Query) -> object:
    """Return the values that each filter offers, with their numbers."""
    found = catalogue.facets(database, parse_address(query).filters)
    return {"facets": {name: [{"value": it, "incidents": n} for it, n in values] for name, values in found.items()}}


def totals(database: Database, _id: str, query: Query) -> object:
    """Return how many killed, arrested ... the incidents that pass tell of, under one policy; parts within wholes."""
    policy = query.get("policy") or DEFAULT
    address = parse_address({name: word for name, word in query.items() if name != "policy"})
    found = totals_of(database.cases(address.filters), (policy,), whole_of=catalogue.wholes(database))
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


def _plain(value: Any) -> Any:
    """Return a value in the types that JSON has."""
    if isinstance(value, dict):
        return {name: _plain(it) for name, it in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(it) for it in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
