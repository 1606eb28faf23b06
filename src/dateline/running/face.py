"""What a Python user holds: `Told`, what one text tells, and `Project`, the tables of a project as Arrow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.coding.parser import parse
from dateline.config import load_config
from dateline.grounding.gazetteer import open_gazetteer
from dateline.grounding.own_names import load_names
from dateline.grounding.own_places import add_places, read_places
from dateline.grounding.places import explain_places
from dateline.linking.actors import resolve
from dateline.model.actor import ResolvedActor
from dateline.model.codebook import load_codebook
from dateline.model.event import Mention
from dateline.model.publisher import Publisher, load_registry, shipped_registry
from dateline.model.tables import from_table, to_table
from dateline.model.wire import label_json, told_json
from dateline.reading.inputs import Given, Input, find_inputs
from dateline.reading.reader import read
from dateline.running.pipeline import open_tools, tell_alone
from dateline.storing.archive import open_archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import pyarrow as pa

    from dateline.config import Config
    from dateline.errors import Issue
    from dateline.grounding.places import FoundPlace
    from dateline.model.event import Label
    from dateline.model.incident import Incident
    from dateline.model.text import Evidence, Report
    from dateline.running.pipeline import Tools


@dataclass(frozen=True, slots=True)
class Told:
    """What one input tells. `report` is None where none could be made of it; `issues` then say why.

    `labels` are what the coder says of whole sentences, each with the sentence; a project does not keep them.
    """

    report: Report | None
    mentions: tuple[Mention, ...]
    incidents: tuple[Incident, ...]
    issues: tuple[Issue, ...]
    labels: tuple[tuple[Label, Evidence], ...] = ()

    def json(self, *, with_text: bool = False) -> dict[str, Any]:
        """Return it as a JSON object of schema `dateline.report/1`."""
        told = told_json(self.report, self.mentions, self.incidents, self.issues, with_text=with_text)
        return told | {"labels": [label_json(label, words) for label, words in self.labels]}


@dataclass(frozen=True, slots=True)
class Published:
    """Who published a report: the name as given, and the publisher of the registry, if it is known."""

    report: str
    given: str | None
    publisher: Publisher | None


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder. Each table is read when it is asked for, as Arrow: `.to_pandas()`, `polars.from_arrow`."""

    folder: Path

    def incidents(self) -> pa.Table:
        """Return all incidents, as of the newest run."""
        return self._table("incidents")

    def mentions(self) -> pa.Table:
        """Return all mentions."""
        return self._table("mentions")

    def reports(self) -> pa.Table:
        """Return all reports, with their texts."""
        return self._table("reports")

    def issues(self) -> pa.Table:
        """Return all issues."""
        return self._table("issues")

    def copies(self) -> pa.Table:
        """Return the pairs of reports that share passages, as of the newest run."""
        return self._table("copies")

    def links(self) -> pa.Table:
        """Return the links between mentions, as of the newest run."""
        return self._table("links")

    def actors(self) -> pa.Table:
        """Return the public actors of all reports, each once, with what makes its names one (`linking.actors`)."""
        return to_table(ResolvedActor, resolve(from_table(Mention, self.mentions())))

    def publishers(self, own: Path | str | None = None) -> pa.Table:
        """Return who published each report, as far as the registry, or a file of one's `own`, knows.

        One row a report: its id, the publisher as given, and the fields of `model.publisher.Publisher`.
        """
        registry = load_registry(Path(own)) if own else shipped_registry()
        given = self.reports().select(["id", "publisher", "url"]).to_pylist()
        found = [Published(it["id"], it["publisher"], registry.find(it["publisher"], it["url"])) for it in given]
        return to_table(Published, found)

    def told(self) -> Iterator[Told]:
        """Yield each report with its mentions, the incidents they belong to, and its issues."""
        from dateline.storing.database import open_database  # DuckDB takes half a second to import

        with open_database(self.folder) as database:
            home = {mention: incident for incident in database.incidents() for mention in incident.mentions}
            for view in database.views():
                found = {home[mention.id].id: home[mention.id] for mention in view.mentions if mention.id in home}
                yield Told(view.report, view.mentions, tuple(found.values()), view.issues)

    def _table(self, noun: str) -> pa.Table:
        from dateline.storing.database import open_database  # DuckDB takes half a second to import

        with open_database(self.folder) as database:
            return database.table(noun)


def open_project(folder: Path | str) -> Project:
    """Return a project, after a look whether it is one."""
    open_archive(Path(folder))
    return Project(Path(folder))


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
