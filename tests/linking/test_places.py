"""How two places stand to each other."""

from __future__ import annotations

import pytest

from dateline.linking.places import Relation, km_between, relate
from dateline.model.ground import Place, Precision
from dateline.model.text import Evidence


def place(name: str | None, precision: Precision = Precision.CITY, **about: object) -> Place:
    words = name or "the old mill"
    return Place(Evidence(0, len(words), words), name, precision=precision, **about)  # type: ignore[arg-type]


LEIPZIG = place("Leipzig", geonames=2879139, country="DDR", admin1="Saxony", lat=51.34, lon=12.37, radius_km=10.0)
HALLE = place("Halle", country="DDR", lat=51.48, lon=11.97, radius_km=10.0)
MARKKLEEBERG = place("Markkleeberg", country="DDR", lat=51.28, lon=12.37, radius_km=5.0)
DRESDEN = place("Dresden", country="DDR", admin1="Saxony", lat=51.05, lon=13.74, radius_km=10.0)
STATION = place("Main Station", Precision.SITE, country="DDR", lat=51.345, lon=12.38, radius_km=0.5)
SAXONY = place("Saxony", Precision.PROVINCE, country="DDR", lat=51.0, lon=13.4, radius_km=110.0)
GDR = place("East Germany", Precision.COUNTRY, country="DDR")
POLAND = place("Poland", Precision.COUNTRY, country="POL")
UNRESOLVED = place(None)


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        (LEIPZIG, LEIPZIG, Relation.SAME),
        (LEIPZIG, place("Lipsia", geonames=2879139), Relation.SAME),
        (LEIPZIG, place("leipzig"), Relation.SAME),
        (STATION, LEIPZIG, Relation.WITHIN),
        (LEIPZIG, SAXONY, Relation.WITHIN),
        (LEIPZIG, GDR, Relation.WITHIN),
        (GDR, GDR, Relation.SAME),
        (LEIPZIG, MARKKLEEBERG, Relation.NEAR),
        (LEIPZIG, HALLE, Relation.DOUBTFUL),
        (LEIPZIG, DRESDEN, Relation.APART),
        (LEIPZIG, POLAND, Relation.APART),
        (LEIPZIG, place("Germany", Precision.COUNTRY, country="DEU"), Relation.WITHIN),
        (LEIPZIG, place("Leipzig", country="DEU", lat=51.34, lon=12.37), Relation.SAME),
        (UNRESOLVED, UNRESOLVED, Relation.SAME),
        (UNRESOLVED, LEIPZIG, None),
        (place("Springfield"), place("Shelbyville"), None),
    ],
)
def test_relation(left: Place, right: Place, relation: Relation | None) -> None:
    for proximity in (relate(left, right), relate(right, left)):
        assert (proximity.relation if proximity else None) is relation


def test_distance() -> None:
    assert km_between(LEIPZIG, DRESDEN) == pytest.approx(100, abs=2)
    assert km_between(LEIPZIG, GDR) is None
    antipodes = place("a", lat=0.0, lon=0.0), place("b", lat=0.0, lon=180.0)
    assert km_between(*antipodes) == pytest.approx(20_015, abs=1)
