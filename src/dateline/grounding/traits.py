"""What is known about a candidate for a claim, as names: the weights of `claims.json` are summed over them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from dateline.grounding.cues import load_cues
from dateline.model.parse import tops_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.grounding.trees import Tree
    from dateline.model.parse import Token

_CLOSED_CLASSES = {"PRON", "SCONJ", "DET", "PART", "ADP"}
_JOINTS = {"SCONJ", "CCONJ", "ADP", "PUNCT", "PRON"}
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_SIZES = (1, 2, 4, 8, 16, 32)
_LONG = 33


def traits_of(tree: Tree, frame: str, word: Token, source: Token | None, indexes: set[int]) -> tuple[str, ...]:
    """Return what is known of a cue (`word`) in its frame, with its source and the words of its content."""
    found = chain(_of_cue(tree, frame, word), _of_source(frame, source), _of_content(tree, frame, indexes))
    return tuple(dict.fromkeys(found))


def _of_cue(tree: Tree, frame: str, word: Token) -> Iterator[str]:
    """Yield the traits of the cue: the word, what it does, and what it hangs on."""
    is_cue = load_cues().is_cue(word.pos, word.lemma)
    force = load_cues().force(word.pos, word.lemma, frame) if is_cue else "none"
    lemma = word.lemma if is_cue or word.text.islower() else ""  # names that the tagger took for verbs are no traits
    above = tree.head(word)
    up = above.lemma if load_cues().is_cue(above.pos, above.lemma) else above.pos
    yield from ("bias", f"frame={frame}", f"is={is_cue}/{frame}", f"up={up}/{word.dep}")
    for name, value in (("lemma", lemma), ("force", force), ("tag", word.tag), ("dep", word.dep)):
        yield from (f"{name}={value}", f"{name}={value}/{frame}")
    yield f"neg={any(child.dep == 'neg' for child in tree.children(word))}"
    yield f"modal={any(child.tag in {'MD', 'TO'} for child in tree.children(word, 'aux'))}"
    for child in tree.children(word):
        yield f"kid={child.dep}/{frame}"
        if child.dep == "prep":
            yield f"kidprep={child.lemma}/{frame}"


def _of_source(frame: str, source: Token | None) -> Iterator[str]:
    """Yield the traits of the source; names are none."""
    who = f"{source.pos}/{source.entity}" if source else "none"
    is_common = source is not None and (source.pos == "PRON" or (source.pos == "NOUN" and source.text.islower()))
    yield from (f"who={who}", f"who={who}/{frame}", f"who={source.lemma if source and is_common else ''}")


def _of_content(tree: Tree, frame: str, indexes: set[int]) -> Iterator[str]:
    """Yield the traits of the content: its length, its edges and the words that head it."""
    if not indexes:
        return
    inside = [tree.tokens[index] for index in sorted(indexes)]
    first, last = inside[0], inside[-1]
    opening = first.lemma if first.pos in _CLOSED_CLASSES else first.pos
    yield from (f"first={opening}", f"first={opening}/{frame}", f"last={last.pos}")
    length = next((size for size in _SIZES if len(inside) <= size), _LONG)
    yield from (f"length={length}", f"length={length}/{frame}")
    finite = sum(token.tag in _FINITE for token in inside)
    yield from (f"finite={min(3, finite)}", f"finite={min(2, finite)}/{frame}")
    tops = tops_of(inside)
    yield f"tops={min(3, len(tops))}"
    yield from (f"top={top.dep}/{top.pos}/{frame}" for top in tops[:1])
    yield f"before={_joint(tree, first.index - 1)}"
    yield f"after={_joint(tree, last.index + 1)}"
    yield f"words={min(5, len(tree.tokens) // 10)}"


def _joint(tree: Tree, index: int) -> str:
    """Return the word beside a content, by its letters if it belongs to a closed class, else by its class."""
    if not 0 <= index < len(tree.tokens):
        return "edge"
    token = tree.tokens[index]
    return token.text.lower() if token.pos in _JOINTS else token.pos
