"""Which incidents are asked for: `Filters`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

COLUMNS = ("type", "form", "status", "country", "admin1", "place", "precision")
"""Columns of incidents that are filtered by equality."""

REVIEWED, UNREVIEWED = "reviewed", "unreviewed"


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions on incidents. What is None asks for nothing; all others must hold.

    Attributes:
        actor: some mention of it has this actor: a public actor's name, or sector and country ("COP DEU").
        publisher: some report of it is by this publisher.
        since, until: the incident's interval must touch [since, until]; incidents of unknown time then drop out.
        sources: at least so many independent sources tell of it.
        disputed: this is contested: a figure by what it counts, or `when`, `where`, `status`.
        review: `reviewed` if a person has judged some mention of it, else `unreviewed`.
        words: all of these words, in any form of case and accents, stand in the passages that tell of it, in a name of
            its place or of an actor; "in quotation marks" as a phrase, with an asterisk as a beginning.
    """

    type: str | None = None
    form: str | None = None
    status: str | None = None
    country: str | None = None
    admin1: str | None = None
    place: str | None = None
    precision: str | None = None
    actor: str | None = None
    publisher: str | None = None
    since: date | None = None
    until: date | None = None
    sources: int | None = None
    single_source: bool | None = None
    contested: bool | None = None
    disputed: str | None = None
    review: str | None = None
    words: str | None = None


ALL = Filters()
"""No condition."""
