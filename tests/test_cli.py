"""The command line as a user meets it: real processes, exit codes, JSON that holds to its schema."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dateline.cli import cli, main
from dateline.storing import laying
from dateline.storing.derived import SEAL

TEXT = (
    "LEIPZIG, Oct. 10, 1989 (Wire) - Police arrested nine students on Monday. "
    "“They beat two of us,” a student said. The ministry denied that anyone had been beaten.\n"
)
HEAVY = {"spacy", "numpy", "pyarrow", "duckdb", "trafilatura", "starlette", "uvicorn", "rich", "lxml", "torch"}


def _dateline(
    *arguments: str, given: str | None = None, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dateline", *arguments]
    return subprocess.run(
        command, input=given, capture_output=True, text=True, encoding="utf-8", cwd=folder, check=False
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "in").mkdir()
    (folder / "in" / "one.txt").write_text(TEXT, "utf-8")
    (folder / "in" / "two.txt").write_text("", "utf-8")
    done = _dateline("run", str(folder / "in"), "-o", str(folder / "project"))
    assert done.returncode == 2, done.stderr
    assert "1  reports" in done.stdout
    assert f"dateline explore {folder / 'project'}" in done.stdout
    return folder / "project"


@pytest.mark.parametrize(
    "command", ["run", "code", "explore", "publish", "verify", "score", "totals", "captures", "plot"]
)
def test_every_command_has_help_with_examples(command: str) -> None:
    done = _dateline(command, "--help")
    assert done.returncode == 0
    assert f"dateline {command}" in done.stdout.split("Example", 1)[1]


@pytest.mark.parametrize("command", sorted({*cli.commands} - {"judgements"}))
def test_the_examples_of_the_help_stand_a_line_each(command: str) -> None:
    lines = [line.strip() for line in _dateline(command, "--help").stdout.splitlines()]
    assert any(line.startswith(f"dateline {command}") for line in lines), lines
    assert not [line for line in lines if "\\b" in line]


def test_a_table_tells_of_files_what_they_do_not_say(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.txt").write_text("Police arrested nine students in Leipzig on Monday.", "utf-8")
    (tmp_path / "in" / "two.txt").write_text("Dockers struck in Rostock on Friday.", "utf-8")
    (tmp_path / "about.csv").write_text(
        "file,publisher,published\none.txt,Wire,1989-09-12\nthree.txt,Radio,\n", "utf-8"
    )
    done = _dateline("run", "in", "-o", "project", "--about", "about.csv", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 row of about.csv names no file that is read: three.txt" in done.stderr
    assert "1 file is read of which about.csv says nothing: in/two.txt" in done.stderr
    assert "1 report without a day of publication" in done.stdout
    assert "1 report without a publisher" in done.stdout
    code = "import dateline; print(dateline.open('project').mentions().to_pylist())"
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    ).stdout
    assert "datetime.date(1989, 9, 11)" in shown
    refused = _dateline("run", "in", "-o", "other", "--about", "in/one.txt", folder=tmp_path)
    assert refused.returncode == 1
    assert "expected one of .jsonl" in refused.stderr


def test_the_summary_says_what_kinds_of_issues_there_are(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    done = _dateline("run", str(tmp_path / "scan.pdf"), str(tmp_path / "empty.txt"), "-o", str(tmp_path / "project"))
    assert done.returncode == 2
    told = " ".join(done.stdout.split())
    assert (
        "2 issues: what could not be read or coded, kept with the reason 1 reading: empty 1 reading: unsupported"
        in told
    )


def test_starting_imports_nothing_heavy() -> None:
    code = "import sys, dateline.cli; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert HEAVY & set(done.stdout.split()) == set()


def test_numerical_work_of_a_command_takes_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, str] = {}
    monkeypatch.setattr(cli, "main", lambda standalone_mode: seen.update(os.environ))
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)

    with pytest.raises(SystemExit) as left:
        main()

    assert (left.value.code, seen["OPENBLAS_NUM_THREADS"]) == (0, "1")
    assert "OPENBLAS_NUM_THREADS" not in os.environ


def test_coding_a_text_opens_no_reader_of_pages_and_no_database() -> None:
    code = (
        "import sys; from dateline.cli import cli, output; "
        "cli.main(['code', 'Police arrested nine students in Leipzig.'], standalone_mode=False); "
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"trafilatura", "lxml", "duckdb", "torch", "starlette"} & set(done.stdout.split()) == set()


@pytest.mark.parametrize(("few", "laid"), [(0, [".duckdb", ".parquet", ".sqlite"]), (1_000, [])])
def test_a_large_project_is_laid_out_at_the_end_of_its_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int, laid: list[str]
) -> None:
    monkeypatch.setattr(laying, "QUICKLY_LAID", few)
    (tmp_path / "one.txt").write_text(TEXT, "utf-8")
    project = tmp_path / "project"
    command = ["run", str(tmp_path / "one.txt"), "-o", str(project), "--coder", "rules"]
    assert cli.main(command, standalone_mode=False) == 0
    assert sorted(it.suffix for it in (project / "work").iterdir() if it.suffix != SEAL) == laid


def test_code_prints_one_object_whose_quotes_stand_in_the_text() -> None:
    done = _dateline("code", "-", "--json", given=TEXT)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["schema"] == "dateline.report/1"
    assert {mention["schema"] for mention in told["mentions"]} == {"dateline.mention/1"}
    evidence = list(_quotes(told["mentions"]))
    assert evidence
    assert all(TEXT[start:end] == quote for start, end, quote in evidence)
    known = {mention["id"] for mention in told["mentions"]}
    assert {identity for incident in told["incidents"] for identity in incident} <= known


def _quotes(value: Any) -> Any:
    if isinstance(value, list):
        for item in value:
            yield from _quotes(item)
    elif isinstance(value, dict):
        if value.get("quote") is not None:
            yield value["start"], value["end"], value["quote"]
        for item in value.values():
            yield from _quotes(item)


def test_code_reads_well_for_a_person_and_explains() -> None:
    done = _dateline("code", TEXT, "--explain")
    assert done.returncode == 0, done.stderr
    assert "COERCE arrest asserted" in done.stdout
    assert "network: COERCE.arrest" in done.stdout
    assert "pattern arrest" in done.stdout


def test_the_rules_explain_themselves_too() -> None:
    done = _dateline("code", TEXT, "--explain", "--coder", "rules")
    assert "pattern arrest at" in done.stdout


def test_what_could_not_be_read_is_said_and_counted(project: Path) -> None:
    done = _dateline("run", str(project.parent / "in"), "-o", str(project), "--json")
    assert done.returncode == 2
    (told,) = map(json.loads, done.stdout.splitlines())
    assert told["report"]["source"].endswith("one.txt")


def test_a_project_verifies_until_a_byte_changes(project: Path, tmp_path: Path) -> None:
    assert _dateline("verify", str(project)).returncode == 0
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(project, copy)
    (part,) = (copy / "mentions").iterdir()
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 1
    part.write_bytes(bytes(data))
    done = _dateline("verify", str(copy), "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)


def test_publishing_writes_all_forms(project: Path, tmp_path: Path) -> None:
    done = _dateline("publish", str(project), str(tmp_path / "out"), "--yes")
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (tmp_path / "out").rglob("*")}
    assert {"incidents.csv", "incidents.parquet", "incidents.jsonl", "incidents.geojson", "datapackage.json"} <= names


def test_publishing_imputes_by_the_rule_that_is_named_and_by_no_other(project: Path, tmp_path: Path) -> None:
    done = _dateline("publish", str(project), str(tmp_path / "out"), "--format", "csv", "--impute", "ccc", "--yes")
    assert done.returncode == 0
    first, *rows = (tmp_path / "out/data/imputed.csv").read_text("utf-8").splitlines()
    assert {"quote", "low", "high", "value", "rule"} <= set(first.split(","))
    assert rows
    refused = _dateline("publish", str(project), str(tmp_path / "other"), "--impute", "median")
    assert "'median' is not one of" in refused.stderr


def test_nothing_leaves_unless_somebody_agrees(project: Path, tmp_path: Path) -> None:
    done = _dateline("publish", str(project), str(tmp_path / "out"), "--format", "csv")
    assert done.returncode == 1
    assert "nobody is at the terminal to agree" in done.stderr
    assert "data/incidents.csv" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_publishing_obeys_the_filter(project: Path, tmp_path: Path) -> None:
    done = _dateline("publish", str(project), str(tmp_path / "out"), "--filter", "?type=CONSULT", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["incidents"] == 0
    package = json.loads((tmp_path / "out/datapackage.json").read_bytes())
    assert package["query"] == "type=CONSULT"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "-o", "p"], "give the PATHS to read, or --sample"),
        (["run", "nowhere", "-o", "p"], "no such file or folder: 'nowhere'"),
        (["run", "nowhere"], "Missing option"),
        (["verify", "nowhere"], "nowhere"),
        (["explore", "nowhere"], "nowhere"),
        (["score", "--gold", "nowhere"], "nowhere"),
        (["code", "x", "--coder", "magic"], "'magic' given; installed coders: cascade, rules, swift"),
        (["dance"], "No such command"),
    ],
)
def test_wrong_usage_is_told_in_a_sentence_with_exit_code_1(arguments: list[str], message: str, tmp_path: Path) -> None:
    done = _dateline(*arguments, folder=tmp_path)
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_the_face_gives_what_the_command_line_gives(project: Path) -> None:
    import dateline

    told = dateline.code(TEXT)
    assert next(mention.form for mention in told.mentions) == "arrest"
    incidents = dateline.open(project).incidents()
    assert incidents.num_rows > 0


def test_totals_are_added_up_under_the_policy_that_is_asked_for(project: Path) -> None:
    done = _dateline("totals", str(project), "--policy", "lowest", "--by", "type", "--json")
    (row,) = [it for it in json.loads(done.stdout) if it["counts"] == "arrested"]
    assert (row["policy"], row["type"], row["low"], row["high"]) == ("lowest", "COERCE", 9, 9)
    shown = _dateline("totals", str(project))
    assert "every_report" in shown.stdout
    assert "parts within: of a wave or protest" in shown.stdout
    refused = _dateline("totals", str(project), "--policy", "mean")
    assert (refused.returncode, "'mean' is not one of 'range', 'lowest'" in refused.stderr) == (1, True)


def test_the_policies_of_the_command_line_are_those_there_are() -> None:
    from dateline.cli import commands, tables
    from dateline.model.policy import POLICIES
    from dateline.model.totals import ADDED, BY, WITHIN

    assert (tuple(POLICIES), BY) == (commands.POLICIES, tables._BY)
    assert (WITHIN, ADDED) == tables._PARTS


def test_captures_are_written_with_their_assumptions(project: Path, tmp_path: Path) -> None:
    done = _dateline("captures", str(project), str(tmp_path / "captures.csv"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "captures.csv").read_text("utf-8").startswith("# One row an incident")


def test_a_project_is_drawn(project: Path, tmp_path: Path) -> None:
    for what in ("times", "disputes"):
        done = _dateline("plot", str(project), str(tmp_path / f"{what}.svg"), "--what", what)
        assert done.returncode == 0, done.stderr
        assert "<svg" in (tmp_path / f"{what}.svg").read_text("utf-8")
    refused = _dateline("plot", str(project), str(tmp_path / "times.doc"))
    assert (refused.returncode, "expected a name that ends in .png, .svg, .pdf" in refused.stderr) == (1, True)


def test_the_notebook_runs_over_a_project(project: Path) -> None:
    notebook = Path(__file__).parents[1] / "notebooks" / "disagreement.py"
    run = f"import sys; sys.path.insert(0, {str(notebook.parent)!r}); import disagreement as it; _, made = it.app.run()"
    look = "print(made['by_year'].shape[1], len(made['accounts']) > 0, type(made['apart']).__name__)"
    command = [sys.executable, "-c", f"{run}; {look}", "--project", str(project)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.stdout.split() == ["13", "True", "Figure"], done.stderr
