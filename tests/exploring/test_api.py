"""The interface for programs: as it is described, whatever is asked of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from tests.exploring.sample import Sample, get, leipzig
from tests.nouns import cite, incident, mention

from dateline.exploring.address import parse_address
from dateline.exploring.app import make_app
from dateline.exploring.openapi import FILTERS, openapi
from dateline.exploring.portions import PORTION
from dateline.model.ground import Actor, Role

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.applications import Starlette

QUOTES = {"Some 70,000 people", "60,000 persons"}

DESCRIBED = schemathesis.openapi.from_dict(openapi())


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    return make_app(leipzig().write(tmp_path_factory.mktemp("api")))


@DESCRIBED.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_every_answer_is_as_described(case: Any, app: Starlette) -> None:
    case.validate_response(asyncio.run(_ask(app, case.as_transport_kwargs(base_url="http://127.0.0.1"))))


async def _ask(app: Starlette, request: dict[str, Any]) -> httpx.Response:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        wanted = {name: request[name] for name in ("method", "url", "params", "headers") if name in request}
        return await client.request(**wanted)


def test_every_filter_of_a_page_is_one_of_the_interface() -> None:
    values = {"status": "denied", "precision": "city", "since": "1989-10-09", "until": "1989-10-09", "sources": "2"}
    values |= {"single_source": "yes", "contested": "no", "review": "reviewed"}
    assert all(parse_address({name: values.get(name, "x")}) for name in FILTERS)


def test_incidents_accounts_and_totals(app: Starlette) -> None:
    listed = get(app, "/api/v1/incidents?contested=yes").json()
    assert (listed["total"], listed["incidents"][0]["place"]) == (1, "Leipzig")
    identity = listed["incidents"][0]["id"]
    told = get(app, f"/api/v1/incidents/{identity}?policy=lowest").json()
    (figure,) = told["incident"]["figures"]
    assert (figure["counts"], figure["low"], figure["high"], figure["contested"]) == ("people", 60000, 60000, True)
    assert {it["quote"] for it in told["accounts"] if it["field"] == "people"} == {
        "Some 70,000 people",
        "60,000 persons",
    }
    assert len(get(app, f"/api/v1/incidents/{identity}/mentions").json()["mentions"]) == 2
    (total,) = get(app, "/api/v1/totals?policy=highest&contested=yes").json()["totals"]
    assert (total["counts"], total["high"]) == ("people", 75000)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/incidents/none", 404),
        ("/api/v1/reports/none", 404),
        ("/api/v1/incidents?since=soon", 400),
        ("/api/v1/incidents?sort=id", 400),
        ("/api/v1/totals?policy=best", 400),
        ("/api/v1/nothing", 404),
    ],
)
def test_what_cannot_be_had_is_told_in_json(app: Starlette, path: str, status: int) -> None:
    answer = get(app, path)
    assert answer.status_code == status
    assert answer.json()["error"]["message"]


def test_its_page_names_every_address(app: Starlette) -> None:
    page = get(app, "/api").text
    assert all(path in page for path in ("/api/v1/incidents", "/api/v1/totals", "/api/v1/facets"))


def test_no_answer_is_longer_than_a_client_bears(tmp_path: Path) -> None:
    sample = Sample()
    words = [f"marched{number:03}" for number in range(250)]
    long = "x" * 2_000
    text = f"{' '.join(words)} {long} " + "y " * PORTION + "last marched"
    report = sample.add_report(text, title="t" * 5_000, language="en")
    bulky = Actor(Role.ACTOR, cite(report, long))
    sample.mentions = [mention(report, word, actors=(bulky,) if word == words[0] else ()) for word in words]
    sample.mentions.append(mention(report, "last marched"))
    sample.incidents = [incident(*sample.mentions)]
    app = make_app(sample.write(tmp_path / "project"))

    parts = [get(app, f"/api/v1/reports/{report.id}?part={number}").json() for number in (1, 2, 3)]
    assert "".join(it["report"]["text"] for it in parts) == text
    assert all(len(it["report"]["text"]) <= PORTION for it in parts)
    assert [len(it["mentions"]) for it in parts] == [250, 0, 1]
    assert parts[0]["portion"] | {"of": 3, "start": 0, "total": len(text)} == parts[0]["portion"]
    assert "cut after 1,000 of 5,000 characters" in parts[0]["report"]["title"]
    assert get(app, f"/api/v1/reports/{report.id}?part=4").status_code == 400

    pages = [get(app, f"/api/v1/incidents/{sample.incidents[0].id}/mentions?page={it}").json() for it in (1, 2, 3)]
    found = [it for page in pages for it in page["mentions"]]
    assert [len(page["mentions"]) for page in pages] == [100, 100, 51]
    assert {it["id"] for it in found} == {it.id for it in sample.mentions}
    quoted = next(it["actors"][0] for it in found if it["actors"])
    assert "cut after 1,000 of 2,000 characters" in str(quoted)
    accounts = [get(app, f"/api/v1/incidents/{sample.incidents[0].id}?page={it}").json() for it in (1, 2)]
    assert [len(it["accounts"]) for it in accounts] == [100, 100]
    assert accounts[0]["total"] > 200
