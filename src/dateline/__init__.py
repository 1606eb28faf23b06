"""Dateline: reports about protest, repression and political violence -> events whose every value can be checked.

    >>> import dateline
    >>> told = dateline.code("Police arrested nine students in Leipzig on 11 September 1989.")
    >>> [(mention.type, mention.form, mention.place.name) for mention in told.mentions]
    [('COERCE', 'arrest', 'Leipzig')]

    >>> places = dateline.find_places("Fighting spread from Homs to Idlib.")
    >>> [(found.place.name, found.place.country) for found in places]
    [('Homs', 'SYR'), ('Idlib', 'SYR')]

`code` reads one text; `find_places` finds its places alone; `open` opens a project that `dateline run` made. Nothing
heavy is imported before it is needed.

How many and when, as a text says it, is told without a coder, too:

    >>> [(it.counts, it.low, it.high) for it in dateline.find_figures("At least 30 people marched; nobody was hurt.")]
    [('people', 30, None), ('injured', 0, 0)]
    >>> from datetime import date
    >>> [when.edtf for when in dateline.find_times("They met last Thursday.", published=date(2021, 6, 16))]
    ['2021-06-10']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dateline.grounding.places import FoundPlace
    from dateline.model.ground import Figure, When
    from dateline.running.project import Project
    from dateline.running.table import Table
    from dateline.running.told import Told

__all__ = ["code", "find_figures", "find_places", "find_times", "open", "policies"]


def code(
    text: str,
    *,
    publisher: str | None = None,
    published: date | None = None,
    coder: str | None = None,
    codebook: Path | str | None = None,
) -> Told:
    """Return what one text tells: its report, mentions, incidents and issues.

    Args:
        text: the text, as it is; offsets in the answer count its code points.
        publisher: who published it.
        published: the day it was published: relative dates are resolved against it.
        coder: name of the coder; default is the one of the settings, else `rules`.
        codebook: file of a codebook of one's own; default is the one of the settings, else the one that ships.
    """
    from dateline.running.face import code_text

    return code_text(text, publisher=publisher, published=published, coder=coder, codebook=codebook)


def find_figures(text: str) -> list[Figure]:
    """Return how many of what a text tells, in order, each with its words and a low-high range (`docs/figures.md`).

    Needs no coder, no model and no project: the letters alone are read.

    Args:
        text: plain text, as it is; offsets in the answer count its code points.
    """
    from dateline.grounding.figures import find_figures as find

    return find(text)


def find_times(text: str, *, published: date | None = None) -> list[When]:
    """Return the times that a text names, in order, each with its words and an interval (`docs/times.md`).

    Needs no coder, no model and no project: the letters alone are read.

    Args:
        text: plain text, as it is; offsets in the answer count its code points.
        published: the day it was published: what is relative to it stays unknown otherwise.
    """
    from dateline.grounding.times import find_times as find

    return find(text, published=published)


def find_places(text: str, *, publisher: str | None = None, places: Path | str | None = None) -> list[FoundPlace]:
    """Return the places that a text names, in its order, each with its words, its point and how sure that is.

        >>> import dateline
        >>> found, texas = dateline.find_places("Nurses marched in Paris, Texas, on Monday.")
        >>> found.place.name, found.place.admin1, found.place.evidence.quote, found.certainty > 0.9
        ('Paris', 'Texas', 'Paris', True)

    Args:
        text: plain English text; offsets in the answer count its code points.
        publisher: domain of who published it (`example.co.uk`): its home is looked at first.
        places: CSV file of places of one's own; default is the one of the settings.

    Raises:
        ConfigError: if the file of places cannot be used.
    """
    from dateline.running.face import find_places_in

    return find_places_in(text, publisher=publisher, places=places)


def open(project: Path | str) -> Project:
    """Open a project folder for reading.

    Raises:
        ArchiveError: if the folder is no project.
    """
    from dateline.running.project import open_project

    return open_project(project)


def policies() -> Table:
    """Return the policies by which a project's incidents and totals can be settled, with what each does.

    >>> import dateline
    >>> dateline.policies()["policy"].to_pylist()
    ['range', 'lowest', 'median', 'highest', 'most_precise', 'acled', 'ucdp', 'ccc', 'every_report']
    """
    from dateline.running.project import policies as all_policies

    return all_policies()
