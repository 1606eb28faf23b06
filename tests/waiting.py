"""Waiting for what a page comes to."""

from __future__ import annotations

import time
from typing import Any

PATIENCE = 30.0
"""Seconds."""


def until(page: Any, told: str) -> None:
    """Wait until an expression is true in a page.

    It is asked from outside, over and over: `wait_for_function` asks again from inside the page, which the pages'
    own policy forbids as `unsafe-eval` whenever the first answer is no.
    """
    last = time.monotonic() + PATIENCE
    while not page.evaluate(told):
        if time.monotonic() > last:
            raise AssertionError(f"not so within {PATIENCE:.0f} s: {told}")
        page.wait_for_timeout(25)
