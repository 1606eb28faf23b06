"""Coordinates as published: no finer than what is known of a place."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from dateline.model.event import Mention
from dateline.model.ground import Place, Precision
from dateline.model.incident import Incident

Located = TypeVar("Located", Place, Incident)

DECIMALS = {
    Precision.SITE: 3,
    Precision.DISTRICT: 2,
    Precision.CITY: 2,
    Precision.COUNTY: 1,
    Precision.PROVINCE: 1,
    Precision.REGION: 0,
    Precision.COUNTRY: 0,
    Precision.UNKNOWN: 0,
}
"""Decimals of a degree by precision: 3 are about 110 m, 2 about 1 km, 1 about 11 km, none about 110 km."""


def coarsen(located: Located) -> Located:
    """Return a place or an incident with its coordinates rounded to its precision."""
    if located.lat is None or located.lon is None:
        return located
    decimals = DECIMALS[located.precision]
    return replace(located, lat=_round(located.lat, decimals), lon=_round(located.lon, decimals))


def coarsen_mention(mention: Mention) -> Mention:
    """Return a mention with the coordinates of its place rounded."""
    return replace(mention, place=coarsen(mention.place)) if mention.place else mention


def _round(degrees: float, decimals: int) -> float:
    return round(degrees, decimals) + 0.0  # never -0.0
