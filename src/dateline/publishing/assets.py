"""Files of a published page that hold no data: they are the same in every publication."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

WEB = ("maplibre-gl.file.js", "maplibre-gl.css", "LICENSE-maplibre-gl.txt", "LICENSE-world-atlas.txt")
"""Vendored files that a published page needs (`data/web/VENDORED.json`)."""

OWN = ("page.js", "page.css")


@cache
def assets() -> dict[str, bytes]:
    """Return these files by their path in a publication."""
    web, own = files("dateline.data") / "web", files("dateline.publishing") / "static"
    found = {f"assets/{name}": (web / name).read_bytes() for name in WEB}
    found |= {f"assets/{name}": (own / name).read_bytes() for name in OWN}
    return found | {"assets/world.js": b"window.DATELINE_WORLD = " + (web / "world.json").read_bytes() + b";\n"}
