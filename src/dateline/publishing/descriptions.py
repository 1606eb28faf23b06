"""All files that describe a dataset, each made from what is in the folder: written last, checksums the very last."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from dateline.publishing.citation import bibtex, csl_json
from dateline.publishing.croissant import croissant
from dateline.publishing.datasheet import datapackage, dictionary
from dateline.publishing.provenance import provenance

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dateline.publishing.dataset import Dataset, Material
    from dateline.publishing.order import Order

CHECKSUMS = "SHA256SUMS"


def describe_all(folder: Path, dataset: Dataset, material: Material, order: Order) -> None:
    """Write the data dictionary, citations, descriptors and checksums of all that is in a folder."""
    _write(folder, "dictionary.md", dictionary(dataset, material, order))
    _write(folder, "citation.json", csl_json(order.about, dataset))
    _write(folder, "citation.bib", bibtex(order.about, dataset))
    known = hashes(folder, {})
    data = {path: told for path, told in known.items() if path.startswith("data/")}
    _write(
        folder, "provenance.jsonld", provenance(dataset, material, order, {it: sha for it, (_, sha) in data.items()})
    )
    _write(folder, "croissant.json", croissant(dataset, material, order, data))
    known = hashes(folder, known)
    _write(folder, "datapackage.json", datapackage(known, material, order))
    sums = "".join(f"{sha}  {path}\n" for path, (_, sha) in hashes(folder, known).items())
    _write(folder, CHECKSUMS, sums.encode("utf-8"))


def hashes(folder: Path, known: Mapping[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """Return size and sha256 of each file in a folder by its path, sorted; of those `known` already, as they are."""
    paths = {it.relative_to(folder).as_posix(): it for it in sorted(folder.rglob("*")) if it.is_file()}
    return {name: known.get(name) or _hash(path) for name, path in paths.items()}


def _hash(path: Path) -> tuple[int, str]:
    with path.open("rb") as content:
        return path.stat().st_size, hashlib.file_digest(content, "sha256").hexdigest()


def _write(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
