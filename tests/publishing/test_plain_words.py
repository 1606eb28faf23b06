"""What is no name does not stop a publication: words of capitals, of the data, of papers. A name there is masked."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.config import load_config
from dateline.model.text import make_report
from dateline.publishing import publish
from dateline.publishing.export import fixed_words
from dateline.publishing.material import read_material
from dateline.publishing.names import Known, phrases_of, suppress
from dateline.publishing.order import Format, Order
from dateline.publishing.quotes import shorten
from dateline.publishing.redact import plan, source_of
from dateline.publishing.vocabulary import MASK, common_words, english_words, shipped_names, shipped_words
from dateline.publishing.words import is_shouted, keys_in
from dateline.running.run import run

LOUD = (
    "SAN SALVADOR, 4 FEB 90 -- FOUR STUDENTS WERE ABDUCTED BY SOLDIERS IN SAN SALVADOR ON FRIDAY. "
    "THE GOVERNMENT DENIED IT. DEMONSTRATORS MARCHED AGAINST THE ABDUCTIONS, "
    "AND QUENBY TREVANNION, A TRADE UNION LEADER, WAS ARRESTED BY THE POLICE."
)
CAPITALS = Known(common_words([LOUD])[0] | shipped_words(), phrases_of(shipped_names()))


@pytest.mark.parametrize(
    ("quote", "names"),
    [
        ("FOUR STUDENTS WERE ABDUCTED BY SOLDIERS", []),
        ("DEMONSTRATORS MARCHED AGAINST THE ABDUCTIONS", []),
        ("QUENBY TREVANNION", ["QUENBY TREVANNION"]),
        ("POLICE ARRESTED QUENBY TREVANNION ON FRIDAY", ["QUENBY TREVANNION"]),
        ("PRESIDENT TREVANNION", ["TREVANNION"]),
        ("QUENBY BAKER WAS ARRESTED", ["QUENBY BAKER"]),
        ("QUENBY MINER WAS ARRESTED", ["QUENBY MINER"]),
        ("ROSE TREVANNION WAS ARRESTED", ["ROSE TREVANNION"]),
    ],
)
def test_in_a_text_of_capitals_words_of_the_dictionary_are_no_names(quote: str, names: list[str]) -> None:
    found = [quote[part[0].start : part[-1].end] for part in CAPITALS.private_names(quote, shouted=True)]
    assert found == names


@pytest.mark.parametrize(
    ("text", "start", "end", "told"),
    [
        (LOUD, 30, 40, True),
        ("The FMLN and the URNG said on Monday that they would talk.", 4, 8, False),
        ("PLAUEN, Oct. 8 - Fire engines were turned on the crowd.", 0, 6, False),
        ("LENA WEBERLING", 0, 14, False),
        ("12 345 67 89 10 11 12", 0, 5, False),
    ],
)
def test_a_text_of_capitals_is_told_by_what_stands_around(text: str, start: int, end: int, told: bool) -> None:
    assert is_shouted(text, start, end) is told


@pytest.mark.parametrize(
    ("publisher", "shown"),
    [
        ("columbiadailyherald.example", "columbiadailyherald.example"),
        ("Harbour Gazette", "Harbour Gazette"),
        ("ACAN-EFE", "ACAN-EFE"),
        ("quenby-trevannion.example", f"{MASK}.example"),
        ("Quenby Trevannion", MASK),
        ("QUENBY TREVE", MASK),
    ],
)
def test_papers_and_agencies_keep_their_names_and_authors_do_not(publisher: str, shown: str) -> None:
    report = make_report("Dockers met. Students met.", publisher=publisher)
    assert source_of(report, plan([report], [])).publisher == shown
    assert source_of(report, plan([report], [], allowed=(publisher,))).publisher == publisher


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("A A", "a a", None),
        ("Ng", "the code ng", None),
        ("Quenby Jr", "Trevannion Jr., Quenby", "Quenby"),
        ("President Quenby Trevannion", "Quenby Trevannion", "Quenby"),
        ("President Quenby Trevannion", "Trevannion,president", "Trevannion"),
        ("President Trevannion", "a president", None),
        ("Quenby Trevannion", "T. Quenby, Q. Trevannion", "Quenby"),
        ("Quenby Trevannion", "Trevannion Q.", "Trevannion"),
    ],
)
def test_titles_initials_and_letters_are_no_names(name: str, text: str, found: str | None) -> None:
    assert suppress([keys_in(name)], CAPITALS).found_in(text) == found


def test_what_is_cut_is_masked_again() -> None:
    known = Known(english_words() - {"rose"}, phrases_of([keys_in("Rose Garden Committee")]), usual=frozenset())
    mask = suppress([keys_in("Lena Rose")], known).mask
    whole = "They met the Rose Garden Committee"
    assert mask(whole) == whole
    assert shorten(whole, 20, mask) == "They met the…"
    assert "Rose" not in shorten(whole, 25, mask)


def test_words_that_are_written_whatever_the_data_are_known() -> None:
    assert {"id", "granularity", "abducted", "strategic", "ng", "addressentity"} <= fixed_words()
    assert not {"quenby", "trevannion"} & fixed_words()


def test_an_archive_in_capitals_is_published_and_its_private_person_is_not(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.txt").write_text(f"---\npublisher: ACAN-EFE\npublished: 1990-02-04\n---\n{LOUD}", "utf-8")
    run([str(tmp_path / "in")], tmp_path / "project", load_config())
    release = publish(read_material(tmp_path / "project"), tmp_path / "out", Order((Format.CSV, Format.PAGES)))
    assert release.mentions > 1
    texts = [
        path.read_text("utf-8") for path in (tmp_path / "out").rglob("*") if path.suffix in {".csv", ".html", ".md"}
    ]
    assert not [text for text in texts if "TREVANNION" in text.upper() or "QUENBY" in text.upper()]
    mentions = (tmp_path / "out/data/mentions.csv").read_text("utf-8")
    assert "ABDUCTED" in mentions
    assert "ACAN-EFE" in (tmp_path / "out/data/reports.csv").read_text("utf-8")


def test_what_a_contraction_leaves_is_no_word_of_ours() -> None:
    assert not {"d", "n", "t"} & shipped_words()
    assert {"a", "no", "police"} <= shipped_words()
