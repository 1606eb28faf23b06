"""What people said, and how incidents are related, leave the house without names and only where both sides do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dateline.model.judgement import Judgement, Verdict, Withdrawal, Word, judge, word_id
from dateline.model.relation import Relation, RelationKind
from dateline.model.tables import from_table
from dateline.publishing import Material, publish
from dateline.publishing.cells import read_csv
from dateline.publishing.flatten import SHEETS, columns_of
from dateline.publishing.order import Format, Order
from dateline.publishing.people import Judged, judged, tell
from dateline.publishing.related import Related

KEY = b"k" * 32
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def said(*words: Word) -> dict[str, Word]:
    return {word_id(word): word for word in sorted(words, key=lambda it: it.when)}


def word(data: Material, verdict: Verdict, who: str, minute: int, sides: tuple[int, int] = (0, 1)) -> Judgement:
    left, right = ([data.mentions[place]] for place in sides)
    return judge(left, right, verdict, who, NOON.replace(minute=minute), f"{who} heard the kettledrum")


def relation(data: Material, part: int, whole: int, why: tuple[str, ...] = ()) -> Relation:
    a, b = data.incidents[part], data.incidents[whole]
    return Relation(RelationKind.PART_OF, a.id, b.id, a.mentions[0], b.mentions[0], 0.75, why)


def told(folder: Path, name: str) -> list[dict[str, object]]:
    sheet = next(it for it in SHEETS if it.name == name)
    schema = pa.schema([column.field for column in columns_of(sheet)])
    rows: list[dict[str, object]] = read_csv((folder / f"data/{name}.csv").read_bytes(), schema).to_pylist()
    return rows


def rows_of(data: Material, words: Mapping[str, Word], key: bytes | None = None) -> tuple[Judged, ...]:
    return judged(words, data.mentions, {it.id for it in data.mentions}, key)


def test_judges_have_a_pseudonym_and_reasons_stay_at_home(data: Material, tmp_path: Path) -> None:
    words = said(
        word(data, Verdict.DIFFERENT, "Ilse Hartweger", 1),
        word(data, Verdict.DIFFERENT, "Bodo", 2),
        word(data, Verdict.UNSURE, "Ilse Hartweger", 3, (0, 2)),
    )
    folder = publish(replace(data, words=words), tmp_path / "out", Order((Format.CSV, Format.PARQUET))).folder
    rows = told(folder, "judgements")
    assert [(it["verdict"], it["judge"], it["state"]) for it in rows] == [
        ("different", "judge 1", "counts"), ("different", "judge 2", "counts"), ("unsure", "judge 1", "counts"),
    ]  # fmt: skip
    assert {(it["left"], it["right"]) for it in rows[:2]} == {(data.mentions[0].id, data.mentions[1].id)}
    assert from_table(Judged, pq.read_table(folder / "data/judgements.parquet"))[0].judge == "judge 1"
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert not any(name in everything for name in (b"Hartweger", b"Bodo", b"kettledrum"))
    sentence = "3 judgements (2 different, 1 unsure) of 2 people went into it: judge 1 (2), judge 2 (1)."
    assert sentence in (folder / "dictionary.md").read_text("utf-8")
    assert sentence in (folder / "croissant.json").read_text("utf-8")


def test_with_a_key_a_judge_has_one_number_in_every_export(data: Material) -> None:
    both = said(word(data, Verdict.SAME, "Bodo", 1), word(data, Verdict.SAME, "Ilse", 2))
    alone = said(word(data, Verdict.SAME, "Ilse", 2))
    first, second = rows_of(data, both, KEY), rows_of(data, alone, KEY)
    assert first[1].judge == second[0].judge != first[0].judge
    assert rows_of(data, alone, b"o" * 32)[0].judge != second[0].judge


def test_what_was_taken_back_or_disputed(data: Material) -> None:
    one = word(data, Verdict.SAME, "Ilse", 1)
    taken = Withdrawal(word_id(one), "Ilse", NOON.replace(minute=9))
    assert rows_of(data, said(one, taken)) == ()
    against = word(data, Verdict.DIFFERENT, "Bodo", 2)
    assert [it.state for it in rows_of(data, said(one, against))] == ["open", "open"]


def test_judgements_on_what_is_not_published_stay_at_home(data: Material) -> None:
    words = said(word(data, Verdict.SAME, "Ilse", 1))
    assert judged(words, data.mentions, {data.mentions[0].id}, None) == ()


def test_relations_are_published_where_both_sides_are(data: Material, tmp_path: Path) -> None:
    whole = replace(data, relations=[relation(data, 1, 0, ("arrest at a protest", "same day")), relation(data, 2, 0)])
    rows = told(publish(whole, tmp_path / "a", Order((Format.CSV,))).folder, "relations")
    expected = {(data.incidents[it].id, data.incidents[0].id) for it in (1, 2)}
    assert {(it["incident"], it["of"]) for it in rows} == expected
    assert {(it["kind"], it["score"], it["judged"]) for it in rows} == {("part_of", 0.75, False)}
    assert "arrest at a protest; same day" in {it["why"] for it in rows}
    assert len({it["id"] for it in rows}) == 2
    some = replace(whole, incidents=whole.incidents[:2], query="type=COERCE")
    folder = publish(some, tmp_path / "b", Order((Format.PARQUET,))).folder
    (row,) = from_table(Related, pq.read_table(folder / "data/relations.parquet"))
    assert (row.incident, row.of) == (data.incidents[1].id, data.incidents[0].id)


@pytest.mark.parametrize(
    "clause", ["the same people in the report: “Lena Weberling”", "beside both: weberl, zwieba", "both Weberling"]
)
def test_reasons_name_no_private_person(clause: str, data: Material, tmp_path: Path) -> None:
    whole = replace(data, relations=[relation(data, 1, 0, ("same day", clause))])
    folder = publish(whole, tmp_path / "out", Order((Format.CSV, Format.JSONL, Format.PARQUET))).folder
    (row,) = told(folder, "relations")
    assert str(row["why"]).startswith("same day; ")
    assert not any(name in str(row["why"]).lower() for name in ("weberl", "lena", "zwieba"))


def test_a_sentence_says_how_many() -> None:
    assert tell(()) == "No judgement of a person went into it."
