"""Nouns on disk as small JSON files, one each, named by the hash of its content. They are added, never edited."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dateline.errors import ArchiveError, UsageError
from dateline.model.text import digest
from dateline.storing.atomic import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Noun = TypeVar("Noun")


@dataclass(frozen=True, slots=True)
class Shelf(Generic[Noun]):
    """A folder of a project that holds nouns of one kind.

    Attributes:
        folder, name: the folder, and what a noun is called in messages.
        to_json, of_json: the noun's form in JSON and its inverse.
    """

    folder: str
    name: str
    to_json: Callable[[Noun], dict[str, Any]]
    of_json: Callable[[dict[str, Any]], Noun]

    def path(self, project: Path, identity: str) -> Path:
        """Return where a noun lies."""
        return project / self.folder / f"{identity}.json"

    def paths(self, project: Path) -> list[Path]:
        """Return where all nouns lie, sorted."""
        return sorted((project / self.folder).glob("*.json"))

    def put(self, project: Path, noun: Noun) -> str:
        """Store a noun and return its id; one that is there already is not written again."""
        body = self.to_json(noun)
        path = self.path(project, digest(body))
        if not path.exists():
            write_whole(path, _render(body))
        return path.stem

    def all(self, project: Path) -> dict[str, Noun]:
        """Return all nouns by id, sorted by it.

        Raises:
            ArchiveError: if a file is not to the letter what was written.
        """
        return {path.stem: self.get(path) for path in self.paths(project)}

    def get(self, path: Path) -> Noun:
        """Return the noun in a file. Raises `ArchiveError` if the file is damaged."""
        try:
            data = path.read_bytes()
            noun = self.of_json(json.loads(data))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, UsageError) as error:
            raise ArchiveError(f"{self.name} {path} cannot be read: {error}; restore it from a copy") from error
        body = self.to_json(noun)
        if _render(body) != data or digest(body) != path.stem:
            raise ArchiveError(f"{self.name} {path} has changed since it was made; restore it from a copy")
        return noun


def _render(body: dict[str, Any]) -> bytes:
    return (json.dumps(body, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()
