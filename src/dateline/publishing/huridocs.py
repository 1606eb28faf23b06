"""Incidents as HURIDOCS tells them: acts, who is involved in each, and who gives information on each.

Source: HURIDOCS, Events Standard Formats (2001). An *event* is an incident here; an *act* is what was done in it, to
whom, by which method; *involvement* is a perpetrator and the degree to which it is known to be one; *information* is
what one report says, and on whose word. Private persons have no names in any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dateline.drawing import wording
from dateline.model.ground import Role
from dateline.publishing.parties import counted, parties

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateline.model.codebook import Codebook
    from dateline.model.incident import Incident
    from dateline.publishing.dataset import Dataset, Told

SUFFERED = ("killed", "injured", "casualties", "arrested", "sentenced", "abducted", "missing", "displaced", "people")
"""Counts that may say how many an act befell, the surest first."""


@dataclass(frozen=True, slots=True)
class Act:
    """One type of act in one event.

    Attributes:
        id: id of the event, and `.1`
        event: id of the incident
        type_of_act: as HURIDOCS calls it, by the codebook
        method: form of the event: how it was done
        victims: who suffered it, as groups or public names; empty where no words tell
        counting_unit: what the number counts: persons who were killed, injured, arrested ...
        low, high: how many, over all reports, inclusive; empty for an open end
        earliest, latest: first and last day that are possible
        place: gazetteer name
        country: ISO 3166-1 alpha-3 code
        status: what is claimed of it: asserted, denied, planned ...
    """

    id: str
    event: str
    type_of_act: str
    method: str | None
    victims: str | None
    counting_unit: str | None
    low: int | None
    high: int | None
    earliest: date | None
    latest: date | None
    place: str | None
    country: str | None
    status: str


@dataclass(frozen=True, slots=True)
class Involvement:
    """One alleged perpetrator of an act.

    Attributes:
        id: id of the act, and a number
        act: id of the act
        perpetrator: a group or a public name
        type_of_perpetrator: what it is to ACLED's codebook: State forces, Rebel group, Civilians ...
        degree: `alleged`: a report says so. Nothing here finds anybody guilty
        mentions: how many mentions name it
    """

    id: str
    act: str
    perpetrator: str
    type_of_perpetrator: str
    degree: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Information:
    """What one report says of one act.

    Attributes:
        id: id of the mention
        act: id of the act
        report: id of the report
        source: on whose word: the innermost voice, or `the report itself`
        connection: how the source is connected to it, by the words for the source: witness, victim, official ...
        language: of the report
        date: day of publication
        reliability: always empty: for a person to say
        basis: how surely it is known who says so: stated, resolved, inferred, unknown
        quote: the words that name the act
    """

    id: str
    act: str
    report: str
    source: str
    connection: str | None
    language: str | None
    date: date | None
    reliability: str | None
    basis: str
    quote: str


def act_rows(told: Iterable[Told], dataset: Dataset) -> Iterator[Act]:
    """Yield the acts of those incidents whose type HURIDOCS has an act for."""
    return (_act(it, name) for it, name in _acts(told, dataset.types))


def involvement_rows(told: Iterable[Told], dataset: Dataset) -> Iterator[Involvement]:
    """Yield the alleged perpetrators of these acts."""
    return (row for it, _ in _acts(told, dataset.types) for row in _involvements(it))


def information_rows(told: Iterable[Told], dataset: Dataset) -> Iterator[Information]:
    """Yield what each report says of these acts."""
    return (row for it, _ in _acts(told, dataset.types) for row in _information(it))


def type_of_act(incident: Incident, codebook: Codebook) -> str | None:
    """Return what HURIDOCS calls an incident's form; None if it has no such act."""
    form = codebook.type(incident.type).form(incident.form or "")
    return form.huridocs if form else None


def _acts(told: Iterable[Told], codebook: Codebook) -> Iterator[tuple[Told, str]]:
    return ((it, name) for it in told if (name := type_of_act(it.incident, codebook)))


def _act(told: Told, name: str) -> Act:
    it = told.incident
    count = next((figure for counts in SUFFERED for figure in it.figures if figure.counts == counts), None)
    return Act(
        id=_id(it),
        event=it.id,
        type_of_act=name,
        method=it.form,
        victims="; ".join(party.name for party in parties(told, Role.RECIPIENT)) or None,
        counting_unit=count.counts if count else None,
        low=count.low if count else None,
        high=count.high if count else None,
        earliest=it.earliest,
        latest=it.latest,
        place=it.place,
        country=it.country,
        status=it.status.value,
    )


def _id(incident: Incident) -> str:
    return f"{incident.id}.1"


def _involvements(told: Told) -> Iterator[Involvement]:
    act = _id(told.incident)
    for number, (party, named) in enumerate(counted(told, Role.ACTOR), start=1):
        yield Involvement(f"{act}.{number}", act, party.name, party.inter.name, "alleged", named)


def _information(told: Told) -> Iterator[Information]:
    sources = {source.id: source for source in told.sources}
    for mention in told.mentions:
        voice = mention.attribution.speaker
        source = sources.get(mention.report)
        yield Information(
            id=mention.id,
            act=_id(told.incident),
            report=mention.report,
            source=wording.called(voice),
            connection=voice.role.value if voice.role else None,
            language=source.language if source else None,
            date=source.published if source else None,
            reliability=None,
            basis=voice.basis.value,
            quote=mention.trigger.quote,
        )
