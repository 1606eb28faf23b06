"""What the gazetteer holds, how names are folded, and how it is compiled."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ConfigError
from dateline.grounding.gazetteer import Gazetteer, Kind, gazetteer_name, lies_in, open_gazetteer
from dateline.grounding.geonames import read_aliases, read_countries, read_own
from dateline.grounding.names import fold, is_indexed

PROVINCES = """Tehran|Alborz|Isfahan|Fars|Khuzestan|Kurdistan|Kermanshah|Kerman|Gilan|Mazandaran|Golestan|Semnan|Qom|
Qazvin|Zanjan|Markazi|Hamadan|Lorestan|Ilam|Yazd|Hormozgan|Bushehr|Ardabil|East Azerbaijan|West Azerbaijan|
North Khorasan|South Khorasan|Razavi Khorasan|Sistan and Baluchestan|Chaharmahal and Bakhtiari|
Kohgiluyeh and Boyer-Ahmad""".replace("\n", "").split("|")

CITIES = {
    "IRN": "Tehran Mashhad Tabriz Shiraz Ahvaz Ahwaz Kermanshah Sanandaj Zahedan Saqqez Mahabad Marivan Bukan "
    "Piranshahr Javanrud Izeh Abadan Bandar-Abbas Rasht Karaj Oshnavieh Meshginshahr Fouladshahr "
    "Khorramabad Dezful Behbahan",
    "IRQ": "Baghdad Basra Mosul Najaf Karbala Nasiriyah Kirkuk Erbil Sulaymaniyah Fallujah Ramadi Tikrit Amarah",
    "SYR": "Damascus Aleppo Homs Hama Idlib Daraa Raqqa Qamishli Latakia Tartus Palmyra Afrin Kobani Douma",
    "EGY": "Cairo Alexandria Suez Ismailia Mansoura Tanta Aswan Luxor Mahalla Minya",
    "TUR": "Ankara Istanbul Izmir Diyarbakir Hakkari Cizre Van Adana Gaziantep Mersin",
    "MMR": "Yangon Rangoon Mandalay Naypyidaw Sagaing Monywa Sittwe Myitkyina Bago",
    "SDN": "Khartoum Omdurman Nyala Kassala Atbara Wad-Madani",
    "BLR": "Minsk Brest Grodno Vitebsk Mogilev Gomel",
    "UKR": "Kyiv Kiev Kharkiv Odessa Donetsk Luhansk Mariupol Kherson Lviv",
    "VEN": "Caracas Maracaibo Valencia Barquisimeto Maturin Merida",
    "KEN": "Nairobi Mombasa Kisumu Nakuru Eldoret Garissa",
}

FOLDED = [
    ("Tehrān", "tehran"), ("Torbat-e Ḩeydarīyeh", "torbat e heydariyeh"), ("U.S.", "US"), ("US", "US"), ("us", "us"),
    ("St. Louis", "saint louis"), ("Karl-Marx-Stadt", "karl marx stadt"), ("Łódź", "lodz"), ("İstanbul", "istanbul"),
    ("تهران", "تهران"), ("كرمانشاه", fold("کرمانشاه")), ("سر پل ذهاب", fold("سرپل‌ذهاب")),
    ("Cote d’Ivoire", "cote divoire"), ("", ""), ("—", ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "key"), FOLDED)
def test_spellings_of_one_name_share_a_key(name: str, key: str) -> None:
    assert fold(name) == key


@given(st.text(max_size=40))
def test_folding_is_stable(name: str) -> None:
    if not (key := fold(name)).isupper():
        assert fold(key) == key


@pytest.mark.parametrize(
    ("name", "is_kept"),
    [
        ("THR", False),
        ("thran", False),
        ("Esfahan", True),
        ("Rey", False),
        ("تهران", True),
        ("东京", False),
        ("...", False),
    ],
)
def test_codes_and_machine_spellings_get_no_key(name: str, is_kept: bool) -> None:
    assert is_indexed(name) is is_kept


@pytest.mark.parametrize("name", PROVINCES)
def test_every_province_of_iran_is_found(gazetteer: Gazetteer, name: str) -> None:
    assert (name, "IRN") in [(e.name, e.country) for e in gazetteer.lookup(name) if e.kind is Kind.ADMIN1]


@pytest.mark.parametrize(
    ("country", "name"), [(code, name) for code, names in CITIES.items() for name in names.split()]
)
def test_cities_in_trouble_are_found(gazetteer: Gazetteer, country: str, name: str) -> None:
    assert country in {entry.country for entry in gazetteer.lookup(name.replace("-", " "))}


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("تهران", "IRN", Kind.CITY), ("طهران", "IRN", Kind.CITY), ("سنندج", "IRN", Kind.CITY),
        ("أصفهان", "IRN", Kind.CITY), ("بغداد", "IRQ", Kind.CITY), ("دمشق", "SYR", Kind.CITY),
        ("القاهرة", "EGY", Kind.CITY),
        ("کرمانشاه", "IRN", Kind.CITY), ("GDR", "DDR", Kind.COUNTRY), ("USSR", "SUN", Kind.COUNTRY),
        ("Czechoslovakia", "CSK", Kind.COUNTRY),
        ("Yugoslavia", "YUG", Kind.COUNTRY), ("Burma", "MMR", Kind.COUNTRY), ("Zaire", "COD", Kind.COUNTRY),
        ("Karl-Marx-Stadt", "DEU", Kind.CITY), ("Leningrad", "RUS", Kind.CITY), ("Saigon", "VNM", Kind.CITY),
        ("U.S.", "USA", Kind.COUNTRY), ("UK", "GBR", Kind.COUNTRY), ("Britain", "GBR", Kind.COUNTRY),
        ("Côte d'Ivoire", "CIV", Kind.COUNTRY), ("Saxony", "DEU", Kind.ADMIN1), ("West Bank", "PSE", Kind.ADMIN1),
        ("Evin Prison", "IRN", Kind.SITE), ("IRAN", "IRN", Kind.COUNTRY), ("Darfur", "SDN", Kind.REGION),
    ],
)  # fmt: skip
def test_names_of_the_field_come_first(gazetteer: Gazetteer, name: str, country: str, kind: Kind) -> None:
    assert (country, kind) in [(entry.country, entry.kind) for entry in gazetteer.lookup(name)[:2]]


@pytest.mark.parametrize("name", ["THR", "Zzyzxopolis", "", "  ", "\x00", "'; DROP TABLE place; --"])
def test_what_is_no_place_is_not_found(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.lookup(name) == ()


def test_the_pronoun_us_is_no_country(gazetteer: Gazetteer) -> None:
    assert "USA" not in {entry.country for entry in gazetteer.lookup("us")}


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("Iranian", "IRN"),
        ("Kenyans", "KEN"),
        ("South Korean", "KOR"),
        ("Kurdish", ""),
        ("Burmese", "MMR"),
        ("Tehran", None),
    ],
)
def test_demonyms_tell_a_country(gazetteer: Gazetteer, word: str, country: str | None) -> None:
    assert gazetteer.demonym(word) == country


def test_every_state_has_a_demonym_and_a_point() -> None:
    countries = {code: country for code, country in read_countries().items() if code != "NONE"}
    assert len(countries) >= 195
    for code, country in countries.items():
        assert len(code) == 3
        assert country["names"], code
        assert -90 <= country["at"][0] <= 90, code
        assert -180 <= country["at"][1] <= 180, code


def test_units_hold_their_cities(gazetteer: Gazetteer) -> None:
    (illinois,) = gazetteer.abbreviation("Ill.")
    springfields = [entry for entry in gazetteer.lookup("Springfield") if lies_in(entry, illinois)]
    assert [entry.admin1 for entry in springfields] == ["Illinois"]


def test_entries_are_complete(gazetteer: Gazetteer) -> None:
    tehran = next(entry for entry in gazetteer.lookup("Tehran") if entry.kind is Kind.CITY)
    assert (tehran.id, tehran.country, tehran.admin1, tehran.code) == (112931, "IRN", "Tehran", "capital")
    assert (round(tehran.lat, 1), round(tehran.lon, 1)) == (35.7, 51.4)
    assert tehran.population > 7_000_000
    assert gazetteer.of_id(112931) == tehran


def test_it_is_small_and_survives_pickling(gazetteer: Gazetteer) -> None:
    assert gazetteer.path.stat().st_size <= 40_000_000
    assert pickle.loads(pickle.dumps(gazetteer)).lookup("Kisumu") == gazetteer.lookup("Kisumu")


WRITE = """
import sys
from pathlib import Path
from dateline.grounding.gazetteer import write_gazetteer
from dateline.grounding.geonames import Row
names = (("Ville", False), ("AVX", False))
write_gazetteer(Path(sys.argv[1]), [Row(n, f"Town {n}", "city", "IRN", names=names) for n in range(20_000)])
"""


def test_two_processes_may_compile_at_once(tmp_path: Path) -> None:
    path = tmp_path / gazetteer_name()
    writers = [subprocess.Popen([sys.executable, "-c", WRITE, str(path)]) for _ in range(2)]
    assert [writer.wait() for writer in writers] == [0, 0]
    assert list(tmp_path.iterdir()) == [path]
    opened = open_gazetteer(tmp_path)
    assert [entry.id for entry in opened.lookup("Town 7")] == [7]
    assert opened.lookup("AVX") == ()


def test_a_faulty_file_of_places_is_told_of_all_its_faults(tmp_path: Path) -> None:
    faulty = tmp_path / "own.toml"
    faulty.write_text('[[place]]\nname = "X"\nkind = "moon"\nat = [99, 0]\n[[alias]]\nof = "Y"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"(?s)moon.*99.*needs of, names"):
        read_own(faulty)


def test_more_names_are_of_places_that_there_are(gazetteer: Gazetteer) -> None:
    lost = [number for number in read_aliases() if gazetteer.of_id(number) is None]
    assert lost == []


@pytest.mark.parametrize(
    ("name", "country", "admin1"), [("Washington", "USA", "District of Columbia"), ("San José", "CRI", "San José")]
)
def test_a_country_has_one_capital_of_a_name(name: str, country: str, admin1: str, gazetteer: Gazetteer) -> None:
    capitals = [it for it in gazetteer.lookup(name) if it.country == country and it.code == "capital"]
    assert [it.admin1 for it in capitals] == [admin1]
