"""Types by likeness, with an embedder that counts words: what is near is plain to see."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
import pytest

from dateline.coding.similar import LET_IN, Likeness, Similar, fit, neutral
from dateline.model.codebook import Codebook, parse_codebook

if TYPE_CHECKING:
    from numpy.typing import NDArray

DATA = {
    "name": "labour",
    "version": "1",
    "types": {
        "STRIKE": {
            "definition": "Employees stop work.",
            "examples": [
                "Dockers {t|downed tools} over pay.",
                "Miners {t|downed tools} over safety.",
                "Nurses {t|stopped work} over pay.",
                "Teachers {t|stopped work} over safety.",
            ],
            "not": ["Carpenters {t|downed tools} over safety lunch."],
            "forms": {
                "wildcat": {
                    "definition": "Without a union.",
                    "examples": ["Dockers {t|downed tools} over pay without a union."],
                }
            },
        },
        "DISMISSAL": {
            "definition": "Employees are dismissed.",
            "examples": [
                "The bakery {t|sacked} a union steward.",
                "The brewery {t|sacked} a union organiser.",
                "The airline {t|fired} a union organiser.",
            ],
        },
        "UNTAUGHT": {"definition": "Nothing shows what it is."},
    },
}


def embed(texts: Sequence[str]) -> NDArray[np.float64]:
    """Return a unit vector of word counts a text, each word in one of 384 places."""
    rows = np.zeros((len(texts), 384))
    for row, text in zip(rows, texts, strict=True):
        for word in re.findall(r"[a-z]+", text.lower()):
            row[crc32(word.encode()) % 384] += 1
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths, lengths, 1))


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return parse_codebook(DATA)


@pytest.fixture(scope="module")
def similar(codebook: Codebook) -> Similar:
    return fit(codebook, embed)


def _types(similar: Similar, text: str) -> list[str]:
    (found,) = similar.match(embed([text]))
    return [one.type for one in found]


def test_a_sentence_like_an_example_is_of_its_type_and_names_it(similar: Similar) -> None:
    (found,) = similar.match(embed(["Welders downed tools over safety."]))

    assert [(one.type, one.form, one.example) for one in found] == [
        ("STRIKE", None, "Miners downed tools over safety.")
    ]
    assert found[0].key == "types.STRIKE.examples[1]"
    assert found[0].score == pytest.approx(0.8)
    assert found[0].threshold <= found[0].score


def test_the_form_is_that_of_the_nearest_example(similar: Similar) -> None:
    ((found,),) = similar.match(embed(["Cooks downed tools over pay without a union."]))
    assert (found.type, found.form) == ("STRIKE", "wildcat")


def test_the_form_is_open_where_examples_of_two_are_as_near(codebook: Codebook) -> None:
    def flat(texts: Sequence[str]) -> NDArray[np.float64]:
        rows = embed(texts)
        rows[[text.startswith("Dockers downed") for text in texts]] = embed(["Dockers downed tools over pay."])[0]
        return rows

    ((found,),) = fit(codebook, flat).match(flat(["Cooks downed tools over pay."]))
    assert (found.type, found.form) == ("STRIKE", None)


@pytest.mark.parametrize(
    "text",
    [
        "Carpenters downed tools over safety lunch.",  # a counterexample itself
        "Painters downed tools over safety lunch.",  # nearer to it than to any example
        neutral()[0],
        "The commission published a report about the river.",
        "",
    ],
)
def test_what_is_like_a_counterexample_or_plain_is_of_no_type(text: str, similar: Similar) -> None:
    assert _types(similar, text) == []


def test_an_example_itself_is_found_with_certainty(similar: Similar) -> None:
    ((found,),) = similar.match(embed(["The brewery sacked a union organiser."]))
    assert found.score == pytest.approx(1.0)
    assert found.score <= 1.0


def test_thresholds_part_examples_from_rivals(similar: Similar) -> None:
    assert set(similar.bars) == {"STRIKE", "DISMISSAL"}
    for bar in similar.bars.values():
        assert 0 < bar.threshold < 1
        assert bar.let_in <= LET_IN
        assert bar.kept > 0.5


def test_a_counterexample_raises_the_threshold_or_shuts_out_its_like(codebook: Codebook, similar: Similar) -> None:
    types = {**DATA["types"], "STRIKE": {**DATA["types"]["STRIKE"], "not": []}}  # type: ignore[dict-item, index]
    loose = fit(parse_codebook({**DATA, "types": types}), embed)

    assert _types(loose, "Painters downed tools over safety lunch.") == ["STRIKE"]
    assert _types(similar, "Painters downed tools over safety lunch.") == []


def test_a_single_example_asks_for_more_than_half_the_way_to_certainty() -> None:
    lone = {"definition": "Shut out.", "examples": ["The owners {t|locked out} the mill hands."]}
    bar = fit(parse_codebook({**DATA, "types": {"LOCKOUT": lone}}), embed).bars["LOCKOUT"]

    assert bar.threshold >= 0.5
    assert bar.kept == 0


def test_without_examples_nothing_is_told() -> None:
    bare = parse_codebook({**DATA, "types": {"UNTAUGHT": DATA["types"]["UNTAUGHT"]}})  # type: ignore[index]
    assert fit(bare, embed).match(embed(["Dockers downed tools.", ""])) == [(), ()]


def test_the_answer_depends_on_nothing_around_it(similar: Similar) -> None:
    texts = ["Welders downed tools over safety.", "The firm sacked a union steward.", neutral()[3]]
    together = similar.match(embed(texts))
    alone = [similar.match(embed([text]))[0] for text in texts]
    assert together == alone
    assert all(isinstance(one, Likeness) for found in together for one in found)
