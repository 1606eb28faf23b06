"""What a coder read in a report: `Event` in a `Coding`; and that event grounded: `Mention`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from dateline.errors import Issue
from dateline.model.ground import OWN_VOICE, Actor, Attribution, Figure, Place, Role, When
from dateline.model.parse import Sentence
from dateline.model.text import Evidence, Span, digest


class Status(StrEnum):
    """What the words claim of the event, apart from who says so and from whether it is true.

    `asserted`: it happened (or is going on). `denied`: it did not happen. `planned`: announced, scheduled, threatened
    or feared for the future. `hypothetical`: conditional or imagined. `called_for`: demanded, urged, invited.
    `generic`: a kind of event, not one that took place. `background`: it happened, and is recalled as history, not told
    as news.
    """

    ASSERTED = "asserted"
    DENIED = "denied"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    CALLED_FOR = "called_for"
    GENERIC = "generic"
    BACKGROUND = "background"

    @property
    def happened(self) -> bool:
        """Say whether the words claim that it took place, as news or as history."""
        return self in (Status.ASSERTED, Status.BACKGROUND)

    def tells_of(self, other: Status) -> bool:
        """Say whether a mention of this status tells of an incident of the other: the same, or both happened."""
        return self is other or (self.happened and other.happened)


class Review(StrEnum):
    """What people have made of a mention.

    `new`: nobody decided anything, or took all of it back. `accepted`: right as the machine told it. `corrected`: an
    event, with a value that a person set. `rejected`: no event; it is in no incident and not published. `unsure`:
    looked at, and it could not be told. `disputed`: people disagree, and nobody has settled it; the machine's value
    stays.
    """

    NEW = "new"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    UNSURE = "unsure"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class CoderId:
    """Which coder, in which state: `digest` covers everything that its answers depend on (rules, weights, prompt)."""

    name: str
    version: str
    digest: str

    def __str__(self) -> str:
        return f"{self.name}/{self.version}+{self.digest[:12]}"


@dataclass(frozen=True, slots=True)
class Argument:
    """Words that play a role in an event."""

    role: Role
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Event:
    """An event as a coder read it: its type, and the words that say so. Nothing is looked up yet.

    Attributes:
        report: id of the report.
        type, form: codes of the codebook; `form` is None where the words do not tell.
        trigger: the words that name the event, as few as will do.
        clause: the stretch of text that speaks of this event and not of another; holds the trigger.
        arguments: words for actors, recipients and (if the coder knows) places, times, figures, sources.
        confidence: 0 to 1; for rules a fixed weight of the pattern.
        why: what fired, for a person to read.
    """

    report: str
    type: str
    form: str | None
    status: Status
    trigger: Evidence
    clause: Span
    arguments: tuple[Argument, ...] = ()
    confidence: float = 1.0
    coder: str = ""
    why: str = ""

    def of(self, role: Role) -> tuple[Evidence, ...]:
        """Return the words that play a role, in the order given by the coder."""
        return tuple(argument.evidence for argument in self.arguments if argument.role is role)


@dataclass(frozen=True, slots=True)
class Label:
    """What a coder says of a whole sentence, whichever words say it.

    Attributes:
        report, sentence: id of the report, and the number of the sentence in the coding.
        name: what holds of it: `protest` (it reports one, past or going on); what police, army or paramilitaries did:
            `police.KILL`, `police.ARREST`, `police.FAIL` (to act), `police.FORCE`, `police.ANY_ACTION` (Halterman et
            al. 2021); which kind of attack on civilians or property it tells of: `attack.bombing` and others (MUC-4).
        score: calibrated probability.
    """

    report: str
    sentence: int
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that play a role in what a sentence tells, whichever of its events they belong to.

    Attributes:
        sentence: the number of the sentence in the coding.
        role: `source`, `target`, `reciprocal`: the sides of the sentence's main event (CAMEO); `perp_individual`,
            `perp_org`, `phys_tgt`, `hum_tgt_name`, `instrument_id`: the roles of an attack (MUC-4).
        score: how sure the coder is.
    """

    sentence: int
    role: str
    evidence: Evidence
    score: float


@dataclass(frozen=True, slots=True)
class Coding:
    """All that a coder has to say about one report.

    Attributes:
        sentences: all of them, as it saw them.
        labels: of whole sentences; None from a coder that does not label.
        marks: words that play a role in a sentence; empty from a coder that does not label.
    """

    report: str
    events: tuple[Event, ...] = ()
    issues: tuple[Issue, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    labels: tuple[Label, ...] | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """An event grounded: who, to whom, where, when, how many, and who says so. See `Event` for the other fields.

    Attributes:
        review: what people have made of it.
        corrected: names of the fields whose value a person set, sorted.
        disputed: names of the fields on which people disagree, sorted; `event` where it is whether it is one.
    """

    id: str
    report: str
    type: str
    form: str | None
    status: Status
    trigger: Evidence
    clause: Span
    actors: tuple[Actor, ...] = ()
    place: Place | None = None
    when: When | None = None
    figures: tuple[Figure, ...] = ()
    attribution: Attribution = OWN_VOICE
    confidence: float = 1.0
    coder: str = ""
    why: str = ""
    review: Review = Review.NEW
    corrected: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()


def make_mention(event: Event, **grounded: object) -> Mention:
    """Make the mention of an event; `grounded` are the fields that grounding found. The id hashes the event's core."""
    core = [event.report, event.type, event.form, event.trigger.start, event.trigger.end, event.coder]
    shared = {field.name for field in fields(Event)} & {field.name for field in fields(Mention)}
    return Mention(id=digest(core), **{name: getattr(event, name) for name in shared}, **grounded)  # type: ignore[arg-type]
