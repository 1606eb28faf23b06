"""The map where many places are known less exactly than a town: circles from afar, areas from closer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.exploring.browser.conftest import Watch, served
from tests.exploring.sample import Sample
from tests.nouns import incident, mention
from tests.waiting import until

from dateline.model.ground import Precision

if TYPE_CHECKING:
    from collections.abc import Iterator

VAGUE = 520


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Serve provinces and districts of nowhere, one incident each, over a tenth of the world."""
    sample = Sample()
    words = [f"marched{number:03}" for number in range(VAGUE)]
    report = sample.add_report(" ".join(words), language="en")
    sample.mentions = [mention(report, word) for word in words]
    for number, told in enumerate(sample.mentions):
        where = {"lat": 20.0 + number // 26, "lon": 60.0 + number % 26, "place": f"Part {number}"}
        how = {"radius_km": 40.0, "precision": Precision.PROVINCE if number % 2 else Precision.DISTRICT}
        sample.incidents.append(incident(told, **where, **how))
    with served(sample.write(tmp_path_factory.mktemp("many"))) as found:
        yield found


def drawn(page: Any, layer: str) -> int:
    until(page, "document.querySelector('#map').map.loaded()")
    asked = f"document.querySelector('#map').map.queryRenderedFeatures({{layers: ['{layer}']}}).length"
    return int(page.evaluate(asked))


def test_what_is_known_less_exactly_is_drawn_from_afar_and_from_closer(chromium: Any, many: tuple[str, str]) -> None:
    address, key = many
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{address}#{key}")
    page.wait_for_selector("section.counters")
    watch = Watch(address)
    watch.over(page).goto(address)
    page.wait_for_selector("#map[data-idle]")
    page.evaluate("document.querySelector('#map').map.jumpTo({center: [70.5, 30], zoom: 2})")
    assert (drawn(page, "far"), drawn(page, "regions"), drawn(page, "soft")) == (VAGUE, 0, 0)
    page.evaluate("document.querySelector('#map').map.jumpTo({center: [70, 30], zoom: 7})")
    until(page, "document.querySelector('#map').map.queryRenderedFeatures({layers: ['regions', 'soft']}).length > 0")
    assert drawn(page, "far") == 0
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector("#spot:not([hidden]) a")
    assert "Part 270" in page.inner_text("#spot")
    assert (watch.foreign, watch.complaints) == ([], [])
