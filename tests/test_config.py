from __future__ import annotations

import os
from pathlib import Path

import pytest

from dateline.config import Config, default_cache, load_config, one_thread_each
from dateline.errors import ConfigError


def test_defaults_need_neither_file_nor_environment(tmp_path: Path) -> None:
    config = load_config(tmp_path, {"HOME": "/home/ana"})

    assert config.cache == default_cache({"HOME": "/home/ana"})
    assert (config.bench, config.coder, config.budget) == (None, None, 60.0)
    assert config.workers >= 1


def test_environment_overrules_file_and_file_overrules_default(tmp_path: Path) -> None:
    (tmp_path / "dateline.toml").write_text('workers = 3\ncoder = "tagger"\ncache = "kept"\nbudget = 5\n')

    config = load_config(tmp_path, {"DATELINE_WORKERS": "2", "DATELINE_BENCH": "gold", "HOME": "/home/ana"})

    assert config == Config(tmp_path / "kept", Path("gold"), "tagger", 2, 5.0)


def test_empty_variable_counts_as_unset(tmp_path: Path) -> None:
    assert load_config(tmp_path, {"DATELINE_BENCH": "", "HOME": "/h"}).bench is None


def test_all_faults_come_in_one_error(tmp_path: Path) -> None:
    (tmp_path / "dateline.toml").write_text('workers = 0\ncolour = "red"\nbudget = true\n')

    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path, {"DATELINE_BUDGET": "soon", "HOME": "/h"})

    message = str(caught.value)
    assert message.count("\n- ") == 4
    for fault in ("workers is 0", "'colour'", "budget is True", "DATELINE_BUDGET is 'soon'"):
        assert fault in message


@pytest.mark.parametrize("content", [b"workers = ", b"\xff\xfe\x00", b'workers = "many"'])
def test_unreadable_file_is_one_fault(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "dateline.toml").write_bytes(content)

    with pytest.raises(ConfigError, match=r"dateline\.toml"):
        load_config(tmp_path, {"HOME": "/h"})


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {"HOME": "/h"}, "/h/.cache/dateline"),
        ("linux", {"HOME": "/h", "XDG_CACHE_HOME": "/x"}, "/x/dateline"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Caches/dateline"),
        ("win32", {"HOME": "/h", "LOCALAPPDATA": "/l"}, "/l/dateline/cache"),
    ],
)
def test_cache_lies_where_the_platform_keeps_caches(platform: str, environ: dict[str, str], expected: str) -> None:
    assert default_cache(environ, platform) == Path(expected)


def test_one_thread_each_puts_the_environment_back() -> None:
    before = dict(os.environ)

    with one_thread_each():
        assert os.environ["OMP_NUM_THREADS"] == "1"

    assert dict(os.environ) == before
