"""How linking grows: an archive of made-up reports of three sizes, linked at once; then one more hundredth is added.

    python benchmarks/growth.py [--mentions 10000 100000 1000000] [--folder PATH] [--scattered]

The reports and mentions of `benchmarks/world.py` are written as a project's tables; then what a run does after coding,
`running.relating.relate` and the writing of its tables, is timed in a process of its own. For each size: CPU seconds of
each step, the most memory, pairs compared, and pairwise precision and recall against what was made up, of the blocks
and of the incidents. Then the newest hundredth of reports is held back, the rest linked, and the hundredth added: its
cost as a share of linking all, and whether links, incidents and copies are the same as those linked at once, to the
byte. With --scattered, the hundredth is drawn from all days. At the end, the growth exponent between the sizes.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.world import Told, World

from dateline.linking import block, copies, growth
from dateline.linking.columns import split
from dateline.model.event import Mention
from dateline.model.memory import Memory
from dateline.model.publisher import shipped_registry
from dateline.model.tables import to_table
from dateline.model.text import Report
from dateline.running import relating as relating_run
from dateline.running.allocating import from_the_system
from dateline.storing import relating
from dateline.storing.archive import Files, read_part
from dateline.storing.database import over
from dateline.storing.parts import GROUP_ROWS, open_part
from dateline.storing.results import CHANGES, MEMORY, PARTS, SINCE, Outcome, Receipt

A_DAY = 255
"""Mentions that a day of the made-up world brings, about."""
GIVEN = ("reports", "mentions", "readings")
KNOWN = ("links", "incidents", "copies", "relations")
_NO_FILES: Files = dict.fromkeys(PARTS, ())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mentions", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--scattered", action="store_true")
    parser.add_argument("--step", nargs=2, metavar=("NAME", "FOLDER"), help="used by the program itself")
    options = parser.parse_args()
    if options.step:
        print(json.dumps(_carry_out(options.step[0], Path(options.step[1]))))
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        costs = [_grow(Path(folder) / str(size), size, scattered=options.scattered) for size in options.mentions]
    for (n, a), (m, b) in pairwise(costs):
        print(f"from {n:,} to {m:,} mentions: growth exponent {math.log(b / a) / math.log(m / n):.3f}")


def _grow(folder: Path, size: int, *, scattered: bool) -> tuple[int, float]:
    """Write an archive of about this size, link it in both ways, and say what it cost."""
    mentions = _write(folder, size, scattered=scattered)
    whole = _step("whole", folder)
    print(f"\n{mentions:,} mentions: {_told(whole)}", flush=True)
    most = _step("most", folder)
    rest = _step("rest", folder)
    added = 1 - most["about"]["reports"] / whole["about"]["reports"]
    print(f"  {added:.2%} of reports more: {_told(rest)}")
    print(
        f"  that is {rest['seconds'] / whole['seconds']:.1%} of all; the same to the byte: {_is_same(folder)}",
        flush=True,
    )
    return mentions, whole["seconds"]


def _told(cost: dict[str, Any]) -> str:
    steps = ", ".join(f"{name} {seconds:.1f}" for name, seconds in cost["steps"].items())
    about = ", ".join(f"{name} {value:,}" for name, value in cost["about"].items())
    taken = f"{cost['seconds']:.1f} s, {cost['system']:.1f} s of them the system's for memory and files ({steps})"
    return f"{taken}, {cost['wall']:.0f} s by the clock, {cost['memory']:.2f} GB; {about}"


def _step(name: str, folder: Path) -> dict[str, Any]:
    """Do one step in a process of its own, so that its memory is its own."""
    command = [sys.executable, __file__, "--step", name, str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


# --- the archive -----------------------------------------------------------------------------------------------------


def _write(folder: Path, size: int, *, scattered: bool) -> int:
    """Write the archive as two runs, the second with a hundredth of the reports; return the number of mentions.

    Day by day, as it is made up: what is held are the ids of all reports, and those that may be of the last hundredth.
    """
    folder.mkdir(parents=True)
    seen: set[str] = set()
    held: deque[Told] = deque()
    parts = {run: _Part(folder, run) for run in (1, 2)}
    with (folder / "truth.csv").open("w") as truth:
        for told in World().days(0, max(2, size // A_DAY)):
            fresh = list({it.report.id: it for it in told if it.report.id not in seen}.values())
            seen |= {it.report.id for it in fresh}
            for it in fresh:
                truth.writelines(f"{m.id},{n}\n" for m, n in zip(it.mentions, it.truth, strict=True))
                held.append(it)
            while len(held) > 500 + len(seen) // 50:
                _put(parts, held.popleft(), is_last=False, scattered=scattered)
    last = len(held) - round(len(seen) / 100)
    for number, it in enumerate(held):
        _put(parts, it, is_last=number >= last, scattered=scattered)
    for part in parts.values():
        part.close()
    return sum(part.mentions for part in parts.values())


def _put(parts: dict[int, _Part], told: Told, *, is_last: bool, scattered: bool) -> None:
    """Add a report to the first run or, if it is of the last hundredth or of one that is drawn, to the second."""
    is_late = int(told.report.id[:8], 16) % 100 == 0 if scattered else is_last
    parts[2 if is_late else 1].add(told)


class _Part:
    """The tables of one run, written as the writer does, a row group at a time."""

    def __init__(self, folder: Path, run: int) -> None:
        self._run = run
        self.mentions = 0
        self._told: list[Told] = []
        self._files: dict[str, Any] = {}
        for noun in GIVEN:
            (folder / noun).mkdir(parents=True, exist_ok=True)
            self._files[noun] = pq.ParquetWriter(folder / noun / f"{run}.parquet", PARTS[noun], compression="zstd")

    def add(self, told: Told) -> None:
        self._told.append(told)
        self.mentions += len(told.mentions)
        if len(self._told) == GROUP_ROWS:
            self._flush()

    def close(self) -> None:
        self._flush()
        for file in self._files.values():
            file.close()

    def _flush(self) -> None:
        receipts = [Receipt(it.report.id, "", "", Outcome.READ, it.report.id, "") for it in self._told]
        tables = {
            "reports": to_table(Report, [it.report for it in self._told]),
            "mentions": to_table(Mention, [mention for it in self._told for mention in it.mentions]),
            "readings": to_table(Receipt, receipts),
        }
        for noun, table in tables.items():
            number = pa.array([self._run] * len(table), pa.int32())
            table = table.append_column(PARTS[noun].field("run"), number)
            self._files[noun].write_table(table, row_group_size=GROUP_ROWS)
        self._told = []


# --- the steps -------------------------------------------------------------------------------------------------------


def _carry_out(name: str, folder: Path) -> dict[str, Any]:
    """Link all (`whole`), all but the hundredth (`most`), or what it adds to that (`rest`)."""
    pa.array(np.empty(0))  # lets Arrow import what it imports at first use; before linking, a run has coded
    clock = _Clock()
    runs = {"whole": (1, 2), "most": (1,), "rest": (1, 2)}[name]
    files = {
        noun: tuple(folder / noun / f"{run}.parquet" for run in runs) for noun in ("reports", "mentions", "readings")
    }
    old = _known(folder / "most") if name == "rest" else {}
    clock.watch()
    began, walled, system = time.process_time(), time.monotonic(), os.times().system
    with from_the_system(), over(_NO_FILES | files | old, folder, relating_run.MOST_ASKED) as database:
        memory = Memory(**{noun: read_part(path, MEMORY[noun]) for noun, (path,) in old.items() if noun in MEMORY})
        related = relating_run.relate(database, (), shipped_registry(), memory, folder)
        about = _save(folder / name, related.tables)
    seconds, wall, system = time.process_time() - began, time.monotonic() - walled, os.times().system - system
    if name == "whole":
        about |= _quality(folder)
    memory_used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    steps = clock.steps | {"the rest": seconds - sum(clock.steps.values())}
    return {"seconds": seconds, "system": system, "wall": wall, "steps": steps, "memory": memory_used, "about": about}


def _save(folder: Path, tables: Iterator[tuple[str, pa.Table]]) -> dict[str, Any]:
    """Write what was found as the writer does, and count it."""
    folder.mkdir()
    rows: Counter[str] = Counter()
    columns, files = PARTS | CHANGES | MEMORY, {}
    for noun, table in tables:
        if noun not in files:
            files[noun] = open_part(folder / f"{noun}.parquet", noun)
        if noun in CHANGES:
            table = table.append_column("run", pa.array([2] * len(table), pa.int32()))
        files[noun].write_table(table.cast(columns[noun]), row_group_size=GROUP_ROWS)
        rows[noun] += len(table)
    for file in files.values():
        file.close()
    rows["reports"] = rows["imprints"]
    return {noun: rows[noun] for noun in ("reports", *KNOWN, "compared", *SINCE.values(), "matched") if rows[noun]}


def _known(folder: Path) -> dict[str, tuple[Path, ...]]:
    """Return the files that a step wrote."""
    return {it.stem: (it,) for it in sorted(folder.glob("*.parquet"))}


class _Clock:
    """Adds up the CPU time of the steps, each without those inside it."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = defaultdict(float)
        self._inner: list[float] = []

    def watch(self) -> None:
        """Put a clock on each step."""
        places: list[tuple[Any, str, str]] = [
            (relating_run, "_learn", "read and profile"),
            (relating_run, "ties_since", "relations"),
            (relating_run, "lead", "relations"),
            (relating_run, "relations_of", "relations"),
            (relating_run, "recopy", "copies"),
            (growth, "pairs_since", "block"),
            (growth, "_measure", "compare"),
            (growth, "components", "components"),
            (growth, "signatures", "components"),
            (growth, "_clusters", "cluster"),
            (growth, "_links", "links"),
            (growth, "_incidents", "incidents"),
            (relating_run._Known, "fetch", "fetch"),
            (relating_run._Known, "origins", "fetch"),
            (relating.Spool, "add", "write"),
            (relating.Spool, "links", "write"),
            (relating.Spool, "incidents", "write"),
            (relating.Spool, "incidents_since", "write"),
            (relating_run, "to_table", "write"),
            (copies, "matches_of", "match"),
        ]
        for owner, name, step in places:
            setattr(owner, name, self._timed(getattr(owner, name), step))

    def _timed(self, func: Callable[..., Any], step: str) -> Callable[..., Any]:
        @wraps(func)
        def timed(*given: Any, **named: Any) -> Any:
            with self._on(step):
                found = func(*given, **named)
            return self._each(found, step) if isinstance(found, Iterator) else found

        return timed

    def _each(self, found: Iterator[Any], step: str) -> Iterator[Any]:
        """Yield what an iterator yields, with the clock on while it works."""
        nothing = object()
        while True:
            with self._on(step):
                item = next(found, nothing)
            if item is nothing:
                return
            yield item

    @contextmanager
    def _on(self, step: str) -> Iterator[None]:
        began = time.process_time()
        self._inner.append(0.0)
        yield
        took = time.process_time() - began
        self.steps[step] += took - self._inner.pop()
        if self._inner:
            self._inner[-1] += took


# --- is it right? ----------------------------------------------------------------------------------------------------


def _quality(folder: Path) -> dict[str, float]:
    """Return pairwise recall of the blocks, and precision and recall of the incidents."""
    with (folder / "truth.csv").open() as file:
        truth = {name: int(number) for name, _, number in (line.partition(",") for line in file)}
    gold = sum(n * (n - 1) // 2 for n in Counter(truth.values()).values())
    traits = pq.read_table(folder / "whole" / "traits.parquet")
    numbers = np.array([truth[str(name)] for name in traits["mention"].to_pylist()])
    left, right = split(block.pairs_of(traits))
    met = int((numbers[left] == numbers[right]).sum())
    table = pq.read_table(folder / "whole" / "incidents.parquet", columns=["mentions"])
    found: list[list[str]] = [row["mentions"] for row in table.to_pylist()]
    said = sum(len(it) * (len(it) - 1) // 2 for it in found)
    hits = sum(n * (n - 1) // 2 for it in found for n in Counter(truth[name] for name in it).values())
    return {
        "share a block": len(left),
        "recall of blocks": round(met / gold, 3),
        "precision": round(hits / max(1, said), 3),
        "recall": round(hits / gold, 3),
        "largest": max(map(len, found)),
    }


def _is_same(folder: Path) -> bool:
    """Say whether the tables as they are read are the same, in their order."""
    with (
        over(_NO_FILES | _known(folder / "whole"), folder) as whole,
        over(_NO_FILES | _known(folder / "most") | _known(folder / "rest"), folder) as grown,
    ):
        return all(whole.table(noun).equals(grown.table(noun)) for noun in KNOWN)


if __name__ == "__main__":
    main()
