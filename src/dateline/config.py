"""Settings: `dateline.toml` and the environment become one frozen `Config`. Nothing else reads the environment."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import tomli

from dateline.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

FILE = "dateline.toml"

PREFIX = "DATELINE_"

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""What tells numerical libraries how many threads to use."""


@dataclass(frozen=True, slots=True)
class Config:
    """What can be set. Each field is a key of `dateline.toml` and, as `DATELINE_<KEY>`, an environment variable.

    Attributes:
        cache: folder for what can be made again, such as the compiled gazetteer.
        bench: folder of gold data for `dateline score`; None if there is none here.
        coder: name of the coder, an entry point of `dateline.coders`; None for the default one.
        workers: how many processes code reports at once.
        budget: seconds of wall-clock time that one report may take.
        codebook: file of a codebook of one's own; None for the one that ships.
        actors: file of organisations and public figures of one's own; see docs/actors.md.
        publishers: file of publishers of one's own; see docs/publishers.md.
        places: CSV file of places of one's own, beside those of the gazetteer; None if there is none.
    """

    cache: Path
    bench: Path | None = None
    coder: str | None = None
    workers: int = 1
    budget: float = 60.0
    codebook: Path | None = None
    actors: Path | None = None
    publishers: Path | None = None
    places: Path | None = None


def load_config(folder: Path = Path(), environ: Mapping[str, str] | None = None) -> Config:
    """Return the settings in force in a folder: its `dateline.toml`, overruled by the environment, over defaults.

    Raises:
        ConfigError: naming every fault of file and environment at once.
    """
    environ = os.environ if environ is None else environ
    faults: list[str] = []
    values = _from_file(folder / FILE, faults) | _from_environment(environ, faults)
    if faults:
        raise ConfigError("settings cannot be used:\n- " + "\n- ".join(faults))
    defaults: dict[str, object] = {"cache": default_cache(environ), "workers": usable_cores()}
    return Config(**(defaults | values))  # type: ignore[arg-type]


def default_cache(environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Return the platform's folder for caches of this program."""
    home = _home(environ)
    folders = {
        "darwin": home / "Library" / "Caches",
        "win32": _given(environ, "LOCALAPPDATA", home / "AppData" / "Local"),
    }
    base = _given(environ, "XDG_CACHE_HOME", folders.get(platform, home / ".cache"))
    is_windows = platform == "win32" and not environ.get("XDG_CACHE_HOME")
    return base / "dateline" / "cache" if is_windows else base / "dateline"


def default_keys(environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Return the platform's folder for what this program must keep of a user, such as the key of pseudonyms."""
    home = _home(environ)
    roaming = _given(environ, "APPDATA", home / "AppData" / "Roaming")
    folders = {"darwin": home / "Library" / "Application Support", "win32": roaming}
    return _given(environ, "XDG_CONFIG_HOME", folders.get(platform, home / ".config")) / "dateline"


def _home(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("HOME") or Path.home())


def _given(environ: Mapping[str, str], name: str, default: Path) -> Path:
    """Return the folder that a variable names, if it names one."""
    return Path(environ[name]) if environ.get(name) else default


def key_file(environ: Mapping[str, str] | None = None) -> Path:
    """Return where the key of pseudonyms is kept: outside every project."""
    return default_keys(os.environ if environ is None else environ) / "pseudonyms.key"


def usable_cores() -> int:
    """Return how many processor cores this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def one_thread_each() -> Iterator[None]:
    """Let numerical libraries that are loaded inside, and processes started inside, use one thread each.

    One process a core is enough; the small products of matrices here are no work for two.
    """
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _folder(value: object, base: Path) -> Path:
    return _path(value, base, "a folder")


def _file(value: object, base: Path) -> Path:
    return _path(value, base, "a file")


def _path(value: object, base: Path, expected: str) -> Path:
    if not isinstance(value, str) or not value:
        raise ValueError(expected)
    return base / Path(value).expanduser()


def _name(value: object, _base: Path) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("a name")
    return value


def _count(value: object, _base: Path) -> int:
    text = str(value)
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 1024):
        raise ValueError("a whole number from 1 to 1024")
    return int(text)


def _seconds(value: object, _base: Path) -> float:
    try:
        number = float(str(value))
    except ValueError:
        number = 0.0
    if isinstance(value, bool) or not 0 < number < 86_400:
        raise ValueError("seconds, more than 0 and less than a day")
    return number


_SETTINGS: dict[str, Callable[[object, Path], object]] = {
    "cache": _folder,
    "bench": _folder,
    "coder": _name,
    "codebook": _file,
    "actors": _file,
    "publishers": _file,
    "places": _file,
    "workers": _count,
    "budget": _seconds,
}


def _from_file(path: Path, faults: list[str]) -> dict[str, object]:
    try:
        found = tomli.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        faults.append(f"{path} cannot be read: {error}")
        return {}
    unknown = sorted(found.keys() - _SETTINGS.keys())
    faults += [f"{path}: unknown key {key!r}; known are {', '.join(_SETTINGS)}" for key in unknown]
    given = {key: (f"{path}: {key}", found[key]) for key in _SETTINGS if key in found}
    return _parse(given, path.parent, faults)


def _from_environment(environ: Mapping[str, str], faults: list[str]) -> dict[str, object]:
    names = {key: PREFIX + key.upper() for key in _SETTINGS}
    given = {key: (name, environ[name]) for key, name in names.items() if environ.get(name)}
    return _parse(given, Path(), faults)


def _parse(given: Mapping[str, tuple[str, object]], base: Path, faults: list[str]) -> dict[str, object]:
    values: dict[str, object] = {}
    for key, (label, value) in given.items():
        try:
            values[key] = _SETTINGS[key](value, base)
        except ValueError as error:
            faults.append(f"{label} is {value!r}; expected {error}")
    return values
