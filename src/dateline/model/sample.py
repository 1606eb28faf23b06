"""A blind sample: mentions that several people code apart from each other, drawn so that anybody can draw it again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dateline.errors import UsageError
from dateline.model.decision import Act, Decision
from dateline.model.review import standing
from dateline.model.text import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SCHEMA = "dateline.sample/1"


@dataclass(frozen=True, slots=True)
class Sample:
    """Which mentions are coded by whom.

    Attributes:
        mentions: ids, in the order in which they are coded.
        coders: pseudonyms; until one of them is done, their decisions are shown to nobody else and count nowhere.
        seed, frame: what it was drawn with, and from how many mentions.
        drawn: when; UTC.
        asked: the query whose incidents it was drawn from, as in an address of the explorer; "" for all of the project.
    """

    mentions: tuple[str, ...]
    coders: tuple[str, ...]
    seed: int
    frame: int
    drawn: datetime
    asked: str = ""


def draw(frame: Iterable[str], size: int, seed: int) -> tuple[str, ...]:
    """Return a random sample of ids: those whose hash with the seed is lowest, in that order.

    The order of the frame changes nothing, and a larger sample with the same seed holds the smaller one.

    Raises:
        UsageError: if the frame holds fewer.
    """
    ids = sorted(set(frame), key=lambda it: (digest([seed, it]), it))
    if not 0 < size <= len(ids):
        raise UsageError(f"a sample of {size} given; expected 1 to {len(ids)}, of which the frame has that many")
    return tuple(ids[:size])


def check_sample(sample: Sample) -> None:
    """Raise `UsageError` unless a sample has two coders or more, and mentions."""
    names = {who.strip() for who in sample.coders}
    if len(names) < 2 or len(names) != len(sample.coders) or "" in names:
        raise UsageError(f"coders {', '.join(map(repr, sample.coders))} given; expected two different names or more")
    if not sample.mentions or len(set(sample.mentions)) != len(sample.mentions):
        raise UsageError(f"a sample of {len(sample.mentions)} mentions given; expected one or more, none twice")


def sample_json(sample: Sample) -> dict[str, Any]:
    """Return a sample as a JSON object of schema `dateline.sample/1`."""
    return {"schema": SCHEMA, **asdict(sample), "drawn": sample.drawn.astimezone(UTC).isoformat()}


def sample_of(body: dict[str, Any]) -> Sample:
    """Return the sample that a JSON object stands for. Inverse of `sample_json`.

    Raises:
        ValueError, KeyError, TypeError: if it stands for none.
    """
    if body["schema"] != SCHEMA:
        raise ValueError(f"schema {body['schema']!r} given; expected {SCHEMA}")
    about = {name: value for name, value in body.items() if name != "schema"}
    about |= {"mentions": tuple(body["mentions"]), "coders": tuple(body["coders"])}
    sample = Sample(**about | {"drawn": datetime.fromisoformat(body["drawn"])})
    check_sample(sample)
    return sample


def left_to(who: str, name: str, sample: Sample, decisions: Mapping[str, Decision]) -> tuple[str, ...]:
    """Return the mentions of a sample that a coder has not come to an end with, in order.

    An end is to accept, to reject or to be unsure; a correction alone is none.
    """
    ends = (Act.ACCEPT, Act.REJECT, Act.UNSURE)
    done = {
        it.about.mention
        for it in standing(decisions).values()
        if it.who == who and it.sample == name and it.act in ends
    }
    return tuple(it for it in sample.mentions if it not in done)


def is_open(name: str, sample: Sample, decisions: Mapping[str, Decision]) -> bool:
    """Say whether all coders are done with a sample, so that what they decided may be seen."""
    return not any(left_to(who, name, sample, decisions) for who in sample.coders)


def counting(decisions: Mapping[str, Decision], samples: Mapping[str, Sample]) -> dict[str, Decision]:
    """Return the decisions, by id, that count: all but those of samples that somebody is still coding."""
    by_sample: dict[str, dict[str, Decision]] = defaultdict(dict)
    for name, decision in decisions.items():
        by_sample[decision.sample][name] = decision
    shut = {name for name, sample in samples.items() if not is_open(name, sample, by_sample[name])}
    return {name: it for name, it in decisions.items() if it.sample not in shut}


def visible_to(who: str, decisions: Mapping[str, Decision], samples: Mapping[str, Sample]) -> dict[str, Decision]:
    """Return the decisions, by id, that a person may see: their own, and those that count."""
    open_ones = counting(decisions, samples)
    return {name: it for name, it in decisions.items() if name in open_ones or it.who == who}
