"""The coder `swift` keeps every coder's promises, sees plain events, and answers the same in any company."""

import random
import subprocess
import sys

import pytest

from dateline.coding.registry import open_coder
from dateline.coding.swift import SwiftCoder
from dateline.errors import UsageError
from dateline.model.codebook import plover
from dateline.model.event import Event, Status
from dateline.model.ground import Role
from dateline.model.text import make_report
from dateline.testing import check_coder


@pytest.fixture(scope="module")
def coder() -> SwiftCoder:
    return SwiftCoder()


def _events(coder: SwiftCoder, text: str) -> tuple[Event, ...]:
    return coder.code([make_report(text, language="en")])[0].events


def test_it_keeps_the_promises_of_coders(coder: SwiftCoder) -> None:
    check_coder(coder)


@pytest.mark.parametrize(
    ("text", "type", "form", "status"),
    [
        ("Officers in Tamale detained two reporters on Friday.", "COERCE", "arrest", Status.ASSERTED),
        ("The ministry denied that soldiers had shelled the camp.", "ASSAULT", "shelling", Status.DENIED),
        ("Nurses will march through Abuja on Tuesday.", "PROTEST", "march", Status.PLANNED),
        ("The kidnappers released six miners on Sunday.", "RETREAT", "release", Status.ASSERTED),
    ],
)
def test_it_sees_plain_events(coder: SwiftCoder, text: str, type: str, form: str, status: Status) -> None:
    assert (type, form, status) in [(it.type, it.form, it.status) for it in _events(coder, text)]


@pytest.mark.parametrize(
    "text",
    [
        "The visitors' striker attacked down the left and scored.",
        "Snow will hit the northern districts on Friday.",
        "Oil prices fell after the figures came out.",
    ],
)
def test_plain_news_holds_no_event(coder: SwiftCoder, text: str) -> None:
    assert _events(coder, text) == ()


def test_a_word_that_points_back_is_no_second_event(coder: SwiftCoder) -> None:
    text = "Dockers protested in Aldport. Two men were hurt in these protests. A new protest was held on Monday."
    told = [it.trigger.start for it in _events(coder, text)]
    assert text.index("protested") in told
    assert text.index("protests") not in told
    assert any(start >= text.index("A new") for start in told)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The ministers signed the document in Oslo on Monday.", 1),
        ("Police in Kisumu arrested nine students on Monday, and soldiers arrested two nurses on Tuesday.", 2),
    ],
)
def test_words_of_one_clause_tell_of_one_event(coder: SwiftCoder, text: str, wanted: int) -> None:
    assert len(_events(coder, text)) == wanted


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("There were no protests in Kisumu on Monday.", Status.DENIED),
        ("Nurses may strike if the ministry does not pay.", Status.HYPOTHETICAL),
        ("Lawyers called on the army to release the student.", Status.CALLED_FOR),
    ],
)
def test_nothing_else_is_taken_for_asserted(coder: SwiftCoder, text: str, status: Status) -> None:
    assert status in [it.status for it in _events(coder, text)]


def test_parties_and_why(coder: SwiftCoder) -> None:
    (event,) = _events(coder, "Soldiers beat a reporter outside the court in Harare.")
    assert [words.quote for words in event.of(Role.ACTOR)] == ["Soldiers"]
    assert [words.quote.removeprefix("a ") for words in event.of(Role.RECIPIENT)] == ["reporter"]
    assert event.why.startswith("network: ASSAULT.")


def test_who_denies_a_role_is_no_actor(coder: SwiftCoder) -> None:
    text = "At least 40 people have been abducted since January, though the army denies any role."
    assert [it.of(Role.ACTOR) for it in _events(coder, text)] == [()]


def test_words_cut_by_a_line_end_are_quoted_as_they_stand(coder: SwiftCoder) -> None:
    (event,) = _events(coder, "Police in Kisumu ar-\nrested nine students on Monday.")
    assert event.trigger.quote == "ar-\nrested"


def test_sentences_are_labelled(coder: SwiftCoder) -> None:
    report = make_report("Police shot dead two protesters. The choir sang in the old hall.", language="en")
    (coding,) = coder.code([report])
    assert coding.labels is not None
    assert {label.name for label in coding.labels if label.sentence == 0} >= {"police.KILL", "police.FORCE"}
    assert not [label for label in coding.labels if label.sentence == 1]
    assert [bool(sentence.tokens) for sentence in coding.sentences] == [True, False]


def test_whole_codings_are_the_same_in_any_company(coder: SwiftCoder) -> None:
    sentences = [
        "Police in Kisumu arrested nine students on Monday.",
        "Dockers at Aldport have been on strike since 3 May, the union said.",
        "Gunmen kidnapped a priest near the border; his driver was killed.",
        "The minister denied that the army had shelled the camp.",
        "Rain fell.",
    ]
    rng = random.Random(11)
    reports = [make_report(" ".join(rng.choices(sentences, k=1 + number % 7)), language="en") for number in range(30)]
    together = coder.code(reports)
    for place in (0, 7, 13, 29):
        assert coder.code([reports[place]]) == [together[place]]
    assert coder.code(reports[::-1]) == together[::-1]


def test_it_reads_by_no_codebook_of_ones_own() -> None:
    with pytest.raises(UsageError, match="it reads by its own alone"):
        open_coder("swift", plover())


def test_the_language_model_is_not_loaded() -> None:
    """The parse is a small network's: that is where time goes that it saves."""
    code = (
        "import sys; from dateline.coding.swift import SwiftCoder; from dateline.model.text import make_report; "
        "assert SwiftCoder().code([make_report('Police arrested nine students.')])[0].events; "
        "assert 'spacy' not in sys.modules and 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
