"""What people corrected, as lessons for a coder: `corrections`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coding.sentences import find_sentences
from dateline.model.decision import Act
from dateline.model.review import log_of, reviewed
from dateline.model.text import Span
from dateline.reviewing.lessons import lessons
from dateline.storing.archive import open_archive
from dateline.storing.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAD = """# Reviewed sentences, one record each; the format is that of training/GUIDELINES.md.
# They are words of the reports, names of private persons included: keep this file where the project is.
# Who decided is left out. Events that the machine missed are not annotated.

"""


def corrections(project: Path) -> Iterator[str]:
    """Yield the records of a project, by report and place in the text; the same whoever asks.

    Raises:
        ArchiveError: if the folder is no project, or a decision is damaged.
    """
    decisions = open_archive(project).counting()
    with open_database(project) as database:
        for name in sorted({it.about.report for it in decisions.values()}):
            report = database.reports([name]).get(name)
            if report is None:
                continue
            told = database.coded_of([name])
            log = log_of({key: it for key, it in decisions.items() if it.about.report == name}, told)
            left = [reviewed(it, log.about.get(it.id, {}).values()) for it in told]
            given = [(key, it) for key, own in log.about.items() for it in own.values()]
            reasons = {key: it.reason for key, it in given if it.act is Act.REJECT}
            sentences = [Span(*ends) for ends in find_sentences(report.text)]
            yield from lessons(report, sentences, left, reasons)
