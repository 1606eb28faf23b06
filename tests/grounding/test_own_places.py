"""Places of a user's own: what the file may hold, what is said of its faults, how they are found in a text."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from dateline.coding.parser import parse
from dateline.errors import ConfigError
from dateline.grounding.gazetteer import Gazetteer, Kind
from dateline.grounding.own_places import add_places, read_places
from dateline.grounding.places import find_places
from dateline.model.ground import Precision

HEADER = "name,alternates,lat,lon,kind,country,inside\n"
CAMP = HEADER + "Camp Seven,Kamp 7|مخيم السابع,36.1203,43.5107,site,IRQ,Mosul\n"


def _file(folder: Path, text: str) -> Path:
    path = folder / "places.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_site_of_ones_own_is_found_in_its_city(tmp_path: Path, gazetteer: Gazetteer) -> None:
    own = add_places(gazetteer, read_places(_file(tmp_path, CAMP)))
    text = "Guards shot at prisoners in Camp Seven on Monday."
    (place,) = find_places(text, parse(text), own)
    assert (place.name, place.country, place.precision) == ("Mosul", "IRQ", Precision.SITE)
    assert (place.lat, place.lon, place.radius_km) == (36.1203, 43.5107, 1.0)
    assert find_places(text, parse(text), gazetteer) != [place]


@pytest.mark.parametrize("name", ["Camp Seven", "Kamp 7", "مخيم السابع", "CAMP SEVEN"])
def test_each_of_its_names_is_known(name: str, tmp_path: Path, gazetteer: Gazetteer) -> None:
    own = add_places(gazetteer, read_places(_file(tmp_path, CAMP)))
    assert own.lookup(name)[0].name == "Camp Seven"
    assert pickle.loads(pickle.dumps(own)).lookup(name)[0].name == "Camp Seven"


def test_it_comes_before_its_namesakes(tmp_path: Path, gazetteer: Gazetteer) -> None:
    own = add_places(gazetteer, read_places(_file(tmp_path, HEADER + "Leipzig,,10,20,city,NGA,Borno\n")))
    first, *others = own.lookup("Leipzig")
    assert (first.country, first.admin1, first.kind) == ("NGA", "Borno", Kind.CITY)
    assert tuple(others) == gazetteer.lookup("Leipzig")


FAULTY = [
    ("Camp,,361.2,43.5,site,IRQ,\n", "line 2, column lat: '361.2'"),
    ("Camp,,36.1,east,site,IRQ,\n", "line 2, column lon: 'east'"),
    ("Camp,,36.1,nan,site,IRQ,\n", "line 2, column lon: 'nan'"),
    ("Camp,,36.1,43.5,camp,IRQ,\n", "line 2, column kind: 'camp'"),
    ("Camp,,36.1,43.5,site,Iraq,\n", "line 2, column country: 'Iraq'"),
    ("Camp,,36.1,43.5,site,NONE,\n", "line 2, column country: 'NONE'"),
    ("?,,36.1,43.5,site,IRQ,\n", "line 2, column name: '?'"),
    ("Camp,,36.1,43.5,site,IRQ,\n\n,,,,,,\nHill,,1,,city,IRQ,\n", "line 5, column lon: ''"),
    ("Camp,,36.1\n", "line 2, column lon: ''"),
]


@pytest.mark.parametrize(("rows", "message"), FAULTY)
def test_faults_name_line_and_column(rows: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as fault:
        read_places(_file(tmp_path, HEADER + rows))
    assert message in str(fault.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    rows = "Camp,,99,43.5,camp,IRQ,\nHill,,1,200,city,IRQ,\n"
    with pytest.raises(ConfigError, match=r"(?s)line 2, column lat.*line 2, column kind.*line 3, column lon"):
        read_places(_file(tmp_path, HEADER + rows))


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("name,lat,lon,kind\n", "lacks the columns country"),
        ("name,lat,lon,kind,country,colour\n", "has colour"),
        ("", "lacks the columns name"),
    ],
)
def test_the_header_is_checked(header: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=message):
        read_places(_file(tmp_path, header))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="expected UTF-8"):
        read_places(path)
    with pytest.raises(ConfigError, match="not a readable CSV"):
        read_places(tmp_path / "none.csv")
