"""What the network learns from, whatever corpus it is of: `Sample`. What is not labelled is None, and not learnt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dateline.model.codebook import plover

TYPES = tuple(kind.code for kind in plover().types)
FORMS = tuple(f"{kind.code}.{form.code}" for kind in plover().types for form in kind.forms)
STATUSES = ("asserted", "denied", "planned", "hypothetical", "called_for", "generic", "background")
CONDUCT = ("KILL", "ARREST", "FAIL", "FORCE", "ANY_ACTION")
ATTACKS = ("attack", "bombing", "kidnapping", "arson", "robbery")
ROLES = ("actor", "recipient", "place", "time", "figure")
SIDES = ("source", "target", "reciprocal")
FILLS = ("perp_individual", "perp_org", "phys_tgt", "hum_tgt_name", "instrument_id")
LABELS: Mapping[str, tuple[str, ...]] = {
    "types": TYPES,
    "forms": FORMS,
    "conduct": CONDUCT,
    "protest": ("protest",),
    "attacks": ATTACKS,
}
"""The heads that answer for the whole sentence, each label by itself."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name an event, with its type, form (None: not told) and status."""

    start: int
    end: int
    type: str
    form: str | None
    status: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence with what is known of it.

    Attributes:
        source: the corpus.
        group: the document, which is never split.
        text, before: the sentence, and what stands before it.
        known: by head, label -> holds or not; labels that are missing are not known.
        triggers, roles, sides, fills: spans, or None where the corpus does not have them. `sides` are who acts and who
            is acted upon in the sentence's main event, `fills` who and what plays a role in an attack.
    """

    source: str
    group: str
    text: str
    before: str = ""
    known: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    triggers: tuple[Trigger, ...] | None = None
    roles: tuple[tuple[str, int, int], ...] | None = None
    sides: tuple[tuple[str, int, int], ...] | None = None
    fills: tuple[tuple[str, int, int], ...] | None = None


def exactly(head: str, labels: set[str]) -> dict[str, bool]:
    """Return the knowledge that of a head's labels these hold and the others do not."""
    return {label: label in labels for label in LABELS[head]}
