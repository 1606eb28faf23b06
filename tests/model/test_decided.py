"""What people's words come to: which holds, what is open, and that order and repetition change nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import UsageError
from dateline.model.decided import Decided, Question, decide, standing
from dateline.model.event import Mention, Status
from dateline.model.judgement import Judgement, Verdict, Withdrawal, Word, judge, word_id, word_json, word_of
from dateline.model.text import Evidence, Span

START = datetime(2026, 3, 1, tzinfo=UTC)


def mention(name: str, start: int = 0, kind: str = "PROTEST", report: str | None = None) -> Mention:
    words = Evidence(start, start + 7, "marched")
    return Mention(name, report or f"report of {name}", kind, None, Status.ASSERTED, words, Span(start, start + 20))


A, B, C, D, E = MENTIONS = [mention(name) for name in "abcde"]


def said(left: str, verdict: Verdict, right: str, who: str = "ana", hour: int = 0, **about: Any) -> Judgement:
    """`said("ab", Verdict.SAME, "c")`: a and b on the left, c on the right."""
    ours, theirs = ([it for it in MENTIONS if it.id in names] for names in (left, right))
    return replace(judge(ours, theirs, verdict, who, START + timedelta(hours=hour)), **about)


def pairs(found: Decided) -> tuple[list[str], list[str]]:
    return tuple(sorted("".join(pair) for pair in some) for some in (found.together, found.apart))  # type: ignore[return-value]


SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE
PART_OF, FOLLOW_UP, UNRELATED = Verdict.PART_OF, Verdict.FOLLOW_UP, Verdict.UNRELATED

HOLDS: dict[str, tuple[list[Judgement], list[str], list[str]]] = {
    "nobody spoke": ([], [], []),
    "same": ([said("a", SAME, "b")], ["ab"], []),
    "different": ([said("b", DIFFERENT, "a")], [], ["ab"]),
    "unsure says nothing": ([said("a", UNSURE, "b")], [], []),
    "part of means two": ([said("a", PART_OF, "b")], [], ["ab"]),
    "whole incidents are one": ([said("ab", SAME, "c")], ["ab", "ac", "bc"], []),
    "whole incidents are two": ([said("ab", DIFFERENT, "cd")], [], ["ac", "ad", "bc", "bd"]),
    "a person's latest word": ([said("a", DIFFERENT, "b", hour=1), said("b", SAME, "a", hour=2)], ["ab"], []),
    "a later unsure leaves it to the machine": ([said("a", SAME, "b"), said("a", UNSURE, "b", hour=1)], [], []),
    "two people agree": ([said("a", SAME, "b"), said("a", SAME, "b", "ben")], ["ab"], []),
    "different and part of agree that it is two": (
        [said("a", DIFFERENT, "b"), said("a", PART_OF, "b", "ben")], [], ["ab"],
    ),
    "unsure gives way": ([said("a", SAME, "b"), said("a", UNSURE, "b", "ben", 5)], ["ab"], []),
    "two people disagree": ([said("a", SAME, "b"), said("a", DIFFERENT, "b", "ben", 5)], [], []),
    "somebody settles it": (
        [said("a", SAME, "b"), said("a", DIFFERENT, "b", "ben", 5), said("a", SAME, "b", "eva", 3, settles=True)],
        ["ab"], [],
    ),
    "who settles may say something plain later": (
        [said("a", SAME, "b", settles=True), said("a", DIFFERENT, "b", hour=9)], ["ab"], [],
    ),
    "two settle otherwise": (
        [said("a", SAME, "b", "eva", settles=True), said("a", DIFFERENT, "b", "ben", 5, settles=True)], [], [],
    ),
    "a later word cuts one pair out": (
        [said("ab", SAME, "c"), said("a", DIFFERENT, "c", hour=1)], ["ab"], ["ac"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HOLDS.values(), ids=HOLDS)
def test_which_word_holds(case: tuple[list[Judgement], list[str], list[str]]) -> None:
    words, together, apart = case
    assert pairs(decide(words, MENTIONS)) == (together, apart)


def test_a_conflict_says_who_said_what() -> None:
    words = [said("a", SAME, "b", hour=1), said("ab", DIFFERENT, "c"), said("a", DIFFERENT, "b", "ben")]
    (conflict,) = decide(words, MENTIONS).conflicts
    assert (conflict.question, conflict.pairs) == (Question.IDENTITY, (("a", "b"),))
    assert conflict.judgements == (word_id(words[2]), word_id(words[0]))


def test_people_can_agree_that_it_is_two_and_disagree_how_they_are_related() -> None:
    found = decide([said("a", PART_OF, "b"), said("a", UNRELATED, "b", "ben")], MENTIONS)
    assert pairs(found) == ([], ["ab"])
    assert found.related == frozenset()
    assert [it.question for it in found.conflicts] == [Question.RELATION]


@pytest.mark.parametrize("verdict", [PART_OF, FOLLOW_UP])
def test_a_relation_has_a_direction(verdict: Verdict) -> None:
    assert decide([said("b", verdict, "a")], MENTIONS).related == {(verdict, "b", "a")}
    both = decide([said("b", verdict, "a"), said("a", verdict, "b", "ben")], MENTIONS)
    assert (both.related, len(both.conflicts)) == (frozenset(), 1)


def test_that_two_are_unrelated_has_none() -> None:
    assert decide([said("b", UNRELATED, "a"), said("a", UNRELATED, "b", "ben")], MENTIONS).conflicts == ()


def test_joins_that_chain_what_is_kept_apart_give_way_the_older_first_and_are_shown() -> None:
    words = [said("a", SAME, "b", hour=1), said("b", SAME, "c", hour=2), said("a", DIFFERENT, "c", "ben", 0)]
    found = decide(words, MENTIONS)
    assert pairs(found) == (["bc"], ["ac"])
    (conflict,) = found.conflicts
    assert (conflict.question, conflict.pairs) == (Question.CHAIN, (("a", "b"),))
    assert conflict.judgements == (word_id(words[2]), word_id(words[0]))


def test_a_withdrawal_brings_back_what_held_before() -> None:
    first, second = said("a", SAME, "b"), said("a", DIFFERENT, "b", hour=1)
    undo = Withdrawal(word_id(second), "ana", START + timedelta(hours=2), "looked again")
    assert decide([first, second, undo], MENTIONS) == decide([first], MENTIONS)
    assert list(standing([undo, second, first]).values()) == [first]


def test_nobody_takes_back_the_word_of_another() -> None:
    word = said("a", SAME, "b")
    undo = Withdrawal(word_id(word), "ben", START)
    assert pairs(decide([word, undo], MENTIONS)) == (["ab"], [])


def test_a_judgement_outlives_a_new_coder_by_its_words() -> None:
    """The newer coder gives the mention another id, and trigger ends elsewhere; a mention of another type is not it."""
    word = said("a", SAME, "b")
    recoded = replace(A, id="new", trigger=Evidence(0, 10, "marched on"))
    other = replace(A, id="other", type="ASSAULT")
    assert decide([word], [other, recoded, B]).together == {("b", "new")}
    gone = decide([word], [other, B])
    assert (gone.together, gone.unused) == (frozenset(), (word,))


SHORT = (("", "b"), ("a", ""), ("a", "ab"))


@pytest.mark.parametrize("sides", SHORT)
def test_a_judgement_needs_two_sides(sides: tuple[str, str]) -> None:
    with pytest.raises(UsageError, match="each side"):
        said(sides[0], SAME, sides[1])


def test_a_judgement_needs_an_author() -> None:
    with pytest.raises(UsageError, match="who says so"):
        said("a", SAME, "b", who=" ")


# --- properties ------------------------------------------------------------------------------------------------------

judgements = st.builds(
    said,
    st.sampled_from(["a", "b", "ab", "c"]),
    st.sampled_from(list(Verdict)),
    st.sampled_from(["d", "e", "de"]),
    st.sampled_from(["ana", "ben"]),
    st.integers(0, 5),
    settles=st.booleans(),
)


@st.composite
def _words(draw: st.DrawFn) -> list[Word]:
    given_ = draw(st.lists(judgements, max_size=8))
    taken = draw(st.lists(st.sampled_from(given_), max_size=3)) if given_ else []
    return [*given_, *(Withdrawal(word_id(it), it.who, START) for it in taken)]


@settings(max_examples=80, deadline=None)
@given(st.data(), _words())
def test_order_and_repetition_change_nothing(data: st.DataObject, words: list[Word]) -> None:
    shuffled = data.draw(st.permutations([*words, *words[:3]]))
    assert decide(shuffled, MENTIONS[::-1]) == decide(words, MENTIONS)


@settings(max_examples=80, deadline=None)
@given(_words(), judgements)
def test_a_word_and_its_undo_leave_nothing(words: list[Word], last: Judgement) -> None:
    if word_id(last) not in map(word_id, words):
        undo = Withdrawal(word_id(last), last.who, START + timedelta(days=1))
        assert decide([*words, last, undo], MENTIONS) == decide(words, MENTIONS)


@settings(max_examples=80, deadline=None)
@given(_words())
def test_what_is_joined_is_never_kept_apart(words: list[Word]) -> None:
    found = decide(words, MENTIONS)
    home = {it.id: {it.id} for it in MENTIONS}
    for a, b in found.together:
        home[a] |= home[b]
        for member in home[a]:
            home[member] = home[a]
    assert not any(b in home[a] for a, b in found.apart)


@given(_words())
def test_a_word_is_the_same_after_a_journey(words: list[Word]) -> None:
    assert [word_of(word_json(word)) for word in words] == words
