"""A published folder, opened from a disk in a real browser: map, table, filters, evidence, and no request elsewhere."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.waiting import until

from dateline.config import load_config
from dateline.publishing import About, Order, Release, publish
from dateline.publishing.bars import bars_of
from dateline.publishing.material import read_material
from dateline.publishing.order import Format
from dateline.running.run import run

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = "--no-sandbox --disable-quic --no-first-run --disable-background-networking --disable-component-update"
AXE = Path(__file__).parents[1] / "vendored" / "axe.min.js"

LINES = [
    (
        "2021-02-03",
        "Harbour Radio",
        "Police arrested nine students in Homs on Tuesday. At least 30 people were killed.",
    ),
    ("2021-02-04", "Varna Daily", "Police arrested nine students in Homs on 2 February 2021, the ministry said."),
    (
        "2021-02-05",
        "Varna Daily",
        "Thousands of teachers marched in Sofia on 4 February 2021. <script>alert(1)</script>",
    ),
    ("2021-03-05", "Harbour Radio", "Workers will strike in Leipzig next week, the union announced on Thursday."),
]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    folder = tmp_path_factory.mktemp("pages")
    lines = [json.dumps({"published": day, "publisher": by, "text": text, "language": "en"}) for day, by, text in LINES]
    (folder / "reports.jsonl").write_text("\n".join(lines), "utf-8")
    (folder / "dateline.toml").write_text('coder = "rules"\nworkers = 1\n', "utf-8")
    run([str(folder / "reports.jsonl")], folder / "project", load_config(folder))
    about = About("Spring <2021> & after", ("Archive of </script> strikes",))
    return publish(read_material(folder / "project"), folder / "out", Order(about=about))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("DATELINE_REQUIRE_BROWSER") == "1":
            pytest.fail(f"{CHROMIUM} is missing")
        pytest.skip(f"{CHROMIUM} is missing")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS.split())
        yield browser
        browser.close()


class Seen:
    """What a page asked for and complained of."""

    def __init__(self, page: Page) -> None:
        self.requests: list[str] = []
        self.faults: list[str] = []
        page.on("request", lambda it: self.requests.append(it.url))
        page.on("pageerror", lambda it: self.faults.append(str(it)))
        page.on("console", lambda it: self.faults.append(it.text) if it.type == "error" else None)

    def check(self) -> None:
        assert [it for it in self.requests if not it.startswith(("file:", "blob:", "data:"))] == []
        assert self.faults == []


@pytest.fixture
def page(browser: Browser, release: Release) -> Iterator[Page]:
    context = browser.new_context(offline=True)
    page = context.new_page()
    seen = Seen(page)
    page.goto((release.folder / "index.html").as_uri())
    yield page
    seen.check()
    context.close()


def told(page: Page) -> int:
    words = page.locator("#told").inner_text()
    return int(words.split()[0].replace(",", ""))


def test_it_opens_by_double_click_and_draws_the_map(page: Page, release: Release) -> None:
    assert page.title() == "Spring <2021> & after"
    assert told(page) == release.incidents > 2
    page.wait_for_selector("#map[data-idle=yes]", timeout=60_000)
    drawn = page.evaluate(
        "document.getElementById('map').map.queryRenderedFeatures({layers: ['dots', 'discs']}).length"
    )
    assert drawn > 0
    assert page.evaluate("document.getElementById('map').map.queryRenderedFeatures({layers: ['land']}).length") > 0


def test_the_table_is_the_same_with_and_without_script(browser: Browser, page: Page, release: Release) -> None:
    script = page.locator("#incidents tbody tr").all_inner_texts()
    context = browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto((release.folder / "index.html").as_uri())
    assert [_words(it) for it in bare.locator("#incidents tbody tr").all_inner_texts()] == [_words(it) for it in script]
    assert bare.locator("#filters").is_hidden()
    with bare.expect_navigation():
        bare.locator("#incidents tbody a").first.click()
    assert bare.locator("article mark").first.is_visible()
    context.close()


def _words(text: str) -> str:
    return " ".join(text.split())


def test_filters_narrow_table_time_line_and_address(page: Page, release: Release) -> None:
    page.select_option("[name=type]", "PROTEST")
    until(page, "location.hash === '#type=PROTEST'")
    protests = told(page)
    assert 0 < protests < release.incidents
    assert page.locator("#incidents tbody tr").count() == protests
    page.fill("[name=q]", "sofia")
    until(page, "location.hash.includes('q=sofia')")
    assert told(page) == 1
    page.reload()
    assert told(page) == 1
    assert page.input_value("[name=q]") == "sofia"
    page.click("text=Show all")
    assert told(page) == release.incidents
    page.locator(".bar").nth(0).dispatch_event("click")
    until(page, "location.hash.includes('since=')")
    assert told(page) < release.incidents


def test_a_click_on_the_map_chooses_a_place(page: Page, release: Release) -> None:
    page.wait_for_selector("#map[data-idle=yes]", timeout=60_000)
    page.evaluate("document.getElementById('map').map.jumpTo({center: [23.32, 42.7], zoom: 9})")
    page.wait_for_timeout(1500)
    box = page.locator("#map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    until(page, "location.hash.includes('place=')")
    assert 0 < told(page) < release.incidents
    assert "place chosen on the map" in page.locator("#told").inner_text()


def test_evidence_opens_at_the_incident_with_its_words(page: Page) -> None:
    link = page.locator("#incidents tbody a").first
    address = link.get_attribute("href") or ""
    with page.expect_navigation():
        link.click()
    assert page.url.endswith(address)
    article = page.locator(f"#{address.partition('#')[2]}")
    assert article.locator("mark").count() > 0
    assert article.locator("tbody tr").count() > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", "evidence/1.html"])
def test_axe_finds_nothing(browser: Browser, release: Release, scheme: Any, name: str) -> None:
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto((release.folder / name).as_uri())
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(it["id"], [node["html"][:120] for node in it["nodes"][:3]]) for it in found] == []
    context.close()


def test_no_page_names_another_machine_and_hostile_words_are_words(release: Release) -> None:
    for path in sorted(release.folder.rglob("*.html")):
        text = path.read_text("utf-8")
        assert re.findall(r"(?:src|href)=\"?(?:https?:)?//", text) == []
        assert "<script>" not in text
        assert "Content-Security-Policy" in text
    assert "</script" not in (release.folder / "assets/data.js").read_text("utf-8")


def test_a_quote_is_no_longer_than_was_chosen(release: Release, tmp_path: Path) -> None:
    project = release.folder.parent / "project"
    made = publish(read_material(project), tmp_path / "out", Order((Format.PAGES,), quotes=24))
    marked = re.compile(r"<q dir=\"auto\"[^>]*>(.*?)</q>", re.DOTALL)
    pages = [path.read_text("utf-8") for path in (made.folder / "evidence").iterdir()]
    quotes = [re.sub("<[^>]+>", "", it) for text in pages for it in marked.findall(text)]
    assert quotes
    assert max(map(len, quotes)) <= 24 + len("&amp;")
    assert not any("data/" in name for name in made.files)


def test_bars_share_out_what_may_lie_in_several(release: Release) -> None:
    incidents = read_material(release.folder.parent / "project").incidents
    unit, bars = bars_of(incidents)
    dated = [it for it in incidents if it.earliest or it.latest]
    assert unit in {"day", "month"}
    assert sum(bar.count for bar in bars) == pytest.approx(len(dated), abs=0.05 * len(bars))
    assert bars[0].first <= min(it.earliest or it.latest or date.max for it in dated)
