"""Patterns for a codebook of one's own: made from its words and from the triggers that its examples mark.

A trigger of one word becomes a verb or a noun by its lemma; one of several words a phrase of lemmas, and, where it is a
verb with what belongs to it ("downed tools"), also the verb with these as conditions, so that "tools were downed" is
found. Then all patterns are tried on all examples; what finds too much gets conditions (`refining`), until every
example is read as it says and no counterexample as its type. What cannot be told apart so is a fault of the codebook.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from dateline.coding.gate import make_gate
from dateline.coding.lessons import Lesson, lessons_of
from dateline.coding.match import find_matches
from dateline.coding.parser import irregular_forms, parse_all
from dateline.coding.patterns import Match, Pattern, Patterns, load_patterns
from dateline.coding.refining import Context, refine
from dateline.coding.seats import with_seats
from dateline.coding.tree import Tree
from dateline.errors import CodebookError
from dateline.model.codebook import Codebook, codebook_digest, plover
from dateline.model.parse import tops_of
from dateline.model.text import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dateline.model.parse import Token

ROUNDS = 20
"""How often patterns are tried and narrowed before they are given up; each round narrows all that found too much."""

_EDGES = frozenset({"DET", "AUX", "PUNCT", "PART", "CCONJ"})
_SOLID = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_LISTS = ("verbs", "nouns", "subject", "object", "having", "lacking", "absent")


@cache
def patterns_for(codebook: Codebook) -> Patterns:
    """Return the patterns by which the coder `rules` reads by a codebook.

    Raises:
        CodebookError: naming all types that nothing teaches, and all examples that patterns cannot tell apart.
    """
    if codebook == plover():
        return load_patterns(codebook)
    shipped = load_patterns(plover()).all if codebook.extends else ()
    faults = list(_untaught(codebook))
    lessons = lessons_of(codebook)
    made = (*_from_words(codebook), *(pattern for lesson in lessons if lesson.holds for pattern in _of(lesson)))
    patterns, wrong = _taught((*_unique(made), *shipped), lessons)
    found = _gathered(patterns, codebook)
    faults += [*wrong, *_held_back(found, lessons)]
    if faults:
        raise CodebookError(f"codebook {codebook.name} cannot be used by rules:\n- " + "\n- ".join(faults))
    return found


def _untaught(codebook: Codebook) -> Iterator[str]:
    known = {kind.code for kind in plover().types} if codebook.extends else set()
    for kind in codebook.types:
        if kind.code not in known and not any(entry.words or entry.examples for _, entry in kind.taught()):
            yield f"types.{kind.code} has neither words nor examples; expected at least one word or one marked example"


def _gathered(patterns: Sequence[Pattern], codebook: Codebook) -> Patterns:
    own = [pattern for pattern in patterns if pattern.own]
    lists = [words for pattern in own for words in (*(getattr(pattern, name) for name in _LISTS), *pattern.phrases)]
    words = frozenset(word for words in lists for word in words)
    content = [[pattern.id, pattern.type, pattern.form, *_conditions(pattern)] for pattern in patterns]
    return Patterns(tuple(patterns), digest([codebook_digest(codebook), content]), irregular_forms(words))


def _conditions(pattern: Pattern) -> list[object]:
    lists = [sorted(getattr(pattern, name)) for name in (*_LISTS, "particle")]
    return [
        *lists,
        pattern.phrases,
        pattern.actor,
        pattern.recipient,
        sorted((prep, sorted(words)) for prep, words in pattern.prep),
    ]


def _unique(patterns: Iterable[Pattern]) -> list[Pattern]:
    """Return the patterns in order, each once: many examples may have one trigger."""
    return list(dict.fromkeys(patterns))


# ----------------------------------------------------------------------------------------------- triggers to patterns


def _from_words(codebook: Codebook) -> Iterator[Pattern]:
    """Yield the patterns of the words and phrases that a codebook lists."""
    listed = [
        (kind.code, form, word) for kind in codebook.types for form, entry in kind.taught() for word in entry.words
    ]
    carriers = [f"{opening} {word.lower()}." for *_, word in listed for opening in ("They", "The")]
    parsed = parse_all(carriers)
    for number, (kind, form, word) in enumerate(listed):
        pair = [sentence.tokens[1:-1] for (sentence, *_) in parsed[2 * number : 2 * number + 2]]
        yield from _of_word(_blank(kind, form, word.lower()), pair)


def _of_word(blank: Pattern, parses: Sequence[tuple[Token, ...]]) -> Iterator[Pattern]:
    """Yield the patterns of a listed word, as a verb and as a noun, or that of a phrase; by its forms and lemmas."""
    written = dict.fromkeys(tuple(token.text.lower() for token in tokens) for tokens in parses)
    lemmas = dict.fromkeys(tuple(token.lemma for token in tokens) for tokens in parses)
    found = [words for words in {**written, **lemmas} if words]
    if all(len(words) == 1 for words in found):
        single = frozenset(word for (word,) in found)
        yield from (replace(blank, verbs=single), replace(blank, nouns=single))
    else:
        yield replace(blank, phrases=tuple(found))


def _of(lesson: Lesson) -> Iterator[Pattern]:
    """Yield the patterns that an example's triggers stand for; each finds its own example, before it is narrowed."""
    for first, last in lesson.triggers:
        tokens = _core(lesson.tree.tokens[first : last + 1])
        blank = _blank(lesson.type, lesson.form, " ".join(token.lemma for token in tokens))
        single = len(tokens) == 1
        drafts = (
            [_of_one(blank, tokens[0])] if single else [_phrase(blank, tokens), _of_tree(blank, lesson.tree, tokens)]
        )
        found = [draft for draft in drafts if draft and find(lesson, draft)]
        yield from found or [_phrase(blank, _with_head(lesson.tree, tokens))]


def _core(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return a trigger without articles and auxiliaries at its edges."""
    while len(tokens) > 1 and tokens[0].pos in _EDGES:
        tokens = tokens[1:]
    while len(tokens) > 1 and tokens[-1].pos in _EDGES - {"PART"}:
        tokens = tokens[:-1]
    return tokens


def _blank(kind: str, form: str | None, words: str) -> Pattern:
    name = f"{kind}/{form}" if form else kind
    return Pattern(f"{name}: {words}", kind, form, own=True)


def _of_one(blank: Pattern, token: Token) -> Pattern | None:
    words = frozenset({token.lemma})
    if token.pos in {"VERB", "AUX"}:
        return replace(blank, verbs=words)
    return replace(blank, nouns=words) if token.pos in {"NOUN", "PROPN"} else None


def _phrase(blank: Pattern, tokens: Sequence[Token]) -> Pattern:
    return replace(blank, phrases=(tuple(token.lemma for token in tokens),))


def _with_head(tree: Tree, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return a word that only modifies a noun ("strike action") with all up to that noun."""
    head = tree.head(tokens[-1])
    if tokens[-1].dep in {"compound", "nmod", "amod", "poss"} and 0 < head.index - tokens[-1].index <= 3:
        return tree.tokens[tokens[0].index : head.index + 1]
    return tokens


def _of_tree(blank: Pattern, tree: Tree, tokens: tuple[Token, ...]) -> Pattern | None:
    """Return a trigger of several words as its head, the others as conditions; None where that is no verb or noun."""
    inside = {token.index for token in tokens}
    roots = tops_of(tokens)
    if len(roots) != 1 or roots[0].pos not in {"VERB", "NOUN", "PROPN"}:
        return None
    root = roots[0]
    used = {root.index}
    words = frozenset({root.lemma})
    if root.pos == "VERB":
        draft = _with_dependents(replace(blank, verbs=words), tree, root, inside, used)
    else:
        draft = replace(blank, nouns=words)
    rest = (token.lemma for token in tokens if token.index not in used and token.pos in _SOLID)
    return replace(draft, having=frozenset(rest))


def _with_dependents(draft: Pattern, tree: Tree, verb: Token, inside: set[int], used: set[int]) -> Pattern:
    """Return the pattern of a verb with its particle, object and prepositions inside the trigger as conditions."""
    for child in (child for child in tree.children(verb) if child.index in inside):
        below = [noun for noun in tree.children(child, "pobj") if noun.index in inside]
        if child.dep in {"dobj", "nsubjpass"}:
            draft = replace(draft, object=draft.object | {child.lemma})
        elif child.dep == "prep" and below:
            draft = replace(draft, prep=(*draft.prep, (child.lemma, frozenset(noun.lemma for noun in below))))
        elif child.dep in {"prt", "advmod", "prep"}:
            draft = replace(draft, particle=draft.particle | {child.lemma})
        else:
            continue
        used |= {child.index, *(noun.index for noun in below)}
    return draft


# ------------------------------------------------------------------------------------------------ patterns on examples


def find(lesson: Lesson, pattern: Pattern) -> list[Match]:
    """Return where a pattern alone finds what a lesson is about."""
    matches = find_matches(lesson.tree, Patterns((pattern,), ""))
    return [match for match in matches if lesson.concerns(match.first, match.last)]


def _taught(made: Sequence[Pattern], lessons: Sequence[Lesson]) -> tuple[list[Pattern], list[str]]:
    """Narrow patterns until they read all lessons rightly; return them, and what cannot be made right."""
    current = dict(enumerate(made))
    wrong: dict[int, list[Context]] = {number: [] for number in current}
    faults: list[str] = []
    for _ in range(ROUNDS):
        mistakes = _mistakes(current, lessons)
        if not mistakes:
            break
        for number, contexts in mistakes.items():
            wrong[number] += contexts
            narrowed = _narrowed(made[number], wrong[number], current, lessons)
            if narrowed is not None:
                current[number] = narrowed
                continue
            del current[number]
            if not _is_spare(made[number], current.values(), lessons):
                faults += [_fault(made[number], context.lesson) for context in contexts]
    return _seated(current.values(), lessons), faults or _missed(current.values(), lessons)


def _seated(patterns: Iterable[Pattern], lessons: Sequence[Lesson]) -> list[Pattern]:
    """Return the patterns, those of the codebook with where actors and recipients stand."""
    patterns = list(patterns)
    right = {pattern: _right(pattern, _of_type(pattern, lessons)) for pattern in patterns if pattern.own}
    of_type: dict[str, list[Context]] = {}
    for pattern, contexts in right.items():
        of_type.setdefault(pattern.type, []).extend(contexts)
    return [with_seats(it, right[it], of_type[it.type]) if it.own else it for it in patterns]


def _of_type(pattern: Pattern, lessons: Sequence[Lesson]) -> list[Lesson]:
    """Return the examples of what a pattern finds: of its form, if it has one, else of its type."""
    return [it for it in lessons if it.holds and it.type == pattern.type and pattern.form in {None, it.form}]


def _right(pattern: Pattern, lessons: Sequence[Lesson]) -> list[Context]:
    return [Context(lesson, match.head) for lesson in lessons for match in find(lesson, pattern)]


def _mistakes(current: Mapping[int, Pattern], lessons: Sequence[Lesson]) -> dict[int, list[Context]]:
    """Return where patterns find what they must not, by their number."""
    patterns = Patterns(tuple(current.values()), "")
    numbers = {pattern: number for number, pattern in current.items()}
    found: dict[int, list[Context]] = {}
    for lesson in lessons:
        for match in _wrong_in(lesson, find_matches(lesson.tree, patterns)):
            found.setdefault(numbers[match.pattern], []).append(Context(lesson, match.head))
    return found


def _wrong_in(lesson: Lesson, matches: Sequence[Match]) -> Iterator[Match]:
    """Yield what is found in a lesson against what it says."""
    concerned = [match for match in matches if lesson.concerns(match.first, match.last)]
    of_type = [match for match in concerned if match.pattern.type == lesson.type]
    if not lesson.holds:
        yield from (match for match in of_type if lesson.form in {None, match.pattern.form})
    elif of_type:
        yield from (match for match in of_type if match.pattern.form not in {None, lesson.form})
    else:
        yield from (match for match in concerned if match.pattern.own)


def _narrowed(
    pattern: Pattern, wrong: Sequence[Context], current: Mapping[int, Pattern], lessons: Sequence[Lesson]
) -> Pattern | None:
    """Return the pattern with conditions, or, where only its form is in doubt, without the form."""
    taught = _of_type(pattern, lessons)
    narrowed = refine(pattern, _right(pattern, taught), wrong, taught)
    if narrowed is None and pattern.form and all(it.lesson.type == pattern.type for it in wrong):
        formless = replace(pattern, form=None)
        return formless if formless not in current.values() else None
    return narrowed


def _is_spare(pattern: Pattern, rest: Iterable[Pattern], lessons: Sequence[Lesson]) -> bool:
    """Say whether all that a pattern rightly finds is found by another pattern of its type too."""
    others = [it for it in rest if it.type == pattern.type]
    mine = [lesson for lesson in lessons if lesson.holds and lesson.type == pattern.type and find(lesson, pattern)]
    return all(any(find(lesson, other) for other in others) for lesson in mine)


def _fault(pattern: Pattern, lesson: Lesson) -> str:
    reading = f"{pattern.type}/{pattern.form}" if pattern.form else pattern.type
    words = pattern.id.partition(": ")[2] or pattern.id
    return (
        f"{lesson.key}: {lesson.text!r} is read as {reading} by the trigger {words!r}, and no word about it tells it "
        f"from the examples of {reading}; expected other words: mark more of them as the trigger, or reword"
    )


def _missed(patterns: Iterable[Pattern], lessons: Sequence[Lesson]) -> list[str]:
    found = Patterns(tuple(patterns), "")
    return [
        f"{lesson.key}: no pattern finds the trigger of {lesson.text!r}; expected a verb, a noun or a phrase"
        for lesson in lessons
        if lesson.holds and not any(_is_right(lesson, match) for match in find_matches(lesson.tree, found))
    ]


def _is_right(lesson: Lesson, match: Match) -> bool:
    return match.pattern.type == lesson.type and lesson.concerns(match.first, match.last)


def _held_back(patterns: Patterns, lessons: Sequence[Lesson]) -> list[str]:
    """Return the examples that the gate would hold back, which reads Latin letters only."""
    is_wanted = make_gate(patterns)
    held = [lesson for lesson in lessons if lesson.holds and not is_wanted(lesson.text)]
    return [
        f"{lesson.key}: the trigger of {lesson.text!r} has no Latin letters; the coder reads English" for lesson in held
    ]
