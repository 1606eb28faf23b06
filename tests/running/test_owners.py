"""Outlets of one owner are one source of an incident, if a file says whose they are."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import dateline
from dateline.config import load_config
from dateline.running.run import run

OWNED = """
[publishers]
"Varnograd Evening" = { kind = "paper", owner = "Harbour Press (through a trust)" }
"Harbour Radio" = { kind = "broadcaster", owner = "Harbour Press" }
"""
ACCOUNTS = {
    "Varnograd Evening": "On 9 October 1989 police arrested 30 students in Leipzig.",
    "Harbour Radio": "Thirty students were arrested by police in Leipzig on 9 October 1989, we hear.",
}


def read(folder: Path, publishers: Path | None) -> list[dict[str, object]]:
    archive = folder / "in.jsonl"
    lines = [{"text": text, "publisher": publisher, "language": "en"} for publisher, text in ACCOUNTS.items()]
    archive.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    project = folder / ("owned" if publishers else "plain")
    run([str(archive)], project, replace(load_config(), coder="rules", publishers=publishers))
    found = dateline.open(project).incidents().to_pylist()
    return [incident for incident in found if len(incident["reports"]) == 2]


def test_outlets_of_one_owner_are_one_source(tmp_path: Path) -> None:
    own = tmp_path / "publishers.toml"
    own.write_text(OWNED, "utf-8")
    (plain,), (owned,) = read(tmp_path, None), read(tmp_path, own)
    assert (plain["independent"], plain["single_source"]) == (2, False)
    assert (owned["independent"], owned["single_source"]) == (1, True)
    assert owned["groups"][0]["why"] == ["one owner, Harbour Press"]  # type: ignore[index]
