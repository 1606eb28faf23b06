"""template_muc4: which incidents does a document tell of, and who and what fills their roles? GTT's micro F1.

As GTT scores (Du et al. 2021): templates of a document are paired one to one, only where the type is right; a fill is
right if every string of it is one of the strings of a gold fill in the paired template; type and the five roles
PerpInd, PerpOrg, Target, Victim and Weapon count alike; articles, punctuation and case do not. GTT searches all
pairings for the best F1 of the document; here the pairing with the most right fills is found by assignment.

From a coder that labels sentences, a template of ours is an attack of one kind that a document tells of, with the words
that the coder marks in the sentences so labelled; two attacks of a kind are told apart only where others are hurt,
a while after. From other coders it is one
incident: the mentions of a document that the linker puts together, of the types that the corpus has. Gold victims are
names only, so a recipient counts as Victim if somebody is named in it, as Target if it is of no known sector either,
and else not at all; weapons are the instruments of events. Texts in capitals are written small first; the capitals of
names, which a parser needs to know them, are lost.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.evaluating.assignment import assign
from dateline.evaluating.gold.muc_numbers import count_numbers, measure_numbers
from dateline.evaluating.gold.muc_places import count_locations
from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, count_pairs, harmonic, label_f1, ratio
from dateline.evaluating.stages import Stages, code_texts
from dateline.model.ground import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dateline.model.event import Coding, Label, Mark, Mention
    from dateline.model.ground import Actor
    from dateline.model.text import Report

SLOTS = {
    "PerpInd": "perp_individual",
    "PerpOrg": "perp_org",
    "Target": "phys_tgt",
    "Victim": "hum_tgt_name",
    "Weapon": "instrument_id",
}
TYPES = {
    "abduction": "kidnapping",
    "bombing": "bombing",
    "grenade": "bombing",
    "suicide_bombing": "bombing",
    "arson": "arson",
    "looting": "robbery",
    "killing": "attack",
    "shooting": "attack",
    "assassination": "attack",
    "massacre": "attack",
    "stabbing": "attack",
    "attack": "attack",
    "destruction": "attack",
}
"""Forms of ASSAULT, and the corpus's type. Fighting between two armed sides is no incident by its rules."""

ARMED = frozenset({"REB", "UAF", "PRM", "CRM"})
TOLD, FILLED = 0.3, 0.65
"""How likely the likeliest sentence must be to tell of a kind of attack, and words to fill a role.

Chosen on documents of the training split that the network did not learn from.
"""
PAUSE = 3
"""Sentences after which words of somebody else hurt tell of another incident; chosen in the same way."""
HURT = frozenset({"phys_tgt", "hum_tgt_name"})
PERPETRATORS = frozenset({"perp_individual", "perp_org"})
_ARTICLE = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)
_START = re.compile(r"(?:^|[.!?]['\"]?\s+|\n\s*)([a-z])")
Entity = frozenset[str]
"""All strings of one fill, normalised."""


@dataclass(frozen=True, slots=True)
class Template:
    """One incident of a document: its type (gold may allow several, as in `BOMBING / ATTACK`) and its fills by role."""

    kind: str
    fills: Mapping[str, Sequence[Entity]] = field(default_factory=dict)

    def count(self) -> int:
        """Return how many things there are to get right: the type and every fill."""
        return 1 + sum(len(fills) for fills in self.fills.values())


def judge_documents(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare the incidents found in each document with its templates."""
    coded = code_texts(stages, (write_small(record["text"]) for record in records))
    return [_outcome(record, *pair, stages) for record, pair in zip(records, coded, strict=True)]


def _outcome(record: Record, report: Report, coding: Coding, stages: Stages) -> Outcome:
    gold = gold_templates(record)
    mentions = [it for it in stages.ground(report, coding) if is_incident(it)]
    if coding.labels is not None:
        found = list(labelled_templates(coding))
    else:
        incidents = stages.link(mentions, {report.id: report})
        found = [template_of([it for it in mentions if it.id in incident], coding) for incident in incidents]
    tally = compare(gold, found).add(count_numbers(record, stages.find_figures(report.text)))
    tally.add(count_locations(record, mentions))
    return Outcome(record["id"], tally, _kinds(gold), _kinds(found))


def labelled_templates(coding: Coding) -> Iterator[Template]:
    """Yield the incidents of each kind of attack; a sentence that is labelled with two counts for the likelier."""
    best: dict[int, Label] = {}
    for label in coding.labels or ():
        if label.name.startswith("attack.") and label.score > best.get(label.sentence, label).score - 1e-9:
            best[label.sentence] = label
    marks = [mark for mark in coding.marks if mark.score >= FILLED]
    for name in sorted({label.name for label in best.values()}):
        scores = {sentence: label.score for sentence, label in sorted(best.items()) if label.name == name}
        if max(scores.values()) >= TOLD:
            inside = [mark for mark in marks if mark.sentence in scores]
            yield from _incidents(name.removeprefix("attack."), scores, inside)


def _incidents(kind: str, scores: Mapping[int, float], marks: Sequence[Mark]) -> Iterator[Template]:
    """Yield the incidents of one kind; who did one of them is taken to have done all."""
    stretches = [it for it in _apart(list(scores), marks) if max(map(scores.__getitem__, it)) >= TOLD]
    for stretch in stretches:
        inside = [mark for mark in marks if mark.sentence in stretch or mark.role in PERPETRATORS]
        fills = {role: list(_distinct(it for it in inside if it.role == slot)) for role, slot in SLOTS.items()}
        yield Template(kind, fills)


def _apart(sentences: Sequence[int], marks: Sequence[Mark]) -> list[list[int]]:
    """Return the sentences of each incident: one that hurts others than before, a while after, begins a new one."""
    stretches = [[sentences[0]]]
    hurt: set[str] = set()
    for sentence in sentences:
        here = {word for mark in marks if mark.sentence == sentence and mark.role in HURT for word in _words(mark)}
        if here and hurt and not here & hurt and sentence - stretches[-1][-1] > PAUSE:
            stretches.append([])
            hurt = set()
        stretches[-1].append(sentence)
        hurt |= here
    return stretches


def _words(mark: Mark) -> list[str]:
    return normalise(mark.evidence.quote).split()


def _distinct(marks: Iterable[Mark]) -> Iterator[Entity]:
    """Yield one string an entity, the surest: of "Ana Ruiz" and "Ruiz" one is left."""
    kept: list[set[str]] = []
    for mark in sorted(marks, key=lambda it: (-it.score, it.evidence.start)):
        words = _words(mark)
        if words and not any(set(words) <= known or known <= set(words) for known in kept):
            kept.append(set(words))
            yield frozenset({" ".join(words)})


def _kinds(templates: Iterable[Template]) -> tuple[str, ...]:
    return tuple(sorted(template.kind for template in templates))


def write_small(text: str) -> str:
    """Return a text in capitals with small letters but at the start of sentences; offsets do not move.

    >>> write_small("POLICE FIRED. TWO DIED.")
    'Police fired. Two died.'
    """
    if any(char.islower() for char in text):
        return text
    small = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return _START.sub(lambda match: match[0][:-1] + match[1].upper(), small)


def normalise(words: str) -> str:
    """Return words without case, punctuation, articles and runs of spaces, as GTT compares them."""
    return " ".join(_ARTICLE.sub(" ", words.lower().translate(_PUNCTUATION)).split())


def gold_templates(record: Record) -> list[Template]:
    """Return the templates of a record; a string that is not in the text is left out, as is a template told twice."""
    templates: list[Template] = []
    for raw in record["templates"]:
        slots = raw["slots"]
        fills = {role: _entities(slots.get(slot, ())) for role, slot in SLOTS.items()}
        template = Template(slots["type"][0]["value"].lower(), fills)
        if template not in templates:
            templates.append(template)
    return templates


def _entities(fills: Iterable[Record]) -> list[Entity]:
    entities = [frozenset(normalise(it["text"]) for it in fill["alternatives"] if it["spans"]) for fill in fills]
    return [entity for entity in entities if entity]


def is_incident(mention: Mention) -> bool:
    """Say whether the corpus would make this mention, if it happened, an incident."""
    return mention.type == "ASSAULT" and mention.status.happened and mention.form in TYPES


def template_of(mentions: Sequence[Mention], coding: Coding) -> Template:
    """Return the template of an incident: the most specific type of its mentions, and the fills of all of them."""
    kinds = sorted({TYPES[mention.form or ""] for mention in mentions}, key=lambda kind: (kind == "attack", kind))
    fills: dict[str, list[Entity]] = {role: [] for role in SLOTS}
    for mention in mentions:
        for actor in mention.actors:
            role, entity = _role(actor, coding), frozenset({normalise(actor.evidence.quote)})
            if role and entity not in fills[role] and "" not in entity:
                fills[role].append(entity)
    named = {(mention.type, mention.trigger.span) for mention in mentions}
    weapons = {
        normalise(words.quote)
        for event in coding.events
        if (event.type, event.trigger.span) in named
        for words in event.of(Role.INSTRUMENT)
    }
    fills["Weapon"] = [frozenset({words}) for words in sorted(weapons - {""})]
    return Template(kinds[0], fills)


def _role(actor: Actor, coding: Coding) -> str | None:
    if actor.role is Role.ACTOR:
        return "PerpOrg" if actor.name and actor.sector in ARMED else "PerpInd"
    if _names_person(actor, coding):
        return "Victim"
    return "Target" if actor.sector in (None, "UNK") else None


def _names_person(actor: Actor, coding: Coding) -> bool:
    start, end = actor.evidence.start, actor.evidence.end
    words = (word for sentence in coding.sentences for word in sentence.within(start, end))
    return any(word.entity == "PERSON" or word.tag == "NNP" for word in words)


def compare(gold: Sequence[Template], found: Sequence[Template]) -> Tally:
    """Count right types and fills under the best pairing of templates; `right` and `covered` are apart (see module)."""
    hits = [[_match(ours, theirs) for theirs in found] for ours in gold]
    pairs = assign([[cell["all", "right"] + cell["all", "covered"] for cell in row] for row in hits])
    tally = Tally({("all", "found"): sum(it.count() for it in found), ("all", "gold"): sum(it.count() for it in gold)})
    for row, column in pairs:
        tally.add(hits[row][column])
    return tally.add(count_pairs("type", len(pairs), len(gold), len(found)))


def _match(gold: Template, found: Template) -> Tally:
    """Count what is right of a found template (`right`), and what of the gold one is found (`covered`)."""
    if found.kind not in gold.kind:
        return Tally()
    tally = Tally({("all", "right"): 1, ("all", "covered"): 1})
    for role in SLOTS:
        ours, theirs = gold.fills.get(role, ()), found.fills.get(role, ())
        tally["all", "right"] += sum(any(it <= wanted for wanted in ours) for it in theirs)
        tally["all", "covered"] += sum(any(it <= wanted for it in theirs) for wanted in ours)
    return tally


def measure(tally: Tally) -> dict[str, float]:
    """Return micro F1 over types and roles, its precision and recall, F1 of types alone; and that of `muc_numbers`."""
    precision = ratio(tally["all", "right"], tally["all", "found"])
    recall = ratio(tally["all", "covered"], tally["all", "gold"])
    parts = {"micro_precision": precision, "micro_recall": recall, "type_f1": label_f1(tally, "type")}
    own = {**measure_numbers(tally), "location_f1": _location_f1(tally)}
    return {"micro_f1": harmonic(precision, recall), **parts, **own}


def _location_f1(tally: Tally) -> float:
    right, covered = ratio(tally["location", "right"], tally["location", "found"]), tally["location", "covered"]
    return harmonic(right, ratio(covered, tally["location", "gold"]))


MUC4 = GoldSet("template_muc4", judge_documents, measure)
