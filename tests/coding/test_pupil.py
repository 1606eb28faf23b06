"""The small network: what it says of a sentence must not depend on its company, and is read off as the large one's."""

import random
from functools import partial

import numpy as np
import pytest

from dateline.coding.decoding import Judgement, Word, judgement_of
from dateline.coding.pieces import Line
from dateline.coding.pupil import Answers, Pupil, open_pupil
from dateline.coding.skimming import Skimmed, skim

SENTENCES = [
    "Police in Kisumu arrested nine students on Monday.",
    "The home side scored twice in the second half.",
    "",
    "The union called off the strike that dockers at Aldport had begun on 3 May, after the company withdrew the cuts.",
    "Strike!",
    "Rebels shelled the market and the army denied that anyone had died there.",
    "Über 300 Menschen demonstrierten; the naïve café-owner didn't join.",
    "word " * 300,
    "مردم در خیابان‌ها تظاهرات کردند.",
]


@pytest.fixture(scope="module")
def pupil() -> Pupil:
    return open_pupil()


def _numbers(answers: Answers, place: int) -> tuple[bytes, bytes]:
    return answers.sentence[place].tobytes(), answers.token[answers.of == place].tobytes()


def test_a_sentence_gets_the_same_bits_in_any_company(pupil: Pupil) -> None:
    alone = {text: _numbers(pupil.read([text]), 0) for text in SENTENCES}
    rng = random.Random(7)
    for _ in range(8):
        company = rng.choices(SENTENCES, k=rng.randint(2, 40))
        answers = pupil.read(company)
        assert [_numbers(answers, place) for place in range(len(company))] == [alone[text] for text in company]


@pytest.mark.parametrize("seed", [11, 25, 27])
def test_many_sentences_of_one_length_get_the_same_bits_as_each_alone(pupil: Pupil, seed: int) -> None:
    """Where the means of a batch were summed in another order than that of one, a bit differed in each of these."""
    rng, words = random.Random(seed), " ".join(SENTENCES[:7]).split()
    company = [" ".join(rng.choices(words, k=20)) for _ in range(120)]
    together = pupil.read(company)
    for place, text in enumerate(company):
        assert _numbers(pupil.read([text]), 0) == _numbers(together, place)


def test_what_is_said_does_not_depend_on_company_either(pupil: Pupil) -> None:
    together = skim(pupil.card, pupil.read(SENTENCES))
    for text, found in zip(SENTENCES, together, strict=True):
        (alone,) = skim(pupil.card, pupil.read([text]))
        assert (alone.named, dict(alone.marked)) == (found.named, dict(found.marked))
        assert alone.chances.tobytes() == found.chances.tobytes()


def test_nothing_asked_nothing_said(pupil: Pupil) -> None:
    assert skim(pupil.card, pupil.read([])) == []


def test_words_are_whole_and_stand_in_their_sentence(pupil: Pupil) -> None:
    answers = pupil.read(SENTENCES)
    for place, text in enumerate(SENTENCES):
        spans = _spans_of(answers, place)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert spans == sorted(spans)
    words = [SENTENCES[0][a:b] for a, b in _spans_of(answers, 0)]
    assert words == ["Police", "in", "Kisumu", "arrested", "nine", "students", "on", "Monday", "."]


def _spans_of(answers: Answers, place: int) -> list[tuple[int, int]]:
    return [answers.span(row, row) for row in np.flatnonzero(answers.of == place).tolist()]


def test_word_vectors_are_those_of_the_large_network(pupil: Pupil) -> None:
    """They are left in its file: the small one's is far smaller than they alone are."""
    assert (pupil._folder / "swift.onnx").stat().st_size < 4_000_000 < 30_522 * 384


@pytest.mark.parametrize("seed", range(6))
def test_numbers_are_read_off_as_those_of_the_large_network(pupil: Pupil, seed: int) -> None:
    """Both ways of reading off give the same of the same numbers, whatever they are."""
    card, rng = pupil.card, np.random.default_rng(seed)
    lengths = [0, 1, 5, 17, 40]
    answers = _made_up(rng, lengths, card.width, sum(card.token.values()))
    found = skim(card, answers)
    for place, length in enumerate(lengths):
        words = [Word(2 * at, 2 * at + 1, at) for at in range(length)]
        wanted = judgement_of(card, words, answers.sentence[place], answers.token[answers.of == place])
        _check(found[place], wanted)


def _made_up(rng: np.random.Generator, lengths: list[int], labels: int, heads: int) -> Answers:
    of = np.repeat(np.arange(len(lengths)), lengths)
    sentence = rng.normal(-1, 3, (len(lengths), labels)).astype(np.float32)
    token = rng.normal(0, 3, (len(of), heads)).astype(np.float32)
    token[:, 0] += rng.choice([0, 9], len(of)).astype(np.float32)
    first = np.cumsum([0, *lengths[:-1]])
    lines = [Line([], partial(_letters, length)) for length in lengths]
    return Answers(sentence, token, of, first, np.array(lengths), lines, [], np.zeros_like(of))


def _letters(count: int) -> list[tuple[int, int]]:
    """Return where so many words of one letter stand."""
    return [(2 * word, 2 * word + 1) for word in range(count)]


def _check(found: Skimmed, wanted: Judgement) -> None:
    told = [(it.start, it.end, it.type, it.form, it.status) for it in found.named]
    assert told == [(it.start, it.end, it.type, it.form, it.status) for it in wanted.named]
    scores = [(it.confidence, it.form_score, it.status_score) for it in found.named]
    assert np.allclose(scores, [(it.confidence, it.form_score, it.status_score) for it in wanted.named], atol=2e-4)
    for head, marks in wanted.marked.items():
        mine = found.marked.get(head, [])
        assert [(it.role, it.start, it.end) for it in mine] == [(it.role, it.start, it.end) for it in marks]
        assert np.allclose([it.score for it in mine], [it.score for it in marks], atol=2e-4)
    chances = [chance for labels in wanted.labels.values() for chance in labels.values()]
    assert np.allclose(found.chances, chances, atol=1e-4)
