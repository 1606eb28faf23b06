"""A user's own organisations and public figures, which come before those of the lexicon. The form: `docs/actors.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tomli

from dateline.errors import ConfigError
from dateline.grounding.lexicon import Known
from dateline.model.codebook import plover
from dateline.model.listed import check_entries

if TYPE_CHECKING:
    from pathlib import Path

_FIELDS = frozenset({"country", "sector", "also"})
_TABLES = {"organisations": False, "figures": True}
"""Table -> whether its entries are persons."""

Names = tuple[tuple[str, Known], ...]
"""Every name, the other names included, with what it names."""


def load_names(path: Path) -> Names:
    """Read a file of one's own.

    Raises:
        ConfigError: naming line and field of every fault at once.
    """
    try:
        text = path.read_text("utf-8-sig")
        tables = tomli.loads(text)
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise ConfigError(f"actors {path} cannot be read: {error}; expected a TOML file in UTF-8") from error
    faults = [f"unknown table [{name}]; known are {', '.join(_TABLES)}" for name in tables if name not in _TABLES]
    sectors = {"sector": frozenset(code for code, _ in plover().sectors)}
    given = [name for name in _TABLES if name in tables] or [next(iter(_TABLES))]
    faults += [it for name in given for it in check_entries(tables.get(name), text, _FIELDS, sectors, name)]
    if faults:
        raise ConfigError(f"actors {path} cannot be used:\n- " + "\n- ".join(faults))
    return tuple(
        (alias, Known(name, about.get("country"), about.get("sector"), _TABLES[table]))
        for table in given
        for name, about in tables[table].items()
        for alias in (name, *about.get("also", ()))
    )
