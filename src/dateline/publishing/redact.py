"""Mentions and reports without the names of private persons.

`plan` reads a whole dataset and decides what is a private name; `redact` and `source_of` then mask it. A quote is
masked in two ways: names found in that very quote, and names found anywhere in the dataset. Offsets stay those of the
report as read, so that whoever holds the report can still check a quote; a masked quote holds `[private person]`.

A name is whatever `names` takes for one. Words for a place that the gazetteer knows, for a time and for a public actor
without a name are let through where they are few; of a public person the name alone is. What stands for a name is
`MASK`, and with a key a pseudonym after it (`pseudonyms`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote, urlsplit

from dateline.model.event import Mention
from dateline.model.ground import Actor, ActorKind, Place, Voice, VoiceKind, When
from dateline.model.text import Evidence, Report, names_of
from dateline.publishing.laid import column, lay, texts_by_id
from dateline.publishing.names import (
    MANY,
    Known,
    Pseudonym,
    Suppressed,
    cover,
    doubtful,
    phrases_of,
    suppress,
    unnamed,
)
from dateline.publishing.pseudonyms import pseudonyms
from dateline.publishing.vocabulary import (
    Name,
    codebook_words,
    common_words,
    english_words,
    is_medium,
    shipped_names,
    shipped_words,
)
from dateline.publishing.words import Word, is_shouted, keys_in, runs_in, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dateline.model.codebook import Codebook
    from dateline.model.incident import Incident


_OWNERS = Actor | Voice | Place | When
"""What stands for somebody or something in words of its own."""

Look = tuple[str, frozenset[int], bool]
"""A quote, where in it a capital is in doubt, and whether it stands in a text of capitals."""

_NAMING = ("name", "why", "admin1", "admin2")
"""Fields of nouns with words that may hold a name."""


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
    pseudonym: Pseudonym = unnamed

    def mask(self, words: str) -> str:
        """Return words without the names that must not be published."""
        return self.suppressed.mask(words, self.pseudonym)


def plan(  # noqa: PLR0913 - the two last are apart, by name
    reports: Sequence[Report],
    mentions: Sequence[Mention],
    extra: Iterable[str] = (),
    codebooks: Iterable[Codebook] = (),
    key: bytes | None = None,
    *,
    whole: bool = False,
    fixed: frozenset[str] = frozenset(),
    allowed: tuple[str, ...] = (),
) -> Plan:
    """Decide what is private in a dataset; `extra` are names that a person wants masked besides.

    With a `key`, masked persons get pseudonyms. With `whole`, names are looked for in all of the texts, not in quotes
    alone. `fixed` are words that are published whatever the data: alone they point at nobody, unless `extra` has them.
    `allowed` are names that a person lets stand.
    """
    texts = texts_by_id(lay(Report, reports), "text")
    ordinary = shipped_words().union(*map(codebook_words, codebooks))
    common, used = common_words(texts.values())
    publishers = set(column(reports, "publisher")) - {None, ""}
    told_public, looks = _told_by(mentions, texts)
    papers = {keys_in(it) for it in publishers if not _may_be_author(it)}
    public = phrases_of({*shipped_names(), *papers, *told_public, *map(keys_in, allowed)})
    wanted = {keys_in(name) for name in extra} - {()}
    usual = used | ordinary | fixed.difference(*wanted)
    known = Known(common | ordinary, public, ordinary, usual)
    found = {name for look in looks for name in _private_names(look, known)}
    authors = {_author(it) for it in publishers - set(allowed) if _may_be_author(it)}
    told = (
        {tuple(word.key for word in run) for text in texts.values() for run in _names_in(text, known)}
        if whole
        else set()
    )
    names = {*found, *wanted, *authors, *told} - {()}
    return Plan(known, suppress(names, known), texts, pseudonyms(key, names) if key else unnamed)


def redact(mention: Mention, masking: Plan) -> Mention:
    """Return a mention without the names of private persons."""
    return cast("Mention", _masked(mention, masking, masking.texts.get(mention.report, ""), None))


def redact_incident(incident: Incident, masking: Plan) -> Incident:
    """Return an incident without the names of private persons: its place may come from words that hold one."""
    place, admin1 = (masking.mask(it) if it else it for it in (incident.place, incident.admin1))
    groups = tuple(replace(it, why=tuple(map(masking.mask, it.why))) for it in incident.groups)
    return replace(incident, place=place, admin1=admin1, groups=groups)


def source_of(report: Report, masking: Plan) -> Source:
    """Return what is published of a report."""
    return Source(
        id=report.id,
        publisher=masked_line(report.publisher, masking) if report.publisher else None,
        title=masked_line(report.title, masking) if report.title else None,
        url=report.url if report.url and not _may_name(report, masking) else None,
        language=report.language,
        published=report.published.day,
        published_basis=report.published.basis.value,
        retrieved=report.retrieved,
    )


def _names_in(text: str, known: Known) -> Iterator[list[Word]]:
    """Yield what may be private names in a whole text or line."""
    return known.private_names(text, shouted=is_shouted(text))


def _told_by(mentions: Iterable[Mention], texts: Mapping[str, str]) -> tuple[set[Name], set[Look]]:
    """Return the public names that mentions hold, and the different quotes in which private ones may stand."""
    public: set[Name] = set()
    looks: set[Look] = set()
    for mention in mentions:
        public.update(_public_names(mention))
        looks.update(_looks(mention, texts.get(mention.report, "")))
    return public, looks


def _public_names(mention: Mention) -> Iterator[Name]:
    """Yield the names that a mention holds as public, among them words for a place that was resolved."""
    everyone: tuple[Actor | Voice, ...] = (*mention.actors, *mention.attribution.voices)
    for who in filter(_is_trusted, everyone):
        yield from _public_words(who)
    yield from _place_names(mention.place)


def _may_be_author(publisher: str) -> bool:
    """Say whether a publisher's name may be a person's; one word, an agency or a news site is taken for a paper's."""
    is_one = len(words_in(publisher)) == 1 and publisher.isascii()
    return not (is_one or is_medium(publisher)) and _may_be_person(publisher)


def _author(publisher: str) -> Name:
    """Return the words of a publisher's name that may be a person's: of a site's, all but its last."""
    return keys_in(publisher.rpartition(".")[0] if " " not in publisher and "." in publisher else publisher)


@lru_cache(maxsize=65_536)
def _may_be_person(name: str) -> bool:
    """Say whether a name may be a person's: no lexicon has it, and none of its words is one for a body or a role."""
    keys = keys_in(name)
    is_acronym = len(keys) == 1 and name.isupper() and len(keys[0]) <= MANY
    return not (is_acronym or keys in shipped_names() or any(key in shipped_words() for key in keys))


def _is_trusted(who: Actor | Voice) -> bool:
    """Say whether a public name is one: a person's by a title or the lexicon, a body's by a word of its name.

    What a tagger takes for a body is often a person.
    """
    is_person = who.kind in {ActorKind.INDIVIDUAL, VoiceKind.PERSON}
    return who.public and (is_person or not who.name or not _may_be_person(who.name))


def _public_words(who: Actor | Voice) -> Iterator[Name]:
    """Yield the name of a public actor, and the words before and in it that are its own ("Minister Stoyanov")."""
    own = keys_in(who.name or "")
    yield own
    for run in runs_in(who.evidence.quote if who.evidence else ""):
        keys = [word.key for word in run]
        mine = keys[: keys.index(own[-1]) + 1] if own and own[-1] in keys else []
        if all(key in own or key in english_words() for key in mine):
            yield tuple(mine)


def _looks(mention: Mention, text: str) -> Iterator[Look]:
    """Yield the quotes of a mention, and its clause, in which private names may stand."""
    clause = Evidence(mention.clause.start, mention.clause.end, text[mention.clause.start : mention.clause.end])
    for evidence, owner in (*_quotes(mention, None), (clause, None)):
        if not _is_let_through(evidence.quote, owner):
            doubt = doubtful(evidence, text) if _is_private(owner) else frozenset()
            yield evidence.quote, doubt, is_shouted(text, evidence.start, evidence.end)


def _private_names(look: Look, known: Known) -> Iterator[Name]:
    """Yield the private names in a quote, as keys."""
    quote, doubt, shouted = look
    for run in known.private_names(quote, doubt=doubt, shouted=shouted):
        yield tuple(word.key for word in run)


def _place_names(place: Place | None) -> Iterator[Name]:
    if place is not None and place.name is not None:
        quote = place.evidence.quote if len(place.evidence.quote.split()) <= MANY else ""
        for name in (place.name, place.admin1, place.admin2, quote):
            yield keys_in(name or "")


def _quotes(noun: object, owner: object) -> Iterator[tuple[Evidence, object]]:
    """Yield every quote in a noun with the noun that it stands for: an actor, a voice, a place, a time, or none."""
    if isinstance(noun, Evidence):
        yield noun, owner
    elif isinstance(noun, tuple):
        for item in noun:
            yield from _quotes(item, owner)
    elif names := names_of(type(noun)):
        inner = noun if isinstance(noun, _OWNERS) else owner
        for name in names:
            yield from _quotes(getattr(noun, name), inner)


def _is_private(owner: object) -> bool:
    return isinstance(owner, Actor | Voice) and not _is_trusted(owner)


def _is_let_through(quote: str, owner: object) -> bool:
    """Say whether these are a few words of a kind in which capitals are the rule, so that they tell nothing."""
    return len(quote.split()) <= MANY and not any(word.is_caseless for word in words_in(quote)) and _is_exempt(owner)


def _is_exempt(owner: object) -> bool:
    if isinstance(owner, Place):
        return owner.name is not None
    return isinstance(owner, When) or (isinstance(owner, Actor | Voice) and _is_trusted(owner) and not owner.name)


def _masked(noun: object, masking: Plan, text: str, owner: object) -> object:
    """Return a noun with every string in it masked; itself, if there is nothing to mask."""
    if isinstance(noun, Evidence):
        quote = _masked_quote(noun, masking, text, owner)
        return noun if quote == noun.quote else replace(noun, quote=quote)
    if isinstance(noun, tuple):
        items = tuple([_masked(item, masking, text, owner) for item in noun])
        return noun if items == noun else items
    inner = noun if isinstance(noun, _OWNERS) else owner
    told = {name: getattr(noun, name) for name in names_of(type(noun))}
    nested = {name: it for name, it in told.items() if isinstance(it, tuple) or names_of(type(it))}
    masked = {name: _masked(it, masking, text, inner) for name, it in nested.items()}
    masked |= {name: masking.mask(told[name]) for name in _NAMING if isinstance(told.get(name), str)}
    if isinstance(noun, Actor):
        head = "".join(_ordinary((noun.head or "",), masking)) or None
        masked |= {"head": head, "modifiers": _ordinary(noun.modifiers, masking)}
    if isinstance(noun, Actor | Voice) and not _is_trusted(noun) and noun.kind is not VoiceKind.REPORT:
        masked |= {"name": None, "public": False}
    changed = {name: it for name, it in masked.items() if it is not told[name] and it != told[name]}
    return replace(noun, **changed) if changed else noun  # type: ignore[type-var]


def _ordinary(words: tuple[str, ...], masking: Plan) -> tuple[str, ...]:
    """Return the words that a dictionary has, but for those that are somebody's name here ("wall")."""
    known = (word for word in words if all(key in english_words() for key in keys_in(word)))
    return tuple(word for word in known if masking.suppressed.found_in(word) is None)


def _masked_quote(evidence: Evidence, masking: Plan, text: str, owner: object) -> str:
    quote = evidence.quote
    if not _is_let_through(quote, owner):
        doubt = doubtful(evidence, text) if _is_private(owner) else frozenset()
        shouted = is_shouted(text, evidence.start, evidence.end)
        runs = masking.known.private_names(quote, doubt=doubt, shouted=shouted)
        quote = cover(quote, [word for run in runs for word in run], masking.pseudonym)
    return masking.mask(quote)


def masked_words(text: str, start: int, end: int, masking: Plan) -> str:
    """Return a stretch of a report's text without the names of private persons; empty if there is nothing in it."""
    return _masked_quote(Evidence(start, end, text[start:end]), masking, text, None) if text[start:end] else ""


def masked_line(line: str, masking: Plan) -> str:
    """Return a line with every word masked that is neither ordinary nor public: capitals tell no names there."""
    runs = _names_in(line, masking.known)
    words = [word for run in runs for word in run if word.key not in masking.known.common]
    return masking.mask(cover(line, words, masking.pseudonym))


def _may_name(report: Report, masking: Plan) -> bool:
    """Say whether an address spells out a suppressed name, or holds a word that may be one.

    In the path, that is every word that is neither in a dictionary nor part of a public name; in the host, what may be
    a private name in its report.
    """
    url = unquote(report.url or "")
    parts = urlsplit(url)
    path = keys_in(f"{parts.path} {parts.query} {parts.fragment} {parts.username or ''}")
    if masking.suppressed.found_in(url) or not all(map(masking.known.is_known, path)):
        return True
    runs = _names_in(f"{report.title or ''}\n{report.text}", masking.known)
    risky = {word.key for run in runs if len(run) > 1 for word in run if word.key not in masking.known.common}
    return any(len(key) > 2 and key in (parts.hostname or "") for key in risky)
