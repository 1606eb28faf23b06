"""The table of figure phrases, `figures.txt`: what each sentence says, as rows to compare with what is found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

BROKEN = "⏎"
"""Stands for the end of a line inside a sentence."""


@dataclass(frozen=True)
class Case:
    """A sentence, its figures as the table writes them, and the numbers in it that are no figures."""

    text: str
    figures: tuple[str, ...]
    none: tuple[str, ...]


def read_table(path: Path) -> list[Case]:
    """Return the cases of a table."""
    cases: list[Case] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("  ! "):
            number = line[4:].partition(":")[0]
            cases[-1] = Case(cases[-1].text, cases[-1].figures, (*cases[-1].none, number))
        elif line.startswith("  "):
            cases[-1] = Case(cases[-1].text, (*cases[-1].figures, line.strip()), cases[-1].none)
        elif line and not line.startswith("#"):
            cases.append(Case(line.replace(BROKEN, "\n"), (), ()))
    return cases
