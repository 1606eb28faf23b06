"""A small project to explore: what it holds is made by hand, and some of it is hostile."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

import httpx
from tests.nouns import cite, incident, mention

from dateline.errors import Issue
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
from dateline.model.text import Evidence, Published, PublishedBasis, Report, digest, make_report
from dateline.storing.manifest import Clock
from dateline.storing.results import Outcome, Result
from dateline.storing.writer import Provenance, writing

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa
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
            writer.relate(self.tables().items())
            writer.commit(Provenance(digest("stage"), digest("linker"), ()), (), Clock("1989-12-01T00:00:00Z", 1.0))
        return folder

    def tables(self) -> dict[str, pa.Table]:
        """Return what is worked out from all reports together."""
        tables = {"links": to_table(Link, self.links), "incidents": to_table(Incident, self.incidents)}
        return tables | {"copies": to_table(Copy, self.copies)}

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
            lat=51.34,
            lon=12.37,
            radius_km=8.0,
            precision=Precision.CITY,
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
