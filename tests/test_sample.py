"""The sample archive: thirty reports, each of which says what it is."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser
from importlib.resources import files
from typing import NamedTuple

import pytest

NOTE = "Written for Dateline from documented facts; the wording is invented and no outlet's."
OUTLETS = {
    "Church newsletter",
    "Foreign correspondent",
    "Opposition leaflet",
    "Police report",
    "Radio monitoring summary",
    "State news agency",
    "West German daily",
    "Western wire",
}
REAL_OUTLETS = re.compile(
    r"\b(ADN|AFP|AP|Associated Press|BBC|Bild|DDR-Fernsehen|dpa|Neues Deutschland|New York Times|Reuters|RIAS|Spiegel"
    r"|Stern|Tagesschau|taz|UPI|ZDF|ARD|Washington Post)\b"
)


class Sample(NamedTuple):
    name: str
    about: dict[str, str]
    text: str


class Page(HTMLParser):
    """The metadata of a page, and the text of its article."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.about: dict[str, str] = {}
        self.parts: list[str] = []
        self.inside = False
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "meta":
            self.about[found.get("property") or found.get("name") or ""] = found.get("content") or ""
        self.inside = self.inside or tag == "article"

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "article"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.parts.append(data)


def from_page(name: str, markup: str) -> Sample:
    page = Page(markup)
    keys = {"title": "og:title", "publisher": "og:site_name", "published": "article:published_time", "note": "note"}
    return Sample(name, {key: page.about[meta] for key, meta in keys.items()}, " ".join(page.parts))


def from_record(name: str, line: str) -> Sample:
    record = json.loads(line)
    return Sample(name, record, record["text"])


def from_front_matter(name: str, content: str) -> Sample:
    start, front, text = content.split("---\n", 2)
    assert start == ""
    pairs = (line.partition(": ") for line in front.splitlines())
    return Sample(name, {key: value for key, _, value in pairs}, text)


def samples() -> list[Sample]:
    found: list[Sample] = []
    for entry in sorted((files("dateline.data") / "sample").iterdir(), key=lambda entry: entry.name):
        content = entry.read_text("utf-8")
        if entry.name.endswith(".jsonl"):
            found += [from_record(f"{entry.name}#{n}", line) for n, line in enumerate(content.splitlines())]
        elif entry.name.endswith(".html"):
            found.append(from_page(entry.name, content))
        else:
            found.append(from_front_matter(entry.name, content))
    return found


SAMPLES = samples()
every = pytest.mark.parametrize("sample", SAMPLES, ids=[sample.name for sample in SAMPLES])


def test_there_are_thirty_reports_and_nothing_else() -> None:
    assert len(SAMPLES) == 30
    assert {sample.name.partition("#")[0].rpartition(".")[2] for sample in SAMPLES} == {"txt", "md", "html", "jsonl"}


@every
def test_a_report_has_250_to_600_words(sample: Sample) -> None:
    assert 250 <= len(sample.text.split()) <= 600


@every
def test_a_report_says_what_it_is(sample: Sample) -> None:
    assert sample.about["note"] == NOTE
    assert sample.about["title"]


@every
def test_a_report_was_published_in_the_autumn_of_1989(sample: Sample) -> None:
    assert date(1989, 9, 4) <= date.fromisoformat(sample.about["published"]) <= date(1989, 11, 30)


@every
def test_an_outlet_is_a_kind_and_none_that_exists(sample: Sample) -> None:
    assert sample.about["publisher"] in OUTLETS
    assert not REAL_OUTLETS.search(sample.text)


def test_every_kind_of_outlet_has_its_say() -> None:
    assert {sample.about["publisher"] for sample in SAMPLES} == OUTLETS


def test_one_text_runs_in_three_outlets_nearly_verbatim() -> None:
    sentence = "passed the headquarters of the state security without incident"
    copies = [sample for sample in SAMPLES if sentence in sample.text]
    assert len({sample.about["publisher"] for sample in copies}) == 3
    assert len({sample.about["title"] for sample in copies}) == 3
    words = [set(sample.text.split()) for sample in copies]
    assert all(len(one & two) > 0.9 * len(one | two) for one in words for two in words)


def test_a_masthead_date_is_not_the_publication_date() -> None:
    pages = [sample for sample in SAMPLES if sample.name.endswith(".html")]
    assert len(pages) == 4
    for page in pages:
        markup = (files("dateline.data") / "sample" / page.name).read_text("utf-8")
        assert re.search(r'class="masthead">[^<]* (2019|2020)', markup)
        assert " 2019" not in page.text
        assert " 2020" not in page.text
