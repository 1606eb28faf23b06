"""All who are named in a text, with or without an event: persons, bodies, groups of people, pronouns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.grounding.actors import actors_of
from dateline.grounding.cast import Cast, read_cast
from dateline.grounding.lexicon import load_lexicon
from dateline.grounding.phrases import lemma_of
from dateline.model.event import Argument, Coding, Event, Status
from dateline.model.ground import Actor, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.model.parse import Sentence, Token
    from dateline.model.text import Evidence, Report

PRONOUNS = frozenset("i me my he him his she her we us our they them their who".split())
_CUT = frozenset({"relcl", "acl", "appos", "punct", "cc", "conj", "advcl", "case"})
_ENTITIES = frozenset({"PERSON", "ORG", "NORP"})
_PREPOSITIONS = frozenset({"of"})


def find_actors(report: Report, sentences: Sequence[Sentence]) -> list[Actor]:
    """Return everybody whom the noun phrases of a parsed text name, in order; no phrase lies in another."""
    cast = read_cast(report.text, sentences)
    spans: list[Evidence] = []
    for sentence in sentences:
        for token in sorted(sentence.tokens, key=lambda one: (_depth(one, sentence), one.index)):
            if _names_actor(token, sentence, cast):
                words = _phrase(token, sentence, report)
                if not any(words.span.overlaps(other.span) for other in spans):
                    spans.append(words)
    event = [Argument(Role.RECIPIENT, words) for words in sorted(spans, key=lambda one: one.start)]
    return _described(report, sentences, cast, event)


def _described(report: Report, sentences: Sequence[Sentence], cast: Cast, found: Sequence[Argument]) -> list[Actor]:
    if not found:
        return []
    words = found[0].evidence
    event = Event(report.id, "X", None, Status.ASSERTED, words, words.span, tuple(found))
    return list(actors_of(event, report, Coding(report.id, sentences=tuple(sentences)), cast))


def _depth(token: Token, sentence: Sentence) -> int:
    return sum(1 for _ in sentence.ancestors(token))


def _names_actor(token: Token, sentence: Sentence, cast: Cast) -> bool:
    """Say whether a word is the head of a phrase for somebody."""
    if token.pos == "PRON" or token.text.lower() in PRONOUNS:
        return token.text.lower() in PRONOUNS
    if token.pos not in {"NOUN", "PROPN"} or token.dep in {"compound", "amod", "nmod"}:
        return False
    lexicon = load_lexicon()
    if token.pos == "NOUN":
        lemma = lemma_of(token)
        return lemma in lexicon.sectors or lemma in lexicon.groups or lemma in lexicon.titles or lemma in lexicon.bodies
    is_name = token.entity in _ENTITIES or not cast.known.is_free(token.start, token.end)
    return is_name or not cast.persons.is_free(token.start, token.end) or lemma_of(token).lower() in lexicon.sectors


def _phrase(token: Token, sentence: Sentence, report: Report) -> Evidence:
    """Return the noun phrase of a head, with what "of" adds, without the clauses and conjuncts that hang on it."""
    cut = [child for child in sentence.children(token) if child.dep in _CUT or _is_loose(child)]
    without = {one.index for child in cut for one in sentence.subtree(child)}
    kept = [one for one in sentence.subtree(token) if one.index not in without and not one.text.isspace()]
    return report.cite(min(one.start for one in kept), max(one.end for one in kept))


def _is_loose(child: Token) -> bool:
    return child.dep == "prep" and child.text.lower() not in _PREPOSITIONS
