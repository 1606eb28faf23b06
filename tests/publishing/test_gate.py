"""The gate judged by itself: private names planted into files that are rendered already, each in many disguises."""

from __future__ import annotations

import html
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dateline.publishing import Material, gate, publish
from dateline.publishing.gate import LeakError, check_folder
from dateline.publishing.names import Suppressed, phrases_of
from dateline.publishing.redact import plan
from dateline.publishing.sieve import sieve_of

from .planted import PLANTED

NAMES = sorted({it.name for it in PLANTED})
PLAIN = [it for it in NAMES if "&" not in it and unicodedata.is_normalized("NFKC", it) and not it.startswith("L e")]
"""Those that are not in disguise already."""


@pytest.fixture(scope="module")
def suppressed(planted: Material) -> Suppressed:
    return plan(planted.reports, planted.mentions).suppressed


@pytest.fixture(scope="module")
def rendered(planted: Material, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rendered") / "out"
    publish(planted, folder)
    return folder


AROUND = [
    ("", ""),
    ("x ", " y"),
    ("in Leipzig ", ", 9"),
    ("der ", " der"),
    ("a\n", "\n3"),
    ("West ", " Germany."),
    ("- ", ";"),
]
"""What stands before and behind a name."""


def no_accents(name: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char))


def surname_first(name: str) -> str:
    given, _, rest = name.partition(" ")
    return f"{rest}, {given}" if rest else name


def with_initial(name: str) -> str:
    given, _, rest = name.partition(" ")
    return f"{given[0]}. {rest}" if rest else name


SPELT: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "in capitals": str.upper,
    "in lower case": str.lower,
    "without accents": no_accents,
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "surname first": surname_first,
    "with an initial": with_initial,
    "on two lines": lambda name: name.replace(" ", "\n"),
    "with no break": lambda name: name.replace(" ", "\u00a0"),
    "with a soft hyphen": lambda name: f"{name[:3]}\u00ad{name[3:]}",
}

WRITTEN: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "plain": ("data/notes.md", str.encode),
    "JSON with escapes": ("data/a.json", lambda name: ascii_json(name).encode()),
    "JSON on a new line": ("data/a.jsonl", lambda name: json.dumps({"a": f"said\n{name}\tx"}).encode()),
    "JSON in JSON": ("data/a.json", lambda name: json.dumps(json.dumps({"a": f"said\n{name}"})).encode()),
    "HTML with entities": ("page.html", lambda name: "".join(f"&#{ord(it)};" for it in name).encode()),
    "HTML with hexadecimal entities": ("page.html", lambda name: "".join(f"&#x{ord(it):x};" for it in name).encode()),
    "an address": ("a.csv", lambda name: f"https://news.example/{quote(name)}".encode()),
    "an address in HTML": ("p.html", lambda name: html.escape(f'<a href="/p?q={quote(name)}&b=1">').encode()),
    "an address in an address": ("a.csv", lambda name: quote(quote(name)).encode()),
    "UTF-16": ("a.txt", lambda name: f"the report of {name} today".encode("utf-16")),
    "UTF-16 without a mark": ("a.txt", lambda name: f"x {name} x".encode("utf-16-be")),
}


def ascii_json(name: str) -> str:
    return "".join(rf"\u{unit:04x}" for unit in units(name))


def units(name: str) -> list[int]:
    data = name.encode("utf-16-be")
    return [int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2)]


def passes(folder: Path, path: str, content: bytes, suppressed: Suppressed) -> bool:
    """Say whether the gate lets a file with this content leave."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    try:
        check_folder(folder, suppressed)
    except LeakError:
        return False
    return True


def test_what_is_rendered_is_clean(rendered: Path, suppressed: Suppressed) -> None:
    check_folder(rendered, suppressed)
    assert len(NAMES) >= 190


@pytest.mark.parametrize("way", SPELT)
def test_every_name_is_caught_however_it_is_spelt(tmp_path: Path, suppressed: Suppressed, way: str) -> None:
    missed = [it for it in PLAIN if passes(tmp_path, "a.md", f"x {SPELT[way](it)} y".encode(), suppressed)]
    assert missed == []


@pytest.mark.parametrize("way", WRITTEN)
def test_every_name_is_caught_however_it_is_written(tmp_path: Path, suppressed: Suppressed, way: str) -> None:
    path, write = WRITTEN[way]
    assert [it for it in PLAIN if passes(tmp_path, path, write(it), suppressed)] == []


def test_every_name_is_caught_in_parquet(tmp_path: Path, suppressed: Suppressed) -> None:
    missed = []
    for name in NAMES:
        table = pa.table({"a": [[{"b": "x", "c": f"words of {name}"}]]})
        pq.write_table(table, tmp_path / "a.parquet")
        try:
            check_folder(tmp_path, suppressed)
            missed.append(name)
        except LeakError:
            pass
    assert missed == []


@pytest.mark.parametrize("way", SPELT)
def test_the_sieve_holds_every_text_in_which_a_closer_look_finds_a_name(suppressed: Suppressed, way: str) -> None:
    """However the words around it are parted: the sieve only spares looks that find nothing."""
    sieve = sieve_of(suppressed)
    texts = [f"{before}{SPELT[way](it)}{behind}" for it in NAMES for before, behind in AROUND]
    held = [it for it in texts if suppressed.words_in(it)]
    assert len(held) > len(texts) / 2
    assert [it for it in held if not sieve.may_hold(it)] == []
    assert not any(sieve.may_hold(it) for it in ("", "the police", "dispersed a demonstration 1, 2, 3"))


def test_a_cell_that_ends_in_a_hyphen_hides_no_name(tmp_path: Path, suppressed: Suppressed) -> None:
    """Cells are no lines of one text: the words of two are never taken for one that a hyphen parts."""
    for rows in ({"a": ["said Weberling-", "he went"]}, {"a": ["said Weberling-"], "b": ["he went"]}):
        pq.write_table(pa.table(rows), tmp_path / "a.parquet")
        with pytest.raises(LeakError):
            check_folder(tmp_path, suppressed)


def test_a_name_is_caught_at_every_place_of_a_large_file(
    tmp_path: Path, suppressed: Suppressed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files are read in blocks: what the edge of one cuts in two is seen in the next, and a public name is no leak."""
    monkeypatch.setattr(gate, "_BLOCK", 64)
    for at in range(0, 140, 3):
        for joint in ("x", "\n", "é"):
            filling = (joint * 150).encode()
            name = "Лена Вeберлинг Lena Weberling".encode()
            assert not passes(tmp_path, "a.txt", filling[: at * 2] + b" " + name + b" " + filling, suppressed), at
            assert passes(tmp_path, "a.txt", filling[: at * 2] + b" in West Germany \n" + filling, suppressed), at


def test_a_name_is_caught_in_bytes_metadata_and_file_names(tmp_path: Path, suppressed: Suppressed) -> None:
    pq.write_table(pa.table({"a": [b"words of Lena Weberling"]}), tmp_path / "a.parquet")
    with pytest.raises(LeakError):
        check_folder(tmp_path, suppressed)
    pq.write_table(pa.table({"a": [1]}).replace_schema_metadata({"by": "Lena Weberling"}), tmp_path / "a.parquet")
    with pytest.raises(LeakError):
        check_folder(tmp_path, suppressed)
    (tmp_path / "a.parquet").rename(tmp_path / "weberling.txt")
    with pytest.raises(LeakError):
        check_folder(tmp_path, suppressed)


def test_one_name_anywhere_in_a_rendered_file_is_enough(rendered: Path, tmp_path: Path, suppressed: Suppressed) -> None:
    """Into the middle of each text file of a publication, a name each."""
    files = sorted(it for it in rendered.rglob("*") if it.is_file() and it.suffix != ".parquet")
    for path, name in zip(files, NAMES[::7], strict=False):
        content = path.read_bytes()
        middle = content.find(b"\n", len(content) // 2) + 1 or len(content)
        planted = content[:middle] + f" {name} ".encode() + content[middle:]
        assert not passes(tmp_path, path.name, planted, suppressed), (path.name, name)
        (tmp_path / path.name).unlink()


ROMANISED = [
    # planted, and how passports, agencies and other languages write it; written by hand, not by the code that is judged
    ("Светлана Прохоренкова", ["Svetlana Prokhorenkova", "Swetlana Prochorenkowa", "Svetlana Prohorenkova"]),
    ("Дмитро Галушенкович", ["Dmytro Halushenkovych", "Dmitro Galuschenkowitsch", "Dmitri Galushenkovich"]),
    ("Ђорђе Станимировић", ["Djordje Stanimirovic", "Đorđe Stanimirović"]),
    ("Айгүл Сәдуақасова", ["Aigul Saduakasova", "Aygul Saduakassova"]),
    ("Гульнара Ишмухаметьева", ["Gulnara Ishmukhametyeva", "Gulnara Ischmuchametjewa"]),
    ("Мирослав Кочубейник", ["Myroslav Kochubeinyk", "Miroslaw Kotschubejnik"]),
    ("Ελευθερία Παπαδογιάννη", ["Eleftheria Papadogianni", "Eleutheria Papadoyanni"]),
    ("Στέλιος Χατζημπέης", ["Stelios Chatzimpeis", "Stelios Hatzimpeis"]),
    ("Βασιλική Κουτσογιώργη", ["Vasiliki Koutsogiorgi", "Vassiliki Koutsoyorgi"]),
    ("پریسا گلزاریان", ["Parisa Golzarian", "Parissa Gulzaryan"]),
    ("بهروز کیامنشی", ["Behrouz Kiamaneshi", "Behrooz Kiyamaneshi"]),
    ("مهسا رستگارپور", ["Mahsa Rastegarpour", "Mahsa Rastgarpur"]),
    ("آرش دلاورنیا", ["Arash Delavarnia", "Arash Delawarniya"]),
    ("خالد الدباغيني", ["Khalid al-Dabbaghini", "Khaled El Dabaghini"]),
    ("ياسمين الحمصاني", ["Yasmin al-Homsani", "Jasmin Houmsani"]),
    ("مصطفى القباطيني", ["Mustafa al-Qabatini", "Moustafa Kabatini"]),
    ("رانيا أبو طربوشة", ["Rania Abu Tarbousha", "Raniya Abou Tarbusha"]),
    ("שירה בן־עמיאל", ["Shira Ben-Amiel"]),
    ("יונתן גולדווסר", ["Yonatan Goldwasser", "Jonatan Goldvaser"]),
    ("מיכל אברמובסקי", ["Michal Abramovsky", "Mikhal Abramowski"]),
    ("ნინო ჭავჭანიძე", ["Nino Chavchanidze"]),
    ("გიორგი წერეთლიანი", ["Giorgi Tseretliani", "Georgi Zeretliani"]),
    ("Անահիտ Գրիգորյանց", ["Anahit Grigoryants", "Anahit Grigoriantz"]),
    ("संजीवनी फडकुले", ["Sanjivani Phadkule"]),
    ("रामेश्वर तिवाड़ी", ["Rameshwar Tiwadi"]),
    ("ትዕግስት ገብረሥላሴ", ["Tigist Gebreselassie", "Tegest Gebre Selassie"]),
    ("ዮሐንስ ወልደሚካኤል", ["Yohannes Woldemikael", "Johannes Weldemichael"]),
    ("ብርሃኔ ተስፋጽዮን", ["Berhane Tesfatsion", "Birhane Tesfazion"]),
    ("김하늘별", ["Gim Haneulbyeol", "Kim Haneul Byeol"]),
    ("Günther Krämerling", ["Guenther Kraemerling", "Gunther Kramerling"]),
    ("Łucja Wiśniewolska", ["Lucja Wisniewolska"]),
    ("Þórdís Hallgrímsdóttir", ["Thordis Hallgrimsdottir"]),
    ("Gökçe Yıldırımkan", ["Gokce Yildirimkan"]),
]

NOT_TOLD = {
    "Kim Haneul Byeol",
    "Gim Haneulbyeol",
    "Tegest Gebre Selassie",
    "Shira Ben-Amiel",
    "Nino Chavchanidze",
    "Eleftheria Papadogianni",
    "Eleutheria Papadoyanni",
    "Vassiliki Koutsoyorgi",
    "Michal Abramovsky",
    "Mikhal Abramowski",
}
"""Parted otherwise than in the other script, with few consonants, or a v that is a b or an f there: a stated limit."""


@pytest.mark.parametrize(("name", "others"), ROMANISED, ids=[name for name, _ in ROMANISED])
def test_a_name_in_another_script_is_caught_in_latin(
    tmp_path: Path, suppressed: Suppressed, name: str, others: list[str]
) -> None:
    missed = {it for it in others if passes(tmp_path, "a.csv", f"id\r\n1,{it} said\r\n".encode(), suppressed)}
    assert missed <= NOT_TOLD


@pytest.mark.parametrize(
    ("text", "leaks"),
    [("at the\nNew Forum", False), ("at the New\nForum", False), ("at the\nForum", True), ("at the\tForum", True),
     ("of We-\nberling", True), ("of \\nForum", True)],
)  # fmt: skip
def test_json_is_read_as_what_it_says(tmp_path: Path, text: str, leaks: bool) -> None:
    """The n of a line's end is no letter of the word behind it: it neither hides a name nor cuts a public one."""
    names = Suppressed(phrases_of([]), frozenset({"forum", "weberling"}), phrases_of([("new", "forum")]))
    assert passes(tmp_path, "a.jsonl", json.dumps({"text": text}).encode(), names) is not leaks


ORDINARY = """The police dispersed a demonstration in Homs and arrested dozens of students. At least 30 were killed
by shelling, the Ministry of Health said. Workers at the port of Beirut walked out; Human Rights Watch counted 14 dead.
{"type":"FeatureCollection","features":[]} event_id_cnty,sub_event_type,assoc_actor_1,priogrid_gid,geom_wkt,huridocs
Leipzig Dresden Plauen Shiraz Isfahan Mashhad Kyiv Kharkiv Yangon Mandalay Addis Ababa Mekelle Tbilisi"""


def test_ordinary_words_pass(tmp_path: Path, suppressed: Suppressed) -> None:
    words = ORDINARY.split()
    assert [it for it in words if not passes(tmp_path, "a.md", it.encode(), suppressed)] == []
    assert passes(tmp_path, "a.md", ORDINARY.encode(), suppressed)
