"""The codebook that ships, and what is said of one that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import CodebookError
from dateline.model.codebook import load_codebook, plover

ACLED = {
    "Government regains territory", "Non-state actor overtakes territory", "Armed clash", "Protest with intervention",
    "Peaceful protest", "Violent demonstration", "Mob violence", "Chemical weapon", "Air/drone strike", "Suicide bomb",
    "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade", "Sexual violence", "Attack",
    "Abduction/forced disappearance", "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
    "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory", "Other",
    "Excessive force against protesters",
}  # fmt: skip


def test_all_sixteen_plover_types_are_there() -> None:
    assert len(plover().types) == 16
    assert {kind.quad for kind in plover().types} == {
        "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("COERCE", "death_sentence"), ("COERCE", "prison_sentence"), ("ASSAULT", "execution"), ("COERCE", "arrest"),
        ("COERCE", "disappearance"), ("ASSAULT", "torture"), ("COERCE", "internet_shutdown"), ("COERCE", "dispersal"),
        ("PROTEST", "symbolic"), ("PROTEST", "hunger_strike"), ("PROTEST", "sit_in"), ("PROTEST", "strike"),
        ("PROTEST", "march"), ("PROTEST", "riot"), ("PROTEST", "wave"),
    ],
)  # fmt: skip
def test_what_users_tell_apart_is_told_apart(kind: str, form: str) -> None:
    plover().check(kind, form)


def test_acled_names_are_acleds() -> None:
    codebook = plover()
    names = {codebook.acled(kind.code, form.code) for kind in codebook.types for form in kind.forms}
    assert names - {None} <= ACLED


def test_an_unknown_type_or_form_names_the_known_ones() -> None:
    with pytest.raises(CodebookError, match=r"'STRIKE' given; codebook plover has AGREE"):
        plover().check("STRIKE", None)
    with pytest.raises(CodebookError, match=r"'sitin' given for PROTEST; .* sit_in"):
        plover().check("PROTEST", "sitin")


def test_all_faults_of_a_file_are_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\n[types.RAID]\nquad = "x"\n[types.RAID.forms.night]\nmode = "x"\n')
    with pytest.raises(CodebookError) as caught:
        load_codebook(path)
    for part in ("'version' is missing", "RAID has no 'definition'", "RAID/night has no 'definition'"):
        assert part in str(caught.value)
