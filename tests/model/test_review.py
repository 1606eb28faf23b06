"""What decisions come to: the rules of `model.review`, each on a case, and that no order changes the outcome."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from tests.model.test_decision import NOON, REPORT, VALUES, cited, decision, mention

from dateline.model.decision import Act, Claim, Decision, Field, Kind, decision_id, digest_of
from dateline.model.event import Mention, Review, Status
from dateline.model.ground import Basis, Figure, When
from dateline.model.review import log_of, reviewed, standing
from dateline.model.text import Evidence, evidence_in


def at(minute: int, act: Act = Act.ACCEPT, who: str = "amber", **about: Any) -> Decision:
    return decision(act, who=who, when=NOON + timedelta(minutes=minute), **about)


def correct(minute: int, field: Field, who: str = "amber", **about: Any) -> Decision:
    return at(minute, Act.CORRECT, who, field=field, **{"value": VALUES[field], **about})


def named(*decisions: Decision) -> dict[str, Decision]:
    return {decision_id(it): it for it in decisions}


def left(*decisions: Decision) -> Mention:
    """Return the mention as these decisions leave it, withdrawals worked out."""
    return reviewed(mention(), standing(named(*decisions)).values())


def test_a_mention_that_nobody_looked_at_is_as_it_was() -> None:
    assert left() == mention()
    assert mention().review is Review.NEW


@pytest.mark.parametrize(
    ("decisions", "state"),
    [
        ([at(1)], Review.ACCEPTED),
        ([at(1, Act.REJECT)], Review.REJECTED),
        ([at(1, Act.UNSURE)], Review.UNSURE),
        ([at(1, Act.REJECT), at(2)], Review.ACCEPTED),
        ([at(1), at(2, Act.REJECT)], Review.REJECTED),
        ([at(1, Act.REJECT), at(2, Act.UNSURE)], Review.UNSURE),
        ([correct(1, Field.TYPE)], Review.CORRECTED),
        ([correct(1, Field.TYPE), at(2, Act.REJECT)], Review.REJECTED),
        ([at(1, who="amber"), at(2, Act.REJECT, "birch")], Review.DISPUTED),
        ([at(1, who="amber"), at(2, Act.UNSURE, "birch")], Review.ACCEPTED),
    ],
)
def test_the_latest_word_of_a_person_counts_and_two_people_may_disagree(
    decisions: list[Decision], state: Review
) -> None:
    assert left(*decisions).review is state


@pytest.mark.parametrize("field", Field)
def test_a_correction_sets_its_field_alone(field: Field) -> None:
    result = left(correct(1, field))
    assert result.corrected == (field.value,)
    untouched = {"id", "report", "actors", "place", "when", "figures", "type", "status"} - {field.value}
    assert all(getattr(result, name) == getattr(mention(), name) for name in untouched)
    for evidence in evidence_in(result):
        REPORT.check(evidence)


def test_what_a_person_set_says_so() -> None:
    result = left(correct(1, Field.WHEN), correct(2, Field.FIGURES), correct(3, Field.PLACE), correct(4, Field.ACTORS))
    assert result.when is not None
    assert result.place is not None
    bases = [result.when.basis, result.place.basis, *(it.basis for it in result.figures)]
    assert {*bases, *(it.basis for it in result.actors)} == {Basis.PERSON}


def test_a_corrected_trigger_lies_in_the_clause() -> None:
    result = left(correct(1, Field.TRIGGER))
    assert result.clause.contains(result.trigger.span)


def test_the_machines_own_value_is_no_correction() -> None:
    same = correct(1, Field.STATUS, value=Claim(Status.ASSERTED, cited("nine")))
    assert left(same) == replace(mention(), review=Review.ACCEPTED)


def test_acceptance_lapses_when_the_machine_says_something_else() -> None:
    seen = at(1, seen=digest_of(mention()))
    assert reviewed(mention(), [seen]).review is Review.ACCEPTED
    moved = replace(mention(), figures=(Figure(cited("nine"), "people", 9, None),))
    assert reviewed(moved, [seen]).review is Review.NEW
    assert reviewed(moved, [correct(1, Field.TYPE)]).type == "COERCE"


def test_where_people_disagree_the_machines_value_stays_and_is_shown_as_disputed() -> None:
    other = correct(2, Field.TYPE, "birch", value=Kind("ASSAULT", None, cited("arrested")))
    result = left(correct(1, Field.TYPE), other, correct(3, Field.STATUS))
    assert (result.type, result.form, result.status) == ("PROTEST", "march", Status.PLANNED)
    assert (result.review, result.disputed, result.corrected) == (Review.DISPUTED, ("type",), ("status",))


def test_other_words_for_the_same_value_are_no_disagreement() -> None:
    when = VALUES[Field.WHEN]
    assert isinstance(when, When)
    other = correct(2, Field.WHEN, "birch", value=replace(when, evidence=cited("On 12 May")))
    assert left(correct(1, Field.WHEN), other).review is Review.CORRECTED


def test_to_accept_is_to_disagree_with_who_corrects() -> None:
    assert left(at(1, who="amber"), correct(2, Field.TYPE, "birch")).disputed == ("type",)


def test_one_who_settles_has_the_last_word_even_if_others_speak_later() -> None:
    settle = correct(3, Field.TYPE, "cedar", settles=True)
    later = correct(9, Field.TYPE, "birch", value=Kind("ASSAULT", None, cited("arrested")))
    result = left(at(1, who="amber"), settle, later)
    assert (result.type, result.review) == ("COERCE", Review.CORRECTED)
    assert left(at(1), at(2, Act.REJECT, "birch"), at(3, Act.REJECT, "cedar", settles=True)).review is Review.REJECTED
    assert left(at(1), at(2, Act.REJECT, "birch"), at(3, who="cedar", settles=True)).review is Review.ACCEPTED


def test_withdrawn_is_as_if_it_had_never_been_made_and_can_be_made_again() -> None:
    made = correct(1, Field.TYPE)
    undone = at(2, Act.WITHDRAW, withdraws=decision_id(made))
    redone = at(3, Act.WITHDRAW, withdraws=decision_id(undone))
    assert left(made, undone) == mention()
    assert left(made, undone, redone) == left(made)


def test_nobody_takes_back_what_another_decided() -> None:
    made = correct(1, Field.TYPE)
    assert left(made, at(2, Act.WITHDRAW, "birch", withdraws=decision_id(made))) == left(made)


def test_no_order_changes_the_outcome() -> None:
    made = correct(1, Field.TYPE)
    some = [
        made,
        at(2, Act.REJECT, "birch"),
        correct(4, Field.WHEN, "cedar", settles=True),
        at(5, Act.WITHDRAW, withdraws=decision_id(made)),
    ]
    assert len({left(*order) for order in permutations(some)}) == 1


def test_a_decision_finds_its_mention_by_id_or_by_the_very_same_words() -> None:
    made = named(correct(1, Field.WHEN))
    recoded = replace(mention(), id="f" * 64, coder="rules/2+def")
    assert list(log_of(made, [recoded]).about) == ["f" * 64]
    elsewhere = replace(recoded, trigger=Evidence(0, 2, "On"))
    log = log_of(made, [elsewhere])
    assert (dict(log.about), dict(log.unused)) == ({}, made)


def test_a_place_can_be_taken_away() -> None:
    assert left(correct(1, Field.WHEN, value=None)).when is None
    assert left(correct(1, Field.WHEN, value=None)).corrected == ("when",)


def test_days_of_one_kind_are_compared_by_their_ends() -> None:
    wider = When(cited("12 May"), date(2024, 5, 10), date(2024, 5, 12), basis=Basis.PERSON)
    assert left(correct(1, Field.WHEN), correct(2, Field.WHEN, "birch", value=wider)).disputed == ("when",)
