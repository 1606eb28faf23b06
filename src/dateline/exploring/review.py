"""The desk at which one person reviews: what comes next, what they see of a mention, and what they decide.

A desk reads the project as its newest run left it, and people's words as they are on disk at that moment. In a blind
sample a person sees the machine's word and their own, and nobody else's, until all coders are done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dateline.errors import UsageError
from dateline.exploring.address import parse_address
from dateline.model.decision import Act, Decision, Field, digest_of
from dateline.model.event import Review
from dateline.model.judgement import Anchor, Verdict, anchor_of, judge
from dateline.model.review import log_of, reviewed, said_by, seen_by, standing
from dateline.model.sample import left_to, visible_to
from dateline.reviewing.queue import VICTIMS, WEIGHTS, Item, queue
from dateline.storing.archive import Archive
from dateline.storing.database import Database
from dateline.storing.filters import ALL, Filters
from dateline.storing.pressing import Pressing, homes, incident_of, pressing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.model.decision import Value
    from dateline.model.event import Mention
    from dateline.model.incident import Incident
    from dateline.model.sample import Sample
    from dateline.model.text import Report

ENDS = (Act.ACCEPT, Act.REJECT, Act.UNSURE)

REASONED = (Act.REJECT,)
"""What is only done with a reason."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits at the desk, and for what: carried by every address of a review.

    Attributes:
        who: pseudonym; "" until one is given.
        sample: id of a blind sample; "" outside of one.
        settles: whether what is decided settles what others disagree on.
        filters: which incidents are reviewed.
        skipped: how many waiting mentions were passed over.
    """

    who: str = ""
    sample: str = ""
    settles: bool = False
    filters: Filters = ALL
    query: tuple[tuple[str, str], ...] = ()
    skipped: int = 0

    def at(self, path: str = "", **more: str | int) -> str:
        """Return the address of a page of the review for this seat."""
        own = {"who": self.who, "sample": self.sample, "settles": "yes" if self.settles else "", "skip": self.skipped}
        words = [(name, str(value)) for name, value in (own | more).items() if value]
        return f"/review{path}?" + urlencode([*words, *self.query])


def seat_of(query: Mapping[str, str]) -> Seat:
    """Read who sits at the desk from a query. Raises `UsageError` naming what cannot be read."""
    own = {name: query.get(name, "").strip() for name in ("who", "sample", "settles", "skip")}
    rest = {name: word for name, word in query.items() if name not in (*own, "act", "fault")}
    if len(own["who"]) > 60:
        raise UsageError(f"a name of {len(own['who'])} characters given; expected a short pseudonym")
    if own["skip"] and not (own["skip"].isascii() and own["skip"].isdigit() and len(own["skip"]) < 7):
        raise UsageError(f"skip={own['skip'][:20]!r} given; expected a number")
    filters = parse_address(rest).filters
    kept = tuple(sorted((name, word) for name, word in rest.items() if word.strip()))
    settles = own["settles"] == "yes"
    return Seat(own["who"], "" if settles else own["sample"], settles, filters, kept, int(own["skip"] or 0))


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention as a person sees it.

    Attributes:
        told: as the machine told it.
        mention: with what people made of it, as far as this person may know.
        state: what this person, or, outside of a sample, anybody has made of it.
        history: all decisions on it that this person may see, by id, oldest first.
        standing: ids of those that nobody has withdrawn.
        incident: the one that it was in when the project was last run; None for one that was in none.
    """

    told: Mention
    mention: Mention
    state: Review
    report: Report
    history: Mapping[str, Decision]
    standing: frozenset[str]
    incident: Incident | None
    readings: Mapping[str, Mention]


@dataclass(frozen=True)
class Desk:
    """Where mentions are reviewed."""

    archive: Archive
    database: Database

    def waiting(self, seat: Seat, first: int = 0, most: int = 20) -> list[Item]:
        """Return some of what waits for this person, the most pressing first; of a sample, in its order."""
        listed = self._listed(seat)
        if listed is not None:
            return listed[first : first + most]
        return self._items(self.pressing.page(self.database, seat.filters, self._done(seat), first, most))

    def item(self, seat: Seat, identity: str) -> Item | None:
        """Return how a mention waits for this person; None if it does not."""
        listed = self._listed(seat)
        if listed is None:
            listed = [] if identity in self._done(seat) else self._items([identity])
        return next((it for it in listed if it.mention == identity), None)

    def progress(self, seat: Seat) -> tuple[int, int]:
        """Return how many mentions are done and how many there are in all, of what this person is asked for."""
        listed = self._listed(seat)
        if listed is None:
            total = self.pressing.count(self.database, seat.filters)
            return total - self.pressing.count(self.database, seat.filters, self._done(seat)), total
        total = len(self.sample(seat).mentions) if seat.sample else len(listed)
        return total - len(listed), total

    @cached_property
    def pressing(self) -> Pressing:
        """All mentions in the order in which they are reviewed."""
        return pressing(self.database, WEIGHTS, VICTIMS)

    def _items(self, mentions: Sequence[str]) -> list[Item]:
        return queue(self.database.mentions(mentions), homes(self.database, mentions), waiting=Review)

    def _listed(self, seat: Seat) -> list[Item] | None:
        """Return what waits in a sample or to be settled; None for a seat before the queue."""
        if seat.sample:
            left = left_to(seat.who, seat.sample, self.sample(seat), self.archive.decisions())
            return [Item(it, 0.0, 0.0, ("drawn for the blind sample",)) for it in left]
        return self._disputed([*self._standing(seat).values()]) if seat.settles else None

    def _standing(self, seat: Seat) -> Mapping[str, Decision]:
        decisions, samples = self._words()
        return standing(visible_to(seat.who, decisions, samples))

    def _done(self, seat: Seat) -> set[str]:
        return {it.about.mention for it in self._standing(seat).values() if it.act in ENDS}

    def sample(self, seat: Seat) -> Sample:
        """Return the sample of a seat. Raises `UsageError` if there is none, or this person does not code it."""
        found = self.archive.samples().get(seat.sample)
        if found is None or (seat.who not in found.coders and not seat.settles):
            raise UsageError(f"sample {seat.sample[:12]!r} given for {seat.who!r}; expected one that they are to code")
        return found

    def see(self, seat: Seat, identity: str) -> Seen | None:
        """Return a mention as this person may see it; None if there is none of this id."""
        found = self.database.coded([identity])
        if not found:
            return None
        (told,) = found
        report = self.database.reports([told.report])[told.report]
        history = self._history(seat, told)
        valid = standing(history)
        own = [it for it in valid.values() if it.who == seat.who and it.sample == seat.sample]
        said = said_by(told, own).get(seat.who, {})
        left = reviewed(told, own if seat.sample else valid.values())
        mention = seen_by(told, said) if seat.sample else left
        home = incident_of(self.database, identity)
        readings = {who: seen_by(told, it) for who, it in said_by(told, valid.values()).items()} if seat.settles else {}
        return Seen(told, mention, left.review, report, history, frozenset(valid), home, readings)

    def decide(
        self, seat: Seat, seen: Seen, act: Act, reason: str, field: Field | None = None, value: Value = None
    ) -> str:
        """Add a decision of this person and return its id.

        Raises:
            UsageError: if it lacks a name, or a reason where one is asked for.
            EvidenceError: if its value quotes what does not stand in the report.
        """
        if not reason.strip() and (act in REASONED or seat.settles):
            raise UsageError(f"{act} without a reason given; expected a few words: others will want to know why")
        decision = Decision(
            anchor_of(seen.told),
            act,
            seat.who,
            datetime.now(UTC),
            reason.strip(),
            field,
            value,
            digest_of(seen.told, field),
            settles=seat.settles,
            sample=seat.sample,
        )
        return self.archive.decide(decision, seen.report)

    def undo(self, seat: Seat, reason: str = "") -> str | None:
        """Withdraw the last decision of this person that stands and return its mention; None if there is none."""
        own = [
            (name, it)
            for name, it in standing(self.archive.decisions()).items()
            if it.who == seat.who and it.sample == seat.sample
        ]
        if not own:
            return None
        name, last = own[-1]
        undone = replace(
            last, act=Act.WITHDRAW, when=datetime.now(UTC), reason=reason, field=None, value=None, withdraws=name
        )
        self.archive.decide(undone, self.database.reports([last.about.report])[last.about.report])
        return last.about.mention

    def judge(self, seat: Seat, seen: Seen, others: Sequence[Mention], verdict: Verdict, reason: str) -> None:
        """Say whether a mention and others are one incident, with a reason."""
        if not reason.strip():
            raise UsageError("no reason given; expected a few words: others will want to know why")
        word = judge([seen.told], others, verdict, seat.who, datetime.now(UTC), reason.strip())
        self.archive.judge(replace(word, settles=True) if seat.settles else word)

    def nearby(self, seen: Seen) -> list[Incident]:
        """Return incidents of the same country and days, by id: what a mention may belong to instead."""
        here = seen.incident
        if here is None:
            return []
        near = Filters(country=here.country, since=here.earliest, until=here.latest or here.earliest)
        return [it for it in self.database.incidents(near, limit=30) if it.id != here.id]

    def _words(self) -> tuple[dict[str, Decision], dict[str, Sample]]:
        return self.archive.decisions(), self.archive.samples()

    def _history(self, seat: Seat, told: Mention) -> dict[str, Decision]:
        decisions, samples = self._words()
        allowed = visible_to(seat.who, decisions, samples)
        if seat.sample and not seat.settles:
            allowed = {name: it for name, it in allowed.items() if it.who == seat.who and it.sample == seat.sample}
        return {name: it for name, it in allowed.items() if _is_about(it.about, anchor_of(told))}

    def _disputed(self, decisions: Sequence[Decision]) -> list[Item]:
        ids = sorted({it.about.mention for it in decisions})
        told = {it.id: it for it in self.database.coded(ids)}
        log = log_of({str(number): it for number, it in enumerate(decisions)}, told.values())
        left = [reviewed(it, log.about[name].values()) for name, it in told.items() if name in log.about]
        return [
            Item(
                it.id, 1.0, 1.0, (f"people disagree on: {', '.join(it.disputed)}",), it.type, it.form, it.trigger.quote
            )
            for it in sorted(left, key=lambda it: it.id)
            if it.review is Review.DISPUTED
        ]


def _is_about(given: Anchor, told: Anchor) -> bool:
    """Say whether an anchor is a mention's: by id, or by the very same words and type."""
    return given.mention == told.mention or replace(given, mention=told.mention) == told
