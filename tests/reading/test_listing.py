"""A table of files: what it says of each reaches its report, and what does not fit is told before anything is read."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from dateline.errors import UsageError
from dateline.model.text import PublishedBasis, Report
from dateline.reading.inputs import Given, find_inputs, named_files
from dateline.reading.listing import read_listing
from dateline.reading.reader import read

FRONT = "---\npublisher: Harbour Gazette\ntitle: A walk-out\n---\nDockers walked out."


def reports(folder: Path, table: Path) -> dict[str, Report]:
    """Return the reports that a folder and a table of its files give, by file name."""
    listing = read_listing(table, named_files([str(folder)]))
    readings = [read(it) for it in find_inputs([str(folder)], Given(listing=listing))]
    return {Path(it.source).name: it.report for it in readings if it.report}


def lay(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_txt", ".txt").replace("_html", ".html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def table(path: Path, *rows: str, header: str = "file,publisher,date,url") -> Path:
    path.write_text("\n".join([header, *rows]), "utf-8")
    return path


def test_what_the_table_says_goes_before_what_the_file_says_and_fills_what_it_leaves_out(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", a_txt=FRONT, b_txt="Miners met.", c_txt="Nothing is known of this one.")
    rows = ("a.txt,Harbour Post,1989-10-10,", "b.txt,,17 November 2019,https://www.example.org/b", "c.txt,,,")
    found = reports(folder, table(tmp_path / "about.csv", *rows))
    assert (found["a.txt"].publisher, found["a.txt"].title) == ("Harbour Post", "A walk-out")
    assert (found["a.txt"].published.day, found["a.txt"].published.basis) == (
        date(1989, 10, 10),
        PublishedBasis.METADATA,
    )
    assert (found["b.txt"].publisher, found["b.txt"].published.day) == ("example.org", date(2019, 11, 17))
    assert (found["c.txt"].publisher, found["c.txt"].published.day) == (None, None)


def test_a_web_page_is_described_too(tmp_path: Path) -> None:
    page = "<html><title>Page</title><body><p>Weavers struck in the mills for a second day.</p></body></html>"
    folder = lay(tmp_path / "in", p_html=page)
    found = reports(folder, table(tmp_path / "about.csv", "p.html,Mill News,2001-05-02,"))
    assert (found["p.html"].publisher, found["p.html"].published.day) == ("Mill News", date(2001, 5, 2))


@pytest.mark.parametrize(
    ("named", "file"),
    [
        ("a.txt", "a.txt"),
        ("north/a.txt", "north/a.txt"),
        ("./in/north/a.txt", "north/a.txt"),
        (r"in\north\a.txt", "north/a.txt"),
        (" a.txt ", "a.txt"),
        (unicodedata.normalize("NFD", "é.txt"), unicodedata.normalize("NFC", "é.txt")),
    ],
)
def test_a_row_names_its_file_by_the_end_of_its_path(tmp_path: Path, named: str, file: str) -> None:
    path = tmp_path / "in" / file
    path.parent.mkdir(parents=True)
    path.write_text("Some words.", "utf-8")
    found = reports(tmp_path / "in", table(tmp_path / "about.csv", f"{named},Gazette,,"))
    assert [it.publisher for it in found.values()] == ["Gazette"]


def test_of_two_rows_the_one_with_the_longer_path_counts(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", north__a_txt="One.", south__a_txt="Two.")
    listing = read_listing(
        table(tmp_path / "about.csv", "a.txt,Any,,", "north/a.txt,North,,"), named_files([str(folder)])
    )
    listed = [it for it in find_inputs([str(folder)], Given(listing=listing)) if it.listed]
    named = {Path(it.source).parent.name: it.listed.publisher for it in listed if it.listed}
    assert named == {"north": "North", "south": "Any"}


def test_the_table_may_lie_in_the_folder_and_is_no_report(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", a_txt="Some words.")
    listing = read_listing(table(folder / "about.csv", "a.txt,Gazette,,"), named_files([str(folder)]))
    assert [Path(it.source).name for it in find_inputs([str(folder)], Given(listing=listing))] == ["a.txt"]
    assert (listing.alone, listing.unlisted) == ((), ())


def test_it_says_which_rows_and_files_stay_alone(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", a_txt="One.", b_txt="Two.")
    listing = read_listing(table(tmp_path / "about.csv", "a.txt,X,,", "gone.txt,Y,,"), named_files([str(folder)]))
    assert listing.alone == ("gone.txt",)
    assert [Path(name).name for name in listing.unlisted] == ["b.txt"]


@pytest.mark.parametrize(
    ("rows", "header", "words"),
    [
        (("a.txt,X", "a.txt,Y"), "file,publisher", "row 3: 'a.txt' stands in the table twice"),
        (("a.txt,X",), "name,publisher", "row 2: no file named; expected it in a column file, filename, path"),
        (("a.txt,X",), "file,author", "it says nothing of any file; expected columns of these: title, headline"),
        (("a.txt,X,Y",), "file,publisher", "row 2: a row of 3 cells under a header of 2"),
        (("same.txt,X",), "file,publisher", "'same.txt' fits "),
        ((), "file,publisher", "it says nothing of any file"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_with_the_reason(
    tmp_path: Path, rows: tuple[str, ...], header: str, words: str
) -> None:
    folder = lay(tmp_path / "in", a_txt="One.", n__same_txt="Two.", s__same_txt="Three.")
    with pytest.raises(UsageError, match="cannot be used") as raised:
        read_listing(table(tmp_path / "about.csv", *rows, header=header), named_files([str(folder)]))
    assert words in str(raised.value)


def test_all_faults_are_told_at_once_and_the_many_are_counted(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", a_txt="One.")
    with pytest.raises(UsageError, match=r"row 3: .*row 4: .*; and 3 more$"):
        read_listing(table(tmp_path / "about.csv", *["a.txt,X,,"] * 9), named_files([str(folder)]))


def test_a_table_that_is_not_there_or_of_no_known_kind_is_refused(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", a_txt="One.")
    with pytest.raises(UsageError, match="no such table"):
        read_listing(tmp_path / "none.csv", named_files([str(folder)]))
    with pytest.raises(UsageError, match=r"expected one of \.jsonl"):
        read_listing(lay(tmp_path, about_txt="x") / "about.txt", named_files([str(folder)]))


def test_json_lines_and_semicolons_do(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", a_txt="One.")
    lines = tmp_path / "about.jsonl"
    lines.write_text(json.dumps({"file": "a.txt", "source": "Gazette"}), "utf-8")
    assert reports(folder, lines)["a.txt"].publisher == "Gazette"
    csv = table(tmp_path / "about.csv", "a.txt;Gazette, North", header="\ufeffFile;Publisher")
    assert reports(folder, csv)["a.txt"].publisher == "Gazette, North"


def test_a_table_without_texts_among_the_reports_is_one_issue_that_says_what_to_do(tmp_path: Path) -> None:
    folder = lay(tmp_path / "in", a_txt="One.")
    table(folder / "about.csv", *["a.txt,X,,"] * 50)
    faults = [it for it in find_inputs([str(folder)]) if it.fault]
    assert [it.fault for it in faults] == ["missing-text"]
    assert "the columns file, publisher, date, url given; expected one of text, body" in (faults[0].message or "")
    assert "give it with --about" in (faults[0].message or "")
