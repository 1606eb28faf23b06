"""The cheap test: can this sentence hold an event at all? One set look-up a word, no parse.

Its words are made from the patterns: every inflected form of every trigger. It may let through too much; what it
holds back, no pattern could have matched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from dateline.coding.patterns import Pattern, Patterns

_WORD = re.compile(r"[a-z]+")

# Forms that no rule makes: the irregular words that event patterns use.
_IRREGULAR = {
    "be": "is was were are been being am", "have": "has had", "do": "did done", "beat": "beaten beating",
    "begin": "began begun", "bind": "bound", "break": "broke broken", "bring": "brought",
    "burn": "burnt", "catch": "caught", "come": "came", "cut": "cutting", "draw": "drew drawn", "drive": "drove driven",
    "fall": "fell fallen", "fight": "fought", "find": "found", "flee": "fled", "forbid": "forbade forbidden",
    "forgive": "forgave forgiven", "get": "got gotten getting", "give": "gave given", "go": "went gone",
    "hang": "hung", "hold": "held", "leave": "left leaving", "lose": "lost", "meet": "met",
    "overthrow": "overthrew overthrown",
    "pay": "paid", "put": "putting", "rise": "rose risen rising", "say": "said", "seek": "sought", "send": "sent",
    "set": "setting", "shoot": "shot shots", "shut": "shutting", "sit": "sat sitting", "slay": "slew slain",
    "speak": "spoke spoken", "spread": "spreading", "strike": "struck stricken", "swear": "swore sworn",
    "take": "took taken", "tear": "tore torn", "tell": "told", "throw": "threw thrown", "wear": "wore worn",
    "withdraw": "withdrew withdrawn", "withhold": "withheld", "write": "wrote written", "die": "dying",
    "hit": "hitting",
    "let": "letting", "bid": "bidding", "split": "splitting", "quit": "quitting", "run": "ran running", "lead": "led",
    "keep": "kept", "build": "built", "blow": "blew blown", "lay": "laid", "bear": "bore borne", "make": "made",
    "stand": "stood", "foresee": "foresaw", "undergo": "underwent undergone", "arise": "arose", "sell": "sold",
    "buy": "bought", "lend": "lent", "win": "won winning", "man": "men", "woman": "women", "stab": "stabbed stabbing",
}  # fmt: skip


def make_gate(patterns: Patterns) -> Callable[[str], bool]:
    """Return the test of a sentence: True where some pattern could match."""
    needs_of = _needs_by_form(patterns)

    def is_wanted(sentence: str) -> bool:
        words = set(_WORD.findall(sentence.lower()))
        return any(
            all(not need.isdisjoint(words) for need in needs)
            for word in words & needs_of.keys()
            for needs in needs_of[word]
        )

    return is_wanted


def _needs_by_form(patterns: Patterns) -> dict[str, list[tuple[frozenset[str], ...]]]:
    """Return, for each written form of a trigger, what else a sentence must hold: one set of forms a condition."""
    found: dict[str, list[tuple[frozenset[str], ...]]] = {}
    for pattern in patterns.all:
        needs = [_forms(words, patterns.irregular) for words in _conditions(pattern)]
        for trigger, *others in _triggers(pattern):
            also = [_forms([other], patterns.irregular) for other in others]
            for form in _forms([trigger], patterns.irregular):
                found.setdefault(form, []).append((*needs, *(forms for forms in also if forms)))
    return found


def _conditions(pattern: Pattern) -> Iterator[frozenset[str]]:
    """Yield the word lists of which a sentence must hold a word; entity marks can be met by any word."""
    for words in (pattern.subject, pattern.object, pattern.having, *(words for _, words in pattern.prep)):
        if words and not any(word.startswith("%") for word in words):
            yield words


def _forms(words: Iterable[str], irregular: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset(
        form for word in words for part in _parts(word) for form in (*inflect(part), *irregular.get(part, ()))
    )


def inflect(lemma: str) -> Iterator[str]:
    """Yield the lemma's written forms, as verb and as noun; more than exist, never fewer."""
    yield lemma
    yield from (lemma + ending for ending in ("s", "es", "ed", "d", "ing", "er", "ers"))
    if lemma.endswith("e"):
        yield from (lemma[:-1] + "ing", lemma[:-2] + "ying")
    if lemma.endswith("y"):
        yield from (lemma[:-1] + "ies", lemma[:-1] + "ied")
    if lemma.endswith(("f", "fe")):
        yield lemma.rstrip("fe") + "ves"
    yield from (lemma + lemma[-1] + ending for ending in ("ed", "ing"))
    yield from _IRREGULAR.get(lemma, "").split()


def _triggers(pattern: Pattern) -> Iterator[list[str]]:
    """Yield the words of each trigger, the longest first: all of them stand in a sentence that it matches."""
    yield from ([word] for word in (*pattern.verbs, *pattern.nouns))
    yield from (sorted(phrase, key=len, reverse=True) for phrase in pattern.phrases)


def _parts(word: str) -> list[str]:
    """Return the longest part of a word, if it has letters: `sit-in` is written in several ways."""
    return sorted(_WORD.findall(word.lower()), key=len)[-1:]
