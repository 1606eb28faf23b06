"""linking_newswcl50: which words for events and actions of five publishers' reports are one? CoNLL F1 by topic.

Judged as `linking_ecbplus` is, mentions given. Its chains are loose by design: a summit that is planned, denied and
hoped for is one, and so is what is said of it, which our linker, made for events that took place, keeps apart. Words
for actors, countries and things are left out: they are no events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.evaluating.gold import ecbplus
from dateline.evaluating.goldset import GoldSet, Outcome, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.evaluating.stages import Stages


def judge_events(records: Sequence[Record], stages: Stages) -> list[Outcome]:
    """Compare the incidents of each topic with its gold chains of events and actions."""
    return ecbplus.judge_topics([_as_ecbplus(record) for record in records], stages)


def _as_ecbplus(record: Record) -> Record:
    """Return a record in the fields of ECB+; all its mentions are validated."""
    mentions = [mention | {"validated": True} for mention in record["mentions"]]
    return record | {"topic": record["cluster"], "mentions": mentions}


NEWSWCL50 = GoldSet("linking_newswcl50", judge_events, ecbplus.measure)
