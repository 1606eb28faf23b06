"""The codebook: event types and their forms, loaded from a TOML file and validated once.

A file has `name`, `version`, and a table a type, `[types.STRIKE]`, with its `definition`; a form of it has a table too,
`[types.STRIKE.forms.wildcat]`. A codebook of one's own teaches types and forms by `words` that name an event, by
`examples` with the words of an event marked, and by sentences that are `not` one; `extends = "plover"` takes over the
types that ship.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import tomli

from dateline.errors import CodebookError
from dateline.model.codebook_faults import Source, find_faults
from dateline.model.marked import Example, read_marked
from dateline.model.tables import from_rows, to_rows
from dateline.model.text import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Form:
    """How an event of a type was done (PLOVER's mode, widened).

    Attributes:
        mode: PLOVER 2.0 mode, where there is one.
        acled: ACLED sub-event type, where there is one.
        huridocs: HURIDOCS act, in words, where there is one.
        words, examples, counterexamples: what teaches it, in a codebook of one's own.
    """

    code: str
    definition: str
    mode: str | None = None
    acled: str | None = None
    huridocs: str | None = None
    words: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event: what it is, and the forms it can take.

    Attributes:
        quad: PLOVER quad class, e.g. `material_conflict`, where there is one.
        cameo: top-level CAMEO codes that map to it.
        acled: ACLED sub-event type of an event with no form.
        words, examples, counterexamples: what teaches it, in a codebook of one's own; see `taught` for those of forms.
    """

    code: str
    definition: str
    quad: str | None
    cameo: tuple[str, ...]
    forms: tuple[Form, ...]
    acled: str | None = None
    words: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()

    def form(self, code: str) -> Form | None:
        """Return the form with this code, if the type has it."""
        return next((form for form in self.forms if form.code == code), None)

    def taught(self) -> Iterator[tuple[str | None, EventType | Form]]:
        """Yield each form with its code, and last the type itself with None: what is more exact comes first."""
        yield from ((form.code, form) for form in self.forms)
        yield None, self


@dataclass(frozen=True, slots=True)
class Codebook:
    """All event types, and the sectors of actors.

    Attributes:
        extends: name of the codebook whose types it takes over, `plover` or None.
    """

    name: str
    version: str
    licence: str
    types: tuple[EventType, ...]
    sectors: tuple[tuple[str, str], ...]
    extends: str | None = None

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

    def __str__(self) -> str:
        return f"{self.name}/{self.version}+{codebook_digest(self)}"


@dataclass(frozen=True, slots=True)
class Told:
    """An example (`holds`) or counterexample of a type or form; `key` says where, as `types.STRIKE.examples[2]`."""

    type: str
    form: str | None
    key: str
    holds: bool
    example: Example


def told(codebook: Codebook) -> Iterator[Told]:
    """Yield all examples and counterexamples of a codebook, type by type, those of forms first."""
    for kind in codebook.types:
        for form, entry in kind.taught():
            key = f"types.{kind.code}" + (f".forms.{form}" if form else "")
            for number, example in enumerate(entry.examples):
                yield Told(kind.code, form, f"{key}.examples[{number}]", True, example)
            for number, example in enumerate(entry.counterexamples):
                yield Told(kind.code, form, f"{key}.not[{number}]", False, example)


@cache
def codebook_digest(codebook: Codebook) -> str:
    """Return the sha256 of all that a codebook says: of the bytes that `codebook_bytes` gives."""
    return digest(to_rows([codebook])[0])


def codebook_bytes(codebook: Codebook) -> bytes:
    """Return a codebook as canonical JSON, the form in which a project keeps it."""
    (row,) = to_rows([codebook])
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def codebook_of(data: bytes) -> Codebook:
    """Return the codebook that these bytes stand for. Inverse of `codebook_bytes`."""
    return from_rows(Codebook, [json.loads(data)])[0]


def load_codebook(path: Path) -> Codebook:
    """Load a codebook file.

    Raises:
        CodebookError: naming every fault of the file at once.
    """
    try:
        text = path.read_text("utf-8-sig")
        data = tomli.loads(text)
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise CodebookError(f"codebook {path} cannot be read: {error}; expected a TOML file in UTF-8") from error
    return parse_codebook(data, text, f"codebook {path}")


@cache
def plover() -> Codebook:
    """Return the codebook that ships with Dateline: PLOVER 2.0, narrowed and widened for protest and repression."""
    return parse_codebook(_plover_data())


def _plover_data() -> dict[str, Any]:
    return tomli.loads((files("dateline.data") / "plover.toml").read_text("utf-8"))


def parse_codebook(data: Mapping[str, Any], text: str = "", name: str = "codebook") -> Codebook:
    """Return the codebook that a parsed TOML file stands for; with its text, faults are named by their line.

    Raises:
        CodebookError: naming every fault of the file at once.
    """
    source = Source(text)
    extends = data.get("extends")
    faults = [] if extends in (None, "plover") else [source.fault("extends", f"{extends!r} given; expected 'plover'")]
    whole = _extended(data) if extends == "plover" else data
    faults += find_faults(whole, source)
    if faults:
        raise CodebookError(f"{name} cannot be used:\n- " + "\n- ".join(faults))
    kinds = tuple(_type(code, about) for code, about in whole["types"].items())
    sectors = tuple(sorted(whole.get("sectors", {}).items()))
    return Codebook(whole["name"], str(whole["version"]), whole.get("licence", ""), kinds, sectors, extends)


def _extended(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a codebook's data laid over those of PLOVER: new types and forms are added, known ones widened."""
    base, types = _plover_data(), data.get("types", {})
    if not isinstance(types, dict):
        return data
    merged = base["types"] | {code: _widened(base["types"].get(code), about) for code, about in types.items()}
    sectors = data.get("sectors", {})
    sectors = base.get("sectors", {}) | sectors if isinstance(sectors, dict) else sectors
    return {"licence": base["licence"], **data, "types": merged, "sectors": sectors}


def _widened(base: Mapping[str, Any] | None, about: Any) -> Any:
    """Return an entry laid over another of the same code, forms included."""
    if base is None or not isinstance(about, dict):
        return about
    forms = about.get("forms", {})
    if not isinstance(forms, dict):
        return {**base, **about}
    known = base.get("forms", {})
    return {**base, **about, "forms": known | {code: _widened_form(known.get(code), it) for code, it in forms.items()}}


def _widened_form(base: Mapping[str, Any] | None, about: Any) -> Any:
    return {**base, **about} if base is not None and isinstance(about, dict) else about


def _type(code: str, about: Mapping[str, Any]) -> EventType:
    forms = tuple(Form(code=form, **_details(details)) for form, details in about.get("forms", {}).items())
    return EventType(
        code,
        about["definition"],
        about.get("quad"),
        tuple(about.get("cameo", ())),
        forms,
        about.get("acled"),
        **_teaching(about),
    )


def _details(about: Mapping[str, Any]) -> dict[str, Any]:
    own = {key: about[key] for key in ("definition", "mode", "acled", "huridocs") if key in about}
    return own | _teaching(about)


def _teaching(about: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "words": tuple(about.get("words", ())),
        "examples": tuple(read_marked(text) for text in about.get("examples", ())),
        "counterexamples": tuple(read_marked(text) for text in about.get("not", ())),
    }
