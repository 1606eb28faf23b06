"""Where a report plays as a whole: its dateline, the town, province and country of most of its places, its opening.

What has no place of its own may be put there, as an inference. A country that only tells whose an embassy or whose
soldiers are, a capital that stands for its government ("Tehran's budget"), and what a report merely speaks about are no
scenes of it and count for nothing here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from dateline.grounding.geonames import read_countries
from dateline.grounding.ties import is_aside, is_owner, is_placed, is_placed_bare, opens_line
from dateline.model.ground import Basis, Place, Precision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dateline.model.event import Coding
    from dateline.model.parse import Sentence

_FINE = (
    Precision.SITE, Precision.DISTRICT, Precision.CITY, Precision.COUNTY, Precision.PROVINCE, Precision.REGION,
    Precision.COUNTRY, Precision.UNKNOWN,
)  # fmt: skip
_SEA = re.compile(
    r"\b(?:sea|ocean|gulf|straits?|channel|bay|atlantic|pacific|mediterranean|caribbean)\b", re.IGNORECASE
)
_ADJACENT = 6
"""Characters between the names of a place and of what holds it: ", ", " in ", " (" ."""
_BESIDE = 16
"""And where the one is known to hold the other: ", in northern "."""
SETTLED = (Precision.SITE, Precision.DISTRICT, Precision.CITY)
_TOWN = _FINE.index(Precision.CITY)
_OFTEN = 2
"""Times that a report must name a town to play in it, if something is said to be in it nowhere."""
_AGAIN, _MAINLY = 3, 2 / 3
"""Times, and share of its towns, that a report must name the town that it hardly leaves. Chosen on MUC-4, training."""
_MOST = 0.5
"""Least share of a report's places that the country of its focus must hold, of its towns that the town must be."""


@dataclass(frozen=True)
class Scene:
    """A report and its places, each with the sentence that names it; `text` is that of the report."""

    coding: Coding
    places: Sequence[Place]
    sentences: Sequence[Sentence | None]
    is_capital: Callable[[Place], bool]
    text: str = ""

    def named_in(self, sentence: Sentence | None) -> list[Place]:
        """Return the known places of a sentence that are no dateline."""
        return [
            place
            for place, own in zip(self.places, self.sentences, strict=True)
            if sentence is not None and own is sentence and place.name and not self._opens(place, own)
        ]

    def placed_in(self, sentence: Sentence | None) -> list[Place]:
        """Return the places of a sentence that something is said to be in or at, whatever that is."""
        if sentence is not None and not sentence.tokens:
            return [place for place in self.named_in(sentence) if is_placed_bare(place, self.text)]
        return [place for place in self.named_in(sentence) if is_placed(place, sentence)]

    def told_in(self, sentence: Sentence | None) -> list[Place]:
        """Return the places that a sentence plays in: those of `placed_in` that are not of what it speaks about."""
        return [place for place in self.placed_in(sentence) if not is_aside(place, sentence)]

    def _opens(self, place: Place, sentence: Sentence) -> bool:
        return opens_line(place, sentence, self.text)

    @property
    def dateline(self) -> Place | None:
        """The first place that opens a sentence of the report before a dash or in capitals: "LEIPZIG (AP) -"."""
        return self._datelines[0][1] if self._datelines else None

    @cached_property
    def is_bulletin(self) -> bool:
        """Whether several places open sentences, each for what is told below it: "Gabes: ...", "Sfax: ..."."""
        return len({place.name for _, place in self._datelines}) > 1

    def dateline_at(self, sentence: Sentence | None) -> Place | None:
        """Return the dateline that a sentence stands under: in a bulletin the last before it, else the only one."""
        if not self.is_bulletin:
            return self.dateline
        above = [place for own, place in self._datelines if sentence and own.start <= sentence.start]
        return above[-1] if above else None

    def opens_item(self, sentence: Sentence) -> bool:
        """Say whether a sentence begins an item of a bulletin, so that no tale goes on into it."""
        return self.is_bulletin and any(own is sentence for own, _ in self._datelines)

    @cached_property
    def _datelines(self) -> list[tuple[Sentence, Place]]:
        return [
            (sentence, inferred(place, place))
            for place, sentence in zip(self.places, self.sentences, strict=True)
            if sentence and place.name and self._opens(place, sentence)
        ]

    @property
    def plays_at_dateline(self) -> bool:
        """Whether the report names the town of its dateline again."""
        return self.dateline is not None and any(place.name == self.dateline.name for place in self.towns)

    @cached_property
    def scenes(self) -> list[Place]:
        """The known places of the report that are no owners, and no capitals unless something is in them."""
        return [place for place, _ in self._seen]

    @cached_property
    def towns(self) -> list[Place]:
        """The places of the size of a town or finer, datelines apart; of capitals those that something is in."""
        return [place for place, _ in self._towns]

    @cached_property
    def _seen(self) -> list[tuple[Place, Sentence]]:
        """The scenes, each with the sentence that names it."""
        return [
            (place, own)
            for place, own in zip(self.places, self.sentences, strict=True)
            if place.name and own is not None and not is_owner(place, own)
        ]

    @cached_property
    def _towns(self) -> list[tuple[Place, Sentence]]:
        return [
            (place, own)
            for place, own in self._seen
            if _FINE.index(place.precision) <= _TOWN
            and not self._opens(place, own)
            and (not self.is_capital(place) or is_placed(place, own))
        ]

    @cached_property
    def town(self) -> Place | None:
        """The town that most of the report's towns are: named twice at least, or the only one, and something in it."""
        counts = Counter((place.name, place.admin1) for place in self.towns)
        if not counts:
            return None
        name, most = max(counts.items(), key=lambda item: (item[1], item[0][0] or "", item[0][1] or ""))
        (first, own), *others = [it for it in self._towns if (it[0].name, it[0].admin1) == name]
        is_told = len(counts) == 1 and bool(own.tokens) and first in self.told_in(own)
        if (most < _OFTEN and not is_told) or most <= _MOST * len(self.towns):
            return None
        return replace(
            first, basis=Basis.INFERRED, support=(first.evidence, *(place.evidence for place, _ in others[:2]))
        )

    @cached_property
    def main_town(self) -> Place | None:
        """The town that the report names again and again, and beside which it hardly names another."""
        count = sum(
            (place.name, place.admin1) == (self.town.name, self.town.admin1) for place in self.towns if self.town
        )
        return self.town if count >= _AGAIN and count >= _MAINLY * len(self.towns) else None

    @cached_property
    def only_town(self) -> Place | None:
        """The town in which all places of the report lie that are finer than a province, whatever it says of them.

        Datelines count for nothing, nor do capitals that nothing is in: they stand for governments. None is a town that
        is only spoken about, or that only a speaker is of.
        """
        seen = [
            (place, own)
            for place, own in zip(self.places, self.sentences, strict=True)
            if place.name
            and own
            and _FINE.index(place.precision) < _FINE.index(Precision.PROVINCE)
            and not self._opens(place, own)
            and (not self.is_capital(place) or is_placed(place, own))
        ]
        fine = [place for place, _ in seen]
        best = max(fine, key=lambda place: _FINE.index(place.precision), default=None)
        if best is None or best.precision not in SETTLED or all(is_aside(place, own) for place, own in seen):
            return None
        is_home = self.country is not None and self.country.country == best.country
        is_alone = is_home and all((place.name, place.admin1) == (best.name, best.admin1) for place in fine)
        return inferred(best, best) if is_alone else None

    @cached_property
    def unit(self) -> Place | None:
        """The county or province that the report names, and hardly has a place outside that is finer than a country."""
        inside = [place for place in self.scenes if _FINE.index(place.precision) <= _FINE.index(Precision.PROVINCE)]
        for precision in (Precision.COUNTY, Precision.PROVINCE):
            named = [place for place in inside if place.precision is precision]
            for unit in sorted(named, key=lambda place: place.evidence.start):
                if sum(holds(unit, place) for place in inside) > _MAINLY * len(inside):
                    return inferred(unit, unit)
        return None

    @cached_property
    def sea(self) -> Place | None:
        """The sea that something is said to be in, if that is one alone."""
        wide = [place for place, own in self._seen if _SEA.search(place.name or "") and is_placed(place, own)]
        alone = len({place.name for place in wide}) == 1
        return inferred(wide[0], wide[0]) if alone else None

    @cached_property
    def country(self) -> Place | None:
        """The country that most of the report's places lie in, with country precision; its capital never."""
        known = [place for place in self.places if place.name and place.country]
        counts = Counter(place.country for place in known)
        if not counts:
            return None
        country, most = max(counts.items(), key=lambda item: (item[1], -_first(known, item[0])))
        if most <= _MOST * len(known):
            return None
        inside = [place for place in known if place.country == country]
        named = next((place for place in inside if place.precision is Precision.COUNTRY), None)
        support = tuple(place.evidence for place in inside[:3])
        return replace(named or _country(inside[0]), basis=Basis.INFERRED, support=support)


def finest(places: Iterable[Place]) -> Place | None:
    """Return the place of the smallest unit, the first of equals."""
    return min(places, key=lambda place: (_FINE.index(place.precision), place.evidence.start), default=None)


def is_nested(inner: Place, outer: Place) -> bool:
    """Say whether one place may lie in the other: named right beside it, the same country, a finer unit."""
    far = min(abs(inner.evidence.start - outer.evidence.end), abs(outer.evidence.start - inner.evidence.end))
    is_near = far <= _ADJACENT or (far <= _BESIDE and holds(outer, inner))
    return is_near and inner.country == outer.country and _FINE.index(inner.precision) < _FINE.index(outer.precision)


def holds(outer: Place, inner: Place) -> bool:
    """Say whether a place is another, or the country, the province or the county that it lies in."""
    if outer.name == inner.name or outer.precision is Precision.COUNTRY:
        return outer.country == inner.country
    if (outer.country, outer.admin1) != (inner.country, inner.admin1):
        return False
    is_county = outer.precision is Precision.COUNTY and outer.admin2 == inner.admin2
    return is_county or outer.precision is Precision.PROVINCE


def inferred(place: Place, source: Place) -> Place:
    """Return a place as inferred, with the words it was inferred from as support; an unresolved one stays unknown."""
    basis = Basis.UNKNOWN if place.name is None else Basis.INFERRED
    return replace(place, basis=basis, support=(source.evidence, *(e for e in place.support if e != source.evidence)))


def _first(places: Sequence[Place], country: str | None) -> int:
    return next(place.evidence.start for place in places if place.country == country)


def _country(place: Place) -> Place:
    """Return the country of a place, for a report that never names it."""
    known = read_countries().get(place.country or "")
    if known is None:
        return Place(place.evidence, country=place.country, precision=Precision.COUNTRY)
    lat, lon = known["at"]
    return Place(
        place.evidence, known["names"][0], country=place.country, lat=lat, lon=lon, precision=Precision.COUNTRY
    )
