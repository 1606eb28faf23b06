"""The explorer over a small project: every page, every filter, and what hostile text and hostile requests come to."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest
from tests.exploring.sample import HOSTILE, MARCH, Sample, copied, get, hostile, leipzig
from tests.nouns import incident, mention

from dateline.errors import ArchiveError, UsageError
from dateline.exploring.app import make_app, serve
from dateline.exploring.guarding import HEADERS
from dateline.model.codebook import plover
from dateline.model.ground import Granularity

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.applications import Starlette


class Page(HTMLParser):
    """What a browser would make of a page: its elements, and all that it would fetch, follow or run."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.parts: list[str] = []
        self.marks: list[dict[str, str | None]] = []
        self.text = ""
        self._in_text = False
        self._goes_on = False
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._goes_on = tag == "bdi"
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag == "mark" and self._in_text:
            self.marks.append(dict(attrs))
        self._in_text = self._in_text or tag == "article"

    def handle_endtag(self, tag: str) -> None:
        self._in_text = self._in_text and tag != "article"
        self._goes_on = tag == "bdi"

    def handle_data(self, data: str) -> None:
        before = self.parts.pop() if self._goes_on and self.parts else ""
        self.parts.append(before + data)
        self.text += data if self._in_text else ""

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.parts).split())


def page(app: Starlette, path: str) -> Page:
    response = get(app, path)
    assert response.status_code == 200, response.text
    return Page(response.text)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return leipzig().write(tmp_path_factory.mktemp("leipzig"))


@pytest.fixture(scope="module")
def app(project: Path) -> Starlette:
    return make_app(project)


@pytest.fixture(scope="module")
def hostile_app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    return make_app(hostile().write(tmp_path_factory.mktemp("hostile")))


def paths(sample: Sample) -> list[str]:
    incidents = [f"/incidents/{each.id}" for each in sample.incidents]
    reports = [f"/reports/{each.id}" for each in sample.reports]
    single = [f"/reports/{each.report}?mention={each.id}" for each in sample.mentions]
    return ["/", "/issues", *incidents, *reports, *single]


def test_home_counts_what_the_project_holds(app: Starlette) -> None:
    words = page(app, "/").words
    for counter in ("1 contested", "2 single-source", "1 issue", "3 incidents", "4 mentions", "2 reports"):
        assert counter in words


def test_home_tells_what_each_incident_is(app: Starlette) -> None:
    words = page(app, "/").words
    assert "9 October 1989 Protest: march march" in words
    assert (
        "Leipzig, Saxony, Germany 60,000–75,000 people 2 reports 2 independent sources contested: how many people"
        in words
    )
    assert "October 1989 Coerce: arrest denied arrested place not known" in words
    assert (
        "date not known Assault: dispersal broke up Halle (Saale), Saxony-Anhalt, Germany 1 report single source"
        in words
    )


MARCHED, DISPERSED, DENIED = "Protest: march", "Assault: dispersal", "Coerce: arrest"
ALL = {MARCHED, DISPERSED, DENIED}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ALL),
        ("?type=&form=&since=&page=", ALL),
        ("?type=PROTEST", {MARCHED}),
        ("?form=arrest", {DENIED}),
        ("?status=denied", {DENIED}),
        ("?country=DEU", {MARCHED, DISPERSED}),
        ("?place=Leipzig", {MARCHED}),
        ("?admin1=Saxony-Anhalt", {DISPERSED}),
        ("?publisher=Police+report", {MARCHED, DENIED}),
        ("?words=BROKE", {MARCHED, DISPERSED}),
        ("?words=persons", {MARCHED, DENIED}),
        ("?actor=COP", {DISPERSED}),
        ("?sources=2", {MARCHED}),
        ("?disputed=people", {MARCHED}),
        ("?review=unreviewed", ALL),
        ("?review=reviewed", set()),
        ("?since=1989-10-10", {DENIED}),
        ("?until=1989-10-09", {MARCHED, DENIED}),
        ("?since=1989-10-05&until=1989-10-31", {MARCHED, DENIED}),
        ("?since=1990-01-01", set()),
        ("?contested=yes", {MARCHED}),
        ("?contested=no", {DISPERSED, DENIED}),
        ("?single_source=yes", {DISPERSED, DENIED}),
        ("?single_source=no&country=DEU", {MARCHED}),
        ("?type=PROTEST&status=denied", set()),
    ],
)
def test_a_filter_keeps_what_passes_it(app: Starlette, query: str, expected: set[str]) -> None:
    markup = get(app, "/" + query).text
    table = markup.partition('<table class="incidents">')[2].partition("</table>")[0]
    assert {name for name in ALL if name in table} == expected


def test_the_form_has_the_only_address_of_which_chromium_tells_nobody(app: Starlette) -> None:
    shown = page(app, "/")
    assert [value for name, value in shown.attributes if name == "action"] == ["/search"]
    assert get(app, "/search?type=PROTEST").text == get(app, "/?type=PROTEST").text


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("?since=soon", "since='soon' given; expected a day as 1989-10-09"),
        ("?status=true&contested=maybe", "status='true' given; expected one of asserted"),
        ("?status=true&contested=maybe", "contested='maybe' given; expected yes or no"),
        ("?page=0", "page='0' given; expected a number from 1 on"),
        ("?page=²", "page='²' given; expected a number from 1 on"),
        ("?sort=id", "sort='id' given; expected one of actor"),
        (f"?place={'x' * 201}", "expected at most 200 characters"),
    ],
)
def test_a_filter_that_cannot_be_used_is_refused_with_the_reason(app: Starlette, query: str, complaint: str) -> None:
    response = get(app, "/" + query)
    assert response.status_code == 400
    assert complaint in Page(response.text).words


@pytest.mark.parametrize(
    "path",
    [
        "/incidents/none",
        "/reports/none",
        "/nothing",
        "/?page=2",
        "/issues?page=2",
        "/static/none.css",
        "/static/../app.py",
    ],
)
def test_what_is_not_there_is_not_found(app: Starlette, path: str) -> None:
    assert get(app, path).status_code == 404


def test_a_report_has_no_page_for_the_mention_of_another(app: Starlette) -> None:
    sample = leipzig()
    assert get(app, f"/reports/{sample.reports[1].id}?mention={sample.mentions[0].id}").status_code == 404


def test_a_long_list_is_shown_page_by_page(tmp_path: Path) -> None:
    sample = Sample()
    text = " ".join(f"protest{number}" for number in range(120))
    report = sample.add_report(text)
    sample.mentions = [mention(report, word, form=None) for word in text.split()]
    sample.incidents = [incident(each) for each in sample.mentions]
    app = make_app(sample.write(tmp_path / "project"))
    links = [
        re.findall(r'/incidents/([0-9a-f]{64})"', get(app, f"/?type=PROTEST&page={number}").text)
        for number in (1, 2, 3)
    ]
    assert [len(each) for each in links] == [50, 50, 20]
    assert len(set().union(*links)) == 120
    assert "51–100 of 120 incidents" in page(app, "/?page=2").words
    assert ("href", "?type=PROTEST&page=3") in page(app, "/?type=PROTEST&page=2").attributes
    assert ("href", "?type=PROTEST") in page(app, "/?type=PROTEST&page=2").attributes


def years(*years: int) -> Sample:
    """Twenty incidents of the first days of 1989, one without a day, and one of each of these years."""
    sample = Sample()
    words = [f"marched{number:02}" for number in range(21 + len(years))]
    report = sample.add_report(" ".join(words), language="en")
    days = [*(date(1989, 1, 1 + number) for number in range(20)), None, *(date(year, 6, 1) for year in years)]
    sample.mentions = [mention(report, word) for word in words]
    told = zip(sample.mentions, days, strict=True)
    sample.incidents = [incident(it, earliest=day, latest=day, granularity=Granularity.DAY) for it, day in told]
    return sample


def test_a_far_year_neither_stretches_the_time_line_nor_opens_the_list(tmp_path: Path) -> None:
    app = make_app(years(1777, 2056).write(tmp_path / "project"))
    home = get(app, "/").text
    whens = re.findall(r'<td class="when">(.*?)</td>', home)
    assert whens[0] == "1 January 1989"
    assert whens[19:] == ["20 January 1989", "date not known", "1 June 1777", "1 June 2056"]
    assert 'data-first="1989-01-01" data-last="1989-01-20"' in home
    shown = page(app, "/")
    assert "Drawn from 1 January 1989 to 20 January 1989, where nearly all are." in shown.words
    assert "1 incident before , 1 incident after . Draw all" in shown.words
    assert {"/?until=1988-12-31", "/?since=1989-01-21", "/?since=1777-06-01"} <= set(hrefs(shown))
    early, late = (get(app, it).text for it in ("/?until=1988-12-31", "/?since=1989-01-21"))
    whole = get(app, "/?since=1777-06-01").text
    assert ("1 June 1777" in early, "1 June 2056" in late) == (True, True)
    assert ('data-first="1770-01-01" data-last="2059-12-31"' in whole, "Drawn from" in whole) == (True, False)
    assert home.count('<rect class="exact" x=') == 20 * 2  # one a day, one an incident


@pytest.mark.parametrize("far", [(), (1989, 1988)])
def test_what_lies_no_further_than_all_is_long_is_drawn_with_the_rest(tmp_path: Path, far: tuple[int, ...]) -> None:
    shown = page(make_app(years(*far).write(tmp_path / "project")), "/")
    assert "Drawn from" not in shown.words


def test_an_incident_is_headed_by_a_sentence_from_its_fields(app: Starlette) -> None:
    words = page(app, f"/incidents/{leipzig().incidents[0].id}").words
    told = "2 reports by 2 publishers (2 independent sources) tell of it"
    assert f"{told}: Leipzig, Saxony, Germany; 9 October 1989; 60,000–75,000 people." in words
    assert "contested: how many people" in words


def test_figures_stand_side_by_side_with_their_words(app: Starlette) -> None:
    words = page(app, f"/incidents/{leipzig().incidents[0].id}").words
    assert "65,000–75,000 “Some 70,000 people" in words.replace(" Some", " “Some")
    assert "60,000 60,000 persons" in words


def test_a_mention_shows_each_value_with_its_words_and_voices(app: Starlette) -> None:
    words = page(app, f"/incidents/{leipzig().incidents[0].id}").words
    assert "9 October 1989 (resolved) on Monday night" in words
    assert "CVL Germany people" in words
    assert ("title", dict(plover().sectors)["CVL"]) in page(app, f"/incidents/{leipzig().incidents[0].id}").attributes
    assert "the report itself › a spokesman (said)" in words
    assert "0.93 same day; same city" in words


def test_a_report_is_shown_to_the_letter_with_its_words_marked(app: Starlette) -> None:
    report = leipzig().reports[0]
    shown = page(app, f"/reports/{report.id}")
    assert shown.text == MARCH
    roles = {role for mark in shown.marks for role in (mark["data-roles"] or "").split()}
    assert roles == {"trigger", "actor", "place", "time", "figure", "voice"}


def test_overlapping_evidence_is_flattened_into_one_row_of_marks(app: Starlette) -> None:
    sample = leipzig()
    shown = page(app, f"/reports/{sample.reports[0].id}")
    shared = [mark for mark in shown.marks if mark["data-roles"] == "figure actor"]
    assert len(shared) == 1
    assert shared[0]["data-mentions"] == sample.mentions[0].id
    assert shared[0]["title"] == "figure: 65,000–75,000 people; actor: CVL Germany"


def test_the_words_of_one_mention_can_be_marked_alone(app: Starlette) -> None:
    told = leipzig().mentions[2]
    shown = page(app, f"/reports/{told.report}?mention={told.id}")
    assert shown.text == MARCH
    assert [mark["data-roles"] for mark in shown.marks] == ["actor", "trigger"]
    assert ("id", f"m-{told.id}") in shown.attributes


def test_an_issue_is_listed_and_shown_with_its_report(app: Starlette) -> None:
    report = leipzig().reports[1]
    assert "unknown language (reading)" in page(app, "/issues").words
    assert "language 'xx' given; expected en" in page(app, "/issues").words
    assert "language 'xx' given; expected en" in page(app, f"/reports/{report.id}").words


def test_a_project_without_incidents_says_so(tmp_path: Path) -> None:
    sample = Sample()
    sample.add_report("Nothing happened.")
    app = make_app(sample.write(tmp_path / "project"))
    assert "no run has computed any" in page(app, "/").words
    assert "No event was read in this report." in page(app, f"/reports/{sample.reports[0].id}").words
    assert "None." in page(app, "/issues").words


RUNNING = {"script", "iframe", "object", "embed", "base", "style", "image", "video", "audio", "math"}


@pytest.mark.parametrize("path", [*paths(hostile()), "/?place=" + quote('"><script>alert(1)</script>'), "/<script>"])
def test_hostile_text_stays_text(hostile_app: Starlette, path: str) -> None:
    markup = get(hostile_app, path).text
    shown = Page(foreign := re.sub(r'<script type="module" src="/static/[a-z]+\.js"></script>', "", markup))
    assert "<script" not in foreign.lower()
    assert not [name for name, _ in shown.attributes if name.startswith("on") or name in {"style", "srcdoc", "ping"}]
    fetching = {"href", "src", "action", "formaction", "poster", "data", "srcset", "background", "content"}
    for name, value in shown.attributes:
        if name in fetching:
            assert re.fullmatch(r"/([^/].*)?|[#?].*|light dark|width=device-width, initial-scale=1", value)


def test_a_hostile_report_is_shown_to_the_letter_but_for_what_cannot_be_seen(hostile_app: Starlette) -> None:
    report = hostile().reports[0]
    shown = page(hostile_app, f"/reports/{report.id}").text
    assert shown == HOSTILE + "⟨U+202E⟩ gnp.exe ⟨U+2066⟩ ⟨U+0007⟩ ⟨U+200B⟩ end"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("LOCALHOST:1", 200),
        ("[::1]:8000", 200),
        ("evil.example", 400),
        ("localhost.evil.example", 400),
        ("127.0.0.1@evil.example", 400),
        ("", 400),
        ("localhost.:80", 400),
        ("2130706433", 400),
        ("127.0.0.1.evil.example", 400),
    ],
)
def test_only_this_machine_is_answered(app: Starlette, host: str, status: int) -> None:
    response = get(app, "/", host)
    assert response.status_code == status
    assert ("Leipzig" in response.text) == (status == 200)


@pytest.mark.parametrize("path", ["/", "/issues", "/nothing", "/?page=0", "/static/style.css"])
@pytest.mark.parametrize("host", ["localhost", "evil.example"])
def test_every_answer_bears_the_headers_that_shut_the_page_in(app: Starlette, path: str, host: str) -> None:
    response = get(app, path, host)
    assert {name: response.headers[name] for name in HEADERS} == HEADERS
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert "set-cookie" not in response.headers


def test_a_fault_of_the_program_is_answered_with_the_headers_and_raised(tmp_path: Path) -> None:
    project = leipzig().write(tmp_path / "project")
    app = make_app(project)
    for part in (project / "incidents").iterdir():
        part.unlink()
    response = get(app, "/incidents/of-an-earlier-run", raised=False)
    assert response.status_code == 500
    assert {name: response.headers[name] for name in HEADERS} == HEADERS
    assert str(project) not in response.text
    with pytest.raises(FileNotFoundError):
        get(app, "/incidents/of-an-earlier-run")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/", "/issues", "/incidents/x", "/reports/x", "/static/style.css"])
def test_nothing_can_be_written(app: Starlette, method: str, path: str) -> None:
    assert get(app, path, method=method).status_code == 405


def test_the_style_sheet_asks_for_nothing(app: Starlette) -> None:
    style = get(app, "/static/style.css").text
    assert "url(" not in style
    assert "@import" not in style


def test_a_folder_that_is_no_project_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="is not a Dateline project"):
        make_app(tmp_path)


def test_a_port_that_cannot_be_had_is_refused(project: Path) -> None:
    with pytest.raises(UsageError, match="port 70000 given"):
        serve(project, 70000)
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UsageError, match="cannot be had"):
        serve(project, taken.getsockname()[1])


def test_it_serves_this_machine_until_it_is_interrupted(project: Path) -> None:
    program = (
        "import pathlib, sys; from dateline.exploring.app import serve; serve(pathlib.Path(sys.argv[1]), ready=print)"
    )
    command = [sys.executable, "-u", "-c", program, str(project)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        address, _, token = url.partition("#")
        refused = httpx.get(address, timeout=60)
        response = httpx.get(address, timeout=60, headers={"Authorization": f"Bearer {token}"})
        server.send_signal(signal.SIGINT)
        _, complaints = server.communicate(timeout=60)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
    assert len(token) >= 32
    assert (refused.status_code, response.status_code) == (401, 200)
    assert "server" not in response.headers
    assert (server.returncode, complaints) == (0, "")


def test_copies_are_folded_under_one_source_with_what_they_share(tmp_path: Path) -> None:
    sample = copied()
    app = make_app(sample.write(tmp_path / "project"))
    words = page(app, f"/incidents/{sample.incidents[0].id}").words
    assert "2 reports by 2 publishers (1 independent source) tell of it" in words
    assert "one source: the same words: 31 in common" in words
    echo = next(it for it in sample.reports if it.publisher == "Echo")
    shared = page(app, f"/reports/{echo.id}").words
    assert "Shares passages with 1 report Western wire 31 words" in shared
    assert "the other is the earlier Some 70,000 people marched through Leipzig on Monday night" in shared


def hrefs(shown: Page) -> list[str]:
    return [value for name, value in shown.attributes if name == "href"]


def test_what_is_to_be_reviewed_leads_to_the_review_with_its_filter(project: Path, app: Starlette) -> None:
    asked = "?contested=yes&review=unreviewed"
    assert f"/review{asked}" in hrefs(page(app, "/"))
    assert "0 of 2 done" in page(app, f"/review{asked}&who=amber").words
    assert "/review?type=ASSAULT" in hrefs(page(app, "/?type=ASSAULT"))
    assert "0 of 1 done" in page(app, "/review?type=ASSAULT&who=amber").words
    bare = hrefs(page(make_app(project, read_only=True), "/?type=ASSAULT"))
    assert f"/{asked}" in bare
    assert not [it for it in bare if it.startswith("/review?")]


def test_countries_are_called_by_name(app: Starlette) -> None:
    found = leipzig().incidents[0].id
    for path in ("/", f"/incidents/{found}", f"/reports/{leipzig().reports[0].id}"):
        words = page(app, path).words
        assert "Germany" in words, path
        assert "DEU" not in words.replace("Leipzig DEU", ""), path
