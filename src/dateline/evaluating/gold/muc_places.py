"""The location slot of template_muc4: does the document's incident lie where the key says?

A key names a location from the country down: `EL SALVADOR: SAN SALVADOR (CITY): ESCALON (NEIGHBORHOOD)`. Counted are
the locations of a document, found ones by the places of the mentions of the corpus's kinds of attack. A found place
is right if it has one of the names on the path of a gold location, the country's alone only where gold says no more;
a gold location is covered by a found place that has its finest name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.evaluating.metrics import Tally
from dateline.grounding.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.evaluating.goldset import Record
    from dateline.model.event import Mention

_KIND = re.compile(r"\s*\([^)]*\)\s*$")


def gold_paths(record: Record) -> list[tuple[str, ...]]:
    """Return the locations of a record's templates, each as keys of names from the country down, without repeats."""
    slots = (fill for template in record["templates"] for fill in template["slots"].get("location", ()))
    paths = [tuple(fold(_KIND.sub("", part).strip().title()) for part in fill["value"].split(":")) for fill in slots]
    return [path for path in dict.fromkeys(paths) if any(path)]


def found_names(mentions: Iterable[Mention]) -> list[frozenset[str]]:
    """Return the names of the place of each mention: the gazetteer's and the report's own."""
    places = [mention.place for mention in mentions if mention.place and mention.place.name]
    names = [frozenset(map(fold, (place.name or "", place.evidence.quote))) - {""} for place in places]
    return list(dict.fromkeys(names))


def count_locations(record: Record, mentions: Sequence[Mention]) -> Tally:
    """Count right and found places, and covered and given locations, of one document."""
    gold, found = gold_paths(record), found_names(mentions)
    right = sum(any(_agrees(names, path) for path in gold) for names in found)
    covered = sum(any(path[-1] in names for names in found) for path in gold)
    return Tally(
        {
            ("location", "right"): right,
            ("location", "found"): len(found),
            ("location", "covered"): covered,
            ("location", "gold"): len(gold),
        }
    )


def _agrees(names: frozenset[str], path: tuple[str, ...]) -> bool:
    return bool(names & set(path[1:] or path))
