"""The coder `rules` by a codebook of one's own: patterns from words and examples, narrowed by what is not meant."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from dateline.coding.gate import make_gate
from dateline.coding.registry import open_coder
from dateline.coding.rules import RulesCoder
from dateline.coding.teaching import patterns_for
from dateline.errors import CodebookError, UsageError
from dateline.model.codebook import Codebook, parse_codebook, plover
from dateline.model.event import Event
from dateline.model.ground import Role
from dateline.model.text import make_report
from dateline.testing import REPORTS, check_coder


def _codebook(types: dict[str, Any], extends: str | None = None) -> Codebook:
    entries = {code: {"definition": f"{code} is meant.", **about} for code, about in types.items()}
    data = {"name": "own", "version": "1", "types": entries}
    return parse_codebook({**data, "extends": extends} if extends else data)


LABOUR = _codebook(
    {
        "STRIKE": {
            "words": ["strike", "work stoppage"],
            "examples": [
                "{a|Dockers} {t|downed tools} at the {p|port} on {w|Monday}.",
                "{n|Some 400} {a|bus drivers} {t|walked out} over unpaid wages.",
                "The {t|strike} by {a|textile workers} entered its third week.",
                "The mill sank into {t|strike} action.",
            ],
            "not": [
                "Three inmates began a hunger {t|strike}.",
                "Lightning {t|struck} the town hall.",
                "The delegation {t|walked out} of the talks.",
            ],
            "forms": {
                "wildcat": {
                    "definition": "Without a union.",
                    "examples": ["A {t|wildcat strike} by {a|tram drivers} paralysed the city."],
                }
            },
        },
        "LOCKOUT": {
            "examples": [
                "{a|The owners} {t|locked out} {n|600} {r|mill hands}.",
                "{a|The company} imposed a {t|lockout} on {r|its drivers}.",
            ],
        },
        "DISMISSAL": {
            "examples": [
                "{a|The airline} {t|fired} {n|three} {r|union organisers}.",
                "{n|Two} {r|shop stewards} were {t|sacked} for handing out leaflets.",
                "{a|The bakery} {t|dismissed} {r|the union's secretary}.",
                "{r|The shop steward} {t|lost her job} after the ballot.",
            ],
            "not": ["Police {t|fired} shots in the air.", "The club {t|sacked} its coach."],
        },
    }
)


@cache
def _coder() -> RulesCoder:
    return RulesCoder(codebook=LABOUR)


def _events(text: str, coder: RulesCoder | None = None) -> list[Event]:
    return list((coder or _coder()).code([make_report(text)])[0].events)


def _kinds(text: str, coder: RulesCoder | None = None) -> list[tuple[str, str | None]]:
    return [(event.type, event.form) for event in _events(text, coder)]


@pytest.mark.parametrize(
    ("text", "kind", "form"),
    [
        ("Welders downed tools at noon.", "STRIKE", None),
        ("Tools were downed at two plants.", "STRIKE", None),  # the trigger's verb and object, turned about
        ("Pilots walk out again.", "STRIKE", None),
        ("The strikes spread to the coast.", "STRIKE", None),
        ("Bakers struck on Friday.", "STRIKE", None),
        ("A work stoppage closed the yard.", "STRIKE", None),
        ("A wildcat strike closed the yard.", "STRIKE", "wildcat"),
        ("The harbour sank into strike action.", "STRIKE", None),
        ("The crew was locked out by the shipping line.", "LOCKOUT", None),
        ("The firm fired a union activist.", "DISMISSAL", None),
        ("A shop steward was fired on Monday.", "DISMISSAL", None),
        ("Four stewards lost their jobs.", "DISMISSAL", None),
    ],
)
def test_words_and_triggers_are_found_in_other_sentences(text: str, kind: str, form: str | None) -> None:
    assert _kinds(text) == [(kind, form)]


@pytest.mark.parametrize(
    "text",
    [
        "Three inmates began a hunger strike.",
        "Prisoners ended their hunger strike.",  # the word that tells a counterexample apart is learnt
        "Lightning struck a farm.",
        "The delegation walked out.",
        "Police fired tear gas at the crowd.",  # dismissals are of union people: what the examples share
        "The club sacked its coach.",
        "The party sacked its treasurer.",
        "It rained on the port.",
    ],
)
def test_what_is_not_meant_is_not_found(text: str) -> None:
    assert _kinds(text) == []


@pytest.mark.parametrize("codebook", [LABOUR], ids=["labour"])
def test_every_example_is_read_as_it_says_and_no_counterexample_as_its_type(codebook: Codebook) -> None:
    for kind in codebook.types:
        for form, entry in kind.taught():
            for example in entry.examples:
                found = [(event.type, event.form) for event in _events(example.text)]
                assert (kind.code, form) in found, example.text
            for example in entry.counterexamples:
                assert kind.code not in {event.type for event in _events(example.text)}, example.text


def test_roles_stand_where_the_examples_mark_them() -> None:
    (strike,) = _events("Welders walked out at the shipyard on Monday.")
    (lockout,) = _events("The shipyard imposed a lockout on 300 welders.")
    (lost,) = _events("A union delegate lost his job.")

    assert [words.quote for words in strike.of(Role.ACTOR)] == ["Welders"]
    assert strike.of(Role.RECIPIENT) == ()  # no example of the type has one
    assert [words.quote for words in lockout.of(Role.ACTOR)] == ["The shipyard"]
    assert [words.quote for words in lockout.of(Role.RECIPIENT)] == ["300 welders"]
    assert lost.of(Role.ACTOR) == ()
    assert [words.quote for words in lost.of(Role.RECIPIENT)] == ["A union delegate"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The union denied that dockers had downed tools.", "denied"),
        ("Dockers will down tools on Friday.", "planned"),
        ("The union called for a strike.", "called_for"),
    ],
)
def test_status_is_read_as_for_any_event(text: str, status: str) -> None:
    assert [event.status.value for event in _events(text)] == [status]


def test_an_event_says_which_words_of_the_codebook_fired() -> None:
    (event,) = _events("Bakers struck on Friday.")
    assert event.why == "pattern STRIKE: strike at 'struck'"


def test_a_coder_with_a_codebook_of_one_s_own_keeps_all_promises() -> None:
    own = (
        "Dockers downed tools. The owners locked out 600 men.",
        "The union’s secretary was sacked — she struck first.",
    )
    check_coder(RulesCoder(codebook=LABOUR), LABOUR, (*REPORTS, *own))


def test_the_gate_lets_irregular_forms_pass() -> None:
    codebook = _codebook({"SINKING": {"examples": ["Smugglers {t|sank} the boat."]}})
    is_wanted = make_gate(patterns_for(codebook))

    assert all(map(is_wanted, ("They sink ships.", "A boat was sunk.", "The boat sank.")))
    assert not is_wanted("A boat came.")
    assert _kinds("Coast guards sank two boats.", RulesCoder(codebook=codebook)) == [("SINKING", None)]


def test_a_trigger_that_is_no_verb_and_no_noun_is_a_phrase() -> None:
    coder = RulesCoder(codebook=_codebook({"SILENCE": {"examples": ["The looms stood {t|idle} for a day."]}}))
    assert _kinds("The cranes stood idle.", coder) == [("SILENCE", None)]


def test_types_that_share_a_trigger_are_told_apart_by_what_stands_with_it() -> None:
    coder = RulesCoder(
        codebook=_codebook(
            {
                "DISMISSAL": {"examples": ["The airline {t|fired} two pilots.", "The mill {t|fired} its pilots."]},
                "SHOOTING": {"examples": ["Guards {t|fired} shots.", "A gunman {t|fired} three shots."]},
            }
        )
    )
    assert _kinds("The ferry company fired its pilots.", coder) == [("DISMISSAL", None)]
    assert _kinds("Soldiers fired shots at dawn.", coder) == [("SHOOTING", None)]


def test_a_form_that_no_word_tells_is_left_open() -> None:
    coder = RulesCoder(
        codebook=_codebook(
            {
                "STRIKE": {
                    "examples": ["Miners {t|struck}."],
                    "forms": {"wildcat": {"definition": "Without a union.", "examples": ["Miners {t|struck} again."]}},
                }
            }
        )
    )
    assert _kinds("Miners struck.", coder) == [("STRIKE", None)]


# -------------------------------------------------------------------------------- extending PLOVER

MORE = _codebook(
    {
        "STRIKE": {
            "words": ["strike"],
            "examples": ["The {t|strike} by {a|nurses} went on."],
            "not": ["Three inmates went on hunger {t|strike}."],
        },
        "COERCE": {"forms": {"arrest": {"words": ["nab"]}}},
        "PROTEST": {"not": ["The general {t|marched} his troops over the border."]},
    },
    extends="plover",
)


@cache
def _more() -> RulesCoder:
    return RulesCoder(codebook=MORE)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Bus drivers went on strike over unpaid wages.", [("STRIKE", None)]),  # own types go before those that ship
        ("Three inmates began a hunger strike.", [("PROTEST", "hunger_strike")]),  # what is not own stays what it was
        ("Police arrested nine people.", [("COERCE", "arrest")]),
        ("Officers nabbed two students.", [("COERCE", "arrest")]),
        ("The general marched his troops over the border.", []),
        ("Miners marched to the town hall.", [("PROTEST", "march")]),
    ],
)
def test_own_types_stand_beside_those_that_ship(text: str, kinds: list[tuple[str, str | None]]) -> None:
    assert _kinds(text, _more()) == kinds


# -------------------------------------------------------------------------------- identities


def test_the_coder_s_digest_covers_the_codebook() -> None:
    types = {"STRIKE": {"words": ["strike"]}}
    digests = {
        RulesCoder(codebook=codebook).id.digest
        for codebook in (
            plover(),
            _codebook(types),
            _codebook({"STRIKE": {"words": ["strike"], "definition": "Said otherwise."}}),
            _codebook({"STRIKE": {"words": ["walkout"]}}),
            _codebook(types, extends="plover"),
        )
    }
    assert len(digests) == 5
    assert RulesCoder(codebook=_codebook(types)).id == RulesCoder(codebook=_codebook(types)).id


def test_the_codebook_that_ships_is_the_one_in_force_by_default() -> None:
    assert RulesCoder().id == RulesCoder(codebook=plover()).id == open_coder("rules").id
    assert open_coder("rules", LABOUR).id == _coder().id


def test_a_coder_that_reads_by_its_own_codebook_alone_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RulesCoder, "__init__", lambda self: None)
    with pytest.raises(UsageError, match=r"'rules' given with codebook 'own'; .*name another, such as rules"):
        open_coder("rules", LABOUR)


# -------------------------------------------------------------------------------- faults


def test_all_faults_of_what_is_taught_are_named_at_once() -> None:
    codebook = _codebook(
        {
            "RAID": {"examples": ["Police {t|came}."], "not": ["Police {t|came}!"]},
            "LOOT": {"forms": {"shop": {"definition": "Shops are looted."}}},
            "THAW": {"words": ["оттепель"], "examples": ["В городе {t|оттепель}."]},
        }
    )
    with pytest.raises(CodebookError) as caught:
        RulesCoder(codebook=codebook)
    message = str(caught.value)
    for part in (
        "types.RAID.not[0]: 'Police came !' is read as RAID by the trigger 'come'",
        "types.LOOT has neither words nor examples",
        "types.THAW.examples[0]: the trigger of 'В городе оттепель .' has no Latin letters",
    ):
        assert part in message
