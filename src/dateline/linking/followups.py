"""Is this a consequence of that? Trial, sentence, release and mourning of those arrested, taken or killed: `follows`.

A table of what can follow what, and features that say whether it is about the same people. Bits are set by reason and
stand beside each feature: no corpus that we may learn from marks follow-ups.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dateline.linking.conflict import COORDINATION, gap_between, is_within
from dateline.linking.kindred import Reason, names_around, numbers_of, people_of, same_people
from dateline.linking.places import Relation as Ground
from dateline.linking.places import name_of, proximity_of
from dateline.model.event import Status
from dateline.model.ground import Precision, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.linking.profile import Profile

PRIOR = -7.0
"""Of what can follow in kind, about one pair in a hundred does."""

LONGEST_DAYS = 3660
"""After ten years a trial is looked for no more, unless the words name the people."""

DEPRIVED = frozenset({"arrest", "raid", "disappearance", "death_sentence", "prison_sentence", "sentence"})
TAKEN = frozenset({"abduction", "capture_state", "capture_nonstate"})
DEADLY = frozenset(
    "killing execution assassination massacre beating torture shooting stabbing bombing grenade suicide_bombing "
    "air_strike drone_strike shelling crowd_control clash attack".split()
)
MOURNING = frozenset({"funer", "buria", "burie", "mourn", "memor", "vigil", "comme", "lying"})
"""First five letters of words for a farewell: a procession of that name is one, whatever its form."""

_ACT_WORDS = {
    "arrest": ("arrest", "detain", "jailed", "held", "custody", "imprison"),
    "raid": ("arrest", "detain", "seized"),
    "disappearance": ("disappear", "missing"),
    "prison_sentence": ("jailed", "imprison", "convict", "sentenced", "prisoner"),
    "death_sentence": ("condemn", "death row", "sentenced"),
    "sentence": ("sentenced", "convict"),
    "abduction": ("abduct", "kidnap", "hostage", "captive"),
    "capture_state": ("captur", "hostage", "captive"),
    "capture_nonstate": ("captur", "hostage", "captive"),
}
"""How the words for people say what befell them before: "the arrested students"."""


@dataclass(frozen=True, slots=True)
class Sequel:
    """One way for an event to follow another.

    Attributes:
        name: in words.
        later, earlier: type and forms of either; no forms for any.
        whose: the role in the earlier event of the people in question.
    """

    name: str
    later: tuple[tuple[str, frozenset[str]], ...]
    earlier: tuple[tuple[str, frozenset[str]], ...]
    whose: Role


_ANY: frozenset[str] = frozenset()
_TRIAL = (
    ("ACCUSE", frozenset({"charge", "investigate"})),
    ("SANCTION", frozenset({"conviction"})),
    ("COERCE", frozenset({"death_sentence", "prison_sentence", "sentence"})),
)
_FREED = (("RETREAT", frozenset({"release"})), ("CONCEDE", frozenset({"pardon"})))
_VERDICT = (("SANCTION", frozenset({"conviction"})), ("COERCE", frozenset(DEPRIVED - {"raid", "disappearance"})))

SEQUELS = (
    Sequel("trial of those arrested", _TRIAL, (("COERCE", frozenset({"arrest", "raid"})),), Role.RECIPIENT),
    Sequel("trial of those who protested", _TRIAL, (("PROTEST", _ANY),), Role.ACTOR),
    Sequel("trial of those who did it", _TRIAL, (("ASSAULT", DEADLY | TAKEN),), Role.ACTOR),
    Sequel("sentence of those charged", _VERDICT, (("ACCUSE", frozenset({"charge"})),), Role.RECIPIENT),
    Sequel("release of those held", _FREED, (("COERCE", DEPRIVED), ("ASSAULT", TAKEN)), Role.RECIPIENT),
    Sequel(
        "execution of those condemned",
        (("ASSAULT", frozenset({"execution"})),),
        (("COERCE", frozenset({"death_sentence", "arrest"})),),
        Role.RECIPIENT,
    ),
    Sequel("mourning of those killed", (("PROTEST", _ANY),), (("ASSAULT", DEADLY),), Role.RECIPIENT),
)


def sequel_of(later: Profile, earlier: Profile) -> Sequel | None:
    """Return how one event can follow the other by their kinds; None if it cannot."""
    before, _ = _that_can_be(earlier.mention.type, earlier.mention.form)
    return next((it for it in sequels_of(later) if it in before), None)


def _is(type_: str, form: str | None, kinds: tuple[tuple[str, frozenset[str]], ...]) -> bool:
    return any(type_ == kind and (not forms or form in forms) for kind, forms in kinds)


def _fits(later: Profile, sequel: Sequel) -> bool:
    """Say whether a protest that is to be a farewell is called one."""
    return later.mention.type != "PROTEST" or later.mention.form == "vigil" or bool(later.stems & MOURNING)


def sequels_of(profile: Profile) -> list[Sequel]:
    """Return how an event can follow others by its kind."""
    return [it for it in _that_can_be(profile.mention.type, profile.mention.form)[1] if _fits(profile, it)]


def sequels_to(profile: Profile) -> list[Sequel]:
    """Return how others can follow this event by its kind; none if it did not happen by the words."""
    if not profile.mention.status.happened:
        return []
    return _that_can_be(profile.mention.type, profile.mention.form)[0]


@cache
def _that_can_be(type_: str, form: str | None) -> tuple[list[Sequel], list[Sequel]]:
    """Return the sequels of which an event of this kind can be the earlier part, and those of which the later."""
    return (
        [it for it in SEQUELS if _is(type_, form, it.earlier)],
        [it for it in SEQUELS if _is(type_, form, it.later)],
    )


def follows(later: Profile, earlier: Profile) -> tuple[float, tuple[str, ...]] | None:
    """Return bits for one being a consequence of the other, and why; None where it cannot be.

    Above 0 bits it is more likely than not.
    """
    sequel = sequel_of(later, earlier)
    if sequel is None or later.mention.status is Status.DENIED:
        return None
    if _is_before(later, earlier) or _is_elsewhere(later, earlier):
        return None
    found = [reason for feature in FEATURES if (reason := feature(later, earlier, sequel))]
    return PRIOR + sum(bits for bits, _ in found), (sequel.name, *(why for _, why in found))


def _is_before(later: Profile, earlier: Profile) -> bool:
    return later.days is not None and earlier.days is not None and later.days.last < earlier.days.first


def _is_elsewhere(later: Profile, earlier: Profile) -> bool:
    """Say whether the two are of two countries."""
    a, b = later.mention.place, earlier.mention.place
    near = proximity_of(a, b)
    return bool(a and b and near and near.relation is Ground.APART and a.country != b.country)


# --- features --------------------------------------------------------------------------------------------------------


def told_together(later: Profile, earlier: Profile, _: Sequel) -> Reason | None:
    """One sentence tells both, or one report."""
    if not is_within(later, earlier):
        return None
    close = gap_between(later.mention, earlier.mention) <= COORDINATION
    return (3.0, "told in one sentence") if close else (1.0, "told in one report")


def is_about_them(later: Profile, earlier: Profile, sequel: Sequel) -> Reason | None:
    """The people of both are the same by entity, name, or what they are called."""
    ours = people_of(later, Role.RECIPIENT, *([Role.ACTOR] if later.mention.type == "PROTEST" else []))
    return same_people(ours, people_of(earlier, sequel.whose))


def calls_them_so(later: Profile, earlier: Profile, _: Sequel) -> Reason | None:
    """The words for the people say what befell them before: "three of the arrested students"."""
    words = " ".join(actor.evidence.quote.lower() for actor in people_of(later, Role.RECIPIENT))
    found = next((it for it in _ACT_WORDS.get(earlier.mention.form or "", ()) if it in words), None)
    return (2.5, f"called “{found}”") if found else None


def around_both(later: Profile, earlier: Profile, _: Sequel) -> Reason | None:
    """Names stand beside both; in one report they prove little."""
    return None if is_within(later, earlier) else names_around(later, earlier)


def how_many(later: Profile, earlier: Profile, sequel: Sequel) -> Reason | None:
    """As many people as before, or some of them, or more than there were. Crowds that protest are not counted so."""
    counted = sequel.whose is Role.RECIPIENT and later.mention.type != "PROTEST"
    return numbers_of(later, earlier) if counted else None


def where_it_is(later: Profile, earlier: Profile, _: Sequel) -> Reason | None:
    """The same town speaks for it; courts sit elsewhere, too."""
    near = proximity_of(later.mention.place, earlier.mention.place)
    if near is None:
        return None
    names = f"{name_of(later.mention.place)} and {name_of(earlier.mention.place)}"
    if near.relation in (Ground.APART, Ground.DOUBTFUL):
        return -2.0, f"{names}: another place"
    exact = near.precision in (Precision.SITE, Precision.DISTRICT, Precision.CITY)
    return (2.5 if exact else 0.5), f"{names}: {near.relation.value} {near.precision.value}"


def how_soon(later: Profile, earlier: Profile, _: Sequel) -> Reason | None:
    """The sooner after it, the likelier."""
    if later.days is None or earlier.days is None:
        return None
    gap = max(0, later.days.first - earlier.days.last)
    bits = next((bits for most, bits in _SOON if gap <= most), -4.0)
    return bits, f"{gap} day{'s' * (gap != 1)} after"


_SOON = ((7, 1.5), (31, 1.0), (366, 0.0), (LONGEST_DAYS, -1.5))

FEATURES: tuple[Callable[[Profile, Profile, Sequel], Reason | None], ...] = (
    told_together,
    is_about_them,
    calls_them_so,
    around_both,
    how_many,
    where_it_is,
    how_soon,
)
