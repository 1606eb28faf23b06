"""Deaths in MAVERICK under each policy: by our clusters, by people's clusters, and what people coded of each report.

    python -m benchmarks.policies [--gold ../shared/bench]

Weights between reports are those learned without the years that they judge. A report with no number above zero says
nothing of deaths: in the corpus zero also stands for unknown.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from dateline.config import load_config
from dateline.evaluating import clusters, tolls
from dateline.evaluating.gold.maverick import Told, link_sources, read_sources
from dateline.evaluating.goldset import load
from dateline.evaluating.spine import Spine
from dateline.linking.independence import Origins
from dateline.model.amounts import heard


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path("../shared/bench"))
    told = read_sources(load(parser.parse_args().gold / "linking_maverick" / "dev.jsonl"))
    ours = link_sources(told, Spine(load_config()))
    people = clusters.group({mention.id: record["event_id"] for mention, record in told.pairs})
    alone = [frozenset([mention.id]) for mention, _ in told.pairs]
    for name, its in (("ours", ours), ("people's", people), ("every report one event", alone)):
        show(name, its, told)
    print("\nby people's clusters, zeros taken as said:")
    for end in ("low", "best", "high"):
        events: dict[str, list[int]] = {}
        for _, record in told.pairs:
            events.setdefault(record["event_id"], []).append(int(record[f"deaths_{end}"]))
        print(
            f"deaths_{end}: sum of minima {sum(map(min, events.values())):,}, maxima {sum(map(max, events.values())):,}"
        )


def show(name: str, found: list[frozenset[str]], told: Told) -> None:
    mentions = {mention.id: mention for mention, _ in told.pairs}
    origins = Origins({report.id: report.publisher for report in told.reports.values()})
    sources = tolls.sources_in(found, mentions, origins)
    deadly = [it for it in sources if it]
    disputed = sum(min(a.high for a in its) < max(a.low for a in its) for its in map(heard, deadly))
    print(f"\n{name}: {len(found):,} incidents, {len(deadly):,} with a number of dead, {disputed} of these disputed")
    for policy in tolls.CHOOSING:
        toll = tolls.toll_of(policy, sources)
        print(f"{policy:13} low {toll.low:6,}  best {toll.best:6,}  high {toll.high:6,}")


if __name__ == "__main__":
    main()
