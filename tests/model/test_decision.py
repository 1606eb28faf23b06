"""Decisions: whole or refused, to JSON and back without loss, and every value on words that stand in the report."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from dateline.errors import EvidenceError, UsageError
from dateline.model.decision import (
    Act,
    Claim,
    Decision,
    Field,
    Kind,
    Value,
    check_decision,
    decision_id,
    decision_json,
    decision_of,
    digest_of,
    value_of,
)
from dateline.model.event import Event, Mention, Status, make_mention
from dateline.model.ground import Actor, Basis, Figure, Granularity, Place, Role, When
from dateline.model.judgement import anchor_of
from dateline.model.text import Evidence, make_report

REPORT = make_report("On 12 May nine people marched in Kassel. Police arrested two.")
NOON = datetime(2024, 5, 20, 12, tzinfo=UTC)


def cited(words: str) -> Evidence:
    start = REPORT.text.index(words)
    return REPORT.cite(start, start + len(words))


def mention() -> Mention:
    trigger = cited("marched")
    event = Event(REPORT.id, "PROTEST", "march", Status.ASSERTED, trigger, trigger.span, coder="rules/1+abc")
    when = When(cited("12 May"), date(2024, 5, 12), date(2024, 5, 12), Granularity.DAY, "2024-05-12")
    return make_mention(event, when=when, figures=(Figure(cited("nine"), "people", 9, 9),))


def decision(act: Act = Act.ACCEPT, **about: Any) -> Decision:
    return Decision(anchor_of(mention()), act, **{"who": "amber", "when": NOON, **about})


VALUES: dict[Field, Value] = {
    Field.TYPE: Kind("COERCE", "arrest", cited("arrested")),
    Field.STATUS: Claim(Status.PLANNED, cited("marched")),
    Field.TRIGGER: cited("arrested"),
    Field.PLACE: Place(cited("Kassel"), "Kassel", 2892518, "DEU", lat=51.3, lon=9.5, basis=Basis.PERSON),
    Field.WHEN: When(cited("12 May"), date(2024, 5, 11), date(2024, 5, 12), basis=Basis.PERSON),
    Field.FIGURES: (Figure(cited("two"), "arrested", 2, None, basis=Basis.PERSON),),
    Field.ACTORS: (Actor(Role.ACTOR, cited("Police"), sector="COP", basis=Basis.PERSON),),
}


@pytest.mark.parametrize("field", Field)
def test_a_correction_of_each_field_survives_json(field: Field) -> None:
    before = decision(Act.CORRECT, field=field, value=VALUES[field], seen=digest_of(mention(), field), reason="né")
    body = json.loads(json.dumps(decision_json(before)))
    assert decision_of(body) == before
    assert decision_id(decision_of(body)) == decision_id(before)


@pytest.mark.parametrize("field", [Field.PLACE, Field.WHEN])
def test_that_a_report_does_not_tell_is_a_value_too(field: Field) -> None:
    before = decision(Act.CORRECT, field=field)
    assert decision_of(decision_json(before)) == before


def test_one_instant_has_one_id_in_every_time_zone() -> None:
    east = NOON.astimezone(timezone(timedelta(hours=3, minutes=30)))
    assert decision_id(decision(when=east)) == decision_id(decision())


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"who": " "}, "by nobody"),
        ({"when": datetime(2024, 5, 20)}, "time zone"),  # noqa: DTZ001
        ({"act": Act.CORRECT}, "field for `correct` alone"),
        ({"field": Field.TYPE, "value": VALUES[Field.TYPE]}, "field for `correct` alone"),
        ({"act": Act.WITHDRAW}, "takes back"),
        ({"act": Act.CORRECT, "field": Field.STATUS, "value": VALUES[Field.TYPE]}, "expected Claim"),
        ({"act": Act.CORRECT, "field": Field.FIGURES, "value": VALUES[Field.ACTORS]}, "expected Figure"),
        ({"act": Act.CORRECT, "field": Field.TYPE, "value": None}, "expected Kind"),
    ],
)
def test_what_is_not_whole_is_refused_with_what_was_expected(about: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        check_decision(replace(decision(), **about))


@pytest.mark.parametrize("field", Field)
def test_no_value_stands_on_words_that_are_not_in_the_report(field: Field) -> None:
    other = make_report("On 12 May nine people marched in Kassel, without any incident at all.")
    moved = replace(decision(Act.CORRECT, field=field, value=VALUES[field]), about=replace(anchor_of(mention())))
    check_decision(moved, REPORT)
    with pytest.raises(UsageError, match="given with report"):
        check_decision(moved, other)
    forged = json.loads(json.dumps(decision_json(moved)).replace('"quote": "', '"quote": "x'))
    with pytest.raises(EvidenceError, match="quote the text verbatim"):
        check_decision(decision_of(forged), REPORT)


def test_what_was_seen_is_what_can_be_corrected() -> None:
    same = replace(mention(), confidence=0.1, why="another reason", coder="other/2")
    assert digest_of(same) == digest_of(mention())
    moved = replace(mention(), when=replace(mention().when, latest=date(2024, 5, 13)))  # type: ignore[type-var]
    assert digest_of(moved) != digest_of(mention())
    assert digest_of(moved, Field.PLACE) == digest_of(mention(), Field.PLACE)
    assert value_of(moved, Field.WHEN) == moved.when
