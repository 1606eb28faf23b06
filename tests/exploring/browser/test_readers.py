"""Who reads otherwise: from right to left, without scripts, by keys, by ear, on paper, or not wanting to see it all."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.exploring.browser.conftest import served
from tests.exploring.browser.test_tour import AXE, enter
from tests.exploring.rtl import ARABIC, LATIN, PERSIAN, rtl
from tests.exploring.sample import Sample, leipzig
from tests.nouns import incident, mention
from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

GRAPHIC = "Two charred bodies lay at the gate of the depot, neighbours told us, after guards had fired on the march."


@pytest.fixture(scope="module")
def rtl_explorer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    with served(rtl().write(tmp_path_factory.mktemp("rtl"))) as found:
        yield found


def graphic() -> Sample:
    sample = Sample()
    report = sample.add_report(GRAPHIC, publisher="Depot Letter", url="https://depot.example/1", language="en")
    sample.mentions = [mention(report, "fired", type="ASSAULT", form="shooting")]
    sample.incidents = [incident(sample.mentions[0])]
    return sample


@pytest.fixture(scope="module")
def graphic_explorer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    with served(graphic().write(tmp_path_factory.mktemp("graphic"))) as found:
        yield found


def rtl_paths() -> list[str]:
    sample = rtl()
    reports = [f"reports/{it.id}" for it in sample.reports]
    return ["", "texts?words=Delta", f"incidents/{sample.incidents[0].id}", *reports]


def direction(page: Any, selector: str) -> str:
    told: str = page.eval_on_selector(selector, "it => getComputedStyle(it).direction")
    return told


def test_each_text_and_quote_runs_in_its_own_direction(chromium: Any, rtl_explorer: tuple[str, str]) -> None:
    page, watch = enter(chromium, rtl_explorer)
    sample = rtl()
    ways = {ARABIC: "rtl", PERSIAN: "rtl", LATIN: "ltr"}
    for report in sample.reports:
        page.goto(f"{rtl_explorer[0]}reports/{report.id}")
        assert direction(page, "article.text") == ways[report.text]
        assert page.text_content("article.text") == report.text
        assert direction(page, "body") == "ltr"
    page.goto(f"{rtl_explorer[0]}incidents/{sample.incidents[0].id}")
    quotes = page.eval_on_selector_all(
        ".matrix q.words", "all => all.map(it => [it.textContent, it.matches(':dir(rtl)')])"
    )
    assert ["نحو 300 عامل", True] in quotes
    assert ["About 350 workers", False] in quotes
    assert all(is_rtl == any("\u0600" <= sign <= "\u06ff" for sign in words) for words, is_rtl in quotes)
    assert (watch.foreign, watch.complaints) == ([], [])


def test_marks_of_a_text_from_right_to_left_stand_in_its_order(chromium: Any, rtl_explorer: tuple[str, str]) -> None:
    page, _ = enter(chromium, rtl_explorer)
    arabic = rtl().reports[0]
    page.goto(f"{rtl_explorer[0]}reports/{arabic.id}")
    boxes = page.eval_on_selector_all(
        "article.text mark",
        "all => all.map(it => { const box = it.getClientRects()[0]; return [it.textContent, box.right, box.top]; })",
    )
    words = [text for text, _, _ in boxes]
    assert words == ["تجمّع", "نحو 300 عامل", "Delta Textile", "المحلة", "يوم الاثنين", "قال", "شاهد"]
    for (_, right, top), (_, following, below) in pairwise(boxes):
        assert below > top + 5 or following < right, "a later mark of a line stands to the left"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_runs_over_the_edge_and_axe_finds_nothing(
    chromium: Any, rtl_explorer: tuple[str, str], width: int, scheme: str
) -> None:
    page, _ = enter(chromium, rtl_explorer, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    told = rtl().mentions[0].id
    found = []
    for path in [*rtl_paths(), "issues", "api", "review?who=amber", f"review/{told}?who=amber&act=figures"]:
        page.goto(rtl_explorer[0] + path)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, (path, over)
        page.evaluate(AXE)
        result = page.evaluate("axe.run({resultTypes: ['violations']})")
        found += [(path, it["id"], [node["html"][:120] for node in it["nodes"]][:3]) for it in result["violations"]]
    assert found == []


def bare(chromium: Any, explorer: tuple[str, str]) -> Any:
    """Open the explorer in a browser without scripts."""
    address, key = explorer
    page = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{address}enter?token={key}")
    return page


def test_without_scripts_map_and_time_line_are_tables(chromium: Any, explorer: tuple[str, str]) -> None:
    page = bare(chromium, explorer)
    assert page.locator("#map").is_hidden()
    assert page.locator("noscript p").is_visible()
    assert "the table has the same places" in page.inner_text("noscript p")
    assert page.get_by_role("row", name="Leipzig, Germany a city").is_visible()
    assert page.get_by_role("row", name="9 October 1989 1 1 0.0").is_visible()
    assert page.locator(".handles").count() == 0


def follow(page: Any, target: Any) -> None:
    """Click what leads to another page, and wait until that has loaded."""
    with page.expect_navigation():
        target.click()


def test_without_scripts_filters_search_and_incident_work(chromium: Any, explorer: tuple[str, str]) -> None:
    page = bare(chromium, explorer)
    page.get_by_label("Words").fill("gathering")
    follow(page, page.get_by_role("button", name="Show"))
    assert "words=gathering" in page.url
    assert page.locator("table.incidents tbody tr").count() == 2
    follow(page, page.get_by_role("link", name="Clear all"))
    follow(page, page.locator(".counter.warn"))
    assert page.locator("table.incidents tbody tr").count() == 1
    follow(page, page.locator("table.incidents a"))
    follow(page, page.get_by_role("link", name="highest", exact=True))
    assert page.inner_text(".estimates dd") == "75,000"
    follow(page, page.get_by_role("link", name="60,000", exact=True))
    assert "60,000 persons" in page.inner_text(".pane mark.figure")
    follow(page, page.get_by_role("link", name="Texts"))
    page.get_by_label("Words").fill("police")
    follow(page, page.get_by_role("button", name="Search"))
    assert page.locator("ol.texts > li").count() == 1


def test_without_scripts_a_mention_is_corrected_and_accepted(chromium: Any, tmp_path: Path) -> None:
    with served(leipzig().write(tmp_path / "p")) as explorer:
        page = bare(chromium, explorer)
        follow(page, page.get_by_role("link", name="Review", exact=True))
        page.get_by_label("Your pseudonym").fill("amber")
        follow(page, page.get_by_role("button", name="Start"))
        follow(page, page.get_by_role("link", name="Begin"))
        follow(page, page.get_by_role("link", name="Status"))
        follow(page, page.get_by_role("button", name="planned or announced"))
        assert "planned or announced" in page.inner_text(".review-values")
        follow(page, page.get_by_role("button", name="Accept"))
        assert "1 of 4 done" in page.inner_text("main")
        follow(page, page.get_by_role("link", name="Reject"))
        follow(page, page.get_by_role("button", name="no event").first)
        assert "2 of 4 done" in page.inner_text("main")


def tab_to(page: Any, name: str) -> None:
    """Press Tab until what has the focus has this name."""
    told = "(it => (it.getAttribute('aria-label') || it.textContent || it.name || '').trim())(document.activeElement)"
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(told).startswith(name):
            return
    raise AssertionError(f"{name} cannot be reached by Tab")


def test_the_tour_by_keys_alone(chromium: Any, explorer: tuple[str, str]) -> None:
    page, watch = enter(chromium, explorer)
    page.goto(explorer[0])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    tab_to(page, "1 contested")
    page.keyboard.press("Enter")
    page.wait_for_url("**contested=yes")
    page.wait_for_selector("#map[data-idle]")
    tab_to(page, "Map")
    before = page.evaluate("document.querySelector('#map').map.getZoom()")
    page.keyboard.press("+")
    until(page, f"document.querySelector('#map').map.getZoom() > {before}")
    tab_to(page, "Protest: march")
    page.keyboard.press("Enter")
    page.wait_for_selector(".matrix")
    tab_to(page, "lowest")
    page.keyboard.press("Enter")
    page.wait_for_url("**policy=lowest**")
    expect(page.locator(".estimates dd")).to_have_text("60,000")
    until(page, "document.activeElement.textContent === 'lowest'")
    tab_to(page, "60,000")
    page.keyboard.press("Enter")
    page.wait_for_url("**report=**")
    expect(page.locator(".pane mark.figure")).to_contain_text("60,000 persons")
    assert (watch.foreign, watch.complaints) == ([], [])


def test_the_time_line_is_brushed_by_keys(chromium: Any, explorer: tuple[str, str]) -> None:
    page, watch = enter(chromium, explorer)
    tab_to(page, "First day")
    handle = page.get_by_role("slider", name="First day")
    before = handle.get_attribute("aria-valuetext")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    day = handle.get_attribute("aria-valuetext")
    assert before is not None
    assert day is not None
    assert before < day <= "1989-10-31"
    assert page.locator(".brush").get_attribute("hidden") is None
    page.keyboard.press("Enter")
    page.wait_for_url(f"**since={day}**")
    assert page.input_value("#since") == day
    assert (watch.foreign, watch.complaints) == ([], [])


@pytest.mark.parametrize("path", ["", "incident", "report", "review?who=amber"])
def test_a_screen_reader_has_a_name_for_all_that_can_be_used(
    chromium: Any, explorer: tuple[str, str], path: str
) -> None:
    sample = leipzig()
    named = {"incident": f"incidents/{sample.incidents[0].id}", "report": f"reports/{sample.reports[0].id}"}
    page, _ = enter(chromium, explorer)
    page.goto(explorer[0] + named.get(path, path))
    told = page.locator("body").aria_snapshot()
    lines = [line.strip().removeprefix("- ") for line in told.splitlines()]
    used = ("link", "button", "textbox", "searchbox", "combobox", "slider", "checkbox", "radio", "region", "table")
    nameless = [line for line in lines if line.rstrip(":") in used and line.rstrip(":") not in ("table",)]
    assert nameless == []
    assert sum(line.startswith("heading") for line in lines) > 0
    assert any(line.startswith(("main", "main:")) for line in lines)
    assert any(line.startswith("navigation") for line in lines)


def test_a_graphic_text_is_folded_until_asked_for(chromium: Any, graphic_explorer: tuple[str, str]) -> None:
    sample = graphic()
    page, _ = enter(chromium, graphic_explorer)
    told = sample.mentions[0].id
    paths = [f"reports/{sample.reports[0].id}", f"incidents/{sample.incidents[0].id}", f"review/{told}?who=amber"]
    for path in paths:
        page.goto(graphic_explorer[0] + path)
        assert page.locator("article.text").is_hidden(), path
        page.get_by_text("This text tells of violence in detail. Show it").click()
        expect(page.locator("article.text"), path).to_be_visible()
    page.goto(graphic_explorer[0] + paths[-1])
    page.keyboard.press("v")
    expect(page.locator("article.text")).to_be_visible()


def on_paper(page: Any) -> Any:
    page.emulate_media(media="print", color_scheme="dark")
    return page


def test_an_incident_on_paper_has_all_that_it_rests_on(chromium: Any, explorer: tuple[str, str]) -> None:
    page, _ = enter(chromium, explorer)
    page.goto(f"{explorer[0]}incidents/{leipzig().incidents[0].id}")
    on_paper(page).set_viewport_size({"width": 680, "height": 980})  # A4 less margins
    expect(page.locator(".matrix")).to_be_visible()
    assert page.get_by_text("Some 70,000 people").first.is_visible()
    assert page.locator("table.mentions").is_visible(), "what was folded stands open"
    assert page.locator(".policies").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    cut = page.eval_on_selector_all(
        "main *",
        "all => all.filter(it => getComputedStyle(it).overflowX != 'visible' && it.scrollWidth > it.clientWidth + 1)"
        ".map(it => it.className)",
    )
    assert [name for name in cut if name != "unseen"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_addresses_stand_on_paper_and_graphic_texts_stay_folded(
    chromium: Any, graphic_explorer: tuple[str, str]
) -> None:
    page, _ = enter(chromium, graphic_explorer)
    page.goto(f"{graphic_explorer[0]}incidents/{graphic().incidents[0].id}")
    on_paper(page)
    assert page.get_by_text("https://depot.example/1").is_visible()
    assert page.locator("article.text").is_hidden()


def test_the_first_page_on_paper_has_tables_for_map_and_time_line(chromium: Any, explorer: tuple[str, str]) -> None:
    page, _ = enter(chromium, explorer)
    on_paper(page).set_viewport_size({"width": 680, "height": 980})
    assert page.locator("#map").is_hidden()
    assert page.get_by_role("row", name="Leipzig, Germany a city").is_visible()
    assert page.locator("table.incidents").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
