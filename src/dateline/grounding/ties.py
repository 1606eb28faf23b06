"""How a place hangs on the words of an event: what grammar alone says of where it happened.

A deed happens where it is said to ("killed nine in a church in Jos"). What is said is about many places and said in
another ("accused Russia of bombing Aleppo"): there only the place of the saying counts ("told a rally in Hope").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from dateline.grounding.words import load_words
from dateline.model.codebook import plover
from dateline.model.ground import Basis, Precision, Role
from dateline.model.parse import head_of, parsed_at, sentence_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.model.event import Coding, Event
    from dateline.model.ground import Place
    from dateline.model.parse import Sentence, Token

_DATELINE_WORDS = 12
_DASHES = ("-", "–", "—", "--")
_OPENED = re.compile(r"\s*:\s|(?:, [^\n:;()]{1,40})?(?:\s*\([^\n()]{1,40}\))?\s+(?:--|[-–—])\s")
"""What follows the place of a dateline: "Lagos:", "Lagos, Nigeria (NNA) --"."""
_GLUED = re.compile(r"(?:, [^\n:;()]{1,40})? \([A-Z][\w .&/-]{0,30}\) ?(?:--|[-–—])\s")
"""What follows that of a dateline which a headline or a byline runs into: "... after vote LAGOS, May 4 (NNA) -- "."""
_ASIDE = frozenset({"relcl", "acl", "ccomp", "advcl", "csubj", "parataxis"})
"""Relations below which another tale begins."""
_SUBJECTS = ("nsubj", "nsubjpass", "dobj")
_MEETING = "CONSULT"
"""The one type of words that is done in a place of its own."""
_ACTS = frozenset({"charge", "investigate"})
"""Forms of words that are acts of a court or the police: done where these sit."""
_SAYING = frozenset("say tell report announce state add write note claim".split())
_AWAY = re.compile(
    r"\b(?P<far>\d+|several|some|few|hundreds?|dozens?) ?-?(?P<unit>kms?|kilomet(?:er|re)s?|miles?|blocks)\b"
    r"(?: \w+){0,3} "
    r"(?:of|from) (?:the (?:city|town|capital|center|centre) (?:of )?)?$"
)
"""Words before a place that is only reckoned from: "300 km west of Bogota"."""
_UNIT_KM = {"k": 1.0, "m": 1.609}
_PRESENT = frozenset("be speak stay visit attend arrive talk gather appear".split())
"""What a speaker is said to do at the place where something is said."""
_KIND_BEFORE = re.compile(
    r"\b(?:in|at|near|outside|around) (?:the|this|our|its|their) (?:[\w'’-]+ ){0,3}"
    r"(?:(?:capital|city|town|village|province|region|district|port|suburb|stronghold|camp)(?: of| ,| city ,)?|"
    r"(?:heart|cent(?:er|re)|middle|outskirts|suburbs|edge|streets|north|south|east|west) of)$"
)
_BARE = re.compile(
    r"\b(?:in|at|near|outside|across|around|throughout|inside)(?: the)? "
    r"(?:(?:[\w-]+ ){0,2}(?:city|town|village|province|district|port|suburb|capital)(?: of|,)? )?\Z",
    re.I,
)
_BARE_BUILDING = re.compile(r"\b(?:in|at|near|outside|inside) (?:(?:an?|the|this|that) )?(?:[a-z-]+ ){0,3}\Z")
"""Words before a town whose building something is in: "in a central Jos shop"."""
_WORD = re.compile(r" ([\w’'-]+)")
_WHEREABOUTS = re.compile(r"\b(?:who|whose|born|lives?|lived|based|home) ", re.I)
"""Words before a place that tell where somebody is, and not where something happened."""
_NEAR = 40
"""Characters before a name in which the word of place stands."""
_ABBREVIATED = re.compile(r"(?:[A-Z]\.?){2,4}")


@cache
def _words() -> frozenset[str]:
    """Return the types of PLOVER that are done in words, by their quad class."""
    return frozenset(kind.code for kind in plover().types if (kind.quad or "").startswith("verbal")) - {_MEETING}


def is_saying(event: Event) -> bool:
    """Say whether an event is done in words (by its type's quad class in PLOVER) rather than at a place."""
    return event.type in _words()


@dataclass(frozen=True)
class Stand:
    """An event in the tree of its sentence.

    Attributes:
        event: the event.
        sentence: the one that holds its trigger; None where the coder saw no need to parse it.
        text: of the report.
    """

    event: Event
    sentence: Sentence | None
    text: str = ""

    @classmethod
    def of(cls, event: Event, coding: Coding, text: str = "") -> Stand:
        """Return where an event stands in its report."""
        return cls(event, parsed_at(coding.sentences, event.trigger.start), text)

    @cached_property
    def own(self) -> set[int]:
        """The words that a place may hang on: the trigger, and the verb that it is subject or object of.

        "Marches were held in Rasht": the place hangs on "held".
        """
        if self.sentence is None:
            return set()
        words = self.sentence.within(self.event.trigger.start, self.event.trigger.end)
        verbs = {word.head for word in words if word.pos == "NOUN" and word.dep in _SUBJECTS}
        return {word.index for word in words} | verbs

    @cached_property
    def is_saying(self) -> bool:
        """Whether the event is done in words, and is no act of a court or the police."""
        return is_saying(self.event) and self.event.form not in _ACTS

    def steps(self, place: Place) -> int | None:
        """Return how many heads lie between a place and the event; None if the place is not said to be where it was."""
        words = self._words(place)
        if self.sentence is None or not words or place.basis is Basis.INFERRED:
            return None
        if opens_line(place, self.sentence, self.text):
            return None
        way = list(self._way(head_of(words)))
        if not way or way[-1].index not in self.own:
            return None
        return len(way) - 1 if self._is_where(way, place) else None

    def is_about(self, place: Place) -> bool:
        """Say whether a place is that of what the event is about or follows: "a march against the war in Syria"."""
        words = self._words(place)
        return bool(words) and self._is_topic(self._way(head_of(words)))

    def speaks_at(self, place: Place) -> bool:
        """Say whether a place is where the speaker is said to be: "the minister, speaking in Jos, denied"."""
        words = self._words(place)
        way = self._way(head_of(words)) if words and place.basis is not Basis.INFERRED else []
        if not way or way[-1].index not in self.own:
            return False
        at = next((at for at, word in enumerate(way) if word.pos in ("VERB", "AUX")), 0)
        between = way[1:at]
        ties = load_words("around")["tying"]
        is_there = bool(between) and all(word.dep != "prep" or word.lemma in ties for word in between)
        return is_there and way[at].index not in self.own and way[at].lemma in _PRESENT

    def _is_topic(self, way: Sequence[Token]) -> bool:
        prepositions = [word for word in way[:-1] if word.dep == "prep"]
        about = [word for word in way[:-1] if word.pos == "NOUN" and word.lemma in load_words("around")["about"]]
        return bool(about) or any(word.lemma in load_words("around")["topic"] for word in prepositions[1:])

    def _words(self, place: Place) -> list[Token]:
        return self.sentence.within(place.evidence.start, place.evidence.end) if self.sentence else []

    def _way(self, top: Token) -> list[Token]:
        """Return the words from a place up to the event's own; all of them if none is."""
        way = [top]
        for above in self.sentence.ancestors(top) if self.sentence else ():
            if way[-1].index in self.own:
                break
            way.append(above)
        return way

    def _is_where(self, way: Sequence[Token], place: Place) -> bool:
        """Say whether the words between a place and the event tell where the event was."""
        placing, top = load_words("around")["tying"], _first_named(way)
        if top.dep in ("nsubj", "poss") or any(word.dep in _ASIDE for word in way[:-1]):
            return False
        preposition = next((word for word in way if word.dep == "prep"), None)
        if self._is_topic(way):
            return False
        if preposition is None:
            return self._is_bare(top, way, place)
        if preposition.head not in self.own and self._is_origin(preposition):
            return False
        if self.sentence and (is_owner(place, self.sentence) or is_away(place, self.sentence)):
            return False
        if self._is_aim(way):
            return False
        if not self.is_saying:
            return True
        between = [word for word in way[:-1] if word.dep in ("prep", "agent")]
        return all(word.lemma in placing for word in between) and not any(word.dep == "dobj" for word in way[:-1])

    def _is_origin(self, preposition: Token) -> bool:
        """Say whether a preposition tells whence or for whom somebody is: "a man from Jos", "Smith, 23, of Jos"."""
        if preposition.lemma == "of" and self.sentence:
            return self.sentence.head(preposition).pos in ("PROPN", "NUM")
        return preposition.lemma in load_words("around")["whence"]

    def _is_aim(self, way: Sequence[Token]) -> bool:
        """Say whether a place is what something is aimed at, and not where it is: "aims at the capture of Jos"."""
        aims = load_words("around")["aim"]
        return self.sentence is not None and any(
            word.dep == "prep" and self.sentence.head(word).lemma in aims for word in way
        )

    def _is_bare(self, top: Token, way: Sequence[Token], place: Place) -> bool:
        """Say whether a place without a preposition is where the event was: "the Jos attack", "stormed Jos"."""
        if not self.is_saying:
            is_own = top.head in self.own
            return is_own or not (self.sentence and (is_owner(place, self.sentence) or _is_office(way)))
        return top.dep in ("compound", "nmod") and top.head in self.own and place.precision is Precision.CITY


def _is_office(way: Sequence[Token]) -> bool:
    """Say whether the name of a place is part of what somebody is called: "Kano finance chief Musa Bello"."""
    titles = load_words("around")["title"]
    return way[0].dep in ("compound", "nmod") and any(
        word.entity == "PERSON" or word.lemma in titles for word in way[1:-1]
    )


def _first_named(way: Sequence[Token]) -> Token:
    """Return the word that a place stands under in a list: "Jos" for "Enugu" of "in Jos and Enugu"."""
    return next((word for word in way if word.dep not in ("conj", "appos")), way[0])


def holds_actor(event: Event, coding: Coding, place: Place) -> bool:
    """Say whether a place is where the actor is said to sit: "a court in Tehran sentenced"."""
    for evidence in event.of(Role.ACTOR):
        sentence = sentence_at(coding.sentences, evidence.start)
        words = sentence.within(place.evidence.start, place.evidence.end) if sentence else []
        if sentence and words and place.basis is Basis.STATED:
            own = {word.index for word in sentence.within(evidence.start, evidence.end)}
            preposition = sentence.head(head_of(words))
            if preposition.lemma in ("in", "at") and sentence.head(preposition).index in own:
                return True
    return False


def is_placed(place: Place, sentence: Sentence | None) -> bool:
    """Say whether something is said to be in or at a place: a preposition right before it, or before its list."""
    if sentence is None or not sentence.tokens or is_owner(place, sentence) or is_away(place, sentence):
        return False
    top = _first_listed(head_of(sentence.within(place.evidence.start, place.evidence.end)), sentence)
    if _is_behind_kind(place, sentence) or _is_before_building(place, sentence):
        return True
    before = [word for word in sentence.tokens if word.end <= min(top.start, place.evidence.start)][-2:]
    if top.start < place.evidence.start:
        before = [word for word in _line(top, sentence) if word.end <= top.start][-2:]
    placing = load_words("around")["holding"]
    return any(word.text.lower() in placing for word in before if word.text.lower() not in ("the", "a", "an"))


def is_placed_bare(place: Place, text: str) -> bool:
    """Say whether a word of place stands right before a place, where nothing was parsed."""
    before = text[max(0, place.evidence.start - _NEAR) : place.evidence.start]
    if _WHEREABOUTS.search(before):
        return False
    after = _WORD.match(text, place.evidence.end)
    kinds = load_words("kinds")
    is_building = after is not None and after[1].lower() in kinds["site"] | kinds["building"]
    return _BARE.search(before) is not None or (is_building and _BARE_BUILDING.search(before) is not None)


def _is_behind_kind(place: Place, sentence: Sentence) -> bool:
    """Say whether a place is the name of what something is said to be in: "in the capital, Khartoum"."""
    before = " ".join(word.text.lower() for word in sentence.tokens if word.end <= place.evidence.start)
    return _KIND_BEFORE.search(before) is not None


def _is_before_building(place: Place, sentence: Sentence) -> bool:
    """Say whether a town is that of a building that something is said to be in: "in a central Jos shop"."""
    head = head_of(sentence.within(place.evidence.start, place.evidence.end))
    above = sentence.head(head)
    kinds = load_words("kinds")
    is_building = above.pos == "NOUN" and above.lemma in kinds["site"] | kinds["building"]
    if head.dep not in ("compound", "nmod") or not is_building or place.precision is Precision.COUNTRY:
        return False
    return sentence.head(above).lemma in load_words("around")["holding"]


def _first_listed(word: Token, sentence: Sentence) -> Token:
    """Return the first of the names that a name is listed with: "Kenya" for "Tanzania" of "in Kenya and Tanzania"."""
    while word.dep == "conj" and sentence.head(word).pos == "PROPN":
        word = sentence.head(word)
    return word


def _line(top: Token, sentence: Sentence) -> Sequence[Token]:
    """Return the words up to the first word of a name."""
    first = min(
        (word.index for word in sentence.children(top, "compound") if word.index < top.index), default=top.index
    )
    return sentence.tokens[:first]


def is_owner(place: Place, sentence: Sentence) -> bool:
    """Say whether a country only tells whose something is: "the U.S. embassy", "citizens of France", "Iran's budget".

    "U.S." has no adjective of its own: before a noun it is one.
    """
    words = sentence.within(place.evidence.start, place.evidence.end)
    if place.precision is not Precision.COUNTRY or not words:
        return False
    head = head_of(words)
    above = sentence.head(head)
    if head.dep == "poss":
        return True
    if head.dep in ("compound", "nmod", "amod"):
        return above.lemma in load_words("around")["owned"] or bool(_ABBREVIATED.fullmatch(words[-1].text))
    return above.text.lower() == "of" and sentence.head(above).lemma in load_words("around")["owned"]


def is_away(place: Place, sentence: Sentence) -> bool:
    """Say whether a distance is reckoned from a place, so that nothing is said to be there: "40 km north of Jos"."""
    return _away(place, sentence) is not None


def km_away(place: Place, sentence: Sentence) -> float | None:
    """Return the distance that is reckoned from a place, in km; None where none is, or no number tells it."""
    away = _away(place, sentence)
    if away is None or not away["far"].isdigit():
        return None
    return int(away["far"]) * _UNIT_KM.get(away["unit"][0], 0.2)


def _away(place: Place, sentence: Sentence) -> re.Match[str] | None:
    before = [word.text.lower() for word in sentence.tokens if word.end <= place.evidence.start][-10:]
    return _AWAY.search(" ".join(before) + " ")


def is_aside(place: Place, sentence: Sentence | None) -> bool:
    """Say whether a sentence only speaks about a place, or its speaker sits there: "linked to the blasts in Kenya"."""
    words = sentence.within(place.evidence.start, place.evidence.end) if sentence else []
    if sentence is None or not words:
        return False
    top = head_of(words)
    way = [top, *sentence.ancestors(top)]
    below = next((at for at, word in enumerate(way) if word.pos in ("VERB", "AUX")), len(way))
    about = load_words("around")["about"]
    if any(word.dep == "prep" and _governs(word, sentence) in about for word in way[:below]):
        return True
    return any(word.dep == "nsubj" and sentence.head(word).lemma in _SAYING for word in way)


def _governs(word: Token, sentence: Sentence) -> str:
    """Return a preposition, or the noun that it goes on from: "in connection with"."""
    above = sentence.head(word)
    return above.lemma if above.lemma in load_words("around")["about"] else word.lemma


def opens_line(place: Place, sentence: Sentence, text: str = "") -> bool:
    """Say whether a place opens a sentence as a dateline: before a dash, a colon, or in capitals.

    In capitals, before an agency and a dash, it is one too where a headline runs into it. `text` is the report's:
    without it only parsed sentences are looked at, and only their first words.
    """
    if place.evidence.start != sentence.start:
        return _is_glued(place, sentence, text)
    opening = [word for word in sentence.tokens[:_DATELINE_WORDS] if word.start >= place.evidence.end]
    if opening and opening[0].text == ":":
        return True
    for word in opening:
        if word.text in _DASHES:
            return word.index > 0
        if word.pos in ("VERB", "AUX"):
            return False
    return not sentence.tokens and (
        place.evidence.quote.isupper() or _OPENED.match(text, place.evidence.end) is not None
    )


def _is_glued(place: Place, sentence: Sentence, text: str) -> bool:
    is_marked = place.evidence.quote.isupper() and _GLUED.match(text, place.evidence.end) is not None
    return is_marked and not text[sentence.start : sentence.end].isupper()
