"""The first promise, over whole reports: every stored value rests on words that stand in its report to the letter."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from dateline.config import load_config
from dateline.evaluating.spine import gold_folder
from dateline.model.event import Mention
from dateline.model.ground import Basis, VoiceKind
from dateline.model.text import Report, evidence_in
from dateline.model.wire import mention_json
from dateline.reading.inputs import Input, find_inputs
from dateline.reading.reader import read
from dateline.running.pipeline import Told, Tools, open_tools, tell

SETS = (
    "docs_glocon_sample", "docs_indiapolice", "docs_insightcrime", "docs_satp", "template_muc4", "attribution_polnear",
    "toponyms_lgl", "toponyms_trnews", "timex_tbaq", "linking_ecbplus",
)  # fmt: skip
A_SET = 50


@cache
def _tools() -> Tools:
    return open_tools("cascade", load_config().cache)


def _sample() -> list[Input]:
    return list(find_inputs([str(files("dateline.data") / "sample")]))


def _gold(name: str) -> list[Input]:
    """Return documents of a gold set, the same ones each time, cut to a length that keeps the test short."""
    path = gold_folder(load_config()) / name / "dev.jsonl"
    if not path.is_file():
        pytest.skip(f"gold data looked for in {path.parent}")
    texts = {json.loads(line)["text"][:6000] for line in path.read_text("utf-8").splitlines()}
    chosen = sorted(texts, key=lambda text: hashlib.sha256(text.encode()).hexdigest())[:A_SET]
    return [Input(f"{name}#{number}", "text", text.encode()) for number, text in enumerate(chosen)]


def _told(inputs: list[Input]) -> Iterator[Told]:
    for first in range(0, len(inputs), 16):
        yield from tell([read(one) for one in inputs[first : first + 16]], _tools())


def _faults(report: Report, mention: Mention) -> Iterator[str]:
    """Yield what is wrong with a mention."""
    for evidence in evidence_in(mention):
        if report.text[evidence.start : evidence.end] != evidence.quote or not evidence.quote:
            yield f"{evidence} does not stand in the report"
    if not mention.clause.contains(mention.trigger.span):
        yield "the clause does not hold the trigger"
    if mention.attribution.voices[0].kind is not VoiceKind.REPORT:
        yield "the outermost voice is not the report's"
    if any(voice.evidence is None for voice in mention.attribution.voices[1:]):
        yield "a voice has no words"
    if any(None not in (it.low, it.high) and it.low > it.high for it in mention.figures):  # type: ignore[operator]
        yield "a figure's range is empty"
    yield from _faults_of_time_and_place(mention)


def _faults_of_time_and_place(mention: Mention) -> Iterator[str]:
    when, place = mention.when, mention.place
    if when and when.earliest and when.latest and when.earliest > when.latest:
        yield "a time ends before it begins"
    if when and when.basis is Basis.UNKNOWN and (when.earliest or when.latest):
        yield "an unknown time has a date"
    if place and place.name is None and place.lat is not None:
        yield "an unknown place has coordinates"
    if place and place.basis is Basis.STATED and place.name is not None and place.radius_km is None:
        yield "a place has no radius"
    if any(actor.name and not actor.public for actor in mention.actors):
        yield "a private person has a name"


def _check(inputs: list[Input]) -> int:
    """Check all mentions of these inputs and return how many there were."""
    count = 0
    for told in _told(inputs):
        faults = [fault for mention in told.mentions if told.report for fault in _faults(told.report, mention)]
        assert faults == [], told.report and told.report.source
        assert [issue for issue in told.issues if issue.kind == "false-quote"] == []
        assert len({mention.id for mention in told.mentions}) == len(told.mentions)
        json.dumps([mention_json(mention) for mention in told.mentions])
        count += len(told.mentions)
    return count


def test_in_the_sample_archive() -> None:
    assert _check(_sample()) > 200


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_in_gold_documents(name: str) -> None:
    assert _check(_gold(name)) > 20


@pytest.mark.parametrize(
    "text", ["", "\n", "x", "— — —", "“", "(((((", "1989", "On November 17", "\u202e\u202e", "ß" * 3000]
)
def test_in_texts_that_are_hardly_texts(text: str) -> None:
    _check([Input("odd", "text", text.encode())])


def test_gold_is_looked_for_where_the_settings_say() -> None:
    assert isinstance(gold_folder(load_config()), Path)
