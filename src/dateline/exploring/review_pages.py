"""The pages of the review, and what their forms do: one decision a screen, one key each, all of it without scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.drawing import wording
from dateline.errors import UsageError
from dateline.exploring.rendering import NotHereError, render
from dateline.exploring.review import ENDS, Desk, Seat, Seen, seat_of
from dateline.exploring.review_forms import shown_words, value_from
from dateline.exploring.shown import show
from dateline.model.codebook import plover
from dateline.model.decision import Act, Decision, Field, value_of
from dateline.model.event import Status
from dateline.model.ground import Precision, Role
from dateline.model.judgement import Verdict
from dateline.model.review import seen_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.errors import DatelineError
    from dateline.model.codebook import Codebook
    from dateline.model.event import Mention
    from dateline.model.ground import Place

    Form = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the review: what it opens or does, and in words."""

    key: str
    act: str
    words: str


KEYS = (
    Key("a", "accept", "Accept"),
    Key("x", "reject", "Reject"),
    Key("u", "unsure", "Unsure"),
    Key("t", "type", "Type"),
    Key("o", "status", "Status"),
    Key("e", "trigger", "Span"),
    Key("p", "place", "Place"),
    Key("d", "when", "Day"),
    Key("n", "figures", "Numbers"),
    Key("w", "actors", "Who"),
    Key("s", "split", "Split"),
    Key("m", "merge", "Merge"),
    Key("z", "undo", "Undo"),
    Key("j", "skip", "Skip"),
    Key("h", "history", "History"),
    Key("?", "help", "Help"),
)
"""Each key, and the act that its link or button stands for."""

AT_ONCE = ("accept", "unsure", "undo")
"""What a key does at once; the others open a form."""

REASONS = (
    "no event",
    "an event, of no type of the codebook",
    "told twice: another mention has it",
    "a name, a title or an idiom",
    "not of this report: menu, caption, link",
)
"""Reasons to reject that are offered; another can be written."""

_FIELDS = {it.value: it for it in Field}


def review_page(desk: Desk, query: Mapping[str, str]) -> str:
    """Return the first page of the review: who reviews, what waits and why, and the samples to code blind."""
    seat = seat_of(query)
    samples = desk.archive.samples()
    return render(
        "review_start.html",
        seat=seat,
        waiting=desk.waiting(seat) if seat.who else [],
        progress=desk.progress(seat) if seat.who else None,
        samples={name: it for name, it in samples.items() if seat.who in it.coders},
        Seat=Seat,
        keys=KEYS,
    )


def next_address(desk: Desk, query: Mapping[str, str]) -> str:
    """Return the address of what comes next for a seat: a mention, or the first page where nothing waits."""
    seat = seat_of(query)
    waiting = desk.waiting(seat, seat.skipped, 1)
    return seat.at(f"/{waiting[0].mention}") if waiting else seat.at(skip=0)


def mention_page(
    desk: Desk, identity: str, query: Mapping[str, str], codebooks: Sequence[Codebook], fault: str = ""
) -> str:
    """Return the page of one mention: its report with the words marked, its values, and what can be done.

    Raises:
        NotHereError: if the project has no such mention.
    """
    seat, act = seat_of(query), query.get("act", "")
    seen = _seen(desk, seat, identity)
    return render(
        "review.html",
        seat=seat,
        seen=seen,
        act=act,
        fault=fault,
        item=desk.item(seat, identity),
        progress=desk.progress(seat),
        text=show(seen.report, [seen.mention]),
        keys=KEYS,
        at_once=AT_ONCE,
        fields=Field,
        reasons=REASONS,
        codebook=codebooks[0] if codebooks else plover(),
        places=_places(desk, seen) if act == "place" else [],
        others=_others(desk, seen) if act == "split" else [],
        nearby=desk.nearby(seen) if act == "merge" else [],
        statuses=tuple(Status),
        precisions=tuple(Precision),
        roles=(Role.ACTOR, Role.RECIPIENT),
        shown=shown,
        shown_words=shown_words,
        told=told,
        value_of=value_of,
    )


def act_on(desk: Desk, identity: str, query: Mapping[str, str], form: Form) -> str:
    """Do what a form asks for and return the address of the page that comes after.

    Raises:
        UsageError: if the form cannot be taken: nothing was decided.
    """
    seat, act = seat_of(query), form.get("act", "")
    if not seat.who:
        raise UsageError("no name given; expected a pseudonym: give one on the first page of the review")
    if act == "undo":
        back = desk.undo(seat, form.get("reason", ""))
        return seat.at(f"/{back}") if back else seat.at()
    seen = _seen(desk, seat, identity)
    if act in ("split", "merge"):
        _judge(desk, seat, seen, act, form)
        return seat.at(f"/{identity}")
    if act == "settle":
        return _settle(desk, seat, seen, form)
    if act in _FIELDS:
        field = _FIELDS[act]
        value = value_from(field, form, seen.mention, seen.report, _places(desk, seen))
        desk.decide(seat, seen, Act.CORRECT, form.get("reason", ""), field, value)
        return seat.at(f"/{identity}")
    if act not in {it.value for it in ENDS}:
        raise UsageError(f"act {act[:40]!r} given; expected one of {', '.join(it.act for it in KEYS)}")
    desk.decide(seat, seen, Act(act), form.get("reason", "") or form.get("why", ""))
    return next_address(desk, query)


def _settle(desk: Desk, seat: Seat, seen: Seen, form: Form) -> str:
    """Take over what one of those who disagree says of every field that is disputed."""
    chosen = form.get("whose", "")
    if chosen not in seen.readings:
        raise UsageError(f"{chosen[:40]!r} given; expected one of {', '.join(seen.readings)}")
    own = [it for it in seen.history.values() if it.who == chosen and not it.settles]
    reason = form.get("reason", "") or form.get("why", "")
    if own and own[-1].act is Act.REJECT:
        desk.decide(seat, seen, Act.REJECT, reason)
        return next_address(desk, {**dict(seat.query), "who": seat.who, "settles": "yes"})
    for name in seen.mention.disputed:
        if name in _FIELDS:
            value = value_of(seen.readings[chosen], _FIELDS[name])
            desk.decide(seat, seen, Act.CORRECT, reason, _FIELDS[name], value)
    if "event" in seen.mention.disputed:
        desk.decide(seat, seen, Act.ACCEPT, reason)
    return next_address(desk, {**dict(seat.query), "who": seat.who, "settles": "yes"})


def _judge(desk: Desk, seat: Seat, seen: Seen, act: str, form: Form) -> None:
    chosen = form.get("other", "")
    if act == "merge":
        view = desk.database.incident(chosen)
        others = view.mentions if view else ()
    else:
        others = tuple(it for it in _others(desk, seen) if chosen in (it.id, "all"))
    if not others:
        raise UsageError(f"{chosen[:12]!r} given to {act}; expected one of those on the page")
    verdict = Verdict.SAME if act == "merge" else Verdict.DIFFERENT
    desk.judge(seat, seen, others, verdict, form.get("reason", "") or form.get("why", ""))


def _seen(desk: Desk, seat: Seat, identity: str) -> Seen:
    if seat.sample and identity not in desk.sample(seat).mentions:
        raise NotHereError(f"mention {identity[:12]!r} given; it is not in this sample")
    seen = desk.see(seat, identity)
    if seen is None:
        raise NotHereError(f"no mention has the id {identity[:80]!r}; a newer coder may have told it anew")
    return seen


def _others(desk: Desk, seen: Seen) -> list[Mention]:
    if seen.incident is None:
        return []
    return [it for it in desk.database.mentions(seen.incident.mentions) if it.id != seen.told.id]


def _places(desk: Desk, seen: Seen) -> list[Place]:
    """Return the places that are offered: those of the report and of the incident, each once, in a fixed order."""
    ids = seen.incident.mentions if seen.incident else ()
    told = [*desk.database.coded_of([seen.report.id]), *desk.database.coded(ids)]
    found = {(it.place.name, it.place.geonames): it.place for it in told if it.place and it.place.name}
    return list(found.values())


def shown(mention: Mention, field: Field) -> str:
    """Return what a mention says in a field, in words."""
    if field is Field.TYPE:
        return wording.kind(mention.type, mention.form)
    if field is Field.STATUS:
        return wording.status(mention.status)
    if field is Field.TRIGGER:
        return f"“{mention.trigger.quote}”"
    if field is Field.PLACE:
        return wording.place(mention.place) if mention.place else "not told"
    if field is Field.WHEN:
        return wording.when(mention.when) if mention.when else "not told"
    if field is Field.FIGURES:
        return ", ".join(map(wording.figure, mention.figures)) or "none told"
    return ", ".join(f"{it.role}: {wording.actor(it)} “{it.evidence.quote}”" for it in mention.actors) or "nobody told"


def told(decision: Decision, told_by_machine: Mention) -> str:
    """Return what a decision did, in words."""
    if decision.act is not Act.CORRECT or decision.field is None:
        return {"accept": "accepted", "reject": "rejected: no event", "unsure": "unsure"}.get(
            decision.act.value, "took a decision back"
        )

    after = seen_by(told_by_machine, {decision.field.value: decision.value})
    return f"set {decision.field}: {shown(after, decision.field)}"


def faulty(error: DatelineError) -> str:
    """Return what is said of a form that could not be taken."""
    return f"Nothing was decided: {error}"
