"""Find who says what by the grammar of one sentence: cue, source and content of every frame a cue can stand in.

A frame is the shape of the content: `that` (a clause), `to` (an infinitive), `obj` (a noun phrase), a preposition
(`of`, `for` ...), combinations (`obj+of`: accuse somebody of something), `around` ("the plan, he said, failed"),
`according` and `adverb`. Everything found here is a candidate: `weights.py` judges it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.grounding.cues import load_cues
from dateline.grounding.traits import traits_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.grounding.trees import Tree
    from dateline.model.parse import Token
    from dateline.model.text import Span

FIXED = "fixed"
"""The feature of candidates that are claims by their form alone."""

_COMPLEMENT_PREPS = {"of", "for", "about", "on", "to", "against", "as", "with", "over", "at", "upon", "into"}
_AUXILIARY = {"aux", "auxpass", "neg", "prt"}
_CITES = {"cite", "quote"}
_STOPS = {".", "!", "?"}
_QUOTES = {"”", "“", '"', "''", "``", "‘", "’", "'", "»", "«", "„", "�"}
_VERBAL = {"VERB", "AUX"}
_OPENERS = {"SCONJ", "CCONJ", "ADV", "PART"}
_LONGEST_SET_IN = 8
_LONGEST_DATELINE = 4
_IN_PREPOSITIONS = {"view", "response", "reply", "answer", "support", "anticipation"}


@dataclass(frozen=True, slots=True)
class Saying:
    """A candidate: this cue (`lemma` and `pos` of its head word), with this source, for this content."""

    frame: str
    lemma: str
    pos: str
    cue: Span
    source: Span | None
    contents: tuple[Span, ...]
    features: tuple[str, ...] = ()


def find_sayings(tree: Tree) -> Iterator[Saying]:
    """Yield every candidate of one sentence, in the order of the cues."""
    for token in tree.tokens:
        if token.lemma == "accord" and token.text.lower() == "according":
            yield from _according(tree, token)
        elif token.pos == "VERB":
            yield from _verb(tree, token)
        elif token.pos == "NOUN":
            yield from _noun(tree, token)
        elif token.pos in {"ADV", "ADJ"}:
            yield from _modifier(tree, token)


def _verb(tree: Tree, verb: Token) -> Iterator[Saying]:
    """Yield the saying of a verb with its complements, or of a verb set into the clause that it reports."""
    source = subject_of(tree, verb)
    kept = tree.below(source) if source else set()
    parts = _complements(tree, verb)
    if not parts:
        yield from _set_in(tree, verb) or _around(tree, verb, source) or _bare(tree, verb, source)
        return
    if not load_cues().is_cue("VERB", verb.lemma) and not any(name in {"that", "to"} for name, _ in parts):
        return
    frame = "+".join(sorted({name for name, _ in parts}))
    indexes = set().union(*(tree.below(token) for _, token in parts)) - kept
    yield from _saying(tree, frame, verb, source, indexes)
    if verb.lemma in _CITES and verb.tag == "VBG" and verb.dep in {"advcl", "acl"}:
        yield from _citing(tree, verb, parts)


def _citing(tree: Tree, verb: Token, parts: list[tuple[str, Token]]) -> list[Saying]:
    """Return "..., citing X": the content of the clause above is X's as well, told by whoever cites X."""
    cited = next((token for slot, token in parts if slot == "obj"), None)
    above = tree.head(verb)
    if above.pos in {"NOUN", "PROPN"}:
        above = tree.head(above)
    if cited is None or above.pos not in _VERBAL:
        return []
    told = [token for slot, token in _complements(tree, above) if slot == "that"]
    indexes = set().union(*(tree.below(token, without={verb.index}) for token in told or [above]))
    return [replace(one, features=(FIXED,)) for one in _saying(tree, "citing", verb, cited, indexes)]


def _saying(tree: Tree, frame: str, word: Token, source: Token | None, indexes: set[int]) -> list[Saying]:
    """Return the candidate, or nothing where the cue is a stray mark that the tagger took for a word."""
    cue_words = _with_preposition(tree, word, _cue_words(tree, word))
    cue = tree.spans(cue_words)
    if not cue:
        return []
    is_named = source is not None and source.text not in _QUOTES
    who = tree.spans(source_words(tree, source, word))[:1] if source is not None and is_named else ()
    contents = tree.spans(indexes - cue_words)
    features = traits_of(tree, frame, word, source, indexes)
    return [Saying(frame, word.lemma, word.pos, cue[0], next(iter(who), None), contents, features)]


def source_words(tree: Tree, source: Token, word: Token) -> set[int]:
    """Return the words of a source: its noun phrase, without the clause that holds the cue or a stray mark."""
    aside = _hanging_clause(tree, source, word) | {it.index for it in tree.children(source) if _is_when(tree, it)}
    words = _without_dateline(tree, tree.below(source, without={word.index} | aside), source)
    while len(words) > 1 and tree.tokens[min(words)].text in _QUOTES:
        words.discard(min(words))
    while len(words) > 1 and (tree.tokens[max(words)].text in _QUOTES or tree.tokens[max(words)].tag == "POS"):
        words.discard(max(words))
    return words


def _is_when(tree: Tree, child: Token) -> bool:
    """Say whether what hangs on a source is the day: "on Sunday" of "the party on Sunday said"."""
    days = {"DATE", "TIME"}
    return child.dep == "prep" and any(it.entity in days for it in tree.children(child, "pobj"))


def _without_dateline(tree: Tree, words: set[int], source: Token) -> set[int]:
    """Return a source's words without the town before a colon, with which a report begins: "plauen: the mayor"."""
    colon = next(
        (i for i in sorted(words)[:_LONGEST_DATELINE] if tree.tokens[i].text == ":" and i < source.index), None
    )
    return words if colon is None or min(words) > 0 else {i for i in words if i > colon}


def _hanging_clause(tree: Tree, source: Token, word: Token) -> set[int]:
    """Return the child of the source on the way down to the cue ("a woman who said ...")."""
    at = word
    seen: set[int] = set()
    while at.head != at.index and at.index not in seen:
        seen.add(at.index)
        if at.head == source.index:
            return {at.index}
        at = tree.head(at)
    return set()


def _cue_words(tree: Tree, word: Token) -> set[int]:
    """Return the word with the auxiliaries, negation, particle and adverbs that stand right at it."""
    near = {child.index for child in tree.children(word) if child.dep in _AUXILIARY or child.dep == "advmod"}
    found = {word.index}
    while (index := min(found) - 1) in near:
        found.add(index)
    while (index := max(found) + 1) in near and tree.tokens[index].dep == "prt":
        found.add(index)
    return found


def _with_preposition(tree: Tree, word: Token, cue_words: set[int]) -> set[int]:
    """Return a cue with the preposition right behind it: "called for", "comments on", "was reported by"."""
    behind = [child for child in tree.children(word) if child.index == max(cue_words) + 1]
    joined = {child.index for child in behind if child.dep == "agent" or (child.dep == "prep" and _slot(tree, child))}
    return cue_words | joined


def _complements(tree: Tree, verb: Token) -> list[tuple[str, Token]]:
    """Return the words that head the content, each with the name of its slot."""
    found = [(_slot(tree, child), child) for child in tree.children(verb) if not _is_new_sentence(tree, verb, child)]
    parts = [(slot, child) for slot, child in found if slot]
    if any(slot in {"that"} for slot, _ in parts):
        parts = [(slot, child) for slot, child in parts if slot == "that"]
        parts = [(slot, child) for slot, child in parts if child.index > verb.index] or parts
    if any(slot == "to" for slot, _ in parts):
        parts = [(slot, child) for slot, child in parts if slot in {"to", "obj"}]
    if verb.dep != "relcl" or any(slot in {"obj", "that"} for slot, _ in parts):
        return _with_passive(tree, verb, parts)
    return parts


def _with_passive(tree: Tree, verb: Token, parts: list[tuple[str, Token]]) -> list[tuple[str, Token]]:
    """Add the subject of a passive: "he is said to have fled", "they are accused of spying"."""
    subject = tree.child(verb, "nsubjpass", "csubjpass")
    if subject is None or subject.lemma in {"it", "who"} or not load_cues().is_cue("VERB", verb.lemma):
        return parts
    return [("subj", subject), *parts]


def _is_new_sentence(tree: Tree, verb: Token, child: Token) -> bool:
    """Say whether a full stop lies between a verb and what the parser hung on it, as in a long quotation.

    Before the verb, a quotation that ends there may hold as many sentences as it likes.
    """
    if child.index > verb.index:
        return any(token.text in _STOPS for token in tree.tokens[verb.index + 1 : child.index])
    between = [token.text for token in tree.tokens[child.index + 1 : verb.index]]
    last = max((place for place, word in enumerate(between) if word in _STOPS), default=None)
    return last is not None and not _QUOTES & set(between[last:])


def _slot(tree: Tree, child: Token) -> str:
    """Return the slot that a child of a verb fills, or nothing for what is no content."""
    if child.dep == "ccomp":
        return "to" if any(one.tag == "TO" for one in tree.children(child, "aux")) else "that"
    if child.dep == "xcomp":
        return "to"
    if child.dep in {"dobj", "attr"}:
        return "obj"
    if child.dep == "oprd":
        return "as"
    if child.dep == "prep" and child.lemma in _COMPLEMENT_PREPS and child.index > child.head:
        objects = tree.children(child)
        return child.lemma if objects and objects[0].entity not in {"DATE", "TIME"} else ""
    return ""


def _around(tree: Tree, verb: Token, source: Token | None) -> list[Saying]:
    """Return the saying of a verb set into or after the clause that it reports: "the plan, he said, had failed"."""
    head = tree.head(verb)
    if source is None or verb.tag == "VBG" or head.pos not in _VERBAL or head.index == verb.index:
        return []
    if _is_new_sentence(tree, verb, head):
        return []
    mark = tree.child(verb, "mark", "advmod")
    is_as = verb.dep == "advcl" and mark is not None and mark.lemma == "as"
    if not load_cues().is_cue("VERB", verb.lemma) or not (is_as or verb.dep in {"parataxis", "ccomp", "conj", "dep"}):
        return []
    frame = "as-clause" if is_as else "around"
    return _saying(tree, frame, verb, source, tree.below(head, without={verb.index}))


def _set_in(tree: Tree, verb: Token) -> list[Saying]:
    """Return "..., he said, ...": a plain verb of speech with its subject, set in between two marks.

    Whatever the parser made of it.

    The rest of the sentence is what is said. Words in quotation marks are left to the quotations.
    """
    if verb.text not in load_cues().plain or verb.tag not in {"VBD", "VBZ", "VBP"}:
        return []
    first = next((i for i in range(verb.index - 1, -1, -1) if tree.tokens[i].pos == "PUNCT"), None)
    last = next((i for i in range(verb.index + 1, len(tree.tokens)) if tree.tokens[i].pos == "PUNCT"), len(tree.tokens))
    if first is None or not 1 <= verb.index - first - 1 <= _LONGEST_SET_IN or last - verb.index - 1 > _LONGEST_SET_IN:
        return []
    who = tree.tokens[first + 1 : verb.index]
    if tree.tokens[first].text != "," or _is_clause(who) or _is_clause(tree.tokens[verb.index + 1 : last]):
        return []
    rest = set(range(len(tree.tokens))) - set(range(first, last + 1))
    contents, source = tree.spans(rest), tree.spans(token.index for token in who)
    if not contents or not source:
        return []
    cue = tree.spans({verb.index})[0]
    return [Saying("around", verb.lemma, "VERB", cue, source[0], contents, (FIXED,))]


def _is_clause(tokens: Sequence[Token]) -> bool:
    """Say whether words hold a verb, or begin a clause: they are then no subject, and no day."""
    return any(token.pos in _VERBAL for token in tokens) or (bool(tokens) and tokens[0].pos in _OPENERS)


def _bare(tree: Tree, verb: Token, source: Token | None) -> list[Saying]:
    """Return the saying of a verb that has no content in its own sentence: a quotation nearby may be it."""
    return _saying(tree, "bare", verb, source, set()) if load_cues().is_cue("VERB", verb.lemma) else []


def subject_of(tree: Tree, verb: Token) -> Token | None:
    """Return the word that heads the source of a verb: its subject, agent, or the one it inherits."""
    agent = tree.child(verb, "agent")
    if agent is not None:
        return tree.child(agent, "pobj")
    if tree.child(verb, "auxpass") is not None or tree.child(verb, "nsubjpass") is not None:
        return None
    if verb.tag == "VBN" and verb.dep in {"acl", "advcl", "pcomp"} and tree.child(verb, "aux") is None:
        return None
    own = min(tree.children(verb, "nsubj"), key=lambda it: _is_owner(tree, it), default=None)
    return own or _inherited(tree, verb)


def _is_owner(tree: Tree, noun: Token) -> bool:
    """Say whether a noun has the mark of an owner: beside another subject of its verb ("the party's X said"), none."""
    return tree.child(noun, "case") is not None


def _inherited(tree: Tree, verb: Token) -> Token | None:
    """Return the subject that a participle, infinitive or second verb shares with the word above it."""
    head = tree.head(verb)
    if verb.dep == "acl":
        return head if verb.tag == "VBG" else None
    for _ in range(4):
        if verb.dep not in {"conj", "xcomp", "advcl", "pcomp", "ccomp", "prep"} or head.index == verb.index:
            return None
        if head.pos in _VERBAL and (tree.child(head, "auxpass") is None or head.lemma in _CITES):
            subject = tree.child(head, "nsubj", "nsubjpass")
            if subject is not None:
                return subject
        verb, head = head, tree.head(head)
    return None


def _according(tree: Tree, word: Token) -> Iterator[Saying]:
    """Yield "according to X": everything else in the clause is X's."""
    to = tree.child(word, "prep")
    source = tree.child(to, "pobj") if to else None
    head = tree.head(word)
    if to is None or source is None or head.index == word.index:
        return
    head = _first_conjunct(tree, head)
    indexes = tree.below(head, without={word.index})
    cue = tree.spans({word.index, to.index}, bridged=range(word.index, to.index))[0]
    features = traits_of(tree, "according", word, source, indexes)
    for span in tree.spans(tree.below(source))[:1]:
        yield Saying("according", "accord", "VERB", cue, span, tree.spans(indexes), features)


def _first_conjunct(tree: Tree, verb: Token) -> Token:
    """Return the first of the clauses that a verb is joined to by "and": what frames one of them frames all."""
    head = tree.head(verb)
    return (
        verb
        if verb.dep != "conj" or head.pos not in _VERBAL or head.index > verb.index
        else _first_conjunct(tree, head)
    )


def _noun(tree: Tree, noun: Token) -> Iterator[Saying]:
    """Yield "X's claim that ...", "the threat to ...", "reports of ..."."""
    if not load_cues().is_cue("NOUN", noun.lemma) or _is_preposition(tree, noun):
        return
    parts = [(_noun_slot(child), child) for child in tree.children(noun)]
    parts = [(slot, child) for slot, child in parts if slot]
    if not parts:
        return
    source = tree.child(noun, "poss")
    frame = "noun:" + "+".join(sorted({slot for slot, _ in parts}))
    indexes = set().union(*(tree.below(child) for _, child in parts))
    yield from _saying(tree, frame, noun, source, indexes)


def _is_preposition(tree: Tree, noun: Token) -> bool:
    """Say whether a noun is part of a preposition of several words, nobody's view: "in view of the riots"."""
    plain = noun.dep == "pobj" and tree.child(noun, "det", "poss", "amod") is None
    return plain and tree.head(noun).lemma == "in" and noun.lemma in _IN_PREPOSITIONS


def _noun_slot(child: Token) -> str:
    if child.dep in {"acl", "relcl", "ccomp"}:
        is_clause = child.dep != "relcl" and child.tag not in {"VBG", "VBN"}
        return "to" if child.tag == "VB" else ("that" if is_clause else "")
    return child.lemma if child.dep == "prep" and child.lemma in {"of", "for", "about", "on", "against"} else ""


def _modifier(tree: Tree, word: Token) -> Iterator[Saying]:
    """Yield "reportedly", "the alleged plotters", "she is confident that"."""
    if not load_cues().is_cue(word.pos, word.lemma if word.pos == "ADJ" else word.text.lower()):
        return
    head = tree.head(word)
    if word.dep in {"advmod", "amod"} and head.index != word.index:
        top = tree.head(head) if word.pos == "ADV" and head.dep == "acomp" else head
        found = _saying(tree, word.dep, word, None, tree.below(top, without={word.index}))
        yield from (replace(one, features=(FIXED,)) if word.pos == "ADV" else one for one in found)
        return
    parts = [(_slot(tree, child), child) for child in tree.children(word)]
    parts = [(slot, child) for slot, child in parts if slot]
    if parts and word.pos == "ADJ":
        frame = "adj:" + "+".join(sorted({slot for slot, _ in parts}))
        subject = tree.child(head, "nsubj")
        yield from _saying(tree, frame, word, subject, set().union(*(tree.below(child) for _, child in parts)))
