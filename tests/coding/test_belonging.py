"""Whose parties the marked words are, where there is no parse."""

from __future__ import annotations

import json

import pytest

from dateline.coding.belonging import Belonging, arguments_of, belonging, parties_of, unpack
from dateline.coding.candidates import candidates_of
from dateline.coding.nearby import clauses_of
from dateline.coding.scene import Line, scene_of, shape
from dateline.model.text import Evidence, Report, Span, make_report


def _cite(report: Report, words: str) -> Evidence:
    start = report.text.index(words)
    return report.cite(start, start + len(words))


def _pieces(report: Report, marks: dict[str, str]) -> list[tuple[str, int, int, float]]:
    spans = ((role, _cite(report, words)) for words, role in marks.items())
    return [(role, it.start, it.end, 0.9) for role, it in spans]


Events = dict[str, str]
"""Trigger -> type."""


def _parties(text: str, told: Events, roles: dict[str, str], sides: dict[str, str] | None = None) -> list[list[str]]:
    report, sentence = make_report(text), Span(0, len(text))
    triggers = [_cite(report, words) for words in told]
    clauses = clauses_of(report, sentence, triggers)
    candidates = candidates_of(report, _pieces(report, roles), _pieces(report, sides or {}))
    found = parties_of(
        Line.of(report, 0, len(text)), list(zip(told.values(), triggers, clauses, strict=True)), candidates
    )
    return [[f"{it.role.value} {it.evidence.quote}" for it in arguments] for arguments in found]


def test_parties_are_those_of_the_clause() -> None:
    text = "Rebels shelled the market while soldiers freed the miners."
    roles = {"Rebels": "actor", "the market": "recipient", "soldiers": "actor", "the miners": "recipient"}
    first, second = _parties(text, {"shelled": "ASSAULT", "freed": "RETREAT"}, roles)
    assert first == ["actor Rebels", "recipient the market"]
    assert second == ["actor soldiers", "recipient the miners"]


def test_an_actor_told_once_acts_in_what_follows_but_not_in_the_passive() -> None:
    text = "Soldiers burned the depot and seized the bridge, and two clerks were killed."
    roles = {"Soldiers": "actor", "the depot": "recipient", "the bridge": "recipient", "two clerks": "recipient"}
    told = {"burned": "ASSAULT", "seized": "COERCE", "killed": "ASSAULT"}
    burned, seized, killed = _parties(text, told, roles)
    assert burned == ["actor Soldiers", "recipient the depot"]
    assert seized == ["actor Soldiers", "recipient the bridge"]
    assert killed == ["recipient two clerks"]


def test_sides_count_where_nothing_is_marked_and_one_event_is_told() -> None:
    sides = {"Kenya": "source", "Uganda": "target"}
    assert _parties("Kenya accused Uganda.", {"accused": "ACCUSE"}, {}, sides) == [["actor Kenya", "recipient Uganda"]]


@pytest.mark.parametrize(
    ("text", "told", "roles", "wanted"),
    [
        ("The arrest of two poets shook Oslo.", {"arrest": "COERCE"}, {"poets": "actor"}, ["recipient poets"]),
        ("The poet's arrest shook Oslo.", {"arrest": "COERCE"}, {"The poet's": "actor"}, ["recipient The poet"]),
        ("The envoy met with the rebels.", {"met": "CONSULT"}, {"the rebels": "actor"}, ["recipient the rebels"]),
        ("They were beaten by the guards.", {"beaten": "ASSAULT"}, {"the guards": "actor"}, ["actor the guards"]),
        (
            "Herders driven out by the guards slept in a barn.",
            {"driven out": "ASSAULT"},
            {"Herders": "actor", "the guards": "actor"},
            ["actor the guards", "recipient Herders"],
        ),
        (
            "The judge urged the rebels to free the nurse.",
            {"free": "RETREAT"},
            {"The judge": "actor", "the rebels": "recipient", "the nurse": "recipient"},
            ["actor the rebels", "recipient the nurse"],
        ),
        (
            "The envoy accused the guards of torturing a baker.",
            {"torturing": "ASSAULT"},
            {"The envoy": "actor", "the guards": "recipient", "a baker": "recipient"},
            ["actor the guards", "recipient a baker"],
        ),
        (
            "Welders and two nurses blocked the bridge.",
            {"blocked": "PROTEST"},
            {"Welders and two nurses": "actor"},
            ["actor Welders", "actor two nurses"],
        ),
    ],
)
def test_some_places_say_more_than_the_mark(text: str, told: Events, roles: dict[str, str], wanted: list[str]) -> None:
    assert _parties(text, told, roles) == [wanted]


def test_a_place_that_is_shelled_is_a_recipient_and_one_where_it_happens_is_none() -> None:
    roles, sides = {"Soldiers": "actor", "Aldport": "place"}, {"Aldport": "target"}
    assert _parties("Soldiers shelled Aldport.", {"shelled": "ASSAULT"}, roles, sides) == [
        ["actor Soldiers", "recipient Aldport"]
    ]
    assert _parties("Soldiers fired in Aldport.", {"fired": "ASSAULT"}, roles, sides) == [["actor Soldiers"]]


def test_weapons_and_other_marks_are_no_parties() -> None:
    assert _parties("Bombs hit.", {"hit": "ASSAULT"}, {"Bombs": "figure"}) == [[]]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("a monk and two nuns", ["a monk", "two nuns"]),
        ("Aldia and Bresk", ["Aldia", "Bresk"]),
        ("police, soldiers and women", ["police", "soldiers", "women"]),
        ("Tall and short welders", ["Tall and short welders"]),
        ("the Ministry of Trade and Ports", ["Ministry of Trade and Ports"]),
        ("law and order", ["law and order"]),
    ],
)
def test_one_mark_may_hold_several_parties(words: str, wanted: list[str]) -> None:
    report = make_report(f"{words} came.")
    found = candidates_of(report, [("actor", 0, len(words), 0.9)], [])
    assert [it.evidence.quote.removeprefix("the ") for it in found] == wanted


def test_torn_marks_are_joined_and_sides_add_what_no_role_marks() -> None:
    text = "The old station was raided by tax men in Oslo."
    report = make_report(text)
    roles = [("recipient", 0, 3, 0.6), ("recipient", 8, 15, 0.6), ("place", 41, 45, 0.9)]
    sides = [("target", 0, 15, 0.5), ("source", 30, 37, 0.5), ("target", 41, 45, 0.5)]
    found = [(it.evidence.quote, it.role, it.side) for it in candidates_of(report, roles, sides)]
    assert found == [
        ("The old station", "recipient", "target"),
        ("tax men", "", "source"),
        ("Oslo", "place", "target"),
    ]


def test_what_is_seen_names_closed_classes_of_words_and_shapes_alone() -> None:
    text = "Zorlik guards marched with brelts to Vundia."
    report, sentence = make_report(text), Span(0, len(text))
    candidates = candidates_of(report, [("actor", 0, 13, 0.9), ("recipient", 27, 33, 0.9)], [])
    scene = scene_of(Line.of(report, 0, len(text)), [("PROTEST", _cite(report, "marched"), sentence)], candidates)
    event = scene.told[0]
    seen = [
        word for it in scene.offered for name in scene.between(event, it) + scene.about(event, "<") for word in name
    ]
    assert "PROTEST" in seen
    assert not [word for word in ("zorlik", "guards", "marched", "brelts", "vundia") if word in " ".join(seen).lower()]


def test_words_know_their_places() -> None:
    report = make_report("On Monday, two dozen nurses' unions struck.")
    line = Line.of(report, 0, len(report.text))
    assert line.words[line.leader(5)] == ","
    assert line.place(Span(11, 26)) == (3, 6)
    assert (line.at(-1), line.at(99)) == ("^", "$")
    assert shape("beaten") == shape("raided") == "-ed"


@pytest.mark.parametrize(
    ("bias", "wanted"), [((1, 0), ["actor rebels"]), ((0, 1), ["recipient rebels"]), ((-1, -1), [])]
)
def test_parties_are_told_by_the_weights_that_are_given(bias: tuple[int, int], wanted: list[str]) -> None:
    report = make_report("Near the river rebels fired.")
    events = [("ASSAULT", _cite(report, "fired"), Span(0, len(report.text)))]
    line = Line.of(report, 0, len(report.text))
    scene = scene_of(line, events, candidates_of(report, _pieces(report, {"rebels": "actor"}), []))
    found = arguments_of(Belonging(bias, {}), scene, scene.told[0])
    assert [f"{it.role.value} {it.evidence.quote}" for it in found] == wanted


def test_features_without_a_weight_leave_the_start_alone() -> None:
    weights = Belonging((-5, 7), {("a", "b"): (3, -9)})
    assert weights.sums([("a", "b"), ("b",), ("a", "b")]) == (6, -18)
    assert weights.sums([]) == (0, 0)
    assert unpack(json.dumps({"bias": [1, 2], "weights": {"a | b": [3, 4]}}).encode()) == Belonging(
        (1, 2), {("a", "b"): (3, 4)}
    )
    assert len(belonging().weights) > 1000
