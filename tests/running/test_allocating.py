"""Arrow asks the system for memory while linking works, and whom it asked before after it, whatever happens."""

from __future__ import annotations

import pyarrow as pa
import pytest

from dateline.running.allocating import from_the_system


def test_the_system_is_asked_meanwhile() -> None:
    usual = pa.default_memory_pool().backend_name
    with from_the_system():
        assert pa.default_memory_pool().backend_name == "system"
        held = pa.array(range(1000))
    assert pa.default_memory_pool().backend_name == usual
    assert held.to_pylist() == list(range(1000))


def test_whom_it_asked_before_is_asked_after_a_fault() -> None:
    usual = pa.default_memory_pool().backend_name
    with pytest.raises(ValueError, match="so it is"), from_the_system():
        raise ValueError("so it is")
    assert pa.default_memory_pool().backend_name == usual
