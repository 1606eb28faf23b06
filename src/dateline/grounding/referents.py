"""Who has been spoken of: the people and bodies of a report that a later "he", "they" or "the ministry" may stand for.

They are found by the letters, with the words of the role lexicon, so that sentences which nobody parsed count too;
where there is a parse it tells the subjects.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.grounding.cues import load_cues
from dateline.grounding.lexicon import load_lexicon
from dateline.grounding.phrases import singular
from dateline.grounding.stretches import make_stretches
from dateline.model.ground import VoiceKind
from dateline.model.parse import place_behind
from dateline.model.text import Evidence, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.grounding.cast import Cast
    from dateline.grounding.quotations import Quotation
    from dateline.model.parse import Sentence, Token

_WORD = re.compile(r"[@\w]\w*(?:[-’'.]\w+)*")
_GAP = re.compile(r"[ \u00a0\n]|’ |' |\. |, (?=the |an? )")
_DETERMINERS = {"the", "a", "an", "his", "her", "its", "their", "our", "my", "this", "these", "those", "one", "no"}
_DEFINITE = {"the", "his", "her", "its", "their", "this", "that", "these", "those"}
_MODIFIERS = {"of", "who", "which", "in", "at", "from", "to", "on", "by", "against", "for", "about", "with"}
_JOINERS = {"of", "for", "and", "the"}
_SHORTEST_NAME = 2
_NO_NAMES = {"DATE", "TIME", "GPE", "LOC", "FAC", "EVENT", "NORP", "WORK_OF_ART", "LAW"}
_SUBJECTS = {"nsubj", "nsubjpass"}
_LONGEST_ROLE, _MOST_BEFORE, _MOST_BEHIND, _FIRST_WORDS = 4, 4, 5, 2


@dataclass(frozen=True, slots=True)
class Referent:
    """Words for people or a body.

    Attributes:
        nouns: the role words in it, lower-case and singular, each with its own head: "prime minister", "minister".
        names: its capitalised words, in lower case.
        is_definite: whether it begins with "the" or a word like it; `is_name`: whether it ends in a name.
        sex: "he" or "she" where a word tells; else empty.
        sentence: number of the sentence it stands in.
    """

    evidence: Evidence
    kind: VoiceKind
    nouns: frozenset[str]
    names: frozenset[str]
    is_many: bool
    is_definite: bool
    is_name: bool
    sex: str
    sentence: int
    is_subject: bool = False
    is_quoted: bool = False
    is_owner: bool = False

    def is_same(self, other: Referent) -> bool:
        """Say whether two are one, as far as their words tell."""
        if self.is_many != other.is_many:
            return False
        bare = self.names - self.nouns, other.names - other.nouns
        if all(bare):
            return not bare[0].isdisjoint(bare[1])
        return not self.nouns.isdisjoint(other.nouns)


@dataclass(frozen=True, slots=True)
class Referents:
    """All referents of a report, in order of the text, with the text and the sentences they stand in."""

    text: str
    items: tuple[Referent, ...]
    sentences: Sequence[Sentence]

    def before(self, offset: int, reach: int) -> Sequence[Referent]:
        """Return those that end before an offset and begin no further back than `reach` characters."""
        starts = bisect_left(self.items, offset - reach, key=_start), bisect_left(self.items, offset, key=_start)
        return [one for one in self.items[slice(*starts)] if one.evidence.end <= offset]

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence that an offset lies in or behind."""
        return place_behind(self.sentences, offset)


def _start(one: Referent) -> int:
    return one.evidence.start


def find_referents(
    text: str, sentences: Sequence[Sentence], cast: Cast, quotations: Sequence[Quotation] = ()
) -> Referents:
    """Return everyone of a report that a later pronoun or short form may stand for."""
    quoted = make_stretches((part, True) for quotation in quotations for part in quotation.parts)
    found = [
        replace(one, is_quoted=not quoted.is_free(one.evidence.start, one.evidence.end))
        for number, sentence in enumerate(sentences)
        for one in _in_sentence(text, sentence, number, cast)
    ]
    return Referents(text, tuple(sorted(found, key=_start)), sentences)


def role_words(words: str) -> list[str]:
    """Return the role words of a phrase up to the first "of" or "who" behind a word, roles of two words last."""
    lower = [word.lower().rstrip(".") for word in _before_modifiers(_WORD.findall(words))]
    pairs = [f"{left} {singular(right)}" for left, right in pairwise(lower)]
    alone = [role for word in lower for role in (singular(word), word) if role in _roles() or role in load_cues().roles]
    return [*alone, *(pair for pair in pairs if pair in _roles())]


def _before_modifiers(words: list[str]) -> list[str]:
    """Return the words up to what only says more of them: "members" of "members of the riot police"."""
    cut = next((i for i, word in enumerate(words) if i and word.lower() in _MODIFIERS), len(words))
    return words[:cut]


def read_referent(evidence: Evidence, number: int = 0) -> Referent:
    """Return what the words of a source tell by themselves."""
    return _referent(evidence, _before_modifiers(_WORD.findall(evidence.quote)) or [evidence.quote], number)


def _in_sentence(text: str, sentence: Sentence, number: int, cast: Cast) -> Iterator[Referent]:
    """Yield the referents of one sentence: role phrases, with the names that stand at them, and bare names."""
    words = [(match.group(), Span(*match.span())) for match in _WORD.finditer(text, sentence.start, sentence.end)]
    names = [span for span, _ in cast.persons.inside(sentence.start, sentence.end)]
    bodies = [span for span, one in cast.known.inside(sentence.start, sentence.end) if not one.is_person]
    bodies += [span for span, _ in cast.bodies.inside(sentence.start, sentence.end)]
    subjects = [token for token in sentence.tokens if token.dep in _SUBJECTS]
    bare = [span for token in subjects if (span := _bare_name(sentence, token)) is not None]
    spans = _joined(text, [*_role_phrases(text, words), *names, *bodies, *bare], {*names, *bare})
    subjects += [one for token in subjects for one in sentence.children(token, "appos")]
    for span in (one for one in spans if text[one.start : one.end].split()[0].lower() != "no"):
        evidence = Evidence(span.start, span.end, text[span.start : span.end])
        inside = [word for word, at in words if span.overlaps(at)]
        core = Span(span.start, span.start + len(" ".join(_before_modifiers(inside))))
        found = _referent(evidence, inside, number, is_person=any(core.overlaps(name) for name in names))
        first = len([1 for _, at in words if at.end <= span.start]) <= _FIRST_WORDS
        by_parse = any(span.start <= token.start < span.end for token in subjects)
        yield replace(
            found,
            is_subject=by_parse if sentence.tokens else first,
            is_owner=text[span.end : span.end + 2] in {"’s", "'s"},
        )


def _bare_name(sentence: Sentence, subject: Token) -> Span | None:
    """Return a name of several words that stands as a subject: nobody need know the name to see that it is one."""
    parts = [one for one in sentence.children(subject, "compound", "det") if one.index < subject.index]
    capitals = [one for one in (*parts, subject) if one.text[:1].isupper() and one.dep != "det"]
    if subject.pos != "PROPN" or len(capitals) < _SHORTEST_NAME or subject.entity in _NO_NAMES:
        return None
    return Span(parts[0].start, subject.end)


def _role_phrases(text: str, words: Sequence[tuple[str, Span]]) -> Iterator[Span]:
    """Yield the runs of words that end in a role word or, behind it, in a name: "the police chief Marga Ilves"."""
    at = floor = 0
    while at < len(words):
        size = _role_size(words, at)
        if not size:
            at += 1
            continue
        first, last = _leftmost(text, words, at, floor), _rightmost(text, words, at + size - 1)
        floor = last + 1
        yield Span(words[first][1].start, words[last][1].end)
        at = last + 1


def _role_size(words: Sequence[tuple[str, Span]], at: int) -> int:
    """Return how many words from here on are a role, the most first."""
    for size in range(min(_LONGEST_ROLE, len(words) - at), 0, -1):
        run = [word.lower() for word, _ in words[at : at + size]]
        if " ".join([*run[:-1], singular(run[-1])]) in _roles():
            return size
    return 0


def _leftmost(text: str, words: Sequence[tuple[str, Span]], at: int, floor: int) -> int:
    """Return where a role phrase begins: at its determiner, or at the capitals that stand right before it."""
    first = at
    for index in range(at - 1, max(floor, at - _MOST_BEFORE) - 1, -1):
        if not _GAP.fullmatch(text[words[index][1].end : words[index + 1][1].start]):
            break
        if words[index][0].lower() in _DETERMINERS:
            return index
        if words[index][0][:1].isupper() and first == index + 1:
            first = index
    return first


def _rightmost(text: str, words: Sequence[tuple[str, Span]], at: int) -> int:
    """Return where a role phrase ends: with the capitals right behind it, small joining words between them."""
    last = at
    for index in range(at + 1, min(len(words), at + 1 + _MOST_BEHIND)):
        if text[words[index - 1][1].end : words[index][1].start] not in {" ", ". "}:
            break
        if words[index][0][:1].isupper():
            last = index
        elif words[index][0] not in _JOINERS or not words[at][0][:1].isupper():
            break
    return last


def _joined(text: str, spans: Iterable[Span], names: set[Span]) -> list[Span]:
    """Return stretches as one where they overlap, or where a name stands beside a role: "Anna Kos, a nurse"."""
    kept: list[Span] = []
    for span in sorted(spans):
        before = kept[-1] if kept else None
        if before is not None and (before.overlaps(span) or _belong(text, before, span, names)):
            kept[-1] = Span(before.start, max(before.end, span.end))
        else:
            kept.append(span)
    return kept


def _belong(text: str, left: Span, right: Span, names: set[Span]) -> bool:
    between = text[left.end : right.start]
    named = [any(span.contains(name) for name in names) for span in (left, right)]
    if between == " ":
        return named == [False, True]
    return between == ", " and named[0] != named[1]


def _referent(evidence: Evidence, words: Sequence[str], number: int, *, is_person: bool = False) -> Referent:
    lower = [word.lower().rstrip(".") for word in words]
    nouns = _nouns(lower)
    roles = [word for word in lower if singular(word) in nouns or word in nouns]
    head = next((word for word in reversed(_before_modifiers(lower)) if word in roles), next(reversed(roles), ""))
    sex = next((sex for sex in ("she", "he") if not _sexed(sex).isdisjoint([singular(word) for word in lower])), "")
    is_body = not is_person and singular(head) in _bodies()
    is_plural = not is_person and not is_body and bool(head) and (singular(head) != head or head in load_cues().crowds)
    is_body = is_body or (not nouns and lower[0] == "the")  # "the White Cross"
    kind = VoiceKind.ORGANISATION if is_body else VoiceKind.UNNAMED if is_plural else VoiceKind.PERSON
    return Referent(
        evidence=evidence,
        kind=kind,
        nouns=nouns,
        names=frozenset(word.lower() for word in words if word[:1].isupper() or word.startswith("@")) - _DETERMINERS,
        is_many=is_plural,
        is_definite=lower[0] in _DEFINITE,
        is_name=(words[-1][:1].isupper() and lower[-1] not in nouns) or words[-1].startswith("@"),
        sex=sex,
        sentence=number,
    )


def _nouns(lower: Sequence[str]) -> frozenset[str]:
    """Return the role words among words, and the runs of them that are roles."""
    found = {"doctor" for word in lower if word == "dr"}
    for start in range(len(lower)):
        for size in range(1, min(_LONGEST_ROLE, len(lower) - start) + 1):
            run = lower[start : start + size]
            role = " ".join([*run[:-1], singular(run[-1])])
            if role in _roles():
                found.add(role)
    return frozenset(found)


@cache
def _roles() -> frozenset[str]:
    lexicon = load_lexicon()
    return (
        frozenset(
            {
                *lexicon.sectors,
                *lexicon.groups,
                *lexicon.titles,
                *lexicon.bodies,
                *load_cues().people,
                *load_cues().bodies,
            }
        )
        - load_cues().no_people
    )


@cache
def _bodies() -> frozenset[str]:
    return load_lexicon().bodies | load_cues().bodies


@cache
def _sexed(sex: str) -> frozenset[str]:
    return load_cues().sexes[sex]
