from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))  # worker processes import tests.running.stages by this name

_PERSIAN = "صدها نفر در خیابان های تهران راهپیمایی کردند و خواستار آزادی زندانیان شدند. "


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of 67 reports, some of them bad in one way or another."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:03}.txt").write_text(_text(number), encoding="utf-8")
    (folder / "copy.txt").write_text(_text(7), encoding="utf-8")
    (folder / "empty.txt").write_text("  \n")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "persian.txt").write_text(_PERSIAN * 3, encoding="utf-8")
    (folder / "invented.txt").write_text("The witness said that they fabricate these stories in the ministry.")
    (folder / "wrong.txt").write_text("The people of the town marched to the square and 666 of them stayed there.")
    return folder


def _text(number: int) -> str:
    return f"On Monday {number + 2} workers marched through the town and the police arrested some of them.\n"
