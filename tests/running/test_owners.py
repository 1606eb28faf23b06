"""Outlets of one owner are one source of an incident, if a file says whose they are."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import dateline
from dateline.config import load_config
from dateline.publishing import Order, publish
from dateline.publishing.material import read_material
from dateline.publishing.order import Format
from dateline.running.run import run
from dateline.storing.verify import verify

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


def test_captures_publishers_and_what_is_published_go_by_the_registry_of_the_run(tmp_path: Path) -> None:
    own = tmp_path / "publishers.toml"
    own.write_text(
        '[publishers]\n"Harbour Radio" = { owner = "Harbour Press", domains = ["harbour.example"] }\n', "utf-8"
    )
    about = {"language": "en", "published": "1989-10-11"}
    lines = [
        {"text": "On 9 October 1989 police arrested 30 students in Leipzig.", "publisher": "Village Letter"} | about,
        {
            "text": "Police shot dead 12 protesters in Dresden on 3 October 1989.",
            "publisher": "Front page",
            "url": "https://www.harbour.example/1",
        }
        | about,
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    run([str(tmp_path / "in.jsonl")], tmp_path / "p", replace(load_config(), coder="rules", publishers=own))
    own.unlink()  # the project keeps it

    project = dateline.open(tmp_path / "p")
    captured = sorted(project.captures()["list"].to_pylist())
    assert captured == ["Harbour Press", "Village Letter"]
    assert "Harbour Radio" in [it["publisher"] and it["publisher"]["name"] for it in project.publishers().to_pylist()]
    publish(read_material(tmp_path / "p"), tmp_path / "out", Order((Format.CAPTURES,)))
    written = (tmp_path / "out/data/capture_histories.csv").read_text("utf-8").splitlines()
    header = next(line for line in written if not line.startswith("#")).split(",")
    assert sorted(header) == sorted(["incident", *captured, "other"])
    assert verify(tmp_path / "p") == []

    run([], tmp_path / "p", replace(load_config(), coder="rules"))
    assert sorted(dateline.open(tmp_path / "p").captures()["list"].to_pylist()) == ["Front page", "Village Letter"]
