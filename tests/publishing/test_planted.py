"""Two hundred private names are planted in reports; none may be found in any published file of any format."""

from __future__ import annotations

import html
import io
import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote

import pyarrow.parquet as pq
import pytest

from dateline.publishing import Material, publish
from dateline.publishing.assets import assets

from .planted import PLANTED


def plain(text: str) -> str:
    """A text without case, accents, entities, joints and everything that hides a name from a search."""
    open_text = unicodedata.normalize("NFKD", html.unescape(unquote(text)).casefold())
    return "".join(char for char in open_text if char.isalnum())


def texts_of(path: Path) -> list[str]:
    if path.suffix == ".parquet":
        table = pq.read_table(io.BytesIO(path.read_bytes()))
        return [str(table.schema), *(str(row) for row in table.to_pylist())]
    return path.read_text("utf-8").splitlines()


def leaks_of(folder: Path) -> list[tuple[str, str]]:
    """Return each planted name of which a piece is found in a file, with the file."""
    paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    texts = {name: "\n".join((name, *texts_of(path))) for name, path in paths.items() if name not in assets()}
    run_together = {file: plain(text) for file, text in texts.items()}
    alone = {file: {plain(word) for word in re.findall(r"\w+", html.unescape(text))} for file, text in texts.items()}
    pieces = {(it.name, plain(piece)) for it in PLANTED for piece in it.pieces if piece not in PUBLIC}
    return sorted(
        {
            (name, file)
            for name, piece in pieces
            for file in texts
            if (piece in run_together[file] if len(piece) > SHORT or not piece.isascii() else piece in alone[file])
            and len(piece) > 1
        }
    )


SHORT = 5
"""Pieces up to so many letters may stand in a longer word by chance ("ange" in "change"): looked for alone."""

PUBLIC = {"Assad", "Jordan", "Leipzig", "Putin", "Saddam", "Amal", "Tehran"}
"""Pieces that public names have too, so that they may stand in what is published on their own account."""


@pytest.fixture(scope="module")
def published(planted: Material, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted") / "out"
    publish(planted, folder)
    return folder


def test_there_are_two_hundred_of_ten_scripts() -> None:
    assert len({(it.name, it.text, it.title, it.url) for it in PLANTED}) >= 200
    scripts = {unicodedata.name(char).split()[0] for it in PLANTED for char in it.name if char.isalpha()}
    assert len(scripts) >= 10


def test_none_is_found_in_what_is_published(published: Path) -> None:
    assert leaks_of(published) == []


@pytest.mark.parametrize("name", ["Tomasz Assad", "Mirko Leipzig", "Adaeze Putin", "Amal Golzarian", "Yusuf Tehran"])
def test_half_a_public_name_is_none(published: Path, name: str) -> None:
    """A surname that a public person or place has as well goes with the private name it stands in."""
    lines = [line for path in sorted(published.rglob("*.jsonl")) for line in texts_of(path)]
    given, surname = name.split()
    assert not [line for line in lines if re.search(rf"(?:\]|{given}) {surname}\b|\b{given} \[", line)]
