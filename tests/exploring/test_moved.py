"""The address of an incident that an earlier run made leads to what it is now."""

from __future__ import annotations

from pathlib import Path

from tests.exploring.sample import get
from tests.storing.rows import mention, regroup, report, result

from dateline.exploring.app import make_app

ONE, TWO = (report(f"On {day} May people marched.", f"{day}.txt") for day in (11, 12))
A, B = mention(ONE), mention(TWO)


def test_old_addresses_lead_on(tmp_path: Path) -> None:
    project = tmp_path / "p"
    (first, second) = regroup(project, "stage", [result(ONE, A), result(TWO, B)], (A,), (B,))
    (both,) = regroup(project, "stage", [], (A, B))
    moved = get(make_app(project), f"/incidents/{first}")
    assert (moved.status_code, moved.headers["location"]) == (302, f"/incidents/{both}")

    regroup(project, "stage", [], (A,), (B,))
    page = get(make_app(project), f"/incidents/{both}")
    assert page.status_code == 200
    assert f"/incidents/{first}" in page.text
    assert f"/incidents/{second}" in page.text
    assert get(make_app(project), "/incidents/never").status_code == 404
