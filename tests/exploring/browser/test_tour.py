"""The explorer in a real browser: the tour, nothing asked of others, nothing that runs but our own, axe clean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.exploring.browser.conftest import Watch
from tests.exploring.sample import HOSTILE, hostile, leipzig

AXE = (Path(__file__).parents[2] / "vendored" / "axe.min.js").read_text("utf-8")
MAP = "#map[data-idle]"


def enter(chromium: Any, explorer: tuple[str, str], **options: Any) -> tuple[Any, Watch]:
    """Open the explorer with its key; complaints before that are those of the refusal, which is meant."""
    address, key = explorer
    page = chromium.new_context(viewport={"width": 1280, "height": 900}, **options).new_page()
    page.goto(f"{address}#{key}")
    page.wait_for_selector("section.counters")
    watch = Watch(address)
    return watch.over(page), watch


def test_without_the_key_nothing_is_shown(chromium: Any, explorer: tuple[str, str]) -> None:
    page = chromium.new_context().new_page()
    assert page.goto(explorer[0]).status == 401
    assert "Leipzig" not in page.content()


def test_the_key_does_not_stay_where_a_script_can_read_it(chromium: Any, explorer: tuple[str, str]) -> None:
    page, _ = enter(chromium, explorer)
    assert page.evaluate("document.cookie") == ""
    assert "#" not in page.url


def test_the_tour(chromium: Any, explorer: tuple[str, str]) -> None:
    page, watch = enter(chromium, explorer)
    page.goto(explorer[0])
    page.wait_for_selector(MAP)
    page.click(".counter.warn")
    page.wait_for_url("**contested=yes**")
    page.wait_for_selector(MAP)
    page.evaluate("document.querySelector('#map').map.jumpTo({center: [12.37, 51.34], zoom: 8})")
    page.wait_for_timeout(300)
    drawn = page.evaluate("document.querySelector('#map').map.queryRenderedFeatures({layers: ['dots']}).length")
    assert drawn == 1
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector("#spot:not([hidden]) a")
    page.click("#spot a")
    page.wait_for_selector(".matrix")
    expect(page.locator(".estimates dd")).to_have_text("60,000–75,000")
    page.click("a[data-policy]:has-text('lowest')")
    page.wait_for_url("**policy=lowest**")
    expect(page.locator(".estimates dd")).to_have_text("60,000")
    page.click(".matrix .reading >> nth=0")
    page.wait_for_selector(".pane mark.trigger")
    assert (watch.foreign, watch.complaints) == ([], [])


def test_the_time_line_is_brushed_with_a_mouse_and_narrowed_by_keyboard(
    chromium: Any, explorer: tuple[str, str]
) -> None:
    page, watch = enter(chromium, explorer)
    page.wait_for_load_state("networkidle")
    page.locator("#timeline").scroll_into_view_if_needed()
    box = page.locator("#timeline svg >> nth=0").bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + 30)
    page.mouse.up()
    page.wait_for_url("**since=**")
    page.goto(explorer[0])
    page.focus("#words, input[name=words]")
    page.keyboard.type("gathering")
    page.keyboard.press("Enter")
    page.wait_for_url("**words=gathering**")
    assert (watch.foreign, watch.complaints) == ([], [])


def test_all_is_reached_by_keyboard(chromium: Any, explorer: tuple[str, str]) -> None:
    page, _ = enter(chromium, explorer)
    reached = set()
    for _step in range(80):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("(document.activeElement.getAttribute('href') || document.activeElement.tagName)"))
    assert {"#main", "/", "/texts", "/?contested=yes", "CANVAS", "BUTTON", "SUMMARY", "INPUT"} <= reached
    assert any(str(each).startswith("/incidents/") for each in reached)


def test_without_javascript_everything_is_there(chromium: Any, explorer: tuple[str, str]) -> None:
    address, key = explorer
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}enter?token={key}")
    assert page.locator("table.incidents tbody tr").count() == 3
    page.goto(f"{address}incidents/{leipzig().incidents[0].id}?policy=highest")
    assert page.inner_text(".estimates dd") == "75,000"


PAGES = ["", "?contested=yes", "issues", "texts?words=police", "api", f"reports/{leipzig().reports[0].id}"]
PAGES.append(f"incidents/{leipzig().incidents[0].id}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium: Any, explorer: tuple[str, str], scheme: str) -> None:
    page, _ = enter(chromium, explorer, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    found = []
    for path in PAGES:
        page.goto(explorer[0] + path)
        page.evaluate(AXE)
        result = page.evaluate("axe.run()")
        found += [(path, it["id"], [node["html"][:120] for node in it["nodes"]][:3]) for it in result["violations"]]
    assert found == []


def test_a_hostile_report_runs_nothing_and_asks_for_nothing(chromium: Any, hostile_explorer: tuple[str, str]) -> None:
    page, watch = enter(chromium, hostile_explorer)
    page.on("dialog", lambda it: watch.complaints.append(f"dialog {it.message}"))
    sample = hostile()
    paths = ["", f"reports/{sample.reports[0].id}", f"incidents/{sample.incidents[0].id}", "issues", "texts?words=evil"]
    for path in paths:
        page.goto(hostile_explorer[0] + path)
        page.wait_for_timeout(200)
        assert page.locator("iframe, object, embed, base, audio, video, body > script").count() == 0
    page.goto(hostile_explorer[0] + f"reports/{sample.reports[0].id}")
    assert HOSTILE[:60] in page.text_content("article.text")
    assert (watch.foreign, watch.complaints) == ([], [])
