"""Who appears in one report: known organisations, names it abbreviates, persons, and the country it is mostly about."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dateline.grounding.lexicon import Known, load_lexicon
from dateline.grounding.stretches import Stretches, make_stretches
from dateline.grounding.trees import Tree
from dateline.model.ground import Precision
from dateline.model.parse import head_of
from dateline.model.text import Evidence, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.model.ground import Place
    from dateline.model.parse import Sentence, Token

_CAPITAL = r"(?<![\w’'-])[A-ZÀ-Þ][\w’'-]{0,40}+"
_SHORT_FORM = re.compile(
    rf"((?:(?:{_CAPITAL}|of|for|the|and|de|del|la|und|der)[ \n]){{1,10}})\(([A-Z][A-Z/&-]{{1,9}})\)"
)
_BODY = re.compile(rf"{_CAPITAL}(?: (?:of|for|and|the|on) {_CAPITAL}| {_CAPITAL}){{1,6}}")
_HONORIFIC = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Lord|Lady)\b\.?\s{1,3}")
_PARTICLE = r"(?:[ \u00a0](?:al-|el-|bin|ibn|van|von|de|da|del|di|der|abu|[A-Z]\.)){0,2}"
_PART = r"(?<![\w’'-])[^\W\d_a-z][\w’'-]{0,40}+"
_NAME = rf"{_PART}{_PARTICLE}(?:[ \u00a0]{_PART}){{0,3}}"
_WITH_HONORIFIC = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\b\.?\s{{1,3}}({_NAME})")
_WITH_AGE = re.compile(rf"({_PART}(?:[ \u00a0]{_PART}){{1,3}}), (?:aged )?\d{{1,2}},")
_BEFORE = re.compile(r"[a-z,] (?P<names>(?:[A-ZÀ-Þ][\w-]*[a-z][\w-]* ){1,3})(?<!Mr )(?<!Mrs )(?<!Ms )(?<!Dr )$")
_POSSESSIVE = re.compile(r"['’]s?$")
FAR = 20_000
"""How far back, in characters, a short form ("the ministry") may look for its full name."""

_ABOVE = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the report.

    Attributes:
        name: the fullest form that the report uses; the canonical one for a figure that the lexicon knows.
        public: whether the lexicon or a title in the report makes the person a public one.
        title: the words that made the person public, if words did.
    """

    name: str
    public: bool
    country: str | None = None
    sector: str | None = None
    title: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """Who appears in a report.

    Attributes:
        known: organisations and figures of the lexicon, and short forms that the report introduced.
        persons: every person's name as it stands, with the person.
        bodies: capitalised names of bodies that the lexicon does not know ("Varna Port Authority"), as written.
        country: code of the country that the report names most, with the words that name it first; None if unclear.
    """

    known: Stretches[Known]
    persons: Stretches[Person]
    bodies: Stretches[str]
    country: tuple[str, Evidence] | None

    def body_called(self, word: str, before: int) -> str | None:
        """Return the last body named before an offset whose name ends in a word: "the ministry"."""
        named = self.bodies.inside(max(0, before - FAR), before)
        return next((name for _, name in reversed(named) if name.lower().endswith(word)), None)


@dataclass(frozen=True, slots=True)
class _Sighting:
    """A person's name where it stands, and the word beside it that makes the person public, if any."""

    span: Span
    name: str
    title: Evidence | None = None
    sector: str | None = None


def read_cast(text: str, sentences: Sequence[Sentence], places: Sequence[Place] = ()) -> Cast:
    """Return who appears in a report. Sentences without tokens are searched by their letters alone.

    `places` are those of the report: their countries count for what its country is.
    """
    seen = list(_sightings(text, sentences))
    known = _their_own(text, _known(text), seen)
    sightings = _merged(seen, known)
    persons = _with_recurrences(text, make_stretches(_persons(sightings, known)), known)
    return Cast(known, persons, make_stretches(_bodies(text)), _main_country(text, known, places))


def _bodies(text: str) -> Iterator[tuple[Span, str]]:
    """Yield capitalised names that end in a word for a body, or go on with "of" behind one."""
    for match in _BODY.finditer(text):
        words = match.group().lower().split()
        if any(word in load_lexicon().bodies for word in (words[-1], words[0])):
            yield Span(*match.span()), " ".join(match.group().split()).removeprefix("The ")


def _known(text: str) -> Stretches[Known]:
    """Return names of the lexicon and short forms that the report introduces."""
    found = make_stretches(load_lexicon().names.find(text))
    short = _short_forms(text, found)
    if not short:
        return found
    forms = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(short)))})(?!\w)")
    added = ((Span(*match.span()), short[match.group()]) for match in forms.finditer(text))
    return make_stretches([*found.items, *(item for item in added if found.is_free(item[0].start, item[0].end))])


def _short_forms(text: str, found: Stretches[Known]) -> dict[str, Known]:
    """Return the abbreviations that the report itself introduces: "Council of National Salvation (CNS)"."""
    forms: dict[str, Known] = {}
    for match in _SHORT_FORM.finditer(text):
        start, end = match.start(), match.start(2) - 1
        inside = [known for span, known in found.inside(start, end) if span.end >= end - 2]
        name = text[start:end].strip().removeprefix("the ").removeprefix("The ")
        if inside:
            forms.setdefault(match.group(2), inside[-1])
        elif _abbreviates(match.group(2), name):
            sectors = (_sector(word.lower()) for word in reversed(name.split()))
            forms.setdefault(match.group(2), Known(name, None, next(filter(None, sectors), None)))
    return forms


def _abbreviates(short: str, name: str) -> bool:
    """Say whether the letters of a short form are the initials of a name, in order, with at most one left over."""
    initials = iter(word[0].upper() for word in re.split(r"[ \n-]+", name) if word)
    missed = sum(1 for letter in short if letter.isalpha() and letter not in initials)
    return missed <= (1 if len(short) > 3 else 0)


def _sightings(text: str, sentences: Iterable[Sentence]) -> Iterator[_Sighting]:
    """Yield every person's name that the parser or the form of the words shows."""
    for sentence in sentences:
        if sentence.tokens:
            tree = Tree.of(sentence)
            for run in _entity_runs(sentence.tokens):
                yield from _sighting(text, tree, run)
    for match in _with_title().finditer(text):
        title = Evidence(*match.span("title"), match["title"])
        yield _Sighting(Span(*match.span("name")), _plain(match["name"]), title, _sector(match["title"].lower()))
    for pattern in (_WITH_HONORIFIC, _WITH_AGE):
        for match in pattern.finditer(text):
            start, end = match.span(1)
            yield _Sighting(Span(start, end), _plain(text[start:end]))


@cache
def _with_title() -> re.Pattern[str]:
    """Return the pattern of a title with a name of two or three words behind it: "Governor Ana Ruiz"."""
    titles = sorted(
        (title.title() for title in load_lexicon().titles if title.isascii()), key=lambda one: (-len(one), one)
    )
    word = r"(?!(?:General|Minister|President|Secretary|Justice|Assembly|Court|Office)\b)[A-ZÀ-Þ][\w’'-]{1,40}+"
    return re.compile(rf"\b(?P<title>{'|'.join(map(re.escape, titles))}) (?P<name>{word}(?: {word}){{1,2}})")


def _sector(title: str) -> str | None:
    return load_lexicon().sectors.get(title)


def _entity_runs(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the words of each entity of type PERSON."""
    run: list[Token] = []
    for token in tokens:
        if run and (token.entity != "PERSON" or token.begins):
            yield run
            run = []
        if token.entity == "PERSON":
            run.append(token)
    if run:
        yield run


def _sighting(text: str, tree: Tree, run: list[Token]) -> Iterator[_Sighting]:
    """Yield the sighting of one entity, with the title that stands at it."""
    lexicon = load_lexicon()
    while run and (run[0].lemma in lexicon.titles or not run[0].text[:1].isupper()):
        run = run[1:]
    while run and not run[-1].text[:1].isupper():
        run = run[:-1]
    if not run or (run[0].entity and any(char.isdigit() for token in run for char in token.text)):
        return
    start, end = run[0].start, run[-1].end
    honorific = _HONORIFIC.match(text, start, end)
    start = honorific.end() if honorific else start
    end -= len(text[start:end]) - len(_POSSESSIVE.sub("", text[start:end]))
    if start < end:
        title = _title_at(tree, run)
        evidence = Evidence(title.start, title.end, text[title.start : title.end]) if title else None
        sector = _sector_of(title, tree) if title else None
        yield _Sighting(Span(start, end), _plain(text[start:end]), evidence, sector)


def _sector_of(title: Token, tree: Tree) -> str | None:
    """Return the sector of a title; of "the former minister" that of those who were in power."""
    is_former = any(child.lemma in load_lexicon().former for child in tree.children(title, "amod"))
    return "ELI" if is_former else _sector(title.lemma)


def _title_at(tree: Tree, run: list[Token]) -> Token | None:
    """Return the word that gives a person a public role: before the name, or in apposition to it."""
    titles = load_lexicon().titles
    head = head_of(run)
    near = [
        *tree.children(head, "compound", "nmod", "appos", "amod"),
        *tree.tokens[max(run[0].index - 1, 0) : run[0].index],
    ]
    if head.dep in {"appos", "compound", "nmod"} or (head.dep == "dep" and tree.head(head).pos == "NOUN"):
        near.append(tree.head(head))
    for token in near:
        if token.lemma in titles and token.pos in {"NOUN", "PROPN", "ADJ"}:
            return token
    return None


def _plain(name: str) -> str:
    """Return a name without possessive and line breaks."""
    return _POSSESSIVE.sub("", " ".join(name.split()))


def _merged(sightings: Iterable[_Sighting], known: Stretches[Known]) -> list[_Sighting]:
    """Return sightings in order, one a place: none inside another or inside the name of an organisation."""
    kept: list[_Sighting] = []
    for sighting in sorted(sightings, key=lambda one: (one.span.start, -one.span.end, one.title is None)):
        over = known.overlapping(sighting.span.start, sighting.span.end)
        in_organisation = any(span.contains(sighting.span) and span != sighting.span for span, _ in over)
        if not in_organisation and not (kept and kept[-1].span.overlaps(sighting.span)):
            kept.append(sighting)
    return kept


def _their_own(text: str, known: Stretches[Known], sightings: Sequence[_Sighting]) -> Stretches[Known]:
    """Leave out surnames of public figures that stand in the name of somebody else: "Adaeze Putin"."""
    strange = {span for span, one in known.items if one.is_person and _has_other_name(text, span, one, known)}
    others = {
        span
        for sighting in sightings
        for span, one in known.inside(sighting.span.start, sighting.span.end)
        if one.is_person and span.start > sighting.span.start and not _shares(sighting.name, one.name, span, sighting)
    }
    return make_stretches(item for item in known.items if item[0] not in others | strange)


def _has_other_name(text: str, span: Span, figure: Known, known: Stretches[Known]) -> bool:
    """Say whether capitals inside a sentence stand before a surname that are no title and not the figure's."""
    if " " in text[span.start : span.end] or not (found := _BEFORE.search(text[max(0, span.start - 60) : span.start])):
        return False
    words = found["names"].split()
    lexicon = load_lexicon()
    told = lexicon.titles | lexicon.sectors.keys() | lexicon.groups | lexicon.former
    is_other = not any(word in figure.name or word.lower() in told for word in words)
    base = max(0, span.start - 60)
    here = Span(base + found.start("names"), base + found.end("names"))
    return (
        is_other and known.is_free(here.start, here.end) and not [*lexicon.countries.find(text, here.start, here.end)]
    )


def _shares(name: str, figure: str, span: Span, sighting: _Sighting) -> bool:
    """Say whether the words before the surname are of the figure's name, or none of a name."""
    before = name[: span.start - sighting.span.start].split()
    given = [word for word in before if word[:1].isupper() and word.lower() not in load_lexicon().titles]
    return not given or any(word.strip(".") in figure for word in given)


def _persons(sightings: Sequence[_Sighting], known: Stretches[Known]) -> Iterator[tuple[Span, Person]]:
    """Bring the names of one person together: a single name goes to the one full name that has it as a part."""
    figures = {one.name: Person(one.name, True, one.country, one.sector) for _, one in known.items if one.is_person}
    full = _full_names([*(sighting.name for sighting in sightings), *figures])
    facts: dict[str, list[_Sighting]] = {}
    for sighting in sightings:
        facts.setdefault(full.get(sighting.name, sighting.name), []).append(sighting)
    people = {name: figures.get(name) or _person(name, seen) for name, seen in facts.items()}
    yield from ((span, figures[one.name]) for span, one in known.items if one.is_person)
    for sighting in sightings:
        if known.is_free(sighting.span.start, sighting.span.end):
            yield sighting.span, people[full.get(sighting.name, sighting.name)]


def _with_recurrences(text: str, persons: Stretches[Person], known: Stretches[Known]) -> Stretches[Person]:
    """Add the places where a surname of the report stands alone and the parser saw no name."""
    owners = {person.name: person for _, person in persons.items}
    surnames = {part: owners[name] for part, name in _full_names(owners).items() if name.endswith(part)}
    wanted = [part for part in sorted(surnames) if len(part) > 2 and " " not in part]
    if not wanted:
        return persons
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, wanted))})(?![\w-])")
    added = ((Span(*match.span()), surnames[match.group()]) for match in pattern.finditer(text))
    free = (item for item in added if all(names.is_free(item[0].start, item[0].end) for names in (persons, known)))
    return make_stretches([*persons.items, *free])


def _full_names(names: Iterable[str]) -> dict[str, str]:
    """Return single names -> the only full name of the report that has them as a part."""
    owners: dict[str, set[str]] = {}
    for name in sorted({name for name in names if " " in name}):
        for part in {name.split(" ")[-1], name.split(" ")[0], name.split(" ", 1)[1]}:
            owners.setdefault(part, set()).add(name)
    return {part: next(iter(full)) for part, full in sorted(owners.items()) if len(full) == 1 and part not in full}


def _person(name: str, sightings: Sequence[_Sighting]) -> Person:
    titled = next((sighting for sighting in sightings if sighting.title), None)
    if titled is None:
        return Person(name, public=False)
    return Person(name, public=True, sector=titled.sector, title=titled.title)


def _main_country(text: str, known: Stretches[Known], places: Iterable[Place]) -> tuple[str, Evidence] | None:
    """Return the country that the report names most, if it names it clearly more often than any other.

    A country's own organisations, figures and places count for it as well, with half the weight: the police of a report
    on a town are not of the country that a shopkeeper there is from.
    """
    counts: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for span, code in load_lexicon().countries_in(text):
        counts[code] += 2
        first.setdefault(code, span)
    for span, one in known.items:
        if one.country and one.sector != "JRN" and one.country not in _ABOVE:
            counts[one.country] += 1
            first.setdefault(one.country, span)
    for place in places:
        if place.country and place.precision is not Precision.COUNTRY:
            counts[place.country] += 1
            first.setdefault(place.country, place.evidence.span)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], first[item[0]]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 1.5 * ranked[1][1]):
        return None
    code, span = ranked[0][0], first[ranked[0][0]]
    return code, Evidence(span.start, span.end, text[span.start : span.end])
