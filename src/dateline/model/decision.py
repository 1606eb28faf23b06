"""A person's word on one mention: `Decision`, what it sets, and its form in JSON (`docs/review.md`).

A decision is added, never edited; its id is the hash of its content. What many of them come to is worked out in
`review`. Words on whether two mentions are one incident are judgements.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from dateline.errors import UsageError
from dateline.model.event import Mention, Status
from dateline.model.ground import Actor, Figure, Place, When
from dateline.model.judgement import Anchor
from dateline.model.tables import from_rows, to_rows
from dateline.model.text import Evidence, digest, evidence_in

if TYPE_CHECKING:
    from dateline.model.text import Report

SCHEMA = "dateline.decision/1"


class Act(StrEnum):
    """What a person does with a mention.

    `accept`: it is an event, and every value that they have not corrected is right. `reject`: it is no event.
    `correct`: one field has another value. `unsure`: looked at, and it cannot be told; changes nothing.
    `withdraw`: an earlier decision counts as if it had never been made.
    """

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    UNSURE = "unsure"
    WITHDRAW = "withdraw"


class Field(StrEnum):
    """What a person can set: each field as a whole, so that two corrections of one field exclude each other."""

    TYPE = "type"
    STATUS = "status"
    TRIGGER = "trigger"
    PLACE = "place"
    WHEN = "when"
    FIGURES = "figures"
    ACTORS = "actors"


@dataclass(frozen=True, slots=True)
class Kind:
    """Type and form of an event, and the words that tell."""

    type: str
    form: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Claim:
    """What the words claim of an event, and those words."""

    status: Status
    evidence: Evidence


Value = Kind | Claim | Evidence | Place | When | tuple[Figure, ...] | tuple[Actor, ...] | None
"""A value of a field. None is a place or time that the report does not tell."""

NOUNS: dict[Field, type] = {
    Field.TYPE: Kind,
    Field.STATUS: Claim,
    Field.TRIGGER: Evidence,
    Field.PLACE: Place,
    Field.WHEN: When,
    Field.FIGURES: Figure,
    Field.ACTORS: Actor,
}
"""What the values of each field are; of figures and actors, a tuple of them."""

LISTS = (Field.FIGURES, Field.ACTORS)

OPTIONAL = (Field.PLACE, Field.WHEN)


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on a mention.

    Attributes:
        about: the mention, by id and by its words, should a newer coder give it another id.
        who: a pseudonym, by which the decisions of one person are known.
        when: when it was made; UTC.
        field, value: what `correct` sets.
        seen: digest of what the machine had said: of the field for `correct`, else of all that can be corrected.
        withdraws: id of the decision that `withdraw` takes back.
        settles: whether it was made to settle what others disagree on; it then holds over theirs.
        sample: id of the blind sample in which it was made; "" outside of one.
    """

    about: Anchor
    act: Act
    who: str
    when: datetime
    reason: str = ""
    field: Field | None = None
    value: Value = None
    seen: str = ""
    withdraws: str = ""
    settles: bool = False
    sample: str = ""


def value_of(mention: Mention, field: Field) -> Value:
    """Return what a mention says in a field."""
    if field is Field.TYPE:
        return Kind(mention.type, mention.form, mention.trigger)
    if field is Field.STATUS:
        return Claim(mention.status, mention.trigger)
    value: Value = getattr(mention, field.value)
    return value


def digest_of(mention: Mention, field: Field | None = None) -> str:
    """Return the hash of what a mention says in a field, or in all that can be corrected."""
    return digest([_value_json(it, value_of(mention, it)) for it in Field if field in (None, it)])


def check_decision(decision: Decision, report: Report | None = None) -> None:
    """Raise `UsageError` unless a decision is whole.

    With its report, `EvidenceError` unless each quote stands in it.
    """
    faults = []
    if not decision.who.strip():
        faults.append("it is by nobody; expected a name: who decides?")
    if decision.when.tzinfo is None:
        faults.append(f"it is dated {decision.when.isoformat()}; expected a time with its time zone")
    if (decision.act is Act.CORRECT) != (decision.field is not None):
        faults.append(f"{decision.act} with the field {decision.field}; expected a field for `correct` alone")
    if (decision.act is Act.WITHDRAW) != bool(decision.withdraws):
        faults.append(f"{decision.act} of {decision.withdraws!r}; expected the decision that `withdraw` takes back")
    if decision.field and not _fits(decision.field, decision.value):
        faults.append(f"the value {decision.value!r} for {decision.field}; expected {NOUNS[decision.field].__name__}")
    if faults:
        raise UsageError("a decision was given that cannot be kept: " + "; ".join(faults))
    if report is not None:
        _check_words(decision, report)


def _check_words(decision: Decision, report: Report) -> None:
    if decision.about.report != report.id:
        raise UsageError(f"decision on report {decision.about.report[:12]} given with report {report.id[:12]}")
    report.check(Evidence(decision.about.start, decision.about.end, decision.about.quote))
    for evidence in evidence_in(decision.value):
        report.check(evidence)


def _fits(field: Field, value: Value) -> bool:
    noun = NOUNS[field]
    if field in LISTS:
        return isinstance(value, tuple) and all(isinstance(it, noun) for it in value)
    return isinstance(value, noun) or (value is None and field in OPTIONAL)


def decision_id(decision: Decision) -> str:
    """Return the hash of what a decision says."""
    return digest(decision_json(decision))


def decision_json(decision: Decision) -> dict[str, Any]:
    """Return a decision as a JSON object of schema `dateline.decision/1`."""
    (body,) = to_rows([decision])
    value = _value_json(decision.field, decision.value) if decision.field else None
    return {"schema": SCHEMA, **body, "when": decision.when.astimezone(UTC).isoformat(), "value": value}


def decision_of(body: dict[str, Any]) -> Decision:
    """Return the decision that a JSON object stands for. Inverse of `decision_json`.

    Raises:
        ValueError, KeyError, TypeError: if it stands for none.
        UsageError: if what it says is no whole decision.
    """
    if body["schema"] != SCHEMA:
        raise ValueError(f"schema {body['schema']!r} given; expected {SCHEMA}")
    about = {name: value for name, value in body.items() if name != "schema"}
    field = Field(body["field"]) if body["field"] else None
    about |= {"about": Anchor(**body["about"]), "act": Act(body["act"]), "field": field}
    about |= {"when": datetime.fromisoformat(body["when"])}
    decision = Decision(**about | {"value": _value(field, body["value"]) if field else None})
    check_decision(decision)
    return decision


def _value_json(field: Field, value: Value) -> Any:
    if value is None:
        return None
    rows = [_dated(row, str) for row in to_rows(value if isinstance(value, tuple) else [value])]
    return rows if field in LISTS else rows[0]


def _value(field: Field, body: Any) -> Value:
    if body is None:
        return None
    noun = NOUNS[field]
    rows = [_dated(row, date.fromisoformat) for row in (body if field in LISTS else [body])]
    if any(set(row) != {it.name for it in fields(noun)} for row in rows):
        raise ValueError(f"a value of {field} with other fields than a {noun.__name__} given")
    values: tuple[Any, ...] = tuple(from_rows(noun, rows))
    return values if field in LISTS else values[0]


def _dated(row: dict[str, Any], turn: Any) -> dict[str, Any]:
    """Return a row with its days turned: to ISO 8601 for JSON, or back. Of all values only times have days."""
    return {name: turn(it) if it and name in ("earliest", "latest", "anchor") else it for name, it in row.items()}
