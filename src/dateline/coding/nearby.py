"""Which words speak of which event, and where a phrase begins and ends, where there is no parse: by what stands near.

A parse tells more (`clauses`), and costs more than all the rest of the coder `swift`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.coding.grammar import words
from dateline.model.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.model.text import Evidence, Report

_ARTICLES = words("near", "articles")
_OPENERS, _CLOSERS = words("near", "openers"), words("near", "closers")
_LEADING = re.compile(rf"(?:(?:{'|'.join(sorted(_OPENERS))})\b\s*|[^\w\s$£€#@(]+\s*)+", re.IGNORECASE)
_TRAILING = re.compile(rf"(?:['’]s|\s+(?:{'|'.join(sorted(_CLOSERS))})|\s*[^\w\s%)]+)+$", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_JOINT = re.compile(rf"[,;:–—]|\b(?:{'|'.join(sorted(words('near', 'joints')))})\b", re.IGNORECASE)
_POINTING = re.compile(
    rf"\b(?:{'|'.join(sorted(words('roles', 'settings') | words('roles', 'aims') | {'of'}))})"
    rf"\s+(?:{'|'.join(sorted(words('near', 'pointing')))})\s+(?:[\w'’-]+\s+){{0,2}}$",
    re.IGNORECASE,
)
_ENDED = re.compile(r"\s*(?:$|[^\w\s'’-]|(?:and|or)\b)")
_NEWS = re.compile(r"\b(?:[A-Z]|\d)[\w'’-]*")
_LINK = re.compile(rf"\s*(?:(?!(?:{'|'.join(sorted(words('near', 'parting')))})\b)[\w'’$-]+\s+){{0,4}}", re.IGNORECASE)
_REACH = 40
"""Characters before a word in which an article, or a pointing word, is looked for."""


def phrase_at(report: Report, start: int, end: int, *, whole: bool = False) -> Evidence:
    """Return a stretch of a report without what neither begins nor ends a phrase; `whole`: with the article before it.

    >>> from dateline.model.text import make_report
    >>> phrase_at(make_report("Later the police of Kano fired."), 10, 19).quote
    'police'
    """
    text = report.text[start:end]
    opens = _WORD.match(text)
    lead = None if opens and opens.group().lower() not in _OPENERS else _LEADING.match(text)
    end_word = text[text.rfind(" ") + 1 :].lower()
    is_open = not text[-1:].isalnum() or end_word in _CLOSERS or end_word.endswith(("'s", "’s"))
    trail = _TRAILING.search(text) if is_open else None
    first = start + (lead.end() if lead else 0)
    last = start + (trail.start() if trail else len(text))
    if first >= last:
        return report.cite(start, end)
    first = _from_article(report, first) if whole else first
    if "(" in report.text[first:last] and report.text[last : last + 1] == ")":
        last += 1
    return report.cite(first, last)


def is_empty(report: Report, start: int, end: int) -> bool:
    """Say whether a stretch holds but articles, prepositions and marks."""
    return all(it.group().lower() in _CLOSERS for it in _WORD.finditer(report.text, start, end))


def _from_article(report: Report, start: int) -> int:
    """Return the place of the article before a phrase; that of the phrase, if none stands there."""
    before = _words_before(report, start)
    if not before or before[-1].lower() not in _ARTICLES or not report.text[start - 1].isspace():
        return start
    return report.text.rindex(before[-1], 0, start)


def _words_before(report: Report, start: int) -> list[str]:
    return report.text[max(0, start - _REACH) : start].split()


def refers_back(report: Report, trigger: Evidence) -> bool:
    """Say whether a word only points back to an event told before: "contributed to these protests".

    It does as a noun behind a preposition and a pointing word, with nothing behind it in its phrase, and no name or
    number before it that is new to the report.

    >>> from dateline.model.text import make_report
    >>> report = make_report("Five died in the protests. Three died in the Kano protests.")
    >>> [refers_back(report, report.cite(*it)) for it in ((17, 25), (50, 58))]
    [True, False]
    """
    lead = _POINTING.search(report.text[max(0, trigger.start - _REACH) : trigger.start])
    if lead is None or trigger.quote.endswith("ed") or not _ENDED.match(report.text, trigger.end):
        return False
    told = report.text[: trigger.start - len(lead.group())]
    return all(it in told for it in _NEWS.findall(lead.group()))


def goes_on(between: str) -> bool:
    """Say whether two words of one type tell of one event, by what stands between them: few words, none a joint.

    Of our own sentences, 771 such pairs are of one event or less, 39 of two.

    >>> [goes_on(it) for it in (" ", " the ", " the border on Monday ", " and ", " men, ")]
    [True, True, True, False, False]
    """
    return bool(_LINK.fullmatch(between))


def clauses_of(report: Report, sentence: Span, triggers: Sequence[Evidence]) -> list[Span]:
    """Return the stretch of a sentence that speaks of each event: cut at the last joint before the next trigger."""
    cuts = [sentence.start, *(_cut(report, *pair) for pair in pairwise(triggers)), sentence.end]
    return [
        Span(min(start, trigger.start), max(end, trigger.end))
        for (start, end), trigger in zip(pairwise(cuts), triggers, strict=True)
    ]


def _cut(report: Report, trigger: Evidence, following: Evidence) -> int:
    joints = [found.start() for found in _JOINT.finditer(report.text, trigger.end, following.start)]
    return joints[-1] if joints else max(trigger.end, following.start)
