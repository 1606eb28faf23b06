"""A real Chromium over a real server. Without Chromium the tests are skipped, unless DATELINE_REQUIRE_BROWSER=1."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.exploring.sample import hostile, leipzig

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PROGRAM = "import pathlib, sys; from dateline.exploring.app import serve; serve(pathlib.Path(sys.argv[1]), ready=print)"


@dataclass
class Watch:
    """What a page asked for from elsewhere, and what it complained of."""

    home: str
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def over(self, page: Any) -> Any:
        page.on("request", lambda it: None if it.url.startswith(self.home) else self.foreign.append(it.url))
        page.on("console", lambda it: self.complaints.append(it.text) if it.type == "error" else None)
        page.on("pageerror", lambda it: self.complaints.append(str(it)))
        return page


@contextmanager
def served(project: Path) -> Iterator[tuple[str, str]]:
    """Serve a project; give address and key."""
    command = [sys.executable, "-u", "-c", PROGRAM, str(project)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address, _, key = server.stdout.readline().strip().partition("#")
            yield address, key
        finally:
            server.terminate()


@pytest.fixture(scope="module")  # its event loop must be gone when tests of other modules run theirs
def chromium() -> Iterator[Any]:
    if not CHROMIUM.exists():
        if os.environ.get("DATELINE_REQUIRE_BROWSER") == "1":
            pytest.fail(f"{CHROMIUM} is missing, and DATELINE_REQUIRE_BROWSER=1 asks for it")
        pytest.skip(f"{CHROMIUM} is missing")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    with served(leipzig().write(tmp_path_factory.mktemp("browser"))) as found:
        yield found


@pytest.fixture(scope="session")
def hostile_explorer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    with served(hostile().write(tmp_path_factory.mktemp("hostile"))) as found:
        yield found
