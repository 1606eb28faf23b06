"""Which time and which figures belong to an event: sentences parsed by the real parser, events marked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.coding.parser import parse
from dateline.grounding.figures import figures_of, find_figures
from dateline.grounding.times import find_times, is_dateline, time_of, times_of
from dateline.model.event import Argument, Coding, Event, Status
from dateline.model.ground import Basis, Role, Scope
from dateline.model.text import Evidence


def cite(text: str, quote: str) -> Evidence:
    start = text.index(quote)
    return Evidence(start, start + len(quote), quote)


def event_in(text: str, trigger: str, clause: str, kind: str = "PROTEST/", **roles: str) -> Event:
    """Make an event: its trigger and clause as words of the text, its kind as type/form."""
    type_, form = kind.split("/")
    arguments = tuple(Argument(Role(role), cite(text, words)) for role, words in roles.items())
    span = cite(text, clause).span
    return Event("", type_, form or None, Status.ASSERTED, cite(text, trigger), span, arguments)


def when_of(text: str, event: Event, *, parsed: bool = True, published: date | None = None) -> str | None:
    coding = Coding("", (event,), (), parse(text) if parsed else ())
    when = time_of(event, coding, find_times(text, published=published))
    return when.evidence.quote if when else None


TIMES = [
    # (text, trigger, clause, the words of its time)
    ("On May 3, 2019, police arrested two men and beat a third.", "arrested", "police arrested two men", "May 3, 2019"),
    ("On May 3, 2019, police arrested two men and beat a third.", "beat", "beat a third", "May 3, 2019"),
    ("Crowds marched on May 3, 2019 and shops burned on May 7.", "burned", "shops burned", "May 7"),
    ("Crowds marched on May 3, 2019 and shops burned.", "burned", "shops burned", None),
    ("The ministry said on Tuesday that troops had shot two men.", "shot", "troops had shot two men", None),
    ("The ministry said on Tuesday that troops shot two men on Sunday.", "shot", "troops shot two men", "Sunday"),
    ("The bishop accused the army of murder on 4 June 2012.", "accused", "The bishop accused the army", "4 June 2012"),
    ("The bishop condemned the killing of two men on 4 June 2012.", "condemned", "The bishop condemned", "4 June 2012"),
    ("On 4 June 2012 the bishop condemned the killing of two men.", "killing", "the killing of two men", None),
    ("They spoke of the November 2019 uprising in Shiraz.", "uprising", "the November 2019 uprising", "November 2019"),
    ("A court on 5 March 2020 jailed a man for joining the protests.", "protests", "the protests", None),
    ("The men who were arrested in May 2011 were released on 3 June 2011.", "arrested", "arrested", "May 2011"),
    ("The men who were arrested in May 2011 were released on 3 June 2011.", "released", "were released", "3 June 2011"),
    ("Two men were killed when soldiers opened fire on 4 May 2018.", "killed", "Two men were killed", "4 May 2018"),
    ("LEIPZIG, Oct. 9, 1989 (Wire) -- Crowds marched here.", "marched", "Crowds marched here", None),
    ("The strike of 4 May 2018 closed the port.", "strike", "The strike", "4 May 2018"),
    ("They met on 4 May 2018. Crowds marched in Lyon.", "marched", "Crowds marched in Lyon", "4 May 2018"),
    ("They met on 4 May 2018. It was hot. Two men were shot in Lyon.", "shot", "Two men were shot", "4 May 2018"),
    ("They met on 4 May 2018. Crowds had marched in Lyon.", "marched", "Crowds had marched in Lyon", None),
    ("They met on 4 May 2018. Crowds may march in Lyon.", "march", "Crowds may march in Lyon", None),
    ("They met on 4 May 2018. Recently crowds marched in Lyon.", "marched", "crowds marched in Lyon", None),
    ("They met in May 2018. Crowds marched in Lyon.", "marched", "Crowds marched in Lyon", None),
    ("Police said on 4 May 2018 that it was over. Crowds marched.", "marched", "Crowds marched", None),
    ("They met on 4 May 2018 and on 6 May. Crowds marched in Lyon.", "marched", "Crowds marched in Lyon", None),
    ("They met on 4 May 2018. It rained. It stormed. Crowds marched.", "marched", "Crowds marched", "4 May 2018"),
    ("They met on 4 May 2018. It rained on 6 May. It stormed. Crowds have marched.", "marched", "Crowds", "6 May"),
    ("They met on 4 May 2018 and on 5 May 2018. It stormed. Crowds marched.", "marched", "Crowds marched", None),
    ("They met on 4 May 2018. There was shooting in Lyon.", "shooting", "shooting in Lyon", "4 May 2018"),
    (
        "They met on 4 May 2018. In March 2019 it rained. It stormed. They have wide fame from a strike.",
        "strike",
        "They have wide fame from a strike",
        None,
    ),
    ("They will meet on 4 May 2018. It rained. Crowds have marched.", "marched", "Crowds have marched", None),
    ("They met on 4 May 2018. Crowds will march in Lyon.", "march", "Crowds will march in Lyon", None),
    ("A judge looked into fraud in the 2016 election.", "looked", "looked into fraud", None),
    ("He was charged on 4 May 2018 in the killing of a guard.", "killing", "the killing of a guard", None),
    ("They shot at the worst riots since 1984.", "riots", "the worst riots since 1984", None),
    ("On 4 May 2015, three men were killed, police said.", "killed", "three men were killed", "4 May 2015"),
    ("It was made known on 4 May 2015 that they had been released.", "released", "they had been released", None),
    ("Since 2015, the army has killed two men.", "killed", "the army has killed two men", "Since 2015"),
    ("Crowds marched in Lyon every Monday.", "marched", "Crowds marched in Lyon", None),
]


@pytest.mark.parametrize(("text", "trigger", "clause", "expected"), TIMES)
def test_time_of_an_event(text: str, trigger: str, clause: str, expected: str | None) -> None:
    assert when_of(text, event_in(text, trigger, clause)) == expected


SAID = [
    # (text, trigger, its time): what is done in words is of the day on which it is said
    ("The bishop said on 4 May 2018 that the law violates every right.", "violates", "4 May 2018"),
    (
        "The bishop spoke on 4 May 2018. It rained. It stormed. Many came. He condemned the law.",
        "condemned",
        "4 May 2018",
    ),
    ("The bishop said on 4 May 2018 that he had condemned the law.", "condemned", None),
]


@pytest.mark.parametrize(("text", "trigger", "expected"), SAID)
def test_what_is_said_is_of_the_day_of_saying_it(text: str, trigger: str, expected: str | None) -> None:
    assert when_of(text, event_in(text, trigger, trigger, "ACCUSE/disapprove")) == expected


ALONG = [
    # (text, triggers, the days of each): a deed is of the day of the one that it is told along with
    ("Men burned tyres on 4 May 2018; seven were arrested.", ("burned", "arrested"), ("2018-05-04", "2018-05-04")),
    ("Men burned tyres on 4 May 2018; seven had been arrested.", ("burned", "arrested"), ("2018-05-04", None)),
    ("Men burned tyres on 4 May 2018, and they will march.", ("burned", "march"), ("2018-05-04", None)),
    ("A man was jailed on 4 May 2018 for beating a guard.", ("jailed", "beating"), ("2018-05-04", None)),
    ("Men burned tyres on 4 May 2018 after guards shot a man.", ("burned", "shot"), ("2018-05-04", None)),
    ("Men burned tyres in May 2018; seven were arrested.", ("burned", "arrested"), ("2018-05", None)),
    ("They met on 1 May 2018. On 4 May 2018 men burned tyres. Seven were arrested.", ("burned", "arrested"),
     ("2018-05-04", "2018-05-04")),
    ("Men who came on 1 May 2018 burned tyres on 4 May 2018. Seven were arrested.", ("burned", "arrested"),
     ("2018-05-04", "2018-05-04")),
    ("Men who came on 1 May 2018 burned tyres on 4 May 2018. Elsewhere seven were arrested.", ("burned", "arrested"),
     ("2018-05-04", None)),
    ("Men who came on 1 May 2018 burned tyres on 4 May 2018. A similar arrest was made.", ("burned", "arrest"),
     ("2018-05-04", None)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "triggers", "days"), ALONG)
def test_a_deed_is_of_the_day_that_it_is_told_along_with(
    text: str, triggers: tuple[str, ...], days: tuple[str | None, ...]
) -> None:
    first, *others = triggers
    events = (event_in(text, first, first, "ASSAULT/"), *(event_in(text, it, it, "COERCE/") for it in others))
    found = times_of(Coding("", events, (), parse(text)), find_times(text))
    assert tuple(when.edtf if when else None for when in found) == days
    assert {when.basis for when in found[1:] if when} <= {Basis.INFERRED}


def test_a_day_for_which_something_is_called_is_not_that_of_the_call() -> None:
    text = "Unions called a strike for 4 May 2018."
    assert when_of(text, event_in(text, "called", "Unions called a strike for 4 May 2018", "REQUEST/mobilise")) is None


def test_a_spell_before_a_day_is_no_matter_of_the_event() -> None:
    text = "Cobblers struck for an hour on 4 May 2018."
    assert when_of(text, event_in(text, "struck", text)) == "4 May 2018"


def test_another_of_its_kind_is_no_other_telling() -> None:
    text = "Attack in Jos\n\nGunmen made an attack on 4 May 2018. On 6 May it rained. A similar attack failed."
    words = ("Attack", "an attack", "similar attack")
    events = tuple(event_in(text, it, it, "ASSAULT/attack") for it in words)
    headline, _, other = times_of(Coding("", events, (), parse(text)), find_times(text))
    assert headline is not None
    assert headline.edtf == "2018-05-04"
    assert other is None


def test_a_headline_takes_the_time_of_the_lede() -> None:
    text = "Attack in Jos leaves nine dead\n\nGunmen made an attack on 4 May 2018."
    first = event_in(text, "Attack", "Attack in Jos", "ASSAULT/attack")
    second = event_in(text, "attack", "Gunmen made an attack on 4 May 2018", "ASSAULT/attack")
    inferred, told = times_of(Coding("", (first, second), (), parse(text)), find_times(text))
    assert told is not None
    assert inferred is not None
    assert (inferred.edtf, inferred.basis, told.basis) == ("2018-05-04", Basis.INFERRED, Basis.STATED)


def test_a_carried_day_is_an_inference_from_the_sentence_before() -> None:
    text = "They met on 4 May 2018. Crowds marched in Lyon."
    event = event_in(text, "marched", "Crowds marched in Lyon")
    when = time_of(event, Coding("", (event,), (), parse(text)), find_times(text))
    assert when is not None
    assert (when.basis, [evidence.quote for evidence in when.support]) == (Basis.INFERRED, ["4 May 2018"])


def test_a_weekday_that_nothing_dates_is_carried_with_its_words_and_no_day() -> None:
    text = "A house was robbed on Friday night. Men tied up a cook. They beat him."
    event = event_in(text, "beat", "They beat him", "ASSAULT/attack")
    when = time_of(event, Coding("", (event,), (), parse(text)), find_times(text))
    assert when is not None
    assert (when.edtf, when.basis, when.evidence.quote) == (None, Basis.UNKNOWN, "Friday night")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LEIPZIG, 9 OCT 89 (WIRE) -- CROWDS MARCHED.", True),
        ("HAVANA (CUBA), 9 OCT 89 (RADIO) -- CROWDS MARCHED.", True),
        ("Crowds march for bread LEIPZIG, October 9 (Wire) - Crowds marched.", True),
        ("Crowds marched on October 9 - and again later.", False),
    ],
)
def test_the_day_of_a_dateline_is_known_as_such(text: str, expected: bool) -> None:
    first, *_ = find_times(text, published=date(1989, 10, 9))
    assert is_dateline(text, first) is expected


def test_a_time_named_by_the_coder_wins() -> None:
    text = "Crowds marched on May 3, 2019 and again on May 7."
    event = event_in(text, "marched", "Crowds marched on May 3, 2019", time="May 7")
    assert when_of(text, event) == "May 7"


def test_without_a_parse_the_clause_decides() -> None:
    text = "Crowds marched on May 3, 2019. Shops burned on May 7."
    assert when_of(text, event_in(text, "burned", "Shops burned on May 7"), parsed=False) == "May 7"
    assert when_of(text, event_in(text, "burned", "Shops burned"), parsed=False) is None


def test_the_publication_date_is_never_the_time_of_an_event() -> None:
    text = "Crowds marched in Lyon."
    assert when_of(text, event_in(text, "marched", text), published=date(2019, 5, 22)) is None


def figures_in(text: str, events: list[Event]) -> list[list[tuple[str, str]]]:
    coding = Coding("", tuple(events), (), parse(text))
    figures = find_figures(text)
    return [[(f.evidence.quote, f.counts) for f in figures_of(event, coding, figures)] for event in events]


def test_each_figure_goes_to_the_event_that_it_counts() -> None:
    text = "The court condemned to death a young teacher and gave three others five years in prison."
    first = event_in(
        text,
        "condemned to death",
        "condemned to death a young teacher",
        "COERCE/death_sentence",
        recipient="a young teacher",
    )
    second = event_in(
        text, "gave", "gave three others five years in prison", "COERCE/prison_sentence", recipient="three others"
    )
    assert figures_in(text, [first, second]) == [
        [("a young teacher", "sentenced")],
        [("three others", "sentenced"), ("five years", "term_years")],
    ]


def test_the_dead_go_to_the_killing_the_arrested_to_the_arrests_the_crowd_to_the_protest() -> None:
    text = "At a protest of 5,000 people in 12 cities, troops killed 30 men and arrested about 200."
    protest = event_in(text, "protest", "a protest of 5,000 people in 12 cities")
    killing = event_in(text, "killed", "troops killed 30 men", "ASSAULT/killing")
    arrest = event_in(text, "arrested", "arrested about 200", "COERCE/arrest")
    assert figures_in(text, [protest, killing, arrest]) == [
        [("5,000 people", "people"), ("12 cities", "cities")],
        [("30 men", "killed")],
        [("about 200", "arrested")],
    ]


def test_the_injured_of_a_sentence_go_to_its_killing() -> None:
    text = "At least 12 people were killed and 30 injured in the raid."
    killing = event_in(text, "killed", "At least 12 people were killed", "ASSAULT/killing")
    assert figures_in(text, [killing]) == [[("At least 12 people", "killed"), ("30 injured", "injured")]]


def test_an_inner_event_keeps_its_own_extent() -> None:
    text = "The uprising that swept 191 cities and the four-day protests in 40 towns shook them."
    uprising = event_in(text, "uprising", "The uprising that swept 191 cities and the four-day protests in 40 towns")
    protests = event_in(text, "protests", "the four-day protests in 40 towns")
    assert figures_in(text, [uprising, protests]) == [
        [("191 cities", "cities")],
        [("four-day", "days"), ("40 towns", "cities")],
    ]


def test_acts_of_protest_are_counted() -> None:
    text = "They learned by hundreds of acts of protest."
    assert figures_in(text, [event_in(text, "protest", "protest")]) == [[("hundreds of acts", "acts")]]


@pytest.mark.parametrize(
    ("recipient", "expected"),
    [("a priest", [("a priest", "arrested")]), ("a newspaper", []), ("priests", []), ("the priest", [])],
)
def test_a_single_person_is_a_figure_of_one(recipient: str, expected: list[tuple[str, str]]) -> None:
    text = f"Police arrested {recipient} in Lyon."
    event = event_in(text, "arrested", text[:-1], "COERCE/arrest", recipient=recipient)
    assert figures_in(text, [event]) == [expected]


def test_the_persons_in_the_words_for_the_recipient_are_those_whom_it_befell() -> None:
    text = "Gunmen ambushed seven guards who were travelling to the coast, killing them all."
    event = event_in(text, "killing", "killing them all", "ASSAULT/killing", recipient="seven guards")
    assert figures_in(text, [event]) == [[("seven guards", "killed")]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen attacked a market. Twelve people were killed.", [("Twelve people", "killed", "inferred")]),
        ("Gunmen attacked a market. The attack left 12 dead.", [("12 dead", "killed", "inferred")]),
        ("Gunmen attacked a market. In another town a flood left 12 dead.", []),
        ("Gunmen attacked a market. Twelve cities slept.", []),
        ("Gunmen attacked a market. It was closed. Twelve people were killed.", []),
    ],
)
def test_a_figure_that_opens_the_next_sentence_is_inferred(text: str, expected: list[tuple[str, str, str]]) -> None:
    event = event_in(text, "attacked", "Gunmen attacked a market", "ASSAULT/attack")
    coding = Coding("", (event,), (), parse(text))
    found = figures_of(event, coding, find_figures(text))
    assert [(it.evidence.quote, it.counts, it.basis.value) for it in found] == expected


def test_a_figure_that_an_event_of_its_own_tells_is_not_inferred_of_another() -> None:
    text = "Gunmen attacked a market. Twelve people were killed."
    attack = event_in(text, "attacked", "Gunmen attacked a market", "ASSAULT/attack")
    killing = event_in(text, "killed", "Twelve people were killed", "ASSAULT/killing")
    assert figures_in(text, [attack, killing]) == [[], [("Twelve people", "killed")]]


def test_those_who_are_let_go_belong_to_the_release() -> None:
    text = "Rebels abducted 14 pupils in May and freed three of them in June."
    abduction = event_in(text, "abducted", "Rebels abducted 14 pupils in May", "ASSAULT/abduction")
    release = event_in(text, "freed", "freed three of them in June", "RETREAT/release")
    assert figures_in(text, [abduction, release]) == [[("14 pupils", "abducted")], [("three of them", "released")]]


@pytest.mark.parametrize(("penalty", "scope"), [("to death", Scope.WHOLE), ("to five years in prison", Scope.EXTRA)])
def test_others_are_all_of_an_event_whose_kind_is_another(penalty: str, scope: Scope) -> None:
    text = f"A court sentenced one printer {penalty} and gave two others five years in prison."
    form = "death_sentence" if "death" in penalty else "prison_sentence"
    first = event_in(
        text, "sentenced", f"A court sentenced one printer {penalty}", f"COERCE/{form}", recipient="one printer"
    )
    second = event_in(text, "gave", "gave two others five years", "COERCE/prison_sentence", recipient="two others")
    coding = Coding("", (first, second), (), parse(text))
    found = {figure.counts: figure for figure in figures_of(second, coding, find_figures(text))}
    assert found["sentenced"].scope is scope
