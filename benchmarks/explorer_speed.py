"""How quick the explorer is over a large project: start, every kind of page, the map in a real browser, and memory.

    python -m benchmarks.explorer_speed PROJECT [--filters 200] [--no-browser]

Make the project with `benchmarks/large_project.py`. Times are of whole answers over HTTP on this machine, one after
another, drawn with a seed: first a few of each kind asked of a server that has just started, then many of a warm one.
Beside each stands the CPU time of the server, which other work on the machine changes less. Nothing is asserted: the
numbers are a report.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import mean, quantiles
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import httpx
import psutil

from dateline.storing.catalogue import find_facts, values
from dateline.storing.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NAMES = (
    *("type", "form", "status", "country", "place", "precision", "actor", "publisher"),
    *("sources", "contested", "single_source", "disputed", "review"),
)
WORDS = (
    "farmers",
    "students marched",
    "soldiers",
    "were arrested",
    "mumbai",
    "workers cairo",
    '"sat down in"',
    "stud*",
)
FIRST = 5
"""How many of each kind are asked of a server that has just started."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("project", type=Path)
    parser.add_argument("--filters", type=int, default=200)
    parser.add_argument("--no-browser", action="store_true")
    options = parser.parse_args()
    asked = _asked(options.project, options.filters)
    with _served(options.project) as (client, server):
        _all(client, server, "cold", {kind: paths[:FIRST] for kind, paths in asked.items()})
        _all(client, server, "warm", asked)
        memory = server.memory_full_info()
        print(f"memory: {memory.uss / 2**20:.0f} MB of its own now, {_peak(server):.0f} MB resident at most")
        if not options.no_browser:
            idle, used, said = _map_idle(str(client.base_url), client.headers["authorization"].removeprefix("Bearer "))
            print(f"map idle after {idle:.2f} s in Chromium, which used {used:.2f} s of CPU")
            print("\n".join(f"its console: {line}" for line in said))


@contextmanager
def _served(project: Path) -> Iterator[tuple[httpx.Client, psutil.Process]]:
    """Start the explorer, say how long its first page takes, and give a client and the server's process."""
    began = time.perf_counter()
    command = [sys.executable, "-u", "-m", "dateline", "explore", str(project), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address, _, key = server.stdout.readline().split()[1].partition("#")
        print(f"listens after {time.perf_counter() - began:.2f} s")
        process = psutil.Process(server.pid)
        with httpx.Client(headers={"Authorization": f"Bearer {key}"}, timeout=120, base_url=address) as client:
            client.get("/").raise_for_status()
            print(f"first page after {time.perf_counter() - began:.2f} s, {_used(process):.2f} s of CPU")
            yield client, process
        server.terminate()


def _asked(project: Path, count: int) -> dict[str, list[str]]:
    """Return for each kind of page the addresses that are asked for."""
    draw = random.Random(3)
    with open_database(project) as database:
        known = {name: [value for value, _ in values(database, name, limit=50)] for name in NAMES}
        found = [fact.id for fact in find_facts(database, limit=None)]
        ids = draw.sample(found, min(count, len(found)))
        told = [database.incident(id_) for id_ in ids[:40]]
    queries = [_query(draw, known) for _ in range(count)]
    mentions = [view.mentions[0] for view in told if view]
    return {
        "home and filters": [f"/?{query}" for query in queries],
        "later pages of the table": [f"/?page={draw.randint(2, len(found) // 50)}" for _ in range(40)],
        "map": [f"/map.json?{query}" for query in queries],
        "facets (API)": [f"/api/v1/facets?{query}" for query in queries],
        "incidents (API)": [f"/api/v1/incidents?{query}" for query in queries],
        "totals (API)": [f"/api/v1/totals?{query}" for query in queries[:40]],
        "words in texts": [f"/texts?{urlencode({'words': words})}" for words in WORDS * 5],
        "incident": [f"/incidents/{id_}" for id_ in ids],
        "incident (API)": [f"/api/v1/incidents/{id_}" for id_ in ids],
        "report": [f"/reports/{mention.report}" for mention in mentions],
        "review, first page": [f"/review?who=A&{query}" for query in ["", *queries[:39]]],
        "review, a mention": [f"/review/{mention.id}?who=A" for mention in mentions],
    }


def _query(draw: random.Random, known: Mapping[str, Sequence[str]]) -> str:
    """Return a query of one to three filters with values that occur, some with words, some with days."""
    booleans = {"single_source", "contested"}
    query = {name: draw.choice(known[name]) for name in draw.sample(NAMES, draw.randint(1, 3)) if known[name]}
    query = {name: {"true": "yes", "false": "no"}[it] if name in booleans else it for name, it in query.items()}
    if draw.random() < 0.2:
        query["words"] = draw.choice(WORDS)
    if draw.random() < 0.2:
        query["since"] = f"{draw.randint(2014, 2022)}-0{draw.randint(1, 9)}-15"
    return urlencode(query)


def _all(client: httpx.Client, server: psutil.Process, state: str, asked: Mapping[str, Sequence[str]]) -> None:
    for kind, paths in asked.items():
        before = _used(server)
        times = [_timed(client, path) for path in paths]
        cpu = 1000 * (_used(server) - before) / len(times)
        cuts = quantiles(times, n=20, method="inclusive")
        print(
            f"{state}, {kind}: median {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms, worst {max(times):.0f} ms, "
            f"mean {mean(times):.0f} ms, of it CPU {cpu:.0f} ms, of {len(times)}",
            flush=True,
        )


def _timed(client: httpx.Client, path: str) -> float:
    began = time.perf_counter()
    client.get(path).raise_for_status()
    return 1000 * (time.perf_counter() - began)


def _used(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _peak(process: psutil.Process) -> float:
    """Return the most MB that a process has had resident. Linux."""
    lines = Path(f"/proc/{process.pid}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def _map_idle(address: str, key: str) -> tuple[float, float, list[str]]:
    """Return the seconds from navigation until the map has come to rest, those of CPU, and what stood in the console.

    The key is entered first, so that no page is made in the time: what is measured is a page opened again.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{address}#{key}")
        page.wait_for_selector("#map[data-idle]", timeout=300_000)
        before, began = _used_by_browsers(), time.perf_counter()
        page.goto(address)
        page.wait_for_selector("#map[data-idle]", timeout=300_000)
        return time.perf_counter() - began, _used_by_browsers() - before, said


def _used_by_browsers() -> float:
    """Return the seconds of CPU that the running Chromium started from here has used."""
    started = psutil.Process().children(recursive=True)
    return sum(_used(process) for process in started if "chromium" in process.name())


if __name__ == "__main__":
    main()
