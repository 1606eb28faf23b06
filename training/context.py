"""What the network reads beside a sentence while it learns: the end of the one before, where the sentence leans on it.

At run time sentences are judged alone: with the sentence before, what that one tells is carried over too often.
"""

from __future__ import annotations

BEFORE = 160
"""Characters of the text before that are read."""
SHORT = 12
"""Words under which a sentence is taken to lean on what stands before it."""
_POINTERS = frozenset(
    "he she it they we his her their its this that these those both another others some all one two three".split()
)


def context_of(sentence: str, before: str) -> str:
    """Return the end of the text before a sentence; nothing where the sentence stands alone, which costs half the time.

    >>> context_of("They were freed on Monday.", "Nine teachers were arrested.")
    'Nine teachers were arrested.'
    >>> context_of("A court in Nairobi freed nine teachers on Monday after a week in jail.", "It rained.")
    ''
    """
    words = sentence.split(maxsplit=SHORT)
    leans = len(words) < SHORT or words[0].lower() in _POINTERS
    return " ".join(before.split())[-BEFORE:] if leans else ""
