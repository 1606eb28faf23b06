"""Trying patterns on the words of a parsed sentence, and settling which of several readings stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coding.grammar import words
from dateline.coding.patterns import Match
from dateline.coding.slots import find_objects, find_subjects, is_passive
from dateline.coding.tree import Tree, is_word, lemmas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.coding.patterns import Pattern, Patterns
    from dateline.model.parse import Token

_VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
# A noun that only modifies another is no event ("an arrest warrant"), unless it modifies one of these.
_TRANSPARENT = words("match", "transparent")
# How many words behind its verb the rest of a trigger may stand ("wrote slogans", "sentenced to death").
_REACH = 3


def find_matches(tree: Tree, patterns: Patterns) -> list[Match]:
    """Return the events' triggers of a sentence, in the order of their heads; one a head, no two of one event."""
    found: dict[int, Match] = {}
    for match in _candidates(tree, patterns):
        best = found.get(match.head.index)
        if best is None or _rank(match) > _rank(best):
            found[match.head.index] = match
    return _settled([found[index] for index in sorted(found)])


def _rank(match: Match) -> tuple[bool, int, int]:
    return match.pattern.own, match.last - match.first, match.pattern.conditions


def _candidates(tree: Tree, patterns: Patterns) -> Iterator[Match]:
    for token in tree.tokens:
        if phrases := patterns.by_phrase.get(token.lemma):
            yield from _phrase_matches(tree, token, phrases)
        known = _patterns_of(tree, token, patterns)
        if known and (pattern_of := _first_fit(tree, token, known)):
            yield Match(pattern_of, token, *_words(tree, token, pattern_of))


def _patterns_of(tree: Tree, token: Token, patterns: Patterns) -> Sequence[Pattern]:
    if token.pos in _VERBAL and token.dep not in {"aux", "auxpass", "amod", "compound"}:
        return patterns.by_verb.get(token.lemma, ())
    if token.pos not in _NOMINAL:
        return ()
    known = next(filter(None, map(patterns.by_noun.get, lemmas(token))), None)
    return () if known is None or _is_modifier(tree, token) or _is_name(token) else known


def _is_name(token: Token) -> bool:
    """Say whether a noun belongs to a name or a date: the month of March, the Liberation Front's Strike Force."""
    return token.entity == "DATE" or (token.pos == "PROPN" and token.entity in {"ORG", "PERSON", "GPE", "FAC"})


def _is_modifier(tree: Tree, token: Token) -> bool:
    """Say whether a noun merely modifies another, as in "arrest warrant"."""
    if token.dep not in {"compound", "nmod", "poss", "amod"}:
        return False
    return tree.head(token).lemma not in _TRANSPARENT


def _first_fit(tree: Tree, token: Token, patterns: Iterable[Pattern]) -> Pattern | None:
    return next((pattern for pattern in patterns if holds(tree, token, pattern)), None)


def _phrase_matches(tree: Tree, token: Token, phrases: Iterable[tuple[tuple[str, ...], Pattern]]) -> Iterator[Match]:
    """Yield the phrases that begin with a token's lemma, where they stand and fit. Most fail at their second word."""
    second = tree.tokens[min(token.index + 1, len(tree.tokens) - 1)]
    seconds = (second.lemma, second.text.lower())
    for phrase, pattern in phrases:
        if len(phrase) == 1 or phrase[1] in seconds:
            match = _phrase_match(tree, token, phrase, pattern)
            if match and holds(tree, match.head, pattern):
                yield match


def _phrase_match(tree: Tree, token: Token, phrase: tuple[str, ...], pattern: Pattern) -> Match | None:
    last = token.index + len(phrase) - 1
    if last >= len(tree.tokens):
        return None
    words = tree.tokens[token.index : last + 1]
    if not all(part in {word.lemma, word.text.lower()} for part, word in zip(phrase, words, strict=True)):
        return None
    heads = [word for word in words if not token.index <= word.head <= last or word.head == word.index]
    solid = [word for word in heads if word.pos in _VERBAL | _NOMINAL] or list(words)
    return Match(pattern, solid[0], token.index, last)


def _words(tree: Tree, token: Token, pattern: Pattern) -> tuple[int, int]:
    """Return the token range of a trigger: its head, and what its conditions found close behind it."""
    needed = [child for child in tree.children(token, "prt", "prep", "advmod") if child.lemma in pattern.particle]
    for prep, nouns in pattern.prep:
        needed += [noun for noun in tree.objects(token, prep) if is_word(noun, nouns)]
    if pattern.object and token.pos in _VERBAL:
        needed += [
            noun for noun in tree.children(token, "dobj") if noun.pos == "NOUN" and is_word(noun, pattern.object)
        ]
    close = [other.index for other in needed if token.index < other.index <= token.index + _REACH]
    return token.index, max(close, default=token.index)


def holds(tree: Tree, token: Token, pattern: Pattern) -> bool:
    """Say whether all conditions of a pattern hold around a token."""
    return (
        _has_particle(tree, token, pattern)
        and _has_object(tree, token, pattern)
        and _has_subject(tree, token, pattern)
        and _has_prepositions(tree, token, pattern)
        and _has_words(tree, token, pattern)
        and not (pattern.absent and any(is_word(word, pattern.absent) for word in tree.tokens))
    )


def _has_particle(tree: Tree, token: Token, pattern: Pattern) -> bool:
    if not pattern.particle:
        return True
    return any(child.lemma in pattern.particle for child in tree.children(token, "prt", "prep", "advmod"))


def _has_object(tree: Tree, token: Token, pattern: Pattern) -> bool:
    return not pattern.object or any(is_word(part, pattern.object) for part in parts_of_object(tree, token))


def _has_subject(tree: Tree, token: Token, pattern: Pattern) -> bool:
    return not pattern.subject or any(is_word(part, pattern.subject) for part in parts_of_subject(tree, token))


def parts_of_object(tree: Tree, token: Token) -> list[Token]:
    """Return the words of which a condition on the object must find one, around a trigger."""
    if token.pos in _NOMINAL:
        objects = tree.objects(token, "of")
    elif is_passive(tree, token):
        objects = [*find_subjects(tree, token), *tree.children(token, "dobj", "oprd")]
    else:
        objects = find_objects(tree, token)
    return _parts(tree, objects)


def parts_of_subject(tree: Tree, token: Token) -> list[Token]:
    """Return the words of which a condition on the subject must find one, around a trigger."""
    if token.pos in _NOMINAL:
        subjects = [*tree.objects(token, "by", "of"), *tree.children(token, "poss", "compound", "amod")]
    elif is_passive(tree, token):
        subjects = tree.objects(token, "by")
    else:
        subjects = find_subjects(tree, token)
    return _parts(tree, subjects)


def _parts(tree: Tree, heads: Iterable[Token]) -> list[Token]:
    """Return what names the parties of noun phrases: their heads and conjuncts, and what modifies those."""
    return [
        part
        for head in heads
        for one in tree.conjuncts(head)
        for part in (one, *tree.children(one, "compound", "amod", "nummod"))
    ]


def _has_prepositions(tree: Tree, token: Token, pattern: Pattern) -> bool:
    return all(
        any(is_word(part, words) for part in _parts(tree, tree.objects(token, prep))) for prep, words in pattern.prep
    )


def _has_words(tree: Tree, token: Token, pattern: Pattern) -> bool:
    if not pattern.having and not pattern.lacking:
        return True
    if pattern.lacking and any(is_word(word, pattern.lacking) for word in own_words(tree, token)):
        return False
    return not pattern.having or any(is_word(word, pattern.having) for word in words_around(tree, token))


def words_around(tree: Tree, token: Token) -> list[Token]:
    """Return the words of which a condition on what stands with a trigger must find one."""
    return [*tree.subtree(token), *_beside(tree, token)]


def own_words(tree: Tree, token: Token) -> list[Token]:
    """Return the token and what is below it, without other clauses."""
    clauses = {"conj", "advcl", "relcl", "ccomp", "parataxis"}
    return tree.subtree(
        token, frozenset(child.index for child in tree.children(token, *clauses) if child.pos in _VERBAL)
    )


def _beside(tree: Tree, noun: Token) -> list[Token]:
    """Return what hangs by prepositions from the verb that an event noun is subject or object of."""
    if noun.dep not in {"nsubj", "nsubjpass", "dobj"} or noun.pos not in _NOMINAL:
        return []
    return [word for prep in tree.children(tree.head(noun), "prep") for word in tree.subtree(prep)]


def _settled(matches: list[Match]) -> list[Match]:
    """Drop matches that lie inside a longer trigger, or that repeat the event of a neighbour in the tree.

    What a codebook of one's own says of some words goes before what the patterns that ship say of them.
    """
    own = [match for match in matches if match.pattern.own]
    matches = [match for match in matches if match.pattern.own or not any(_overlap(match, other) for other in own)]
    longest = [match for match in matches if not any(_covers(other, match) for other in matches)]
    return [match for match in longest if not any(_repeats(match, other) for other in longest if other is not match)]


def _overlap(match: Match, other: Match) -> bool:
    return match.first <= other.last and other.first <= match.last


def _covers(longer: Match, match: Match) -> bool:
    inside = longer.first <= match.first and match.last <= longer.last
    return inside and longer.last - longer.first > match.last - match.first


def _repeats(match: Match, other: Match) -> bool:
    """Say whether a match names the event of another: "staged a protest march", "acts of protest"."""
    if match.pattern.type != other.pattern.type:
        return False
    if match.head.head == other.head.index and match.head.dep in {"compound", "nmod", "amod"}:
        return True
    carried = other.head.head == match.head.index and other.head.dep in {"dobj", "pobj"}
    return carried and match.pattern.form in {None, other.pattern.form}
