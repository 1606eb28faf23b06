"""No cell of any CSV that leaves is run by a spreadsheet, whatever reports say; numbers stay numbers."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from tests.nouns import cite, incident, mention

from dateline.model.event import Mention
from dateline.model.ground import Actor, Attribution, Figure, Place, Precision, Role, Voice, VoiceKind, When
from dateline.model.imputation import Rule
from dateline.model.text import Published, PublishedBasis, Report, make_report
from dateline.publishing import Material, Order, publish
from dateline.publishing.cells import is_dangerous, write_csv
from dateline.publishing.flatten import Sheet, columns_of
from dateline.publishing.formats import EVERY_SHEET

CALC = "=cmd|' /C calc'!A0"
PLAIN: dict[Any, object] = {pa.int64(): -3, pa.int32(): -3, pa.float64(): -17.83, pa.bool_(): True}


@pytest.mark.parametrize("sheet", EVERY_SHEET, ids=lambda it: it.name)
def test_every_text_column_of_every_table_is_guarded_and_no_other(sheet: Sheet) -> None:
    columns = [column.field for column in columns_of(sheet)]
    row = {field.name: _worst(field.type) for field in columns}
    content = write_csv(pa.Table.from_pylist([row], schema=pa.schema(columns)))
    header, cells = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    texts = {field.name for field in columns if pa.types.is_string(field.type)}
    assert texts
    told = dict(zip(header, cells, strict=True))
    assert {name for name, cell in told.items() if cell == f"'{CALC}"} == texts
    assert not [name for name, cell in told.items() if cell.startswith("'") and name not in texts]


def _worst(kind: pa.DataType) -> object:
    if pa.types.is_string(kind):
        return CALC
    if pa.types.is_date(kind):
        return date(1989, 10, 9)
    return datetime(1989, 10, 9, tzinfo=UTC) if pa.types.is_timestamp(kind) else PLAIN[kind]


def test_one_module_alone_writes_csv() -> None:
    writing = re.compile(r"csv\.(writer|DictWriter)|\.to_csv\(|write_csv\(.*path|pyarrow\.csv")
    root = Path(str(files("dateline")))
    found = {str(it.relative_to(root)) for it in root.rglob("*.py") if writing.search(it.read_text("utf-8"))}
    assert found == {"publishing/cells.py"}


TEXT = f"{CALC} marched in {CALC} with +49 people on @SUM(A1), \t=1+1 said. Later -2 were hurt."


def told(report: Report) -> Mention:
    words = cite(report, CALC)
    speaker = cite(report, "\t=1+1")
    return mention(
        report,
        CALC,
        coder=CALC,
        why=CALC,
        actors=(Actor(Role.ACTOR, words, CALC, "DEU", CALC, public=True), Actor(Role.RECIPIENT, words, None, CALC)),
        place=Place(words, CALC, None, "DEU", CALC, CALC, -17.83, -12.3, 10.0, Precision.CITY),
        when=When(cite(report, "@SUM(A1)"), date(1989, 10, 9), date(1989, 10, 9), edtf="1989-10-09"),
        figures=(Figure(cite(report, "+49 people"), "people", 49, 49), Figure(cite(report, "-2"), CALC, 2, 2)),
        attribution=Attribution((Voice(VoiceKind.REPORT), Voice(VoiceKind.ORGANISATION, CALC, speaker, speaker))),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    issued = Published(date(1989, 10, 10), PublishedBasis.METADATA)
    report = make_report(TEXT, publisher=CALC, title=CALC, url=f"{CALC}//x.example", language=CALC, published=issued)
    one = told(report)
    place = {"place": CALC, "admin1": CALC, "country": "DEU", "lat": -17.83, "lon": -12.3, "precision": Precision.CITY}
    day = {"earliest": date(1989, 10, 9), "latest": date(1989, 10, 9)}
    found = incident(one, disputed=(CALC,), **day, **place)
    out = tmp_path_factory.mktemp("formulas") / "out"
    publish(Material([report], [one], [found]), out, Order(rule=Rule.CCC, texts=True))
    return out


def test_no_cell_of_a_release_is_run(folder: Path) -> None:
    tables = sorted(folder.rglob("*.csv"))
    assert len(tables) >= len(EVERY_SHEET)
    numbers = {
        (sheet.name, column.name)
        for sheet in EVERY_SHEET
        for column in columns_of(sheet)
        if not pa.types.is_string(column.field.type)
    }
    guarded = set()
    for path in tables:
        lines = [line for line in path.read_text("utf-8").splitlines(keepends=True) if not line.startswith("# ")]
        header, *rows = csv.reader(io.StringIO("".join(lines), newline=""))
        for row in rows:
            for name, cell in zip(header, row, strict=True):
                assert not is_dangerous(cell) or cell[0] == "'" or (path.stem, name) in numbers, (path.name, name)
                guarded |= {f"{path.stem}.{name}"} if cell[:1] == "'" else set()
        assert not [name for name in header if is_dangerous(name) and name[0] != "'"]
    assert guarded >= REACHED, REACHED - guarded


REACHED = {
    "reports.publisher",
    "reports.title",
    "mentions.trigger_quote",
    "mentions.place_name",
    "mentions.place_quote",
    "mentions.when_quote",
    "mentions.speaker",
    "mention_actors.name",
    "mention_actors.quote",
    "mention_figures.quote",
    "mention_voices.quote",
    "incidents.place",
    "incidents.admin1",
    "acled.location",
    "acled.source",
    "huridocs_acts.place",
    "huridocs_information.source",
}
"""Columns in which the words of reports were seen to arrive: without these the test above would be about nothing."""
