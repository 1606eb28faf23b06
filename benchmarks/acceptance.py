"""Check what Dateline reads in an article against the facts that a careful coder takes from it, fact by fact.

`python benchmarks/acceptance.py FOLDER` reads `article.txt` and `facts.json` and prints what is right and what is not.
Each fact names a stretch of the article (`start`, `end`) and what is to be found there: `type` (several with "or",
"and"), `form`, `actor`, `recipient`, `count`, `when`, `speaker`, `content_event`. Of a saying, `when` is the day on
which it was said. A trap (`kind: trap`) is right if nothing there is said to have happened, and no event is dated from
it, if it says so. What a fact does not name is not checked.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.model.event import Mention

Fact = dict[str, Any]
_TYPE = re.compile(r"\b[A-Z]{3,}\b")
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")
_SMALL = {"the", "of", "and", "a", "an", "in", "its", "s", "or"}
_STEMS = {
    "death sentence": "death_sentence", "prison sentence": "prison_sentence", "wave": "wave", "symbolic": "symbolic",
    "torture": "torture",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a fact asks for: what, whether it is so, and what was found instead."""

    what: str
    right: bool
    found: str


def check(fact: Fact, mentions: Sequence[Mention]) -> Iterator[Check]:
    """Yield what a fact asks for, with what the mentions whose trigger stands in its words say."""
    near = [it for it in mentions if fact["start"] <= it.trigger.start < fact["end"]]
    told = [it for it in near if it.status.happened]
    if fact["kind"] == "trap":
        dates = "dated" in fact.get("expect", "") and _dated(fact, mentions)
        yield Check("not told", not told and not dates, _names(told))
        return
    if not fact.keys() & {"type", "speaker", "actor", "content_event"}:
        yield Check("no event of its own", not told, _names(told))
    wanted = fact.get("content_event", fact)
    if "type" in wanted:
        yield from _types(wanted, told)
    if "speaker" in fact:
        voices = [it.attribution.speaker for it in near]
        found = "; ".join(voice.name or (voice.evidence.quote if voice.evidence else "report") for voice in voices)
        yield Check("speaker", _alike(fact["speaker"], found), found)
    for role in ("actor", "recipient"):
        if role in wanted:
            yield _party(role, wanted[role], told)
    yield from _counts(fact, told)
    yield from _time(fact, told, near)


def _dated(fact: Fact, mentions: Iterable[Mention]) -> bool:
    """Say whether any event is dated from the words of a trap."""
    return any(it.when and fact["start"] <= it.when.evidence.start < fact["end"] for it in mentions)


def _types(wanted: Fact, told: Sequence[Mention]) -> Iterator[Check]:
    types, found = _TYPE.findall(wanted["type"]), {it.type for it in told}
    right = set(types) <= found if " and " in wanted["type"] else bool(found & set(types))
    yield Check("type", right, _names(told))
    forms = {form for words, form in _STEMS.items() if words in f"{wanted.get('form', '')} {wanted['type']}"}
    if forms:
        yield Check("form", bool(forms & {it.form for it in told}), _names(told))


def _party(role: str, wanted: str, told: Sequence[Mention]) -> Check:
    actors = [it for one in told for it in one.actors if it.role == role]
    found = [" ".join([it.evidence.quote, it.name or "", *(other.quote for other in it.support)]) for it in actors]
    return Check(role, _alike(wanted, " ".join(found)), "; ".join(found))


def _counts(fact: Fact, told: Sequence[Mention]) -> Iterator[Check]:
    figures = [it for one in told for it in one.figures]
    found = ", ".join(f"{it.counts} {it.low}-{it.high}" for it in figures)
    for counts, number in fact.get("count", {}).items():
        names = {counts, "sentenced"} if counts == "people" else {counts}
        same = [it for it in figures if it.counts in names]
        is_range = not isinstance(number, int)
        yield Check(counts, any(it.low != it.high if is_range else it.low == number == it.high for it in same), found)
    if "term" in fact:
        years = int(fact["term"].split()[0])
        yield Check("term", any(it.counts == "term_years" and it.low == years for it in figures), found)


def _time(fact: Fact, told: Sequence[Mention], near: Sequence[Mention]) -> Iterator[Check]:
    """Yield whether the day is right: of the event, and where a fact names who speaks, also of the saying."""
    if "when" not in fact:
        return
    found = [it.when for it in told if it.when]
    if "speaker" in fact:
        found += [voice.said for it in near for voice in it.attribution.voices if voice.said]
    shown = ", ".join(f"{it.edtf} ({it.basis})" for it in found)
    day = _DAY.search(fact["when"])
    if day is None or "not stated" in fact["when"]:
        stated = [it for it in found if it.edtf and it.basis in {"stated", "resolved"}]
        yield Check("no day made up", not any(len(it.edtf or "") == len("2019-01-01") for it in stated), shown)
    else:
        yield Check("when", any(it.edtf == day.group() for it in found), shown)


def _alike(wanted: str, found: str) -> bool:
    """Say whether a name's own word, or what stands in its brackets, is among the words found."""
    words = {it for it in re.findall(r"\w+", found.lower()) if it not in _SMALL}
    return bool({it for it in re.findall(r"\w+", wanted.lower()) if it not in _SMALL} & words)


def _names(mentions: Iterable[Mention]) -> str:
    return ", ".join(f"{it.type}.{it.form} {it.status.value} {it.trigger.quote!r}" for it in mentions)


def stray(facts: Sequence[Fact], mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions that happened by their words and stand in no fact: more than the coder took, or too much."""
    return [
        it
        for it in mentions
        if it.status.happened and not any(fact["start"] <= it.trigger.start < fact["end"] for fact in facts)
    ]


def main() -> None:
    """Print the table of a folder's facts."""
    import dateline

    folder = Path(sys.argv[1])
    facts = json.loads((folder / "facts.json").read_text("utf-8"))["facts"]
    mentions = dateline.code((folder / "article.txt").read_text("utf-8")).mentions
    right = 0
    for fact in facts:
        checks = list(check(fact, mentions))
        right += all(it.right for it in checks)
        print(f"{'right' if all(it.right for it in checks) else 'WRONG'}  {fact['id']}")
        for it in checks:
            print(f"    {'+' if it.right else '-'} {it.what}: {it.found or 'nothing'}")
    print(f"{right} of {len(facts)} facts right; told besides: {_names(stray(facts, mentions)) or 'nothing'}")


if __name__ == "__main__":
    main()
