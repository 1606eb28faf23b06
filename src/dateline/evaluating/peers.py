"""What others score on the same sets: `peers.toml`, each number with its source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import tomli


@dataclass(frozen=True, slots=True)
class Peer:
    """A score of another program, or of people.

    Attributes:
        who: the program, and what its score is of, where that is not quite the same data.
        source: where the number is from.
    """

    value: float
    who: str
    source: str

    def __str__(self) -> str:
        return f"{self.value:g} {self.who}"


@cache
def peers() -> dict[tuple[str, str], Peer]:
    """Return the peers by set and metric."""
    data = tomli.loads((files("dateline.data") / "peers.toml").read_text("utf-8"))
    return {(name, metric): Peer(**it) for name, scores in data.items() for metric, it in scores.items()}
