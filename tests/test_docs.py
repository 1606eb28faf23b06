"""What the documents say is so: links lead somewhere, commands exist, Python examples run."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

import dateline
from dateline.cli import cli
from dateline.evaluating.spine import gold_folder
from dateline.model.wire import REPORT_SCHEMA, SCHEMA

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_commands_exist(document: Path) -> None:
    used = set(re.findall(r"(?:^\$ |`)dateline ([a-z]+)", document.read_text("utf-8"), re.MULTILINE))
    assert used <= set(cli.commands)


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_make_targets_exist(document: Path) -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    used = set(re.findall(r"(?:^|`)make (\w+)", document.read_text("utf-8"), re.MULTILINE))
    assert used <= targets


def test_the_readme_s_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.config import load_config
    from dateline.running.run import run

    (tmp_path / "one.txt").write_text("Police arrested nine students in Leipzig on 11 September 1989.", "utf-8")
    config = load_config()
    monkeypatch.chdir(tmp_path)
    run(["one.txt"], tmp_path / "project", config)
    (block,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(block, "README.md", "exec"), names)  # the example as a reader would type it
    assert names["incidents"].num_rows == 1  # type: ignore[attr-defined]


def test_the_readme_shows_what_the_command_prints() -> None:
    pattern = r'```console\n\$ dateline code "(.*?)"\n(.*?)\n```'
    text, shown = re.findall(pattern, (ROOT / "README.md").read_text("utf-8"), re.DOTALL)[0]
    command = [sys.executable, "-m", "dateline", "code", text]
    printed = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    assert [line.rstrip() for line in printed.splitlines()] == shown.splitlines()


def test_the_codebook_of_the_documents_codes_as_they_show(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "codebook.md").read_text("utf-8")
    (codebook,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    (tmp_path / "labour.toml").write_text(codebook, "utf-8")
    examples = re.findall(r'```console\n\$ dateline code (.*?) "(.*?)"\n(.*?)\n```', text, re.DOTALL)
    assert len(examples) == 2
    for options, report, shown in examples:
        command = [sys.executable, "-m", "dateline", "code", *options.split(), report]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd=tmp_path)
        assert [line.rstrip() for line in done.stdout.splitlines()] == shown.splitlines()


def test_the_places_of_the_documents_are_found_as_they_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "docs" / "places.md").read_text("utf-8")
    (places,) = re.findall(r"```csv\n(.*?)```", text, re.DOTALL)
    (tmp_path / "places.csv").write_text(places, "utf-8")
    monkeypatch.chdir(tmp_path)
    example = doctest.DocTestParser().get_doctest(text, {}, "places.md", "places.md", 0)
    assert len(example.examples) > 5
    assert doctest.DocTestRunner().run(example).failed == 0


def test_the_package_s_own_example_runs() -> None:
    assert doctest.testmod(dateline).failed == 0


def test_the_documented_schemas_are_those_of_the_code() -> None:
    text = (ROOT / "docs" / "mention.md").read_text("utf-8")
    assert {f"`{SCHEMA}`", f"`{REPORT_SCHEMA}`"} <= set(re.findall(r"`[a-z.]+/\d+`", text))


def test_gold_is_looked_for_beside_the_checkout() -> None:
    from dateline.config import load_config

    assert gold_folder(load_config(environ={})).parts[-2:] == ("shared", "bench")


def test_the_examples_of_the_figures_run() -> None:
    assert doctest.testfile(str(ROOT / "docs" / "figures.md"), module_relative=False).failed == 0


def test_the_examples_of_the_times_run() -> None:
    assert doctest.testfile(str(ROOT / "docs" / "times.md"), module_relative=False).failed == 0


def test_the_policies_of_the_documents_settle_as_they_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.config import load_config
    from dateline.running.run import run

    text = (ROOT / "docs" / "policies.md").read_text("utf-8")
    (reports,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    (tmp_path / "reports.jsonl").write_text(reports, "utf-8")
    monkeypatch.chdir(tmp_path)
    run(["reports.jsonl"], tmp_path / "project", load_config())
    example = doctest.DocTestParser().get_doctest(text, {}, "policies.md", "policies.md", 0)
    assert len(example.examples) == 5
    assert doctest.DocTestRunner().run(example).failed == 0
    assert set(re.findall(r"^\| `(\w+)`", text, re.MULTILINE)) == set(dateline.policies()["policy"].to_pylist())
