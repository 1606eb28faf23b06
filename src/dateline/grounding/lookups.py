"""Which places a stretch of words may stand for: by its name, by a name inside it, by the people that it names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.grounding.casing import load_english
from dateline.grounding.gazetteer import Entry, Gazetteer, Kind, lies_in
from dateline.grounding.words import load_words, spell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.model.parse import Token

_AROUND = re.compile(
    r"^(?:the|[Cc]ity of|[Tt]own of|[Ss]tate of|[Gg]reater|[Dd]owntown|[Cc]entral|[Mm]etro|[Ii]nner|[Oo]uter|"
    r"[Uu]pper|[Ll]ower|"
    r"(?:[Nn]orth|[Ss]outh)?-?(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est|[Mm]id)(?:ern)?)[ -]+|"
    r"\s+(?:[Cc]ity|[Pp]rovince|[Ss]tate|[Rr]epublic|[Tt]ownship|[Aa]rea|['’]s)$"
)
_LARGE = 20_000
"""People of a city whose name inside a longer one ("Manila Cathedral") is no chance match."""


def look_up(name: str, words: Sequence[Token], first: int, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """Return the places of a name; a state's abbreviation that is a word ("OK") counts only with a stop or a comma."""
    units = gazetteer.abbreviation(name)
    if units and ("." in name or (first and words[first - 1].text == ",")):
        return units
    if known := _known(name, gazetteer):
        return known
    if units and name != "OK" and name.lower() not in load_english():
        return units
    if " " not in name or name.rsplit(" ", 1)[-1].lower() not in load_words("after")["within"]:
        return ()
    return _beginning(name, gazetteer)


def look_into(name: str, words: Sequence[Token], first: int, last: int, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """Return the places of a name, words [first, last), that somebody took for a place.

    Adjectives and demonyms give their country or region ("Kenyan", "European"); the name of a body gives the place that
    it is named after ("Bank of Mexico", "Delhi High Court", "Mexican Senate").
    """
    known = meant(name, words, last, look_up(name, words, first, gazetteer))
    if is_unit(known):
        return known
    people = gazetteer.people(name)
    if people is not None or known:
        return people if people is not None else known
    return _campus(_named_after(name, gazetteer), words, last, gazetteer)


def _campus(units: tuple[Entry, ...], words: Sequence[Token], last: int, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """Return the towns of a unit that are stated right after a body of it: "University of California, Los Angeles"."""
    if last >= len(words) or words[last].text not in (",", "at", "-", "–", "in"):
        return units
    for end in range(min(last + 4, len(words)), last + 1, -1):
        known = gazetteer.lookup(spell(words[last + 1 : end]))
        towns = tuple(e for e in known if e.kind is Kind.CITY and any(lies_in(e, unit) for unit in units))
        if towns:
            return towns
    return units


@lru_cache(maxsize=50_000)
def _known(name: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    if known := gazetteer.lookup(name):
        return known
    bare = _AROUND.sub("", name)
    return gazetteer.lookup(bare) if bare != name else ()


def _named_after(name: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """Return the places after which a body is named: "Bank of Mexico", "Delhi High Court", "Mexican Senate".

    A street is named after places far away and tells nothing; an embassy is anywhere but in the country of its name.
    """
    kinds = {word.lower().rstrip(".") for word in name.split(" ")}
    if towns := _ending(name, gazetteer):
        return towns
    if kinds & load_words("kinds")["elsewhere"]:
        return ()
    adjective = gazetteer.people(" ".join(name.split(" ")[:2])) or gazetteer.people(name.split(" ")[0])
    if not kinds & load_words("kinds")["institution"]:
        return ()
    if adjective:
        return adjective
    _, of, behind = name.partition(" of ")
    return (_large(_known(behind, gazetteer)) if of else ()) or _beginning(name, gazetteer)


def _ending(name: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """Return the towns that stand behind the name of a body: "King's College London", "the British Embassy Tokyo"."""
    words = name.split(" ")
    bodies = load_words("kinds")["institution"] | {"embassy", "consulate"}
    behind = [" ".join(words[at:]) for at in range(2, len(words)) if words[at - 1].lower() in bodies]
    return next((towns for one in behind if (towns := _large(gazetteer.lookup(one)))), ())


def _beginning(name: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """Return the places whose name begins a longer one: `Manila` of "Manila Cathedral"."""
    words = name.split(" ")
    found = (_large(gazetteer.lookup(" ".join(words[:end]))) for end in range(len(words) - 1, 0, -1))
    return next((entries for entries in found if entries), ())


def _large(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    return tuple(e for e in entries if e.is_main and (e.kind is not Kind.CITY or e.population >= _LARGE))


def meant(name: str, words: Sequence[Token], last: int, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the places that a bare name can mean: "Washington" is the town, unless "state" follows."""
    if not entries or name.lower() not in load_words("around")["town"]:
        return entries
    after = words[last].text.lower() if last < len(words) else ""
    return entries if after in load_words("after")["unit"] else tuple(e for e in entries if e.kind is Kind.CITY)


def is_unit(entries: Sequence[Entry]) -> bool:
    """Say whether it is the main name of a country or of one of its first units."""
    return any(entry.kind in (Kind.COUNTRY, Kind.ADMIN1) and entry.is_main for entry in entries)
