"""The passage that tells of an event, masked: what a reader of the published evidence sees around its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.publishing.quotes import ELLIPSIS, cut
from dateline.publishing.redact import masked_words
from dateline.publishing.vocabulary import MASK

if TYPE_CHECKING:
    from dateline.model.event import Mention
    from dateline.publishing.redact import Plan


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a report that tell of an event: those that name it, and what stands before and after in its clause."""

    before: str = ""
    words: str = ""
    after: str = ""


def passage_of(mention: Mention, masking: Plan, longest: int | None) -> Passage:
    """Return the clause of a mention, masked as a whole, around the words that name the event.

    Args:
        mention: as it was read, not masked.
        masking: what is private, with the texts.
        longest: code points of all of it; None for the whole clause. The words come before what is around them.
    """
    text, clause, trigger = masking.texts.get(mention.report, ""), mention.clause, mention.trigger
    whole = masked_words(text, clause.start, clause.end, masking)
    words = masked_words(text, trigger.start, trigger.end, masking)
    head = masked_words(text, clause.start, trigger.start, masking)
    if not whole.startswith(head + words):  # a name reaches over the words' edge: the words alone, then
        head, whole = "", words
    fitted = _fitted(head, words, whole[len(head + words) :], longest)
    is_cut = len(fitted.before + fitted.words + fitted.after) < len(whole)
    return Passage(*map(masking.mask, (fitted.before, fitted.words, fitted.after))) if is_cut else fitted


def _fitted(before: str, words: str, after: str, longest: int | None) -> Passage:
    if longest is None or len(before + words + after) <= longest:
        return Passage(before, words, after)
    if len(words) >= longest:
        return Passage("", cut(words, longest), "")
    room = longest - len(words)
    kept = cut(after, max(room // 2, room - len(before)))
    return Passage(_tail(before, room - len(kept)), words, kept)


def _tail(text: str, longest: int) -> str:
    """Return the end of a text, from the start of a word on, and never from inside a mask."""
    if len(text) <= longest:
        return text
    kept = text[max(0, len(text) - longest + 1) :] if longest > 1 else ""
    if kept.find(MASK[-1]) >= 0 and kept.find(MASK[-1]) < (kept.find(MASK[0]) if MASK[0] in kept else len(kept)):
        kept = kept[kept.find(MASK[-1]) + 1 :]
    elif not text[: len(text) - len(kept)].endswith(" "):
        kept = kept.partition(" ")[2]
    return f"{ELLIPSIS}{kept}" if kept.strip() else ""
