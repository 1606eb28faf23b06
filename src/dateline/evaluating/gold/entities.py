"""entities_re3d: persons, bodies, places, times, quantities in sentences of defence and security reports.

Exact spans with their type count. Who is named is what `grounding.people` finds: one person is `Person`, everybody
else `Organisation`, the corpus's type for bodies and for people in groups ("the families of the victims", "we"). A
country is `Location`, unless it acts. Weapons, platforms and documents have no counterpart; they count as missed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, label_f1, macro_f1, micro_f1, ratio
from dateline.grounding.lexicon import load_lexicon
from dateline.grounding.people import PRONOUNS, find_actors
from dateline.model.ground import ActorKind
from dateline.model.text import Span, make_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.evaluating.stages import Stages
    from dateline.model.ground import Actor
    from dateline.model.parse import Sentence

Found = tuple[int, int, str]

TYPES = (
    "Organisation",
    "Location",
    "Person",
    "Temporal",
    "Quantity",
    "Weapon",
    "MilitaryPlatform",
    "DocumentReference",
    "Nationality",
    "Money",
)
MAPPED = {"GPE": "Location", "LOC": "Location", "FAC": "Location", "DATE": "Temporal", "TIME": "Temporal"} | {
    "CARDINAL": "Quantity",
    "QUANTITY": "Quantity",
    "PERCENT": "Quantity",
    "MONEY": "Money",
}
"""Types of the parser that are taken over where nothing else is found."""

ALONE = MAPPED | {"PERSON": "Person", "ORG": "Organisation", "NORP": "Nationality"}
"""What the parser's own types are, for the peer that is the parser alone."""

_COUNTED = re.compile(
    r"(?:(?:the|a|an|at|least|more|less|than|over|about|around|some|additional|other|up|to|all|nearly|almost)\s+)*"
    r"(?:[\d.,]+(?:\s*,\s*\d{3})*|both|many|several|each|two|three|four|five|six|seven|eight|nine|ten|dozens of)\s+",
    re.IGNORECASE,
)
"""What the corpus leaves out of a phrase for people: how many they are."""

_SINGULAR = frozenset("i me my he him his she her".split())


def judge_sentences(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare the entities found in each sentence with the annotation."""
    return [_outcome(record, stages) for record in records]


def _outcome(record: Record, stages: Stages) -> Outcome:
    gold = {(it["start"], it["end"], it["type"]) for it in record["entities"]}
    sentences = stages.parse(record["text"])
    found = set(find_entities(record["text"], sentences, stages))
    tally = _compare(gold, found, "")
    tally.add(_compare(gold, set(tagged(sentences, ALONE)), "parser "))
    names = tuple(f"{start}-{end} {kind}" for start, end, kind in sorted(gold))
    return Outcome(record["id"], tally, names, tuple(f"{start}-{end} {kind}" for start, end, kind in sorted(found)))


def _compare(gold: set[Found], found: set[Found], prefix: str) -> Tally:
    counts = {"tp": gold & found, "fp": found - gold, "fn": gold - found}
    tally = Tally()
    for what, items in counts.items():
        for _, _, kind in items:
            tally[prefix + kind, what] += 1
    return tally


def find_entities(text: str, sentences: Sequence[Sentence], stages: Stages) -> Iterator[Found]:
    """Yield the entities of a text; of two that overlap, whoever is named goes before where, when and how many."""
    report = make_report(text, language="en")
    times = [(it.evidence.start, it.evidence.end, "Temporal") for it in stages.find_times(text, None)]
    places = [(it.evidence.start, it.evidence.end, "Location") for it in stages.find_places(text)]
    people = [_who(actor, places) for actor in find_actors(report, sentences)]
    taken: list[Span] = []
    for start, end, kind in [*people, *times, *places, *tagged(sentences, MAPPED), *_peoples(text)]:
        if not any(span.overlaps(Span(start, end)) for span in taken):
            taken.append(Span(start, end))
            yield start, end, kind


def _who(actor: Actor, places: Sequence[Found]) -> Found:
    """Return an actor as the corpus has it: without how many they are; a place where nothing says that it acts."""
    start, end = actor.evidence.start, actor.evidence.end
    if actor.sector == "UNK" and actor.name is None and any(start <= place[0] and place[1] <= end for place in places):
        return start, end, "Location"
    quote = actor.evidence.quote.lower()
    is_one = quote in _SINGULAR or (quote not in PRONOUNS and actor.kind is ActorKind.INDIVIDUAL)
    counted = None if is_one else _COUNTED.match(actor.evidence.quote)
    return start + (counted.end() if counted else 0), end, "Person" if is_one else "Organisation"


def _peoples(text: str) -> Iterator[Found]:
    lexicon = load_lexicon()
    for span, _ in lexicon.countries.find(text):
        if lexicon.is_people(text[span.start : span.end]):
            yield span.start, span.end, "Nationality"


def tagged(sentences: Iterable[Sentence], kinds: dict[str, str]) -> Iterator[Found]:
    """Yield the entities that the parser tags, in the corpus's types."""
    for sentence in sentences:
        run = None
        for token in sentence.tokens:
            if run and (token.entity != run[2] or token.begins):
                yield run[0], run[1], kinds[run[2]]
                run = None
            if token.entity in kinds:
                run = (run[0] if run else token.start, token.end, token.entity)
        if run:
            yield run[0], run[1], kinds[run[2]]


def measure(tally: Tally) -> dict[str, float]:
    """Return F1 over all types, precision and recall, the mean of the types, then the types that matter to us."""
    hits, false, missed = (sum(tally[kind, what] for kind in TYPES) for what in ("tp", "fp", "fn"))
    return {
        "entity_f1": micro_f1(tally, TYPES),
        "entity_precision": ratio(hits, hits + false),
        "entity_recall": ratio(hits, hits + missed),
        "macro_f1": macro_f1(tally, TYPES),
        **{f"{kind.lower()}_f1": label_f1(tally, kind) for kind in TYPES[:5]},
        "parser_alone_f1": micro_f1(tally, [f"parser {kind}" for kind in TYPES]),
    }


ENTITIES = GoldSet("entities_re3d", judge_sentences, measure)
