"""The codebook: event types and their forms, loaded from a TOML file and validated once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from dateline.errors import CodebookError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Form:
    """How an event of a type was done (PLOVER's mode, widened).

    Attributes:
        mode: PLOVER 2.0 mode, where there is one.
        acled: ACLED sub-event type, where there is one.
        huridocs: HURIDOCS act, in words, where there is one.
    """

    code: str
    definition: str
    mode: str | None = None
    acled: str | None = None
    huridocs: str | None = None


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event: what it is, and the forms it can take.

    Attributes:
        quad: PLOVER quad class, e.g. `material_conflict`.
        cameo: top-level CAMEO codes that map to it.
        acled: ACLED sub-event type of an event with no form.
    """

    code: str
    definition: str
    quad: str
    cameo: tuple[str, ...]
    forms: tuple[Form, ...]
    acled: str | None = None

    def form(self, code: str) -> Form | None:
        """Return the form with this code, if the type has it."""
        return next((form for form in self.forms if form.code == code), None)


@dataclass(frozen=True, slots=True)
class Codebook:
    """All event types, and the sectors of actors."""

    name: str
    version: str
    licence: str
    types: tuple[EventType, ...]
    sectors: tuple[tuple[str, str], ...]

    def type(self, code: str) -> EventType:
        """Return the type with this code.

        Raises:
            CodebookError: if the codebook has no such type.
        """
        found = next((kind for kind in self.types if kind.code == code), None)
        if found is None:
            known = ", ".join(kind.code for kind in self.types)
            raise CodebookError(f"event type {code!r} given; codebook {self.name} has {known}")
        return found

    def check(self, code: str, form: str | None) -> None:
        """Raise `CodebookError` unless the codebook has this type, and the type this form."""
        kind = self.type(code)
        if form is not None and kind.form(form) is None:
            known = ", ".join(known.code for known in kind.forms) or "none"
            raise CodebookError(f"form {form!r} given for {code}; codebook {self.name} has {known}")

    def acled(self, code: str, form: str | None) -> str | None:
        """Return the ACLED sub-event type of a type and form, or None where ACLED has none."""
        kind = self.type(code)
        known = kind.form(form) if form else None
        return (known.acled if known else None) or kind.acled


def load_codebook(path: Path) -> Codebook:
    """Load a codebook file.

    Raises:
        CodebookError: naming every fault of the file at once.
    """
    try:
        return parse_codebook(tomllib.loads(path.read_text("utf-8")))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CodebookError(
            f"codebook {path} cannot be read: {error}; expected a TOML file like plover.toml"
        ) from error


@cache
def plover() -> Codebook:
    """Return the codebook that ships with Dateline: PLOVER 2.0, narrowed and widened for protest and repression."""
    return parse_codebook(tomllib.loads((files("dateline.data") / "plover.toml").read_text("utf-8")))


def parse_codebook(data: Mapping[str, Any]) -> Codebook:
    """Return the codebook that a parsed TOML file stands for."""
    faults = _faults(data)
    if faults:
        raise CodebookError("codebook cannot be used:\n- " + "\n- ".join(faults))
    kinds = tuple(_type(code, about) for code, about in data["types"].items())
    sectors = tuple(sorted(data.get("sectors", {}).items()))
    return Codebook(data["name"], str(data["version"]), data["licence"], kinds, sectors)


def _faults(data: Mapping[str, Any]) -> list[str]:
    faults = [
        f"key {key!r} is missing at the top" for key in ("name", "version", "licence", "types") if key not in data
    ]
    for code, about in data.get("types", {}).items():
        faults += [f"type {code} has no {key!r}" for key in ("definition", "quad") if key not in about]
        forms = about.get("forms", {})
        faults += [f"form {code}/{form} has no 'definition'" for form, it in forms.items() if "definition" not in it]
    return faults


def _type(code: str, about: Mapping[str, Any]) -> EventType:
    forms = tuple(Form(code=form, **details) for form, details in about.get("forms", {}).items())
    cameo = tuple(about.get("cameo", ()))
    return EventType(code, about["definition"], about["quad"], cameo, forms, about.get("acled"))
