"""What others wrote and we ship: unchanged, named with its licence, and asking nothing of anybody."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
WEB = ROOT / "src" / "dateline" / "data" / "web"
FOLDERS = (WEB, ROOT / "tests" / "vendored")
ROWS = [(folder, row) for folder in FOLDERS for row in json.loads((folder / "VENDORED.json").read_text("utf-8"))]

NAMES = re.compile(r"https?://(?:www\.w3\.org/(?:2000/svg|1999/xhtml)\b|maplibre\.invalid/)")
"""Addresses that are names: of an XML vocabulary, and of a host that cannot exist."""

LINKS = re.compile(
    r"https?://(?:github\.com/(?:mapbox|maplibre)/|maplibre\.org/|wiki\.openstreetmap\.org/wiki/This_map_requires_WebGL)"
)
"""Addresses in comments, in a logo control and in a message that we never show; none is fetched."""

SHIPPED = sorted(path for path in WEB.iterdir() if path.suffix in {".js", ".mjs", ".css", ".json"})


@pytest.mark.parametrize(("folder", "row"), ROWS, ids=[row["file"] for _, row in ROWS])
def test_a_vendored_file_is_what_was_taken(folder: Path, row: dict[str, str]) -> None:
    assert sha256((folder / row["file"]).read_bytes()).hexdigest() == row["sha256"]
    assert all(row[key] for key in ("name", "version", "licence", "source"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda it: it.name)
def test_no_file_lies_there_unnamed(folder: Path) -> None:
    named = {row["file"] for it, row in ROWS if it == folder} | {"VENDORED.json"}
    assert {path.name for path in folder.iterdir()} == named


@pytest.mark.parametrize("path", SHIPPED, ids=lambda it: it.name)
def test_what_ships_names_no_address_that_a_browser_would_fetch(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.findall(r".{0,40}https?://.{0,60}", LINKS.sub("", NAMES.sub("", text))) == []
    assert "sourceMappingURL" not in text


def world() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((WEB / "world.json").read_text("utf-8"))
    return loaded


def lines(coordinates: Any) -> Iterator[list[list[float]]]:
    """Yield the lines and rings in the coordinates of a geometry, however deep they lie."""
    if isinstance(coordinates[0][0], int | float):
        yield coordinates
        return
    for part in coordinates:
        yield from lines(part)


@pytest.mark.parametrize("layer", ["countries", "lakes", "borders"])
def test_nothing_is_drawn_across_the_whole_map(layer: str) -> None:
    found = [line for feature in world()[layer]["features"] for line in lines(feature["geometry"]["coordinates"])]
    assert found
    assert [pair for line in found for pair in pairwise(line) if abs(pair[0][0] - pair[1][0]) > 180] == []
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for line in found for x, y in line)


def test_every_country_stands_on_both_sides_of_the_antimeridian_that_it_lies_on() -> None:
    by_name = {feature["properties"]["name"]: feature for feature in world()["countries"]["features"]}
    for name in ("Russia", "Fiji", "Antarctica"):
        xs = {x for line in lines(by_name[name]["geometry"]["coordinates"]) for x, _ in line}
        assert {min(xs), max(xs)} == {-180, 180}, name


def test_borders_in_dispute_are_told_apart() -> None:
    borders = {it["properties"]["disputed"]: it["geometry"]["coordinates"] for it in world()["borders"]["features"]}
    assert len(borders[True]) > 20
    assert len(borders[False]) > 300


def test_every_country_has_one_name_on_the_map() -> None:
    names = [it["properties"]["name"] for it in world()["labels"]["features"] if it["properties"]["kind"] == "country"]
    assert sorted(names) == sorted(it["properties"]["name"] for it in world()["countries"]["features"])
