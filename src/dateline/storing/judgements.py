"""Judgements on disk: one small file each, named by the hash of its content. They are added, never edited."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dateline.errors import ArchiveError, UsageError
from dateline.model.incident import Judgement, Verdict
from dateline.model.text import digest
from dateline.storing.atomic import write_whole

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "judgements"


def write_judgement(project: Path, judgement: Judgement) -> str:
    """Store a judgement and return its id; one that is there already is not written again.

    Raises:
        UsageError: if its time has no time zone.
    """
    if judgement.when.tzinfo is None:
        raise UsageError(f"judgement dated {judgement.when.isoformat()} given; expected a time with its time zone")
    body = _to_json(judgement)
    identity = digest(body)
    write_whole(judgement_path(project, identity), _render(body))
    return identity


def judgement_path(project: Path, identity: str) -> Path:
    """Return where a judgement lies."""
    return project / FOLDER / f"{identity}.json"


def read_judgements(project: Path) -> dict[str, Judgement]:
    """Return all judgements by id, oldest first.

    Raises:
        ArchiveError: if a file is not to the letter what was written.
    """
    found = {path.stem: read_judgement(path) for path in sorted((project / FOLDER).glob("*.json"))}
    return dict(sorted(found.items(), key=lambda item: (item[1].when, item[0])))


def read_judgement(path: Path) -> Judgement:
    """Return the judgement in a file. Raises `ArchiveError` if the file is damaged."""
    try:
        data = path.read_bytes()
        body = json.loads(data)
        judgement = _from_json(body)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArchiveError(f"judgement {path} cannot be read: {error}; restore it from a copy") from error
    if _render(_to_json(judgement)) != data or digest(body) != path.stem:
        raise ArchiveError(f"judgement {path} has changed since it was made; restore it from a copy")
    return judgement


def _to_json(judgement: Judgement) -> dict[str, Any]:
    return asdict(judgement) | {"verdict": judgement.verdict.value, "when": judgement.when.isoformat()}


def _from_json(body: dict[str, Any]) -> Judgement:
    return Judgement(
        **(body | {"verdict": Verdict(body["verdict"]), "when": datetime.fromisoformat(body["when"])}),
    )


def _render(body: dict[str, Any]) -> bytes:
    return (json.dumps(body, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()
