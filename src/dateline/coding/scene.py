"""What can be seen of an event and of words that may be its party, where there is no parse: `Scene`.

On which side of the event they stand and how far off, which small words lead to them, follow them and stand around the
event, whether it is a passive, what other events and candidates stand between, and how they are marked. Of words, only
closed classes of English are seen (`data/grammar.toml`), of others their endings.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from dateline.coding.grammar import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.coding.candidates import Candidate
    from dateline.model.text import Evidence, Report, Span

Feature = tuple[str, ...]
"""What can be seen: what kind of thing it is, and the words for it."""
OWNS = frozenset({"'s", "’s", "'", "’"})
_TOKEN = re.compile(r"\w+(?:[-.]\w+)*|['’]s\b|[^\w\s]")
_LEADS, _FOLLOWERS = words("belonging", "leads"), words("belonging", "followers")
_AROUND = _LEADS | _FOLLOWERS | words("near", "articles")
_PASSED = words("near", "articles") | words("near", "counts")
_RELATIVE, _JOINTS = words("belonging", "relative"), words("near", "joints") | {"or"}
_BE, _PARTICIPLES = words("belonging", "be"), words("belonging", "participles")
_PRONOUNS = words("belonging", "pronouns")
_DONE_TO = words("roles", "done_to_nouns") | words("roles", "done_to")
_ENDINGS = ("ing", "ed", "ly", "ion", "ment")
_GAPS = (0, 1, 2, 4, 7, 12)
_SCORES = (0.4, 0.6, 0.8, 0.93)
_GAP, _FEW = ("gap0", "gap1", "gap2", "gap3", "gap4", "gap5", "gap6"), ("0", "1", "2", "3", "4", "5")
_KINDS = (("&", _JOINTS - {"by"}), ("who", _RELATIVE), ("by", frozenset({"by"})), ("to", frozenset({"to"})))


class Line(NamedTuple):
    """A sentence as words and marks in lower case, with where each begins and ends in the report."""

    words: list[str]
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, report: Report, start: int, end: int) -> Line:
        """Return the words of a stretch of a report."""
        spans = [it.span() for it in _TOKEN.finditer(report.text, start, end)]
        words = [report.text[first:last].lower() for first, last in spans]
        return cls(words, [first for first, _ in spans], [last for _, last in spans])

    def place(self, span: Span) -> tuple[int, int]:
        """Return the first word of a span, and the one behind its last."""
        first = bisect_right(self.ends, span.start)
        return first, max(bisect_left(self.starts, span.end), first + 1)

    def at(self, place: int) -> str:
        """Return a word; `^` before the first, `$` behind the last."""
        if place < 0:
            return "^"
        return self.words[place] if place < len(self.words) else "$"

    def leader(self, place: int) -> int:
        """Return the place of the word that leads to a phrase: over articles and numbers."""
        place -= 1
        while place >= 0 and (self.words[place] in _PASSED or self.words[place].isdigit()):
            if self.words[place] == "that":
                break
            place -= 1
        return place


def shape(word: str) -> str:
    """Return the ending of a word, which tells roughly what it is.

    >>> [shape(it) for it in ("beaten", "marches", "slowly", "bus")]
    ['-ed', '-s', '-ly', '-s']
    """
    if word in _PARTICIPLES:
        return "-ed"
    for ending in _ENDINGS:
        if len(word) > len(ending) + 2 and word.endswith(ending):
            return f"-{ending}"
    return "-s" if len(word) > 2 and word.endswith("s") and not word.endswith("ss") else "-"


def known(word: str, some: frozenset[str] = _AROUND) -> str:
    """Return a word of a closed class or a mark of an end as it is, any other as its shape."""
    return word if word in some or word in "^$" else shape(word)


class Told(NamedTuple):
    """An event as its words and those around them look.

    Attributes:
        first, last: its first word, and the one behind its last.
        clause: the stretch that speaks of it.
        type: its type.
        before, behind: the words around it.
        shape: the ending of its first word.
        voice: `be` behind a form of be, `by` before what it was done by, else "".
        kind: `n` where it looks like a noun, `d` where it is done to somebody, both or "".
        look: voice, kind and shape.
    """

    first: int
    last: int
    clause: Span
    type: str
    before: str
    behind: str
    shape: str
    voice: str
    kind: str
    look: str

    @classmethod
    def of(cls, line: Line, trigger: Evidence, clause: Span, type: str) -> Told:
        """Return an event of a sentence as it looks."""
        first, last = line.place(trigger.span)
        before = line.at(first - 1)
        if before.endswith("ly"):
            before = line.at(first - 2)
        ending = shape(line.at(first))
        by = "by" if "by" in (line.at(last), line.at(last + 1)) else ""
        voice = "be" if before in _BE and ending != "-ing" else by
        is_noun = before in _PASSED or before in {"of", "s"} or ending in {"-ion", "-ment"}
        kind = f"{'n' if is_noun else ''}{'d' if line.at(last - 1).removesuffix('s') in _DONE_TO else ''}"
        around = (known(before, _AROUND), known(line.at(last), _AROUND))
        return cls(first, last, clause, type, *around, ending, voice, kind, f"{voice}{kind}{ending}")

    def side_of(self, it: Offered) -> str:
        """Say where a candidate stands: `<` before the event, `>` behind it, `=` in its words."""
        return "<" if it.last <= self.first else ">" if it.first >= self.last else "="


class Offered(NamedTuple):
    """A candidate as its words look.

    Attributes:
        first, last: its first word, and the one behind its last.
        start, end: its characters in the report.
        leader: the place of the word that leads to it.
        lead, behind: the words around it: `event` for one of an event.
        pronoun: itself, if it is one, else "".
        role, mark: as what it is marked, `-` for nothing; `sure` the role and how sure that is.
        marked: the candidate.
    """

    first: int
    last: int
    start: int
    end: int
    leader: int
    lead: str
    behind: str
    pronoun: str
    role: str
    mark: str
    sure: str
    marked: Candidate

    @property
    def is_open(self) -> bool:
        """Whether it may be a party: what is marked as place, time or figure is none."""
        return self.role in {"actor", "recipient", "-"}

    @classmethod
    def of(cls, line: Line, candidate: Candidate, told: Sequence[Told]) -> Offered:
        """Return a candidate of a sentence as it looks."""
        span = candidate.evidence.span
        first, last = line.place(span)
        leader = line.leader(first)
        is_led = leader + 1 in [it.last for it in told]
        is_followed = last in [it.first for it in told]
        lead = "event" if is_led else known(line.at(leader), _LEADS)
        behind = "event" if is_followed else known(line.at(last), _FOLLOWERS)
        pronoun = line.at(first) if last - first == 1 and line.at(first) in _PRONOUNS else ""
        role, sure = candidate.role or "-", bisect_left(_SCORES, candidate.score)
        place, marks = (first, last, span.start, span.end, leader), (role, candidate.side or "-", f"{role}{sure}")
        return cls(*place, lead, behind, pronoun, *marks, candidate)


class Scene(NamedTuple):
    """A sentence with its events and candidates; `around` says what joins each candidate to those beside it."""

    line: Line
    told: tuple[Told, ...]
    offered: tuple[Offered, ...]
    around: tuple[tuple[str, str], ...]

    def about(self, event: Told, side: str) -> list[Feature]:
        """Return what can be seen of an event, the same for all candidates on one side of it, in words."""
        followed = "o" if any(it.leader == event.last - 1 for it in self.offered) else ""
        later = "l" if any(it.first >= event.last for it in self.offered) else ""
        return [
            (side, event.type, event.look, followed),
            (side, event.before, event.shape),
            (side, event.before, event.behind, ""),
            (side, event.look, followed, later),
        ]

    def between(self, event: Told, it: Offered) -> list[Feature]:
        """Return what can be seen of an event and a candidate, in words."""
        side, look = event.side_of(it), event.look
        first, last = (it.last, event.first) if side == "<" else (event.last, it.first) if side == ">" else (0, 0)
        over = [x for x in self.told if first <= x.first < last and x is not event]
        rivals = len([x for x in self.offered if first <= x.first < last and x is not it])
        inside = "in" if event.clause.start < it.end and it.start < event.clause.end else "out"
        gap, events, others = _GAP[bisect_left(_GAPS, last - first)], _FEW[len(over[:2])], _FEW[min(2, rivals)]
        many, joints = _FEW[len(self.told[:3])], _joints(self.line.words[first:last])
        lead, follower = self.around[self.offered.index(it)]
        found: list[Feature] = [
            ("lead", side, it.lead, event.type),
            ("lead", side, it.lead, gap),
            ("lead", side, it.lead, look),
            ("behind", side, it.behind, look),
            ("behind", side, it.behind, gap),
            ("between", side, joints, events, others, gap),
            ("between", side, joints, inside, event.before),
            ("of", side, events, others, many, _FEW[len(self.offered[:5])]),
            ("sure", it.sure, side),
            ("sure", it.sure, it.mark),
            ("lead", it.role, it.lead),
            ("marked", side, it.role, it.mark, self._elsewhere(it), many),
            ("marked", side, it.role, it.mark, event.type),
            ("marked", side, it.role, event.voice, events),
            ("marked", side, it.role, event.kind, inside),
            ("after", side, lead, events),
            ("before", side, follower, events),
        ]
        if it.pronoun:
            found.append(("itself", side, it.pronoun, events))
        if over:
            nearest = over[-1] if side == "<" else over[0]
            found += [("over", side, nearest.type, event.before), ("over", side, nearest.type, event.type)]
        return found

    def _elsewhere(self, it: Offered) -> str:
        """Return which roles are marked elsewhere in the sentence."""
        roles = [x.role for x in self.offered if x is not it]
        return f"{'a' if 'actor' in roles else ''}{'r' if 'recipient' in roles else ''}"


def _joints(inner: Sequence[str]) -> str:
    """Return what kinds of joints stand between, in short."""
    found = frozenset(inner)
    stop = "," if "," in found else ";" if found & {";", ":"} else ""
    return stop + "".join(name for name, some in _KINDS if not found.isdisjoint(some)) or "-"


def _joint(between: Sequence[str]) -> str:
    """Return the small words between two candidates; `+` if others stand there."""
    kept = [it for it in between if it not in _PASSED]
    return " ".join(kept) if len(kept) <= 2 and all(it in _LEADS or it in OWNS for it in kept) else "+"


def scene_of(line: Line, events: Sequence[tuple[str, Evidence, Span]], candidates: Sequence[Candidate]) -> Scene:
    """Return a sentence with its events, given by type, trigger and clause, and its candidates."""
    told = tuple(Told.of(line, trigger, clause, type) for type, trigger, clause in events)
    offered = tuple(Offered.of(line, it, told) for it in candidates)
    joints = [_joint(line.words[one.last : other.first]) for one, other in pairwise(offered)]
    return Scene(line, told, offered, tuple(pairwise(["^", *joints, "$"])))
