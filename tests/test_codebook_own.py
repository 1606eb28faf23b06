"""A project coded by a codebook of one's own: it runs, names the codebook, and is explored and published by it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import dateline
from dateline.config import Config, load_config
from dateline.exploring.app import make_app
from dateline.model.codebook import codebook_digest, load_codebook
from dateline.publishing.vocabulary import codebook_words
from dateline.running.run import run
from dateline.storing.archive import open_archive
from dateline.storing.blobs import blob_path
from dateline.storing.database import open_database
from dateline.storing.verify import verify

CODEBOOK = """
name = "labour"
version = "1"

[types.STRIKE]
definition = "Employees stop work together."
words = ["strike"]
examples = ["{a|Dockers} {t|downed tools} on {w|Monday}."]

[types.WAGE_AGREEMENT]
definition = "Employees and employer agree on pay."
examples = ["{a|The union} signed a {t|pay deal} with {a|the airline}."]
"""
TEXT = (
    "300 workers downed tools at the shipyard in Hamburg on 4 May 2021. "
    "Two weeks later the workers signed a pay deal worth 4 per cent with the owners.\n"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("labour")
    (folder / "labour.toml").write_text(CODEBOOK, "utf-8")
    (folder / "in").mkdir()
    (folder / "in" / "one.txt").write_text(TEXT, "utf-8")
    run([str(folder / "in")], folder / "project", _config(folder))
    return folder


def _config(folder: Path) -> Config:
    return replace(load_config(), coder="rules", workers=1, codebook=folder / "labour.toml")


def test_a_run_codes_by_the_codebook_and_verifies(home: Path) -> None:
    with open_database(home / "project") as database:
        mentions = list(database.all_mentions())
        assert list(database.issues()) == []
    assert [(it.type, it.trigger.quote) for it in mentions] == [
        ("STRIKE", "downed tools"), ("WAGE_AGREEMENT", "pay deal"),
    ]  # fmt: skip
    assert [(it.counts, it.low) for it in mentions[0].figures] == [("people", 300)]
    assert [(it.counts, it.low) for it in mentions[1].figures] == [("percent", 4)]
    assert verify(home / "project") == []


def test_the_manifest_names_the_codebook_and_the_project_keeps_it(home: Path) -> None:
    archive = open_archive(home / "project")
    codebook = load_codebook(home / "labour.toml")

    assert dict(archive.manifests[-1].versions)["codebook"] == f"labour/1+{codebook_digest(codebook)}"
    assert archive.codebooks() == (codebook,)


def test_a_lost_codebook_is_a_fault_of_the_project(home: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(home / "project", project)
    sha = codebook_digest(load_codebook(home / "labour.toml"))
    blob_path(project, sha).unlink()

    (fault,) = verify(project)
    assert sha in fault.message


def test_the_explorer_tells_what_a_type_means(home: Path) -> None:
    with open_database(home / "project") as database:
        incident = next(it for it in database.incidents() if it.type == "WAGE_AGREEMENT")
    with TestClient(make_app(home / "project"), base_url="http://127.0.0.1") as client:
        page = client.get(f"/incidents/{incident.id}").text
        assert "Wage agreement" in client.get("/").text
    assert '<h1 dir="auto">Wage agreement</h1>' in page
    assert "Employees and employer agree on pay." in page


def test_what_is_published_explains_the_types_and_holds_no_example(home: Path, tmp_path: Path) -> None:
    done = _dateline("publish", str(home / "project"), str(tmp_path / "out"), "--yes")
    assert done.returncode == 0, done.stderr

    told = (tmp_path / "out" / "dictionary.md").read_text("utf-8")
    assert "## Event types of the codebook labour 1" in told
    assert "| `WAGE_AGREEMENT` |  | Employees and employer agree on pay. |" in told
    published = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert "Dockers" not in "".join(path.read_text("utf-8", "replace") for path in published)


def test_a_name_in_a_definition_or_an_example_is_not_taken_for_an_ordinary_word(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(CODEBOOK.replace("together.", "together, as in Weberling's case.").replace("Dockers", "Zwieback"))

    words = codebook_words(load_codebook(path))

    assert {"strike", "wage", "agreement", "stop", "together", "case"} <= words
    assert not {"weberling", "zwieback"} & words


def test_another_codebook_reads_all_again_and_both_are_kept(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home / "project", tmp_path / "project")
    changed = tmp_path / "labour.toml"
    changed.write_text(CODEBOOK.replace('version = "1"', 'version = "2"').replace("pay deal", "deal"), "utf-8")

    summary = run([str(home / "in")], tmp_path / "project", _config(tmp_path))

    assert summary.skipped == 0
    assert [it.version for it in open_archive(tmp_path / "project").codebooks()] == ["2", "1"]
    assert verify(tmp_path / "project") == []


def test_the_command_line_the_settings_and_python_take_a_codebook(home: Path, tmp_path: Path) -> None:
    by_option = _dateline("code", TEXT, "--json", "--coder", "rules", "--codebook", str(home / "labour.toml"))
    (tmp_path / "dateline.toml").write_text(f'coder = "rules"\ncodebook = "{(home / "labour.toml").as_posix()}"\n')
    by_settings = _dateline("code", TEXT, "--json", folder=tmp_path)
    in_python = dateline.code(TEXT, coder="rules", codebook=home / "labour.toml")

    assert by_option.returncode == by_settings.returncode == 0, by_option.stderr + by_settings.stderr
    assert by_option.stdout == by_settings.stdout
    types = [mention["type"] for mention in json.loads(by_option.stdout)["mentions"]]
    assert types == [mention.type for mention in in_python.mentions] == ["STRIKE", "WAGE_AGREEMENT"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('name = "x"\n', "- key 'version' is missing at the top"),
        (
            CODEBOOK.replace("{t|pay deal}", "pay deal"),
            "line 12, types.WAGE_AGREEMENT.examples[0]: no trigger is marked",
        ),
        (CODEBOOK + '[types.BARE]\ndefinition = "x"\n', "- types.BARE has neither words nor examples"),
    ],
)
def test_a_codebook_that_cannot_be_used_is_told_in_sentences(content: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(content, "utf-8")
    done = _dateline("code", "x", "--coder", "rules", "--codebook", "own.toml", folder=tmp_path)

    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def _dateline(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dateline", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=folder, check=False)
