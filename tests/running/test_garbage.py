"""No search for garbage while linking works, and as before after it, whatever happens."""

from __future__ import annotations

import gc

import pytest

from dateline.running.garbage import settle, unsearched


def test_searches_stop_and_begin_again() -> None:
    assert gc.isenabled()
    with unsearched():
        assert not gc.isenabled()
        with unsearched():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_searches_begin_again_after_a_fault() -> None:
    with pytest.raises(ValueError, match="so it is"), unsearched():
        raise ValueError("so it is")
    assert gc.isenabled()


def test_what_is_settled_is_not_looked_at() -> None:
    settle()
    try:
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
