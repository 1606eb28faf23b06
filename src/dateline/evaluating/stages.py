"""The stages as the gold sets see them: `Stages`. The ones that ship are in `spine.py`; tests pass a fake."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from dateline.model.text import make_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from dateline.grounding.timex import Timex
    from dateline.linking.weights import Weights
    from dateline.model.event import Coding, Mention
    from dateline.model.ground import Figure, Place, When
    from dateline.model.parse import Sentence
    from dateline.model.text import Report


Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Claimed:
    """Somebody says something: the spans of what is said, of who says it and of the words that mark it as said."""

    content: Spans
    source: Spans = ()
    cue: Spans = ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words for somebody who says something, and the earlier words that they were traced back to, if any."""

    words: tuple[int, int]
    earlier: tuple[int, int] | None = None


class Stages(Protocol):
    """What a gold set may ask of the program."""

    def read(self, path: Path) -> Report | None:
        """Return the report in a file; None where there is none."""

    def code(self, reports: Sequence[Report]) -> Sequence[Coding]:
        """Return one coding a report, in order."""

    def parse(self, text: str) -> tuple[Sentence, ...]:
        """Return all sentences of a text, parsed."""

    def ground(self, report: Report, coding: Coding) -> Sequence[Mention]:
        """Return the mentions of a coded report."""

    def find_places(self, text: str, publisher: str | None = None) -> Sequence[Place]:
        """Return every toponym of a text, those that stand for a government or in another name included."""

    def resolve_places(self, text: str, spans: Spans, publisher: str | None = None) -> Sequence[Place | None]:
        """Return the place of each given toponym of a text; None where it is not resolved."""

    def places_named(self, name: str) -> Sequence[Place]:
        """Return every place that the gazetteer has under a name."""

    def is_demonym(self, word: str) -> bool:
        """Say whether a word is an adjective or demonym ("Kenyan"), no name of a place."""

    def find_times(self, text: str, published: date | None) -> Sequence[When]:
        """Return the times named in a text."""

    def find_figures(self, text: str) -> Sequence[Figure]:
        """Return the figures named in a text."""

    def find_timexes(self, text: str, published: date | None) -> Sequence[Timex]:
        """Return the time expressions of a text in the notation of TIMEX3."""

    def find_claims(self, text: str) -> Sequence[Claimed]:
        """Return who says what in a text; of claims inside claims, the outermost."""

    def find_speakers(self, text: str) -> Sequence[Spoken]:
        """Return who speaks in a text, each with whom the words stand for."""

    def link(
        self, mentions: Sequence[Mention], reports: Mapping[str, Report], weights: Weights | None = None
    ) -> list[frozenset[str]]:
        """Return the incidents, as sets of mention ids.

        With `weights` of their own, mentions are linked by what was coded alone, without the text around them.
        """


def code_texts(stages: Stages, texts: Iterable[str]) -> list[tuple[Report, Coding]]:
    """Return each text as a report, with its coding."""
    reports = [make_report(text, language="en") for text in texts]
    return list(zip(reports, stages.code(reports), strict=True))
