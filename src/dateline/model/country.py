"""Countries by their ISO 3166-1 alpha-3 code. See `data/countries.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import tomli


@dataclass(frozen=True, slots=True)
class Country:
    """A country, as other data sets name it.

    Attributes:
        code: ISO 3166-1 alpha-3.
        name: common English name.
        alpha2: ISO 3166-1 alpha-2.
        numeric: ISO 3166-1 numeric; None where there is none.
        region: one of ACLED's 17 regions.
    """

    code: str
    name: str
    alpha2: str
    numeric: int | None
    region: str


@cache
def countries() -> dict[str, Country]:
    """Return all countries by code."""
    table = tomli.loads((files("dateline.data") / "countries.toml").read_text("utf-8"))
    return {
        code: Country(code, it["name"], it["alpha2"], it["numeric"] or None, it["region"]) for code, it in table.items()
    }


def find_country(code: str | None) -> Country | None:
    """Return the country of a code; None if it is unknown.

    >>> find_country("MMR").name, find_country("MMR").numeric, find_country("MMR").region
    ('Myanmar', 104, 'Southeast Asia')
    """
    return countries().get(code or "")
