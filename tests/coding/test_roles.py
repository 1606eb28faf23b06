"""Who did it and to whom, by the parse alone, over the constructions of English that name parties."""

from __future__ import annotations

import pytest

from dateline.coding.rules import RulesCoder
from dateline.model.ground import Role
from dateline.model.text import make_report

CASES = [
    # sentence, trigger, actors, recipients
    ("The boy whom soldiers had beaten was hiding.", "beaten", ["soldiers"], ["The boy"]),
    ("The bridge that rebels had bombed is closed.", "bombed", ["rebels"], ["The bridge"]),
    ("The tribunal accused the guards of torturing two cooks.", "torturing", ["the guards"], ["two cooks"]),
    ("A jury convicted the corporal of killing two herders.", "killing", ["the corporal"], ["two herders"]),
    ("The gunmen fled after shooting a clerk.", "shooting", ["The gunmen"], ["a clerk"]),
    ("The stewards were busy in beating two cooks.", "beating", ["The stewards"], ["two cooks"]),
    ("The colonel was guilty of torturing two herders.", "torturing", ["The colonel"], ["two herders"]),
    ("The editor's arrest was reported on Monday.", "arrest", [], ["The editor"]),
    ("The army's bombardment of Selma went on.", "bombardment", ["The army"], ["Selma"]),
    ("An attack by rebels on a customs post was reported.", "attack", ["rebels"], ["a customs post"]),
    ("An ambush carried out by rebels was reported.", "ambush", ["rebels"], []),
    ("Two brothers face trial in April.", "trial", [], ["Two brothers"]),
    ("Rebels claimed responsibility for the bombing.", "bombing", ["Rebels"], []),
    ("Two girls were killed in an air strike by the navy.", "killed", ["the navy"], ["Two girls"]),
    ("Two clerks died when police opened fire.", "died", ["police"], ["Two clerks"]),
    ("Gunmen robbed a bank on Monday before shooting a guard.", "shooting", ["Gunmen"], ["a guard"]),
    ("The council rejected the minister's offer.", "rejected", ["The council"], ["the minister"]),
    ("The junta said it would arrest the monks.", "arrest", ["The junta"], ["the monks"]),
    ("Guards used force to arrest the monks.", "arrest", ["Guards"], ["the monks"]),
    ("Editor jailed over cartoon", "jailed", [], ["Editor"]),
    ("The ministers regretted the raid.", "raid", [], []),
    ("No group claimed responsibility for the bombing.", "bombing", [], []),
    (
        "Villagers accused of theft were beaten and their houses set alight by a mob.",
        "set",
        ["a mob"],
        ["their houses"],
    ),
    ("The monk went on hunger strike in prison.", "hunger strike", ["The monk"], []),
    ("Villagers freed the two clerks they had held hostage.", "held hostage", ["they"], ["the two clerks"]),
    ("Two clerks were wounded in an ambush by rebels.", "ambush", ["rebels"], ["Two clerks"]),
    ("A bomb went off on Monday, killing nine dockers.", "bomb", [], ["nine dockers"]),
    ("Guards shot at men trying to escape, killing one.", "killing", ["Guards"], ["one"]),
    ("Two men were tried over the Paris attacks.", "attacks", [], []),
    ("The US attacks shocked them.", "attacks", ["US"], []),
    ("Nobody knows who shot the two clerks.", "shot", [], ["the two clerks"]),
    ("Workers went on strike on Wednesday.", "went on strike", ["Workers"], []),
]


@pytest.mark.parametrize(("text", "trigger", "actors", "recipients"), CASES)
def test_parties_stand_where_grammar_puts_them(
    text: str, trigger: str, actors: list[str], recipients: list[str]
) -> None:
    assert _parties_of(text, trigger) == {Role.ACTOR: actors, Role.RECIPIENT: recipients}


def _parties_of(text: str, trigger: str) -> dict[Role, list[str]]:
    events = RulesCoder().code([make_report(text)])[0].events
    event = next(it for it in events if trigger in it.trigger.quote)
    return {role: [words.quote for words in event.of(role)] for role in (Role.ACTOR, Role.RECIPIENT)}


@pytest.mark.parametrize("trigger", ["kidnapped", "released"])
def test_who_tells_it_is_no_party(trigger: str) -> None:
    text = "Two Kenyan and two Ugandan farm workers kidnapped a month ago in Togo were released on Sunday, "
    text += "Kara police chief, Amadou Sossa, told reporters."
    parties = _parties_of(text, trigger)
    assert "workers" in " ".join(parties[Role.RECIPIENT])
    assert not parties[Role.ACTOR]
    assert "chief" not in " ".join(parties[Role.RECIPIENT])


def test_a_reporter_whose_name_opens_the_text_is_no_party() -> None:
    text = (
        "by Lina Torvald Three Turkish engineers kidnapped last month in Togo were freed on Sunday, Kara police said."
    )
    for trigger in ("kidnapped", "freed"):
        parties = _parties_of(text, trigger)
        assert parties == {Role.ACTOR: [], Role.RECIPIENT: ["Three Turkish engineers"]}
