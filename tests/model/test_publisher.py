"""The registry of publishers: found by name and by site, extended by a file, and never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import ConfigError
from dateline.model.publisher import KINDS, load_registry, shares_owner, shipped_registry

FOUND = [
    ("AFP", None, "Agence France-Presse"),
    ("the guardian", None, "The Guardian"),
    (None, "https://www.bbc.co.uk/news/world-1", "BBC"),
    (None, "https://english.mojahedin.org/i/1", "People's Mojahedin Organization of Iran"),
    ("Reuters", "https://news.yahoo.com/x", "Reuters"),
    (None, "https://news.yahoo.com/x", None),
    ("irna.ir", None, "Islamic Republic News Agency"),
    ("Varnograd Evening", "https://varnograd.example/1", None),
    (None, "https://notbbc.com/1", None),
    (None, None, None),
]


@pytest.mark.parametrize(("name", "url", "expected"), FOUND)
def test_a_publisher_is_found_by_name_or_site(name: str | None, url: str | None, expected: str | None) -> None:
    found = shipped_registry().find(name, url)
    assert (found and found.name) == expected


def test_every_entry_is_whole() -> None:
    publishers = shipped_registry().publishers
    assert len(publishers) >= 380
    assert {it.kind for it in publishers} == KINDS
    assert all(it.source and it.as_of for it in publishers)
    assert len({it.name for it in publishers}) == len(publishers)


def test_outlets_of_one_owner_or_movement_are_not_independent() -> None:
    find = shipped_registry().find
    pairs = [("TASS", "RIA Novosti"), ("NCRI", "Iran Focus"), ("The Times", "The Sun (UK)")]
    for left, right in pairs:
        one, other = find(left), find(right)
        assert one is not None
        assert other is not None
        assert shares_owner(one, other)
    reuters, afp = find("Reuters"), find("AFP")
    assert reuters is not None
    assert afp is not None
    assert not shares_owner(reuters, afp)


def test_a_file_of_ones_own_wins(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        "[about]\nas_of = 2020\n[publishers]\n"
        '"Varnograd Evening" = { kind = "paper", domains = ["varnograd.example"] }\n'
        '"BBC" = { owner = "somebody" }\n',
        "utf-8",
    )
    registry = load_registry(path)
    found, bbc = registry.find(url="https://www.varnograd.example/1"), registry.find("BBC")
    assert found is not None
    assert (found.name, found.as_of) == ("Varnograd Evening", 2020)
    assert bbc is not None
    assert bbc.owner == "somebody"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[publishers]\n"A B" = { kind = "blog" }', "line 2, 'A B': kind is 'blog'; expected one of agency"),
        ('[publishers]\n"A B" = { owner = 3 }', "line 2, 'A B': owner is 3; expected a text"),
        ('[publishers]\n"A B" = { as_of = "2020" }', "as_of is '2020'; expected a year"),
        ("x = 1", "no table [publishers] with entries"),
    ],
)
def test_a_file_with_faults_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as error:
        load_registry(path)
    assert message in str(error.value)
