"""Write a dataset to a folder that may leave the house: redacted, checked, described, whole or not at all."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.errors import UsageError
from dateline.publishing.dataset import Dataset, Material, make_dataset
from dateline.publishing.descriptions import describe_all
from dateline.publishing.formats import Content, write_formats
from dateline.publishing.ftm import PROPERTIES
from dateline.publishing.gate import IDS, check_folder
from dateline.publishing.leaving import Leaving, leaving
from dateline.publishing.order import Format, Order
from dateline.publishing.pages import write_pages
from dateline.publishing.redact import plan
from dateline.publishing.vocabulary import words_of_others
from dateline.publishing.words import keys_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True, slots=True)
class Release:
    """What was published.

    Attributes:
        files: their paths in the folder, sorted.
        masked: how many of the mentions had the name of a private person masked.
        leaving: all that left.
    """

    folder: Path
    files: tuple[str, ...]
    reports: int
    mentions: int
    incidents: int
    masked: int
    leaving: Leaving


class RefusedError(UsageError):
    """Whoever was asked whether this may leave said no. Nothing was published."""


DEFAULT = Order()
_WRITTEN = (".csv", ".html", ".json", ".jsonld", ".md")


def agree(_leaving: Leaving) -> bool:
    """Say yes to all that is about to leave."""
    return True


def publish(
    material: Material, folder: Path, order: Order = DEFAULT, agreed: Callable[[Leaving], bool] = agree
) -> Release:
    """Publish a dataset to a new folder. The same dataset and order give the same bytes.

    Args:
        material: what there is, and which of it is asked for.
        folder: must not exist, or be empty.
        order: what to write, and how.
        agreed: is asked when all is written and checked, and before any of it is in its place.

    Raises:
        UsageError: if the folder is in use.
        LeakError: if a private name got through; then nothing is left behind.
        RefusedError: if it was not agreed to; then nothing is left behind.
    """
    _check_free(folder)
    told = (material.reports, material.mentions, order.names, material.codebooks, order.key)
    masking = plan(*told, whole=order.texts, fixed=fixed_words(), allowed=order.public)
    dataset = make_dataset(material, masking, order)
    with _whole(folder) as made:
        _write(dataset, material, order, made)
        check_folder(made, masking.suppressed)
        shown = leaving(made, dataset, order.quotes)
        if not agreed(shown):
            raise RefusedError(f"nothing was published to {folder}: it was not agreed to")
    files = tuple(sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()))
    return Release(
        folder,
        files,
        len(dataset.reports),
        len(dataset.mentions),
        len(dataset.incidents),
        dataset.masked,
        shown,
    )


@cache
def fixed_words() -> frozenset[str]:
    """Return the words of a publication of nothing: what is written whatever the data, as names of columns."""
    nothing = Material([], [], [], (), ())
    with tempfile.TemporaryDirectory() as folder:
        _write(make_dataset(nothing, plan([], []), DEFAULT), nothing, DEFAULT, Path(folder))
        paths = [path for path in Path(folder).rglob("*") if path.suffix in _WRITTEN and path.parent.name != "assets"]
        texts = [path.read_text("utf-8") for path in paths]
    told = (*(IDS.sub(" ", text) for text in texts), *PROPERTIES)
    return frozenset(key for text in told for key in keys_in(text)) | words_of_others()


def _write(dataset: Dataset, material: Material, order: Order, folder: Path) -> None:
    """Write the files of a dataset, and then those that describe them."""
    data = write_formats(dataset, order.formats)
    for name, content in data.items():
        write_file(folder / name, content)
    if Format.PAGES in order.formats:
        for name, page in write_pages(dataset, material, order, sorted(data)):
            write_file(folder / name, [page])
    describe_all(folder, dataset, material, order)


def write_file(path: Path, content: Content) -> None:
    """Write a file piece by piece, and the folders that it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.writelines(content)


@contextmanager
def _whole(folder: Path) -> Iterator[Path]:
    """Give a folder to write to, which takes its final name only if all goes well, and else leaves no trace."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as work:
        made = Path(work) / "made"
        made.mkdir()
        yield made
        if folder.exists():
            folder.rmdir()
        made.rename(folder)


def _check_free(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"folder {folder} given to publish to; it holds something: name a new or an empty folder")
