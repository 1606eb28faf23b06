"""Publishers: who they are, to whom they belong, and which of them a report is from. See `data/publishers.toml`.

What the registry does not hold stays unknown: a publisher that is not in it has no owner, and none is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import tomli

from dateline.errors import ConfigError
from dateline.model.listed import check_entries

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

KINDS = frozenset(
    {"agency", "state", "party", "exile", "broadcaster", "paper", "ngo", "igo", "religious", "aggregator"}
)
_FIELDS = frozenset({"kind", "country", "also", "domains", "owner", "affiliation", "source", "as_of"})
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher as far as it is known. Every field but the name may be unknown.

    Attributes:
        kind: one of `KINDS`.
        country: ISO 3166-1 alpha-3 code of the country it reports from or about.
        owner: who owns it; two publishers of one owner are not independent of each other.
        affiliation: party, movement or state that it is known to speak for, if that is not its owner.
        source: where the facts are from.
        as_of: year for which they hold.
    """

    name: str
    kind: str | None = None
    country: str | None = None
    owner: str | None = None
    affiliation: str | None = None
    domains: tuple[str, ...] = ()
    source: str | None = None
    as_of: int | None = None


@dataclass(frozen=True, slots=True)
class Registry:
    """Publishers, found by name and by the domain of an address."""

    publishers: tuple[Publisher, ...] = ()
    names: Mapping[str, Publisher] = field(default_factory=dict)
    domains: Mapping[str, Publisher] = field(default_factory=dict)

    def find(self, name: str | None = None, url: str | None = None) -> Publisher | None:
        """Return the publisher of this name, or of the site that an address is on; None if unknown.

        A name that is known counts for more than the address: agencies' reports stand on other sites. An aggregator
        is nobody's publisher, so that its address alone tells nothing.

        >>> shipped_registry().find("AFP").name, shipped_registry().find(url="https://www.bbc.co.uk/news/1").name
        ('Agence France-Presse', 'BBC')
        """
        if name and (known := self.names.get(_key(name)) or self.domains.get(name.lower())):
            return known
        found = self._at(urlsplit(url).hostname or "") if url else None
        return None if found is not None and found.kind == "aggregator" else found

    def _at(self, host: str) -> Publisher | None:
        labels = host.lower().split(".")
        return next(
            (self.domains[it] for start in range(len(labels)) if (it := ".".join(labels[start:])) in self.domains), None
        )


def owner_of(publisher: Publisher | None) -> str | None:
    """Return who stands behind a publisher: owner, or else whom it is known to speak for; None if unknown.

    >>> owner_of(shipped_registry().find("RIA Novosti"))
    'State of Russia'
    """
    if publisher is None:
        return None
    return _root(publisher.owner) if publisher.owner else publisher.affiliation


def shares_owner(left: Publisher, right: Publisher) -> bool:
    """Say whether two publishers are known to be one, or to have one owner or affiliation."""
    same = left.owner is not None and right.owner is not None and _root(left.owner) == _root(right.owner)
    return left.name == right.name or same or (left.affiliation is not None and left.affiliation == right.affiliation)


def _root(owner: str) -> str:
    """Return an owner without what holds its shares for it: "State of Russia (Rossiya Segodnya)"."""
    return owner.split(" (")[0]


@cache
def shipped_registry() -> Registry:
    """Return the registry that ships with Dateline."""
    return _registry(_entries(_shipped()))


def load_registry(path: Path) -> Registry:
    """Return the registry that ships, with the publishers of a file of one's own before them.

    Raises:
        ConfigError: naming line and field of every fault.
    """
    return registry_of(read_bytes(path), str(path))


def registry_of(content: bytes | None, name: str = "of one's own") -> Registry:
    """Return the registry that ships, with the publishers that these bytes of a file list before them; None adds none.

    Raises:
        ConfigError: naming line and field of every fault, and the file by its `name`.
    """
    if content is None:
        return shipped_registry()
    own = _parse(content, name)
    names = {it.name for it, _ in own}
    return _registry([*own, *(entry for entry in _entries(_shipped()) if entry[0].name not in names)])


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file of publishers. Raises `ConfigError` if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"publishers {path} cannot be read: {error}; expected a TOML file in UTF-8") from error


def _parse(content: bytes, name: str) -> list[tuple[Publisher, tuple[str, ...]]]:
    try:
        text = content.decode("utf-8-sig")
        table = tomli.loads(text)
    except (UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise ConfigError(f"publishers {name} cannot be read: {error}; expected a TOML file in UTF-8") from error
    faults = check_entries(table.get("publishers"), text, _FIELDS, {"kind": KINDS}, "publishers")
    if faults:
        raise ConfigError(f"publishers {name} cannot be used:\n- " + "\n- ".join(faults))
    return [*_entries(table)]


def _shipped() -> dict[str, Any]:
    return tomli.loads(files("dateline.data").joinpath("publishers.toml").read_text("utf-8"))


def _entries(table: Mapping[str, Any]) -> Iterable[tuple[Publisher, tuple[str, ...]]]:
    about = {key: table.get("about", {}).get(key) for key in ("source", "as_of")}
    for name, given in table["publishers"].items():
        facts = about | {key: value for key, value in given.items() if key != "also"}
        yield Publisher(name, **(facts | {"domains": tuple(given.get("domains", ()))})), tuple(given.get("also", ()))


def _registry(entries: Iterable[tuple[Publisher, tuple[str, ...]]]) -> Registry:
    names: dict[str, Publisher] = {}
    domains: dict[str, Publisher] = {}
    listed = list(entries)
    for publisher, also in listed:
        for name in (publisher.name, *also):
            names.setdefault(_key(name), publisher)
        for domain in publisher.domains:
            domains.setdefault(domain, publisher)
    return Registry(tuple(publisher for publisher, _ in listed), names, domains)


def _key(name: str) -> str:
    """Return a name without case, signs and article."""
    return " ".join(_WORD.findall(name.casefold())).removeprefix("the ")
