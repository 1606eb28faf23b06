"""What one input tells: `Told`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dateline.model.wire import label_json, told_json

if TYPE_CHECKING:
    from dateline.errors import Issue
    from dateline.model.event import Label, Mention
    from dateline.model.incident import Incident
    from dateline.model.text import Evidence, Report


@dataclass(frozen=True, slots=True)
class Told:
    """What one input tells. `report` is None where none could be made of it; `issues` then say why.

    `labels` are what the coder says of whole sentences, each with the sentence; a project does not keep them.
    """

    report: Report | None
    mentions: tuple[Mention, ...]
    incidents: tuple[Incident, ...]
    issues: tuple[Issue, ...]
    labels: tuple[tuple[Label, Evidence], ...] = ()

    def json(self, *, with_text: bool = False) -> dict[str, Any]:
        """Return it as a JSON object of schema `dateline.report/1`."""
        told = told_json(self.report, self.mentions, self.incidents, self.issues, with_text=with_text)
        return told | {"labels": [label_json(label, words) for label, words in self.labels]}
