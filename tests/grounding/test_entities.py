"""What an actor is, which words of a report name the same one, names of one's own, and all who are named in a text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.coding.parser import parse
from dateline.errors import ConfigError
from dateline.grounding.actors import actors_of
from dateline.grounding.cast import read_cast
from dateline.grounding.entities import bring_together
from dateline.grounding.lexicon import load_lexicon, use_names
from dateline.grounding.own_names import load_names
from dateline.grounding.people import find_actors
from dateline.model.event import Argument, Coding, Event, Status
from dateline.model.ground import Actor, ActorKind, Basis, Role
from dateline.model.text import make_report


def actors(text: str, *quotes: str, role: Role = Role.ACTOR) -> list[Actor]:
    """The actors of one event each, in the order of the quotes; a quote given twice is looked for again behind."""
    report = make_report(text)
    sentences = parse(text)
    cast, at, groups = read_cast(text, sentences), 0, []
    for quote in quotes:
        at = text.index(quote, at)
        words = report.cite(at, at + len(quote))
        event = Event(report.id, "X", None, Status.ASSERTED, words, words.span, (Argument(role, words),))
        groups.append(actors_of(event, report, Coding(report.id, sentences=sentences), cast))
        at += len(quote)
    return [actor for group in bring_together(groups, cast) for actor in group]


# text, words, kind, head, modifiers, plural
KINDS = [
    ("Three masked gunmen shot a nurse.", "Three masked gunmen", "armed_group", "gunman", ("masked",), True),
    ("Turkish police beat students.", "Turkish police", "state", "police", (), True),
    ("A soldier shot two men.", "A soldier", "individual", "soldier", (), False),
    ("Angry villagers burned a bus.", "Angry villagers", "crowd", "villager", ("angry",), True),
    ("The opposition called a strike.", "The opposition", "opposition", "opposition", (), False),
    ("Amnesty International condemned it.", "Amnesty International", "organisation", None, (), False),
    ("Mira Petrova, a nurse, was beaten.", "Mira Petrova", "individual", None, (), False),
    ("France imposed sanctions.", "France", "state", None, (), False),
    ("Three others were shot.", "Three others", "crowd", "other", (), True),
    ("Whole cities burned.", "Whole cities", "unknown", "city", ("whole",), True),
]


@pytest.mark.parametrize(("text", "words", "kind", "head", "modifiers", "plural"), KINDS)
def test_an_actor_is_of_a_kind(
    text: str, words: str, kind: str, head: str | None, modifiers: tuple[str, ...], plural: bool
) -> None:
    (found,) = actors(text, words)
    assert (found.kind, found.head, found.modifiers, found.plural) == (kind, head, modifiers, plural)


def test_a_country_stands_for_its_government_and_a_capital_only_where_it_acts() -> None:
    (france,) = actors("France imposed sanctions.", "France")
    assert (france.sector, france.country, france.basis) == ("GOV", "FRA", Basis.INFERRED)
    (moscow,) = actors("Moscow recalled its envoy.", "Moscow")
    assert (moscow.sector, moscow.country) == ("GOV", "RUS")
    (place,) = actors("Rebels shelled Moscow.", "Moscow", role=Role.RECIPIENT)
    assert place.sector == "UNK"


SECTORS = [
    ("US officials met.", "US officials", "GOV", "USA"),
    ("The former president fled.", "The former president", "ELI", None),
    ("Nigerian leaders met.", "Nigerian leaders", "GOV", "NGA"),
    ("The Irish gave money.", "The Irish", "CVL", "IRL"),
    ("Syrian government forces shelled the town.", "Syrian government forces", "MIL", "SYR"),
    ("Hezbollah positions in Syria were hit.", "Hezbollah positions in Syria", "REB", "LBN"),
    ("Kurdish fighters fled.", "Kurdish fighters", "REB", None),
]


@pytest.mark.parametrize(("text", "words", "sector", "country"), SECTORS)
def test_sector_and_country(text: str, words: str, sector: str, country: str | None) -> None:
    (found,) = actors(text, words)
    assert (found.sector, found.country) == (sector, country)


TOGETHER = [
    ("The gunmen fled. The gunmen had shot a man.", ("The gunmen", "The gunmen"), True),
    ("Soldiers entered the town. They shot two men.", ("Soldiers", "They"), True),
    ("Mira Petrova was shot. Petrova had two sons.", ("Mira Petrova", "Petrova"), True),
    ("The IRGC came. The Revolutionary Guards shot.", ("The IRGC", "The Revolutionary Guards"), True),
    ("Students marched in Lima. Students marched in Cusco.", ("Students", "Students"), False),
    ("Mira Petrova was shot. Ana Koleva was shot.", ("Mira Petrova", "Ana Koleva"), False),
    ("Turkish police came. Greek police came.", ("Turkish police", "Greek police"), False),
]


@pytest.mark.parametrize(("text", "words", "same"), TOGETHER)
def test_words_for_one_actor_are_brought_together(text: str, words: tuple[str, str], same: bool) -> None:
    first, second = actors(text, *words)
    assert first.entity is not None
    assert (first.entity == second.entity) is same


def test_somebody_with_the_surname_of_a_public_figure_is_somebody_else() -> None:
    (found,) = actors("Police beat Adaeze Putin in Lagos.", "Adaeze Putin", role=Role.RECIPIENT)
    assert (found.name, found.public) == (None, False)


@pytest.fixture
def own() -> Iterator[None]:
    yield
    use_names(())


MINE = """[organisations]
"Harbour Workers' Council of Varnograd" = { country = "BGR", sector = "LAB", also = ["HWC"] }

[figures]
"Milena Dragova" = { country = "BGR", sector = "PTY", also = ["Dragova"] }
"""


@pytest.mark.usefixtures("own")
def test_names_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(MINE, "utf-8")
    use_names(load_names(path))
    council, woman = actors("The HWC called a strike. Milena Dragova spoke.", "The HWC", "Milena Dragova")
    assert (council.name, council.sector, council.country) == ("Harbour Workers' Council of Varnograd", "LAB", "BGR")
    assert (woman.name, woman.public, woman.kind) == ("Milena Dragova", True, ActorKind.INDIVIDUAL)
    use_names(())
    assert "HWC" not in load_lexicon().names.entries


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[organisations]\n"A B" = { sector = "XXX" }', "line 2, 'A B': sector is 'XXX'; expected one of "),
        ('[figures]\n"Q R" = { country = "bgr" }', "line 2, 'Q R': country is 'bgr'; expected three capitals"),
        ('[organisations]\n"A B" = { aka = ["AB"] }', "line 2, 'A B': unknown field 'aka'; known are "),
        ('[organisations]\n"A B" = { also = "AB" }', "line 2, 'A B': also is 'AB'; expected a list of names"),
        ('[people]\n"A B" = {}', "unknown table [people]; known are organisations, figures"),
        ("nonsense", "cannot be read"),
    ],
)
def test_a_file_with_faults_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as error:
        load_names(path)
    assert message in str(error.value)


def test_all_who_are_named_are_found() -> None:
    text = "The families of the victims met General Ivo Stanev in Sofia, and soldiers guarded them."
    found = find_actors(make_report(text), parse(text))
    assert [one.evidence.quote for one in found] == [
        "The families of the victims",
        "General Ivo Stanev",
        "soldiers",
        "them",
    ]
