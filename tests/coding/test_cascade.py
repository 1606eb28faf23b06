"""The cascade keeps every coder's promises, and codes what the rules alone get wrong or miss."""

import pytest

from dateline.coding.cascade import CascadeCoder
from dateline.coding.rules import RulesCoder
from dateline.model.event import Event, Status
from dateline.model.ground import Role
from dateline.model.text import make_report
from dateline.testing import check_coder


@pytest.fixture(scope="module")
def coder() -> CascadeCoder:
    return CascadeCoder()


def _events(coder: CascadeCoder, text: str) -> tuple[Event, ...]:
    return coder.code([make_report(text, language="en")])[0].events


def test_it_keeps_the_promises_of_coders(coder: CascadeCoder) -> None:
    check_coder(coder)


@pytest.mark.parametrize(
    ("text", "type", "form", "status"),
    [
        ("Police in Kisumu arrested nine students on Monday.", "COERCE", "arrest", Status.ASSERTED),
        ("The army denied that its troops had shelled the market.", "ASSAULT", "shelling", Status.DENIED),
        ("Teachers will march through Lusaka on Friday.", "PROTEST", "march", Status.PLANNED),
        ("The rebels released 40 hostages on Sunday.", "RETREAT", "release", Status.ASSERTED),
        ("The union demanded the release of its jailed leader.", "RETREAT", "release", Status.CALLED_FOR),
        ("The bishops called for an end to the strike at the port.", "PROTEST", "strike", Status.ASSERTED),
        ("The embassy has confirmed the release of its two nurses.", "RETREAT", "release", Status.ASSERTED),
        ("A suicide bomber killed twelve people at a checkpoint.", "ASSAULT", "suicide_bombing", Status.ASSERTED),
    ],
)
def test_types_forms_and_statuses(coder: CascadeCoder, text: str, type: str, form: str, status: Status) -> None:
    found = {(event.type, event.form, event.status) for event in _events(coder, text)}
    assert (type, form, status) in found


@pytest.mark.parametrize(
    "text",
    [
        "The committee killed the bill on Thursday.",
        "The club fired its coach after a third defeat.",
        "The two firms struck a deal over the price of milk.",
        "The home side launched a late attack and scored.",
        "Heavy rain will hit the coast on Tuesday.",
        "Shares in the bank rallied after the report.",
    ],
)
def test_what_fools_coders(coder: CascadeCoder, text: str) -> None:
    assert _events(coder, text) == ()


def test_roles_and_why(coder: CascadeCoder) -> None:
    (event,) = _events(coder, "Soldiers beat a reporter outside the court in Harare.")
    assert [evidence.quote for evidence in event.of(Role.ACTOR)] == ["Soldiers"]
    assert [evidence.quote for evidence in event.of(Role.RECIPIENT)] == ["a reporter"]
    assert "network: ASSAULT.beating" in event.why
    assert "pattern" in event.why
    assert event.confidence > 0.5


@pytest.mark.parametrize(
    ("text", "triggers"),
    [
        ("Police fired on the miners, killing nine.", ["fired"]),
        ("A car bomb outside the town hall killed six people.", ["A car bomb"]),
    ],
)
def test_what_an_attack_did_is_no_event_beside_it(coder: CascadeCoder, text: str, triggers: list[str]) -> None:
    assert [event.trigger.quote for event in _events(coder, text)] == triggers


def test_sentences_are_labelled(coder: CascadeCoder) -> None:
    (coding,) = coder.code([make_report("It rained. Police shot dead two rioters in the old town.", language="en")])
    assert coding.labels is not None
    assert {(label.sentence, label.name) for label in coding.labels} >= {(1, "police.KILL"), (1, "police.FORCE")}
    assert all(label.sentence == 1 for label in coding.labels)


def test_a_rule_that_was_never_weighed_stops_no_run() -> None:
    """`denial noun` fires in no sentence that the rules were weighed on, so no weight of it is stored."""
    text = "The cancellation of the strike surprised the miners. The absence of protests was noted in Varna."
    for coder in (CascadeCoder(), RulesCoder()):
        assert len(coder.code([make_report(text, language="en")])) == 1
