"""Which words name an event of their own; references back; agents inside a quotation; the main event."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.coding.context import LONG, in_context, without_lone
from dateline.coding.foremost import main_event
from dateline.coding.parser import parse
from dateline.coding.patterns import Match, Pattern
from dateline.coding.sifting import is_told
from dateline.coding.tree import Tree
from dateline.model.event import Argument, Event, Status
from dateline.model.ground import Role
from dateline.model.text import Report, Span, make_report


def _match(text: str, trigger: str, kind: str) -> tuple[Tree, Match]:
    tree = Tree.of(parse(text)[0])
    head = next(token for token in tree.tokens if token.text == trigger)
    return tree, Match(Pattern("x", kind, None), head, head.index, head.index)


@pytest.mark.parametrize(
    ("text", "trigger", "kind"),
    [
        ("The junta's brutal response shocked the town.", "brutal", "ASSAULT"),
        ("The speech met a storm of criticism.", "storm", "ASSAULT"),
        ("The retailers fought a price war all year.", "war", "ASSAULT"),
        ("The senate killed the bill.", "killed", "ASSAULT"),
        ("The striker shot twice and the goalkeeper saved the match.", "shot", "ASSAULT"),
        ("The hurricane battered the coast.", "battered", "ASSAULT"),
        ("The May uprising swept nine cities.", "swept", "ASSAULT"),
        ("The minister acknowledged the party's role in the strike.", "acknowledged", "SUPPORT"),
        ("He called for a boycott of it.", "of", "PROTEST"),
        ("The nurses are on their way to Lome.", "way", "RETREAT"),
        ("Amina Yusuf was hit by a grey sedan near the bus stop.", "hit", "ASSAULT"),
        ("A truck struck two women at the crossing.", "struck", "ASSAULT"),
        ("Regulators cleared the takeover, and the bank's shares rose.", "cleared", "CONCEDE"),
        ("In a tweet that attacked the mayor, he spoke of floods.", "attacked", "ASSAULT"),
    ],
)
def test_what_names_no_event(text: str, trigger: str, kind: str) -> None:
    assert not is_told(*_match(text, trigger, kind))


def test_who_tries_in_vain_does_not_fail_to_act() -> None:
    tree, match = _match("Police did not succeed in dispersing the crowd.", "succeed", "COERCE")
    assert not is_told(tree, replace(match, pattern=replace(match.pattern, form="inaction")))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Laura Ruiz refused to leave his car.", False),
        ("Sergeant Laura Ruiz refused to take the complaint.", True),
        ("The officers refused to leave their post.", True),
    ],
)
def test_inaction_is_not_that_of_a_private_person(text: str, told: bool) -> None:
    tree, match = _match(text, "refused", "COERCE")
    assert is_told(tree, replace(match, pattern=replace(match.pattern, form="inaction"))) is told


@pytest.mark.parametrize(
    ("text", "trigger", "kind"),
    [
        ("Gunmen stormed the stadium.", "stormed", "ASSAULT"),
        ("Air strikes hit nine cities.", "hit", "ASSAULT"),
        ("Riot police beat the team's driver.", "beat", "ASSAULT"),
        ("The league deplored a shameful ruling.", "shameful", "ACCUSE"),
        ("A truck bomb struck the depot.", "struck", "ASSAULT"),
        ("Soldiers killed the clerk who wrote the bill.", "killed", "ASSAULT"),
    ],
)
def test_what_names_one(text: str, trigger: str, kind: str) -> None:
    assert is_told(*_match(text, trigger, kind))


def _event(report: Report, trigger: str, kind: str, arguments: tuple[Argument, ...] = (), sure: float = 0.9) -> Event:
    start = report.text.rindex(trigger)
    quote = report.cite(start, start + len(trigger))
    return Event(report.id, kind, None, Status.ASSERTED, quote, Span(quote.start, quote.end), arguments, sure)


def _party(report: Report, words: str, role: Role) -> Argument:
    start = report.text.index(words)
    return Argument(role, report.cite(start, start + len(words)))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Miners marched in Oruro. Shops closed during the march.", 1),
        ("Miners marched in Oruro. Shops closed during the march in Potosi.", 2),
        ("Miners marched in Oruro. A clerk was hurt in a second march.", 2),
        ("Miners marched in Oruro. The mayor blamed the union for the march.", 2),
    ],
)
def test_a_bare_definite_noun_refers_back(text: str, left: int) -> None:
    report = make_report(text)
    events = [_event(report, "marched", "PROTEST"), _event(report, "march", "PROTEST")]
    assert len(in_context(report, events, parse(text))) == left


@pytest.mark.parametrize(
    ("text", "carried"),
    [
        ("“Villagers faced persecution by the border guards. They endured torture,” she said.", True),
        ("Villagers faced persecution by the border guards. They endured torture, she said.", False),
        ("“Villagers faced persecution by the border guards,” she said. They endured torture.", False),
    ],
)
def test_an_agent_is_carried_inside_one_quotation(text: str, carried: bool) -> None:
    report = make_report(text)
    guards, they = _party(report, "the border guards", Role.ACTOR), _party(report, "They", Role.RECIPIENT)
    events = [_event(report, "persecution", "COERCE", (guards,)), _event(report, "torture", "ASSAULT", (they,))]
    found = in_context(report, events, parse(text))[1]
    assert found.of(Role.ACTOR) == ((guards.evidence,) if carried else ())


def test_a_weak_event_alone_in_a_long_report_is_none() -> None:
    text = " ".join(["The choir sang in the old church."] * LONG) + " A guest threatened to leave."
    report = make_report(text)
    weak, sure = _event(report, "threatened", "THREATEN", sure=0.4), _event(report, "leave", "REJECT", sure=0.9)
    sentences = parse(text)
    assert without_lone([weak], sentences) == []
    assert without_lone([weak, sure], sentences) == [weak, sure]
    assert without_lone([weak], sentences[:3]) == [weak]


@pytest.mark.parametrize(
    ("text", "triggers", "main"),
    [
        ("The premier condemned the attack on the market.", ("condemned", "attack"), "condemned"),
        ("After gunmen attacked the town, the army arrested nine men.", ("attacked", "arrested"), "arrested"),
        ("Officials said police arrested a man who killed a clerk.", ("arrested", "killed"), "arrested"),
    ],
)
def test_the_main_event_stands_nearest_to_the_root(text: str, triggers: tuple[str, ...], main: str) -> None:
    report = make_report(text)
    found = main_event([_event(report, it, "ASSAULT") for it in triggers], parse(text))
    assert found is not None
    assert found.trigger.quote == main
