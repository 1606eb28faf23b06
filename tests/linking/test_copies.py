"""Copies: which reports hold passages of others, and that nothing else is taken for one."""

from __future__ import annotations

import random
from datetime import date
from itertools import permutations

import pytest

from dateline.linking import find_copies
from dateline.linking.passages import RUN, SURE, prints_of, shared_passages, words_of
from dateline.model.text import Published, PublishedBasis, Report, make_report

STORY = (
    "Some four hundred weavers walked out of the mill at Karlow before the early shift on Monday and blocked the yard "
    "with hand carts until noon. The works council had asked for a sixth break. Two foremen who tried to drive a cart "
    "aside were pushed into the mill race and came out wet but unhurt. At one o'clock a company of constables arrived "
    "from the county town, and the yard was cleared without a blow. Nobody was arrested, and the owner has not spoken."
)
OTHER = (
    "The harvest fair of Brunn opened under grey skies with fewer stalls than a year ago. Farmers complained of the "
    "wet spring and of the price of seed, and a prize bull named Hector took the ribbon for the third time. In the "
    "evening the brass band of the fire brigade played until the lamps went out, and the mayor danced till ten."
)
FAIR = (
    "At Brunn the prize bull of the year is called Hector. He weighs nineteen hundredweight and was bred on the hill "
    "farm of the brothers Ost, who would not sell him to a butcher from the capital for any money."
)
QUOTE = (
    "“We shall not go back to the looms before the sixth break is granted to every weaver in this valley, and we shall "
    "stand in the yard in rain and snow, and our sisters with us, until the owner looks us in the eye and says so.”"
)


def report(text: str, publisher: str | None = None, day: int | None = None) -> Report:
    published = Published(date(1911, 5, day), PublishedBasis.GIVEN) if day else Published()
    return make_report(text, publisher=publisher, published=published)


def sentences(text: str) -> list[str]:
    return [part + "." for part in text.rstrip(".").split(". ")]


COPIES = {
    "the same": STORY,
    "another case, other spaces": STORY.upper().replace(" ", "\n"),
    "a headline and a line at the end": f"UNREST AT THE MILL\n\n{STORY}\n\nBy our own correspondent.",
    "paragraphs in another order": "\n\n".join(reversed(sentences(STORY))),
    "half of it in another story": OTHER + " " + " ".join(sentences(STORY)[:3]),
    "a word changed here and there": STORY.replace("weavers", "workers")
    .replace("Two", "Three")
    .replace("wet", "soaked"),
}


@pytest.mark.parametrize("text", COPIES.values(), ids=COPIES)
def test_copies_are_found(text: str) -> None:
    original, copy = report(STORY, "Valley Post", 3), report(text, "County Echo", 4)
    (found,) = find_copies([copy, original, report(FAIR, "Brunn Gazette")])
    assert {found.left, found.right} == {original.id, copy.id}
    assert found.earlier == original.id
    for passage in found.passages:
        texts = {original.id: original.text, copy.id: copy.text}
        left = texts[found.left][passage.left_start : passage.left_end]
        right = texts[found.right][passage.right_start : passage.right_end]
        assert left.lower().split() == right.lower().split()


NO_COPIES = {
    "two stories": OTHER,
    "a sentence in common": OTHER + " " + sentences(STORY)[1],
    "one speaker heard by both": f"{OTHER} {QUOTE}",
    "retold": "In Karlow the weavers left their looms on Monday. Carts barred the yard, and constables came at one.",
}


@pytest.mark.parametrize("text", NO_COPIES.values(), ids=NO_COPIES)
def test_what_is_no_copy(text: str) -> None:
    assert find_copies([report(f"{STORY} {QUOTE}"), report(text)]) == []


SAID = (
    "We shall not go back to the looms before the sixth break is granted to every weaver in this valley.",
    "We shall stand in the yard in rain and snow, and our sisters with us, until the owner looks us in the eye.",
)
NOT_ITS_OWN = {
    "a quotation in the marks of old agencies": "``{}''".format("\n".join(SAID)),
    "a quotation over lines": '"{}"'.format("\n".join(SAID)),
    "headlines of other stories": "Related stories\n{}".format("\n".join(SAID)),
    "headlines in the last line": "The rain had stopped. Related stories: {}".format(" ".join(SAID)),
    "a note of the editors": "Editor’s note: {}".format(" ".join(SAID)),
}


@pytest.mark.parametrize("text", NOT_ITS_OWN.values(), ids=NOT_ITS_OWN)
def test_what_a_report_does_not_say_itself(text: str) -> None:
    assert find_copies([report(f"{STORY}\n{text}"), report(f"{OTHER}\n{text}")]) == []


def test_what_stands_in_no_marks_is_its_own() -> None:
    text = " ".join(SAID)
    assert len(find_copies([report(f"{STORY}\n{text}"), report(f"{FAIR}\n{text}")])) == 1
    assert len(find_copies([report(f"See also below.\n{text}\n{STORY}"), report(f"{text}\n{FAIR}")])) == 1


def test_two_tables_of_one_kind_are_no_copies() -> None:
    head = "Bank buying and selling rates for foreign notes and for travellers cheques, drafts and clean items"
    foot = "Rates are supplied by the corporate and investment banking division of the house and hold until noon today"
    dice = random.Random(5)
    days = [" ".join(f"X{row} {dice.random():.4f} {dice.random():.4f}" for row in range(40)) for _ in range(2)]
    assert find_copies([report(f"{head}\n{day}\n{foot}") for day in days]) == []
    assert len(find_copies([report(f"{head}\n{word}\n{foot}") for word in ("One day.", "Another.")])) == 1


def test_standing_text_is_passed_over() -> None:
    standing = " ".join(sentences(STORY)[:3])
    dice = random.Random(4)
    lexicon = [f"word{number}" for number in range(4000)]
    fresh = [" ".join(["Hundred weavers of Karlow", *dice.choices(lexicon, k=80)]) for _ in range(8)]
    daily = [report(f"{text}. {standing}", "Valley Post", day) for day, text in enumerate(fresh, start=1)]
    assert find_copies(daily) == []
    assert len(find_copies(daily[:3])) == 3  # too few to know it for standing text


def test_a_teaser_between_stories_of_one_publisher_is_no_copy() -> None:
    teaser = (
        "Weavers at Karlow blocked the yard with hand carts until noon and asked for a sixth break in the early shift, "
    )
    teaser += "and constables of the county town cleared the street before one o'clock without touching anybody there."
    both = f"{OTHER}\n{teaser}\n{OTHER.upper()[:90]}", f"{FAIR}\n{FAIR[::-1]}\n{teaser}"
    assert find_copies([report(text, "Valley Post") for text in both]) == []
    assert len(find_copies([report(both[0], "Valley Post"), report(both[1], "Brunn Gazette")])) == 1
    background = f"The weavers of Karlow asked the council for a shift without constables.\n{FAIR[::-1]}\n{teaser}"
    assert len(find_copies([report(f"{STORY}\n{teaser}", "Valley Post"), report(background, "Valley Post")])) == 1


def test_what_a_text_says_again_and_again_counts_once() -> None:
    form = "The wind along the coast will be moderate and in the afternoon fresh from the east"
    days = (("rain", "fog", "snow", "hail"), ("thunder", "frost", "drizzle", "sun"))
    forecasts = [report(". ".join(f"{sky} for district {sky}: {form}" for sky in day)) for day in days]
    assert find_copies(forecasts) == []
    assert words_of(forecasts[0].text).counted.sum() == len(form.split()) + 4 * 4


def test_no_closure() -> None:
    """That two reports each share a passage with a third does not make them copies of one another."""
    head, tail = " ".join(sentences(STORY)[:3]), " ".join(sentences(STORY)[3:])
    middle, first, last = report(STORY), report(f"{OTHER} {head}"), report(tail + QUOTE[1:-1])
    pairs = {frozenset((it.left, it.right)) for it in find_copies([middle, first, last])}
    assert pairs == {frozenset((middle.id, first.id)), frozenset((middle.id, last.id))}


def test_the_order_of_reports_changes_nothing() -> None:
    reports = [report(text, day=day) for day, text in enumerate([STORY, *COPIES.values(), OTHER], start=1)]
    expected = find_copies(reports)
    assert all(find_copies(list(order)) == expected for order in list(permutations(reports))[::997])


def test_who_was_first_is_not_guessed() -> None:
    for first, second in ((None, 4), (None, None), (4, 4)):
        (found,) = find_copies([report(STORY, "A", first), report(STORY, "B", second)])
        assert found.earlier is None


def test_short_reports() -> None:
    assert find_copies([report(""), report("Nothing."), report("Nothing.", "Post"), report("…")]) == []


def test_long_passages_always_share_a_print() -> None:
    dice = random.Random(7)
    for _ in range(200):
        words = [f"w{dice.randrange(50)}" for _ in range(3 * SURE)]
        passage = [f"p{dice.randrange(500)}" for _ in range(SURE)]
        cut, other = dice.randrange(len(words)), dice.randrange(len(words))
        left = " ".join([*words[:cut], *passage, *words[cut:]])
        right = " ".join([*reversed(words[other:]), *passage, *reversed(words[:other])])
        assert set(prints_of(words_of(left)).tolist()) & set(prints_of(words_of(right)).tolist())


def test_no_word_is_in_two_passages() -> None:
    left, right = words_of(" ".join([OTHER] * 3)), words_of(" ".join([OTHER] * 2))
    found = shared_passages(left, right)
    covered = [place for _, start, length in found for place in range(start, start + length)]
    assert len(covered) == len(set(covered)) == len(right.codes)
    assert min(length for _, _, length in found) >= RUN
