"""Who appears in one report: known organisations, names it abbreviates, persons, and the country it is mostly about."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.grounding.lexicon import Known, load_lexicon
from dateline.grounding.trees import Tree, make_tree
from dateline.model.text import Evidence, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.model.parse import Sentence, Token

_SHORT_FORM = re.compile(
    r"((?:[A-Z][\w’'-]+|of|for|the|and|de|del|la|und|der)(?:[ \n-](?=\S)|(?= \()))+\(([A-Z][A-Z/&-]{1,9})\)"
)
_HONORIFIC = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Lord|Lady)\b\.?\s+")
_PARTICLE = r"(?:[ \u00a0](?:al-|el-|bin|ibn|van|von|de|da|del|di|der|abu|[A-Z]\.)){0,2}"
_NAME = rf"[^\W\d_a-z][\w’'-]*{_PARTICLE}(?:[ \u00a0][^\W\d_a-z][\w’'-]*){{0,3}}"
_WITH_HONORIFIC = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\b\.?\s+({_NAME})")
_WITH_AGE = re.compile(r"\b([^\W\d_a-z][\w’'-]+(?:[ \u00a0][^\W\d_a-z][\w’'-]+){1,3}), (?:aged )?\d{1,2},")
_POSSESSIVE = re.compile(r"['’]s?$")
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
        known: organisations and figures of the lexicon, and short forms that the report introduced, in order.
        persons: every person's name as it stands, in order, with the person.
        country: code of the country that the report names most, with the words that name it first; None if unclear.
    """

    known: tuple[tuple[Span, Known], ...]
    persons: tuple[tuple[Span, Person], ...]
    country: tuple[str, Evidence] | None

    def known_in(self, start: int, end: int) -> list[tuple[Span, Known]]:
        """Return the known names that lie inside a stretch of text."""
        return [(span, known) for span, known in self.known if start <= span.start and span.end <= end]

    def persons_in(self, start: int, end: int) -> list[tuple[Span, Person]]:
        """Return the persons whose names lie inside a stretch of text."""
        return [(span, person) for span, person in self.persons if start <= span.start and span.end <= end]


@dataclass(frozen=True, slots=True)
class _Sighting:
    """A person's name where it stands, and the word beside it that makes the person public, if any."""

    span: Span
    name: str
    title: Evidence | None = None
    sector: str | None = None


def read_cast(text: str, sentences: Sequence[Sentence]) -> Cast:
    """Return who appears in a report. Sentences without tokens are searched by their letters alone."""
    known = _known(text)
    taken = [span for span, _ in known]
    sightings = _merge_sightings(_sightings(text, sentences), taken)
    persons = _persons(sightings, known)
    return Cast(tuple(known), tuple(persons), _main_country(text, known))


def _known(text: str) -> list[tuple[Span, Known]]:
    """Return names of the lexicon and short forms that the report introduces, in order."""
    lexicon = load_lexicon()
    found = list(lexicon.names.find(text))
    short = _short_forms(text, found)
    taken = {span.start for span, _ in found}
    for form, known in short.items():
        matches = re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text)
        found.extend((Span(*match.span()), known) for match in matches if match.start() not in taken)
    return sorted(found, key=lambda item: item[0])


def _short_forms(text: str, found: Sequence[tuple[Span, Known]]) -> dict[str, Known]:
    """Return the abbreviations that the report itself introduces: "Council of National Salvation (CNS)"."""
    forms: dict[str, Known] = {}
    for match in _SHORT_FORM.finditer(text):
        full, short = Span(match.start(), match.end() - len(match.group(2)) - 2), match.group(2)
        inside = [
            known
            for span, known in found
            if span.start >= full.start and span.end >= full.end - 2 and span.end <= full.end
        ]
        name = text[full.start : full.end].strip().removeprefix("the ").removeprefix("The ")
        if inside:
            forms.setdefault(short, inside[-1])
        elif _abbreviates(short, name):
            forms.setdefault(short, Known(name, None, None))
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
            tree = make_tree(sentence)
            for run in _entity_runs(sentence.tokens):
                yield from _sighting(text, tree, run)
    for pattern in (_WITH_HONORIFIC, _WITH_AGE):
        for match in pattern.finditer(text):
            start, end = match.span(1)
            yield _Sighting(Span(start, end), _plain(text[start:end]))


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
        sector = lexicon.sectors.get(title.lemma) if title else None
        yield _Sighting(Span(start, end), _plain(text[start:end]), evidence, sector)


def _title_at(tree: Tree, run: list[Token]) -> Token | None:
    """Return the word that gives a person a public role: before the name, or in apposition to it."""
    titles = load_lexicon().titles
    inside = {token.index for token in run}
    head = next((token for token in run if token.head not in inside or token.head == token.index), run[-1])
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


def _merge_sightings(sightings: Iterable[_Sighting], taken: Sequence[Span]) -> list[_Sighting]:
    """Return sightings in order, one a place: none inside another or inside the name of an organisation."""
    kept: list[_Sighting] = []
    blocked = set(taken)
    for sighting in sorted(sightings, key=lambda one: (one.span.start, -one.span.end, one.title is None)):
        inside_organisation = any(span.contains(sighting.span) and span != sighting.span for span in blocked)
        if not inside_organisation and not (kept and kept[-1].span.overlaps(sighting.span)):
            kept.append(sighting)
    return kept


def _persons(sightings: Sequence[_Sighting], known: Sequence[tuple[Span, Known]]) -> list[tuple[Span, Person]]:
    """Bring the names of one person together: a single name goes to the one full name that has it as a part."""
    figures = {one.name: Person(one.name, True, one.country, one.sector) for _, one in known if one.is_person}
    found = {span: figures[one.name] for span, one in known if one.is_person}
    blocked = [span for span, _ in known]
    full = _full_names([*(sighting.name for sighting in sightings), *figures])
    facts: dict[str, list[_Sighting]] = {}
    for sighting in sightings:
        facts.setdefault(full.get(sighting.name, sighting.name), []).append(sighting)
    people = {name: figures.get(name) or _person(name, seen) for name, seen in facts.items()}
    for sighting in sightings:
        if not any(span.overlaps(sighting.span) for span in blocked):
            found[sighting.span] = people[full.get(sighting.name, sighting.name)]
    return sorted(found.items(), key=lambda item: item[0])


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


def _main_country(text: str, known: Sequence[tuple[Span, Known]]) -> tuple[str, Evidence] | None:
    """Return the country that the report names most, if it names it clearly more often than any other.

    A country's own organisations and figures count for it as well, with half the weight.
    """
    counts: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for span, code in load_lexicon().countries.find(text):
        counts[code] += 2
        first.setdefault(code, span)
    for span, one in known:
        if one.country and one.sector != "JRN" and one.country not in _ABOVE:
            counts[one.country] += 1
            first.setdefault(one.country, span)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], first[item[0]]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 1.5 * ranked[1][1]):
        return None
    code, span = ranked[0][0], first[ranked[0][0]]
    return code, Evidence(span.start, span.end, text[span.start : span.end])
