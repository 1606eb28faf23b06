"""One number in the place of words: what each rule makes of each kind of figure, and how an export states it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from dateline.grounding.figures import find_figures
from dateline.model.ground import Scope
from dateline.model.imputation import Rule, acled, ccc
from dateline.model.tables import from_table, to_table
from dateline.publishing import Order, publish
from dateline.publishing.cells import read_csv
from dateline.publishing.flatten import IMPUTED, columns_of, flat_table
from dateline.publishing.impute import Imputed, describe_rule, impute

if TYPE_CHECKING:
    from pathlib import Path

    Data = Any

FIGURES = [
    # words, ACLED's value, CCC's value
    ("30 people were killed", 30, 30),
    ("at least 30 people were killed", 30, 30),
    ("more than 30 people were killed", 30, 30),
    ("about 30 people were killed", 30, 30),
    ("up to 30 people were killed", None, 30),
    ("20 to 31 people were killed", 20, 26),
    ("no one was killed", 0, 0),
    ("several people were killed", 3, None),
    ("many people were killed", 3, None),
    ("tens of people were killed", 10, 20),
    ("dozens of people were killed", 12, None),
    ("scores of people were killed", None, None),
    ("hundreds of people were killed", 100, 200),
    ("thousands of people were killed", 1000, 2000),
    ("tens of thousands of people were killed", 10_000, 20_000),
    ("hundreds of thousands of people were killed", 100_000, 200_000),
    ("several hundred people were killed", 300, None),
    ("a man and two women were killed", 3, 3),
    ("a man and several women were killed", None, None),
]


@pytest.mark.parametrize(("words", "by_acled", "by_ccc"), FIGURES)
def test_rules(words: str, by_acled: int | None, by_ccc: int | None) -> None:
    (figure,) = find_figures(words)
    assert (acled(figure), ccc(figure)) == (by_acled, by_ccc)


def test_by_default_nothing_is_imputed(data: Data, tmp_path: Path) -> None:
    made = publish(data, tmp_path / "out")
    assert not any("imputed" in name for name in made.files)
    assert "No number was imputed" in (tmp_path / "out" / "dictionary.md").read_text("utf-8")
    assert json.loads((tmp_path / "out" / "datapackage.json").read_bytes())["imputation"] == "none"


@pytest.mark.parametrize("rule", [Rule.ACLED, Rule.CCC])
def test_an_export_states_its_rule_in_each_row_and_in_its_data_sheets(data: Data, tmp_path: Path, rule: Rule) -> None:
    publish(data, tmp_path / "out", Order(rule=rule))
    package = json.loads((tmp_path / "out" / "datapackage.json").read_bytes())
    assert package["imputation"] == rule.value
    assert describe_rule(rule) in package["description"]
    assert describe_rule(rule) in (tmp_path / "out" / "dictionary.md").read_text("utf-8")
    content = (tmp_path / "out/data/imputed.csv").read_bytes()
    schema = flat_table(IMPUTED, to_table(Imputed, ())).schema
    rows = from_table(Imputed, read_csv(content, schema))
    assert [column.name for column in columns_of(IMPUTED)] == schema.names
    assert {row.of for row in rows} == {"mention", "incident"}
    assert {(row.counts, row.value, row.rule) for row in rows} == {("arrested", 2, rule.value)}
    assert all(row.beyond for row in rows)  # neither states its rule for arrests


def test_figures_of_one_incident_that_differ_become_one_number_by_the_rule(data: Data) -> None:
    first, *_ = data.mentions
    (figure,) = find_figures("police arrested 7 men")
    other = replace(first, id="other", figures=(figure, replace(figure, low=1, high=1, named=1, scope=Scope.PART)))
    incident = next(it for it in data.incidents if first.id in it.mentions)
    both = replace(incident, mentions=(first.id, "other"))
    told = {rule: [it.value for it in impute([first, other], [both], rule) if it.of == "incident"] for rule in Rule}
    assert told == {Rule.NONE: [], Rule.ACLED: [2], Rule.CCC: [4]}  # the part is left out; CCC: the mean of 2 and 7
