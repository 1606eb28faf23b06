"""Which incidents are asked for: `Filters`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

COLUMNS = ("type", "form", "status", "country", "admin1", "place")
"""Columns of incidents that are filtered by equality."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions on incidents. What is None asks for nothing; all others must hold.

    Attributes:
        since, until: the incident's interval must touch [since, until]; incidents of unknown time then drop out.
        publisher: some report of it is by this publisher.
        words: some trigger of it holds these letters, in any case.
    """

    type: str | None = None
    form: str | None = None
    status: str | None = None
    country: str | None = None
    admin1: str | None = None
    place: str | None = None
    since: date | None = None
    until: date | None = None
    contested: bool | None = None
    single_source: bool | None = None
    publisher: str | None = None
    words: str | None = None


ALL = Filters()
"""No condition."""
