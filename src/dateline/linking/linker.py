"""The verb of this package: `link`.

It compares pairs that share a block (`block`), with a reason in words for each (`compare`, `conflict`), joins them
without chaining (`cluster`), and computes what happened (`incidents`). It is a function of its input alone: no order,
clock or randomness changes the outcome, and a judgement that is taken back leaves no trace.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.linking.block import candidates
from dateline.linking.cluster import Rules, cluster
from dateline.linking.compare import Comparison, compare
from dateline.linking.incidents import incident_of
from dateline.linking.profile import Profile, profiles_of
from dateline.model.decided import decide
from dateline.model.event import Mention, Status
from dateline.model.incident import Incident, Link
from dateline.model.judgement import Judgement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dateline.linking.cluster import Pair
    from dateline.linking.gist import Gist
    from dateline.linking.independence import Origins
    from dateline.linking.weights import Weights
    from dateline.model.judgement import Word


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking found.

    Attributes:
        links: the machine's word on pairs: those more likely one than two, and all compared pairs of one incident;
            sorted by mention ids.
        incidents: what happened, sorted by id. Every mention is in exactly one incident, but for hypothetical and
            generic ones, which tell of nothing that took place and are in none.
        unused: judgements on mentions that are not there (any more).
    """

    links: tuple[Link, ...]
    incidents: tuple[Incident, ...]
    unused: tuple[Judgement, ...] = ()


def link(
    mentions: Sequence[Mention],
    origins: Origins,
    words: Iterable[Word] = (),
    gists: Mapping[str, Gist] | None = None,
    weights: Weights | None = None,
) -> Linked:
    """Link mentions to incidents.

    Args:
        mentions: of any number of reports and coders; the order changes nothing.
        origins: where the reports come from: publishers, owners, copies.
        words: people's judgements and withdrawals, which count more than the machine's links (`model.decided`).
        gists: what stands around each mention, by its id, where the texts are at hand.
        weights: between reports; those that ship by default.
    """
    real = {mention.id: mention for mention in mentions if mention.status not in (Status.HYPOTHETICAL, Status.GENERIC)}
    machine = _Machine(profiles_of(real.values(), gists), weights)
    decided = decide(words, real.values())
    clusters = cluster(real, machine.positive(), machine.measure, Rules(decided.together, decided.apart))
    incidents = [incident_of([real[it] for it in members], origins) for members in clusters]
    return Linked(machine.links(clusters), tuple(sorted(incidents, key=lambda it: it.id)), decided.unused)


class _Machine:
    """Compares pairs of mentions; of each pair it keeps the bits alone, None for two that cannot be one."""

    def __init__(self, profiles: Sequence[Profile], weights: Weights | None = None) -> None:
        self._weights = weights
        self._profiles = {profile.mention.id: profile for profile in profiles}
        self._known = {(a.mention.id, b.mention.id): bits_of(compare(a, b, weights)) for a, b in candidates(profiles)}
        self._blocked = tuple(self._known)

    def positive(self) -> dict[Pair, int]:
        """Return the pairs of shared blocks that are more likely one than two, with their bits."""
        return {pair: bits for pair, bits in self._known.items() if bits is not None and bits > 0}

    def measure(self, left: str, right: str) -> int | None:
        """Return the bits of any pair, None if the two cannot be one."""
        if (left, right) not in self._known:
            self._known[left, right] = bits_of(self._compare(left, right))
        return self._known[left, right]

    def links(self, clusters: Iterable[Sequence[str]]) -> tuple[Link, ...]:
        """Return links for the pairs that speak for one incident, and for those that came into one."""
        home = {member: index for index, members in enumerate(clusters) for member in members}
        chosen = [pair for pair in self._blocked if (self._known[pair] or 0) > 0 or home[pair[0]] == home[pair[1]]]
        outcomes = ((pair, self._compare(*pair)) for pair in chosen)
        return tuple(Link(*pair, outcome.score, outcome.why) for pair, outcome in outcomes)

    def _compare(self, left: str, right: str) -> Comparison:
        return compare(self._profiles[left], self._profiles[right], self._weights)


def bits_of(outcome: Comparison) -> int | None:
    """Return the bits of a comparison, None where the two cannot be one."""
    return None if outcome.conflict else outcome.bits
