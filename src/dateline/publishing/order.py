"""What is to be published, and how: `Order`; and who publishes it: `About`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dateline.model.imputation import Rule
from dateline.model.policy import DEFAULT

LONGEST_QUOTE = 280
"""Code points of the longest quote that is published, unless told otherwise."""


class Format(StrEnum):
    """A form of the published data. A data dictionary comes with each."""

    CSV = "csv"
    PARQUET = "parquet"
    JSONL = "jsonl"
    GEOJSON = "geojson"
    ACLED = "acled"
    UCDP = "ucdp"
    HURIDOCS = "huridocs"
    FTM = "ftm"
    CAPTURES = "captures"
    PAGES = "pages"


@dataclass(frozen=True, slots=True)
class About:
    """What whoever publishes says of a dataset. Nothing of it is guessed.

    Attributes:
        title: of the dataset.
        creators: names of those who publish it, who want to be named.
        licence: SPDX identifier of the licence of the data, or its address; None if none was given.
        version: of the dataset.
        released: the day on which it is published; None if it was not told.
        url: where it will stand.
    """

    title: str = "Events told by reports, coded with Dateline"
    creators: tuple[str, ...] = ()
    licence: str | None = None
    version: str = "1.0.0"
    released: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be published, and how.

    Attributes:
        formats: which forms to write; a data dictionary and other descriptions come with any.
        names: more names to mask, whoever bears them.
        rule: by whose rule numbers are put in the place of words, in a table of their own; by default by none.
        policy: by which one value is settled where independent sources give several (`model.policy`).
        key: of pseudonyms for masked persons (`pseudonyms.read_key`); None for a mask that is the same for all.
        quotes: code points of the longest quote, the rest is cut off; 0 for no quotes, None for whole ones.
        least: incidents at a place of which fewer than this are told are left out.
        texts: whether the texts of reports are published too, masked.
        about: who publishes it, under which title and licence.
        public: more names that may be published, whoever bears them.
    """

    formats: tuple[Format, ...] = tuple(Format)
    names: tuple[str, ...] = ()
    rule: Rule = Rule.NONE
    policy: str = DEFAULT
    key: bytes | None = None
    quotes: int | None = LONGEST_QUOTE
    least: int = 1
    texts: bool = False
    about: About = About()
    public: tuple[str, ...] = ()
