"""What a name of a place does in its sentence: place something, be part of a longer name, stand for a government."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from dateline.grounding.gazetteer import Kind
from dateline.grounding.words import is_name_like, load_words
from dateline.model.ground import Precision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.grounding.gazetteer import Entry
    from dateline.grounding.toponyms import Toponym
    from dateline.model.parse import Token

_SUBJECTS = ("nsubj", "agent", "dobj", "iobj", "dative")
_INSIDE = ("in", "of", "at", "near", "outside", "on")


class Part(StrEnum):
    """What a toponym does: `place` places something, `seat` names a body that sits there ("Leipzig police"), `name` is
    a piece of another name ("Washington Post"), `power` stands for a government ("Tehran rejected").
    """

    PLACE = "place"
    SEAT = "seat"
    NAME = "name"
    POWER = "power"


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words [first, last) of a sentence that place something, and how exactly: "Evin prison in Tehran", a site."""

    first: int
    last: int
    precision: Precision | None = None


def play(
    toponym: Toponym, entry: Entry | None, words: Sequence[Token], entities: Sequence[tuple[int, int, str]]
) -> Part:
    """Say what a toponym does in its sentence. Of bare words only the ones beside it are known."""
    if toponym.first == 0 and toponym.last < len(words) and words[toponym.last].text == ":":
        return Part.PLACE  # a dateline, whatever the parser makes of it
    head = words[toponym.last - 1]
    around = next(((f, last, kind) for f, last, kind in entities if f < toponym.last and toponym.first < last), None)
    is_wide = entry is not None and entry.kind in (Kind.COUNTRY, Kind.REGION)
    after = words[toponym.last] if toponym.last < len(words) else None
    beside = after.text.lower() if after else ""
    if after and is_name_like(after) and after.text.istitle() and beside in load_words("kinds")["firm"]:
        return Part.NAME
    if (
        around
        and around[2] in ("ORG", "PERSON", "WORK_OF_ART", "LAW", "PRODUCT", "EVENT")
        and _is_part(toponym, around, words)
    ):
        return _part_of(words[around[0] : around[1]], is_wide)
    is_body = beside in load_words("kinds")["seat"] and not (beside == "city" and _ends_name(toponym, words))
    if is_body and not is_wide and head.dep in ("compound", "nmod", "amod", ""):
        return Part.SEAT
    if _is_power(head, entry, words) and not _is_told_capital(toponym, words):
        return Part.POWER
    return Part.PLACE


def _ends_name(toponym: Toponym, words: Sequence[Token]) -> bool:
    """Say whether nothing follows the word beside a name that it could be the first of ("in Jos city")."""
    after = words[toponym.last + 1] if toponym.last + 1 < len(words) else None
    return after is None or not (after.pos in ("NOUN", "PROPN") or (not after.pos and after.text[:1].isalpha()))


def _is_part(toponym: Toponym, around: tuple[int, int, str], words: Sequence[Token]) -> bool:
    first, last, _ = around
    extra = [
        w
        for w in (*words[first : toponym.first], *words[toponym.last : last])
        if w.text.lower() not in ("the", "'s", "’s", *load_words("after")["unit"])
    ]
    return any(is_name_like(word) for word in extra)


def _part_of(longer: Sequence[Token], is_wide: bool) -> Part:
    """Say what the name of a place does inside the name of a body: a university is a site, a police force sits there.

    A body of a whole country sits nowhere that its name would tell.
    """
    kinds = {word.text.lower() for word in longer}
    if kinds & load_words("kinds")["site"]:
        return Part.PLACE
    return Part.SEAT if kinds & load_words("kinds")["seat"] and not is_wide else Part.NAME


def _is_told_capital(toponym: Toponym, words: Sequence[Token]) -> bool:
    """Say whether a name is told as that of the capital: "In the Sudanese capital, Khartoum, ..."."""
    before = [word.text.lower() for word in words[: toponym.first] if word.text != ","]
    return before[-1:] == ["capital"]


def _is_power(head: Token, entry: Entry | None, words: Sequence[Token]) -> bool:
    """Say whether a country, province or capital acts or is acted on, as a government does."""
    if entry is None or not (entry.kind in (Kind.COUNTRY, Kind.ADMIN1) or entry.code == "capital"):
        return False
    verbs = load_words("power")
    if head.dep == "nsubjpass":
        return words[head.head].lemma not in verbs["struck"]
    if head.dep == "pobj" and words[head.head].dep == "agent":
        return True
    if head.dep == "nsubj":
        return words[head.head].pos == "VERB" and words[head.head].lemma not in verbs["witness"]
    return head.dep in _SUBJECTS and words[head.head].lemma in verbs["addressed"]


def widen(toponym: Toponym, words: Sequence[Token]) -> Phrase:
    """Return the whole phrase that places something around the name of a city: its prison, square, district ..."""
    return _before(toponym, words) or _after(toponym, words) or Phrase(toponym.first, toponym.last)


def _kind(word: Token) -> Precision | None:
    text, kinds = word.text.lower(), load_words("kinds")
    return Precision.SITE if text in kinds["site"] else Precision.DISTRICT if text in kinds["district"] else None


def _before(toponym: Toponym, words: Sequence[Token]) -> Phrase | None:
    """Match "Evin prison in X", "a busy district of X", "University of X"."""
    at = toponym.first - 1
    if at > 0 and words[at].text.lower() == "the":
        at -= 1
    if at < 1 or words[at].text.lower() not in _INSIDE or (kind := _kind(words[at - 1])) is None:
        return None
    first = at - 1
    while first > 0 and _is_modifier(words[first - 1]):
        first -= 1
    return Phrase(first, toponym.last, kind)


def _is_modifier(word: Token) -> bool:
    if word.pos:
        return word.pos in ("ADJ", "NOUN", "PROPN") or word.text in ("-", "’s", "'s")
    return is_name_like(word) or word.text == "-"


def _after(toponym: Toponym, words: Sequence[Token]) -> Phrase | None:
    """Match "X University", "X's Evin prison", "X city centre": at most four words, the last one names the kind."""
    for last in range(toponym.last, min(toponym.last + 5, len(words))):
        if (kind := _kind(words[last])) is not None:
            return None if _is_body(words, last) else Phrase(toponym.first, last + 1, kind)
        if not _is_modifier(words[last]) and words[last].text.lower() != "city":
            return None
    return None


def _is_body(words: Sequence[Token], at: int) -> bool:
    """Say whether "district" is that of a body, and no quarter of a town: "Jos District Court", "District Attorney"."""
    after = words[at + 1].text.lower() if at + 1 < len(words) else ""
    return words[at].text.lower() == "district" and after in load_words("kinds")["districts"]
