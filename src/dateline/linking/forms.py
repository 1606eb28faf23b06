"""Which forms of an event type can be two ways to tell of one event."""

from __future__ import annotations

GENERAL = frozenset({"demonstration", "wave", "attack", "killing", "clash", "sentence"})
"""Forms that a report uses where it knows or says no more: each can be any form of its type."""

KIN: tuple[frozenset[str], ...] = (
    frozenset({"march", "rally", "vigil", "sit_in", "blockade", "riot"}),
    frozenset({"riot", "mob_violence"}),
    frozenset({"sit_in", "blockade", "symbolic"}),
    frozenset({"strike", "walkout", "boycott"}),
    frozenset({"beating", "crowd_control", "scuffle"}),
    frozenset({"shooting", "massacre", "execution", "assassination", "crowd_control"}),
    frozenset({"bombing", "grenade", "suicide_bombing"}),
    frozenset({"bombing", "air_strike", "drone_strike", "shelling"}),
    frozenset({"arson", "looting", "destruction"}),
    frozenset({"arrest", "raid", "disappearance", "harassment"}),
    frozenset({"dispersal", "restrict", "ban"}),
    frozenset({"curfew", "martial_law", "restrict"}),
    frozenset({"censorship", "internet_shutdown", "withhold"}),
    frozenset({"seize", "weapons_seizure", "raid", "eviction"}),
    frozenset({"disapprove", "allege"}),
)
"""Groups of forms between which reports of one event waver."""

WAVE = "wave"


def are_kin(left: str, right: str) -> bool:
    """Say whether two different forms of one type can name one event."""
    return bool(GENERAL & {left, right}) or any(left in group and right in group for group in KIN)
