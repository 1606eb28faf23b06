"""What is published: a project's nouns, redacted, narrowed to what was asked for, and sorted by id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dateline.model.amounts import Sources, sources_of
from dateline.model.codebook import plover
from dateline.model.publisher import shipped_registry
from dateline.model.settled import settle
from dateline.publishing.coordinates import coarsen, coarsen_mention
from dateline.publishing.impute import Imputed, impute
from dateline.publishing.order import Format
from dateline.publishing.passages import Passage, passage_of
from dateline.publishing.people import Judged, judged
from dateline.publishing.quotes import shorten
from dateline.publishing.redact import Plan, Source, masked_words, redact, redact_incident, source_of
from dateline.publishing.related import Related, related

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.model.codebook import Codebook
    from dateline.model.event import Mention
    from dateline.model.incident import Incident
    from dateline.model.judgement import Word
    from dateline.model.publisher import Publisher, Registry
    from dateline.model.relation import Relation
    from dateline.model.text import Report
    from dateline.publishing.order import Order
    from dateline.storing.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Material:
    """What a project holds, and which of it is asked for.

    Attributes:
        reports, mentions: all of the project, with texts, since they tell names from ordinary words.
        incidents: those to publish; what else is published are the mentions they rest on and the reports of these.
        codebooks: by which the mentions were coded, the newest first.
        runs: what made them, the oldest first.
        query: the filter that chose the incidents, as the explorer's address has it; empty for all.
        registry: of publishers, by which the project tells who is one with whom.
        relations: of all incidents; published are those of which both sides are.
        words: people's judgements and withdrawals that the newest run took into account, by id, oldest first.
    """

    reports: Sequence[Report]
    mentions: Sequence[Mention]
    incidents: Sequence[Incident]
    codebooks: Sequence[Codebook] = ()
    runs: Sequence[Manifest] = ()
    query: str = ""
    registry: Registry = field(default_factory=shipped_registry)
    relations: Sequence[Relation] = ()
    words: Mapping[str, Word] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """An incident as published, with the mentions that it rests on and their reports, in their order there.

    Attributes:
        killed: how many each independent source says were killed.
    """

    incident: Incident
    mentions: tuple[Mention, ...]
    sources: tuple[Source, ...]
    killed: Sources = ()


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a report without the names of private persons.

    Attributes:
        id: id of the report
        text: masked, so that offsets of quotes do not count in it
    """

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is published, redacted and sorted by id.

    Attributes:
        codebook: the newest by which the mentions were coded.
        left_out: how many incidents were left out since too few are told of their place.
        masked: how many of the mentions had a private name masked.
        killed: of each incident, how many each independent source says were killed.
        passages: of each mention, the words of its report around it, no longer than a quote may be.
        texts: of the reports, masked, if they are asked for.
        known: of each report, who published it, where the registry knows that by name or address.
        relations: of these incidents to each other.
        judgements: of people, on these mentions.
    """

    reports: tuple[Source, ...]
    mentions: tuple[Mention, ...]
    incidents: tuple[Incident, ...]
    imputed: tuple[Imputed, ...] = ()
    codebook: Codebook | None = None
    left_out: int = 0
    masked: int = 0
    killed: Mapping[str, Sources] = field(default_factory=dict)
    passages: Mapping[str, Passage] = field(default_factory=dict)
    texts: tuple[Text, ...] = ()
    known: Mapping[str, Publisher] = field(default_factory=dict)
    relations: tuple[Related, ...] = ()
    judgements: tuple[Judged, ...] = ()

    def told(self) -> Iterator[Told]:
        """Yield each incident with all that it rests on."""
        mentions = {mention.id: mention for mention in self.mentions}
        sources = {source.id: source for source in self.reports}
        for incident in self.incidents:
            known = tuple(mentions[key] for key in incident.mentions if key in mentions)
            reports = tuple(sources[key] for key in incident.reports if key in sources)
            yield Told(incident, known, reports, self.killed.get(incident.id, ()))

    @property
    def types(self) -> Codebook:
        """The codebook that tells what types mean."""
        return self.codebook or plover()


def make_dataset(material: Material, masking: Plan, order: Order) -> Dataset:
    """Return what is published of a project: masked, coarsened, and no more of it than the order asks for.

    Args:
        material: what there is.
        masking: what is private in it.
        order: by which policy and rule values are settled, how long quotes may be, which places are too small.
    """
    kept = frequent(sorted(material.incidents, key=lambda it: it.id), order.least)
    narrowed = bool(material.query) or len(kept) < len(material.incidents)
    mentions = _told_by(kept, material) if narrowed else sorted(material.mentions, key=lambda it: it.id)
    wanted = {mention.report for mention in mentions}
    reports = [it for it in material.reports if it.id in wanted or not narrowed]
    masked = [coarsen_mention(redact(mention, masking)) for mention in mentions]
    settled = settled_all(kept, mentions, order.policy)
    incidents = tuple(coarsen(redact_incident(it, masking)) for it in settled)
    return Dataset(
        reports=tuple(source_of(report, masking) for report in sorted(reports, key=lambda it: it.id)),
        mentions=tuple(shorten(mention, order.quotes, masking.mask) for mention in masked),
        incidents=incidents,
        imputed=_imputed(masked, incidents, masking, order),
        codebook=next(iter(material.codebooks), None),
        left_out=len(material.incidents) - len(kept),
        masked=sum(it != coarsen_mention(original) for it, original in zip(masked, mentions, strict=True)),
        killed=killed_in(incidents, masked),
        passages=_passages(mentions, masking, order),
        texts=_texts(sorted(it.id for it in reports), masking) if order.texts else (),
        known={it.id: who for it in reports if (who := material.registry.find(it.publisher, it.url))},
        relations=related(material.relations, {it.id for it in kept}, masking),
        judgements=judged(material.words, material.mentions, {it.id for it in mentions}, order.key),
    )


def _passages(mentions: Sequence[Mention], masking: Plan, order: Order) -> dict[str, Passage]:
    """Return the passage of each mention, where pages are asked for that show it."""
    wanted = mentions if Format.PAGES in order.formats else ()
    return {it.id: passage_of(it, masking, order.quotes) for it in wanted}


def _texts(reports: Sequence[str], masking: Plan) -> tuple[Text, ...]:
    known = masking.texts
    return tuple(Text(key, masked_words(known[key], 0, len(known[key]), masking)) for key in reports)


def settled_all(incidents: Sequence[Incident], mentions: Sequence[Mention], policy: str) -> list[Incident]:
    """Return incidents with the values that they have under a policy."""
    known = {mention.id: mention for mention in mentions}
    return [settle(it, [known[key] for key in it.mentions if key in known], policy) for it in incidents]


def killed_in(incidents: Sequence[Incident], mentions: Sequence[Mention]) -> dict[str, Sources]:
    """Return how many each independent source of an incident says were killed, where one does."""
    known = {mention.id: mention for mention in mentions}
    said = {
        it.id: sources_of(it.groups, [known[key] for key in it.mentions if key in known], it.status) for it in incidents
    }
    return {key: sources["killed"] for key, sources in said.items() if "killed" in sources}


def _imputed(
    mentions: Sequence[Mention], incidents: Sequence[Incident], masking: Plan, order: Order
) -> tuple[Imputed, ...]:
    """Return the imputed numbers, told from whole quotes, with their quotes cut as all others."""
    rows = impute(mentions, incidents, order.rule)
    cut = {it.quote: shorten(it.quote, order.quotes, masking.mask) for it in rows if it.quote is not None}
    return tuple(it if it.quote is None else replace(it, quote=cut[it.quote]) for it in rows)


def frequent(incidents: Sequence[Incident], least: int) -> list[Incident]:
    """Return the incidents at places of which at least so many are told; those at no known place are a place."""
    counts: dict[tuple[str | None, ...], int] = {}
    for incident in incidents:
        counts[_place(incident)] = counts.get(_place(incident), 0) + 1
    return [incident for incident in incidents if counts[_place(incident)] >= least]


def _place(incident: Incident) -> tuple[str | None, ...]:
    return (incident.country, incident.admin1, incident.place)


def _told_by(incidents: Sequence[Incident], material: Material) -> list[Mention]:
    wanted = {key for incident in incidents for key in incident.mentions}
    return sorted((mention for mention in material.mentions if mention.id in wanted), key=lambda it: it.id)
