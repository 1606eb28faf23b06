"""What a worker process does: open the stage, work on batches until its parent goes, and never outlive it."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from dateline.errors import DatelineError
from dateline.running.garbage import settle

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from dateline.running.engine import Stage
    from dateline.running.shards import Shards

READY = "ready"

DONE = "done"

_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task gave no result.

    Attributes:
        kind: `killed-worker`, `timed-out` or `raised`.
        message: what happened, to be read after the word "report".
    """

    kind: str
    message: str


def serve(stage: Stage, shards: Shards, channel: Connection) -> None:
    """Work on what comes through the channel: `(key, batch)`. Each result is stored before `done` is sent.

    An exception in the work is told to the parent and then ends the process: nothing is known of its state any more.
    """
    _die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the parent, which ends its workers
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    try:
        work = stage.open()
    except DatelineError as error:
        channel.send(error)
        return
    settle()
    channel.send(READY)
    while (task := _next(channel)) is not None:
        key, batch = task
        try:
            result = work(batch)
        except Exception as error:
            channel.send(Failure("raised", _words(error)))
            raise SystemExit(1) from error
        shards.save(key, result)
        channel.send(DONE)


def _next(channel: Connection) -> tuple[str, pa.RecordBatch] | None:
    try:
        key, batch = channel.recv()
    except EOFError:
        return None
    return key, batch


def _words(error: Exception) -> str:
    at = traceback.extract_tb(error.__traceback__)[-1]
    return f"raised {type(error).__name__} in {Path(at.filename).name}, line {at.lineno}: {str(error)[:500]}"


def _die_with_parent() -> None:
    """Make the system kill this process when its parent dies, however it dies; where it cannot, watch the parent."""
    parent = multiprocessing.parent_process()
    expected = parent.pid if parent else None
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        threading.Thread(target=_watch, args=(expected,), daemon=True).start()
    if os.getppid() != expected:  # it died before this process could ask
        os._exit(1)


def _watch(parent: int | None) -> None:
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(1)
