"""Values in words that a person reads: dates, ranges, places, voices, and the sentence that heads an incident."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.model.country import find_country
from dateline.model.ground import Basis, Granularity, Scope, VoiceKind

if TYPE_CHECKING:
    from datetime import date

    from dateline.model.event import Mention, Status
    from dateline.model.ground import Actor, Figure, Place, Voice, When
    from dateline.model.incident import Incident, Range
    from dateline.model.text import PublishedBasis

_UNSEEN = re.compile(
    "\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad"  # control characters and the soft hyphen
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks, embeddings, overrides and isolates of direction
    "\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # no width, or a line
    "\ud800-\udfff]"  # halves of pairs
)
_SCOPES = {
    Scope.WHOLE: "",
    Scope.PART: ", part of those",
    Scope.EXTRA: " more",
    Scope.FORMER: ", an earlier count",
}
_STATUS = {
    "asserted": "said to have happened",
    "denied": "denied",
    "planned": "planned or announced",
    "hypothetical": "hypothetical",
    "called_for": "called for",
    "background": "happened earlier",
    "generic": "a kind of event, none in particular",
}
_DISPUTED = {"when": "the day", "where": "the place", "status": "whether it happened"}
_PUBLISHED = {
    "metadata": "stated in metadata",
    "dateline": "stated in the dateline",
    "given": "given by the user",
    "unknown": "not known",
}
_DOUBTS = {
    Basis.RESOLVED: "traced back",
    Basis.INFERRED: "uncertain: inferred from the words before",
    Basis.UNKNOWN: "uncertain: not known whose words",
}
_UNITS = {Granularity.MONTH: "%B %Y", Granularity.SEASON: "%B %Y", Granularity.YEAR: "%Y"}


def visible(value: object) -> object:
    """Return a text with its control, bidirectional and zero-width characters spelt out; anything else as it is.

    Such characters can make a text read otherwise than it is. Joiners (U+200C, U+200D) stay: Persian needs them.

    >>> visible("a" + chr(0x202E) + "b")
    'a⟨U+202E⟩b'
    """
    if not isinstance(value, str) or value.isprintable():  # nothing that is spelt out counts as printable
        return value
    return _UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", value)


def line(value: str) -> str:
    """Return a name in one line: as `visible`, with tabs and ends of lines spelt out too. A file may bear any name.

    >>> line("a.txt" + chr(10) + "b.txt")
    'a.txt⟨U+000A⟩b.txt'
    """
    return re.sub(r"[\t\n\r]", lambda match: f"⟨U+{ord(match[0]):04X}⟩", str(visible(value)))


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun.

    >>> plural(1, "report"), plural(2000, "report")
    ('1 report', '2,000 reports')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def code(name: str | None) -> str:
    """Return a code of the codebook as words.

    >>> code("hunger_strike")
    'hunger strike'
    """
    return (name or "").lower().replace("_", " ").replace("-", " ")


def kind(type_: str, form: str | None = None) -> str:
    """Return type and form as words.

    >>> kind("PROTEST", "march")
    'Protest: march'
    """
    return code(type_).capitalize() + (f": {code(form)}" if form else "")


def status(value: Status) -> str:
    """Return what the words claim of the event."""
    return _STATUS[value.value]


def day(value: date) -> str:
    """Return a day as `9 October 1989`."""
    return f"{value.day} {value:%B} {value.year}"


def days(earliest: date | None, latest: date | None, granularity: Granularity = Granularity.UNKNOWN) -> str:
    """Return an interval in words, never narrower than it is.

    >>> from datetime import date
    >>> days(date(1989, 10, 3), date(1989, 10, 10)), days(None, date(1989, 10, 10)), days(None, None)
    ('3 to 10 October 1989', 'up to 10 October 1989', 'date not known')
    """
    if earliest is None or latest is None:
        return _open(earliest, latest)
    if earliest == latest:
        return day(earliest)
    if (whole := _UNITS.get(granularity)) and earliest.strftime(whole) == latest.strftime(whole):
        return earliest.strftime(whole)
    return f"{_short(earliest, latest)} to {day(latest)}"


def _open(earliest: date | None, latest: date | None) -> str:
    if earliest:
        return f"from {day(earliest)} on"
    return f"up to {day(latest)}" if latest else "date not known"


def _short(earliest: date, latest: date) -> str:
    """Return the first day of an interval without what the last day says again."""
    if earliest.year != latest.year:
        return day(earliest)
    return str(earliest.day) if earliest.month == latest.month else f"{earliest.day} {earliest:%B}"


def bounds(low: int | None, high: int | None) -> str:
    """Return a low-high range in words.

    >>> bounds(5000, 8000), bounds(30, None), bounds(7, 7)
    ('5,000–8,000', 'at least 30', '7')
    """
    if low is None:
        return "number not known" if high is None else f"at most {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def count(counts: str, low: int | None, high: int | None) -> str:
    """Return how many of what."""
    return f"{bounds(low, high)} {code(counts)}"


def figure(value: Figure) -> str:
    """Return what a figure was read as, how it stands to another, who gives it if others differ, how it is known."""
    says = f", says {value.source.quote}" if value.source else ""
    return count(value.counts, value.low, value.high) + _SCOPES[value.scope] + says + _known(value.basis)


def ranges(values: tuple[Range, ...]) -> str:
    """Return the ranges of an incident in one line."""
    return ", ".join(count(value.counts, value.low, value.high) for value in values)


def when(value: When) -> str:
    """Return a time in words, with how it is known unless the words say it."""
    return days(value.earliest, value.latest, value.granularity) + _known(value.basis)


def place(value: Place) -> str:
    """Return a place in words, with how it is known unless the words say it."""
    return area(value.name, value.admin1, value.country) + _known(value.basis)


def area(name: str | None, admin1: str | None, home: str | None) -> str:
    """Return the names of a place, the smallest unit first, none twice; `home` is the code of its country.

    >>> area("Leipzig", "Saxony", "DEU"), area("Thailand", None, "THA")
    ('Leipzig, Saxony, Germany', 'Thailand')
    """
    return ", ".join(dict.fromkeys(part for part in (name, admin1, country(home)) if part)) or "place not known"


def country(home: str | None) -> str:
    """Return what a country is called by its code; the code itself where none is known by it."""
    found = find_country(home)
    return found.name if found else home or ""


def located(words: str) -> str:
    """Return a place that is told in one text with its country by name.

    >>> located("Leipzig, Saxony, DEU"), located("at the gate")
    ('Leipzig, Saxony, Germany', 'at the gate')
    """
    names, _, home = words.rpartition(", ")
    return area(names, None, home)


def actor(value: Actor) -> str:
    """Return who an actor is: the name of a public one, else sector and country, else the bare words."""
    if value.name:
        return value.name
    known = [part for part in (value.sector, country(value.country)) if part and part != "UNK"]
    return " ".join(known) or "not known"


def called(value: Voice) -> str:
    """Return who a voice is: its name, else the words it was traced back to, else those for it where it speaks."""
    if value.kind is VoiceKind.REPORT:
        return "the report itself"
    words = next(iter(value.support), value.evidence)
    return value.name or (words.quote if words else f"{value.kind.value} voice")


def voice(value: Voice) -> str:
    """Return who a voice is, its cue, where and when it spoke, and how it is known unless the words say it."""
    if value.kind is VoiceKind.REPORT:
        return called(value)
    occasion = [value.medium.quote] if value.medium else []
    occasion += [when(value.said)] if value.said else []
    told = ", ".join([called(value), *occasion]) + (f" ({value.cue.quote})" if value.cue else "")
    return told + (f" [{_DOUBTS[value.basis]}]" if value.basis in _DOUBTS else "")


def basis_of(value: Voice) -> str:
    """Return how surely it is known whose words they are."""
    return _DOUBTS.get(value.basis, "")


def voices(mention: Mention) -> str:
    """Return the chain of voices, outermost first."""
    return " › ".join(voice(value) for value in mention.attribution.voices)


def disputed(names: tuple[str, ...]) -> str:
    """Return what is contested, in words."""
    return ", ".join(_DISPUTED.get(name, f"how many {code(name)}") for name in names)


def sentence(incident: Incident) -> str:
    """Return the sentence that heads an incident, made from its fields alone."""
    told = f"{plural(len(incident.reports), 'report')} by {plural(incident.publishers, 'publisher')}"
    told += f" ({plural(incident.independent, 'independent source')})" if len(incident.reports) > 1 else ""
    where = area(incident.place, incident.admin1, incident.country)
    time = days(incident.earliest, incident.latest, incident.granularity)
    tell = "tells" if len(incident.reports) == 1 else "tell"
    return f"{told} {tell} of it: " + "; ".join(filter(None, (where, time, ranges(incident.figures)))) + "."


def basis(value: PublishedBasis) -> str:
    """Return how the day of publication is known."""
    return _PUBLISHED[value.value]


def _known(basis: Basis) -> str:
    return "" if basis is Basis.STATED else f" ({basis.value})"
