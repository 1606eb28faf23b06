"""Sentences with marks, and codebook files of one's own: what is read, and what is said of one that cannot be used."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from dateline.errors import CodebookError
from dateline.model.codebook import Codebook, codebook_bytes, codebook_digest, codebook_of, load_codebook, plover
from dateline.model.marked import read_marked

LABOUR = """
name = "labour"
version = 1

[types.STRIKE]
definition = "Employees stop work."
words = ["strike"]
examples = ["{a|Dockers} {t|downed tools} at the {p|port} on {w|Monday}."]
not = ["Lightning {t|struck} the town hall."]

[types.STRIKE.forms.wildcat]
definition = "Without a union."
examples = ["A {t|wildcat strike} began."]
"""


def _load(folder: Path, text: str) -> Codebook:
    path = folder / "own.toml"
    path.write_text(text, "utf-8")
    return load_codebook(path)


def test_marks_leave_the_sentence_as_it_is() -> None:
    example = read_marked("{a|Dockers} {t|downed tools} at the {p|port}.")

    assert example.text == "Dockers downed tools at the port."
    assert [(mark.role, example.words(mark)) for mark in example.marks] == [
        ("actor", "Dockers"), ("trigger", "downed tools"), ("place", "port"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("{x|Dockers} struck.", "'x'; expected one of t (trigger), a (actor)"),
        ("{t1|struck} twice.", "'t1'; expected one of"),
        ("{t|} at noon.", "holds nothing"),
        ("{t| struck} at noon.", "begins or ends in a space"),
        ("{a|the {t|strike}} at noon.", "a brace is left over"),
        ("{t|struck at noon.", "a brace is left over"),
        ("  ", "it is empty"),
    ],
)
def test_markup_that_cannot_be_read_is_told(marked: str, said: str) -> None:
    with pytest.raises(CodebookError) as caught:
        read_marked(marked)
    assert said in str(caught.value)


def test_a_codebook_of_one_s_own_needs_neither_quad_nor_licence(tmp_path: Path) -> None:
    codebook = _load(tmp_path, LABOUR)

    (strike,) = codebook.types
    assert (codebook.name, codebook.version, codebook.licence, strike.quad) == ("labour", "1", "", None)
    assert strike.words == ("strike",)
    assert [example.text for example in strike.counterexamples] == ["Lightning struck the town hall."]
    assert [form for form, _ in strike.taught()] == ["wildcat", None]
    codebook.check("STRIKE", "wildcat")
    assert codebook.acled("STRIKE", "wildcat") is None


def test_extending_plover_adds_types_and_widens_those_that_are_there(tmp_path: Path) -> None:
    codebook = _load(
        tmp_path,
        'name = "more"\nversion = "1"\nextends = "plover"\n[types.PROTEST]\nwords = ["cacerolazo"]\n'
        '[types.PROTEST.forms.noise]\ndefinition = "Pots."\n[types.LOCKOUT]\ndefinition = "Workers shut out."\n',
    )

    assert len(codebook.types) == len(plover().types) + 1
    protest = codebook.type("PROTEST")
    assert protest.definition == plover().type("PROTEST").definition
    assert protest.words == ("cacerolazo",)
    assert {form.code for form in protest.forms} == {form.code for form in plover().type("PROTEST").forms} | {"noise"}
    assert codebook.sectors == plover().sectors
    assert codebook.licence == plover().licence  # an adaptation of what is shared alike


def test_a_kept_codebook_is_the_codebook_and_its_name_the_hash_of_its_bytes(tmp_path: Path) -> None:
    for codebook in (plover(), _load(tmp_path, LABOUR)):
        data = codebook_bytes(codebook)
        assert codebook_of(data) == codebook
        assert hashlib.sha256(data).hexdigest() == codebook_digest(codebook)
        assert str(codebook).endswith(f"+{codebook_digest(codebook)}")


@pytest.mark.parametrize(
    ("old", "new"), [("stop work", "stop working"), ("struck", "hit"), ('["strike"]', '["walkout"]')]
)
def test_any_change_of_a_codebook_is_another_digest(old: str, new: str, tmp_path: Path) -> None:
    changed = LABOUR.replace(old, new)
    assert changed != LABOUR
    assert codebook_digest(_load(tmp_path, changed)) != codebook_digest(_load(tmp_path, LABOUR))


def test_comments_and_order_of_keys_change_nothing(tmp_path: Path) -> None:
    changed = "# mine\n" + LABOUR.replace('name = "labour"\nversion = 1', 'version = "1"\nname = "labour"')
    assert codebook_digest(_load(tmp_path, changed)) == codebook_digest(_load(tmp_path, LABOUR))


FAULTY = """name = "mine"
extends = "cameo"
colour = "red"
[types.RAID]
quad = "hostile"
words = "raid"
examples = [
  "Police {t|raided} the house.",
  "Police came.",
  "Police {z|raided} the office.",
]
not = ["Police raided the house."]
[types.RAID.forms.night]
mode = 3
[types."night raid"]
definition = "A raid."
[types.LOOT]
definition = "Looting."
words = ["{t|loot}"]
cameo = "18"
"""


@pytest.mark.parametrize(
    "fault",
    [
        "key 'version' is missing at the top; expected version =",
        "line 2, extends: 'cameo' given; expected 'plover'",
        "line 3, colour: unknown key 'colour'; known are name, version",
        "line 4, types.RAID: type RAID has no 'definition'",
        "line 5, types.RAID.quad: 'hostile' given; expected one of verbal_cooperation",
        "line 6, types.RAID.words: 'raid' given; expected a list",
        "line 9, types.RAID.examples[1]: no trigger is marked in 'Police came.'; expected {t|",
        "line 10, types.RAID.examples[2]: mark {z|raided} has the letter 'z'",
        "line 12, types.RAID.not: 'Police raided the house.' is an example of types.RAID too",
        "line 13, types.RAID.forms.night: form RAID/night has no 'definition'",
        "line 14, types.RAID.forms.night.mode: 3 given; expected a text",
        "line 15, types.night raid: code 'night raid' given; expected a letter",
        "line 19, types.LOOT.words[0]: '{t|loot}' given; expected plain words",
        "line 20, types.LOOT.cameo: expected a list of codes",
    ],
)
def test_every_fault_comes_at_once_with_line_and_key(fault: str, tmp_path: Path) -> None:
    with pytest.raises(CodebookError) as caught:
        _load(tmp_path, FAULTY)
    assert f"- {fault}" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('name = "x"\nversion = "1"\ntypes = 3\n', "types: 3 given; expected a table a type"),
        ('name = "x"\nversion = "1"\n[types]\nRAID = "x"\n', "types.RAID: 'x' given; expected a table [types.RAID]"),
        ('name = "x"\nextends = "plover"\nversion = "1"\n[types]\nRAID = "x"\n', "types.RAID: 'x' given"),
        ('name = "x\n', "line 1"),
        ('name = "x"\nname = "y"\n', "line 2"),
    ],
)
def test_a_file_that_is_no_codebook_is_told_so(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match=r"own\.toml") as caught:
        _load(tmp_path, text)
    assert said in str(caught.value)


def test_bytes_that_are_no_text_and_files_that_are_not_there_are_told(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes(b"\xff\xfe\x00")
    for name in ("own.toml", "none.toml"):
        with pytest.raises(CodebookError, match=rf"{name} cannot be read: .*; expected a TOML file in UTF-8"):
            load_codebook(tmp_path / name)
