"""The transparent coder: event patterns as data over a dependency parse. No trained model of its own.

Three steps a report: the gate holds back sentences in which no pattern can match; the others are parsed; patterns are
tried on each word, and what matches becomes an event with its roles, its status and what fired.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dateline.coding.clauses import clause_of
from dateline.coding.gate import make_gate
from dateline.coding.match import find_matches
from dateline.coding.parser import model_version, parse_all
from dateline.coding.patterns import Match, Patterns
from dateline.coding.roles import find_roles
from dateline.coding.sifting import is_told
from dateline.coding.status import reason_of
from dateline.coding.teaching import patterns_for
from dateline.coding.tree import Tree
from dateline.model.codebook import Codebook, plover
from dateline.model.event import CoderId, Coding, Event, Status
from dateline.model.text import Report, digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.model.parse import Sentence

VERSION = "1"


class RulesCoder:
    """The coder `rules`. With a codebook of one's own, its patterns are made from the codebook's words and examples.

    Raises:
        CodebookError: if the words and examples of a codebook cannot be made into patterns.
    """

    languages = frozenset({"en"})

    def __init__(self, patterns: Patterns | None = None, codebook: Codebook | None = None) -> None:
        self._patterns = patterns or patterns_for(codebook or plover())
        self._is_wanted = make_gate(self._patterns)

    @cached_property
    def id(self) -> CoderId:
        """Its digest covers the patterns, the codebook that they were made from, and the language model."""
        return CoderId("rules", VERSION, digest([self._patterns.digest, model_version()]))

    def code(self, reports: Sequence[Report], /) -> list[Coding]:
        """Return one coding a report, in order."""
        parsed = parse_all([report.text for report in reports], self._is_wanted)
        return [
            Coding(report.id, tuple(self._events(report, sentences)), (), sentences)
            for report, sentences in zip(reports, parsed, strict=True)
        ]

    def _events(self, report: Report, sentences: Sequence[Sentence]) -> list[Event]:
        coder = str(self.id)
        return [
            event
            for sentence in sentences
            if sentence.tokens
            for event in _events_in(report, Tree.of(sentence), self._patterns, coder)
        ]


def _events_in(report: Report, tree: Tree, patterns: Patterns, coder: str) -> list[Event]:
    matches = [it for it in find_matches(tree, patterns) if it.pattern.own or is_told(tree, it)]
    heads = frozenset(match.head.index for match in matches)
    return [_event(report, tree, match, heads, coder) for match in matches]


def _event(report: Report, tree: Tree, match: Match, heads: frozenset[int], coder: str) -> Event:
    reason = reason_of(tree, match)
    status = reason.status if reason else Status(match.pattern.status or Status.ASSERTED)
    trigger = report.cite(tree.tokens[match.first].start, tree.tokens[match.last].end)
    why = f"pattern {match.pattern.id} at {trigger.quote!r}" + (f"; {reason.told}" if reason else "")
    return Event(
        report=report.id,
        type=match.pattern.type,
        form=match.pattern.form,
        status=status,
        trigger=trigger,
        clause=clause_of(tree, match, heads),
        arguments=find_roles(report, tree, match),
        confidence=match.pattern.confidence,
        coder=coder,
        why=why,
    )
