"""What is claimed of an event, read a second time: by the words around it.

The networks take too much for asserted. A linear model of the words before and behind an event, of the
classes that they belong to ("planned", "denied", "called for") and of pairs of them errs elsewhere: its score is added
to the network's. `training/fit_wording.py` makes the weights; words are kept as hashes, so that none of a corpus ships.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from dateline.coding.grammar import words
from dateline.coding.stored import arrays_of, digest_of, stored

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Scores = NDArray[np.float32]

CODERS = ("swift", "cascade")
BEFORE, BEHIND = 10, 8
"""How many words and marks before and behind an event are looked at."""
NEAR = 4
"""How many of them are near."""
CLASSES = tuple(
    """
    planners callers caller_nouns failers abstainers foilers preventers refuters denial_nouns enders halters endings
    future possible ought conditions prospective thinkable generic_words memories rememberers threats committed saying
    said refusers""".split()
)
"""Word classes of `data/grammar.toml`, section `status`."""
_WORD = re.compile(r"[a-z]+?n't|[a-z]+|'(?:d|ll|s|re|ve)\b|[0-9]+|[,;:.?!\"“”—–()-]")
_STOPS = frozenset(',;:.—–"“”()')
_IRREGULAR = {"tell": "told", "seek": "sought", "swear": "swore sworn", "keep": "kept", "foresee": "foresaw foreseen"}
_HISSING = ("s", "sh", "ch", "x", "z")
_VOWELS = frozenset("aeiou")


def words_of(text: str) -> list[str]:
    """Return words and marks in lower case; all numbers are one word.

    >>> words_of("They won't march on 5 May.")
    ['they', "won't", 'march', 'on', '0', 'may', '.']
    """
    found = _WORD.findall(text.lower().replace("’", "'"))
    return ["0" if it[0].isdecimal() else it for it in found]


def forms_of(lemma: str) -> set[str]:
    """Return a verb or noun with its endings; some of them no English.

    >>> sorted(forms_of("deny"))
    ['denied', 'denies', 'deny', 'denying']
    """
    found = {lemma, *_IRREGULAR.get(lemma, "").split()}
    if lemma.endswith("e"):
        return found | {f"{lemma}s", f"{lemma}d", f"{lemma[:-1]}ing"}
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return found | {f"{lemma[:-1]}ies", f"{lemma[:-1]}ied", f"{lemma}ing"}
    plural = f"{lemma}es" if lemma.endswith(_HISSING) else f"{lemma}s"
    return found | {plural, *(f"{stem}{end}" for stem in (lemma, lemma + lemma[-1]) for end in ("ed", "ing"))}


@cache
def _classes() -> Mapping[str, tuple[str, ...]]:
    """Return of each word that belongs to classes itself and their names."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in CLASSES:
        for form in sorted({form for lemma in words("status", name) for form in forms_of(lemma)}):
            found[form].append(f"%{name}")
    return {form: (form, *names) for form, names in found.items()}


def features_of(sentence: str, start: int, end: int) -> frozenset[int]:
    """Return the hashes of what stands around the words from `start` to `end` of a sentence."""
    before, own, behind = (words_of(it) for it in (sentence[:start], sentence[start:end], sentence[end:]))
    found = {f"_ {it}" for it in (*before, *own, *behind)}
    before.reverse()
    found.update(_beside("<", before[:BEFORE]), _beside(">", behind[:BEHIND]))
    if own:
        last, ending = " ".join(before[:1]), own[0][-2:]
        found |= {f"= {ending}", f"= {last} {ending}", f"= {' '.join(before[:2])} {ending}"}
    return frozenset(map(crc32, map(str.encode, found)))


def _beside(side: str, around: Sequence[str]) -> list[str]:
    """Return the words on one side, from the event outwards, their classes, and pairs of neighbours."""
    known = _classes()
    named = [known.get(it, (it,)) for it in around]
    stop = next((place for place, word in enumerate(around) if word in _STOPS), len(around))
    return [
        *[f"{side} {it}" for names in named[:stop] for it in names],
        *[f"{side}{side} {it}" for names in named[stop:] for it in names],
        *[f"{side}+ {it}" for names in named[: min(NEAR, stop)] for it in names],
        *[f"{side} {a} {b}" for nearer, further in pairwise(named) for a in nearer for b in further],
    ]


@dataclass(frozen=True, slots=True)
class Wording:
    """The weights, ready for use.

    Attributes:
        statuses: what may be claimed, in the order of the columns.
        rows: hash of what stands around an event -> row of `weights`.
        weights: rows x statuses: what is added to the logarithm of a status's odds, in units of `step`; whole numbers,
            whose sum does not depend on their order.
        step: the unit.
        shifts: one a status, added to all events; by coder, since each network leans in its own way.
    """

    statuses: tuple[str, ...]
    rows: Mapping[int, int]
    weights: NDArray[np.int8]
    step: float
    shifts: Mapping[str, Scores]

    def scores(self, coder: str, sentence: str, start: int, end: int) -> Scores:
        """Return what is added to the logits of an event's status by the network of a coder."""
        rows = [row for it in features_of(sentence, start, end) if (row := self.rows.get(it)) is not None]
        return np.asarray(self.weights[rows].sum(0, dtype=np.int32) * self.step + self.shifts[coder], np.float32)


def unpack(data: bytes) -> Wording:
    """Return the weights that a file holds; its arrays are described in `training/fit_wording.py`."""
    it = arrays_of(data)
    rows = {key: row for row, key in enumerate(it["keys"].tolist())}
    shifts = {coder: it[f"shift_{coder}"].astype(np.float32) for coder in CODERS}
    return Wording(tuple(it["statuses"].tolist()), rows, it["weights"], float(it["step"]), shifts)


@cache
def wording() -> Wording:
    """Return the weights that ship."""
    return unpack(stored("wording.npz"))


def wording_digest() -> str:
    """Return the SHA-256 of the weights."""
    return digest_of("wording.npz")
