"""How many independent sources an incident has, and why reports count as one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dateline.linking import Origins
from dateline.linking.independence import independent_groups
from dateline.model.copies import Copy, Passage
from dateline.model.event import Mention
from dateline.model.ground import Attribution, Voice, VoiceKind

Make = Callable[..., Mention]


def said(mention: Mention, *voices: tuple[VoiceKind, str | None]) -> Mention:
    chain = (Voice(VoiceKind.REPORT), *(Voice(kind, name) for kind, name in voices))
    return replace(mention, attribution=Attribution(chain))


def sizes(mentions: list[Mention], origins: Origins) -> list[int]:
    return [len(group.reports) for group in independent_groups(mentions, origins)]


def reasons(mentions: list[Mention], origins: Origins) -> list[str]:
    return [why for group in independent_groups(mentions, origins) for why in group.why]


ORG, PERSON, UNNAMED = VoiceKind.ORGANISATION, VoiceKind.PERSON, VoiceKind.UNNAMED

CASES: dict[str, tuple[list[list[tuple[VoiceKind, str | None]]], dict[str, Any], list[int], list[str]]] = {
    "nothing known": ([[], []], {}, [1, 1], []),
    "one publisher": ([[], []], {"publishers": {"r0": "Post", "r1": "post "}}, [2], ["one publisher, Post"]),
    "one owner": (
        [[], []],
        {"publishers": {"r0": "Post", "r1": "Echo"}, "owners": {"r0": "Holding", "r1": "Holding"}},
        [2],
        ["one owner, Holding"],
    ),
    "two owners": (
        [[], []],
        {"publishers": {"r0": "Post", "r1": "Echo"}, "owners": {"r0": "Holding", "r1": "Trust"}},
        [1, 1],
        [],
    ),
    "both cite one agency": (
        [[(ORG, "Wire")], [(ORG, "Wire"), (UNNAMED, None)]],
        {},
        [2],
        ["one origin, Wire"],
    ),
    "one cites the other": (
        [[], [(ORG, "Wire")]],
        {"publishers": {"r0": "Wire", "r1": "Echo"}},
        [2],
        ["one origin, Wire"],
    ),
    "one speaker": ([[(PERSON, "Anna Holm")], [(PERSON, "Anna Holm")]], {}, [2], ["on the word of Anna Holm alone"]),
    "two speakers": ([[(PERSON, "Anna Holm")], [(PERSON, "Per Lund")]], {}, [1, 1], []),
    "unnamed speakers are not one": ([[(UNNAMED, None)], [(UNNAMED, None)]], {}, [1, 1], []),
    "two of three": (
        [[], [], []],
        {"publishers": {"r0": "Post", "r1": "Post", "r2": "Echo"}},
        [2, 1],
        ["one publisher, Post"],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_groups(mention: Make, case: tuple[list[list[Any]], dict[str, Any], list[int], list[str]]) -> None:
    voices, known, expected, why = case
    told = [said(mention(report=f"r{number}"), *chain) for number, chain in enumerate(voices)]
    assert (sizes(told, Origins(**known)), reasons(told, Origins(**known))) == (expected, why)


def test_a_report_that_also_speaks_for_itself_does_not_rest_on_its_speaker(mention: Make) -> None:
    relayed = said(mention(report="r0"), (PERSON, "Anna Holm"))
    own = mention(report="r0", at=300)
    other = said(mention(report="r1"), (PERSON, "Anna Holm"))
    assert sizes([relayed, other], Origins()) == [2]
    assert sizes([relayed, own, other], Origins()) == [1, 1]


def copied(*passages: tuple[int, int, int, int]) -> Origins:
    copy = Copy("r0", "r1", 40, 0.5, 0.5, None, tuple(Passage(*it) for it in passages))
    return Origins(copies={("r0", "r1"): copy})


def test_a_copied_passage_counts_where_it_holds_the_event(mention: Make) -> None:
    told = [mention(report="r0", at=10), mention(report="r1", at=110)]
    assert reasons(told, copied((0, 90, 100, 190))) == ["the same words: 40 in common, this event among them"]
    assert sizes(told, copied((200, 290, 300, 390))) == [1, 1]
    assert sizes(told, copied((0, 90, 300, 390), (500, 590, 100, 190))) == [1, 1]


def test_who_adds_an_account_of_its_own_is_still_the_origin_of_the_copy(mention: Make) -> None:
    told = [mention(report="r0", at=10), mention(report="r0", at=400), mention(report="r1", at=110)]
    assert sizes(told, copied((0, 90, 100, 190))) == [2]
    both = [*told, mention(report="r1", at=700)]
    assert sizes(both, copied((0, 90, 100, 190))) == [1, 1]


def test_shares_say_who_supplies_the_evidence(mention: Make) -> None:
    told = [mention(report="r0", at=place) for place in (0, 100, 200)] + [mention(report="r1")]
    assert [group.share for group in independent_groups(told, Origins())] == [0.75, 0.25]
