"""Accounts: what each independent source of an incident says of each of its fields, in which words, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dateline.model.ground import Role, VoiceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dateline.model.event import Mention
    from dateline.model.ground import Actor, Figure, Place, Voice, When
    from dateline.model.incident import Incident

FIELDS = ("type", "form", "status", "when", "where", "actor", "recipient")
"""Fields of an account in the order in which they are shown; after them come the counts, by name."""


@dataclass(frozen=True, slots=True)
class Account:
    """What one mention says of one field of its incident.

    Attributes:
        incident, mention, report: ids.
        field: type, form, status, when, where, actor, recipient, or what is counted (killed, people ...).
        group: place of its independent source in the list of the incident, from 1.
        publisher: of the report, where it is known.
        value: the value as one text: a code, an EDTF date, a place, an actor, a number ("24-99", "30-", "-30").
        telling: whether the mention has the status of the incident, so that the value counts.
        start, end, quote: the words it rests on, half-open, in code points of the report's text.
        basis: how it is known: stated, resolved, inferred, unknown.
        says: who vouches for it: a name, else the words for the voice, else `report`.
        voice: what that voice is: report, person, organisation, unnamed.
        low, high: of a count, inclusive; None for an open end.
        earliest, latest: of a time, inclusive; None for an open end.
        exactness: of a time its granularity, of a place its precision, of a count how its words bound it.
    """

    incident: str
    field: str
    group: int
    report: str
    mention: str
    publisher: str | None
    value: str
    telling: bool
    start: int
    end: int
    quote: str
    basis: str
    says: str
    voice: str
    low: int | None = None
    high: int | None = None
    earliest: date | None = None
    latest: date | None = None
    exactness: str | None = None


def accounts_of(
    incident: Incident, mentions: Iterable[Mention], publishers: Mapping[str, str | None]
) -> tuple[Account, ...]:
    """Return what the independent sources of an incident say, by field, source, report and place in the text.

    `mentions` are at least those of the incident, in any order; `publishers` are known by report id.
    """
    group_of = {report: index for index, group in enumerate(incident.groups, start=1) for report in group.reports}
    own = set(incident.mentions)
    found = [
        Account(
            incident.id,
            field,
            group_of[mention.report],
            mention.report,
            mention.id,
            publishers.get(mention.report),
            telling=mention.status.tells_of(incident.status),
            **about,
        )
        for mention in mentions
        if mention.id in own
        for field, about in _said(mention)
    ]
    return tuple(sorted(found, key=_rank))


def matrix(accounts: Iterable[Account]) -> dict[str, dict[int, tuple[Account, ...]]]:
    """Return accounts as a table: by field, then by independent source; a cell holds all that the source says."""
    table: dict[str, dict[int, tuple[Account, ...]]] = {}
    for account in accounts:
        row = table.setdefault(account.field, {})
        row[account.group] = (*row.get(account.group, ()), account)
    return table


def _rank(account: Account) -> tuple[object, ...]:
    place = FIELDS.index(account.field) if account.field in FIELDS else len(FIELDS)
    core = (account.group, account.report, account.start, account.end, account.mention, account.value)
    return (place, account.field, *core)


def _said(mention: Mention) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the fields of a mention that say something, each with the rest of its account."""
    speaker = _speaker(mention.attribution.speaker)
    trigger = _words(mention.trigger.start, mention.trigger.end, mention.trigger.quote) | {"basis": "stated"}
    yield "type", {"value": mention.type, **trigger, **speaker}
    if mention.form:
        yield "form", {"value": mention.form, **trigger, **speaker}
    yield "status", {"value": mention.status.value, **trigger, **speaker}
    if mention.when:
        yield "when", _when(mention.when) | speaker
    if mention.place:
        yield "where", _where(mention.place) | speaker
    for actor in mention.actors:
        if actor.role in (Role.ACTOR, Role.RECIPIENT):
            yield actor.role.value, _actor(actor) | speaker
    for figure in mention.figures:
        yield figure.counts, _figure(figure, speaker)


def _words(start: int, end: int, quote: str) -> dict[str, Any]:
    return {"start": start, "end": end, "quote": quote}


def _grounded(noun: Actor | Figure | Place | When) -> dict[str, Any]:
    """Return the words of a grounded noun, and how it is known."""
    words = noun.evidence
    return _words(words.start, words.end, words.quote) | {"basis": noun.basis.value}


def _when(when: When) -> dict[str, Any]:
    days = {"earliest": when.earliest, "latest": when.latest, "exactness": when.granularity.value}
    return {"value": when.edtf or when.evidence.quote, **_grounded(when), **days}


def _where(place: Place) -> dict[str, Any]:
    names = dict.fromkeys(part for part in (place.name, place.admin1, place.country) if part)
    value = ", ".join(names) or place.evidence.quote
    return {"value": value, **_grounded(place), "exactness": place.precision.value}


def _actor(actor: Actor) -> dict[str, Any]:
    return {"value": actor.name or actor.head or actor.evidence.quote, **_grounded(actor)}


def _figure(figure: Figure, speaker: Mapping[str, Any]) -> dict[str, Any]:
    """Return the account of a figure; where words beside it say who gives the number, these say so."""
    low, high = ("" if end is None else str(end) for end in (figure.low, figure.high))
    value = low if low == high else f"{low}-{high}"
    ends = {"low": figure.low, "high": figure.high, "exactness": figure.bound.value}
    own = {"says": figure.source.quote, "voice": VoiceKind.UNNAMED.value} if figure.source else {}
    return {"value": value, **_grounded(figure), **ends, **speaker, **own}


def _speaker(voice: Voice) -> dict[str, Any]:
    return {"says": called(voice), "voice": voice.kind.value}


def called(voice: Voice) -> str:
    """Return what a voice is called: its name, else the words that it was traced back to or has, else its kind."""
    words = next(iter(voice.support), voice.evidence)
    return " ".join((voice.name or (words.quote if words else voice.kind.value)).split())
