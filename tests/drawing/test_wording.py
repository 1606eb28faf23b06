"""Values in words."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.drawing import wording
from dateline.model.ground import Actor, Basis, Figure, Granularity, Role, Scope, Voice, VoiceKind
from dateline.model.text import Evidence

OCTOBER = (date(1989, 10, 1), date(1989, 10, 31))


@pytest.mark.parametrize(
    ("earliest", "latest", "granularity", "expected"),
    [
        (date(1989, 10, 9), date(1989, 10, 9), Granularity.DAY, "9 October 1989"),
        (*OCTOBER, Granularity.MONTH, "October 1989"),
        (*OCTOBER, Granularity.INTERVAL, "1 to 31 October 1989"),
        (date(1989, 1, 1), date(1989, 12, 31), Granularity.YEAR, "1989"),
        (date(1989, 9, 30), date(1989, 10, 1), Granularity.INTERVAL, "30 September to 1 October 1989"),
        (date(1989, 12, 31), date(1990, 1, 1), Granularity.INTERVAL, "31 December 1989 to 1 January 1990"),
        (date(1989, 9, 1), date(1989, 10, 31), Granularity.MONTH, "1 September to 31 October 1989"),
        (date(1989, 9, 1), None, Granularity.INTERVAL, "from 1 September 1989 on"),
        (None, date(1989, 9, 1), Granularity.INTERVAL, "up to 1 September 1989"),
        (None, None, Granularity.UNKNOWN, "date not known"),
    ],
)
def test_an_interval_is_never_told_narrower_than_it_is(
    earliest: date | None, latest: date | None, granularity: Granularity, expected: str
) -> None:
    assert wording.days(earliest, latest, granularity) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(5000, 8000, "5,000–8,000"), (7, 7, "7"), (30, None, "at least 30"), (None, 9, "at most 9"), (0, 0, "0")],
)
def test_a_range_in_words(low: int | None, high: int | None, expected: str) -> None:
    assert wording.bounds(low, high) == expected


def test_an_unknown_number_is_no_zero() -> None:
    assert wording.count("killed", None, None) == "number not known killed"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain\ttext\r\nنیم\u200cفاصله\u00a0!", "plain\ttext\r\nنیم\u200cفاصله\u00a0!"),
        ("a\u202eb\u2069", "a⟨U+202E⟩b⟨U+2069⟩"),
        ("a\x00\x1b[31m\x85", "a⟨U+0000⟩⟨U+001B⟩[31m⟨U+0085⟩"),
        ("a\rb\ufeff\u2028", "a⟨U+000D⟩b⟨U+FEFF⟩⟨U+2028⟩"),
        ("\ud800\U000e0041", "⟨U+D800⟩⟨U+E0041⟩"),
    ],
)
def test_what_cannot_be_seen_is_spelt_out(text: str, expected: str) -> None:
    assert wording.visible(text) == expected


def test_what_is_no_text_stays_as_it_is() -> None:
    assert wording.visible(9) == 9


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (Actor(Role.ACTOR, Evidence(0, 2, "it"), name="New Forum", sector="OPP"), "New Forum"),
        (Actor(Role.ACTOR, Evidence(0, 2, "it"), sector="COP", country="DEU"), "COP Germany"),
        (Actor(Role.ACTOR, Evidence(0, 2, "it"), sector="UNK"), "not known"),
    ],
)
def test_an_actor_in_words(actor: Actor, expected: str) -> None:
    assert wording.actor(actor) == expected


def test_a_voice_bears_its_cue() -> None:
    voice = Voice(VoiceKind.ORGANISATION, "Ministry", Evidence(0, 3, "the"), Evidence(4, 10, "denied"))
    assert wording.voice(voice) == "Ministry (denied)"
    assert wording.voice(Voice(VoiceKind.UNNAMED)) == "unnamed voice"


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (Figure(Evidence(0, 1, "9"), "killed", 9, 9), "9 killed"),
        (Figure(Evidence(0, 1, "9"), "killed", 9, None, scope=Scope.PART), "at least 9 killed, part of those"),
        (Figure(Evidence(0, 1, "9"), "killed", 9, 9, scope=Scope.EXTRA), "9 killed more"),
        (Figure(Evidence(0, 1, "9"), "killed", 9, 9, basis=Basis.INFERRED), "9 killed (inferred)"),
        (Figure(Evidence(0, 1, "9"), "people", 9, 9, source=Evidence(2, 8, "Police")), "9 people, says Police"),
    ],
)
def test_a_figure_says_how_it_stands_to_others(figure: Figure, expected: str) -> None:
    assert wording.figure(figure) == expected
