"""The table of figure phrases: what each sentence says, and which numbers in it are no figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.grounding.figure_table import BROKEN, Case, read_table

from dateline.grounding.figures import find_figures
from dateline.grounding.figures_words import (
    AGE_BEFORE,
    AGE_ENDS,
    BEFORE,
    GIVEN_BEFORE,
    GIVEN_ENDS,
    LABEL_BEFORE,
    LABEL_ENDS,
    LABEL_SIGNS,
    TOLL,
    TOLL_ENDS,
    closes,
    may_tell,
)
from dateline.model.ground import Basis, Figure, Scope

CASES = read_table(Path(__file__).parent / "figures.txt")


def ends(figure: Figure) -> str:
    """Write a range as the table does."""
    if figure.low == figure.high:
        return str(figure.low)
    low, high = ("" if end is None else str(end) for end in (figure.low, figure.high))
    return f"{low}..{high}"


def row(figure: Figure) -> str:
    """Write a figure as the table does."""
    told = " ".join(verb.quote for verb in figure.support) or "-"
    more = [figure.scope.value] if figure.scope is not Scope.WHOLE else []
    more += ["sum"] if figure.basis is Basis.RESOLVED else []
    more += [f"by {figure.source.quote}"] if figure.source else []
    words = (figure.evidence.quote, figure.counts, ends(figure), figure.bound.value, told, *more)
    return " | ".join(words).replace("\n", BROKEN)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:60])
def test_table(case: Case) -> None:
    figures = find_figures(case.text)
    assert tuple(map(row, figures)) == case.figures
    for number in case.none:
        for found in re.finditer(rf"(?<!\w){re.escape(number)}", case.text):
            inside = [it for it in figures if it.evidence.start <= found.start() < it.evidence.end]
            assert inside == []


def test_a_first_look_hides_nothing() -> None:
    words = " ".join(f"{case.text} {case.text.upper()}" for case in CASES)
    for end in range(len(words)):
        window = max(0, end - 40), end
        assert may_tell(words, *window) or not BEFORE.search(words, *window)
        assert closes(words, *window, AGE_ENDS) or not AGE_BEFORE.search(words, *window)
        assert closes(words, *window, GIVEN_ENDS) or not GIVEN_BEFORE.search(words, *window)
        assert closes(words, *window, TOLL_ENDS) or not TOLL.search(words, *window)
        if words[max(0, end - 1) : end] not in LABEL_SIGNS and not words[max(0, end - 1) : end].isalnum():
            assert closes(words, *window, LABEL_ENDS) or not LABEL_BEFORE.search(words, *window)


def test_the_table_is_as_long_as_the_documents_say() -> None:
    assert len(CASES) >= 200
