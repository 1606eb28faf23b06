"""Whether a text tells of violence in detail, so that it is folded until a reader asks for it."""

from __future__ import annotations

import re

_STEMS = (
    "behead", "decapitat", "dismember", "disembowel", "mutilat", "castrat", "electrocut", "waterboard", "flay",
    "impale", "gang-rape", "raped", "raping", "sodomi", "charred", "severed", "brain matter", "gouge", "burned alive",
    "burnt alive", "skinned", "corpse", "entrails", "blood-soaked", "pool of blood", "pools of blood", "body parts",
    "mass grave",
)  # fmt: skip
"""Beginnings of words that tell of it; a list of our own, to be widened, that spares a reader and judges nothing."""

_GRAPHIC = re.compile(rf"\b(?:{'|'.join(_STEMS)})", re.IGNORECASE)


def is_graphic(text: str) -> bool:
    """Say whether a text has words of violence in detail.

    >>> is_graphic("Two charred bodies were found."), is_graphic("Two were killed.")
    (True, False)
    """
    return _GRAPHIC.search(text) is not None
