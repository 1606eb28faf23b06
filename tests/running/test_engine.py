"""The promises that every engine keeps: one suite, run over all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.running.stages import Tripling, Unopenable, numbers

from dateline.errors import MissingDataError
from dateline.running.engine import Engine, Inline
from dateline.running.local import AHEAD, Local

if TYPE_CHECKING:
    import pyarrow as pa

ENGINES: dict[str, Callable[[Path], Engine]] = {
    "inline": lambda _folder: Inline(),
    "local-1": lambda folder: Local(folder, workers=1),
    "local-2": lambda folder: Local(folder, workers=2),
}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    return ENGINES[request.param](tmp_path / "work")


def values(results: Iterator[pa.RecordBatch]) -> list[list[int | None]]:
    return [batch.column("n").to_pylist() for batch in results]


def test_results_come_one_a_batch_in_order(engine: Engine) -> None:
    batches = [[n, n + 1] for n in range(0, 40, 2)]

    assert values(engine.map(Tripling(), numbers(*batches))) == [[3 * a, 3 * b] for a, b in batches]


def test_nothing_in_nothing_out(engine: Engine) -> None:
    assert list(engine.map(Tripling(), numbers())) == []


def test_equal_batches_give_a_result_each(engine: Engine) -> None:
    assert values(engine.map(Tripling(), numbers([1], [1], [2], [1]))) == [[3], [3], [6], [3]]


def test_batches_are_taken_in_only_a_few_ahead(engine: Engine) -> None:
    taken: list[int] = []

    def endless() -> Iterator[pa.RecordBatch]:
        while True:
            taken.append(len(taken))
            yield from numbers([len(taken)])

    results = engine.map(Tripling(), endless())
    assert next(results).column("n").to_pylist() == [3]
    results.close()

    assert len(taken) <= 2 * AHEAD


def test_stage_that_cannot_be_opened_says_why(engine: Engine) -> None:
    with pytest.raises(MissingDataError, match="not installed"):
        list(engine.map(Unopenable(), numbers([1])))


def test_engines_agree_to_the_byte(tmp_path: Path) -> None:
    answers = [
        [batch.serialize().to_pybytes() for batch in make(tmp_path / name).map(Tripling(), numbers([1, 2], [3]))]
        for name, make in ENGINES.items()
    ]

    assert answers[0] == answers[1] == answers[2]
