"""What a Python user calls on a text: what it tells (`Told`), and the places that it names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.coding.parser import parse
from dateline.config import load_config
from dateline.grounding.gazetteer import open_gazetteer
from dateline.grounding.own_names import load_names
from dateline.grounding.own_places import add_places, read_places
from dateline.grounding.places import explain_places
from dateline.model.codebook import load_codebook
from dateline.reading.inputs import Given, Input, find_inputs
from dateline.reading.reader import read
from dateline.running.pipeline import open_tools, tell_alone
from dateline.running.told import Told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dateline.config import Config
    from dateline.grounding.places import FoundPlace
    from dateline.running.pipeline import Tools


def code_text(
    text: str, *, publisher: str | None, published: date | None, coder: str | None, codebook: Path | str | None = None
) -> Told:
    """Return what one text tells; settings come from `dateline.toml` and the environment."""
    day = published.isoformat() if published else None
    raw = text.encode("utf-8", "surrogatepass")
    given = {"coder": coder, "codebook": Path(codebook) if codebook else None}
    config = replace(load_config(), **{key: value for key, value in given.items() if value is not None})  # type: ignore[arg-type]
    return _tell(Input("text", "text", raw, publisher=publisher, published=day), _tools(config))


def find_places_in(text: str, *, publisher: str | None, places: Path | str | None) -> list[FoundPlace]:
    """Return the places that a text names; settings come from `dateline.toml` and the environment."""
    config = load_config()
    file = Path(places) if places else config.places
    gazetteer = add_places(open_gazetteer(config.cache), read_places(file) if file else ())
    return explain_places(text, parse(text), gazetteer, publisher)


def code_path(path: str, given: Given, config: Config) -> Iterator[Told]:
    """Yield what each input at a path tells, `-` for standard input."""
    tools = _tools(config)
    return (_tell(one, tools) for one in find_inputs([path], given))


def code_plain(text: str, given: Given, config: Config) -> Told:
    """Return what a text given on the command line tells."""
    day = given.published.isoformat() if given.published else None
    one = Input("text", "text", text.encode("utf-8", "surrogatepass"), given.publisher, day, given.language)
    return _tell(one, _tools(config))


def _tools(config: Config) -> Tools:
    codebook = load_codebook(config.codebook) if config.codebook else None
    names = load_names(config.actors) if config.actors else ()
    places = read_places(config.places) if config.places else ()
    return open_tools(config.coder, config.cache, codebook, names, places)


def _tell(one: Input, tools: Tools) -> Told:
    told, incidents = tell_alone(read(one), tools)
    return Told(told.report, told.mentions, incidents, told.issues, told.labels)
