"""How many: a table of figure phrases, and what must hold for every text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.grounding.figures import find_figures
from dateline.grounding.numbers import value_of
from dateline.model.ground import Bound, Scope

Expected = tuple[str, int | None, int | None]

ONE: list[tuple[str, Expected]] = [
    # plain numbers
    ("Twelve people came.", ("people", 12, 12)),
    ("12 people came.", ("people", 12, 12)),
    ("1,200 people came.", ("people", 1200, 1200)),
    ("1 200 people came.", ("people", 1200, 1200)),
    ("1\u00a0200 people came.", ("people", 1200, 1200)),
    ("1.5 million people came.", ("people", 1500000, 1500000)),
    ("two million people came", ("people", 2000000, 2000000)),
    ("twenty-three workers", ("people", 23, 23)),
    ("two hundred and six people", ("people", 206, 206)),
    ("a hundred students", ("people", 100, 100)),
    ("a dozen students", ("people", 12, 12)),
    ("half a dozen students", ("people", 6, 6)),
    ("two dozen students", ("people", 24, 24)),
    ("one protester spoke", ("people", 1, 1)),
    ("12 angry young textile workers", ("people", 12, 12)),
    ("30 police officers", ("people", 30, 30)),
    ("three others", ("people", 3, 3)),
    ("a crowd of 5,000", ("people", 5000, 5000)),
    ("a 5,000-strong crowd", ("people", 5000, 5000)),
    # hedges
    ("at least 30 people", ("people", 30, None)),
    ("no fewer than 30 people", ("people", 30, None)),
    ("no less than 30 people", ("people", 30, None)),
    ("30 or more people", ("people", 30, None)),
    ("more than 30 people", ("people", 31, None)),
    ("over 30 people", ("people", 31, None)),
    ("upwards of 30 people", ("people", 30, None)),
    ("more than a dozen people", ("people", 13, None)),
    ("more than two hundred people", ("people", 201, None)),
    ("up to 30 people", ("people", None, 30)),
    ("as many as 30 people", ("people", None, 30)),
    ("no more than 30 people", ("people", None, 30)),
    ("fewer than 30 people", ("people", None, 29)),
    ("less than 30 people", ("people", None, 29)),
    ("under 30 people", ("people", None, 29)),
    ("about 30 people", ("people", 27, 33)),
    ("around 30 people", ("people", 27, 33)),
    ("some 30 people", ("people", 27, 33)),
    ("approximately 30 people", ("people", 27, 33)),
    ("roughly 30 people", ("people", 27, 33)),
    ("an estimated 30 people", ("people", 27, 33)),
    ("30 or so people", ("people", 27, 33)),
    ("about a dozen people", ("people", 10, 14)),
    ("nearly 30 people", ("people", 27, 30)),
    ("almost 30 people", ("people", 27, 30)),
    ("close to 30 people", ("people", 27, 30)),
    ("just over 30 people", ("people", 31, 33)),
    ("only 30 people", ("people", 30, 30)),
    # ranges
    ("between 20 and 30 people", ("people", 20, 30)),
    ("20 to 30 people", ("people", 20, 30)),
    ("20-30 people", ("people", 20, 30)),
    ("20–30 people", ("people", 20, 30)),
    ("two or three people", ("people", 2, 3)),
    ("one to two million people", ("people", 1000000, 2000000)),
    ("two to three hundred people", ("people", 200, 300)),
    ("at least 20 to 30 people", ("people", 20, None)),
    # rough words
    ("several people", ("people", 3, 9)),
    ("a few people", ("people", 2, 9)),
    ("a couple of people", ("people", 2, 3)),
    ("a handful of people", ("people", 2, 9)),
    ("dozens of people", ("people", 24, 99)),
    ("scores of people", ("people", 40, 199)),
    ("hundreds of people", ("people", 200, 999)),
    ("thousands of people", ("people", 2000, 9999)),
    ("tens of thousands of people", ("people", 20000, 99999)),
    ("hundreds of thousands of people", ("people", 200000, 999999)),
    ("millions of people", ("people", 2000000, 9999999)),
    ("several hundred people", ("people", 300, 999)),
    ("several thousand people", ("people", 3000, 9999)),
    ("a few hundred people", ("people", 200, 999)),
    ("a few dozen people", ("people", 24, 119)),
    ("Thousands marched.", ("people", 2000, 9999)),
    ("About 30,000 took to the streets.", ("people", 27000, 33000)),
    # what befell them
    ("12 people were killed", ("killed", 12, 12)),
    ("12 people have reportedly been killed", ("killed", 12, 12)),
    ("12 people died", ("killed", 12, 12)),
    ("12 were shot dead", ("killed", 12, 12)),
    ("12 dead", ("killed", 12, 12)),
    ("12 deaths", ("killed", 12, 12)),
    ("It killed 12.", ("killed", 12, 12)),
    ("killing at least 12 people", ("killed", 12, None)),
    ("the killing of three miners", ("killed", 3, 3)),
    ("the death of three", ("killed", 3, 3)),
    ("claimed the lives of 12 people", ("killed", 12, 12)),
    ("Troops shot dead 200 protesters.", ("killed", 200, 200)),
    ("two of the protesters were killed", ("killed", 2, 2)),
    ("12 people in Leipzig were killed", ("killed", 12, 12)),
    ("No one was killed.", ("killed", 0, 0)),
    ("30 injured", ("injured", 30, 30)),
    ("30 people were wounded", ("injured", 30, 30)),
    ("It wounded about 30.", ("injured", 27, 33)),
    ("30 more were injured", ("injured", 30, 30)),
    ("Nobody was hurt.", ("injured", 0, 0)),
    ("Police arrested at least 30 protesters.", ("arrested", 30, None)),
    ("30 protesters were detained", ("arrested", 30, 30)),
    ("hundreds were arrested", ("arrested", 200, 999)),
    ("the arrest of 12 students", ("arrested", 12, 12)),
    ("30 arrests", ("arrested", 30, 30)),
    ("None were arrested.", ("arrested", 0, 0)),
    ("arresting another 12 men", ("arrested", 12, 12)),
    ("12 students remain missing, but 3", ("people", 12, 12)),
    ("12 students are missing", ("missing", 12, 12)),
    ("the disappearance of 43 students", ("missing", 43, 43)),
    ("It displaced 40,000 people.", ("displaced", 40000, 40000)),
    ("three men were sentenced", ("sentenced", 3, 3)),
    ("two death sentences", ("sentenced", 2, 2)),
    ("the sentencing of two monks", ("sentenced", 2, 2)),
    # extent
    ("It swept 191 cities.", ("cities", 191, 191)),
    ("in some 40 towns", ("cities", 36, 44)),
    ("89 persons were held", ("arrested", 89, 89)),
    ("Between 300,000 and half a million people marched.", ("people", 300000, 500000)),
    ("between four and six months in prison", ("term_months", 4, 6)),
    ("one hundred twenty people", ("people", 120, 120)),
    ("one hundred and twenty people", ("people", 120, 120)),
    ("two thousand five hundred people", ("people", 2500, 2500)),
    ("Eleven people have so far been given prison sentences.", ("sentenced", 11, 11)),
    ("across 20 provinces", ("provinces", 20, 20)),
    ("in 12 villages", ("places", 12, 12)),
    ("in dozens of countries", ("countries", 24, 99)),
    ("thousands of acts of protest", ("acts", 2000, 9999)),
    ("more than 300 demonstrations", ("acts", 301, None)),
    ("four-day protests", ("days", 4, 4)),
    ("a 12-hour strike", ("hours", 12, 12)),
    ("a two-week-long strike", ("weeks", 2, 2)),
    ("for three days", ("days", 3, 3)),
    ("for more than six months", ("months", 7, None)),
    # terms, money, shares
    ("five years in prison", ("term_years", 5, 5)),
    ("five years' imprisonment", ("term_years", 5, 5)),
    ("a five-year prison term", ("term_years", 5, 5)),
    ("an 18-month suspended sentence", ("term_months", 18, 18)),
    ("he was jailed for two years", ("term_years", 2, 2)),
    ("he was sentenced to 90 days", ("term_days", 90, 90)),
    ("5 to 10 years in prison", ("term_years", 5, 10)),
    ("a fine of $30", ("money", 30, 30)),
    ("€1.5 million", ("money", 1500000, 1500000)),
    ("200 euros", ("money", 200, 200)),
    ("30 percent", ("percent", 30, 30)),
    ("30 per cent of shops", ("percent", 30, 30)),
    ("about 30% of shops", ("percent", 27, 33)),
]

MANY: list[tuple[str, list[Expected]]] = [
    ("12 people were killed and 30 injured", [("killed", 12, 12), ("injured", 30, 30)]),
    ("leaving 12 dead and 30 wounded", [("killed", 12, 12), ("injured", 30, 30)]),
    ("Police killed 12 and wounded 30.", [("killed", 12, 12), ("injured", 30, 30)]),
    ("It killed 12 people and 3 soldiers.", [("killed", 15, 15)]),
    ("12 soldiers and 3 policemen were killed", [("killed", 15, 15)]),
    ("30 people, including 3 children, were killed", [("killed", 30, 30), ("killed", 3, 3)]),
    ("gave three others five years in prison", [("sentenced", 3, 3), ("term_years", 5, 5)]),
    ("sentenced two men to ten years", [("sentenced", 2, 2), ("term_years", 10, 10)]),
    ("Of 30 arrests, 12 led to two-year jail terms.", [("arrested", 30, 30), ("term_years", 2, 2)]),
    ("On 4 May, 30 people in 12 towns marched.", [("people", 30, 30), ("cities", 12, 12)]),
]

NONE = [
    "a 34-year-old man",
    "a man, 34, spoke",
    "she is 34 years old",
    "aged 34",
    "on November 17, 2019",
    "at 10:30 a.m.",
    "in 1989",
    "two days ago",
    "the third man",
    "the 3rd protester",
    "Article 58 was used.",
    "Room 12 people mover",
    "Resolution 1973",
    "they won 3-1",
    "one of the leaders spoke",
    "No. 12 student",
    "12 Main Street",
    "call 555-1234",
    "phase 2 protests",
    "a student spoke",
    "We are one people.",
    "according to two witnesses",
    "two witnesses said so",
    "at 1800 hours",
    "over the past three days",
]


def seen(text: str) -> list[Expected]:
    return [(figure.counts, figure.low, figure.high) for figure in find_figures(text)]


@pytest.mark.parametrize(("text", "expected"), ONE)
def test_one_figure(text: str, expected: Expected) -> None:
    assert seen(text)[:1] == [expected]


@pytest.mark.parametrize(("text", "expected"), MANY)
def test_figures(text: str, expected: list[Expected]) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_no_figure(text: str) -> None:
    assert seen(text) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Police arrested at least 30 young students there.", "at least 30 young students"),
        ("a four-day protest", "four-day"),
        ("more than $30 million was lost", "more than $30 million"),
        ("leaving 30 injured", "30 injured"),
        ("thousands of acts of protest", "thousands of acts"),
    ],
)
def test_words_of_a_figure(text: str, quote: str) -> None:
    assert find_figures(text)[0].evidence.quote == quote


def test_the_verb_that_tells_is_its_support() -> None:
    (figure,) = find_figures("Police arrested 30 students.")
    assert [evidence.quote for evidence in figure.support] == ["arrested"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("0", 0),
        ("zero", 0),
        ("seventeen", 17),
        ("ninety-nine", 99),
        ("one hundred", 100),
        ("two thousand five hundred", 2500),
        ("one million two hundred thousand and six", 1200006),
        ("1.25 million", 1250000),
        ("3.7", 3),
        ("half a million", 500000),
        ("several", None),
        ("²", None),
    ],
)
def test_number_words(words: str, value: int | None) -> None:
    assert value_of(words) == value


@given(st.integers(0, 999_999_999))
def test_numerals_are_read_however_grouped(number: int) -> None:
    assert value_of(str(number)) == value_of(f"{number:,}") == value_of(f"{number:,}".replace(",", "\u202f")) == number


WORDS = st.sampled_from(
    (
        "at least up to about nearly between and or no one nobody none a dozen dozens of hundreds thousands several "
        "few couple two twenty three hundred million 12 1,200 30 1.5 $ % people protesters were killed injured "
        "arrested killing died gave five years in prison sentenced cities days four-day -year-old old , . - the other "
        "others May 1989 strong including"
    ).split(" ")
)


@given(st.lists(WORDS, max_size=30))
def test_any_words_make_sound_figures_in_order(words: list[str]) -> None:
    text = " ".join(words)
    figures = find_figures(text)
    for figure in figures:
        assert text[figure.evidence.start : figure.evidence.end] == figure.evidence.quote
        assert all(text[verb.start : verb.end] == verb.quote for verb in figure.support)
        assert figure.low is not None or figure.high is not None
        if figure.low is not None and figure.high is not None:
            assert 0 <= figure.low <= figure.high
    starts = [figure.evidence.start for figure in figures]
    assert starts == sorted(set(starts))


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for figure in find_figures(text):
        assert text[figure.evidence.start : figure.evidence.end] == figure.evidence.quote


@given(
    st.integers(1, 10**6),
    st.sampled_from(["at least", "about", "nearly", "some", "up to", "over", "under", "just over"]),
)
def test_a_hedge_never_narrows_a_number(number: int, hedge: str) -> None:
    (figure,) = find_figures(f"{hedge} {number} people came")
    if hedge not in {"over", "under", "just over"}:
        assert (figure.low or 0) <= number <= (figure.high or 10**9)


ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_words(number: int) -> str:
    """Write a number as an English writer would, apart from the code under test."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    for size, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            link = " and " if 0 < rest < 100 else " "
            return f"{in_words(number // size)} {name}" + (f"{link}{in_words(rest)}" if rest else "")
    raise AssertionError(number)


@given(st.integers(0, 999_999_999))
def test_a_number_written_in_words_is_read_back(number: int) -> None:
    assert value_of(in_words(number)) == number


DIGITS = {"Persian": "۰۱۲۳۴۵۶۷۸۹", "Arabic": "٠١٢٣٤٥٦٧٨٩", "Devanagari": "०१२३४५६७८९", "Bengali": "০১২৩৪৫৬৭৮৯"}


@given(st.integers(2, 9_999_999), st.sampled_from([",", ".", " ", "'", "\u202f", "٬"]), st.sampled_from(sorted(DIGITS)))
def test_a_number_is_read_back_in_any_script_and_grouping(number: int, mark: str, script: str) -> None:
    grouped = f"{number:,}".replace(",", mark).translate(str.maketrans("0123456789", DIGITS[script]))
    for words in (f"{number:,}".replace(",", mark), grouped):
        (figure,) = find_figures(f"Police arrested {words} people.")
        assert (figure.counts, figure.low, figure.high) == ("arrested", number, number)


def by_lakhs(number: int) -> str:
    head, tail = divmod(number, 1000)
    pairs = f"{head:,}".replace(",", "")
    parts = [pairs[max(0, end - 2) : end] for end in range(len(pairs), 0, -2)][::-1]
    return ",".join([*parts, f"{tail:03}"])


@given(st.integers(1000, 99_999_999))
def test_a_number_grouped_by_lakhs_is_read_back(number: int) -> None:
    assert value_of(by_lakhs(number)) == number


NO_COUNTS = st.sampled_from(
    (
        "on {} May 2019 students",
        "at {}:30 people",
        "a {}-year-old man",
        "aged {} and a student",
        "a teacher, {}, and others",
        "a teacher ({}) and others",
        "{} km of protesters",
        "{} mm guns",
        "{} kg of soldiers' food",
        "AK-{} rifles",
        "Boeing {} passengers",
        "Highway {} drivers",
        "Article {} prisoners",
        "Room {} prisoners",
        "the {}th Airborne soldiers",
        "won {0}-{0} as fans cheered",
        "by {0} votes to {0}",
        "call {0:03}-{0:04} people",
    )
)


@given(NO_COUNTS, st.integers(4, 28))
def test_no_figure_comes_from_inside_what_is_no_count(frame: str, number: int) -> None:
    text = f"They said {frame.format(number)}."
    assert [it for it in find_figures(text) if str(number) in it.evidence.quote] == []


@given(st.integers(2, 10**6), st.sampled_from(["${}", "€{}", "Rs {}", "{} dollars", "{} million rials", "USD {}"]))
def test_money_is_never_people(number: int, frame: str) -> None:
    found = find_figures(f"Each of them was fined {frame.format(number)} and let go.")
    assert {it.counts for it in found} == {"money"}


@given(st.lists(WORDS, max_size=30))
def test_parts_have_a_whole_and_sums_are_of_both(words: list[str]) -> None:
    figures = find_figures(" ".join(words))
    for before, figure in zip([None, *figures], figures, strict=False):
        if figure.scope is Scope.PART:
            assert before is not None
            assert before.counts == figure.counts
        if figure.named is not None and figure.bound is Bound.EXACT:
            assert figure.low == figure.high == figure.named


@pytest.mark.parametrize("words", ["hundreds or dozens", "dozens or hundreds"])
def test_rough_numbers_may_fall_as_well_as_rise(words: str) -> None:
    (figure,) = find_figures(f"{words} were arrested")
    assert (figure.low, figure.high) == (24, 999)
