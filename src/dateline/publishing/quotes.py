"""Quotes within a chosen length: what is cut ends in an ellipsis, and offsets stay those of all the words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from dateline.model.event import Mention
from dateline.model.text import Evidence, names_of
from dateline.publishing.vocabulary import MASK

Mask = Callable[[str], str]
"""From words to the same without names of private persons."""

Noun = TypeVar("Noun")
Quoting = TypeVar("Quoting", str, Mention)

ELLIPSIS = "…"


def shorten(quoting: Quoting, longest: int | None, mask: Mask = str) -> Quoting:
    """Return a quote, or a mention whose quotes have at most so many code points; None for whole ones, 0 for none.

    What is cut is masked again, since the end may part a public name ("the Rose Garden Committee"), which leaves words
    that are somebody's.
    """
    if longest is None:
        return quoting
    return _cut(quoting, longest, mask) if isinstance(quoting, str) else _shortened(quoting, longest, mask)


def _cut(quote: str, longest: int, mask: Mask) -> str:
    return quote if len(quote) <= longest else cut(mask(cut(quote, longest)), longest)


def cut(quote: str, longest: int) -> str:
    """Return a quote cut to a length, at the end of a word, and never inside a mask.

    >>> cut("arrested nine students", 14), cut("arrested", 0), cut("arrested", 8)
    ('arrested nine…', '', 'arrested')
    """
    if len(quote) <= longest:
        return quote
    kept = quote[: max(0, longest - 1)]
    if kept.rfind(MASK[0]) > kept.rfind(MASK[-1]):
        kept = kept[: kept.rfind(MASK[0])]
    elif not quote[len(kept) :].startswith(" ") and " " in kept:
        kept = kept.rpartition(" ")[0]
    return f"{kept.rstrip()}{ELLIPSIS}" if kept.strip() else ""


def _shortened(noun: Noun, longest: int, mask: Mask) -> Noun:
    if isinstance(noun, Evidence):
        return noun if len(noun.quote) <= longest else replace(noun, quote=_cut(noun.quote, longest, mask))
    if isinstance(noun, tuple):
        items = type(noun)([_shortened(item, longest, mask) for item in noun])
        return noun if items == noun else items
    told = {name: getattr(noun, name) for name in names_of(type(noun))}
    nested = {name: it for name, it in told.items() if isinstance(it, tuple) or names_of(type(it))}
    cut_down = {name: _shortened(it, longest, mask) for name, it in nested.items()}
    changed = {name: it for name, it in cut_down.items() if it is not told[name]}
    return replace(noun, **changed) if changed else noun  # type: ignore[type-var]
