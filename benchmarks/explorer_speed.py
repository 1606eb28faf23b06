"""How quick the explorer is over a large project: start, filters, texts, the map in a real browser, and memory.

    python -m benchmarks.explorer_speed PROJECT [--filters 200]

Make the project with `benchmarks/large_project.py`. Server times are of whole pages over HTTP on this machine, one
after another, drawn with a seed; nothing is asserted: the numbers are a report.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

import httpx
import psutil

from dateline.storing.catalogue import values
from dateline.storing.database import open_database

PROGRAM = "import pathlib, sys; from dateline.exploring.app import serve; serve(pathlib.Path(sys.argv[1]), ready=print)"
NAMES = ("type", "form", "status", "country", "place", "precision", "actor", "publisher", "sources", "contested")
WORDS = ("farmers", "students marched", "soldiers", "were arrested", "mumbai", "workers cairo")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("project", type=Path)
    parser.add_argument("--filters", type=int, default=200)
    options = parser.parse_args()
    queries = _queries(options.project, options.filters)
    began = time.perf_counter()
    command = [sys.executable, "-u", "-c", PROGRAM, str(options.project)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address, _, key = server.stdout.readline().strip().partition("#")
        print(f"listens after {time.perf_counter() - began:.2f} s")
        with httpx.Client(headers={"Authorization": f"Bearer {key}"}, timeout=60, base_url=address) as client:
            client.get("/").raise_for_status()
            print(f"first page after {time.perf_counter() - began:.2f} s")
            client.get("/search?in=texts&words=farmers").raise_for_status()
            _report("filters and page", [_timed(client, f"/?{query}") for query in queries])
            _report("map", [_timed(client, f"/map.json?{query}") for query in queries[:40]])
            _report("texts", [_timed(client, f"/texts?{urlencode({'words': words})}") for words in WORDS])
        memory = psutil.Process(server.pid).memory_full_info()
        print(f"memory: {memory.uss / 2**20:.0f} MB of its own")
        print(f"map idle after {_map_idle(address, key):.2f} s in Chromium")
        server.terminate()


def _queries(project: Path, count: int) -> list[str]:
    """Return queries of one to three filters with values that occur, some with words."""
    draw = random.Random(3)
    with open_database(project) as database:
        known = {name: [value for value, _ in values(database, name, limit=50)] for name in NAMES}
    known["contested"] = ["yes", "no"]
    found = []
    for _ in range(count):
        chosen = draw.sample(NAMES, draw.randint(1, 3))
        query = {name: draw.choice(known[name]) for name in chosen}
        if draw.random() < 0.2:
            query["words"] = draw.choice(WORDS)
        found.append(urlencode(query))
    return found


def _timed(client: httpx.Client, path: str) -> float:
    began = time.perf_counter()
    client.get(path).raise_for_status()
    return 1000 * (time.perf_counter() - began)


def _report(name: str, times: list[float]) -> None:
    cuts = quantiles(times, n=20, method="inclusive")
    print(f"{name}: median {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms, worst {max(times):.0f} ms, of {len(times)}")


def _map_idle(address: str, key: str) -> float:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{address}#{key}")
        page.wait_for_selector("#map[data-idle]", timeout=60_000)
        began = time.perf_counter()
        page.goto(address)
        page.wait_for_selector("#map[data-idle]", timeout=60_000)
        return time.perf_counter() - began


if __name__ == "__main__":
    main()
