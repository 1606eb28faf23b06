"""Where sentences begin and end in a cleaned text: paragraphs first, then a segmenter within each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import sentencex

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_SENTENCE = 1200
"""Longest sentence handed to a parser, in characters: a parse costs memory in proportion."""

_STUMPS = "incl No Nos approx Art Sq Lt Col Gen Maj Capt Sgt Brig Adm Sen Rep Gov Rev Hon Pres ca est".split()
_STUMP_ENDS = tuple(f"{stump}." for stump in _STUMPS)
_STUMP = re.compile(rf"\b(?:{'|'.join(_STUMPS)})\.$")


# The place, day and agency that open an agency report: "LEIPZIG, Oct. 10 (Wire) -". No part of its first sentence.
_DATELINE = re.compile(r"[A-ZÀ-Þ][^\W\d_]*[^\n]{0,70}?(?: -{1,2} | ?[–—] )(?:\[TEXT\] )?")
_ITEM = re.compile(r"\s*[•·▪◦‣●*–—-]\s+(?=\S)")
"""What opens an item of a list. A parser takes it for a word."""
_NAME = r"[A-ZÀ-Þ][^\W\d_]+[\w'’-]*"
_BYLINE = re.compile(rf"[Bb][Yy] {_NAME}(?: [A-ZÀ-Þ]\.)? {_NAME}\s+(?=[A-ZÀ-Þ])")
"""The reporter's name that runs into the first sentence: "by Ann Example Two men were freed"."""
_CAPITALS = r"[A-ZÀ-Þ]{2}[A-ZÀ-Þ.'’-]*"
_PLACE = re.compile(rf"{_CAPITALS}(?:[ ,/]{{1,2}}{_CAPITALS}){{0,5}}[ ,/]{{0,2}}(?:[(,]|[A-Z][a-z]{{2}}|\d|-|–|—)")


def find_sentences(text: str) -> list[tuple[int, int]]:
    """Return the half-open spans of the sentences of a cleaned text, in order, without surrounding space."""
    return [
        piece
        for start, end in _paragraphs(text)
        for sentence in _segment(text, start, end)
        for piece in _bounded(text, *sentence)
    ]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield paragraphs: blocks between blank lines, and each line of a block that is not simply wrapped."""
    for lines in _blocks(text):
        if _is_wrapped(lines):
            yield lines[0][0], lines[-1][1]
        else:
            yield from _joined(text, lines)


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield runs of lines with something on them, each line as its span."""
    block: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            block.append((start, start + len(line)))
        elif block:
            yield block
            block = []
        start += len(line) + 1
    if block:
        yield block


def _is_wrapped(lines: list[tuple[int, int]]) -> bool:
    """Say whether the lines look like one paragraph broken at a fixed width."""
    lengths = [end - start for start, end in lines]
    width = max(lengths)
    return len(lines) > 1 and 40 <= width <= 130 and all(length >= 0.7 * width for length in lengths[:-1])


def _joined(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield lines, joined where the next one goes on in lower case."""
    start, end = lines[0]
    for next_start, next_end in lines[1:]:
        if text[next_start:next_end].lstrip()[:1].islower() and text[start:end].rstrip()[-1:] not in ".!?:":
            end = next_end
        else:
            yield start, end
            start, end = next_start, next_end
    yield start, end


def _segment(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of one paragraph; a sentence that ends in a known abbreviation is joined to the next."""
    item = _ITEM.match(text, start, end)
    at = start = item.end() if item else start
    held: int | None = None
    opening = _opening_end(text, start, end)
    if opening > start:
        yield from _trimmed(text, start, opening)
        at = start = opening
    for sentence in sentencex.segment("en", text[start:end]):
        begin = text.index(sentence, at, end)
        at = begin + len(sentence)
        first = begin if held is None else held
        if _is_cut_short(sentence.rstrip()):
            held = first
            continue
        held = None
        yield from _trimmed(text, first, at)
    if held is not None:
        yield from _trimmed(text, held, at)


def _is_cut_short(sentence: str) -> bool:
    """Say whether a sentence ends in a known abbreviation."""
    return sentence.endswith(_STUMP_ENDS) and _STUMP.search(sentence) is not None


def _opening_end(text: str, start: int, end: int) -> int:
    """Return where the dateline that opens a paragraph, or the byline that opens a text, ends; else the start."""
    head = text[start : min(end, start + 90)]
    found = _DATELINE.match(head) if _PLACE.match(head) else None
    if found is None and not text[:start].strip():
        found = _BYLINE.match(head)
    return start + found.end() if found and start + found.end() < end else start


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    body = text[start:end]
    start += len(body) - len(body.lstrip())
    end -= len(body) - len(body.rstrip())
    if start < end:
        yield start, end


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentence, which begins and ends with no space, cut where it is longer than a parser should get."""
    if end - start <= MAX_SENTENCE:
        yield start, end
        return
    while end - start > MAX_SENTENCE:
        cut = max(text.rfind(" ", start + 1, start + MAX_SENTENCE), text.rfind("\n", start + 1, start + MAX_SENTENCE))
        cut = cut if cut > start else start + MAX_SENTENCE
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)
