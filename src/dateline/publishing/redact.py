"""Mentions and reports without the names of private persons.

`plan` reads a whole dataset and decides what is a private name; `redact` and `source_of` then mask it. A quote is
masked in two ways: names found in that very quote, and names found anywhere in the dataset. Offsets stay those of the
report as read, so that whoever holds the report can still check a quote; a masked quote holds `[private person]`.

What words of time and place hold is only masked where it is a name known from elsewhere, and so are the words for
public actors and voices: there, capitals are the rule. Where a script has no capitals, a private actor's quote is
masked whole, because no name shows in it. A name that is written in lower case cannot be seen.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

from dateline.model.event import Mention
from dateline.model.ground import Actor, Place, Voice, VoiceKind, When
from dateline.model.text import Evidence, Report
from dateline.publishing.names import (
    MASK,
    Known,
    Name,
    Suppressed,
    codebook_words,
    common_words,
    cover,
    doubtful,
    phrases_of,
    shipped_names,
    shipped_words,
    suppress,
)
from dateline.publishing.words import keys_in, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dateline.model.codebook import Codebook
    from dateline.model.incident import Incident


@dataclass(frozen=True, slots=True)
class Source:
    """A report as published: where it can be found, without its text.

    Attributes:
        id: id of the report, a hash of its content.
        publisher: as the report names it; empty if not known.
        title: private names masked.
        url: empty if it is not known, or if it spells out what may be a private name.
        language: ISO 639-1 code.
        published: the day of publication.
        published_basis: how that day is known: metadata, dateline, given, unknown.
        retrieved: when the copy was fetched; UTC.
    """

    id: str
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None
    published: date | None = None
    published_basis: str = "unknown"
    retrieved: datetime | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What to mask in a dataset."""

    known: Known
    suppressed: Suppressed
    texts: Mapping[str, str]


def plan(
    reports: Sequence[Report],
    mentions: Sequence[Mention],
    extra: Iterable[str] = (),
    codebooks: Iterable[Codebook] = (),
) -> Plan:
    """Decide what is private in a dataset; `extra` are names that a person wants masked besides."""
    texts = {report.id: report.text for report in reports}
    ordinary = shipped_words().union(*map(codebook_words, codebooks))
    common = common_words(texts[key] for key in sorted(texts)) | ordinary
    known = Known(common, phrases_of({*shipped_names(), *public_names(reports, mentions)}), ordinary)
    found = {name for mention in mentions for name in private_names(mention, texts.get(mention.report, ""), known)}
    wanted = {keys_in(name) for name in extra} - {()}
    return Plan(known, suppress({*found, *wanted}, known), texts)


def redact(mention: Mention, masking: Plan) -> Mention:
    """Return a mention without the names of private persons."""
    return cast("Mention", _masked(mention, masking, masking.texts.get(mention.report, ""), None))


def redact_incident(incident: Incident, masking: Plan) -> Incident:
    """Return an incident without the names of private persons: its place may come from words that hold one."""
    place, admin1 = (masking.suppressed.mask(name) if name else name for name in (incident.place, incident.admin1))
    groups = tuple(replace(it, why=tuple(map(masking.suppressed.mask, it.why))) for it in incident.groups)
    return replace(incident, place=place, admin1=admin1, groups=groups)


def source_of(report: Report, masking: Plan) -> Source:
    """Return what is published of a report."""
    return Source(
        id=report.id,
        publisher=masking.suppressed.mask(report.publisher) if report.publisher else None,
        title=_masked_title(report.title, masking) if report.title else None,
        url=report.url if report.url and not _may_name(report, masking) else None,
        language=report.language,
        published=report.published.day,
        published_basis=report.published.basis.value,
        retrieved=report.retrieved,
    )


def public_names(reports: Iterable[Report], mentions: Iterable[Mention]) -> Iterator[Name]:
    """Yield the names that a dataset itself holds as public, among them words for places that were resolved."""
    for report in reports:
        yield keys_in(report.publisher or "")
    for mention in mentions:
        everyone: tuple[Actor | Voice, ...] = (*mention.actors, *mention.attribution.voices)
        for who in (it for it in everyone if it.public):
            yield keys_in(who.name or "")
            yield keys_in(who.evidence.quote if who.evidence else "")
        yield from _place_names(mention.place)


def private_names(mention: Mention, text: str, known: Known) -> Iterator[Name]:
    """Yield the private names in the quotes of a mention, as keys."""
    for evidence, owner in _quotes(mention, None):
        doubt = doubtful(evidence, text) if _is_private(owner) else frozenset()
        if not _is_exempt(owner):
            for run in known.private_names(evidence.quote, doubt=doubt):
                yield tuple(word.key for word in run)


def _place_names(place: Place | None) -> Iterator[Name]:
    if place is not None and place.name is not None:
        for name in (place.name, place.admin1, place.admin2, place.evidence.quote):
            yield keys_in(name or "")


def _quotes(noun: object, owner: object) -> Iterator[tuple[Evidence, object]]:
    """Yield every quote in a noun with the noun that it stands for: an actor, a voice, a place, a time, or none."""
    if isinstance(noun, Evidence):
        yield noun, owner
    elif isinstance(noun, tuple):
        for item in noun:
            yield from _quotes(item, owner)
    elif is_dataclass(noun):
        inner = noun if isinstance(noun, Actor | Voice | Place | When) else owner
        for field in fields(noun):
            yield from _quotes(getattr(noun, field.name), inner)


def _is_private(owner: object) -> bool:
    return isinstance(owner, Actor | Voice) and not owner.public


def _is_exempt(owner: object) -> bool:
    """Say whether capitals are the rule in the words for this, so that they tell nothing."""
    return isinstance(owner, Place | When) or (isinstance(owner, Actor | Voice) and owner.public)


def _masked(noun: object, masking: Plan, text: str, owner: object) -> object:
    """Return a noun with every string in it masked."""
    if isinstance(noun, Evidence):
        return replace(noun, quote=_masked_quote(noun, masking, text, owner))
    if isinstance(noun, tuple):
        return tuple(_masked(item, masking, text, owner) for item in noun)
    if not is_dataclass(noun) or isinstance(noun, type):
        return noun
    inner = noun if isinstance(noun, Actor | Voice | Place | When) else owner
    changed = {field.name: _masked(getattr(noun, field.name), masking, text, inner) for field in fields(noun)}
    changed |= {
        name: _masked_text(changed[name], masking) for name in ("name", "why", "admin1", "admin2") if name in changed
    }
    if isinstance(noun, Actor | Voice) and not noun.public and getattr(noun, "kind", None) is not VoiceKind.REPORT:
        changed["name"] = None
    return type(noun)(**changed)


def _masked_text(value: object, masking: Plan) -> object:
    return masking.suppressed.mask(value) if isinstance(value, str) else value


def _masked_quote(evidence: Evidence, masking: Plan, text: str, owner: object) -> str:
    quote = evidence.quote
    if _is_private(owner) and any(word.is_caseless for word in words_in(quote)):
        return MASK
    if not _is_exempt(owner):
        doubt = doubtful(evidence, text) if _is_private(owner) else frozenset()
        quote = cover(quote, [word for run in masking.known.private_names(quote, doubt=doubt) for word in run])
    return masking.suppressed.mask(quote)


def _masked_title(title: str, masking: Plan) -> str:
    """Mask every word of a title that is neither ordinary nor public: in titles, capitals tell no names."""
    known = masking.known
    runs = known.private_names(title)
    words = [word for run in runs for word in run if word.key not in known.common]
    return masking.suppressed.mask(cover(title, words))


def _may_name(report: Report, masking: Plan) -> bool:
    """Say whether an address spells out a suppressed name, or a word of what may be a private name in its report."""
    if masking.suppressed.found_in(report.url or ""):
        return True
    runs = masking.known.private_names(f"{report.title or ''}\n{report.text}")
    risky = {word.key for run in runs if len(run) > 1 for word in run if word.key not in masking.known.common}
    return bool({key for key in keys_in(unquote(report.url or "")) if len(key) > 2} & risky)
