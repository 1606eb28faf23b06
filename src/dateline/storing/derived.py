"""Files that are worked out from a project and lie in its folder for work: made at first need, whole or not there.

A project may come from anybody, and such files with it. One is opened only if whoever opens it has made it on this
machine, and nobody has touched it since. That says its seal, a small file beside it: a keyed hash of its name, size,
inode and times under a secret of one's own, which no project holds. Any other is made anew.
"""

from __future__ import annotations

import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.storing.atomic import unfinished

if TYPE_CHECKING:
    from collections.abc import Callable

SEAL = ".seal"
"""Suffix of the seal of a file."""

_LENGTH = 32


def derive(path: Path, make: Callable[[Path], None]) -> None:
    """Have a derived file, made anew unless it bears one's own seal; those of earlier states are removed.

    Args:
        path: `work/<name>-<key>.<suffix>`, of which the key says what it is made from, and by what.
        make: writes it, under another name at first.

    Raises:
        OSError: if it cannot be written.
    """
    if is_sealed(path):
        return
    with unfinished(path) as temporary:
        make(temporary)
        temporary.replace(path)
    with suppress(OSError):  # without a seal it is made again by whoever comes next
        path.with_name(path.name + SEAL).write_bytes(_seal_of(path))
    for old in path.parent.glob(path.name.partition("-")[0] + "-*"):
        if not old.name.startswith(path.name):
            with suppress(OSError):
                old.unlink()


def is_sealed(path: Path) -> bool:
    """Say whether a file is as whoever asks has made it here."""
    try:
        return hmac.compare_digest(path.with_name(path.name + SEAL).read_bytes(), _seal_of(path))
    except OSError:
        return False


def _seal_of(path: Path) -> bytes:
    """Return the seal that a file should bear; whatever is done to it changes one of these numbers."""
    about = path.stat(follow_symlinks=False)
    told = (path.name, about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns)
    return hmac.digest(_secret(), repr(told).encode(), "sha256").hex().encode()


def _secret() -> bytes:
    """Return the secret of this person on this machine, made at first need. Raises `OSError` if it cannot be kept."""
    path = _state() / "dateline" / "seal.key"
    with suppress(FileNotFoundError):
        secret = path.read_bytes()
        if len(secret) == _LENGTH:
            return secret
    with unfinished(path) as temporary:
        with open(temporary, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(secrets.token_bytes(_LENGTH))
        temporary.replace(path)
    return path.read_bytes()


def _state() -> Path:
    """Return the folder in which a person's programs keep what is no document (XDG)."""
    given = os.environ.get("XDG_STATE_HOME", "")  # noqa: TID251 (where a person's state lies is no setting of ours)
    if Path(given).is_absolute():
        return Path(given)
    try:
        return Path.home() / ".local" / "state"
    except RuntimeError as error:
        raise FileNotFoundError("this person has no home folder") from error
