"""Part of speech and lemma of a word, given its Penn tag and its dependency: by the tables of spaCy's English model.

The tables (MIT) are read from the model's package, without spaCy: what a tag stands for, what single words change
about it, exceptions, known words, and endings to replace.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from dateline.coding.language import read_msgpack
from dateline.coding.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_THERE_IS = frozenset({"is", "are", "was", "were", "'s", "'re"})
_NUMBERS = {
    "noun": 16833663260455505849,
    "verb": 6360137228241296794,
    "adj": 12401032943472870168,
    "adv": 10054248821341768113,
    "punct": 445,
}
"""spaCy's numbers for the parts of speech that have tables, under which its file keeps the tables."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds of words with one of these tags, forms and dependencies; None stands for any.

    Attributes:
        but: tags and dependencies to which it does not apply.
    """

    tags: frozenset[str] | None
    words: frozenset[str] | None
    deps: frozenset[str] | None
    but: frozenset[str]
    says: Mapping[str, str]


class Said(NamedTuple):
    """What the rules say of a word: its part of speech, its lemma ("" if the endings tell it), whether it is a base."""

    pos: str
    lemma: str
    is_base: bool


@dataclass(frozen=True)
class Tables:
    """The model's tables.

    Attributes:
        of_tag: tag -> the rules that may apply to it, in order: later ones overrule.
        exceptions, known, endings: by part of speech in lower case.
    """

    of_tag: Mapping[str, tuple[Rule, ...]]
    exceptions: Mapping[str, Mapping[str, list[str]]]
    known: Mapping[str, frozenset[str]]
    endings: Mapping[str, list[tuple[str, str]]]

    def look_up(self, word: str, tag: str, dep: str) -> tuple[str, str]:
        """Return universal part of speech and lower-cased lemma of a word.

        >>> open_tables().look_up("Clashes", "NNS", "nsubj")
        ('NOUN', 'clash')
        """
        lower = word.lower()
        said = self._said(lower, tag, dep) if lower in self._listed else self._usual[tag, dep]
        lemma = said.lemma or (lower if said.is_base else self._lemma(lower, said.pos.lower()))
        return said.pos, lemma.lower()

    @cached_property
    def _listed(self) -> frozenset[str]:
        """The words of which some rule says something of their own."""
        return frozenset(word for rules in self.of_tag.values() for rule in rules for word in rule.words or ())

    @cached_property
    def _usual(self) -> Memo[tuple[str, str], Said]:
        """Tag and dependency -> what is said of all other words."""
        return Memo(lambda key: self._said("", *key))

    def _said(self, lower: str, tag: str, dep: str) -> Said:
        said: dict[str, str] = {}
        for rule in self.of_tag.get(tag, ()):
            if (rule.words is None or lower in rule.words) and (rule.deps is None or dep in rule.deps):
                said |= rule.says if dep not in rule.but else {}
        pos = said.get("POS", "X")
        kind = pos.lower()
        is_base = kind not in self.endings or _is_base(kind, _features(said.get("MORPH", "")))
        return Said(pos, said.get("LEMMA", ""), is_base)

    def _lemma(self, lower: str, kind: str) -> str:
        """Return the lemma by rules; the word itself, where it is no inflected form."""
        known = self.known.get(kind, frozenset())
        inside: list[str] = []
        outside: list[str] = []
        for old, new in self.endings[kind]:
            form = lower[: len(lower) - len(old)] + new
            if lower.endswith(old) and form:
                if form in known:
                    inside.insert(0, form)
                else:
                    (outside if form.isalpha() else inside).append(form)
        forms = list(dict.fromkeys(inside))
        for form in self.exceptions.get(kind, {}).get(lower, ()):
            if form not in forms:
                forms.insert(0, form)
        return next(iter(forms or outside), lower)


@cache
def words_seen() -> Memo[tuple[str, str, str], tuple[str, str]]:
    """Return what has been looked up in the tables: word, tag and dependency -> part of speech and lemma."""
    tables = open_tables()
    return Memo(lambda key: tables.look_up(*key))


def pos_after(pos: str, word: str, before: str) -> str:
    """Return the part of speech of a word, given the dependency of the word before it: "there *is*" is a main verb."""
    return "VERB" if before == "expl" and word.lower() in _THERE_IS else pos


def _features(text: str) -> dict[str, str]:
    return dict(part.split("=") for part in text.split("|") if "=" in part)


def _is_base(kind: str, features: Mapping[str, str]) -> bool:
    """Say whether a word with these features is no inflected form, as spaCy's English lemmatiser does."""
    if kind == "noun" and features.get("Number") == "Sing":
        return True
    is_present = features.get("VerbForm") == "Fin" and features.get("Tense") == "Pres"
    if kind == "verb" and is_present and "Number" not in features:
        return True
    return features.get("VerbForm") == "Inf" or features.get("Degree") == "Pos"


@cache
def open_tables() -> Tables:
    """Return the tables of the language model."""
    rules = [rule for it in read_msgpack("attribute_ruler/patterns") for rule in _rules(it)]
    tags = sorted({tag for rule in rules for tag in rule.tags or ()})
    of_tag = {
        tag: tuple(rule for rule in rules if (rule.tags is None or tag in rule.tags) and tag not in rule.but)
        for tag in tags
    }
    lookups = read_msgpack("lemmatizer/lookups/lookups.bin")
    exceptions, known, endings = (_by_pos(lookups[f"lemma_{name}"]) for name in ("exc", "index", "rules"))
    return Tables(of_tag, exceptions, {kind: frozenset(words) for kind, words in known.items()}, endings)


def _by_pos(table: Mapping[int, Any]) -> dict[str, Any]:
    return {pos: table[number] for pos, number in _NUMBERS.items() if number in table}


def _rules(entry: Mapping[str, Any]) -> Iterable[Rule]:
    """Yield the rules of an entry that looks at one word; those that look at several are for slang alone."""
    for pattern in entry["patterns"]:
        if len(pattern) == 1 and not pattern[0].keys() - {"TAG", "LOWER", "DEP"}:
            (word,) = pattern
            if not any("REGEX" in value for value in word.values()):
                yield _rule(word, entry["attrs"])


def _rule(word: Mapping[str, Any], says: Mapping[str, str]) -> Rule:
    tags, words, deps = (_any_of(word.get(name)) for name in ("TAG", "LOWER", "DEP"))
    but = frozenset(value for it in word.values() if isinstance(it, dict) for value in it.get("NOT_IN", ()) if value)
    return Rule(tags, words, deps, but, says)


def _any_of(condition: Any) -> frozenset[str] | None:
    if condition is None or (isinstance(condition, dict) and "NOT_IN" in condition):
        return None
    return frozenset(condition["IN"] if isinstance(condition, dict) else [condition])
