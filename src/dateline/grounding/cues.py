"""The words that mark somebody's word: a lexicon of cues by part of speech, each with its force."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import tomli

from dateline.model.ground import VoiceRole

if TYPE_CHECKING:
    from collections.abc import Mapping

_KINDS = {"verbs": "VERB", "nouns": "NOUN", "adverbs": "ADV", "adjectives": "ADJ"}
OTHER = "other"
_ORDERS = ("demanded", "urged", "promised", "threatened")


@dataclass(frozen=True, slots=True)
class Cues:
    """What a cue does: `forces[part of speech][lemma]`, the likeliest force first.

    `takes_for_granted` are forces whose noun phrase is the report's own assertion ("condemned the arrests");
    `plain` are forms that mark speech by themselves, for sentences that nobody parsed. `people` and `bodies` are words
    for speakers besides those of the role lexicon, `no_people` words of it that are none, `crowds` singular forms that
    are many, `sexes` words that tell "he" from "she". `roles` and `sector_roles` tell which kind of speaker a word or a
    PLOVER sector is; `media` and their prepositions where something is said; `stances` how a report keeps its distance.
    """

    forces: Mapping[str, Mapping[str, tuple[str, ...]]]
    takes_for_granted: frozenset[str]
    plain: frozenset[str]
    people: frozenset[str]
    crowds: frozenset[str]
    no_people: frozenset[str]
    bodies: frozenset[str]
    sexes: Mapping[str, frozenset[str]]
    roles: Mapping[str, VoiceRole]
    sector_roles: Mapping[str, VoiceRole]
    media: frozenset[str]
    media_prepositions: frozenset[str]
    stances: frozenset[str]

    def is_cue(self, pos: str, lemma: str) -> bool:
        """Say whether a word can mark somebody's word."""
        return lemma in self.forces.get(pos, {})

    def force(self, pos: str, lemma: str, frame: str) -> str:
        """Return what the cue does in this frame: "told them to leave" urges, "told them that" says.

        A quotation mark says; a word that is no cue does something `OTHER`.

        >>> load_cues().force("VERB", "tell", "to"), load_cues().force("VERB", "tell", "that")
        ('urged', 'said')
        """
        forces = self.forces.get(pos, {}).get(lemma, ("said",) if pos == "PUNCT" else (OTHER,))
        if "to" in frame.rpartition(":")[2].split("+"):
            return next((force for force in forces if force in _ORDERS), forces[0])
        return forces[0]


@cache
def load_cues() -> Cues:
    """Return the cue lexicon that ships with Dateline."""
    data = tomli.loads(files("dateline.data").joinpath("cues.toml").read_text(encoding="utf-8"))
    forces = {pos: _by_lemma(data[kind]) for kind, pos in _KINDS.items()}
    speakers, media = data["speakers"], data["media"]
    words = {name: frozenset(speakers[name].split()) for name in ("people", "crowds", "no_people", "bodies")}
    return Cues(
        forces,
        frozenset(data["takes_for_granted"]),
        frozenset(data["plain"].split()),
        **words,
        sexes={sex: frozenset(speakers[sex].split()) for sex in ("he", "she")},
        roles={word: VoiceRole(role) for role, listed in speakers["roles"].items() for word in listed.split()},
        sector_roles={sector: VoiceRole(role) for sector, role in speakers["sectors"].items()},
        media=frozenset(media["words"].split()),
        media_prepositions=frozenset(media["prepositions"].split()),
        stances=frozenset(data["stance"]["words"].split()),
    )


def _by_lemma(table: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Turn force -> words into word -> forces, in the order of the file."""
    found: dict[str, list[str]] = {}
    for force, words in table.items():
        for word in words.split():
            if force not in found.setdefault(word, []):
                found[word].append(force)
    return {word: tuple(names) for word, names in found.items()}
