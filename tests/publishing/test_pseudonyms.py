"""Pseudonyms: stable for a name and a key, untold without the key, and the key kept apart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dateline.errors import UsageError
from dateline.publishing import Material, Order, publish
from dateline.publishing.pseudonyms import pseudonyms, read_key

KEY = bytes(range(32))
LENA = ("lena", "weberling")


def test_one_name_has_one_number_and_a_part_of_it_the_same() -> None:
    call = pseudonyms(KEY, [LENA, ("mirko", "katzenbach")])
    assert re.fullmatch(r"\[private person \d{10}\]", call(LENA))
    assert call(LENA) == call(("weberling",)) != call(("mirko", "katzenbach"))
    assert pseudonyms(bytes(32), [LENA])(LENA) != call(LENA)


def test_a_part_of_two_names_has_a_number_of_its_own() -> None:
    call = pseudonyms(KEY, [LENA, ("tomasz", "weberling")])
    assert len({call(LENA), call(("tomasz", "weberling")), call(("weberling",))}) == 3


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings" / "pseudonyms.key"
    assert len(read_key(path)) == 32
    assert read_key(path) == read_key(path)
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", ["", "secret", "00" * 8])
def test_what_is_no_key_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "key"
    path.write_text(content, "ascii")
    with pytest.raises(UsageError, match="key"):
        read_key(path)


def test_a_key_in_the_project_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="keep it apart"):
        read_key(tmp_path / "project" / "key", [tmp_path / "project"])
    assert not (tmp_path / "project").exists()


def test_a_dataset_with_pseudonyms_passes_the_gate_and_holds_no_key(data: Material, tmp_path: Path) -> None:
    publish(data, tmp_path / "out", Order(key=KEY))
    written = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert re.search(rb"\[private person \d{10}\]", written)
    assert b"eberling" not in written
    assert KEY not in written
    assert KEY.hex().encode() not in written
