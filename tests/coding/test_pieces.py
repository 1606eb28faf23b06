"""Word pieces by words looked up once: the same as the tokenizer's own."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline.coding.pieces import Cutter
from dateline.coding.pupil import open_pupil

TOKENIZER = open_pupil()._tokenizer
PARTS = st.sampled_from(
    [
        "Police", "protestors'", " ", "\n", "\t", "’s", "“", "—", "…", "U.S.", "$30", "£5m", "naïve", "12,000",
        "x" * 120, "#", "##s", "[SEP]", "\x0c", "\u200b", "مردم", "-", "re-arrested", "@", "~", "`", "|", "東京",
    ]
)  # fmt: skip


@given(st.lists(PARTS, max_size=12).map("".join) | st.text(st.characters(max_codepoint=0x2FFF), max_size=40))
@example("[CLS] Police")
@settings(max_examples=400, deadline=None)
def test_pieces_are_those_of_the_tokenizer(sentence: str) -> None:
    assert Cutter(TOKENIZER).cut(sentence).ids == TOKENIZER.encode(sentence, add_special_tokens=False).ids


@pytest.mark.parametrize("sentence", ["Police re-arrested 12.", "Naïve protestors’ rally — “over”"])
def test_a_word_reaches_from_its_first_piece_to_its_last(sentence: str) -> None:
    line, encoded = Cutter(TOKENIZER).cut(sentence), TOKENIZER.encode(sentence, add_special_tokens=False)
    assert len(line.bounds()) == len(set(encoded.word_ids))
    assert {end for _, end in line.bounds()} <= {end for _, end in encoded.offsets}
    assert "".join(sentence[a:b] for a, b in line.bounds()) == "".join(sentence.split())


def test_a_line_knows_one_word_for_each_piece_that_begins_one() -> None:
    pieces = {piece: text for text, piece in TOKENIZER.get_vocab().items()}
    line = Cutter(TOKENIZER).cut("Demonstrators were teargassed in Nairobi's Kibera.")
    assert sum(not pieces[it].startswith("##") for it in line.ids) == len(line.bounds())
