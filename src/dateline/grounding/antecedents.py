"""Whom "he", "they", "the ministry" or a surname stands for: the referent of the report that fits best, or nobody.

Each candidate is scored by a few plain facts: how far back it stands, whether it is a subject, whether it spoke last.
Where the two best are strangers to each other and close, the answer is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.grounding.lexicon import load_lexicon
from dateline.grounding.referents import Referent, Referents, read_referent
from dateline.model.ground import VoiceKind
from dateline.model.text import Evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateline.model.text import Span

PERSONAL = {"he", "she", "him", "her", "his", "hers", "himself", "herself"}
PLURAL = {"they", "them", "their", "theirs", "themselves"}
THING = {"it", "its", "itself"}
_SEX = {"him": "he", "his": "he", "himself": "he", "her": "she", "hers": "she", "herself": "she"}
_ANYBODY = {"man", "woman", "boy", "girl", "lady", "gentleman"}
_VAGUE = {
    "charity",
    "company",
    "firm",
    "alliance",
    "network",
    "group",
    "party",
    "organisation",
    "organization",
    "movement",
    "body",
    "agency",
    "force",
}
REACH = 1500
"""How far back, in characters, a pronoun may look for its speaker."""

FAR = 20_000
"""The same for a short form of a name or a role."""

_MARGIN, _SEX_TOLD, _ONE_BODY = 0.75, 1.5, -1.5
_SUBJECT, _SPOKE_LAST, _QUOTED, _OWNER, _SENTENCE, _PRONOUNS_REACH = 2.0, 1.5, -2.0, -1.5, -0.75, 5


def antecedent_of(
    words: Evidence, referents: Referents, spoken: Sequence[Span] = (), but: Sequence[Span] = ()
) -> Evidence | None:
    """Return the earlier words for the speaker that these words stand for; None if there are none, or in doubt.

    Args:
        words: the words of the source.
        referents: everyone in the report.
        spoken: the words for those who spoke before, in order of the text.
        but: words for those who cannot be meant: the other side of the same act.
    """
    here = read_referent(words, referents.sentence_at(words.start))
    pronoun = words.quote.lower()
    if pronoun in PERSONAL | PLURAL | THING:
        near = [one for one in referents.before(words.start, REACH) if here.sentence - one.sentence <= _PRONOUNS_REACH]
        fit = [one for one in near if _agrees(one, pronoun) and not any(map(one.evidence.span.overlaps, but))]
        return _best(here, fit, spoken)
    earlier = referents.before(words.start, FAR)
    by_role = (_by_noun, _by_vague_noun, _by_sector, _by_sex) if here.is_definite else ()
    for fits in (_by_name,) if here.is_name else by_role:
        found = [one for one in earlier if fits(here, one)]
        if found:
            return _best(here, found, spoken, by_words=fits not in {_by_sector, _by_sex})
    return _same_name(words, referents.text) if here.is_name and not here.nouns else None


def _same_name(words: Evidence, text: str) -> Evidence | None:
    """Return the first place where a name stands that nobody took for a person's or a body's."""
    at = text.find(words.quote, max(0, words.start - FAR), words.start)
    return Evidence(at, at + len(words.quote), words.quote) if at >= 0 else None


def _agrees(one: Referent, pronoun: str) -> bool:
    """Say whether a referent agrees with a pronoun in number, kind and sex."""
    if pronoun in PLURAL:
        return one.is_many or one.kind is VoiceKind.ORGANISATION
    if pronoun in THING:
        return one.kind is VoiceKind.ORGANISATION and not one.is_many
    return one.kind is VoiceKind.PERSON and one.sex in {"", _SEX.get(pronoun, pronoun)}


def _by_name(here: Referent, one: Referent) -> bool:
    """Say whether a name is the last word of a fuller one, or its first: "Tamm", "Sir Edmund"."""
    bare = here.names - here.nouns - _honorifics()
    return bool(bare) and not here.is_many and bare <= one.names and one.kind is not VoiceKind.UNNAMED


def _by_noun(here: Referent, one: Referent) -> bool:
    """Say whether a role comes back: "the minister" after "Interior Minister Pia Lang"."""
    return bool(here.nouns) and here.nouns <= one.nouns and here.is_many == one.is_many and _is_bare(here)


def _is_bare(here: Referent) -> bool:
    return not (here.names - here.nouns - _honorifics())


def _by_vague_noun(here: Referent, one: Referent) -> bool:
    """Say whether "the group" may stand for a body."""
    return (
        not here.nouns.isdisjoint(_VAGUE) and _is_bare(here) and one.kind is VoiceKind.ORGANISATION and bool(one.names)
    )


def _by_sector(here: Referent, one: Referent) -> bool:
    """Say whether two roles are of one kind: "the cleric" after "Bishop Zelenka"."""
    if not _is_bare(here) or here.is_many != one.is_many or here.kind is not one.kind:
        return False
    sectors = load_lexicon().sectors
    ours, theirs = ({sectors[noun] for noun in it.nouns if noun in sectors} - {"CVL"} for it in (here, one))
    return not ours.isdisjoint(theirs)


def _by_sex(here: Referent, one: Referent) -> bool:
    """Say whether "the woman" may be somebody who is told as a person alone, near enough."""
    is_near = here.sentence - one.sentence <= _PRONOUNS_REACH and here.nouns <= _ANYBODY and _is_bare(here)
    return is_near and one.kind is VoiceKind.PERSON and not here.is_many and one.sex in {"", here.sex}


def _honorifics() -> set[str]:
    return {"mr", "mrs", "ms", "miss", "dr", "sir", "prof", "supt", "cllr", "comrade", "brother", "lord", "lady"}


def _best(
    here: Referent, found: Sequence[Referent], spoken: Sequence[Span], *, by_words: bool = False
) -> Evidence | None:
    """Return the words of the best candidate; nobody where a stranger to it is nearly as good."""
    score = _scorer(here, spoken, by_words=by_words)
    ranked = sorted(found, key=lambda one: (-score(one), -one.evidence.start))
    if not ranked:
        return None
    best = ranked[0]
    strangers = [one for one in ranked[1:] if not one.is_same(best)]
    if strangers and score(best) - score(strangers[0]) < _MARGIN:
        return None
    return _fullest(best, found).evidence


def _fullest(best: Referent, found: Sequence[Referent]) -> Referent:
    """Return the mention of the same speaker that says most: a reader wants the full name."""
    same = [one for one in found if one is best or one.is_same(best)]
    return max(same, key=lambda one: (len(one.names | one.nouns), -one.evidence.start))


def _scorer(here: Referent, spoken: Sequence[Span], *, by_words: bool) -> Callable[[Referent], float]:
    last = spoken[-1] if spoken else None
    pronoun = here.evidence.quote.lower()
    sex = here.sex or (_SEX.get(pronoun, pronoun) if pronoun in PERSONAL else "")

    def score(one: Referent) -> float:
        points = (
            (_SUBJECT if one.is_subject else 0) + (_QUOTED if one.is_quoted else 0) + (_OWNER if one.is_owner else 0)
        )
        points += _SEX_TOLD if sex and one.sex == sex else 0
        points += _ONE_BODY if pronoun in PLURAL and not one.is_many else 0
        if last is not None and one.evidence.span.overlaps(last):
            points += _SPOKE_LAST
        return points + _SENTENCE * min(here.sentence - one.sentence, 3 if by_words else _PRONOUNS_REACH)

    return score


__all__ = ["FAR", "PERSONAL", "PLURAL", "REACH", "THING", "Referents", "antecedent_of"]
