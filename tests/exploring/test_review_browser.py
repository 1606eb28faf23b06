"""Ten items reviewed in Chromium by keys alone, in light and dark, with nothing asked of anybody else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
import uvicorn
from tests.exploring.sample import Sample
from tests.nouns import cite, incident, mention

from dateline.exploring.app import make_app
from dateline.model.decision import Act
from dateline.model.event import Review
from dateline.model.ground import Figure
from dateline.model.review import log_of, reviewed
from dateline.storing.archive import open_archive

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parents[1] / "vendored" / "axe.min.js"
QUIET = "--no-sandbox --disable-quic --no-first-run --disable-background-networking --disable-component-update".split()


def ten() -> Sample:
    sample = Sample()
    for number in range(10):
        text = f"Some {number + 2} people marched through Town {number}. Later, police arrested a few."
        report = sample.add_report(text, publisher=f"Paper {number}", title=f"March {number}", language="en")
        figure = Figure(cite(report, f"{number + 2} people"), "people", number + 2, number + 2)
        sample.mentions.append(mention(report, "marched", figures=(figure,)))
    sample.incidents = [incident(it) for it in sample.mentions]
    return sample


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return ten().write(tmp_path / "project")


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(make_app(folder), port=0, log_level="warning", ws="none"))
    thread = Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, address: str) -> Iterator[Page]:
    if not CHROMIUM.exists():
        assert not os.environ.get("DATELINE_REQUIRE_BROWSER"), f"{CHROMIUM} is missing"
        pytest.skip(f"{CHROMIUM} is missing")
    from playwright.sync_api import sync_playwright

    faults: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        found = browser.new_page(color_scheme=request.param, bypass_csp="axe" in request.node.name)
        found.on("console", lambda it: faults.append(it.text) if it.type == "error" else None)
        found.on("request", lambda it: None if it.url.startswith(address) else faults.append(it.url))
        yield found
        browser.close()
    assert faults == []


def press(page: Page, *keys: str) -> None:
    """Press keys, each of which leads to another page."""
    for key in keys:
        with page.expect_navigation():
            page.keyboard.press(key)


def test_ten_items_are_reviewed_by_keys_alone(page: Page, address: str, folder: Path) -> None:
    page.goto(f"{address}/review")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.id") != "who":
        page.keyboard.press("Tab")
    page.keyboard.type("amber")
    press(page, "Enter")
    page.evaluate("document.activeElement.blur()")
    press(page, "Enter")
    press(page, "a", "u")
    _reject(page)
    press(page, "j")
    _status(page)
    _number(page)
    _span(page)
    press(page, "a", "a", "a")
    assert "9 of 10 done" in page.inner_text("main")
    press(page, "Enter", "z")
    assert "took a decision back" in page.inner_text(".review-history")
    press(page, "a", "a")
    assert "10 of 10 done" in page.inner_text("main")
    _check(folder)


def _reject(page: Page) -> None:
    press(page, "x")
    page.evaluate("document.activeElement.blur()")
    press(page, "1")


def _status(page: Page) -> None:
    press(page, "o")
    page.evaluate("document.activeElement.blur()")
    press(page, "3")
    assert "planned or announced" in page.inner_text(".review-values")
    press(page, "a")


def _number(page: Page) -> None:
    press(page, "n")
    page.focus("[name=high0]")
    page.keyboard.press("Control+a")
    page.keyboard.type("99")
    press(page, "Enter")
    assert "–99 people" in page.inner_text(".review-values")
    press(page, "a")


def _span(page: Page) -> None:
    press(page, "e")
    page.focus("[name=words]")
    page.keyboard.press("Control+a")
    page.keyboard.type("arrested")
    press(page, "Enter")
    assert page.inner_text("mark.trigger") == "arrested"
    press(page, "a")


def _check(folder: Path) -> None:
    decisions = open_archive(folder).counting()
    told = ten().mentions
    log = log_of(decisions, told)
    left = [reviewed(it, log.about.get(it.id, {}).values()) for it in told]
    assert sorted(it.review for it in left) == sorted(
        [Review.REJECTED, Review.UNSURE, *[Review.CORRECTED] * 3, *[Review.ACCEPTED] * 5]
    )
    assert {name for it in left for name in it.corrected} == {"status", "figures", "trigger"}
    assert {it.who for it in decisions.values()} == {"amber"}
    assert any(it.act is Act.WITHDRAW for it in decisions.values())
    untouched = [(it, before) for it, before in zip(left, told, strict=True) if not it.corrected]
    assert all(replace(it, review=Review.NEW) == before for it, before in untouched)


def test_axe_finds_no_fault(page: Page, address: str) -> None:
    one = f"{address}/review/{ten().mentions[0].id}?who=amber&act="
    forms = ("", "reject", "type", "status", "place", "when", "figures", "actors", "merge")
    for place in (f"{address}/review?who=amber", *(one + act for act in forms)):
        page.goto(place)
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [(it["id"], [node["html"] for node in it["nodes"]]) for it in found["violations"]] == [], place
