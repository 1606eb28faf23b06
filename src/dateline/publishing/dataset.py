"""What is published: a project's nouns, redacted, narrowed to what was asked for, and sorted by id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa

from dateline.model.amounts import Sources, sources_of
from dateline.model.codebook import plover
from dateline.model.event import Mention
from dateline.model.imputation import Rule
from dateline.model.incident import Incident
from dateline.model.publisher import shipped_registry
from dateline.model.settled import settle
from dateline.model.tables import to_table
from dateline.model.text import Report
from dateline.publishing.coordinates import coarsen, coarsen_mention
from dateline.publishing.impute import Imputed, impute
from dateline.publishing.laid import Laid, Noun, column, in_batches, lay
from dateline.publishing.order import Format
from dateline.publishing.passages import Passage, passage_of
from dateline.publishing.people import Judged, judged
from dateline.publishing.quotes import shorten
from dateline.publishing.redact import Plan, Source, masked_words, redact, redact_incident, source_of
from dateline.publishing.related import Related, related

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.model.codebook import Codebook
    from dateline.model.judgement import Word
    from dateline.model.publisher import Publisher, Registry
    from dateline.model.relation import Relation
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
        passages: of each mention, the words of its report around it, no longer than a quote may be; none without pages.
    """

    incident: Incident
    mentions: tuple[Mention, ...]
    sources: tuple[Source, ...]
    killed: Sources = ()
    passages: tuple[Passage, ...] = ()


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
        passages: of each mention, in their order, the words of its report around it; none without pages that show them.
        texts: of the reports, masked, if they are asked for.
        known: of each report, who published it, where the registry knows that by name or address.
        relations: of these incidents to each other.
        judgements: of people, on these mentions.
    """

    reports: Sequence[Source]
    mentions: Sequence[Mention]
    incidents: Sequence[Incident]
    imputed: Sequence[Imputed] = ()
    codebook: Codebook | None = None
    left_out: int = 0
    masked: int = 0
    killed: Mapping[str, Sources] = field(default_factory=dict)
    passages: Sequence[Passage] = ()
    texts: Sequence[Text] = ()
    known: Mapping[str, Publisher] = field(default_factory=dict)
    relations: tuple[Related, ...] = ()
    judgements: tuple[Judged, ...] = ()

    def told(self, places: Sequence[int] | None = None) -> Iterator[Told]:
        """Yield each incident with all that it rests on: all in their order, or those at these places."""
        incidents, mentions = lay(Incident, self.incidents), lay(Mention, self.mentions)
        reports, passages = lay(Source, self.reports), lay(Passage, self.passages)
        place_of = {name: place for place, name in enumerate(column(mentions, "id"))}
        source_at = {name: place for place, name in enumerate(column(reports, "id"))}
        for some in in_batches(range(len(incidents)) if places is None else places):
            batch = incidents.take(some)
            known = [[place_of[key] for key in it.mentions if key in place_of] for it in batch]
            named = [[source_at[key] for key in it.reports if key in source_at] for it in batch]
            told, sources = _parted(mentions, known), _parted(reports, named)
            around = _parted(passages, known) if len(passages) else [()] * len(batch)
            for it, mine, named_by, words in zip(batch, told, sources, around, strict=True):
                yield Told(it, mine, named_by, self.killed.get(it.id, ()), words)

    @property
    def types(self) -> Codebook:
        """The codebook that tells what types mean."""
        return self.codebook or plover()


def _parted(nouns: Laid[Noun], places: Sequence[Sequence[int]]) -> list[tuple[Noun, ...]]:
    """Return the nouns at each of these lists of places."""
    made = iter(nouns.take([place for some in places for place in some]))
    return [tuple(islice(made, len(some))) for some in places]


def make_dataset(material: Material, masking: Plan, order: Order) -> Dataset:
    """Return what is published of a project: masked, coarsened, and no more of it than the order asks for.

    Args:
        material: what there is.
        masking: what is private in it.
        order: by which policy and rule values are settled, how long quotes may be, which places are too small.
    """
    kept = frequent(lay(Incident, material.incidents).by_id(), order.least)
    narrowed = bool(material.query) or len(kept) < len(material.incidents)
    mentions = lay(Mention, material.mentions).by_id()
    mentions = mentions.among({key for keys in column(kept, "mentions") for key in keys}) if narrowed else mentions
    reports = lay(Report, material.reports).by_id()
    reports = reports.among(set(column(mentions, "report"))) if narrowed else reports
    names = set(column(kept, "id"))
    settled, killed = _settled(kept, mentions, masking, order.policy)
    imputed = _imputed(mentions, settled, masking, order)
    masked, passages, count = _masked(mentions, masking, order)
    return Dataset(
        reports=lay(Source, (source_of(report, masking) for report in reports)),
        mentions=masked,
        incidents=settled,
        imputed=imputed,
        codebook=next(iter(material.codebooks), None),
        left_out=len(material.incidents) - len(kept),
        masked=count,
        killed=killed,
        passages=passages,
        texts=lay(Text, _texts(column(reports, "id"), masking)) if order.texts else (),
        known={it.id: who for it in reports if (who := material.registry.find(it.publisher, it.url))},
        relations=related(material.relations, names, masking),
        judgements=judged(material.words, material.mentions, set(column(mentions, "id")), order.key),
    )


def _masked(mentions: Laid[Mention], masking: Plan, order: Order) -> tuple[Laid[Mention], Laid[Passage], int]:
    """Return the mentions masked and cut, the passage of each where pages show it, and how many were masked."""
    tables: list[tuple[pa.Table, pa.Table]] = []
    count = 0
    for some in in_batches(mentions):
        redacted = [redact(it, masking) for it in some]
        count += sum(now is not before for now, before in zip(redacted, some, strict=True))
        cut = [shorten(coarsen_mention(it), order.quotes, masking.mask) for it in redacted]
        around = [passage_of(it, masking, order.quotes) for it in some] if Format.PAGES in order.formats else []
        tables.append((to_table(Mention, cut), to_table(Passage, around)))
    empty = (to_table(Mention, ()), to_table(Passage, ()))
    told, passages = (pa.concat_tables(each) for each in zip(empty, *tables, strict=True))
    return Laid(Mention, told), Laid(Passage, passages), count


def _texts(reports: Iterable[str], masking: Plan) -> Iterator[Text]:
    known = masking.texts
    return (Text(key, masked_words(known[key], 0, len(known[key]), masking)) for key in reports)


def _settled(
    kept: Laid[Incident], mentions: Laid[Mention], masking: Plan, policy: str
) -> tuple[Laid[Incident], dict[str, Sources]]:
    """Return incidents with the values that they have under a policy, masked, and how many are said to be killed."""
    killed: dict[str, Sources] = {}
    tables = [to_table(Incident, ())]
    told = Dataset((), mentions, kept).told()
    for some in in_batches(told):
        settled = [settle(it.incident, it.mentions, policy) for it in some]
        made = [coarsen(redact_incident(it, masking)) for it in settled]
        killed |= killed_in(made, [mention for it in some for mention in it.mentions])
        tables.append(to_table(Incident, made))
    return Laid(Incident, pa.concat_tables(tables)), killed


def killed_in(incidents: Sequence[Incident], mentions: Sequence[Mention]) -> dict[str, Sources]:
    """Return how many each independent source of an incident says were killed, where one does."""
    known = {mention.id: mention for mention in mentions}
    said = {
        it.id: sources_of(it.groups, [known[key] for key in it.mentions if key in known], it.status) for it in incidents
    }
    return {key: sources["killed"] for key, sources in said.items() if "killed" in sources}


def _imputed(
    mentions: Sequence[Mention], incidents: Sequence[Incident], masking: Plan, order: Order
) -> Sequence[Imputed]:
    """Return the imputed numbers, told from whole quotes, with their quotes cut as all others."""
    if order.rule is Rule.NONE:
        return ()
    rows = impute([coarsen_mention(redact(it, masking)) for it in mentions], incidents, order.rule)
    cut = {it.quote: shorten(it.quote, order.quotes, masking.mask) for it in rows if it.quote is not None}
    return tuple(it if it.quote is None else replace(it, quote=cut[it.quote]) for it in rows)


def frequent(incidents: Laid[Incident], least: int) -> Laid[Incident]:
    """Return the incidents at places of which at least so many are told; those at no known place are a place."""
    places = list(zip(*(column(incidents, name) for name in ("country", "admin1", "place")), strict=True))
    counts = Counter(places)
    names = column(incidents, "id")
    return incidents.among({name for name, place in zip(names, places, strict=True) if counts[place] >= least})
