"""Judgements and their withdrawals on disk: one small file each, named by the hash of its content; only ever added.

As lines of JSON they travel from one project to another: `export_words`, `merge_words`. Since a word's name is the hash
of what it says, merging twice, or in another order, or each into the other, gives the same set of words.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.errors import ArchiveError, UsageError
from dateline.model.judgement import Judgement, Withdrawal, check_word, word_id, word_json, word_of
from dateline.storing.atomic import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dateline.model.judgement import Word

FOLDER = "judgements"


@dataclass(frozen=True, slots=True)
class Merged:
    """What merging did: ids of the words that were new, and how many were there already."""

    added: tuple[str, ...]
    known: int


def write_word(project: Path, word: Word) -> str:
    """Store a judgement or withdrawal and return its id; one that is there already is not written again.

    Raises:
        UsageError: if it lacks who said it, a time with its time zone or one of its sides; if somebody takes back the
            judgement of another.
    """
    check_word(word)
    if isinstance(word, Withdrawal):
        _check_author(project, word)
    identity = word_id(word)
    path = word_path(project, identity)
    if not path.exists():
        write_whole(path, _render(word))
    return identity


def _check_author(project: Path, word: Withdrawal) -> None:
    """Raise `UsageError` unless a withdrawal is of its author's own judgement, where that is here already."""
    path = word_path(project, word.judgement)
    judgement = read_word(path) if path.exists() else None
    if isinstance(judgement, Judgement) and judgement.who != word.who:
        raise UsageError(
            f"{word.who!r} takes back a judgement of {judgement.who!r}; expected its author: to overrule it, add a "
            "judgement that settles"
        )


def word_path(project: Path, identity: str) -> Path:
    """Return where a word lies."""
    return project / FOLDER / f"{identity}.json"


def read_words(project: Path) -> dict[str, Word]:
    """Return all judgements and withdrawals by id, oldest first.

    Raises:
        ArchiveError: if a file is not to the letter what was written.
    """
    found = {path.stem: read_word(path) for path in sorted((project / FOLDER).glob("*.json"))}
    return dict(sorted(found.items(), key=lambda item: (item[1].when, item[0])))


def read_word(path: Path) -> Word:
    """Return the word in a file. Raises `ArchiveError` if the file is damaged."""
    try:
        data = path.read_bytes()
        word = word_of(json.loads(data))
    except (OSError, ValueError, KeyError, TypeError, UsageError) as error:
        raise ArchiveError(f"judgement {path} cannot be read: {error}; restore it from a copy") from error
    if _render(word) != data or word_id(word) != path.stem:
        raise ArchiveError(f"judgement {path} has changed since it was made; restore it from a copy")
    return word


def export_words(project: Path) -> str:
    """Return all words of a project, one JSON object a line, sorted by id."""
    return "".join(_line(word) for _, word in sorted(read_words(project).items()))


def merge_words(project: Path, lines: Iterable[str]) -> Merged:
    """Add words to a project: all of them, or none if one cannot be read.

    Args:
        project: the folder that they are added to.
        lines: as `export_words` gives them, of another project with the same reports; empty lines are passed over.

    Raises:
        UsageError: if a line holds no judgement or withdrawal.
    """
    words = [_read_line(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    by_id = {word_id(word): word for word in words}
    added = tuple(name for name in sorted(by_id) if not word_path(project, name).exists())
    for name in added:
        write_whole(word_path(project, name), _render(by_id[name]))
    return Merged(added, len(by_id) - len(added))


def _read_line(number: int, line: str) -> Word:
    try:
        return word_of(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError, UsageError) as error:
        raise UsageError(
            f"line {number} is no judgement: {error}; expected lines as `dateline judgements export` writes them; "
            "nothing was merged"
        ) from error


def _line(word: Word) -> str:
    return json.dumps(word_json(word), ensure_ascii=False, sort_keys=True) + "\n"


def _render(word: Word) -> bytes:
    return (json.dumps(word_json(word), indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()
