"""How two places stand to each other, given how exactly each is known."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from dateline.linking.spelling import fold
from dateline.model.ground import Basis, Place, Precision
from dateline.model.tables import from_rows, to_rows
from dateline.model.text import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.model.ground import When

EARTH_KM = 6371.0

SLACK_KM = 25.0
"""Two places further apart than their radii and this are two places; nearer, gazetteers may simply differ."""

RADIUS_KM = {
    Precision.SITE: 1.0,
    Precision.DISTRICT: 4.0,
    Precision.CITY: 12.0,
    Precision.COUNTY: 50.0,
    Precision.PROVINCE: 150.0,
    Precision.REGION: 300.0,
}
"""What a place of this precision may be off by, where the place does not say."""

FINENESS = {precision: rank for rank, precision in enumerate(Precision)}
"""0 for a site, growing with coarseness."""


SUCCESSIONS: tuple[frozenset[str], ...] = (
    frozenset({"DDR", "DEU"}),
    frozenset({"CSK", "CZE", "SVK"}),
    frozenset({"YUG", "SCG", "SRB", "MNE", "HRV", "SVN", "BIH", "MKD", "XKX", "KOS"}),
    frozenset("SUN RUS UKR BLR MDA EST LVA LTU GEO ARM AZE KAZ UZB TKM KGZ TJK".split()),
    frozenset({"SDN", "SSD"}),
    frozenset({"ETH", "ERI"}),
    frozenset({"IDN", "TLS"}),
    frozenset({"YEM", "YMD"}),
)
"""Countries whose ground was, within living memory, in part the same: gazetteers name either."""


class Relation(StrEnum):
    """How two places stand to each other."""

    SAME = "same"
    WITHIN = "within"
    NEAR = "near"
    DOUBTFUL = "doubtful"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Proximity:
    """A relation, and the precision at which it holds: that of the coarser place."""

    relation: Relation
    precision: Precision


def relate(left: Place, right: Place) -> Proximity | None:
    """Return how two places stand to each other, or None where nothing can be said."""
    fine, coarse = sorted((left, right), key=lambda place: FINENESS[place.precision])
    relation = _by_name(fine, coarse) or _by_distance(fine, coarse)
    return Proximity(relation, coarse.precision) if relation else None


def proximity_of(left: Place | None, right: Place | None) -> Proximity | None:
    """Return how the places of two mentions stand to each other, or None where one is unknown."""
    return relate(left, right) if left and right else None


def read_of(place: Place) -> tuple[object, ...]:
    """Return all of a place by which `relate` goes, and its basis: of two with the same it says the same."""
    names = (place.name, place.country, place.admin1, place.admin2, place.evidence.quote)
    return names, place.geonames, place.lat, place.lon, place.radius_km, place.precision.value, place.basis.value


def distinct(places: Iterable[Place]) -> list[Place]:
    """Return the first of all places that stand alike to every other."""
    found: dict[tuple[object, ...], Place] = {}
    for place in places:
        found.setdefault(read_of(place), place)
    return list(found.values())


def written(place: Place | None) -> str:
    """Return all of a place by which `relate` goes, as text; empty if there is none."""
    if place is None:
        return ""
    words = "" if place.name else place.evidence.quote
    (row,) = to_rows([replace(place, evidence=Evidence(0, len(words), words), support=())])
    return json.dumps(row)


def read(text: str) -> Place | None:
    """Return the place that was `written`."""
    return from_rows(Place, [json.loads(text)])[0] if text else None


def is_inferred(*grounds: Place | When | None) -> bool:
    """Say whether one of the places or times stands in no words of its event."""
    return any(it is not None and it.basis is Basis.INFERRED for it in grounds)


def name_of(place: Place | None) -> str:
    """Return the name of a place, for a sentence."""
    return (place.name if place else None) or "a place"


def km_between(left: Place, right: Place) -> float | None:
    """Return the distance of two points on the sphere in km, or None where one has no coordinates."""
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        return None
    south, north = math.radians(left.lat), math.radians(right.lat)
    east = math.radians(right.lon - left.lon)
    half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin(east / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def radius_of(place: Place) -> float:
    """Return by how many km the true place may be off."""
    return (
        place.radius_km if place.radius_km is not None else RADIUS_KM.get(place.precision, RADIUS_KM[Precision.REGION])
    )


def share_ground(left: str, right: str) -> bool:
    """Say whether two country codes can stand for the same ground."""
    return left == right or any(left in group and right in group for group in SUCCESSIONS)


def _by_name(fine: Place, coarse: Place) -> Relation | None:
    """Compare by gazetteer id, country and administrative units; None where names do not decide."""
    if fine.country and coarse.country and not share_ground(fine.country, coarse.country):
        return Relation.APART
    if fine.geonames is not None and fine.geonames == coarse.geonames:
        return Relation.SAME
    if coarse.precision is Precision.COUNTRY and coarse.country and fine.country:
        return Relation.SAME if fine.precision is Precision.COUNTRY else Relation.WITHIN
    if fine.name is None or coarse.name is None:
        return Relation.SAME if fold(fine.evidence.quote) == fold(coarse.evidence.quote) else None
    return _by_unit(fine, coarse, fold(fine.name), fold(coarse.name))


def _by_unit(fine: Place, coarse: Place, name: str, unit: str) -> Relation | None:
    if name == unit and fine.precision is coarse.precision and km_between(fine, coarse) is None:
        return Relation.SAME
    parents = {Precision.PROVINCE: fine.admin1, Precision.COUNTY: fine.admin2, Precision.CITY: fine.admin2}
    parent = parents.get(coarse.precision)
    if parent is None or fold(parent) != unit:
        return None
    return Relation.SAME if name == unit else Relation.WITHIN


def _by_distance(fine: Place, coarse: Place) -> Relation | None:
    km = km_between(fine, coarse)
    if km is None or coarse.precision is Precision.UNKNOWN:
        return None
    if km <= radius_of(coarse):
        return _inside(fine, coarse)
    reach = radius_of(fine) + radius_of(coarse)
    if km <= reach:
        return Relation.NEAR
    return Relation.DOUBTFUL if km <= reach + SLACK_KM else Relation.APART


def _inside(fine: Place, coarse: Place) -> Relation:
    """Two towns of different names are two, however near; a point inside a wider place is in it."""
    if fine.precision is not coarse.precision:
        return Relation.WITHIN
    return Relation.SAME if fold(fine.name or "") == fold(coarse.name or "") else Relation.NEAR
