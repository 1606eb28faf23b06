"""Are copies found, and nothing but copies? Documents altered by machine, by degree; and a large archive in time.

    python benchmarks/copies.py GOLD [--documents 400] [--unrelated 5000] [--archive 20000] [--pairs FILE]

Each drawn document is copied with so much of it shared (20 to 80 %): its paragraphs reordered, its headline changed,
and the rest replaced by sentences of other documents; each copy is looked for among all the others. Then the pairs
found among unaltered documents: how many share what, as a reader found who read them all (`copies_read.csv`, by
document, no texts), and which nobody has read; with --pairs, all are written to a file with what they share. Last, time
and memory over an archive of made-up reports, some of them copies, at three sizes. Seeded; exits with 1 if a pair was
not read.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dateline.coding.sentences import find_sentences
from dateline.linking.copies import find_copies
from dateline.model.copies import Copy
from dateline.model.text import Report, make_report

SETS = (
    "attribution_polnear docs_glocon_sample docs_indiapolice linking_basil template_muc4 timex_tbaq toponyms_lgl "
    "toponyms_trnews toponyms_geowebnews docs_insightcrime linking_ecbplus"
).split()
SHARES = (0.2, 0.3, 0.4, 0.6, 0.8, 1.0)
KINDS = {
    "text": "one text, whole or half of the shorter and more",
    "part": "a part of one text",
    "said": "what a speaker or an office said, without marks that are understood",
    "form": "tables and set phrases",
    "list": "headlines or a teaser of other stories",
    "": "not read by anybody",
}
READ = Path(__file__).with_name("copies_read.csv")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--unrelated", type=int, default=5000)
    parser.add_argument("--archive", type=int, default=20_000)
    parser.add_argument("--pairs", type=Path, help="write the pairs of unaltered documents here, with what they share")
    given = parser.parse_args()
    reports = list(_reports(given.gold))
    dice = random.Random(0)
    dice.shuffle(reports)
    _by_degree(reports[: given.documents], reports[given.documents :], dice)
    unread = _unrelated(reports[: given.unrelated], given.pairs)
    for size in (given.archive // 10, given.archive // 3, given.archive):
        _grow(size)
    sys.exit(unread > 0)


def _reports(gold: Path) -> Iterator[Report]:
    seen: set[str] = set()
    for name in SETS:
        for split in ("train", "dev"):
            with (gold / name / f"{split}.jsonl").open(encoding="utf-8") as lines:
                for record in map(json.loads, lines):
                    report = make_report(
                        record["text"], publisher=record.get("publisher"), source=f"{name}#{record['id']}"
                    )
                    if len(report.text.split()) >= 80 and report.id not in seen:
                        seen.add(report.id)
                        yield report


def _by_degree(originals: Sequence[Report], others: Sequence[Report], dice: random.Random) -> None:
    foreign = [sentence for report in others[:300] for sentence in _sentences(report.text)]
    for share in SHARES:
        copies = [
            make_report(_altered(it.text, share, foreign, dice), publisher=f"outlet of {it.id}") for it in originals
        ]
        origin = {copy.id: original.id for copy, original in zip(copies, originals, strict=True)}
        found = [it for it in find_copies([*originals, *copies]) if (it.left in origin) != (it.right in origin)]
        right = sum(origin.get(it.left) == it.right or origin.get(it.right) == it.left for it in found)
        print(f"shared {share:4.0%}: recall {right / len(originals):.3f}, precision {right / max(1, len(found)):.3f}")


def _altered(text: str, share: float, foreign: Sequence[str], dice: random.Random) -> str:
    """Keep sentences up to this share of the words, in runs of one to three, shuffled; fill up with foreign ones."""
    sentences = _sentences(text)
    runs: list[list[str]] = []
    place = 0
    while place < len(sentences):
        step = dice.randint(1, 3)
        runs.append(sentences[place : place + step])
        place += step
    dice.shuffle(runs)
    wanted = share * len(text.split())
    kept: list[str] = []
    fill: list[str] = []
    for run in runs:
        if sum(len(it.split()) for it in kept) < wanted:
            kept += run
        else:
            fill += dice.sample(foreign, len(run))
    body = [*kept, *fill]
    dice.shuffle(body)
    return "\n\n".join([f"Edition of a {dice.randint(100, 999)} word desk", *body])


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in find_sentences(text)]


def _unrelated(reports: Sequence[Report], pairs: Path | None) -> int:
    """Say what is found among unaltered documents, and return how many pairs of it nobody has read."""
    start = time.process_time()
    found = find_copies(reports)
    seconds = time.process_time() - start
    print(f"{len(reports)} unaltered documents: {len(found)} pairs, {len(reports) / seconds:,.0f} docs/s; they share:")
    known = {it.id: it for it in reports}
    rows = [_pair(copy, known[copy.left], known[copy.right]) for copy in found]
    if pairs:
        pairs.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    with READ.open(encoding="utf-8", newline="") as lines:
        read = {(row["left"], row["right"]): row["shared"] for row in csv.DictReader(lines)}
    kinds = [read.get((row["left"], row["right"]), "") for row in rows]
    for kind, number in Counter(kinds).most_common():
        print(f"  {number:4} {KINDS[kind]}")
    apart = [row for row in rows if row["left"].split("#")[0] != row["right"].split("#")[0]]
    for row in [row for row, kind in zip(rows, kinds, strict=True) if not kind] + apart:
        print(f"  {row['left']} ~ {row['right']}: {row['words']} words, {row['shares']}")
    return kinds.count("")


def _pair(copy: Copy, one: Report, other: Report) -> dict[str, Any]:
    """Return what two documents share, the first by name on the left."""
    passages = [one.text[it.left_start : it.left_end] for it in copy.passages]
    shares = ((one.source, copy.share_left), (other.source, copy.share_right))
    (left, _), (right, _) = sorted(shares)
    told = " and ".join(f"{share:.0%}" for _, share in sorted(shares))
    return {"left": left, "right": right, "words": copy.words, "shares": told, "passages": passages}


def _grow(size: int) -> None:
    """Time an archive of this size in which every third report is a copy of one before it, altered in part."""
    dice = random.Random(1)
    lexicon = [f"w{number}" for number in range(30_000)]
    weights = [1 / (rank + 10) for rank in range(len(lexicon))]
    texts: list[str] = []
    for number in range(size):
        words = dice.choices(lexicon, weights, k=300)
        if number % 3 == 2:
            old = dice.choice(texts[-200:]).split()
            words[:150] = old[75:225]
        texts.append(" ".join(words))
    reports = [make_report(text, publisher=f"p{number % 97}") for number, text in enumerate(texts)]
    start = time.process_time()
    found = find_copies(reports)
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    rate = f"{seconds:.1f} s, {size / seconds:,.0f} docs/s, peak {memory:.2f} GB"
    print(f"archive of {size:,}: {len(found):,} copies, {rate}")


if __name__ == "__main__":
    main()
