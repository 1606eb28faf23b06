from __future__ import annotations

import os

import pytest

from dateline.config import default_cache
from dateline.grounding.gazetteer import Gazetteer, open_gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The gazetteer of this machine's cache, compiled on the first run of the tests."""
    return open_gazetteer(default_cache(os.environ))
