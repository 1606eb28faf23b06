"""Values in, HTML out: the one environment of templates, which escapes all and spells out what cannot be seen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from dateline.drawing import wording
from dateline.errors import UsageError
from dateline.exploring.address import Address
from dateline.exploring.marks import ROLES
from dateline.exploring.portions import cut
from dateline.model.ground import Role

PAGE_ROWS = 50


class NotHereError(UsageError):
    """An address that names no page, incident, report or mention of this project."""


@dataclass(frozen=True, slots=True)
class Window:
    """One page of a longer list: rows `first` to `last` of `total`, counted from 1.

    Raises:
        NotHereError: if the list is too short to have this page.
    """

    page: int
    total: int

    def __post_init__(self) -> None:
        if self.page > self.pages:
            raise NotHereError(f"page {self.page} given; the list has {wording.plural(self.pages, 'page')}")

    @property
    def offset(self) -> int:
        """How many rows come before this page."""
        return (self.page - 1) * PAGE_ROWS

    @property
    def first(self) -> int:
        """Number of the first row shown; 0 in an empty list."""
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return min(self.offset + PAGE_ROWS, self.total)

    @property
    def pages(self) -> int:
        """How many pages the list has; an empty one has one."""
        return max(1, -(-self.total // PAGE_ROWS))


def render(template: str, **values: object) -> str:
    """Return the page that a template makes of values."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("dateline.exploring"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(whole=_whole, parts=_parts)
    environment.globals.update(say=wording, ROLES=ROLES, Role=Role, Address=Address)
    return environment


def _shown(value: object) -> object:
    """Return a value as it may be seen, and no longer than a page bears; what a macro has made is left as it is."""
    return value if hasattr(value, "__html__") else wording.visible(cut(value))


def _parts(value: str) -> Markup:
    """Return a list of names with each running in its own direction: "المحلة, Gharbia, Egypt"."""
    return Markup(", ").join(Markup("<bdi>") + escape(_shown(part)) + Markup("</bdi>") for part in value.split(", "))


def _whole(value: str) -> Markup:
    """Return a stretch of a report's text as it may be seen, however long: its portion is bounded."""
    return escape(wording.visible(value))
