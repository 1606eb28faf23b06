"""One article, its six rewrites and three accounts of others: one source, then several that disagree.

The article is ours; `benchmarks/family.py` makes the rewrites and does the same with the acceptance article.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.article import BENCHMARKS, FOLDER, program

ARTICLE = """The harbour strike and what came of it

On 4 March 2017 some 900 dockers marched through Mombasa in Kenya to demand their unpaid wages.

On 6 March 2017 police in Mombasa arrested 40 dockers at the gates of the port, after a night on the quay.

The company that runs the port has said nothing on the matter for a week, nor answered our letters.

On 9 March 2017 a bomb in a market in Garissa killed 12 traders, and nobody has claimed the attack until now.

On 20 March 2017 a court in Mombasa sentenced three dockers to two years in prison for a breach of the peace.

Ships have since been sent on to other ports along the coast, and flour in the town costs a third more.
"""

QUOTES = {
    "march": "some 900 dockers marched through Mombasa",
    "arrests": "police in Mombasa arrested 40 dockers",
    "bomb": "a bomb in a market in Garissa killed 12 traders",
    "sentences": "sentenced three dockers to two years in prison",
}
FACTS = [{"id": name, "quote": quote} for name, quote in QUOTES.items()]

ACCOUNTS = [
    {
        "publisher": "Coast Observer",
        "tells": {"arrests": ["arrested"]},
        "title": "Dockers taken away",
        "published": "2017-03-07",
        "text": "Police arrested 25 dockers in Mombasa on 6 March 2017. Their families waited at the station.",
    },
    {
        "publisher": "Market Traders Letter",
        "tells": {"bomb": ["killed"]},
        "title": "We mourn",
        "published": "2017-03-11",
        "text": "Nineteen traders were killed by a bomb in Garissa on 9 March 2017, the letter of the traders counts.",
    },
    {
        "publisher": "Labour Review",
        "tells": {"march": ["people"]},
        "title": "A month on the coast",
        "published": "2017-04-02",
        "text": "On 4 March 2017 about 3,000 dockers marched in Mombasa, Kenya. The review has spoken to nine of them.",
    },
]


@pytest.fixture(scope="module")
def family() -> Any:
    return program("family")


def test_six_rewrites_are_one_source(family: Any) -> None:
    copies = list(family.rewrites(ARTICLE))
    assert len({it["publisher"] for it in copies}) == 6
    seen = family.look(ARTICLE, FACTS, copies, [])
    assert {it.fact for it in seen} == set(QUOTES)
    assert {(it.faults, it.incidents, it.independent, it.contested) for it in seen} == {((), 1, 1, ())}
    assert all(it.reports > 3 for it in seen)
    assert all(it.why for it in seen)


def test_three_accounts_of_others_contest_it(family: Any) -> None:
    seen = family.look(ARTICLE, FACTS, list(family.rewrites(ARTICLE)), ACCOUNTS)
    assert {it.faults for it in seen} == {()}
    told = {it.fact: it for it in seen if it.told}
    assert {it.independent for it in told.values()} == {2}
    assert {name: it.contested for name, it in told.items()} == {
        "march": ("people",), "arrests": ("arrested",), "bomb": ("killed",),
    }  # fmt: skip


def test_what_the_accounts_should_have_told_is_a_fault(family: Any) -> None:
    wrong = [{**ACCOUNTS[0], "tells": {"bomb": ["killed"]}}]
    seen = {it.fact: it.faults for it in family.look(ARTICLE, FACTS, [], wrong)}
    assert seen["arrests"] == ("linked to Coast Observer, not to nobody", "2 sources, not 1")
    assert seen["bomb"] == ("linked to nobody, not to Coast Observer", "1 sources, not 2", "not contested in killed")


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the acceptance article is not beside the checkout")
@pytest.mark.parametrize("with_accounts", [False, True])
def test_the_acceptance_article_and_its_family(family: Any, with_accounts: bool) -> None:
    article = (FOLDER / "article.txt").read_text("utf-8")
    facts = [it for it in json.loads((FOLDER / "facts.json").read_text("utf-8"))["facts"] if it["kind"] == "event"]
    lines = (BENCHMARKS / "accounts" / "resistance_units.jsonl").read_text("utf-8").splitlines()
    accounts = [json.loads(line) for line in lines] if with_accounts else []
    seen = family.look(article, facts, list(family.rewrites(article)), accounts)
    assert len(seen) == 11
    assert {(it.fact, it.event): it.faults for it in seen if it.faults} == {}
