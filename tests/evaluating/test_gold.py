"""Each gold set's adapter, on sentences of our own, over stages that answer from a table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dateline.evaluating import metrics, tolls
from dateline.evaluating.gold import (
    acled,
    actors,
    attribution,
    ecbplus,
    eventdates,
    glocon,
    maverick,
    muc,
    muc_places,
    pages,
    parties,
    plover,
    police,
    speakers,
    timex,
    toponyms,
    trouble,
)
from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.stages import Claimed, Spans, Spoken
from dateline.grounding.timex import Timex
from dateline.linking.weights import Weights
from dateline.model.event import Argument, Coding, Event, Mention, Status, make_mention
from dateline.model.ground import Actor, Basis, Figure, Granularity, Place, Role, When
from dateline.model.parse import Sentence, Token
from dateline.model.text import Evidence, Published, PublishedBasis, Report, Span, evidence_in, make_report


@dataclass(frozen=True)
class Told:
    """What the fake coder reads in a text: an event by its words, and by its actors' words with their sectors."""

    type: str
    form: str | None
    trigger: str
    actors: Mapping[str, str] = field(default_factory=dict)
    recipients: Mapping[str, str] = field(default_factory=dict)
    status: Status = Status.ASSERTED
    killed: str | None = None


def cite(report: Report, words: str) -> Evidence:
    start = report.text.index(words)
    return report.cite(start, start + len(words))


@dataclass
class FakeStages:
    """Stages that know a table of texts and answer from it."""

    told: Mapping[str, Sequence[Told]] = field(default_factory=dict)
    places: Sequence[Place] = ()
    times: Sequence[When] = ()
    figures: Sequence[Figure] = ()
    timexes: Sequence[Timex] = ()
    claims: Sequence[Claimed] = ()
    spoken: Sequence[Spoken] = ()
    reports: Mapping[str, Report] = field(default_factory=dict)
    sentences: tuple[Sentence, ...] = ()
    together: Sequence[set[str]] = ()
    """Quotes of triggers that are linked."""

    def read(self, path: Path) -> Report | None:
        return self.reports.get(path.name)

    def code(self, reports: Sequence[Report]) -> Sequence[Coding]:
        return [Coding(report.id, tuple(self._events(report)), sentences=self.sentences) for report in reports]

    def _events(self, report: Report) -> Iterable[Event]:
        for it in self.told.get(report.text, ()):
            roles = [(Role.ACTOR, words) for words in it.actors] + [(Role.RECIPIENT, words) for words in it.recipients]
            arguments = tuple(Argument(role, cite(report, words)) for role, words in roles)
            clause = Span(0, len(report.text))
            yield Event(report.id, it.type, it.form, it.status, cite(report, it.trigger), clause, arguments)

    def parse(self, text: str) -> tuple[Sentence, ...]:
        return self.sentences

    def ground(self, report: Report, coding: Coding) -> Sequence[Mention]:
        told = {it.trigger: it for it in self.told.get(report.text, ())}
        return [self._mention(report, event, told.get(event.trigger.quote)) for event in coding.events]

    def _mention(self, report: Report, event: Event, told: Told | None) -> Mention:
        sectors = {**told.actors, **told.recipients} if told else {}
        found = tuple(
            Actor(argument.role, argument.evidence, argument.evidence.quote, sector=sectors[argument.evidence.quote])
            for argument in event.arguments
        )
        figures = (Figure(cite(report, told.killed), "killed", 1, 1),) if told and told.killed else ()
        return make_mention(event, actors=found, figures=figures)

    def find_places(self, text: str, publisher: str | None = None) -> Sequence[Place]:
        return self.places

    def resolve_places(self, text: str, spans: Spans, publisher: str | None = None) -> Sequence[Place | None]:
        at = {(place.evidence.start, place.evidence.end): place for place in self.places}
        return [at.get(span) for span in spans]

    def places_named(self, name: str) -> Sequence[Place]:
        return self.places

    def is_demonym(self, word: str) -> bool:
        return word.endswith("ish")

    def find_times(self, text: str, published: date | None) -> Sequence[When]:
        return self.times

    def find_figures(self, text: str) -> Sequence[Figure]:
        return self.figures

    def find_timexes(self, text: str, published: date | None) -> Sequence[Timex]:
        return self.timexes

    def find_claims(self, text: str) -> Sequence[Claimed]:
        return self.claims

    def find_speakers(self, text: str) -> Sequence[Spoken]:
        return self.spoken

    def link(
        self, mentions: Sequence[Mention], reports: Mapping[str, Report], weights: Weights | None = None
    ) -> list[frozenset[str]]:
        groups = [frozenset(it.id for it in mentions if it.trigger.quote in quotes) for quotes in self.together]
        rest = [frozenset({it.id}) for it in mentions if not any(it.id in group for group in groups)]
        return [group for group in groups if group] + rest


def judge(goldset: GoldSet, records: Sequence[Record], stages: FakeStages) -> tuple[list[Outcome], dict[str, float]]:
    outcomes = goldset.judge(records, stages)
    return outcomes, goldset.measure(metrics.total(outcome.tally for outcome in outcomes))


def record(text: str, *labels: str, **more: Any) -> Record:
    return {"id": text[:8], "text": text, "labels": list(labels), "doc": "d", **more}


MARCH = "Students marched in Plauen."
REFUSAL = "The mayor refused to meet them and students marched."
DENIAL = "The ministry did not arrest anyone."


def test_the_main_event_has_a_plover_type_and_a_text_that_stands_twice_is_one_unit() -> None:
    stages = FakeStages(
        {
            MARCH: [Told("PROTEST", "march", "marched")],
            REFUSAL: [Told("REJECT", "meet", "refused"), Told("PROTEST", "march", "marched")],
            DENIAL: [Told("COERCE", "arrest", "arrest", status=Status.DENIED)],
        }
    )
    records = [
        record(MARCH, "PROTEST"),
        record(REFUSAL, "REJECT"),
        record(REFUSAL, "PROTEST"),
        record(DENIAL, "REJECT"),
    ]
    outcomes, scores = judge(plover.PLOVER, records, stages)
    assert [outcome.found for outcome in outcomes] == [("PROTEST",), ("REJECT",), ()]
    assert scores["micro_f1"] == pytest.approx(2 * 2 / (2 * 2 + 0 + 2))
    assert scores["all_micro_f1"] == pytest.approx(2 * 3 / (2 * 3 + 0 + 1))
    assert scores["macro_f1"] == pytest.approx(2 / 3)
    assert scores["coded"] == pytest.approx(2 / 3)


POLICE = {"police": "COP"}
CROWD = {"students": "CVL"}


@pytest.mark.parametrize(
    ("told", "label"),
    [
        ([], None),
        ([Told("PROTEST", "march", "marched")], "PEACE_PROTEST"),
        ([Told("PROTEST", "march", "marched"), Told("COERCE", "arrest", "arrested")], "PROTEST_WITH_INTER"),
        ([Told("PROTEST", "march", "marched"), Told("ASSAULT", "arson", "burned")], "VIOL_DEMONSTR"),
        ([Told("PROTEST", "march", "marched"), Told("ASSAULT", "shooting", "shot", POLICE)], "FORCE_AGAINST_PROTEST"),
        ([Told("PROTEST", "march", "marched"), Told("ASSAULT", "shooting", "shot", CROWD)], "PEACE_PROTEST"),
        ([Told("COERCE", "arrest", "arrested"), Told("ASSAULT", "shelling", "shot")], "ART_MISS_ATTACK"),
        ([Told("ASSAULT", "shelling", "shot"), Told("ASSAULT", "clash", "burned")], "ARMED_CLASH"),
        ([Told("PROTEST", "march", "marched", status=Status.PLANNED)], None),
        ([Told("THREATEN", "violence", "shot")], None),
    ],
)
def test_a_snippet_gets_the_class_that_stands_first_in_the_hierarchy(told: Sequence[Told], label: str | None) -> None:
    text = "The students marched, the police arrested some, burned a car and shot."
    stages = FakeStages({text: told})
    (mentions,) = [stages.ground(make_report(text), coding) for coding in stages.code([make_report(text)])]
    assert acled.classify(mentions) == label


def test_snippets_of_unseen_classes_are_left_out_and_silence_is_wrong() -> None:
    stages = FakeStages({MARCH: [Told("PROTEST", "march", "marched")]})
    records = [
        record(MARCH, "PEACE_PROTEST", subtask=1),
        record(DENIAL, "ARREST", subtask=1),
        record(REFUSAL, "DIPLO", subtask=3),
    ]
    outcomes, scores = judge(acled.ACLED, records, stages)
    assert len(outcomes) == 2
    assert scores == {"weighted_f1": 0.5, "accuracy": 0.5}


@pytest.mark.parametrize(
    ("told", "labels"),
    [
        ([Told("COERCE", "arrest", "arrested", POLICE)], {"ARREST", "ANY_ACTION"}),
        ([Told("COERCE", "arrest", "arrested")], {"ARREST", "ANY_ACTION"}),
        ([Told("COERCE", "arrest", "arrested", CROWD)], set()),
        ([Told("ASSAULT", "shooting", "shot", POLICE)], {"FORCE", "ANY_ACTION"}),
        ([Told("ASSAULT", "shooting", "shot", POLICE, killed="one")], {"KILL", "FORCE", "ANY_ACTION"}),
        ([Told("ASSAULT", "killing", "shot")], set()),
        (
            [Told("ASSAULT", "killing", "one"), Told("ASSAULT", "shooting", "shot", POLICE)],
            {"KILL", "FORCE", "ANY_ACTION"},
        ),
        ([Told("ASSAULT", "killing", "one"), Told("ASSAULT", "shooting", "shot", CROWD)], set()),
        ([Told("COERCE", "dispersal", "shot")], {"FORCE", "ANY_ACTION"}),
        ([Told("COERCE", "raid", "shot")], {"ANY_ACTION"}),
        ([Told("COERCE", "curfew", "shot")], set()),
        ([Told("MOBILIZE", "police", "shot", POLICE)], {"ANY_ACTION"}),
        ([Told("COERCE", "arrest", "arrested", POLICE, status=Status.DENIED)], {"FAIL"}),
        ([Told("COERCE", "arrest", "arrested", POLICE, status=Status.PLANNED)], set()),
    ],
)
def test_police_labels_follow_type_form_actor_and_status(told: Sequence[Told], labels: set[str]) -> None:
    text = "The police and students: arrested, shot, one."
    outcomes, _ = judge(police.POLICE_SENTENCES, [record(text)], FakeStages({text: told}))
    assert set(outcomes[0].found) == labels


def test_police_sentences_are_repaired_before_they_are_coded_and_grouped_by_document() -> None:
    stages = FakeStages({"Police said “stop” and fired.": [Told("ASSAULT", "shooting", "fired", {"Police": "COP"})]})
    (outcome,), scores = judge(
        police.POLICE_SENTENCES, [record("Police said â€œstopâ€\x9d and fired.", "FORCE")], stages
    )
    assert outcome.found == ("ANY_ACTION", "FORCE")
    assert outcome.group == "d"
    assert scores["FORCE"] == 1
    assert scores["ANY_ACTION"] == 0


def test_relevance_needs_an_asserted_protest_and_undecided_records_are_left_out() -> None:
    plan = "Students will march on Monday."
    stages = FakeStages(
        {
            MARCH: [Told("PROTEST", "march", "marched")],
            plan: [Told("PROTEST", "march", "march", status=Status.PLANNED)],
        }
    )
    records = [record(MARCH, "protest_event"), record(plan, "no_event"), record(DENIAL, "undecided")]
    outcomes, scores = judge(glocon.DOCUMENTS, records, stages)
    assert [outcome.found for outcome in outcomes] == [("protest_event",), ("no_event",)]
    assert scores["macro_f1"] == 1


TALKS = "Border guards shot at two fishermen off Rostock."


def spans(**words: str) -> list[Record]:
    starts = {role: TALKS.index(text) for role, text in words.items()}
    return [{"role": role, "start": starts[role], "end": starts[role] + len(text)} for role, text in words.items()]


def test_actor_spans_count_exactly_and_by_overlap() -> None:
    shot = Told("ASSAULT", "shooting", "shot", {"guards": "MIL"}, {"two fishermen": "CVL"})
    gold = record(TALKS, "material_conflict", spans=spans(source="Border guards", target="two fishermen"))
    _, scores = judge(actors.ACTORS, [gold], FakeStages({TALKS: [shot]}))
    assert scores["span_f1"] == pytest.approx(0.5)
    assert scores["span_overlap_f1"] == 1
    assert scores["source_f1"] == 0
    assert scores["target_f1"] == 1


def test_the_first_event_is_the_main_one_and_silence_is_a_statement() -> None:
    first = Told("ASSAULT", "shooting", "shot", {"Border guards": "MIL"})
    stages = FakeStages({TALKS: [Told("CONSULT", "meeting", "off"), first]})
    records = [record(TALKS, "material_conflict", spans=None), record(MARCH, "make_a_statement", spans=[])]
    outcomes, scores = judge(actors.ACTORS, records, stages)
    assert [outcome.found for outcome in outcomes] == [("material_conflict",), ("make_a_statement",)]
    assert scores["class_macro_f1"] == pytest.approx(2 / 5)


def test_two_actors_and_no_recipient_are_reciprocal() -> None:
    clash = Told("ASSAULT", "clash", "shot", {"Border guards": "MIL", "two fishermen": "CVL"})
    gold = record(TALKS, spans=[{**it, "role": "reciprocal"} for it in spans(a="Border guards", b="two fishermen")])
    _, scores = judge(actors.ACTORS, [gold], FakeStages({TALKS: [clash]}))
    assert scores["span_f1"] == 1


def test_attributions_are_paired_by_content_from_half_overlap_on() -> None:
    gold = [
        {"content": [[0, 10]], "source": [[20, 30]], "cue": [[15, 19]]},
        {"content": [[40, 50], [60, 70]], "source": [], "cue": [[52, 54]]},
    ]
    claims = [
        Claimed(((0, 5),), ((20, 30),), ((15, 19),)),
        Claimed(
            ((40, 49), (80, 120)),
        ),
    ]
    stages = FakeStages(claims=claims)
    _, scores = judge(attribution.ATTRIBUTION, [{"id": "a", "text": "", "attributions": gold}], stages)
    assert scores["attribution_f1"] == pytest.approx(0.5)
    assert scores["source_chars_f1"] == 1
    assert scores["cue_chars_f1"] == pytest.approx(2 * 4 / (2 * 4 + 0 + 2))
    assert scores["content_chars_f1"] == pytest.approx(2 * 14 / (2 * 14 + 40 + 16))


def test_spans_and_manners_are_counted_of_the_pairs() -> None:
    text = "“Go now,” she said. He said that all is calm."
    direct = {"content": [[0, 9]], "source": [[10, 13]], "cue": [[14, 18]]}
    indirect = {"content": [[28, 44]], "source": [[20, 22]], "cue": [[23, 27]]}
    claims = [Claimed(((0, 9),), ((10, 13),), ((14, 18),)), Claimed(((30, 44),), (), ((23, 27),))]
    gold = [{"id": "a", "text": text, "attributions": [direct, indirect]}]
    _, scores = judge(attribution.ATTRIBUTION, gold, FakeStages(claims=claims))
    assert (scores["source_span_precision"], scores["source_span_recall"]) == (1, 0.5)
    assert scores["cue_span_f1"] == 1
    assert (scores["direct_recall"], scores["indirect_precision"], scores["mixed_recall"]) == (1, 1, 0)
    assert "people_attribution_f1" not in scores


def test_people_are_scored_with_people_where_several_annotated(tmp_path: Path) -> None:
    one = {"content": [[0, 10]], "source": [], "cue": []}
    other = {"content": [[20, 30]], "source": [], "cue": []}
    versions = {"a": [one], "b": [one, other], "c": [one]}
    line = json.dumps({"id": "d", "text": "x" * 40, "by_annotator": versions})
    (tmp_path / "agreement.jsonl").write_text(line + "\n")
    _, scores = judge(
        attribution.ATTRIBUTION, [{"id": "a", "text": "", "attributions": [], "folder": tmp_path}], FakeStages()
    )
    assert scores["people_attribution_f1"] == pytest.approx(2 * 3 / (2 * 3 + 2))
    assert scores["attribution_f1"] == 0


SPEAKERS = [
    ([[0, 9]], (4, 9), {"accuracy": 1, "precision": 1, "recall": 1, "refused": 0}),
    ([[0, 9]], (12, 15), {"accuracy": 0, "precision": 0, "recall": 0, "refused": 0}),
    ([[0, 9]], None, {"accuracy": 0, "recall": 0, "refused": 1}),
    ([], None, {"accuracy": 1, "refused": 1}),
    ([], (4, 9), {"accuracy": 0, "precision": 0}),
]


@pytest.mark.parametrize(("earlier", "answer", "expected"), SPEAKERS)
def test_a_speaker_is_traced_back_to_earlier_words_or_to_none(
    earlier: list[list[int]], answer: tuple[int, int] | None, expected: dict[str, float]
) -> None:
    gold = [{"id": "a", "text": "", "speaker": [20, 22], "earlier": earlier}]
    _, scores = judge(speakers.OWN_SPEAKERS, gold, FakeStages(spoken=[Spoken((20, 22), answer)]))
    assert {name: scores[name] for name in expected} == expected
    assert scores["speaker_found"] == 1


@pytest.mark.parametrize(
    ("actors", "recipients", "expected"),
    [
        (["Police"], ["students"], {"all_right": 1, "actor_f1": 1, "recipient_f1": 1, "swapped": 0}),
        (["students"], ["Police"], {"all_right": 0, "actor_f1": 0, "recipient_f1": 0, "swapped": 1}),
        (["Police"], [], {"all_right": 0, "actor_f1": 1, "recipient_recall": 0, "swapped": 0}),
        (["Police"], ["students", "Plauen"], {"all_right": 0, "recipient_precision": 0.5, "recipient_recall": 1}),
    ],
)
def test_parties_are_right_if_all_are_found_on_their_own_side(
    actors: list[str], recipients: list[str], expected: dict[str, float]
) -> None:
    text = "Police beat students in Plauen."
    told = Told("ASSAULT", "beating", "beat", dict.fromkeys(actors, "UNK"), dict.fromkeys(recipients, "UNK"))
    gold = [{"id": "a", "text": text, "event": [7, 11], "actors": [[0, 6]], "recipients": [[12, 20]]}]
    _, scores = judge(parties.OWN_PARTIES, gold, FakeStages(told={text: [told]}))
    assert {name: scores[name] for name in expected} == expected


def test_one_claim_cannot_answer_for_two_attributions() -> None:
    whole = frozenset(range(10))
    tally = attribution.match_contents([whole, frozenset(range(6))], [whole])
    assert (tally["attribution", "tp"], tally["attribution", "fn"]) == (1, 1)


def toponym(start: int, lat: float | None, lon: float | None, kind: str | None = None) -> Record:
    return {"start": start, "end": start + 4, "name": "x", "lat": lat, "lon": lon, "type": kind}


def place(start: int, lat: float | None = None, lon: float | None = None) -> Place:
    return Place(Evidence(start, start + 4, "xxxx"), "x", lat=lat, lon=lon)


def test_toponyms_count_for_detection_and_those_with_a_point_for_resolution() -> None:
    gold = [toponym(0, 51.34, 12.37), toponym(10, 52.52, 13.40), toponym(20, None, None), toponym(30, 0.0, 0.0)]
    found = [place(0, 51.34, 12.37), place(10, 48.14, 11.58), place(20), place(32, 0.0, 0.0), place(90, 1.0, 1.0)]
    _, scores = judge(toponyms.TOPONYMS[0], [{"id": "a", "text": "", "toponyms": gold}], FakeStages(places=found))
    assert scores["f1"] == pytest.approx(2 * 3 / (2 * 3 + 2 + 1))
    assert scores["overlap_f1"] == pytest.approx(2 * 4 / (2 * 4 + 1 + 0))
    assert scores["acc161_end_to_end"] == pytest.approx(2 / 3)
    assert scores["acc161_of_found"] == pytest.approx(2 / 3)
    assert scores["median_km"] == 0


def test_given_spans_are_resolved_apart_from_detection_and_demonyms_apart_from_names() -> None:
    gold = [toponym(0, 51.34, 12.37), toponym(10, 52.52, 13.40), toponym(20, 0.0, 0.0)]
    text = "Rome      Irish     Bonn".replace("Irish ", "sish  ")
    stages = FakeStages(places=[place(0, 51.34, 12.37), place(10, 48.14, 11.58)])
    _, scores = judge(toponyms.TOPONYMS[0], [{"id": "a", "text": text, "toponyms": gold}], stages)
    assert scores["given_acc161"] == pytest.approx(1 / 3)
    assert scores["given_names_acc161"] == pytest.approx(1 / 2)
    assert scores["names_acc161"] == pytest.approx(1 / 2)
    assert scores["names_precision"] == 1
    assert scores["names_recall"] == pytest.approx(1 / 2)


def test_names_of_places_in_trouble_are_right_in_their_country_and_near_their_point() -> None:
    name = {"id": "IRQ-1-1", "group": "IRQ-1", "country": "IRQ", "country_name": "Iraq", "script": "latin", "km": 50.0}
    records = [name | {"name": "Mosul", "lat": 36.34, "lon": 43.13}, name | {"name": "Balad", "lat": 0.0, "lon": 0.0}]
    bare = trouble.SENTENCE.index("{")
    starts = (bare, len(trouble.OPENING.format(country="Iraq")) + bare)
    found = [Place(Evidence(at, at + 5, "Mosul"), "Mosul", country="IRQ", lat=36.3, lon=43.1) for at in starts]
    _, scores = judge(trouble.TROUBLE, records, FakeStages(places=found))
    assert (scores["right"], scores["right_country_not_named"], scores["known"]) == (0.5, 0.5, 0.5)
    assert (scores["right_IRQ"], scores["right_latin"], scores["right_native"]) == (0.5, 0.5, 0)


def test_locations_of_a_template_are_paths_of_names() -> None:
    value = "EL SALVADOR: SAN SALVADOR (CITY): ESCALON (NEIGHBORHOOD)"
    gold = {"templates": [{"slots": {"location": [{"value": value}]}}, {"slots": {}}]}
    assert muc_places.gold_paths(gold) == [("el salvador", "san salvador", "escalon")]
    stages = FakeStages({MARCH: [Told("PROTEST", "march", "marched")]})
    (report,) = reports = [make_report(MARCH, language="en")]
    (mention,) = stages.ground(report, stages.code(reports)[0])
    city = Place(cite(report, "Plauen"), "San Salvador", country="SLV")
    mention = replace(mention, place=city)
    tally = muc_places.count_locations(gold, [mention])
    assert (tally["location", "right"], tally["location", "found"], tally["location", "covered"]) == (1, 1, 0)


def test_demonyms_are_neither_right_nor_wrong_for_names() -> None:
    gold = [toponym(0, None, None), toponym(10, None, None, "Demonym"), toponym(20, None, None, "Demonym")]
    stages = FakeStages(places=[place(0), place(10)])
    _, scores = judge(toponyms.TOPONYMS[2], [{"id": "a", "text": "", "toponyms": gold}], stages)
    assert scores["names_f1"] == 1
    assert scores["recall"] == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("here", "there", "km"),
    [((0, 0), (0, 0), 0), ((0, 179), (0, -179), 222), ((90, 0), (-90, 0), 20015), ((51.34, 12.37), (51.34, 12.37), 0)],
)
def test_distances(here: tuple[float, float], there: tuple[float, float], km: int) -> None:
    assert round(toponyms.distance_km(here, there)) == km


def expression(start: int, type: str, value: str) -> Timex:
    return Timex(Evidence(start, start + 4, "xxxx"), type, value)


def test_time_expressions_count_by_span_type_and_value_and_durations_can_be_left_out() -> None:
    gold = [
        {"start": 0, "end": 4, "type": "DATE", "value": "1989-10-09"},
        {"start": 10, "end": 20, "type": "DATE", "value": "1989-10"},
        {"start": 30, "end": 34, "type": "DURATION", "value": "P2W"},
    ]
    found = [expression(0, "DATE", "1989-10-09"), expression(10, "DATE", "1989-11"), expression(30, "SET", "P2W")]
    text = {"id": "a", "text": "", "published": "1989-10-10", "times": gold}
    _, scores = judge(timex.TIMEX, [text], FakeStages(timexes=found))
    assert scores["relaxed_f1"] == 1
    assert scores["strict_f1"] == pytest.approx(2 / 3)
    assert scores["type_f1"] == pytest.approx(2 / 3)
    assert scores["value_f1"] == pytest.approx(2 / 3)
    assert scores["dates_value_f1"] == pytest.approx(1 / 2)


CLASH = "On Monday crowds marched. Shops burned. Two men died."


def dated_article() -> Record:
    spans = {
        word: [[CLASH.index(word), CLASH.index(word) + len(word)]] for word in ("Monday", "marched", "burned", "died")
    }
    kinds = {"marched": "ACTION_OCCURRENCE", "burned": "ACTION_OCCURRENCE", "died": "ACTION_STATE"}
    return {
        "id": "a",
        "text": CLASH,
        "published": "1989-10-10",
        "times": [
            {"spans": spans["Monday"], "value": "1989-10-09TEV", "dct": False},
            {"spans": [[0, 2]], "value": "1989-10", "dct": False},
            {"spans": [[0, 2]], "value": "1989-10-10", "dct": True},
        ],
        "events": [{"spans": spans[word], "type": kind} for word, kind in kinds.items()],
        "tlinks": [
            {"source": ["t", time], "target": ["e", event], "rel": rel}
            for time, event, rel in (
                (0, 0, "CONTAINS"),
                (1, 0, "CONTAINS"),
                (2, 0, "CONTAINS"),
                (2, 1, "AFTER"),
                (0, 1, "SIMULTANEOUS"),
                (0, 2, "CONTAINS"),
            )
        ],
    }


@dataclass
class Dating(FakeStages):
    """Gives every event the same time."""

    when: When | None = None

    def ground(self, report: Report, coding: Coding) -> Sequence[Mention]:
        return [make_mention(event, when=self.when) for event in coding.events]


def test_the_date_of_an_event_is_the_finest_of_the_text_that_holds_it() -> None:
    day = When(Evidence(3, 9, "Monday"), date(1989, 10, 9), date(1989, 10, 9), Granularity.DAY, "1989-10-09")
    timexes = [expression(3, "DATE", "1989-10-09")]
    _, scores = judge(eventdates.EVENT_DATES, [dated_article()], Dating(when=day, timexes=timexes))
    assert (scores["date_precision"], scores["date_recall"], scores["told_precision"]) == (1, 1, 1)
    assert (scores["value_recall"], scores["value_accuracy"]) == (0.5, 1)


def test_a_coarser_date_is_wrong_and_none_is_a_miss() -> None:
    month = When(
        Evidence(3, 9, "Monday"), date(1989, 10, 1), date(1989, 10, 31), Granularity.MONTH, "1989-10", Basis.INFERRED
    )
    _, scores = judge(eventdates.EVENT_DATES, [dated_article()], Dating(when=month))
    assert (scores["date_f1"], scores["inferred_precision"], scores["told_precision"]) == (0, 0, 0)
    outcomes, scores = judge(eventdates.EVENT_DATES, [dated_article()], Dating())
    assert (scores["date_recall"], scores["date_precision"]) == (0, 0)
    assert outcomes[0].gold == ("17:1989-10-09", "32:1989-10-09")


PAGE: Record = {
    "id": "p",
    "html": "p.html.gz",
    "folder": Path(),
    "with": ["the march began", "at noon"],
    "without": ["Subscribe now", "Cookies"],
    "title": "A march",
    "published": "1989-10-10",
}


def test_pages_count_segments_kept_and_let_in() -> None:
    published = Published(date(1989, 10, 10), PublishedBasis.METADATA)
    report = make_report("The day\nthe  march\nbegan. Cookies", title="A  march", published=published)
    _, scores = judge(pages.PAGES, [PAGE], FakeStages(reports={"p.html.gz": report}))
    assert scores["text_f1"] == pytest.approx(2 / (2 + 1 + 1))
    assert scores["title_accuracy"] == scores["date_accuracy"] == 1


def test_a_page_that_cannot_be_read_scores_zero() -> None:
    _, scores = judge(pages.PAGES, [PAGE], FakeStages())
    assert set(scores.values()) == {0}


def token(index: int, start: int, text: str, head: int, tag: str = "VB") -> Token:
    return Token(index, start, start + len(text), text, text.lower(), "X", tag, "dep", head)


def ecb(name: str, text: str, **chains: str) -> Record:
    def mention(words: str, chain: str) -> Record:
        start = text.index(words)
        return {"spans": [[start, start + len(words)]], "chain": chain, "event": True, "validated": True}

    mentions = [mention(words, chain) for words, chain in chains.items()]
    mentions.append({"spans": [[0, 3]], "chain": "X", "event": False, "validated": True})
    return {
        "id": name,
        "topic": "1",
        "text": text,
        "publisher": None,
        "published": None,
        "url": None,
        "mentions": mentions,
    }


def test_gold_mentions_are_linked_inside_a_topic() -> None:
    records = [
        ecb("a", "They marched, then sang.", marched="C1", sang="_SINGLE_"),
        ecb("b", "The protest ended; a choir chanted.", protest="C1", chanted="_SINGLE_"),
    ]
    _, perfect = judge(ecbplus.ECBPLUS, records, FakeStages(together=[{"marched", "protest"}]))
    assert perfect["conll_f1"] == 1
    (outcome,), wrong = judge(ecbplus.ECBPLUS, records, FakeStages(together=[{"sang", "chanted"}]))
    assert outcome.gold == ("4 mentions", "3 chains")
    assert wrong["muc_f1"] == 0
    assert wrong["b3_f1"] == pytest.approx(3 / 4)


def coded(name: str, event: str, headline: str, **more: Any) -> Record:
    actor = {"name": "City police", "subtype": "Security forces: Police", "perpetrator": 1, "victim": 0}
    base = {
        "id": name,
        "event_id": event,
        "headline": headline,
        "source": headline,
        "publisher": "AFP",
        "published": "1989-10-10",
        "country": "Kenya",
        "city": "Busia",
        "location": "Busia",
        "latitude": 0.46,
        "longitude": 34.1,
        "geo_precision": 3.0,
        "event_context": "Clash",
        "date_start": "1989-10-09",
        "date_end": "1989-10-09",
        "deaths_low": 2,
        "deaths_best": 2,
        "deaths_high": 3,
        "injuries_low": 0,
        "injuries_best": 0,
        "injuries_high": 0,
        "actors": [actor],
    }
    return base | more


def test_the_records_of_a_source_become_mentions_whose_values_stand_in_its_report() -> None:
    records = [coded("a", "E1", "Two die"), coded("b", "E2", "Two die", city=None, event_context="Riot", actors=[])]
    report, (mention, other) = maverick.read_source(records)
    evidences = [*evidence_in(mention), *evidence_in(other)]
    assert len(evidences) == 9
    for evidence in evidences:
        report.check(evidence)
    assert mention.actors[0].sector == "COP"
    assert [(it.counts, it.low, it.high) for it in mention.figures] == [("killed", 2, 3)]
    assert (mention.type, other.type) == ("ASSAULT", "ASSAULT")
    assert mention.id != other.id
    assert report.publisher == "Agence France Presse"
    assert "E1" not in report.text


def test_pairs_of_coded_reports_are_counted() -> None:
    records = [coded("a", "E1", "A"), coded("b", "E1", "B"), coded("c", "E2", "C"), coded("d", "E2", "D", actors=[])]
    outcomes, scores = judge(maverick.MAVERICK, records, FakeStages(together=[{"A", "B", "C"}]))
    assert [(it.id, it.gold, it.found) for it in outcomes] == [
        ("E1", ("whole",), ("mixed",)),
        ("E2", ("whole",), ("split", "mixed")),
    ]
    assert scores["pair_precision"] == pytest.approx(1 / 3)
    assert scores["pair_recall"] == pytest.approx(1 / 2)


def dead(identity: str, event: str, number: int, publisher: str) -> Record:
    return coded(identity, event, identity, publisher=publisher) | {
        f"deaths_{it}": number for it in ("low", "best", "high")
    }


def test_the_toll_of_an_event_that_was_split_adds_up_and_may_leave_what_people_coded() -> None:
    records = [dead("a", "E1", 4, "AFP"), dead("b", "E1", 6, "The Daily"), dead("c", "E2", 3, "AFP")]
    _, whole = judge(maverick.MAVERICK, records, FakeStages(together=[{"a", "b"}, {"c"}]))
    assert {name: value for name, value in whole.items() if name.startswith("inside")} == {
        f"inside_{policy}": 0.5 if policy == "every_report" else 1.0 for policy in tolls.CHOOSING
    }
    _, split = judge(maverick.MAVERICK, records, FakeStages(together=[{"a"}, {"b"}, {"c"}]))
    assert (split["inside_lowest"], split["inside_median"]) == (0.5, 0.5)  # 4 and 6 are ten dead of five


def test_found_clusters_are_laid_to_the_events_that_most_of_their_mentions_are_of() -> None:
    gold = [frozenset("abc"), frozenset("de")]
    assert tolls.homes([frozenset("ad"), frozenset("bde"), frozenset("c")], gold) == [0, 1, 0]


RAID = "Guerrillas of the Red Star kidnapped Ana Ruiz. They burned the mill."


def muc_record(text: str, *templates: Mapping[str, Sequence[Sequence[str]]], kinds: Sequence[str]) -> Record:
    def fill(names: Sequence[str]) -> Record:
        return {"alternatives": [{"text": name, "spans": [[0, 1]]} for name in names]}

    raw = [
        {"slots": {"type": [{"value": kind}], **{slot: [fill(it) for it in fills] for slot, fills in it.items()}}}
        for kind, it in zip(kinds, templates, strict=True)
    ]
    return {"id": "m", "text": text, "templates": raw}


def test_templates_are_scored_as_gtt_scores_them() -> None:
    told = [
        Told("ASSAULT", "abduction", "kidnapped", {"Guerrillas of the Red Star": "REB"}, {"Ana Ruiz": "CVL"}),
        Told("ASSAULT", "arson", "burned", {"They": "UNK"}, {"the mill": "UNK"}),
        Told("PROTEST", "march", "of"),
    ]
    gold = muc_record(
        RAID,
        {"perp_org": [["RED STAR", "GUERRILLAS OF RED STAR"]], "hum_tgt_name": [["ANA RUIZ"]]},
        {"phys_tgt": [["MILL"], ["HOUSE"]]},
        kinds=["KIDNAPPING", "BOMBING / ARSON"],
    )
    named = Sentence(0, 0, len(RAID), (token(0, RAID.index("Ana"), "Ana", 0, tag="NNP"),))
    (outcome,), scores = judge(muc.MUC4, [gold], FakeStages({RAID: told}, sentences=(named,)))
    assert outcome.found == ("arson", "kidnapping")
    # Found: 2 types, organisation, victim, `they`, mill = 6, of which 5 right. Gold: 2 types, 4 fills, 5 of them found.
    assert scores["micro_precision"] == pytest.approx(5 / 6)
    assert scores["micro_recall"] == pytest.approx(5 / 6)
    assert scores["type_f1"] == 1


def test_templates_of_another_type_pair_with_nothing() -> None:
    fills = {"Victim": [frozenset({"ana ruiz"})]}
    tally = muc.compare([muc.Template("bombing", fills)], [muc.Template("arson", fills)])
    assert (tally["all", "right"], tally["all", "found"], tally["all", "gold"]) == (0, 2, 2)


@pytest.mark.parametrize(
    ("text", "small"),
    [
        ('POLICE FIRED. "TWO" DIED.\n\nNO MORE', 'Police fired. "two" died.\n\nNo more'),
        ("Police FIRED", "Police FIRED"),
        ("", ""),
        ("İZMIR", "İzmir"),
    ],
)
def test_capitals_are_written_small_and_offsets_stay(text: str, small: str) -> None:
    assert muc.write_small(text) == small
    assert len(small) == len(text)


TYPED = [
    ("REQUEST", Status.ASSERTED, "make_a_statement"),
    ("CONCEDE", Status.ASSERTED, "material_cooperation"),
    ("AGREE", Status.ASSERTED, "verbal_cooperation"),
    ("AID", Status.PLANNED, "verbal_cooperation"),
    ("ASSAULT", Status.PLANNED, "verbal_conflict"),
    ("ASSAULT", Status.CALLED_FOR, "make_a_statement"),
    ("ACCUSE", Status.ASSERTED, "verbal_conflict"),
    ("ASSAULT", Status.ASSERTED, "material_conflict"),
]


@pytest.mark.parametrize(("kind", "status", "expected"), TYPED)
def test_an_event_has_cameo_s_class(kind: str, status: Status, expected: str) -> None:
    words = Evidence(0, 3, "act")
    assert actors.class_of(Event("r", kind, None, status, words, words.span)) == expected


def test_a_side_given_as_the_other_is_counted() -> None:
    gold: set[tuple[str, int, int]] = {("source", 0, 5), ("target", 10, 15)}
    assert actors.measure(actors._compare(gold, gold))["direction_right"] == 1.0
    swapped: set[tuple[str, int, int]] = {("target", 0, 5), ("target", 10, 15)}
    assert actors.measure(actors._compare(gold, swapped))["direction_right"] == 0.5
