"""The review without scripts: what comes next, what each form does, what is refused, and what a blind coder may see."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import httpx
import pytest
from tests.exploring.sample import get, leipzig
from tests.exploring.test_explorer import Page

from dateline.exploring.app import make_app
from dateline.model.decision import Act, Decision
from dateline.model.event import Mention, Review, Status
from dateline.model.ground import Basis
from dateline.model.judgement import Judgement, Verdict
from dateline.model.review import log_of, reviewed
from dateline.model.sample import Sample
from dateline.storing.archive import Archive, open_archive

if TYPE_CHECKING:
    from starlette.applications import Starlette

MARCHED, COUNTED, HALLE, PLAN = range(4)


class Desk:
    """A project with its explorer, and one person at it."""

    def __init__(self, folder: Path) -> None:
        self.told = leipzig()
        self.folder = self.told.write(folder)
        self.app: Starlette = make_app(self.folder)

    @property
    def archive(self) -> Archive:
        return open_archive(self.folder)

    def mention(self, number: int) -> Mention:
        return self.told.mentions[number]

    def page(self, number: int, **query: str) -> Page:
        address = f"/review/{self.mention(number).id}?" + urlencode({"who": "amber"} | query)
        answer = get(self.app, address)
        assert answer.status_code == 200, answer.text
        return Page(answer.text)

    def send(
        self, number: int, query: dict[str, str] | None = None, headers: dict[str, str] | None = None, **form: str
    ) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                address = f"/review/{self.mention(number).id}?" + urlencode({"who": "amber"} | (query or {}))
                return await client.post(address, data=form, headers=headers)

        return asyncio.run(ask())

    def left(self, number: int) -> Mention:
        decisions = self.archive.counting()
        told = self.mention(number)
        return reviewed(told, log_of(decisions, [told]).about.get(told.id, {}).values())

    def last(self) -> Decision:
        return list(self.archive.decisions().values())[-1]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "project")


def test_the_first_page_says_what_comes_first_and_why(desk: Desk) -> None:
    words = Page(get(desk.app, "/review?who=amber").text).words
    assert "0 of 4 done" in words
    assert "contradict each other" in words
    assert get(desk.app, "/review/next?who=amber").headers["location"].startswith("/review/")


def test_the_filter_of_the_list_is_honoured(desk: Desk) -> None:
    assert "0 of 1 done" in Page(get(desk.app, "/review?who=amber&type=COERCE").text).words
    found = get(desk.app, "/review/next?who=amber&type=COERCE").headers["location"]
    assert found.startswith(f"/review/{desk.mention(PLAN).id}?")
    assert "type=COERCE" in found


def test_accepting_leads_to_the_next_and_the_mention_waits_no_more(desk: Desk) -> None:
    answer = desk.send(MARCHED, act="accept")
    assert answer.status_code == 303
    assert desk.mention(MARCHED).id not in answer.headers["location"]
    assert desk.left(MARCHED).review is Review.ACCEPTED
    assert "1 of 4 done" in Page(get(desk.app, "/review?who=amber").text).words


def test_rejecting_asks_for_a_reason(desk: Desk) -> None:
    assert desk.send(MARCHED, act="reject").status_code == 400
    assert desk.archive.decisions() == {}
    assert desk.send(MARCHED, act="reject", why="no event").status_code == 303
    assert (desk.last().act, desk.last().reason) == (Act.REJECT, "no event")


def test_each_field_is_set_with_words_of_the_report(desk: Desk) -> None:
    desk.send(HALLE, act="type", kind="COERCE.dispersal", words="gathering", reason="no force is told")
    desk.send(HALLE, act="status", status="planned")
    desk.send(HALLE, act="trigger", words="broke up a gathering")
    desk.send(HALLE, act="place", words="Halle", name="Halle", country="deu", lat="51.5", lon="12", precision="city")
    desk.send(HALLE, act="when", words="Monday night", earliest="1989-10-01", latest="1989-10-31")
    desk.send(HALLE, act="figures", counts0="arrested", low0="3", high0="", words0="a gathering")
    desk.send(HALLE, act="actors", role0="actor", sector0="MIL", words0="Police", role1="recipient", words1="gathering")
    left = desk.left(HALLE)
    assert (left.type, left.form, left.status, left.trigger.quote) == (
        "COERCE",
        "dispersal",
        Status.PLANNED,
        "broke up a gathering",
    )
    assert left.place is not None
    assert left.when is not None
    assert (left.place.name, left.place.country, left.place.lat, left.place.basis) == (
        "Halle",
        "DEU",
        51.5,
        Basis.PERSON,
    )
    assert (left.when.granularity, left.when.basis) == ("month", Basis.PERSON)
    assert [(it.counts, it.low, it.high) for it in left.figures] == [("arrested", 3, None)]
    assert [(it.role, it.sector, it.evidence.quote) for it in left.actors] == [
        ("actor", "MIL", "Police"),
        ("recipient", None, "gathering"),
    ]
    assert left.review is Review.CORRECTED
    assert set(left.corrected) == {"type", "status", "trigger", "place", "when", "figures", "actors"}


def test_a_place_of_the_report_can_be_chosen_and_a_place_taken_away(desk: Desk) -> None:
    desk.send(HALLE, act="place", words="Halle", known="0")
    left = desk.left(HALLE)
    assert left.place is not None
    assert (left.place.name, left.place.evidence.quote) == ("Leipzig", "Halle")
    desk.send(MARCHED, act="place", unknown="yes")
    assert desk.left(MARCHED).place is None


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"act": "trigger", "words": "a riot"}, "does not stand in the report"),
        ({"act": "trigger", "words": "in"}, "stands in the report"),
        ({"act": "trigger", "words": ""}, "no words given"),
        ({"act": "when", "earliest": "9 October"}, "expected one as 1989-10-09"),
        ({"act": "when", "earliest": "1989-10-09", "latest": "1989-10-01"}, "not to be after"),
        ({"act": "place", "known": "77"}, "place number"),
        ({"act": "place", "name": "Halle", "lat": "99", "precision": "city"}, "expected -90 to 90"),
        ({"act": "figures", "counts0": "people", "low0": "many"}, "expected digits"),
        ({"act": "figures", "counts0": "people", "low0": "9", "high0": "3"}, "not to be above"),
        ({"act": "status", "status": "true"}, "expected one of asserted"),
        ({"act": "eval"}, "expected one of accept"),
        ({"act": "split", "other": "all"}, "no reason given"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_is_decided(desk: Desk, form: dict[str, str], told: str) -> None:
    answer = desk.send(MARCHED, {}, {}, **form)
    assert answer.status_code == 400
    assert "Nothing was decided" in answer.text
    assert told in Page(answer.text).words
    assert desk.archive.decisions() == {}


def test_words_that_stand_twice_are_told_apart_by_their_place(desk: Desk) -> None:
    at = desk.told.reports[0].text.rindex("in")
    desk.send(MARCHED, act="trigger", words="in", at=str(at))
    assert desk.left(MARCHED).trigger.start == at


def test_nobody_decides_without_a_name(desk: Desk) -> None:
    answer = desk.send(MARCHED, {"who": ""}, act="accept")
    assert (answer.status_code, desk.archive.decisions()) == (400, {})


def test_undo_takes_back_the_last_own_decision_and_history_shows_both(desk: Desk) -> None:
    desk.send(MARCHED, act="accept")
    desk.send(COUNTED, {"who": "birch"}, act="accept")
    answer = desk.send(HALLE, act="undo")
    assert desk.mention(MARCHED).id in answer.headers["location"]
    assert desk.left(MARCHED) == desk.mention(MARCHED)
    assert desk.left(COUNTED).review is Review.ACCEPTED
    words = desk.page(MARCHED).words
    assert "amber accepted taken back" in words
    assert "amber took a decision back" in words


def test_split_and_merge_are_judgements(desk: Desk) -> None:
    desk.send(MARCHED, act="split", other=desk.mention(COUNTED).id, reason="another evening")
    desk.send(HALLE, act="merge", other=desk.told.incidents[0].id, reason="the same night")
    words = [it for it in desk.archive.judgements().values() if isinstance(it, Judgement)]
    assert [(it.verdict, it.who, it.reason) for it in words] == [
        (Verdict.DIFFERENT, "amber", "another evening"),
        (Verdict.SAME, "amber", "the same night"),
    ]
    assert {it.mention for it in words[1].right} == {desk.mention(MARCHED).id, desk.mention(COUNTED).id}


def blind(desk: Desk, size: int = 2) -> str:
    ids = tuple(it.id for it in desk.told.mentions[:size])
    return desk.archive.sample(Sample(ids, ("amber", "birch"), 7, 4, datetime(2024, 5, 20, tzinfo=UTC)))


def test_a_blind_coder_sees_nothing_of_another_before_all_are_done(desk: Desk) -> None:
    name = blind(desk)
    amber, birch = {"sample": name}, {"who": "birch", "sample": name}
    desk.send(MARCHED, amber, act="type", kind="COERCE", reason="a secret of amber")
    desk.send(MARCHED, amber, act="accept")
    for query in (birch, {"who": "birch"}):
        shown = desk.page(MARCHED, **query).words
        assert "secret of amber" not in shown
        assert "Coerce" not in shown.partition("Keep")[0]
    assert "secret of amber" in desk.page(MARCHED, **amber).words
    assert desk.left(MARCHED) == desk.mention(MARCHED)
    desk.send(COUNTED, amber, act="accept")
    desk.send(MARCHED, birch, act="accept")
    desk.send(COUNTED, birch, act="accept")
    assert "secret of amber" in desk.page(MARCHED, who="birch").words
    assert desk.left(MARCHED).review is Review.DISPUTED
    assert desk.left(COUNTED).review is Review.ACCEPTED


def test_a_sample_is_for_its_coders_and_goes_in_its_order(desk: Desk) -> None:
    name = blind(desk)
    assert get(desk.app, f"/review?who=cedar&sample={name}").status_code == 400
    first = get(desk.app, f"/review/next?who=amber&sample={name}").headers["location"]
    assert first.startswith(f"/review/{desk.mention(MARCHED).id}")
    assert get(desk.app, f"/review/{desk.mention(HALLE).id}?who=amber&sample={name}").status_code == 404


def test_who_settles_sees_what_each_said_and_has_the_last_word(desk: Desk) -> None:
    desk.send(HALLE, act="accept")
    desk.send(HALLE, {"who": "birch"}, act="type", kind="COERCE.dispersal", reason="no force is told")
    settles = {"who": "cedar", "settles": "yes"}
    assert desk.mention(HALLE).id in get(desk.app, "/review/next?who=cedar&settles=yes").headers["location"]
    shown = desk.page(HALLE, **settles).words
    assert "no force is told" in shown
    assert desk.send(HALLE, settles, act="settle", whose="birch").status_code == 400
    desk.send(HALLE, settles, act="settle", whose="birch", reason="the codebook says so")
    left = desk.left(HALLE)
    assert (left.type, left.review) == ("COERCE", Review.CORRECTED)
    assert "0 of 0 done" in Page(get(desk.app, "/review?who=cedar&settles=yes").text).words


def test_who_settles_may_say_that_it_is_no_event(desk: Desk) -> None:
    desk.send(HALLE, act="accept")
    desk.send(HALLE, {"who": "birch"}, act="reject", why="no event")
    desk.send(HALLE, {"who": "cedar", "settles": "yes"}, act="settle", whose="birch", reason="a drill")
    assert desk.left(HALLE).review is Review.REJECTED


def test_the_words_are_marked_and_the_text_is_whole(desk: Desk) -> None:
    shown = desk.page(MARCHED)
    assert shown.text == desk.told.reports[0].text
    assert {(it["class"] or "").split()[0] for it in shown.marks} >= {"trigger", "place", "time", "figure"}


def test_every_key_of_the_page_is_there_without_scripts(desk: Desk) -> None:
    keys = {value for name, value in desk.page(MARCHED).attributes if name == "data-key"}
    assert keys == set("axutoepdnwsmzjh?")


@pytest.mark.parametrize(
    "act", ["reject", "type", "status", "trigger", "place", "when", "figures", "actors", "split", "merge"]
)
def test_every_form_opens(desk: Desk, act: str) -> None:
    shown = desk.page(MARCHED, act=act)
    assert ("value", act) in shown.attributes
    assert "Cancel" in shown.words


def test_a_form_that_is_no_form_or_too_long_is_refused(desk: Desk) -> None:
    assert desk.send(MARCHED, act="trigger", words="x" * 200_000).status_code == 413
    assert get(desk.app, f"/review/{desk.mention(MARCHED).id}?who=amber", method="POST").status_code == 415
    assert desk.archive.decisions() == {}


def test_read_only_has_no_review(desk: Desk) -> None:
    desk.app = make_app(desk.folder, read_only=True)
    assert get(desk.app, "/review").status_code == 403
    assert get(desk.app, f"/review/{desk.mention(MARCHED).id}?who=amber").status_code == 404
    assert desk.send(MARCHED, act="accept").status_code == 405
    assert desk.archive.decisions() == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
    ],
)
def test_another_page_decides_nothing(desk: Desk, headers: dict[str, str]) -> None:
    assert desk.send(MARCHED, {}, headers, act="accept").status_code == 403
    assert desk.archive.decisions() == {}


def test_where_nothing_can_be_written_nothing_is_decided_and_the_page_says_so(desk: Desk) -> None:
    (desk.folder / "decisions").write_text("in place of the folder")
    answer = desk.send(MARCHED, act="accept")
    assert answer.status_code == 400
    assert "Nothing was decided" in Page(answer.text).words
    assert "cannot be written" in Page(answer.text).words
