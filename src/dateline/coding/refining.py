"""Conditions for a pattern that finds too much, learnt from where it is right and where it is wrong.

Tried in this order, and taken if the pattern then finds all that it rightly found and nothing that it must not:

1. what must stand as its object, then as its subject, then anywhere about it: the words that stand there in examples
   and in no wrong place. The examples must vouch for each other: at least two in three must hold a word there that
   another one holds too, for else the condition would know these very sentences and no others. A noun has no such
   conditions on object and subject, which it mostly leaves out;
2. what must not hang from it; 3. what must not stand in its sentence: the fewest words of the wrong places that no
   example has.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dateline.coding.match import holds, own_words, parts_of_object, parts_of_subject, words_around

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dateline.coding.lessons import Lesson
    from dateline.coding.patterns import Pattern
    from dateline.coding.tree import Tree
    from dateline.model.parse import Token

_CONTENT = frozenset({"NOUN", "VERB", "ADJ"})
_UNSAYING = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"})

Finder = Callable[["Tree", "Token"], "list[Token]"]


@dataclass(frozen=True, eq=False)
class Context:
    """Where a pattern fits: a lesson, and the head of the trigger in it."""

    lesson: Lesson
    head: Token

    def words(self, finder: Finder) -> frozenset[str]:
        """Return the words that conditions can name among those that a finder gives."""
        return _words(finder(self.lesson.tree, self.head), self.head)


def refine(
    pattern: Pattern, right: Sequence[Context], wrong: Sequence[Context], lessons: Sequence[Lesson]
) -> Pattern | None:
    """Return the pattern with conditions that keep it from what is wrong; None if nothing does.

    Args:
        pattern: as it was made.
        right: where it must go on fitting.
        wrong: where it must not fit.
        lessons: all examples of its type, found by this pattern or not: their marked parties are words for conditions.
    """
    for draft in _drafts(pattern, right, wrong, lessons):
        if _fits_all(draft, right) and not any(_fits(draft, it) for it in wrong):
            return draft
    return None


def _fits(pattern: Pattern, context: Context) -> bool:
    return holds(context.lesson.tree, context.head, pattern)


def _fits_all(pattern: Pattern, contexts: Iterable[Context]) -> bool:
    return all(_fits(pattern, context) for context in contexts)


def _drafts(
    pattern: Pattern, right: Sequence[Context], wrong: Sequence[Context], lessons: Sequence[Lesson]
) -> Iterator[Pattern]:
    narrower: list[Pattern] = []
    if not pattern.nouns:
        narrower += _demands(pattern, "object", parts_of_object, right, wrong, _marked(lessons, "recipient"))
        narrower += _demands(pattern, "subject", parts_of_subject, right, wrong, _marked(lessons, "actor"))
    narrower += _demands(pattern, "having", words_around, right, wrong, {})
    yield from narrower
    for draft in (pattern, *narrower):
        if not _fits_all(draft, right):
            continue
        left = [context for context in wrong if _fits(draft, context)]
        near = replace(draft, lacking=draft.lacking | _telling(left, own_words, right, lessons))
        yield near
        left = [context for context in left if _fits(near, context)]
        yield replace(near, absent=draft.absent | _telling(left, _sentence, right, lessons))


def _demands(
    pattern: Pattern,
    field: str,
    finder: Finder,
    right: Sequence[Context],
    wrong: Sequence[Context],
    marked: Mapping[Lesson, frozenset[str]],
) -> Iterator[Pattern]:
    """Yield the pattern with what must stand in a place, if the examples vouch for each other on it."""
    if getattr(pattern, field):
        return
    foul = frozenset[str]().union(*(context.words(finder) for context in wrong))
    held = dict(marked)
    for context in right:
        held[context.lesson] = held.get(context.lesson, frozenset()) | context.words(finder)
    pool = [words for it in held.values() if (words := it - foul)]
    vouched = [
        words for place, words in enumerate(pool) if any(words & it for at, it in enumerate(pool) if at != place)
    ]
    if len(vouched) >= 2 and 3 * len(vouched) >= 2 * len(held):
        shared = field == "having"  # around a trigger stands much by chance: only what two examples share is meant
        demanded: Any = _shared(pool) if shared else frozenset[str]().union(*pool)
        yield replace(pattern, **{field: demanded})


def _shared(pool: Sequence[frozenset[str]]) -> frozenset[str]:
    return frozenset(word for words in pool for word in words if sum(word in it for it in pool) > 1)


def _marked(lessons: Iterable[Lesson], role: str) -> dict[Lesson, frozenset[str]]:
    """Return the words for a party, of each example in which one is marked."""
    return {
        lesson: _words(tokens, None) for lesson in lessons for name, tokens in lesson.parties if name == role and tokens
    }


def _words(tokens: Iterable[Token], head: Token | None) -> frozenset[str]:
    """Return words as conditions name them: lemmas of content words, and persons by their kind."""
    found = {token.lemma for token in tokens if _says_much(token) and token is not head}
    return frozenset(found | {"%PERSON" for token in tokens if token.entity == "PERSON"})


def _says_much(token: Token) -> bool:
    return token.pos in _CONTENT and token.entity not in _UNSAYING and token.lemma.isalpha()


def _telling(
    wrong: Sequence[Context], finder: Finder, right: Sequence[Context], lessons: Sequence[Lesson]
) -> frozenset[str]:
    """Return few words that tell the wrong contexts from all examples; of equals, the nearest to the trigger."""
    innocent = frozenset[str]().union(
        *(context.words(finder) for context in right), *(_words(lesson.tree.tokens, None) for lesson in lessons)
    )
    choices = [
        {word: far for word, far in _distances(context, finder).items() if word not in innocent} for context in wrong
    ]
    chosen: set[str] = set()
    while left := [words for words in choices if words and not chosen & words.keys()]:
        chosen.add(min(_merit(word, left) for words in left for word in words)[-1])
    return frozenset(chosen)


def _merit(word: str, left: Sequence[dict[str, int]]) -> tuple[int, int, str]:
    """Rank a word: the most contexts first, then the nearest, then by the alphabet."""
    distances = [words[word] for words in left if word in words]
    return -len(distances), min(distances), word


def _distances(context: Context, finder: Finder) -> dict[str, int]:
    """Return how far each word stands from the trigger, in tokens."""
    found: dict[str, int] = {}
    for token in finder(context.lesson.tree, context.head):
        if token is not context.head and _says_much(token):
            found.setdefault(token.lemma, abs(token.index - context.head.index))
    return found


def _sentence(tree: Tree, _head: Token) -> list[Token]:
    return list(tree.tokens)
