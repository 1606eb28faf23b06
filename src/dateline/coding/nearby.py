"""Who did it, to whom, and which words speak of which event, where there is no parse: by what stands near.

The network marks the words that may be parties; which event they belong to is told by their place. A parse tells more
(`parties`, `clauses`), and costs more than all the rest of the coder `swift`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.coding.grammar import words
from dateline.model.event import Argument
from dateline.model.ground import Role
from dateline.model.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.coding.marks import Piece
    from dateline.model.text import Evidence, Report

PARTIES = {"actor": Role.ACTOR, "recipient": Role.RECIPIENT}
SIDES = {"source": Role.ACTOR, "reciprocal": Role.ACTOR, "target": Role.RECIPIENT}
_ARTICLES, _COUNTS = words("near", "articles"), words("near", "counts")
_OPENERS, _CLOSERS = words("near", "openers"), words("near", "closers")
_LEADING = re.compile(rf"(?:(?:{'|'.join(sorted(_OPENERS))})\b\s*|[^\w\s$£€#@(]+\s*)+", re.IGNORECASE)
_TRAILING = re.compile(rf"(?:['’]s|\s+(?:{'|'.join(sorted(_CLOSERS))})|\s*[^\w\s%)]+)+$", re.IGNORECASE)
_EMPTY = re.compile(rf"(?:\W|\b(?:{'|'.join(sorted(_CLOSERS))})\b)*", re.IGNORECASE)
_JOINT = re.compile(rf"[,;:–—]|\b(?:{'|'.join(sorted(words('near', 'joints')))})\b", re.IGNORECASE)
_POINTING = re.compile(
    rf"\b(?:{'|'.join(sorted(words('roles', 'settings') | words('roles', 'aims') | {'of'}))})"
    rf"\s+(?:{'|'.join(sorted(words('near', 'pointing')))})\s+(?:[\w'’-]+\s+){{0,2}}$",
    re.IGNORECASE,
)
_ENDED = re.compile(r"\s*(?:$|[^\w\s'’-]|(?:and|or)\b)")
_NEWS = re.compile(r"\b(?:[A-Z]|\d)[\w'’-]*")
_LINK = re.compile(rf"\s*(?:(?!(?:{'|'.join(sorted(words('near', 'parting')))})\b)[\w'’$-]+\s+){{0,4}}", re.IGNORECASE)
_BE = frozenset({"am", "is", "are", "was", "were", "be", "been", "being"})
_BEHIND_BY = re.compile(r"\s*(?:\w+\s+)?by\b", re.IGNORECASE)
_ELSEWHERE = {
    Role.ACTOR: words("roles", "settings") - {"by", "from"} | words("roles", "aims"),
    Role.RECIPIENT: words("roles", "settings"),
}
_DONE_TO = words("roles", "done_to_nouns") | words("roles", "done_to")
_OWNS = frozenset({"'s", "’s", "'", "’"})
_REACH = 40
"""Characters before a word in which an article, or the mark of a passive, is looked for."""


def phrase_at(report: Report, start: int, end: int, *, whole: bool = False) -> Evidence:
    """Return a stretch of a report without what neither begins nor ends a phrase; `whole`: with the article before it.

    >>> from dateline.model.text import make_report
    >>> phrase_at(make_report("Later the police of Kano fired."), 10, 19).quote
    'police'
    """
    text = report.text[start:end]
    lead = _LEADING.match(text)
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


def parties_of(
    report: Report,
    triggers: Sequence[Evidence],
    clauses: Sequence[Span],
    roles: Iterable[Piece],
    sides: Iterable[Piece],
) -> list[tuple[Argument, ...]]:
    """Return the parties of each event of a sentence, actors first.

    Of each role, what is marked in the event's clause counts, else what is marked next to the trigger: actors before it
    (but of a passive), recipients behind it, up to the next trigger. Of an event that stands alone in its sentence,
    the sides that the network marks there count last.
    """
    marked = _arguments(report, PARTIES, roles)
    last = _arguments(report, SIDES, sides) if len(triggers) == 1 else []
    ends = [*(trigger.start for trigger in triggers[1:]), len(report.text)]
    return [tuple(_apart(_parties(report, *row, marked, last))) for row in zip(triggers, clauses, ends, strict=True)]


def _parties(
    report: Report, trigger: Evidence, clause: Span, until: int, marked: Sequence[Argument], last: Sequence[Argument]
) -> list[Argument]:
    """Return the parties of one event, which is told up to the next one at `until`."""
    is_passive = _is_passive(report, trigger)
    marked = [_turned(report, trigger, it, is_passive) for it in marked]
    last = [_turned(report, trigger, it, is_passive) for it in last]
    inside = [it for it in marked if clause.overlaps(it.evidence.span)]
    before = [] if is_passive else [it for it in marked if it.evidence.end <= trigger.start]
    behind = [it for it in marked if trigger.end <= it.evidence.start < until]
    actors = _only(Role.ACTOR, inside) or _only(Role.ACTOR, before)[-1:] or _only(Role.ACTOR, last)
    recipients = _only(Role.RECIPIENT, inside) or _only(Role.RECIPIENT, behind)[:1] or _only(Role.RECIPIENT, last)
    return [*actors, *recipients]


def _is_passive(report: Report, trigger: Evidence) -> bool:
    """Say whether a trigger stands in the passive: behind a form of be, or before what it was done by."""
    before = [it.lower() for it in _words_before(report, trigger.start)[-2:]]
    behind_be = before[-1:] != [] and (before[-1] in _BE or (before[0] in _BE and before[-1].endswith("ly")))
    return behind_be or bool(_BEHIND_BY.match(report.text, trigger.end))


def _turned(report: Report, trigger: Evidence, party: Argument, is_passive: bool) -> Argument:
    """Return a party in the role that its place gives it, if it does.

    Recipients are who stands before a passive, behind "with", and beside a noun for what is done to somebody: "the
    arrest of the poet", "the poet's arrest".
    """
    words = party.evidence
    if words.end <= trigger.start:
        owns = _is_done_to(trigger) and report.text[words.end : trigger.start].strip() in _OWNS
        is_done_to = is_passive or owns
    else:
        before = _words_between(report, trigger.end, words.start)
        is_done_to = before[-1:] == ["with"] or (before == ["of"] and _is_done_to(trigger))
    return Argument(Role.RECIPIENT, words) if is_done_to else party


def _is_done_to(trigger: Evidence) -> bool:
    return trigger.quote.lower().removesuffix("s") in _DONE_TO


def _words_between(report: Report, start: int, end: int) -> list[str]:
    """Return the words of a stretch, without the articles and numbers at its end."""
    before = report.text[start:end].lower().split()
    while before and (before[-1] in _COUNTS or before[-1][0].isdigit()):
        before.pop()
    return before


def _word_before(report: Report, start: int) -> str:
    """Return the word before a phrase, over articles and numbers; "" if none stands near."""
    return next(iter(_words_between(report, max(0, start - _REACH), start)[-1:]), "")


def _only(role: Role, marked: Iterable[Argument]) -> list[Argument]:
    return [it for it in marked if it.role is role]


def _arguments(report: Report, roles: dict[str, Role], pieces: Iterable[Piece]) -> list[Argument]:
    """Return marks as arguments, but for bare articles and what stands at a place.

    What stands behind "by" or "at the hands of" is an actor, whatever the mark.
    """
    found = [
        Argument(roles[role], phrase_at(report, start, end))
        for role, start, end, _ in pieces
        if role in roles and not _EMPTY.fullmatch(report.text, start, end)
    ]
    behind = [_words_between(report, max(0, it.evidence.start - _REACH), it.evidence.start)[-2:] for it in found]
    named = [
        Argument(Role.ACTOR, it.evidence) if before[-1:] == ["by"] or before == ["hands", "of"] else it
        for it, before in zip(found, behind, strict=True)
    ]
    return [it for it, before in zip(named, behind, strict=True) if not _ELSEWHERE[it.role] & {*before[-1:]}]


def _apart(arguments: Iterable[Argument]) -> list[Argument]:
    """Return the arguments, in order, without those that overlap an earlier one."""
    kept: list[Argument] = []
    for it in arguments:
        if not any(it.evidence.span.overlaps(other.evidence.span) for other in kept):
            kept.append(it)
    return kept
