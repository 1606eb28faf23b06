"""Quotes within a chosen length: what is cut ends in an ellipsis, and offsets stay those of all the words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from dateline.model.event import Mention
from dateline.model.text import Evidence
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
        return replace(noun, quote=_cut(noun.quote, longest, mask))
    if isinstance(noun, tuple):
        return type(noun)(_shortened(item, longest, mask) for item in noun)
    if not is_dataclass(noun) or isinstance(noun, type):
        return noun
    return type(noun)(**{field.name: _shortened(getattr(noun, field.name), longest, mask) for field in fields(noun)})
