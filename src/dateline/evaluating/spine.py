"""The stages that ship, as the gold sets see them: `Spine`."""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.coding.parser import parse
from dateline.coding.registry import open_coder
from dateline.evaluating.stages import Claimed, Spoken
from dateline.grounding.figures import find_figures
from dateline.grounding.gazetteer import Gazetteer, open_gazetteer
from dateline.grounding.mentions import ground
from dateline.grounding.places import name_places, resolve_spans
from dateline.grounding.sources import Claim, find_claims
from dateline.grounding.times import find_times
from dateline.grounding.timex import find_timexes
from dateline.linking import Origins, gists_of, link
from dateline.model.ground import Place
from dateline.model.text import Evidence, Span
from dateline.reading.inputs import find_inputs
from dateline.reading.reader import read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from dateline.coding.coder import Coder
    from dateline.config import Config
    from dateline.evaluating.stages import Spans
    from dateline.grounding.timex import Timex
    from dateline.linking.gist import Gist
    from dateline.linking.weights import Weights
    from dateline.model.event import Coding, Mention
    from dateline.model.ground import Figure, Voice, When
    from dateline.model.parse import Sentence
    from dateline.model.text import Report

DEFAULT_GOLD = Path("../shared/bench")
"""Where gold data is looked for if neither the command nor the settings name a folder."""

OWN_GOLD = Path("benchmarks/gold")
"""The gold sets that are our own, in the checkout."""


def gold_folder(config: Config, given: Path | None = None) -> Path:
    """Return the folder of gold data: the one given, else that of the settings, else `DEFAULT_GOLD`."""
    return given or config.bench or DEFAULT_GOLD


class Spine:
    """The stages that ship. What is slow to open is opened when first asked for: not every gold set needs it all."""

    def __init__(self, config: Config) -> None:
        self._config = config

    @cached_property
    def _coder(self) -> Coder:
        return open_coder(self._config.coder)

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return open_gazetteer(self._config.cache)

    def read(self, path: Path) -> Report | None:
        """Return the report in a file; None where there is none."""
        return next((report for item in find_inputs([str(path)]) if (report := read(item).report)), None)

    def code(self, reports: Sequence[Report]) -> Sequence[Coding]:
        """Return one coding a report, in order."""
        return self._coder.code(reports)

    def parse(self, text: str) -> tuple[Sentence, ...]:
        """Return all sentences of a text, parsed."""
        return parse(text)

    def ground(self, report: Report, coding: Coding) -> Sequence[Mention]:
        """Return the mentions of a coded report."""
        return ground(report, coding, self._gazetteer)

    def find_places(self, text: str, publisher: str | None = None) -> Sequence[Place]:
        """Return the places named in a text."""
        return name_places(text, self._parsed(text), self._gazetteer, publisher)

    def resolve_places(self, text: str, spans: Spans, publisher: str | None = None) -> Sequence[Place | None]:
        """Return the place of each given toponym of a text."""
        given = [Span(start, end) for start, end in spans]
        return resolve_spans(text, self._parsed(text), given, self._gazetteer, publisher)

    def places_named(self, name: str) -> Sequence[Place]:
        """Return every place that the gazetteer has under a name."""
        words = Evidence(0, len(name), name)
        entries = self._gazetteer.lookup(name)
        return [Place(words, entry.name, country=entry.country, lat=entry.lat, lon=entry.lon) for entry in entries]

    def is_demonym(self, word: str) -> bool:
        """Say whether a word is an adjective or demonym."""
        return self._gazetteer.demonym(word) is not None

    @lru_cache(maxsize=1)  # noqa: B019  # one spine a process; the same text is asked about twice in a row
    def _parsed(self, text: str) -> tuple[Sentence, ...]:
        return parse(text)

    def find_times(self, text: str, published: date | None) -> Sequence[When]:
        """Return the times named in a text."""
        return find_times(text, published=published)

    def find_figures(self, text: str) -> Sequence[Figure]:
        """Return the figures named in a text."""
        return find_figures(text)

    def find_timexes(self, text: str, published: date | None) -> Sequence[Timex]:
        """Return the time expressions of a text in the notation of TIMEX3."""
        return find_timexes(text, published=published)

    def find_claims(self, text: str) -> Sequence[Claimed]:
        """Return who says what in a text."""
        return [_claimed(claim) for claim in find_claims(text, parse(text)) if claim.parent is None]

    def find_speakers(self, text: str) -> Sequence[Spoken]:
        """Return who speaks in a text, each with whom the words stand for."""
        return [_spoken(claim.source, claim.voice) for claim in find_claims(text, parse(text)) if claim.source]

    def link(
        self, mentions: Sequence[Mention], reports: Mapping[str, Report], weights: Weights | None = None
    ) -> list[frozenset[str]]:
        """Return the incidents, as sets of mention ids."""
        origins = Origins({name: report.publisher for name, report in reports.items()})
        found = link(mentions, origins, gists=None if weights else _gists(mentions, reports), weights=weights)
        return [frozenset(incident.mentions) for incident in found.incidents]


def _gists(mentions: Sequence[Mention], reports: Mapping[str, Report]) -> dict[str, Gist]:
    told: dict[str, list[Mention]] = {}
    for mention in mentions:
        told.setdefault(mention.report, []).append(mention)
    return {name: gist for report, some in told.items() for name, gist in gists_of(reports[report], some).items()}


def _claimed(claim: Claim) -> Claimed:
    source = () if claim.source is None else ((claim.source.start, claim.source.end),)
    contents = tuple((part.start, part.end) for part in claim.contents)
    return Claimed(contents, source, ((claim.cue.start, claim.cue.end),))


def _spoken(words: Evidence, voice: Voice) -> Spoken:
    earlier = next(iter(voice.support), None)
    return Spoken((words.start, words.end), (earlier.start, earlier.end) if earlier else None)
