from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import MissingDataError
from dateline.evaluating import floors
from dateline.evaluating.floors import Pinned
from dateline.evaluating.score import Row

KNOWN = {"one": Pinned("aa", {"f1": 0.5, "macro_f1": 0.4}), "other": Pinned("cc", {"f1": 0.9})}


def row(metric: str, value: float | None, name: str = "one", sha256: str = "aa") -> Row:
    return Row(name, metric, value, sha256=sha256)


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([row("f1", 0.5), row("macro_f1", 0.41)], []),
        ([row("f1", 0.4996)], []),
        ([row("f1", 0.4994)], ["one f1: 0.4994, floor 0.5000"]),
        ([row("precision", 0.0), row("unknown_f1", 0.0), row("f1", 0.1, "new")], []),
        ([row("", None)], []),
    ],
)
def test_values_below_their_floor_are_faults(rows: list[Row], faults: list[str]) -> None:
    assert floors.check_floors(rows, KNOWN) == faults


def test_another_gold_file_is_a_fault() -> None:
    (fault,) = floors.check_floors([row("f1", 0.6, sha256="bb")], KNOWN)
    assert "one: the gold file is not the one" in fault


def test_update_raises_and_adds_and_leaves_other_sets() -> None:
    rows = [row("f1", 0.61237), row("new_f1", 0.2), row("recall", 0.3), row("f1", 0.7, "fresh", "dd")]
    updated, refused = floors.update_floors(rows, KNOWN)
    assert refused == []
    assert updated == {
        "one": Pinned("aa", {"f1": 0.6124, "macro_f1": 0.4, "new_f1": 0.2}),
        "other": KNOWN["other"],
        "fresh": Pinned("dd", {"f1": 0.7}),
    }


def test_update_within_noise_keeps_the_higher_floor() -> None:
    updated, _ = floors.update_floors([row("f1", 0.4997)], KNOWN)
    assert updated["one"].floors["f1"] == 0.5


def test_update_refuses_to_lower_unless_told() -> None:
    rows = [row("f1", 0.3, sha256="bb"), row("macro_f1", 0.8, sha256="bb")]
    updated, refused = floors.update_floors(rows, KNOWN)
    assert updated == KNOWN
    assert len(refused) == 1
    assert "one f1: 0.3000, floor 0.5000" in refused[0]
    lowered, none = floors.update_floors(rows, KNOWN, allow_regression=True)
    assert none == []
    assert lowered["one"] == Pinned("bb", {"f1": 0.3, "macro_f1": 0.8})


def test_floors_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "benchmarks" / "floors.json"
    floors.save_floors(path, KNOWN)
    assert floors.load_floors(path) == KNOWN
    assert floors.load_floors(tmp_path / "none.json") == {}


@pytest.mark.parametrize("text", ["", "[]", '{"one": 1}', '{"one": {"floors": {}}}'])
def test_a_file_that_is_not_of_floors_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(text, "utf-8")
    with pytest.raises(MissingDataError, match=r"floors\.json"):
        floors.load_floors(path)


def test_rows_carry_their_floor() -> None:
    (first, second) = floors.with_floors([row("f1", 0.6), row("f1", 0.6, "new")], KNOWN)
    assert (first.floor, second.floor) == (0.5, None)


def test_another_coder_has_floors_of_its_own() -> None:
    every = KNOWN | {"swift:one": Pinned("aa", {"f1": 0.3})}
    assert floors.floors_of(every, None) == KNOWN
    assert floors.floors_of(every, "swift") == {"one": Pinned("aa", {"f1": 0.3})}
    raised = {"one": Pinned("aa", {"f1": 0.35})}
    assert floors.merge_floors(every, raised, "swift") == KNOWN | {"swift:one": raised["one"]}
    assert floors.merge_floors(every, raised, None) == every | raised
