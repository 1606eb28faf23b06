"""The explorer over a small project: every page, every filter, and what hostile text and hostile requests come to."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest

from dateline.errors import ArchiveError, Issue, UsageError
from dateline.exploring.app import make_app, serve
from dateline.exploring.guarding import HEADERS
from dateline.model.codebook import plover
from dateline.model.copies import Copy, Passage
from dateline.model.event import Mention, Status
from dateline.model.ground import (
    Actor,
    Attribution,
    Basis,
    Figure,
    Granularity,
    Place,
    Precision,
    Role,
    Voice,
    VoiceKind,
    When,
)
from dateline.model.incident import Group, Incident, Link, Range
from dateline.model.tables import to_table
from dateline.model.text import Evidence, Published, PublishedBasis, Report, Span, digest, make_report
from dateline.storing.manifest import Clock
from dateline.storing.results import Outcome, Result
from dateline.storing.writer import Provenance, writing

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.applications import Starlette

MARCH = (
    "Some 70,000 people marched through Leipzig on Monday night, a spokesman said.\n\n"
    "Police with batons broke up a gathering in Halle."
)
POLICE = "Approx. 60,000 persons took part in a march in Leipzig on 9 October. Nobody was arrested."

HOSTILE = """<base href="http://evil.example/"><meta http-equiv="refresh" content="0;url=http://evil.example/">
<link rel="stylesheet" href="//evil.example/a.css"><style>@import "//evil.example/b.css";
@font-face{font-family:x;src:url(//evil.example/f)}</style><link rel="prefetch" href="//evil.example/c">
<link rel="dns-prefetch" href="//evil.example"><script>alert(1)</script><script src="//evil.example/d.js"></script>
<img src="//evil.example/e" onerror="alert(1)"><img srcset="//evil.example/f 2x"><svg onload="alert(1)"></svg>
<svg><image href="//evil.example/g"/></svg><video poster="//evil.example/h" src="//evil.example/i"></video>
<audio src="//evil.example/j" autoplay></audio><iframe src="//evil.example/k"></iframe>
<iframe srcdoc="<script>alert(1)</script>"></iframe><object data="//evil.example/l"></object>
<embed src="//evil.example/m"><form id="f" action="//evil.example/n"><input name="a"></form>
<a href="javascript:alert(1)" ping="//evil.example/o">x</a><details open ontoggle="alert(1)">y</details>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;"></math>
<input type="image" src="//evil.example/p"><body onload="alert(1)" background="//evil.example/q">
<button formaction="//evil.example/r">z</button>{{ 7 * 7 }} {% raw %} "><script>alert(2)</script> &lt;b&gt;
'"--></title></textarea></mark></article><script>alert(3)</script>"""


def cite(report: Report, words: str) -> Evidence:
    start = report.text.index(words)
    return report.cite(start, start + len(words))


def mention(report: Report, words: str, **about: object) -> Mention:
    trigger = cite(report, words)
    fields = {"type": "PROTEST", "form": "march", "status": Status.ASSERTED} | about
    clause = Span(0, len(report.text))
    return Mention(digest([report.id, words]), report.id, trigger=trigger, clause=clause, **fields)  # type: ignore[arg-type]


def incident(*mentions: Mention, **about: object) -> Incident:
    ids = tuple(sorted(each.id for each in mentions))
    reports = tuple(sorted({each.report for each in mentions}))
    fields = {
        "type": mentions[0].type,
        "form": mentions[0].form,
        "status": mentions[0].status,
        "publishers": len(reports),
        "groups": tuple(Group((report,), (), 1 / len(reports)) for report in reports),
        "independent": len(reports),
        "single_source": len(reports) == 1,
    }
    return Incident(digest(ids), mentions=ids, reports=reports, **(fields | about))  # type: ignore[arg-type]


@dataclass
class Sample:
    """A project in the making."""

    reports: list[Report] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)

    def add_report(self, text: str, **about: object) -> Report:
        raw = sha256(text.encode()).hexdigest()
        report = make_report(text, raw=raw, source=f"in/{len(self.reports)}.txt", **about)  # type: ignore[arg-type]
        self.reports.append(report)
        return report

    def write(self, folder: Path) -> Path:
        results = [self._result(report) for report in self.reports]
        with writing(folder, digest("stage")) as writer:
            for batch in to_table(Result, results).to_batches():
                writer.append(batch)
            tables = {"links": to_table(Link, self.links), "incidents": to_table(Incident, self.incidents)}
            writer.relate((tables | {"copies": to_table(Copy, self.copies)}).items())
            writer.commit(Provenance(digest("stage"), digest("linker"), ()), (), Clock("1989-12-01T00:00:00Z", 1.0))
        return folder

    def _result(self, report: Report) -> Result:
        mentions = tuple(each for each in self.mentions if each.report == report.id)
        issues = tuple(issue for issue in self.issues if issue.report == report.id)
        content = report.text.encode()
        return Result(digest(report.source), report.source, report.raw, content, Outcome.READ, report, mentions, issues)


def leipzig() -> Sample:
    sample = Sample()
    day = Published(date(1989, 10, 10), PublishedBasis.METADATA)
    wire = sample.add_report(MARCH, publisher="Western wire", title="70,000 march", published=day, language="en")
    police = sample.add_report(POLICE, publisher="Police report", title="Daily report", language="en")
    spokesman = Voice(VoiceKind.UNNAMED, evidence=cite(wire, "a spokesman"), cue=cite(wire, "said"))
    told = mention(
        wire,
        "marched",
        actors=(Actor(Role.ACTOR, cite(wire, "people"), sector="CVL", country="DEU"),),
        place=leipzig_place(wire),
        when=on_ninth(cite(wire, "on Monday night"), Basis.RESOLVED),
        figures=(Figure(cite(wire, "Some 70,000 people"), "people", 65000, 75000),),
        attribution=Attribution((Voice(VoiceKind.REPORT), spokesman)),
    )
    counted = mention(
        police,
        "march",
        place=leipzig_place(police),
        when=on_ninth(cite(police, "on 9 October"), Basis.STATED),
        figures=(Figure(cite(police, "60,000 persons"), "people", 60000, 60000),),
    )
    halle = mention(
        wire,
        "broke up",
        type="ASSAULT",
        form="dispersal",
        actors=(Actor(Role.ACTOR, cite(wire, "Police"), sector="COP"),),
    )
    plan = mention(police, "arrested", type="COERCE", form="arrest", status=Status.DENIED)
    sample.mentions = [told, counted, halle, plan]
    sample.incidents = [
        incident(
            told,
            counted,
            earliest=date(1989, 10, 9),
            latest=date(1989, 10, 9),
            granularity=Granularity.DAY,
            place="Leipzig",
            admin1="Saxony",
            country="DEU",
            figures=(Range("people", 60000, 75000, contested=True),),
            contested=True,
            disputed=("people",),
        ),
        incident(halle, place="Halle (Saale)", admin1="Saxony-Anhalt", country="DEU"),
        incident(plan, earliest=date(1989, 10, 1), latest=date(1989, 10, 31), granularity=Granularity.MONTH),
    ]
    left, right = sorted((told.id, counted.id))
    sample.links = [Link(left, right, 0.93, ("same day", "same city"))]
    sample.issues = [Issue("reading", "unknown-language", "language 'xx' given; expected en", police.source, police.id)]
    return sample


def copied() -> Sample:
    """Two outlets with one text, of which one is the older."""
    sample = Sample()
    wire, echo = (sample.add_report(MARCH, publisher=name, language="en") for name in ("Western wire", "Echo"))
    sample.mentions = [mention(it, "marched") for it in (wire, echo)]
    pair = (min(wire.id, echo.id), max(wire.id, echo.id))
    words = len("Some 70,000 people marched through Leipzig on Monday night")
    sample.copies = [Copy(*pair, 31, 0.8, 0.9, wire.id, (Passage(0, words, 0, words),))]
    groups = (Group(pair, ("the same words: 31 in common",)),)
    sample.incidents = [incident(*sample.mentions, groups=groups, independent=1, single_source=True)]
    return sample


def leipzig_place(report: Report) -> Place:
    return Place(cite(report, "Leipzig"), "Leipzig", 2879139, "DEU", "Saxony", precision=Precision.CITY)


def on_ninth(words: Evidence, basis: Basis) -> When:
    return When(words, date(1989, 10, 9), date(1989, 10, 9), Granularity.DAY, "1989-10-09", basis)


def hostile() -> Sample:
    sample = Sample()
    report = sample.add_report(
        HOSTILE + "\u202e gnp.exe \u2066 \x07 \u200b end",
        publisher=HOSTILE[:150],
        title="<script>alert('title')</script>",
        url="javascript:alert(1)//http://evil.example/",
        language="<i>",
    )
    bad = Actor(Role.ACTOR, cite(report, "<script>alert(1)</script>"), name='"><script>alert(4)</script>', public=True)
    told = mention(
        report,
        '<img src="//evil.example/e" onerror="alert(1)">',
        type='"><script>x',
        form="<svg onload=x>",
        actors=(bad,),
        place=Place(cite(report, "<base href"), '" onmouseover="alert(1)', country="<u>"),
        when=When(cite(report, "<math>")),
        figures=(Figure(cite(report, "</mark></article>"), "<b>", None, None),),
        attribution=Attribution(
            (Voice(VoiceKind.REPORT), Voice(VoiceKind.PERSON, "</td><script>", cite(report, "z"), None))
        ),
    )
    sample.mentions = [told]
    sample.incidents = [
        incident(
            told,
            place='" autofocus onfocus="alert(1)',
            figures=(Range("<b>", 1, None, contested=True),),
            contested=True,
            disputed=("<b>",),
        )
    ]
    sample.links = [Link(told.id, told.id, 1.0, ("<script>why</script>",))]
    sample.issues = [Issue("<stage>", "<kind>", "<script>alert('issue')</script>", "<img src=x>", report.id)]
    return sample


def get(
    app: Starlette, path: str, host: str = "127.0.0.1:8000", method: str = "GET", *, raised: bool = True
) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=raised)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.request(method, path, headers={"host": host})

    return asyncio.run(ask())


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
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag == "mark" and self._in_text:
            self.marks.append(dict(attrs))
        self._in_text = self._in_text or tag == "article"

    def handle_endtag(self, tag: str) -> None:
        self._in_text = self._in_text and tag != "article"

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
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
        "Leipzig, Saxony, DEU 60,000–75,000 people 2 reports 2 independent sources contested: how many people" in words
    )
    assert "October 1989 Coerce: arrest denied arrested place not known" in words
    assert (
        "date not known Assault: dispersal broke up Halle (Saale), Saxony-Anhalt, DEU 1 report single source" in words
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


def test_an_incident_is_headed_by_a_sentence_from_its_fields(app: Starlette) -> None:
    words = page(app, f"/incidents/{leipzig().incidents[0].id}").words
    told = "2 reports by 2 publishers (2 independent sources) tell of it"
    assert f"{told}: Leipzig, Saxony, DEU; 9 October 1989; 60,000–75,000 people." in words
    assert "contested: how many people" in words


def test_figures_stand_side_by_side_with_their_words(app: Starlette) -> None:
    words = page(app, f"/incidents/{leipzig().incidents[0].id}").words
    assert "Western wire 10 October 1989 65,000–75,000 Some 70,000 people" in words
    assert "Police report publication date not known 60,000 60,000 persons" in words


def test_a_mention_shows_each_value_with_its_words_and_voices(app: Starlette) -> None:
    words = page(app, f"/incidents/{leipzig().incidents[0].id}").words
    assert "9 October 1989 (resolved) on Monday night" in words
    assert "CVL DEU people" in words
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
    assert shared[0]["title"] == "figure: 65,000–75,000 people; actor: CVL DEU"


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
    shown = Page(markup)
    own = '<script type="module" src="/static/home.js"></script>'
    assert "<script" not in markup.replace(own, "").lower()
    assert not RUNNING & set(Page(markup.replace(own, "")).tags)
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
    response = get(app, "/", raised=False)
    assert response.status_code == 500
    assert {name: response.headers[name] for name in HEADERS} == HEADERS
    assert str(project) not in response.text
    with pytest.raises(Exception, match=r"No files found|Cannot open file"):
        get(app, "/")


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
