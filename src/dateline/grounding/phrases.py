"""A noun phrase and what its words tell: head, role, names and countries in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from dateline.grounding.cues import load_cues
from dateline.grounding.lexicon import load_lexicon, words_of
from dateline.model.parse import tops_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.grounding.cast import Cast, Person
    from dateline.model.parse import Sentence, Token
    from dateline.model.text import Evidence

_STOPPERS = {"of", "in", "from", "for", "who", "which", "that", "with", "at", "near", "on", "to", "by", "and", "or"}
_SUFFIXES = {"elect", "designate"}
_LONGEST_ROLE = 4
_APPOSITION = 90
"""How far behind a title, in characters, the name of its bearer may stand: "the head of the union, Anna Kos"."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its words, and the head that says what it is.

    Attributes:
        words: lemmas in lower case of the words up to and with the head, last the head.
        head: the parsed head; None where the sentence was not parsed.
        core: offset where the head ends; modifiers such as "of the army" follow it.
        modifiers: of the words before the head, the common nouns and adjectives.
    """

    evidence: Evidence
    words: tuple[str, ...]
    head: Token | None
    core: int
    modifiers: tuple[str, ...] = ()

    @property
    def noun(self) -> str:
        """The head word, lower-case and singular."""
        return self.words[-1] if self.words else ""

    def roles(self) -> Iterator[str]:
        """Yield the runs of words that end in the head, the longest first: "riot police", then "police"."""
        for size in range(min(_LONGEST_ROLE, len(self.words)), 0, -1):
            yield " ".join(self.words[-size:])

    def is_title(self) -> bool:
        """Say whether the head is one person's public role: "the foreign minister"."""
        return not self.is_plural() and any(role in load_lexicon().titles for role in self.roles())

    def is_name(self) -> bool:
        """Say whether the head is a proper noun that is no word for a role."""
        if self.head is None or self.head.pos != "PROPN":
            return False
        return not any(role in load_lexicon().bodies or role in load_lexicon().sectors for role in self.roles())

    def is_plural(self) -> bool:
        """Say whether the head is a plural form."""
        return self.head is not None and self.head.tag in {"NNS", "NNPS"}


def read_phrase(evidence: Evidence, sentence: Sentence | None) -> Phrase:
    """Read the words of a noun phrase; without a parse, by their order alone."""
    tokens = sentence.within(evidence.start, evidence.end) if sentence else []
    head = _head(tokens)
    if sentence is None or head is None:
        return _unparsed(evidence)
    words = [lemma_of(token) for token in tokens if token.index <= head.index and token.pos != "PUNCT"]
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    modifiers = tuple(token.text.lower() for token in tokens if token.index < head.index and _says_more(token))
    return Phrase(evidence, tuple(words) or (lemma_of(head),), head, head.end, modifiers)


def _says_more(token: Token) -> bool:
    """Say whether a word before a head is a common noun, an adjective or a participle."""
    is_kind = token.pos in {"NOUN", "ADJ"} or (token.pos == "VERB" and token.dep == "amod")
    return is_kind and not token.entity and (token.text.islower() or (token.index == 0 and token.pos != "NOUN"))


def lemma_of(token: Token) -> str:
    """Return a word's lemma; parsers leave the plural of capitalised words ("Resistance Units") as it is."""
    return singular(token.lemma) if token.pos == "PROPN" else token.lemma


def _head(tokens: Sequence[Token]) -> Token | None:
    """Return the word of a run that hangs on none of the others; a nominal one if there are several."""
    tops = tops_of(tokens)
    nominal = [token for token in tops if token.pos in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}]
    return next(iter(nominal or tops), None)


def _unparsed(evidence: Evidence) -> Phrase:
    words: list[str] = []
    core = evidence.end
    for word, span in words_of(evidence.quote):
        if words and word.lower() in _STOPPERS:
            break
        words.append(word.lower())
        core = evidence.start + span.end
    if words:
        words[-1] = singular(words[-1])
    return Phrase(evidence, tuple(words), None, core)


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """Return the likely singular of a lower-case noun, by what the role lexicon knows.

    >>> singular("soldiers"), singular("policemen"), singular("parties"), singular("police")
    ('soldier', 'policeman', 'party', 'police')
    """
    for ending, instead in (("", ""), ("s", ""), ("es", ""), ("ies", "y"), ("men", "man")):
        guess = word.removesuffix(ending) + instead
        if word.endswith(ending) and guess in _role_words():
            return guess
    return word


@cache
def _role_words() -> frozenset[str]:
    lexicon = load_lexicon()
    return frozenset({*lexicon.sectors, *lexicon.groups, *lexicon.titles, *lexicon.bodies, *load_cues().people})


def person_of(phrase: Phrase, cast: Cast) -> Person | None:
    """Return the person that a phrase names: its head, or the name in apposition to a title at its head."""
    found = cast.persons.inside(phrase.evidence.start, phrase.evidence.end)
    headed = [person for span, person in found if span.start < phrase.core and phrase.core - 2 <= span.end]
    if headed:
        return headed[-1]
    for span, person in found:
        if span.start < phrase.core:
            continue
        between = phrase.evidence.quote[phrase.core - phrase.evidence.start : span.start - phrase.evidence.start]
        if phrase.is_title() and "," in between and len(between) < _APPOSITION:
            return person
        if span.end == phrase.evidence.end and not _STOPPERS & set(between.lower().split()) and "," not in between:
            return person
    return _right_behind(phrase, cast) if phrase.is_title() else None


def _right_behind(phrase: Phrase, cast: Cast) -> Person | None:
    """Return the person named right behind a phrase that leaves the name out: "the supreme leader", Ali Khamenei."""
    end = phrase.evidence.end
    close = cast.persons.overlapping(end + 1, end + len(", ") + 1)
    return next((person for span, person in close if span.start > end), None)


def following(phrase: Phrase, sentence: Sentence | None) -> list[Token]:
    """Return the nouns that say more of the head: "members of the riot police" -> police."""
    if sentence is None or phrase.head is None:
        return []
    tokens = sentence.within(phrase.core, phrase.evidence.end) if phrase.core < phrase.evidence.end else []
    return [token for token in tokens if token.pos in {"NOUN", "PROPN"} and token.dep in {"pobj", "conj", "compound"}]


def bearer_of(phrase: Phrase, cast: Cast) -> Person | None:
    """Return the one person of the report who bears the title that a phrase uses: "the minister"."""
    bearers = {
        person
        for _, person in cast.persons.items
        if person.public and person.title is not None and person.title.quote.lower() == phrase.noun
    }
    return bearers.pop() if len(bearers) == 1 else None
