"""Which place words without a name mean: "this capital", "the city", "a street downtown", "here"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.grounding.focus import SETTLED, inferred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.grounding.focus import Scene
    from dateline.model.ground import Place
    from dateline.model.parse import Sentence
    from dateline.model.text import Span

_BEFORE = r"\b(?:in|of|at|near|outside|across|around|throughout|within|inside|from) "
_CAPITAL = re.compile(
    rf"{_BEFORE}(?:this|the|our) (?:country 's |nation 's )?capital(?: city)?\b"
    r"(?! (?:of|punishment|markets?|gains|city of)\b)"
)
_TOWN = re.compile(
    rf"{_BEFORE}(?:this|the|our) (?:city|town|village)\b(?! (?:of|council|hall|attorney|court|government)\b)|"
    r"\b(?:here (?:on|today|yesterday|this|last|\.|,)|downtown)\b"
)
_STREET = re.compile(
    r"\b(?:avenue|boulevard|streets?|neighbou?rhoods?|residential (?:area|district|sector)s?|zone \d+|city blocks?)\b"
)
_COUNTRY = re.compile(rf"{_BEFORE}(?:this|the|our|his|her|their) (?:own )?(?:country|nation)\b(?! 's\b)")


def meant(clause: Span, sentence: Sentence | None, scene: Scene) -> Place | None:
    """Return the place that a clause means by words that are no name, as an inference; None if it uses none.

    "This capital" is the dateline, if that is one, or the capital named last; "the city", "here" and a street are the
    town that the tale or the dateline stands at; "the country" is that of most of the report.
    """
    if sentence is None or not sentence.tokens:
        return None
    words = " ".join(token.text.lower() for token in sentence.within(clause.start, clause.end))
    if _CAPITAL.search(words):
        return _capital(sentence, scene)
    if _TOWN.search(words) or _STREET.search(words):
        return _town(sentence, scene)
    return scene.country if _COUNTRY.search(words) else None


def _capital(sentence: Sentence, scene: Scene) -> Place | None:
    home = scene.country and scene.country.country
    if scene.dateline and scene.is_capital(scene.dateline) and home in (scene.dateline.country, None):
        return scene.dateline
    return _last(place for place in _before(sentence, scene) if scene.is_capital(place) and place.country == home)


def _town(sentence: Sentence, scene: Scene) -> Place | None:
    """Return the town named last, if it is the one town of the tale, or the dateline."""
    named = [place for place in _before(sentence, scene) if place in scene.towns]
    if len({(place.name, place.admin1) for place in named}) > 1:
        return scene.town
    return _last(named) or scene.dateline


def _before(sentence: Sentence, scene: Scene) -> list[Place]:
    return [place for place in scene.scenes if place.evidence.start < sentence.start and place.precision in SETTLED]


def _last(places: Iterable[Place]) -> Place | None:
    last = max(places, key=lambda place: place.evidence.start, default=None)
    return inferred(last, last) if last else None
