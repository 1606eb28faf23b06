"""Make `own_speakers/*.jsonl` of the cases that were written by hand beside them.

    python benchmarks/make_speakers.py

A case is a line `register: text`; in the text `<s>...</s>` are the words for the speaker, `<a>...</a>` earlier words
for the same speaker. A case without `<a>` has none: nobody named earlier is meant.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

FOLDER = Path(__file__).parent / "gold" / "own_speakers"
_TAG = re.compile(r"<(/?)([as])>")


def main() -> None:
    for source in sorted(FOLDER.glob("*.txt")):
        lines = [line for line in source.read_text("utf-8").splitlines() if line and not line.startswith("#")]
        records = [read_case(f"{source.stem}:{number}", line) for number, line in enumerate(lines, 1)]
        target = source.with_suffix(".jsonl")
        target.write_text("".join(json.dumps(it, ensure_ascii=False) + "\n" for it in records), "utf-8")
        print(f"{len(records)} cases -> {target}")


def read_case(name: str, line: str) -> dict[str, object]:
    """Return the record of a line: text without tags, span of the speaker's words, spans of earlier ones."""
    register, _, marked = line.partition(": ")
    spans: dict[str, list[list[int]]] = {"a": [], "s": []}
    text, opened, at = "", 0, 0
    for tag in _TAG.finditer(marked):
        text += marked[at : tag.start()]
        at = tag.end()
        if tag[1]:
            spans[tag[2]].append([opened, len(text)])
        else:
            opened = len(text)
    text += marked[at:]
    if len(spans["s"]) != 1:
        raise ValueError(f"{name}: {len(spans['s'])} speakers marked; expected one <s>...</s>")
    return {"id": name, "register": register, "text": text, "speaker": spans["s"][0], "earlier": spans["a"]}


if __name__ == "__main__":
    main()
