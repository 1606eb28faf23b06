"""own_speakers: whom do "he", "they", "the ministry" stand for, as those who say something? Short reports of our own.

A record marks the words for one speaker, and all earlier words for the same (none where nobody named earlier is meant).
An answer is what those words were traced back to; it is right if it overlaps earlier words for that speaker, and where
there are none, if nothing is given. A speaker that is not found as one counts as not traced back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.evaluating.goldset import GoldSet, Outcome, Record
from dateline.evaluating.metrics import Tally, ratio

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.evaluating.stages import Spoken, Stages

Stretch = tuple[int, int]


def judge_cases(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare what each speaker is traced back to with the earlier words for it."""
    return [_outcome(record, stages.find_speakers(record["text"])) for record in records]


def _outcome(record: Record, spoken: Sequence[Spoken]) -> Outcome:
    start, end = record["speaker"]
    found = next((one for one in spoken if one.words[0] < end and start < one.words[1]), None)
    answer = found.earlier if found else None
    tally = Tally({("case", "all"): 1, ("case", "found"): found is not None})
    tally["case", "traceable"] = bool(record["earlier"])
    tally["case", "answered"] = answer is not None
    is_right = answer is not None and _meets(answer, record["earlier"])
    tally["case", "right answer"] = is_right
    tally["case", "right refusal"] = answer is None and not record["earlier"]
    label = "none" if answer is None else f"{answer[0]}-{answer[1]}"
    return Outcome(record["id"], tally, tuple(f"{a}-{b}" for a, b in record["earlier"]) or ("none",), (label,))


def _meets(answer: Stretch, earlier: Iterable[Stretch]) -> bool:
    return any(answer[0] < end and start < answer[1] for start, end in earlier)


def measure(tally: Tally) -> dict[str, float]:
    """Return accuracy, precision of what is traced back, recall of what can be, and the share refused.

    `speaker_found` is the share of cases whose speaker is found as one at all; those that are not stay in every score.
    """
    count = {what: tally["case", what] for what in ("all", "found", "traceable", "answered", "right answer")}
    return {
        "accuracy": ratio(count["right answer"] + tally["case", "right refusal"], count["all"]),
        "precision": ratio(count["right answer"], count["answered"]),
        "recall": ratio(count["right answer"], count["traceable"]),
        "refused": ratio(count["all"] - count["answered"], count["all"]),
        "speaker_found": ratio(count["found"], count["all"]),
    }


OWN_SPEAKERS = GoldSet("own_speakers", judge_cases, measure)
