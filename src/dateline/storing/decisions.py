"""People's decisions on mentions, and the samples that they code blind, on disk: `decisions/`, `samples/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.model.decision import Decision, check_decision, decision_json, decision_of
from dateline.model.sample import Sample, check_sample, sample_json, sample_of
from dateline.storing.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from dateline.model.text import Report

DECISIONS: Shelf[Decision] = Shelf("decisions", "decision", decision_json, decision_of)

SAMPLES: Shelf[Sample] = Shelf("samples", "sample", sample_json, sample_of)


def write_decision(project: Path, decision: Decision, report: Report) -> str:
    """Store a decision and return its id.

    Args:
        project: the project folder.
        decision: what to store.
        report: the report of its mention, in which every quote must stand.

    Raises:
        UsageError: if the decision is not whole.
        EvidenceError: if it quotes what does not stand in the report.
    """
    check_decision(decision, report)
    return DECISIONS.put(project, decision)


def read_decisions(project: Path) -> dict[str, Decision]:
    """Return all decisions by id, oldest first. Raises `ArchiveError` if one is damaged."""
    return dict(sorted(DECISIONS.all(project).items(), key=lambda item: (item[1].when, item[0])))


def write_sample(project: Path, sample: Sample) -> str:
    """Store a sample and return its id. Raises `UsageError` if it is not whole."""
    check_sample(sample)
    return SAMPLES.put(project, sample)


def read_samples(project: Path) -> dict[str, Sample]:
    """Return all samples by id, oldest first. Raises `ArchiveError` if one is damaged."""
    return dict(sorted(SAMPLES.all(project).items(), key=lambda item: (item[1].drawn, item[0])))
