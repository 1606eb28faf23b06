"""What is wrong with a codebook file: every fault at once, each with its line, its key, and what was expected."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dateline.errors import CodebookError
from dateline.model.marked import read_marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")

_TAUGHT = ("words", "examples", "not")
_TEXTS = ("definition", "mode", "acled", "huridocs", "quad")
_TOP = ("name", "version", "licence", "extends", "types", "sectors")
_OF_TYPE = ("definition", "quad", "score", "cameo", "acled", "forms", *_TAUGHT)
_OF_FORM = ("definition", "mode", "acled", "huridocs", *_TAUGHT)
_CODE = re.compile(r"[^\W\d_][\w-]*")


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a codebook file, to tell lines by; empty where there is none."""

    text: str = ""

    def fault(self, key: str, message: str, words: str = "") -> str:
        """Return a fault with its key, and its line where that can be found.

        Args:
            key: the dotted key.
            message: what was given and what was expected.
            words: a string of the file on whose line the fault stands; default: the line of the key.
        """
        line = self._line_of(words) if words else self._line_at(key)
        return f"line {line}, {key}: {message}" if line else f"{key}: {message}"

    def _line_of(self, words: str) -> int:
        needle = words.splitlines()[0][:60] if words.strip() else ""
        lines = enumerate(self.text.splitlines(), start=1)
        return next((number for number, line in lines if needle and needle in line), 0)

    def _line_at(self, key: str) -> int:
        """Return the line of a key or of the nearest table above it; 0 if none is found."""
        key = key.replace(" ", "")
        table, _, last = key.rpartition(".")
        begins = re.compile(rf"\s*[\"']?{re.escape(last)}[\"']?\s*=")
        section, nearest = "", 0
        for number, line in enumerate(self.text.splitlines(), start=1):
            if header := re.match(r"\s*\[([^\[\]]+)\]", line):
                section = re.sub(r"[\s\"']", "", header[1])
                nearest = number if section in {key, table} and not nearest else nearest
            elif section == table and begins.match(line):
                return number
        return nearest


def find_faults(data: Mapping[str, Any], source: Source) -> list[str]:
    """Return all that is wrong with a codebook, as parsed from TOML; nothing if it can be used."""
    types = data.get("types", {})
    if not isinstance(types, dict):
        return [source.fault("types", f"{types!r} given; expected a table a type, as [types.STRIKE]")]
    faults = [
        f"key {key!r} is missing at the top; expected {key} = ..."
        for key in ("name", "version", "types")
        if key not in data
    ]
    faults += _unknown(data, _TOP, "", source)
    faults += _texts(data, ("name", "licence"), "", source)
    if not isinstance(data.get("version", ""), str | int | float):
        faults.append(source.fault("version", f"{data['version']!r} given; expected a text"))
    faults += _sectors(data.get("sectors", {}), source)
    for code, about in types.items():
        faults += _type_faults(code, about, source)
    return [*faults, *_twice(types, source)]


def _type_faults(code: str, about: Any, source: Source) -> Iterator[str]:
    key = f"types.{code}"
    if not isinstance(about, dict):
        yield source.fault(key, f"{about!r} given; expected a table [types.{code}]")
        return
    yield from _entry(f"type {code}", key, code, about, _OF_TYPE, source)
    if "quad" in about and about["quad"] not in QUADS:
        yield source.fault(f"{key}.quad", f"{about['quad']!r} given; expected one of {', '.join(QUADS)}, or none")
    if not _is_texts(about.get("cameo", [])):
        yield source.fault(f"{key}.cameo", "expected a list of codes")
    forms = about.get("forms", {})
    if not isinstance(forms, dict):
        yield source.fault(f"{key}.forms", f"{forms!r} given; expected a table a form, as [types.{code}.forms.wildcat]")
        return
    for form, it in forms.items():
        if isinstance(it, dict):
            yield from _entry(f"form {code}/{form}", f"{key}.forms.{form}", form, it, _OF_FORM, source)
        else:
            yield source.fault(f"{key}.forms.{form}", f"{it!r} given; expected a table [types.{code}.forms.{form}]")


def _entry(
    name: str, key: str, code: str, about: Mapping[str, Any], known: tuple[str, ...], source: Source
) -> Iterator[str]:
    """Yield the faults of what types and forms have in common."""
    if not _CODE.fullmatch(code):
        yield source.fault(key, f"code {code!r} given; expected a letter, then letters, digits, _ or -")
    if "definition" not in about:
        yield source.fault(key, f"{name} has no 'definition'; expected a sentence that says what it is")
    yield from _unknown(about, known, key, source)
    yield from _texts(about, _TEXTS, key, source)
    yield from _word_faults(about.get("words", []), key, source)
    for field in ("examples", "not"):
        yield from _example_faults(about.get(field, []), f"{key}.{field}", source, needs_trigger=field == "examples")


def _unknown(about: Mapping[str, Any], known: tuple[str, ...], key: str, source: Source) -> Iterator[str]:
    for name in about:
        if name not in known:
            where = f"{key}.{name}" if key else name
            yield source.fault(where, f"unknown key {name!r}; known are {', '.join(known)}")


def _texts(about: Mapping[str, Any], names: Iterable[str], key: str, source: Source) -> Iterator[str]:
    for name in names:
        if name in about and not (isinstance(about[name], str) and about[name].strip()):
            yield source.fault(f"{key}.{name}" if key else name, f"{about[name]!r} given; expected a text")


def _sectors(sectors: Any, source: Source) -> list[str]:
    if isinstance(sectors, dict) and all(isinstance(it, str) for it in sectors.values()):
        return []
    return [source.fault("sectors", "expected a table of code = text")]


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)


def _word_faults(words: Any, key: str, source: Source) -> Iterator[str]:
    if not _is_texts(words):
        yield source.fault(f"{key}.words", f'{words!r} given; expected a list, as ["strike", "down tools"]')
        return
    for number, word in enumerate(words):
        if any(sign in word for sign in "{}|@%"):
            yield source.fault(f"{key}.words[{number}]", f"{word!r} given; expected plain words without marks", word)


def _example_faults(examples: Any, key: str, source: Source, *, needs_trigger: bool) -> Iterator[str]:
    if not _is_texts(examples):
        yield source.fault(key, "expected a list of sentences, none of them empty")
        return
    for number, marked in enumerate(examples):
        where = f"{key}[{number}]"
        try:
            example = read_marked(marked)
        except CodebookError as error:
            yield source.fault(where, str(error), marked)
            continue
        if needs_trigger and not example.of("trigger"):
            yield source.fault(
                where, f"no trigger is marked in {marked!r}; expected {{t|words that name the event}}", marked
            )


def _twice(types: Mapping[str, Any], source: Source) -> Iterator[str]:
    """Yield the sentences that are said to be two things that they cannot both be."""
    is_type: dict[str, list[str]] = defaultdict(list)
    is_not: dict[str, list[str]] = defaultdict(list)
    for key, field, marked in _sentences(types):
        (is_type if field == "examples" else is_not)[_bare(marked)].append(key)
    for text, keys in is_type.items():
        if len(keys) > len(set(keys)):
            yield source.fault(f"{keys[0]}.examples", f"{text!r} is there twice; expected each sentence once")
        for key in sorted(set(keys) & set(is_not.get(text, ()))):
            yield source.fault(f"{key}.not", f"{text!r} is an example of {key} too; expected one or the other")


def _sentences(types: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield key, field and text of each sentence that is one."""
    for code, about in types.items():
        entries = [(f"types.{code}", about)] if isinstance(about, dict) else []
        forms = entries[0][1].get("forms", {}) if entries else {}
        if isinstance(forms, dict):
            entries += [(f"types.{code}.forms.{form}", it) for form, it in forms.items() if isinstance(it, dict)]
        for key, entry in entries:
            for field in ("examples", "not"):
                given = entry.get(field, [])
                yield from ((key, field, text) for text in given if isinstance(text, str) and isinstance(given, list))


def _bare(marked: str) -> str:
    try:
        return read_marked(marked).text
    except CodebookError:
        return marked
