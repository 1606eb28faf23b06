"""The screen: what it lets through, what it holds back, and that its answers are the same everywhere."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest

from dateline.coding import screen as module
from dateline.coding.screen import make_screen, score, screen_digest, words_of
from dateline.coding.stored import stored
from dateline.errors import UsageError

EVENTS = [
    "Police fired tear gas at striking nurses outside the ministry on Tuesday.",
    "Two shepherds were abducted near the border overnight.",
    "Thousands marched through the old town against the new tax.",
    "The court sentenced the editor to four years in prison.",
    "A car bomb killed six soldiers at a checkpoint.",
    "The two governments signed a treaty on fishing rights.",
    "The minister condemned the arrests and demanded an inquiry.",
    "Officers looked on while the crowd looted the shops.",
]
PLAIN = [
    "Stir in the flour, add the eggs and bake for forty minutes.",
    "Rain will spread from the west this evening, with highs of 14 degrees.",
    "The museum is open daily from ten to six; tickets cost nine euros.",
    "Her second album has eleven songs, most of them slow.",
    "The recipe needs two cups of sugar and a little salt.",
]


@pytest.mark.parametrize("sentence", EVENTS)
def test_a_sentence_with_an_event_passes(sentence: str) -> None:
    assert make_screen()([sentence]) == [True]


def test_sentences_far_from_any_event_are_held_back_but_for_a_few() -> None:
    assert sum(make_screen()(PLAIN)) <= 1


@pytest.mark.parametrize("sentence", EVENTS)
def test_capitals_do_not_matter(sentence: str) -> None:
    assert score([sentence.upper()]) == score([sentence]) == score([sentence.lower()])


def test_every_sentence_has_its_answer_in_order() -> None:
    mixed = [PLAIN[1], EVENTS[0], PLAIN[2], EVENTS[1], *PLAIN]
    assert make_screen()(mixed)[:4] == [False, True, False, True]


@pytest.mark.parametrize("sentence", [*EVENTS, *PLAIN])
def test_company_speaks_for_a_sentence(sentence: str) -> None:
    among_plain, among_events = score([sentence, *PLAIN])[0], score([sentence, *EVENTS])[0]
    assert among_plain < score([sentence])[0] < among_events


@pytest.mark.parametrize("sentence", EVENTS)
def test_an_event_passes_in_a_report_of_other_things(sentence: str) -> None:
    assert make_screen()([*PLAIN, sentence, *PLAIN])[len(PLAIN)]


def test_a_long_report_is_scored_as_a_whole() -> None:
    many = score([EVENTS[0], PLAIN[0]] * 600)
    assert set(many[::2]) == {many[0]}
    assert set(many[1::2]) == {many[1]}


def test_scores_are_the_same_each_time() -> None:
    assert score([*EVENTS, *PLAIN]) == score([*EVENTS, *PLAIN])


@pytest.mark.parametrize("sentence", ["", " ", "…", "—", "12", "a", "Ünïcödé", "漢字", "\x00"])
def test_anything_gets_a_probability(sentence: str) -> None:
    assert 0 <= score([sentence, EVENTS[0], sentence])[0] <= 1


def test_a_sentence_without_words_does_not_disturb_its_neighbours() -> None:
    alone = module.unpack(stored("screen.npz")).alone
    assert alone(["…", EVENTS[0], "", "…"])[1] == alone([EVENTS[0]])[0]


def test_no_sentences_have_no_answers() -> None:
    assert make_screen()([]) == []
    assert score([]) == []


def test_words_are_plain_letters_and_digits() -> None:
    assert words_of("The PM's 2,000-strong guard—gone!") == ["the", "pm", "s", "2", "000", "strong", "guard", "gone"]


def test_all_numbers_are_one_word() -> None:
    assert score(["Police arrested 7 people."]) == score(["Police arrested 481 people."])


def test_a_word_never_seen_is_read_by_its_ending() -> None:
    rows = module.unpack(stored("screen.npz")).rows
    assert rows["zzqvarrested"] == rows["qqwzarrested"] != rows["zzqvarresting"]


def test_a_higher_recall_asks_less() -> None:
    bars = module.unpack(stored("screen.npz")).bars
    assert all(bars[less] >= bars[more] for less, more in pairwise(sorted(bars)))
    assert module.RECALL in bars


def test_an_unknown_recall_is_refused() -> None:
    with pytest.raises(UsageError, match="choose one of"):
        make_screen(0.123)


def test_the_digest_covers_weights_and_recall() -> None:
    weights = files("dateline").joinpath("data", "screen.npz").read_bytes()
    assert screen_digest() == sha256(weights + b"0.98").hexdigest() != screen_digest(0.95)


def test_sums_stay_where_floats_are_exact() -> None:
    it = module.unpack(stored("screen.npz"))
    tops = sum(np.abs(table).max(0) for table in (it.before, it.at, it.after))
    assert (tops[:, None] * np.abs(it.readout)).sum(0).max() < 1 << 24
    assert all((table == np.rint(table)).all() for table in (it.before, it.at, it.after, it.readout))


def test_the_weights_are_small_and_hold_no_words() -> None:
    data = files("dateline").joinpath("data", "screen.npz").read_bytes()
    assert len(data) < 1_000_000
    with np.load(BytesIO(data), allow_pickle=False) as stored:
        assert all(stored[name].dtype.kind in "iuf" for name in stored.files)
