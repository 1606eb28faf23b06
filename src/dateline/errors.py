"""The exception tree, and `Issue`: what went wrong with one report, kept as data.

    DatelineError              anything a caller can handle
    ├── UsageError             the caller's mistake: an argument, an option, a path
    ├── ConfigError            a fault in dateline.toml or in the environment
    ├── EvidenceError          a quote that does not stand in its report
    ├── CodebookError          a codebook or pattern file that contradicts itself
    ├── ArchiveError           a project folder that is missing, locked or damaged
    └── MissingDataError       data that a command needs and cannot find

A message says what was given, what was expected, and what to do next. One bad report is
never an exception to the caller of a run: it is an `Issue`, stored and counted.
"""

from __future__ import annotations

from dataclasses import dataclass


class DatelineError(Exception):
    """Base of every error that Dateline raises on purpose."""


class UsageError(DatelineError):
    """An argument, option or path that cannot be used as given."""


class ConfigError(DatelineError):
    """`dateline.toml` or the environment holds a value that cannot be used."""


class EvidenceError(DatelineError):
    """A quote does not stand in its report, to the letter, where it is said to stand."""


class CodebookError(DatelineError):
    """A codebook or pattern file is incomplete or contradicts itself."""


class ArchiveError(DatelineError):
    """A project folder is missing, in use, or not what its manifests say."""


class MissingDataError(DatelineError):
    """Data that a command needs is not where it was looked for."""


@dataclass(frozen=True, slots=True)
class Issue:
    """What went wrong with one report or input. Stored and counted, never dropped.

    Attributes:
        stage: the stage that met it: reading, coding, grounding, linking, storing.
        kind: a short stable name, e.g. `empty`, `too-large`, `unknown-language`.
        message: what was given, what was expected, what to do next.
        source: the input as the user named it (path, or path#record).
        report: the id of the report, where one could be made.
    """

    stage: str
    kind: str
    message: str
    source: str = ""
    report: str | None = None
