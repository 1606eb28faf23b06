"""Who did it and to whom: the noun phrases of an event -> `Actor` with sector, country and, if public, a name."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.grounding.antecedents import antecedent_of
from dateline.grounding.cast import Cast, Person, read_cast
from dateline.grounding.entities import head_of, kind_of
from dateline.grounding.lexicon import Known, load_lexicon
from dateline.grounding.phrases import Phrase, bearer_of, following, lemma_of, person_of, read_phrase
from dateline.grounding.quotations import find_quotations
from dateline.grounding.referents import find_referents
from dateline.model.ground import Actor, Basis, Role
from dateline.model.parse import sentence_at
from dateline.model.text import Evidence, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.grounding.referents import Referents
    from dateline.grounding.sources import Claim
    from dateline.model.event import Coding, Event
    from dateline.model.parse import Sentence, Token
    from dateline.model.text import Report

_PERSONAL = {"he", "she", "him", "her", "his", "himself", "herself"}
_PLURAL = {"they", "them", "their", "themselves"}
_SPEAKER = {"i", "me", "my", "we", "us", "our", "myself", "ourselves"}
_THING = {"it", "its", "itself"}
_RELATIVE = {"who", "which", "whom", "that", "whose"}
_PRONOUNS = _PERSONAL | _PLURAL | _THING | _RELATIVE | _SPEAKER | {"you", "some", "others", "those", "one", "all"}
_OFFICES = {"GOV", "LEG", "JUD", "MIL"}
_ARMED = {"REB", "MIL", "PRM", "COP", "SPY", "UAF", None}
_SENTENCE_END = re.compile(r"[.!?]\)?\s")
_LEADING = re.compile(r"^(?:the|a|an|its|his|her|their|this|that)\s+", re.IGNORECASE)
_DEFINITE = {"the", "this", "that", "these", "those"}
_SAYS_MORE = {"compound", "poss", "amod", "nmod"}
_FULLER_BACK = 12
_LONGEST_NAME = 80
_BY_WORDS = {"ACCUSE", "REJECT", "REQUEST", "SUPPORT"}
_SAYING = {"ADJ", "ADV", "INTJ", "AUX"}
_PREDICATES = {"attr", "oprd", "aux"}


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is needed to read one actor: the report's text, sentences, cast, claims and referents."""

    text: str
    sentences: Sequence[Sentence]
    cast: Cast
    claims: Sequence[Claim]
    referents: Referents

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the parsed sentence that covers an offset, if it was parsed."""
        found = sentence_at(self.sentences, offset)
        return found if found and found.tokens else None

    def cite(self, start: int, end: int) -> Evidence:
        """Return the words between two offsets."""
        return Evidence(start, end, self.text[start:end])


def actors_of(
    event: Event,
    report: Report,
    coding: Coding,
    cast: Cast | None = None,
    claims: Sequence[Claim] = (),
    referents: Referents | None = None,
) -> tuple[Actor, ...]:
    """Return the actors and recipients of an event, in the coder's order, actors first.

    `cast` and `referents` are who appears in the report; they may be given where several events share them. With the
    report's `claims`, "we" and "I" in somebody's words stand for whoever says them, and an act of words that names no
    actor ("this is a disgrace") is the speaker's, by inference.
    """
    cast = cast or read_cast(report.text, coding.sentences)
    referents = referents or find_referents(report.text, coding.sentences, cast, find_quotations(report.text))
    scene = _Scene(report.text, coding.sentences, cast, claims, referents)
    spoken = None if event.of(Role.ACTOR) else _spoken_by(event, scene)
    acting = [_carried(_actor(Role.ACTOR, spoken, scene))] if spoken is not None else []
    sides = {role: event.of(role) for role in (Role.ACTOR, Role.RECIPIENT)}
    others = {Role.ACTOR: (), Role.RECIPIENT: [it.span for it in sides[Role.ACTOR]]}
    found = [(_actor(role, words, scene, others[role]), words) for role, them in sides.items() for words in them]
    return (*acting, *(_carried(it) if _is_elsewhere(report.text, words, event) else it for it, words in found))


def _spoken_by(event: Event, scene: _Scene) -> Evidence | None:
    """Return the words for whoever says what is an act by itself: "a disgrace", "they must go"."""
    sentence = scene.sentence_at(event.trigger.start)
    token = sentence.at(event.trigger.start) if sentence is not None else None
    if token is None or event.type not in _BY_WORDS or not (token.pos in _SAYING or token.dep in _PREDICATES):
        return None
    return _innermost_source(event.trigger.span, scene)


def _is_elsewhere(text: str, words: Evidence, event: Event) -> bool:
    """Say whether a party's words stand in a sentence before the event's own: the coder inferred it from there."""
    return words.end <= event.clause.start and bool(_SENTENCE_END.search(text, words.end, event.clause.start))


def _carried(actor: Actor) -> Actor:
    return replace(actor, basis=Basis.INFERRED, support=actor.support or (actor.evidence,))


def private_names(text: str, sentences: Sequence[Sentence], cast: Cast | None = None) -> list[Evidence]:
    """Return where private persons are named in a report: everyone whom neither lexicon nor a title makes public.

    Every recurrence of a full name or surname counts, in sentences that were not parsed too.
    """
    cast = cast or read_cast(text, sentences)
    public = {part for _, person in cast.persons.items if person.public for part in person.name.split()}
    private = {person.name for _, person in cast.persons.items if not person.public}
    wanted = private | {name.split()[-1] for name in private if " " in name and name.split()[-1] not in public}
    spans = {span for span, person in cast.persons.items if not person.public}
    covered = [span for span, person in cast.persons.items if person.public] + [span for span, _ in cast.known.items]
    for name in sorted(wanted):
        words = r"\s+".join(map(re.escape, name.split()))
        spans.update(Span(*match.span()) for match in re.finditer(rf"(?<!\w){words}(?!\w)", text))
    kept = [span for span in sorted(spans) if not any(other.overlaps(span) for other in covered)]
    return [Evidence(span.start, span.end, text[span.start : span.end]) for span in _outermost(kept)]


def _outermost(spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans that lie in no other, in order."""
    end = -1
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if span.end > end:
            yield span
            end = span.end


def _actor(role: Role, evidence: Evidence, scene: _Scene, others: Sequence[Span] = ()) -> Actor:
    """Return one actor: what its own words tell, or what the words it stands for tell; it is none of the `others`."""
    phrase = read_phrase(evidence, scene.sentence_at(evidence.start))
    is_pronoun = phrase.noun in _PRONOUNS and not _is_acronym(phrase)
    nearer = _antecedent(phrase, scene, others) if is_pronoun else _fuller(phrase, scene)
    if nearer is None:
        return (
            Actor(role, evidence, sector="UNK", basis=Basis.UNKNOWN) if is_pronoun else _described(role, phrase, scene)
        )
    found = _described(role, read_phrase(nearer, scene.sentence_at(nearer.start)), scene)
    support = (nearer, *found.support)
    return replace(found, evidence=evidence, basis=Basis.RESOLVED, support=support)


def _is_acronym(phrase: Phrase) -> bool:
    """Say whether a word that could be a pronoun is a name in capitals: "US", "WHO"."""
    written = phrase.evidence.quote[: phrase.core - phrase.evidence.start]
    return phrase.head is not None and phrase.head.pos == "PROPN" and written.endswith(("US", "WHO"))


def _described(role: Role, phrase: Phrase, scene: _Scene) -> Actor:
    """Return the actor that a noun phrase describes."""
    person, known = person_of(phrase, scene.cast), _known_in(phrase, scene.cast)
    sector = _sector(phrase, scene, person, known)
    name, public = _name(phrase, scene, person, known)
    country, support = _country(phrase, scene, person, known)
    basis = Basis.INFERRED if support else Basis.STATED
    if sector == "UNK" and (state := _state(role, phrase, scene)):
        sector, country, public, basis, support = "GOV", state, True, Basis.INFERRED, (phrase.evidence,)
    kind = kind_of(phrase, sector, person, known)
    head, plural = head_of(phrase), phrase.is_plural() if phrase.head else None
    return Actor(
        role, phrase.evidence, name, country, sector, public, basis, support, kind, head, phrase.modifiers, plural
    )


def _state(role: Role, phrase: Phrase, scene: _Scene) -> str | None:
    """Return the country whose government a phrase stands for: "France", and "Paris" where it acts."""
    lexicon = load_lexicon()
    named = list(lexicon.lands.find(scene.text, phrase.evidence.start, phrase.evidence.end))
    if role is Role.ACTOR:
        named += lexicon.seats.find(scene.text, phrase.evidence.start, phrase.evidence.end)
    return next((code for span, code in named if span.start < phrase.core <= span.end), None)


def _known_in(phrase: Phrase, cast: Cast) -> Known | None:
    """Return the known organisation of a phrase: its head ("the MEK"), else the one that stands at the head."""
    found = [item for item in cast.known.inside(phrase.evidence.start, phrase.evidence.end) if not item[1].is_person]
    headed = [known for span, known in found if span.start < phrase.core <= span.end]
    before = [known for span, known in found if span.end < phrase.core]
    after = [known for span, known in found if span.start >= phrase.core]
    return next(iter([*headed, *reversed(before), *after]), None)


def _is_head(phrase: Phrase, known: Known, cast: Cast) -> bool:
    """Say whether the phrase is the organisation itself, not somebody of it."""
    found = cast.known.inside(phrase.evidence.start, phrase.evidence.end)
    return any(one is known and span.start < phrase.core <= span.end for span, one in found)


def _sector(phrase: Phrase, scene: _Scene, person: Person | None, known: Known | None) -> str:
    """Return the sector: of the organisation itself, of the role word, else of what stands beside a vague head."""
    lexicon = load_lexicon()
    if known is not None and known.sector and _is_head(phrase, known, scene.cast):
        return known.sector
    if person is not None and (sector := _titled_sector(phrase) or person.sector):
        return sector
    own = _own_sector(phrase)
    exact = any(" " in role and role in lexicon.sectors for role in phrase.roles())
    vague = own is None or (phrase.noun in lexicon.groups and not exact)
    if own is not None and not vague:
        return own
    if known is not None and known.sector:
        return known.sector
    beside = _beside(phrase, scene)
    return next((lexicon.sectors[word] for word in beside if word in lexicon.sectors), own or _default(phrase, person))


def _titled_sector(phrase: Phrase) -> str | None:
    """Return the sector of the title before a name: "Prime Minister" says more of today than the lexicon does."""
    words, lexicon = phrase.words[:-1], load_lexicon()
    runs = (" ".join(words[start:end]) for end in range(len(words), 0, -1) for start in range(max(0, end - 3), end))
    title = next((run for run in runs if run in lexicon.titles and run in lexicon.sectors), None)
    is_former = bool(lexicon.former & set(words))
    return None if title is None else "ELI" if is_former else lexicon.sectors[title]


def _own_sector(phrase: Phrase) -> str | None:
    """Return the sector of the role word at the head; who left an office is of the sector for that."""
    sectors, former = load_lexicon().sectors, load_lexicon().former
    own = next((sectors[role] for role in phrase.roles() if role in sectors), None)
    return "ELI" if own in _OFFICES and former & set(phrase.words[:-1]) else own


def _default(phrase: Phrase, person: Person | None) -> str:
    """Return the sector where no role word tells: "Nigerian leaders" rule, a person and a people are civilians."""
    last = phrase.evidence.quote[: phrase.core - phrase.evidence.start].split()[-1:]
    if phrase.noun == "leader" and any(map(load_lexicon().is_people, phrase.evidence.quote.split())):
        return "GOV"
    return "CVL" if person is not None or any(map(load_lexicon().is_people, last)) else "UNK"


def _beside(phrase: Phrase, scene: _Scene) -> list[str]:
    """Return role words of a phrase with a vague head: "a group of students", "student leaders"."""
    after = [token.lemma for token in following(phrase, scene.sentence_at(phrase.evidence.start))]
    return [*after, *reversed(phrase.words[:-1])]


def _name(phrase: Phrase, scene: _Scene, person: Person | None, known: Known | None) -> tuple[str | None, bool]:
    """Return the name and whether the actor is public; private persons and unnamed people have no name."""
    lexicon = load_lexicon()
    if person is not None:
        return (person.name, True) if person.public else (None, False)
    own = _own_sector(phrase)
    if known is not None and (_is_head(phrase, known, scene.cast) or phrase.noun in lexicon.groups or own in _ARMED):
        return known.name, True
    if any(role in lexicon.bodies for role in phrase.roles()):
        name = _proper_name(phrase, scene)
        return name, name is not None or phrase.noun not in lexicon.groups
    if phrase.head is not None and phrase.head.entity == "ORG" and phrase.head.pos == "PROPN":
        name = _proper_name(phrase, scene)
        return (None, False) if name and _may_be_personal(name) else (name, True)
    if phrase.is_title():
        bearer = bearer_of(phrase, scene.cast)
        return bearer.name if bearer else None, True
    return None, False


def _may_be_personal(name: str) -> bool:
    """Say whether a name has the shape of a person's. Taggers take persons for bodies, and a mask must fail closed.

    >>> _may_be_personal("Gisela Brandhorst"), _may_be_personal("UNITA"), _may_be_personal("Bank of Commerce")
    (True, False, False)
    """
    words = name.split()
    return 2 <= len(words) <= 3 and all(word[:1].isupper() and word[1:].islower() for word in words)


def _proper_name(phrase: Phrase, scene: _Scene) -> str | None:
    """Return the capitalised words of an organisation's name, without what only says whose it is."""
    words = _LEADING.sub("", scene.text[phrase.evidence.start : phrase.core])
    words = re.sub(r"^.*['’]s\s+", "", " ".join(words.split()))
    capitals = [word for word in words.split() if word[:1].isupper()]
    if (len(capitals) > 1 or (capitals and phrase.is_name())) and len(words) <= _LONGEST_NAME:
        return words
    return scene.cast.body_called(phrase.noun, phrase.evidence.start)


def _country(
    phrase: Phrase, scene: _Scene, person: Person | None, known: Known | None
) -> tuple[str | None, tuple[Evidence, ...]]:
    """Return the country and, where it was inferred, the words that it was inferred from."""
    lexicon = load_lexicon()
    named = lexicon.countries_in(scene.text, phrase.evidence.start, phrase.evidence.end)
    own = [code for span, code in named if span.end <= phrase.core]
    of_whom = [one.country for one in (person, known) if one is not None and one.country]
    behind = [code for span, code in named if span.end > phrase.core]
    if found := [*own, *of_whom, *behind]:
        return found[0], ()
    is_of_state = any(role in lexicon.states for role in phrase.roles())
    if is_of_state and scene.cast.country is not None:
        code, words = scene.cast.country
        return code, (words,)
    return None, ()


def _antecedent(phrase: Phrase, scene: _Scene, others: Sequence[Span]) -> Evidence | None:
    """Return the words that a pronoun stands for: what its clause hangs on, who speaks, or whom the report names."""
    sentence = scene.sentence_at(phrase.evidence.start)
    if sentence is None or phrase.head is None:
        return None
    if phrase.noun in _RELATIVE:
        return _relative(phrase.head, sentence, scene)
    if phrase.noun in _SPEAKER:
        return _innermost_source(phrase.evidence.span, scene)
    return antecedent_of(phrase.evidence, scene.referents, but=others)


def _innermost_source(words: Span, scene: _Scene) -> Evidence | None:
    """Return the source of the innermost claim whose content holds the words."""
    around = [claim for claim in scene.claims if claim.source is not None and claim.holds(words)]
    inner = min(around, key=lambda claim: claim.content.end - claim.content.start, default=None)
    if inner is None or inner.source is None:
        return None
    if inner.source.quote.lower() not in _PRONOUNS:
        return inner.source
    return next(iter(inner.voice.support), None)


def _fuller(phrase: Phrase, scene: _Scene) -> Evidence | None:
    """Return the fuller phrase that a bare vague one goes back to: "the units" after "Resistance Units"."""
    if len(phrase.words) != 2 or phrase.words[0] not in _DEFINITE or phrase.noun not in load_lexicon().groups:
        return None
    here = bisect_right(scene.sentences, phrase.evidence.start, key=lambda one: one.start)
    for sentence in reversed(scene.sentences[max(0, here - _FULLER_BACK) : here]):
        for token in reversed(sentence.tokens):
            same = lemma_of(token) == phrase.noun and token.end <= phrase.evidence.start
            if same and any(child.dep in _SAYS_MORE for child in sentence.children(token)):
                return _noun_phrase(token, sentence, scene)
    return None


def _relative(head: Token, sentence: Sentence, scene: _Scene) -> Evidence | None:
    verb = next((token for token in sentence.ancestors(head) if token.dep == "relcl"), None)
    return _noun_phrase(sentence.head(verb), sentence, scene) if verb is not None else None


def _noun_phrase(token: Token, sentence: Sentence, scene: _Scene) -> Evidence:
    """Return the noun phrase of a head without clauses that hang on it."""
    left = token.index
    right = token.index
    hanging = {
        one.index for one in sentence.children(token) if one.dep in {"relcl", "acl", "appos", "punct", "cc", "conj"}
    }
    without = {one.index for index in hanging for one in sentence.subtree(sentence.tokens[index])}
    for one in sentence.subtree(token):
        if one.index not in without:
            left, right = min(left, one.index), max(right, one.index)
    return scene.cite(sentence.tokens[left].start, sentence.tokens[right].end)
