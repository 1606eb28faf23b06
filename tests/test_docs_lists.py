"""The examples of `docs/actors.md` and `docs/publishers.md` are files that can be used."""

from __future__ import annotations

import re
from pathlib import Path

import dateline
from dateline.config import load_config
from dateline.grounding.lexicon import use_names
from dateline.grounding.own_names import load_names
from dateline.model.ground import Role
from dateline.model.publisher import load_registry, shares_owner, shipped_registry
from dateline.running.run import run

DOCS = Path(__file__).parents[1] / "docs"


def example(document: str, folder: Path) -> Path:
    """Write the first TOML block of a document to a file."""
    (block, *_) = re.findall(r"```toml\n(.*?)```", (DOCS / document).read_text("utf-8"), re.DOTALL)
    path = folder / "mine.toml"
    path.write_text(block, "utf-8")
    return path


def test_the_example_of_actors_is_used_by_a_run(tmp_path: Path) -> None:
    path = example("actors.md", tmp_path)
    (tmp_path / "one.txt").write_text("Police arrested nine members of the HWC in Sofia on 11 September 1989.", "utf-8")
    (tmp_path / "dateline.toml").write_text('actors = "mine.toml"\ncoder = "rules"\nworkers = 1\n', "utf-8")
    try:
        run([str(tmp_path / "one.txt")], tmp_path / "project", load_config(tmp_path))
        project = dateline.open(tmp_path / "project")
        sides = [it for told in project.told() for mention in told.mentions for it in mention.actors]
        named = {it.name for it in sides if it.role is Role.RECIPIENT}
    finally:
        use_names(())
    assert named == {load_names(path)[0][0]}
    assert load_names(path)[0][0] in project.actors()["name"].to_pylist()
    assert project.publishers().num_rows == 1


def test_the_example_of_publishers_is_used(tmp_path: Path) -> None:
    registry = load_registry(example("publishers.md", tmp_path))
    evening, radio = registry.find("Varnograd Evening"), registry.find("Radio Harbour")
    assert evening is not None
    assert radio is not None
    assert shares_owner(evening, radio)
    assert (evening.as_of, radio.as_of) == (2024, 2019)
    assert len(registry.publishers) == len(shipped_registry().publishers) + 2


def test_documents_count_what_ships() -> None:
    assert f"holds {len(shipped_registry().publishers)}\npublishers" in (DOCS / "publishers.md").read_text("utf-8")
