"""What the readers of this package pass to each other: `Limits`, `About`, `Content`, and the exception `Unreadable`."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.errors import Issue


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one input may ask of the machine. What exceeds a limit becomes an `Issue`, never a report cut short.

    Attributes:
        raw_bytes: the longest file or record that is read, and the longest that a compressed one may unpack to. The
            largest text-only reports of human-rights organisations stay under 2 MB, whole saved pages under 10 MB.
        text_length: the longest text of one report, in code points (about 160,000 English words).
        expansion: how many times its compressed size a stream may unpack to. Text reaches 5 to 30, a bomb 1,000.
        elements: the most elements that one page may hold: news pages hold 300 to 3,000, and the time to extract one
            grows faster than their number.
    """

    raw_bytes: int = 20_000_000
    text_length: int = 1_000_000
    expansion: int = 200
    elements: int = 30_000


LIMITS = Limits()
"""The limits that hold where no others are given."""


@dataclass(frozen=True, slots=True)
class About:
    """What an input says of itself, in its own words. None where it says nothing.

    Attributes:
        published: the publication date as stated in metadata; a day is made of it by `dates.parse_day`.
        retrieved: when the copy was fetched, as stated.
    """

    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    retrieved: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """The text of one input, what it says of itself, and the troubles that did not prevent reading it."""

    text: str
    about: About = field(default_factory=About)
    issues: tuple[Issue, ...] = ()


class Unreadable(Exception):
    """No text can be had of this input. Carries the issue; never leaves this package."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.issue = trouble(kind, message)


def trouble(kind: str, message: str) -> Issue:
    """Return an issue of the reading stage; the reader adds source and report."""
    return Issue("reading", kind, message)


def megabytes(size: int) -> str:
    """Return a number of bytes as people read it.

    >>> megabytes(20_000_000)
    '20.0 MB'
    """
    return f"{size / 1e6:,.1f} MB"
