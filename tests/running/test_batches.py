"""Where inputs are cut into batches. All texts are our own."""

from __future__ import annotations

from dateline.reading.inputs import Input
from dateline.running.batches import BATCH_BYTES, BATCH_INPUTS, FIRST_INPUTS, cut


def _sizes(*lengths: int) -> list[int]:
    return [
        it.num_rows for it in cut(Input(f"{place}.txt", "text", b"a" * length) for place, length in enumerate(lengths))
    ]


def test_batches_grow_to_the_largest() -> None:
    assert _sizes(*[10] * 300) == [FIRST_INPUTS, 2 * FIRST_INPUTS, BATCH_INPUTS, BATCH_INPUTS, 36]


def test_a_batch_holds_no_more_bytes_than_it_may_but_for_a_single_input() -> None:
    assert _sizes(10, BATCH_BYTES, 10, BATCH_BYTES + 1, 10) == [1, 1, 1, 1, 1]


def test_all_inputs_are_kept_in_order() -> None:
    found = [
        row["source"] for it in cut(Input(str(place), "text", b"a") for place in range(100)) for row in it.to_pylist()
    ]
    assert found == list(map(str, range(100)))
