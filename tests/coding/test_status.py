"""What decides the status of an event, and which of two judges is heard. All sentences are our own."""

from __future__ import annotations

import pytest

from dateline.coding.parser import parse
from dateline.coding.settling import settle
from dateline.coding.status import UNSEEN, Reason, find_status
from dateline.coding.tree import Tree
from dateline.model.event import Status


def _reason(text: str, trigger: str, kind: str = "") -> Reason | None:
    tree = Tree.of(parse(text)[0])
    head = next(token for token in tree.tokens if token.text == trigger)
    return find_status(tree, head, frozenset({head.index}), kind)


@pytest.mark.parametrize(
    ("text", "trigger", "status", "rule"),
    [
        ("The ministry denied reports that soldiers had shelled the market.", "shelled", "denied", "refutation"),
        ("The claim that police tortured the boy is untrue.", "tortured", "denied", "falsehood"),
        ("The army has yet to release the hostages.", "release", "denied", "yet"),
        ("There is no plan to expel the envoy.", "expel", "denied", "no plan"),
        ("No arrests were made.", "arrests", "denied", "none"),
        ("The council should institute a ban on marches.", "ban", "called_for", "ought"),
        ("The ministry did not introduce a curfew.", "curfew", "denied", "negation"),
        ("The cabinet rejected the rebels' call for a ceasefire.", "ceasefire", "denied", "refused call"),
        ("Police foiled an attack on the station.", "attack", "planned", "foiled"),
        ("Police did not succeed in dispersing the crowd.", "dispersing", "denied", "negation"),
        ("Guards stopped students from entering the hall.", "entering", "denied", "kept from"),
        ("The union vowed to march on the palace.", "march", "planned", "commit to"),
        ("Had the guards fired, many would have died.", "fired", "hypothetical", "inversion"),
        ("They would strike if the plant closed.", "strike", "hypothetical", "consequence"),
        ("Six unions want the junta to free the teachers.", "free", "called_for", "want"),
        ("Officers routinely beat the prisoners.", "beat", "generic", "habit"),
        ("Widows marked the anniversary of the massacre.", "massacre", "background", "memory"),
        ("A soldier was jailed for the 1989 massacre.", "massacre", "background", "year"),
        ("They won rights through thousands of strikes.", "strikes", "asserted", "counted"),
        ("The bishops called for an end to the siege.", "siege", "asserted", "ended"),
        ("The mayor asked the dockers to end their strike.", "strike", "asserted", "ended"),
        ("The nuns urged the junta to halt the executions.", "executions", "asserted", "ended"),
        ("The bishop begged both sides to stop shelling the town.", "shelling", "asserted", "ended"),
        ("The governor halted the eviction.", "eviction", "denied", "stopped"),
        ("Police failed to stop the mob from burning the shops.", "burning", "asserted", "not kept"),
        ("The troops could not prevent the massacre.", "massacre", "asserted", "not foiled"),
        ("Six were jailed for joining a march.", "joining", "asserted", "punished for"),
        ("The court cleared two officers of torturing a cook.", "torturing", "denied", "cleared of"),
        ("Two officers were acquitted of torture.", "torture", "denied", "cleared of"),
        ("The general vowed to crush the uprising.", "uprising", "asserted", "ended"),
        ("Guards stopped students from holding a march.", "march", "denied", "kept from"),
        ("The envoy met the rebels to discuss a truce.", "truce", "hypothetical", "discussed"),
        ("The guild called off a nine-day strike.", "strike", "asserted", "ended"),
        ("The envoy called off Monday's visit.", "visit", "denied", "called off"),
        ("The navy is halting missile tests.", "tests", "generic", "halted"),
        ("The junta said that it would suspend executions.", "executions", "generic", "halted"),
        ("The embassy has confirmed the arrest of two sailors.", "arrest", "asserted", "confirmed"),
        ("The guild is likely to strike in May.", "strike", "planned", "likely to"),
        ("Aides looked at three sites for a potential meeting.", "meeting", "hypothetical", "thinkable"),
        ("The keeper was on bail after a previous arrest.", "arrest", "background", "earlier"),
        ("No group has claimed responsibility for the raid.", "raid", "asserted", "unclaimed"),
        ("There was no claim of responsibility for the raid.", "raid", "asserted", "unclaimed"),
        ("No claims of responsibility have been made for the raid.", "raid", "asserted", "unclaimed"),
        ("The rebels have not claimed the credit for the raid and the arson.", "arson", "asserted", "unclaimed"),
        ("No one was hurt when the guards fired.", "fired", "asserted", "aside"),
        ("There were no casualties in the raid.", "raid", "asserted", "aside"),
        ("No inquiry has been opened into the shooting.", "shooting", "asserted", "aside"),
        ("Nobody has been tried for the murder.", "murder", "asserted", "aside"),
        ("No arrests were made during their march.", "march", "asserted", "aside"),
        ("They demanded that he resign over the killing.", "killing", "asserted", "caused"),
        ("They won it by hundreds of acts of protest and arson.", "arson", "asserted", "counted"),
        ("A protest planned for Saturday was banned by the mayor.", "protest", "planned", "set for"),
        ("The mayor has banned rallies near the court.", "rallies", "generic", "banned"),
        ("The army could not verify the shelling.", "shelling", "asserted", "unverified"),
        ("The ministry declined to confirm the arrest.", "arrest", "asserted", "unverified"),
        ("It was not possible to verify claims that troops shot a cook.", "shot", "asserted", "unverified"),
        ("There was no confirmation of the raid.", "raid", "asserted", "unverified"),
        ("The army did not confirm that no cook was killed.", "killed", "denied", "nobody"),
        ("The 300 families had been evicted.", "evicted", "asserted", "over"),
        ("Police did not say who shot the clerk.", "shot", "asserted", "asked"),
        ("Police did not name the two clerks arrested.", "arrested", "asserted", "asked"),
        ("Clerks urged the mayor to investigate the raid.", "raid", "asserted", "known of"),
        ("The mayor did not condemn the raid.", "raid", "asserted", "known of"),
        ("They held talks over the release of a clerk.", "release", "hypothetical", "discussed"),
        ("The march was banned by the mayor.", "march", "planned", "forbidden"),
        ("The ceasefire was violated within hours.", "ceasefire", "denied", "truce broken"),
        ("Shelling broke the truce.", "broke", "denied", "truce broken"),
        ("Nobody said how many monks were arrested.", "arrested", "asserted", "asked"),
        ("There was no word on how the clerks were killed.", "killed", "asserted", "asked"),
    ],
)
def test_the_word_that_decides(text: str, trigger: str, status: str, rule: str) -> None:
    reason = _reason(text, trigger)
    assert reason is not None
    assert (reason.status.value, reason.rule) == (status, rule)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("He will be freed before he is tried.", "tried"),
        ("The premier promised an inquiry into the shooting.", "shooting"),
        ("Some drivers did not join the strike.", "strike"),
        ("The party decided against a march after the riots.", "riots"),
        ("Police dispersed the crowd and refused comment.", "dispersed"),
        ("The mission gave all possible help.", "help"),
        ("The rebels claimed responsibility for the raid.", "raid"),
        ("They began talks over the killing of a clerk.", "killing"),
        ("Police said who shot the clerk.", "shot"),
    ],
)
def test_what_is_not_decided_about(text: str, trigger: str) -> None:
    assert _reason(text, trigger) is None


@pytest.mark.parametrize(
    "text",
    [
        "Sappers defused a bomb under the bridge.",
        "A bomb discovered in the cellar was meant for the fair.",
        "The major said the bomb discovered in the cellar was meant for the fair.",
    ],
)
def test_a_bomb_found_in_time_has_not_gone_off(text: str) -> None:
    reason = _reason(text, "bomb", "ASSAULT")
    assert reason is not None
    assert (reason.status, reason.rule) == (Status.PLANNED, "found in time")
    assert _reason(text, "bomb", "COERCE") is None  # the find itself did happen


def test_the_mood_of_a_promise_is_the_promise() -> None:
    text = "The junta will free the monks."
    assert _reason(text, "free", "AGREE") is None
    assert _reason(text, "free", "RETREAT") is not None


@pytest.mark.parametrize(
    ("status", "score", "settled"),
    [
        (Status.ASSERTED, 0.6, Status.DENIED),
        (Status.ASSERTED, 0.99, Status.DENIED),
        (Status.PLANNED, 0.7, Status.DENIED),
    ],
)
def test_the_surer_judge_is_heard(status: Status, score: float, settled: Status) -> None:
    reason = _reason("The ministry denied reports that soldiers had shelled the market.", "shelled")
    assert settle(reason, status, score)[0] is settled
    assert settle(None, status, score)[0] is status


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Police did not say when they would arrest the monks.", "arrest"),
        ("Police did not say how to arrest the monks.", "arrest"),
        ("Police did not engage in torture.", "torture"),
        ("The bishop did not say that soldiers shot the clerk.", "shot"),
    ],
)
def test_what_is_not_told_need_not_have_happened(text: str, trigger: str) -> None:
    reason = _reason(text, trigger)
    assert reason is None or reason.status is not Status.ASSERTED


def test_what_nobody_owns_up_to_is_no_less_a_plan() -> None:
    reason = _reason("No group has claimed responsibility for the raid.", "raid")
    assert settle(reason, Status.DENIED, 0.99)[0] is Status.ASSERTED
    assert settle(reason, Status.PLANNED, 0.6)[0] is Status.PLANNED


def test_a_weak_rule_is_not_heard_against_a_sure_network() -> None:
    reason = _reason("The union plans to march on the palace.", "march")
    assert reason is not None
    assert reason.weight < 0.6
    assert settle(reason, Status.ASSERTED, 0.7)[0] is Status.ASSERTED


def test_a_rule_without_a_weight_is_a_coin() -> None:
    (sentence,) = parse("The cancellation of the march surprised us.")
    march = next(token for token in sentence.tokens if token.text == "march")
    reason = find_status(Tree.of(sentence), march)
    assert reason is not None
    assert (reason.rule, reason.weight) == ("denial noun", UNSEEN)


def test_who_denies_one_act_behind_a_semicolon_denies_no_other() -> None:
    text = "Witnesses said police fired at a crowd on the bridge; the police denied using live rounds."
    assert _reason(text, "fired") is None
    using = _reason(text, "using")
    assert using is not None
    assert using.status is Status.DENIED


@pytest.mark.parametrize(
    "text", ["Reporters were prevented from filming the rally.", "Guards kept reporters from the site of the rally."]
)
def test_what_somebody_is_kept_from_seeing_is_not_denied(text: str) -> None:
    assert _reason(text, "rally") is None


@pytest.mark.parametrize(
    "text", ["They demanded talks over the planned eviction.", "They held talks over the eviction."]
)
def test_what_is_talked_about_may_be_to_come(text: str) -> None:
    reason = _reason(text, "eviction")
    assert reason is None or reason.status is not Status.ASSERTED


@pytest.mark.parametrize("text", ["He was acquitted of the murder of a cook.", "He was not cleared of murder."])
def test_who_is_cleared_of_a_murder_does_not_undo_it(text: str) -> None:
    reason = _reason(text, "murder")
    assert reason is None or reason.status is not Status.DENIED


def test_what_somebody_was_punished_for_may_be_long_past() -> None:
    reason = _reason("Six were jailed for joining a march.", "joining")
    assert settle(reason, Status.PLANNED, 0.9)[0] is Status.ASSERTED
    assert settle(reason, Status.BACKGROUND, 0.5)[0] is Status.BACKGROUND
