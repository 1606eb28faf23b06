"""Stable pseudonyms for masked names: numbers by HMAC with a key that lies outside the project and its export.

Who holds the key can make the number of a name again, and so test a guess; nobody else can. The same key gives the
same person the same number in every export; another key gives others.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from functools import partial
from typing import TYPE_CHECKING

from dateline.errors import UsageError
from dateline.publishing.vocabulary import MASK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from dateline.publishing.names import Pseudonym
    from dateline.publishing.vocabulary import Name

DIGITS = 10
"""Of a pseudonym: among 10,000 persons, two have the same number with a chance of one in 200."""

_BYTES = 32


def read_key(path: Path, apart: Iterable[Path] = ()) -> bytes:
    """Return the key in a file, which is made if there is none, for its owner to read alone.

    Raises:
        UsageError: if the file lies in one of the folders it must be kept apart from, or holds no key.
    """
    for folder in apart:
        if path.resolve().is_relative_to(folder.resolve()):
            raise UsageError(f"key {path} given; it lies in {folder}: keep it apart from what it protects")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(_BYTES) + "\n")
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise UsageError(f"key {path} cannot be read: {error}; expected {_BYTES} bytes in hexadecimal") from error
    if len(key) < _BYTES:
        raise UsageError(f"key {path} has {len(key)} bytes; expected {_BYTES} or more")
    return key


def pseudonyms(key: bytes, names: Iterable[Name]) -> Pseudonym:
    """Return what gives each masked name its number; a part of one name alone gets the number of the whole name."""
    owners: dict[str, set[Name]] = {}
    for name in names:
        for part in name if len(name) > 1 else ():
            owners.setdefault(part, set()).add(name)
    whole: dict[Name, Name] = {(part,): next(iter(full)) for part, full in owners.items() if len(full) == 1}
    return partial(_numbered, key, whole)


def _numbered(key: bytes, whole: Mapping[Name, Name], name: Name) -> str:
    return f"{MASK[:-1]} {number_of(' '.join(whole.get(name, name)), key)}]"


def number_of(name: str, key: bytes) -> str:
    """Return the digits that stand for a name under a key."""
    number = int.from_bytes(hmac.new(key, name.encode("utf-8"), hashlib.sha256).digest())
    return f"{number % 10**DIGITS:0{DIGITS}}"
