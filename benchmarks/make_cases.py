"""Make the `.jsonl` files of our own gold sets of the cases that were written by hand beside them.

    python benchmarks/make_cases.py

A case is a line `kind: text`, in which tags mark words: in own_speakers `<s>...</s>` the words for the speaker and
`<a>...</a>` earlier words for the same; in own_parties `<e>...</e>` the words of the event, `<a>...</a>` who did it
and `<r>...</r>` to whom it was done. A party without a tag is not told. In own_accounts the kind is `story; publisher;
day`, and one letter tags the words for one incident in all reports of the story. In own_scenes a report is a block
under a line `== register; day of publication`, in which `{words|place|time}` marks the words of an event; `or` parts
places or times that are right as well.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

GOLD = Path(__file__).parent / "gold"
_TAG = re.compile(r"<(/?)([a-z])>")
_MARK = re.compile(r"\{([^|{}]+)\|([^|{}]+)\|([^|{}]+)\}")


def main() -> None:
    for folder, read in (
        ("own_accounts", account_case),
        ("own_parties", party_case),
        ("own_speakers", speaker_case),
    ):
        for source in sorted((GOLD / folder).glob("*.txt")):
            lines = [line for line in source.read_text("utf-8").splitlines() if line and not line.startswith("#")]
            _write(source, [read(f"{source.stem}:{number}", line) for number, line in enumerate(lines, 1)])
    for source in sorted((GOLD / "own_scenes").glob("*.txt")):
        _, *blocks = source.read_text("utf-8").split("\n== ")
        _write(source, [scene_case(f"{source.stem}:{number}", block) for number, block in enumerate(blocks, 1)])


def _write(source: Path, records: list[dict[str, object]]) -> None:
    target = source.with_suffix(".jsonl")
    target.write_text("".join(json.dumps(it, ensure_ascii=False) + "\n" for it in records), "utf-8")
    print(f"{len(records)} cases -> {target}")


def speaker_case(name: str, line: str) -> dict[str, object]:
    """Return the record of a line: text without tags, span of the speaker's words, spans of earlier ones."""
    register, text, spans = _untagged(line)
    speaker = _the_one("s", spans, name)
    return {"id": name, "register": register, "text": text, "speaker": speaker, "earlier": spans.get("a", [])}


def party_case(name: str, line: str) -> dict[str, object]:
    """Return the record of a line: text without tags, span of the event's words, spans of its parties."""
    construction, text, spans = _untagged(line)
    parties = {"actors": spans.get("a", []), "recipients": spans.get("r", [])}
    return {"id": name, "construction": construction, "text": text, "event": _the_one("e", spans, name), **parties}


def account_case(name: str, line: str) -> dict[str, object]:
    """Return the record of a line: a report, and the spans of the words for each incident of its story."""
    kind, text, spans = _untagged(line)
    story, publisher, day = kind.split("; ")
    about = {"id": name, "story": story, "publisher": publisher, "published": day, "text": text}
    return about | {"incidents": {f"{story} {tag}": spans[tag] for tag in sorted(spans)}}


def scene_case(name: str, block: str) -> dict[str, object]:
    """Return the record of a block: a report, and of each marked event its span, its places and its times."""
    head, _, marked = block.strip().partition("\n")
    register, day = head.split("; ")
    events, text, at = [], "", 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        span = [len(text), len(text) + len(mark[1])]
        events.append({"span": span, "places": mark[2].split(" or "), "times": mark[3].split(" or ")})
        text += mark[1]
    published = None if day == "none" else day
    return {"id": name, "register": register, "published": published, "text": text + marked[at:], "events": events}


def _the_one(tag: str, spans: dict[str, list[list[int]]], name: str) -> list[int]:
    if len(spans.get(tag, ())) != 1:
        raise ValueError(f"{name}: {len(spans.get(tag, ()))} marked; expected one <{tag}>...</{tag}>")
    return spans[tag][0]


def _untagged(line: str) -> tuple[str, str, dict[str, list[list[int]]]]:
    """Return the kind of a line, its text without tags, and the spans in it by tag."""
    kind, _, marked = line.partition(": ")
    spans: dict[str, list[list[int]]] = {}
    text, opened, at = "", 0, 0
    for tag in _TAG.finditer(marked):
        text += marked[at : tag.start()]
        at = tag.end()
        if tag[1]:
            spans.setdefault(tag[2], []).append([opened, len(text)])
        else:
            opened = len(text)
    return kind, text + marked[at:], spans


if __name__ == "__main__":
    main()
