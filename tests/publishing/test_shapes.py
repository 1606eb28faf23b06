"""Exports in the shapes of others: their columns, their rules, and that the tools of each take them."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import mlcroissant
import pytest
from frictionless import Package

from dateline.model.acled import inter_named, interaction, sub_event, sub_events
from dateline.model.country import countries, find_country
from dateline.model.event import Mention, Status
from dateline.model.ground import Actor, Bound, Figure, Precision, Role, Voice, VoiceKind
from dateline.model.incident import Group, Incident
from dateline.model.publisher import shipped_registry
from dateline.model.text import Evidence
from dateline.publishing import About, Material, Order, publish
from dateline.publishing.acled import Acled, acled_rows, day_of
from dateline.publishing.dataset import Dataset, Told, frequent, killed_in
from dateline.publishing.ftm import PROPERTIES, write_ftm
from dateline.publishing.geojson import area
from dateline.publishing.huridocs import act_rows, information_rows, involvement_rows
from dateline.publishing.laid import lay
from dateline.publishing.quotes import cut
from dateline.publishing.redact import Source
from dateline.publishing.ucdp import Ucdp, ucdp_rows

ACLED_COLUMNS = (
    "event_id_cnty, event_date, year, time_precision, disorder_type, event_type, sub_event_type, actor1, "
    "assoc_actor_1, inter1, actor2, assoc_actor_2, inter2, interaction, civilian_targeting, iso, region, country, "
    "admin1, admin2, admin3, location, latitude, longitude, geo_precision, source, source_scale, notes, fatalities, "
    "tags, timestamp"
).split(", ")
UCDP_COLUMNS = (
    "id, relid, year, active_year, code_status, type_of_violence, conflict_dset_id, conflict_new_id, conflict_name, "
    "dyad_dset_id, dyad_new_id, dyad_name, side_a_dset_id, side_a_new_id, side_a, side_b_dset_id, side_b_new_id, "
    "side_b, number_of_sources, source_article, source_office, source_date, source_headline, source_original, "
    "where_prec, where_coordinates, where_description, adm_1, adm_2, latitude, longitude, geom_wkt, priogrid_gid, "
    "country, country_id, region, event_clarity, date_prec, date_start, date_end, deaths_a, deaths_b, "
    "deaths_civilians, deaths_unknown, best, high, low, gwnoa, gwnob"
).split(", ")

WORDS = Evidence(0, 5, "words")


def actor(role: Role, sector: str, **about: Any) -> Actor:
    return Actor(role, WORDS, sector=sector, **about)


def killed(low: int | None, high: int | None, named: int | None, bound: Bound = Bound.EXACT) -> Figure:
    return Figure(WORDS, "killed", low, high, bound=bound, named=named)


def mention(data: Material, key: str, **about: Any) -> Mention:
    plain = {"type": "PROTEST", "form": "march", "status": Status.ASSERTED, "actors": (), "figures": (), "place": None}
    return replace(data.mentions[0], **(plain | {"id": key, "report": "r1"} | about))


def dataset(mentions: list[Mention], **about: Any) -> Dataset:
    sources = (
        Source("r1", "Agence France-Presse", "March; met with force", None, "en", date(2021, 2, 3), "metadata"),
        Source("r2", "Harbour Radio", None, None, "en", None, "unknown"),
    )
    plain: dict[str, Any] = {
        "id": "0123456789abcdef" * 4,
        "type": mentions[0].type,
        "form": mentions[0].form,
        "status": Status.ASSERTED,
        "mentions": tuple(it.id for it in mentions),
        "reports": ("r1", "r2"),
        "publishers": 2,
        "earliest": date(2021, 2, 2),
        "latest": date(2021, 2, 2),
        "place": "Homs",
        "country": "SYR",
        "admin1": "Homs Governorate",
        "lat": 34.73,
        "lon": 36.71,
        "precision": Precision.CITY,
        "independent": 2,
        "groups": (Group(("r1",)), Group(("r2",))),
    }
    incidents = (Incident(**(plain | about)),)
    known = {it.id: who for it in sources if (who := shipped_registry().find(it.publisher, it.url))}
    return Dataset(sources, tuple(mentions), incidents, killed=killed_in(incidents, mentions), known=known)


def rows(each: Callable[[Iterable[Told], Dataset], Iterable[Any]], dataset: Dataset) -> list[Any]:
    """Return the rows that a shape makes of all incidents."""
    return list(each(dataset.told(), dataset))


def test_columns_are_in_the_order_of_each_project() -> None:
    assert [field.name for field in fields(Acled)] == ACLED_COLUMNS
    assert [field.name for field in fields(Ucdp)] == UCDP_COLUMNS
    assert (len(ACLED_COLUMNS), len(UCDP_COLUMNS)) == (31, 49)


def test_acled_has_25_sub_events_of_6_types() -> None:
    assert (len(sub_events()), len({it.event_type for it in sub_events()})) == (25, 6)
    assert len({it.region for it in countries().values()}) == 17


POLICE, ARMY, REBELS = actor(Role.ACTOR, "COP"), actor(Role.ACTOR, "MIL"), actor(Role.ACTOR, "REB", country="SYR")
PEOPLE = actor(Role.RECIPIENT, "CVL")
ACLED = [
    # form, actors -> sub-event type, actor1, actor2, interaction, whether civilians are targeted
    ("PROTEST march", (), "Peaceful protest", "Protesters (Syria)", None, "Protesters only", False),
    ("PROTEST riot", (POLICE,), "Violent demonstration", "Rioters (Syria)", "Police Forces of Syria",
     "State forces-Rioters", False),
    ("COERCE dispersal", (POLICE, PEOPLE), "Protest with intervention", "Protesters (Syria)", "Police Forces of Syria",
     "State forces-Protesters", False),
    ("ASSAULT killing", (ARMY, PEOPLE), "Attack", "Military Forces of Syria", "Civilians (Syria)",
     "State forces-Civilians", True),
    ("ASSAULT killing", (), "Attack", "Unidentified Armed Group (Syria)", "Civilians (Syria)",
     "Political militia-Civilians", True),
    ("COERCE arrest", (REBELS, PEOPLE), "Abduction/forced disappearance", "Unidentified Armed Group (Syria)",
     "Civilians (Syria)", "Rebel group-Civilians", True),
    ("COERCE arrest", (POLICE, PEOPLE), "Arrests", "Police Forces of Syria", "Civilians (Syria)",
     "State forces-Civilians", False),
    ("ASSAULT shelling", (ARMY,), "Shelling/artillery/missile attack", "Military Forces of Syria", None,
     "State forces only", False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("actors", "expected"),
    [
        ((), "Government regains territory"),
        ((actor(Role.ACTOR, "UNK"),), "Government regains territory"),
        ((REBELS,), "Non-state actor overtakes territory"),
        ((ARMY,), "Government regains territory"),
    ],
)
def test_an_actor_of_unknown_kind_does_not_say_who_took_ground(
    data: Material, actors: tuple[Actor, ...], expected: str
) -> None:
    assert sub_event(mention(data, "m1", type="ASSAULT", form="capture_state", actors=actors)) == expected


@pytest.mark.parametrize(("kind", "actors", "sub_event", "first", "second", "pair", "civilians"), ACLED)
def test_acled_types_and_sides(
    data: Material,
    kind: str,
    actors: tuple[Actor, ...],
    sub_event: str,
    first: str,
    second: str | None,
    pair: str,
    civilians: bool,
) -> None:
    type_, form = kind.split()
    (row,) = rows(acled_rows, dataset([mention(data, "m1", type=type_, form=form, actors=actors)]))
    assert (row.sub_event_type, row.actor1, row.actor2, row.interaction) == (sub_event, first, second, pair)
    assert (row.civilian_targeting == "Civilians targeted") is civilians


@pytest.mark.parametrize(
    "about",
    [
        {"precision": Precision.COUNTRY},
        {"lat": None, "lon": None},
        {"earliest": None},
        {"latest": date(2021, 5, 2)},
    ],
)
def test_acled_codes_nothing_that_is_not_known_well_enough(data: Material, about: dict[str, Any]) -> None:
    assert rows(acled_rows, dataset([mention(data, "m1")], **about)) == []


@pytest.mark.parametrize(
    "about", [{"status": Status.PLANNED}, {"status": Status.DENIED}, {"form": "strike", "type": "AID"}]
)
def test_acled_codes_nothing_that_nobody_says_happened(data: Material, about: dict[str, Any]) -> None:
    assert rows(acled_rows, dataset([mention(data, "m1", **about)])) == []


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2021, 2, 2), date(2021, 2, 2), (date(2021, 2, 2), 1)),
        (date(2021, 2, 1), date(2021, 2, 7), (date(2021, 2, 4), 2)),
        (date(2021, 2, 1), date(2021, 2, 28), (date(2021, 2, 14), 3)),
        (date(2021, 1, 1), date(2021, 12, 31), None),
    ],
)
def test_acled_takes_the_middle_of_a_week_or_month(
    data: Material, first: date, last: date, expected: tuple[date, int] | None
) -> None:
    (incident,) = dataset([mention(data, "m1")], earliest=first, latest=last).incidents
    assert day_of(incident) == expected


def test_acled_fatalities_are_the_lowest_and_words_are_its_numbers(data: Material) -> None:
    dozens = Figure(Evidence(0, 6, "dozens"), "killed", 24, 99, bound=Bound.ROUGH)
    for figures, expected in (((killed(7, 7, 7), killed(12, 12, 12)), 7), ((dozens,), 12), ((), 0)):
        told = [
            mention(data, f"m{place}", type="ASSAULT", form="killing", figures=(it,))
            for place, it in enumerate(figures)
        ]
        told = told or [mention(data, "m1", type="ASSAULT", form="killing")]
        assert [row.fatalities for row in rows(acled_rows, dataset(told))] == [expected]


def test_interactions_name_the_lower_code_first_but_for_civilians_hit_from_outside() -> None:
    civilians, outside = inter_named("Civilians"), inter_named("External/Other forces")
    assert interaction(civilians, outside) == interaction(outside, civilians) == "External/Other forces-Civilians"
    assert interaction(None, None) is None


def test_ucdp_tells_sources_deaths_and_sides(data: Material) -> None:
    doctor = Voice(VoiceKind.PERSON, "Ministry of Health", WORDS, WORDS, public=True)
    voiced = replace(data.mentions[0].attribution, voices=(Voice(VoiceKind.REPORT), doctor))
    about = {"type": "ASSAULT", "form": "killing", "actors": (ARMY, PEOPLE)}
    told = [
        mention(data, "m1", **about, figures=(killed(7, 7, 7),), attribution=voiced),
        mention(data, "m2", **about, report="r2", figures=(killed(30, None, 30, Bound.AT_LEAST),)),
    ]
    (row,) = rows(ucdp_rows, dataset(told))
    assert (row.low, row.best, row.high) == (7, 7, 30)
    assert row.best == row.deaths_a + row.deaths_b + row.deaths_civilians + row.deaths_unknown
    assert (row.type_of_violence, row.side_a, row.side_b) == (3, "Military Forces of Syria", "Civilians")
    assert row.number_of_sources == 2
    assert row.source_office == "Agence France-Presse;Harbour Radio"
    assert row.source_date == "2021-02-03;"
    assert row.source_headline == "March, met with force;"
    assert row.source_original == "Ministry of Health;"
    assert (row.where_prec, row.date_prec, row.geom_wkt) == (1, 1, "POINT (36.71 34.73)")
    assert row.region == "Middle East"


def test_ucdp_has_no_row_where_nobody_is_said_to_be_dead(data: Material) -> None:
    assert rows(ucdp_rows, dataset([mention(data, "m1", type="ASSAULT", form="killing")])) == []
    assert rows(ucdp_rows, dataset([mention(data, "m1", figures=(killed(0, 0, 0),))])) == []


def test_huridocs_tells_acts_who_is_involved_and_who_says_so(data: Material) -> None:
    told = dataset([mention(data, "m1", type="COERCE", form="arrest", actors=(POLICE, PEOPLE))])
    (act,), (involved,), (said,) = (rows(each, told) for each in (act_rows, involvement_rows, information_rows))
    assert (act.type_of_act, act.victims) == ("Arrest or detention", "Civilians (Syria)")
    assert (involved.perpetrator, involved.degree, involved.act) == ("Police Forces of Syria", "alleged", act.id)
    assert (said.act, said.report, said.reliability) == (act.id, "r1", None)
    assert rows(act_rows, dataset([mention(data, "m1", type="CONSULT", form="meeting")])) == []


# --- shapes on the ground --------------------------------------------------------------------------------------------


def doubled_area(ring: list[list[float]]) -> float:
    return sum(x * to_y - to_x * y for (x, y), (to_x, to_y) in pairwise(ring))


@pytest.mark.parametrize(
    ("lat", "lon", "radius"), [(51, 12, 90), (-17.8, 179.9, 200), (65, -179, 900), (62, 100, 3500), (-85, 0, 1000)]
)
def test_areas_are_closed_counterclockwise_and_on_the_map(lat: float, lon: float, radius: float) -> None:
    shape = area(lat, lon, radius)
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    assert polygons
    for (ring,) in polygons:
        assert ring[0] == ring[-1]
        assert len(ring) >= 4
        assert doubled_area(ring) > 0
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)


def test_a_province_is_an_area_and_a_wave_is_all_its_places(data: Material) -> None:
    from dateline.publishing.geojson import geometry_of

    (told,) = dataset([mention(data, "m1")], precision=Precision.PROVINCE, radius_km=60.0).told()
    assert geometry_of(told)["type"] == "Polygon"
    place = data.mentions[0].place
    assert place is not None
    spread = [mention(data, "m1", form="wave", place=place), mention(data, "m2", place=replace(place, lat=50.0))]
    (wave,) = dataset(spread).told()
    assert geometry_of(wave) == {"type": "MultiPoint", "coordinates": [[place.lon, 50.0], [place.lon, place.lat]]}


# --- what was asked for ----------------------------------------------------------------------------------------------


def test_places_of_few_incidents_are_left_out(data: Material) -> None:
    (one,) = dataset([mention(data, "m1")]).incidents
    many = [one, replace(one, id="b"), replace(one, id="c", place="Idlib")]
    assert [it.id for it in frequent(lay(Incident, many), 2)] == [one.id, "b"]
    assert list(frequent(lay(Incident, many), 1)) == many
    assert list(frequent(lay(Incident, many), 3)) == []


def test_a_filter_takes_mentions_and_reports_along_and_leaves_the_others(data: Material, tmp_path: Path) -> None:
    chosen = [it for it in data.incidents if it.type == "COERCE"]
    made = publish(replace(data, incidents=chosen, query="type=COERCE"), tmp_path / "out")
    assert (made.incidents, made.mentions) == (len(chosen), sum(len(it.mentions) for it in chosen))
    assert 0 < made.mentions < len(data.mentions)


def test_a_name_that_only_what_is_left_out_tells_is_masked_all_the_same(data: Material, tmp_path: Path) -> None:
    chosen = [it for it in data.incidents if it.type == "ACCUSE"]
    publish(replace(data, incidents=chosen, query="type=ACCUSE"), tmp_path / "out")
    assert "Weberling" not in (tmp_path / "out/data/reports.csv").read_text("utf-8")


@pytest.mark.parametrize("longest", [0, 12, 40])
def test_quotes_are_cut_at_the_length_that_is_chosen(data: Material, tmp_path: Path, longest: int) -> None:
    made = publish(data, tmp_path / "out", Order(quotes=longest))
    assert made.leaving.longest <= longest
    assert (made.leaving.quotes == 0) is (longest == 0)


def test_a_mask_is_never_cut() -> None:
    assert cut("beat [private person] and", 12) == "beat…"
    assert cut("beat [private person] and more", 24) == "beat [private person]…"


# --- the tools of others ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(data: Material, tmp_path_factory: pytest.TempPathFactory) -> Path:
    about = About(
        "Autumn", ("Archive & Co. {of} 100%",), "CC-BY-4.0", "1.2.0", date(2024, 5, 6), "https://data.example/"
    )
    folder = tmp_path_factory.mktemp("shapes") / "out"
    publish(data, folder, Order(about=about))
    return folder


def test_frictionless_finds_every_table_valid(folder: Path) -> None:
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.flatten(["rowNumber", "fieldName", "type", "message"]) == []
    assert report.stats["tasks"] >= 13


@pytest.mark.filterwarnings("ignore")
def test_mlcroissant_reads_every_record(folder: Path) -> None:
    described = mlcroissant.Dataset(jsonld=folder / "croissant.json")
    assert described.metadata.issues.errors == set()
    rows = list(described.records("incidents"))
    with (folder / "data/incidents.csv").open(encoding="utf-8", newline="") as lines:
        assert len(rows) == len(list(csv.DictReader(lines))) > 0


def test_checksums_are_those_of_the_files(folder: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = {line.split("  ")[1] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert told == there - {"SHA256SUMS"}


def test_every_file_has_its_provenance(folder: Path) -> None:
    graph = json.loads((folder / "provenance.jsonld").read_bytes())["@graph"]
    known = {node["@id"] for node in graph}
    assert {f"data/{path.name}" for path in (folder / "data").iterdir()} <= known
    assert all(it in known for node in graph for it in (*node.get("used", ()), *node.get("wasAssociatedWith", ())))


def test_citations_escape_what_tex_would_run(folder: Path) -> None:
    bibtex = (folder / "citation.bib").read_text("utf-8")
    assert r"Archive \& Co. \{of\} 100\%" in bibtex
    first, *reports = json.loads((folder / "citation.json").read_bytes())
    assert (first["type"], first["issued"]) == ("dataset", {"date-parts": [[2024, 5, 6]]})
    assert [it["type"] for it in reports] == ["article-newspaper"]


def test_followthemoney_takes_every_entity(data: Material, folder: Path) -> None:
    followthemoney = pytest.importorskip("followthemoney") if not required() else __import__("followthemoney")
    lines = [*(folder / "data/followthemoney.jsonl").read_text("utf-8").splitlines()]
    lines += b"".join(write_ftm(dataset([mention(data, "m1")]))).decode().splitlines()
    for entity in map(json.loads, lines):
        assert set(entity["properties"]) <= set(PROPERTIES)
        proxy = followthemoney.model.make_entity(entity["schema"])
        proxy.id = entity["id"]
        for name, values in entity["properties"].items():
            proxy.add(name, values, cleaned=False, quiet=False)
            assert len(proxy.get(name)) == len(set(values)), (name, values)
        proxy.schema.validate(proxy.to_dict())
    assert {json.loads(line)["schema"] for line in lines} == {"Event", "Address", "Article", "Documentation"}


def required() -> bool:
    return os.environ.get("DATELINE_REQUIRE_FTM") == "1"


def test_countries_have_the_names_that_others_use() -> None:
    iran = find_country("IRN")
    assert iran is not None
    assert (iran.name, iran.alpha2, iran.numeric, iran.region) == ("Iran", "IR", 364, "Middle East")
    assert find_country("XXX") is None


def test_nothing_heavy_is_imported_to_publish() -> None:
    heavy = ("spacy", "onnxruntime", "starlette")
    code = f"import sys, dateline.publishing; print([it for it in {heavy} if it in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"[]"
