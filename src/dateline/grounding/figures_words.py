"""The words around a number that tell what it counts."""

from __future__ import annotations

import re
from importlib.resources import files

import tomli

from dateline.model.imprecise import figure_data

_NOUNS: dict[str, list[str]] = {counts: words.lower().split() for counts, words in figure_data()["nouns"].items()}
_PLURAL = frozenset(figure_data()["forms"]["plural"].split())
MODIFIERS = frozenset(figure_data()["forms"]["modifiers"].split())
LASTING = frozenset({"hours", "days", "weeks", "months", "years"})


def _peoples() -> list[str]:
    """Return the words for the people of each country, lower-case and singular."""
    countries = tomli.loads((files("dateline.data") / "demonyms.toml").read_text("utf-8"))
    names = {name.lower() for about in countries.values() for name in about.get("people", ())}
    return sorted(name for name in names if " " not in name and not name.endswith(("ese", "ish", "ch", "s")))


_NOUNS["people"] += _peoples()


def _forms(noun: str) -> tuple[str, ...]:
    if noun in _PLURAL or noun in {"child", "man", "woman"} or noun.endswith(("men", "ies", "shes", "ches")):
        return (noun,)
    return (noun, noun + "s")


COUNTS: dict[str, str] = {form: counts for counts, nouns in _NOUNS.items() for noun in nouns for form in _forms(noun)}
SINGULAR_PEOPLE = frozenset(_NOUNS["people"]) - _PLURAL - {"other"}
ONE_PERSON = frozenset(figure_data()["forms"]["names"].split()) | frozenset(
    noun for noun in SINGULAR_PEOPLE if not noun.endswith(("men", "ies")) and noun not in {"general", "individual"}
)


def counted(noun: str, *, single: bool) -> str | None:
    """Return what a number before this noun counts; a singular noun only follows `one`.

    >>> counted("cities", single=False), counted("city", single=False), counted("city", single=True)
    ('cities', None, 'cities')
    """
    counts = COUNTS.get(noun)
    if counts is None:
        return None
    plural = noun in _PLURAL or noun.endswith(("s", "men", "children"))
    return counts if single != plural else None


# What befell people, told after the number: "12 were killed".
_VERBS = {
    "killed": (
        r"killed|slain|murdered|massacred|executed|hanged|shot\s+(?:dead|to\s+death)|gunned\s+down|assassinated|dead|died|lost\s+their\s+lives|"
        r"put\s+to\s+death|perished|lynched|beheaded"
    ),
    "injured": r"injured|wounded|hurt|hospitali[sz]ed",
    "arrested": (
        r"arrested|detained|rounded\s+up|apprehended|taken\s+into\s+custody|in\s+custody|jailed|imprisoned|"
        r"behind\s+bars|held(?!\s+(?:hostage|captive|talks|up)\b)"
    ),
    "sentenced": (
        r"sentenced|convicted|condemned\s+to|(?:given|handed)(?=\s+(?:[\w-]+\s+){0,3}?(?:sentences?|terms?|lashes)\b)|"
        r"received(?=\s+(?:[\w-]+\s+){0,3}?(?:sentences?|terms?|lashes)\b)"
    ),
    "released": r"released|freed|set\s+free|let\s+go",
    "abducted": r"abducted|kidnapped|(?:taken|held)\s+(?:hostage|captive)",
    "missing": r"missing|disappeared|unaccounted\s+for",
    "displaced": r"displaced|evacuated|evicted|made\s+homeless|homeless|fled",
    "people": (
        r"marched|gathered|rallied|protested|demonstrated|turned\s+(?:out|up)|took\s+(?:to\s+the\s+streets|part)|attended|joined|"
        r"assembled|went\s+on\s+strike|walked\s+out|participated|chanted|clashed"
    ),
}
# The same before it: "killing 12", "the arrest of 12".
_ACTIVE = {
    "killed": r"kill(?:ed|ing|s)?|murder(?:ed|ing|s)?|massacr(?:ed|ing)|execut(?:e|ed|ing)|hanged|hanging|shot\s+dead|"
    r"assassinat(?:ed|ing)|gunn(?:ed|ing)\s+down|shot\s+and\s+killed|beheaded|beheading|claimed\s+the\s+lives|"
    r"took\s+the\s+lives|"
    r"(?:deaths?|killings?|murders?|executions?|massacres?|assassinations?|slayings?)(?=\s+of\b)",
    "injured": r"injur(?:ed|ing|es|e)|wound(?:ed|ing|s)?|hurt|hurting|hospitali[sz]ing|"
    r"(?:injury|injuries|wounding)(?=\s+(?:of|to)\b)",
    "arrested": r"arrest(?:ed|ing|s)?|detain(?:ed|ing|s)|rounded\s+up|rounding\s+up|jailed|jailing|"
    r"imprison(?:ed|ing)|(?:arrests?|detentions?|imprisonment)(?=\s+of\b)",
    "sentenced": r"sentenced|sentencing|convicted|convicting|conviction(?=\s+of\b)",
    "released": r"releas(?:ed|ing|es)|freed|freeing|release(?=\s+of\b)",
    "abducted": r"abduct(?:ed|ing|s)|kidnap(?:ped|ping|s)|(?:abductions?|kidnappings?)(?=\s+of\b)",
    "missing": r"disappearances?(?=\s+of\b)",
    "displaced": r"displac(?:ed|ing)|evacuat(?:ed|ing)|evict(?:ed|ing)|(?:displacement|eviction)s?(?=\s+of\b)",
    "people": r"(?:crowd|turnout|gathering)(?=\s+of\b)|drew|attract(?:ed|ing)|attended\s+by",
}
# Before the noun that is counted: "two dead officers".
BEFALLEN = {
    "dead": "killed",
    "slain": "killed",
    "wounded": "injured",
    "injured": "injured",
    "missing": "missing",
    "detained": "arrested",
    "arrested": "arrested",
    "jailed": "arrested",
    "imprisoned": "arrested",
    "kidnapped": "abducted",
    "abducted": "abducted",
    "displaced": "displaced",
    "released": "released",
}
# A noun whose number is told: "the death toll rose to 15", "put the crowd at 200".
_TOLLS = {
    "killed": r"(?:death\s+)?toll|(?<=number\sof\s)(?:the\s+)?(?:dead|deaths|killed|fatalities)",
    "injured": r"(?<=number\sof\s)(?:the\s+)?(?:injured|wounded|injuries)",
    "arrested": r"(?<=number\sof\s)(?:arrests|arrested|detained|detentions|detainees)",
    "displaced": r"(?<=number\sof\s)(?:the\s+)?displaced",
    "people": r"crowd|turnout|attendance|(?<=number\sof\s)(?:protesters|participants|marchers|demonstrators)",
}


def _named(forms: dict[str, str]) -> str:
    return "|".join(f"(?P<{counts}>{form})" for counts, form in forms.items() if form)


def closes(text: str, start: int, end: int, words: tuple[str, ...]) -> bool:
    """Say whether a stretch ends with one of some words, white space aside: much cheaper to see than to search for."""
    return text[start:end].rstrip().casefold().endswith(words)


_WERE = r"(?=\s+(?:were|was|have|had|are|died)\b)"
_SAYING = r"(?!\s+(?:said|says?|claim\w*|told|report\w*|th[io][nu]\w*|believ\w*|alleg\w*)\b)"
# What may stand between those counted and the verb: a place, an aside, ages, a clause about them.
_BETWEEN = (
    rf"\s+(?:in|from|at|near|across|of)\s+(?:[\w'’-]+\s+){{0,3}}?[\w'’-]+{_WERE}|,[^,.;\n]{{1,80}},|\s+\([^()\n]{{1,60}}\)|"
    r"\s+--\s[^-\n]{1,60}--|,?\s+aged\s+(?:between\s+)?\d+(?:(?:,|\s+and|\s+to)\s+\d+)*,?|"
    rf"\s+(?:who|[a-z]+ing){_SAYING}(?:\s+[a-z'’-]+){{1,6}}?{_WERE}"
)
AFTER = re.compile(
    rf"(?:{_BETWEEN})?\s+(?:(?:who|that|more|others?|people|were|was|are|is|have|has|had|been|being|be|so\s+far|also|reportedly|later|"
    r"then|still|already|left|reported|feared|found|confirmed|presumed|believed|each|all|both|could|might|may|among\s+(?:the|those)|[a-z]+ly)\s+){0,5}"
    rf"(?:[a-z]+ed\s+and\s+)??(?:{_named(_VERBS)})\b",
    re.IGNORECASE,
)
BEFORE = re.compile(
    rf"\b(?:{_named(_ACTIVE)})(?:\s+(?:of(?:\s+(?:the|all))?|the|all|up|these|those|as|to|only|also))?\s*\Z",
    re.IGNORECASE,
)
_ACTIVE_WORDS = frozenset(
    "kill killed killing kills murder murdered murdering murders massacred massacring execute executed executing "
    "hanged hanging dead assassinated assassinating down beheaded beheading lives death deaths killings massacre "
    "massacres execution executions assassination assassinations slaying slayings injured injuring injures injure "
    "wound wounded wounding wounds hurt hurting hospitalising hospitalizing injury injuries arrest arrested "
    "arresting arrests detained detaining detains up jailed jailing imprisoned imprisoning detention detentions "
    "imprisonment sentenced sentencing convicted convicting conviction released releasing releases release freed "
    "freeing abducted abducting abducts kidnap kidnapped kidnapping kidnaps abduction abductions kidnappings "
    "disappearance disappearances displaced displacing evacuated evacuating evicted evicting displacement "
    "displacements eviction evictions crowd turnout gathering drew attract attracted attracting by".split()
)
"""The last words of what `_ACTIVE` knows: one of them is among the last three of all that `BEFORE` finds."""
_TELLING = re.compile(r"\w+")


def may_tell(text: str, start: int, end: int) -> bool:
    """Say whether `BEFORE` may find something in a stretch: a first look, as most numbers have no such word before."""
    return not _ACTIVE_WORDS.isdisjoint(_TELLING.findall(text[start:end].casefold())[-3:])


TOLL_ENDS = ("to", "at", "of", "from", "reached", "reaching", "exceeded", "passed", "hit", "was", "is")
TOLL = re.compile(
    rf"\b(?:{_named(_TOLLS)})\b[^.;\n]{{0,50}}?\b(?:{'|'.join(TOLL_ENDS)})\s*\Z",
    re.IGNORECASE,
)
RISEN = re.compile(
    r"\b(?:rose|risen|rises|rising|climb(?:ed|ing|s)|increas(?:ed|ing|es)|grew|grown|jumped|went|up|fell|dropped|revised|raised)"
    r"(?:\s+(?:up|down))?\s+(?:from\s+)?\Z",
    re.IGNORECASE,
)
ASIDE = re.compile(r"[,(]\s*\Z")
INCLUDED = re.compile(r"\b(?:including|among\s+(?:them|whom)|of\s+whom)\s*\Z", re.IGNORECASE)
_TERM_PLACE = (
    r"(?:in\s+(?:prison|jail|detention|custody|gaol|an?\s+\w+\s+camp)|behind\s+bars|imprisonment|(?:hard\s+)?labou?r)"
)
TERM_AFTER = re.compile(
    rf"(?:['’]?\s+(?:of\s+|with\s+)?{_TERM_PLACE}|['’]?[\s-]+(?:suspended\s+)?(?:prison|jail|custodial|suspended)?\s*"
    r"(?:terms?|sentences?|imprisonment|jail)\b|\s+(?:and|to)\s+(?:[\w-]+\s+){1,2}(?:years|months)\s+"
    + _TERM_PLACE
    + ")",
    re.IGNORECASE,
)
TERM_BEFORE = re.compile(
    r"\b(?:(?:sentenced|condemned|sentencing)\b[^.;\n]{0,80}?\bto|(?:jailed|imprisoned)\b[^.;\n]{0,60}?\bfor|"
    r"(?:terms?|sentences?|imprisonment)\s+of)\s+\Z",
    re.IGNORECASE,
)
GIVEN_ENDS = ("gave", "giving", "handed", "handing", "given", "received", "got")
GIVEN_BEFORE = re.compile(rf"\b(?:{'|'.join(GIVEN_ENDS)})\s*\Z", re.IGNORECASE)
GIVEN_AFTER = re.compile(
    r"\s+(?:(?:were|was|have\s+been)\s+(?:given|handed)\s+)?(?:[\w-]+\s+){0,3}?(?:[\w-]*(?:years?|months?)|sentences?|terms?|"
    r"death|prison|jail)\b(?!\s+ago)",
    re.IGNORECASE,
)
SOURCE_BEFORE = re.compile(r"\b(?:according\s+to|told\s+by|quoting|citing)\s+\Z", re.IGNORECASE)
SOURCE_AFTER = re.compile(r"(?:\s+who\s+\w+(?:\s+\w+){0,3})?\s+(?:said|told|reported|claimed|testified|confirmed)\b")
AGE_AFTER = re.compile(r"\s*-?\s*(?:years?|months?|weeks?|days?)(?:\s*-\s*|\s+)olds?\b", re.IGNORECASE)
AGE_ENDS = ("age", "aged", "ages", "of", "between", ",", "and", "or", "to", "turned", "over")
AGE_BEFORE = re.compile(
    r"\b(?:(?P<aged>aged?|ages)\s+(?:of\s+)?(?:between\s+)?(?:\d+(?:,|\s+(?:and|or|to))\s+){0,3}|(?:turned|over)\s+)\Z",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan|Febr?|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*"
# "On November 17 protesters" is a day, "in November 17 protesters" is not; after a day and a month comes a year.
DAY_BEFORE = re.compile(rf"\b(?:[Oo]n|[Bb]y|[Uu]ntil|[Ss]ince)\s+{_MONTH}\.?\s+\Z")
YEAR_BEFORE = re.compile(rf"\d\s+{_MONTH},?\s+\Z")
OWN_YEARS = re.compile(r"\b(?:her|his|its|their|my|our)\s+\Z", re.IGNORECASE)
MEASURE = re.compile(
    r"[\s-]?(?:km/?h?|kms|kilomet(?:er|re)s?|m|cm|mm|met(?:er|re)s?|miles?|mi|feet|foot(?!\s+(?:soldiers|patrols))|ft|inch(?:es)?|yards?|kg|kilos?|"
    r"kilograms?|grams?|tons?|tonnes?|lbs?|ounces?|lit(?:er|re)s?|gallons?|barrels?|acres?|hectares?|ha|square|cubic|"
    r"degrees?|calib(?:er|re)|mph|kph|knots|watts?|MW|GW|kW|megawatts?|volts?|points?|votes?|goals?|runs?|wickets?|seats?|"
    r"pages?|o['’]clock|[ap]\.?m\.?|noon|hrs?|minutes?|seconds?)(?![^\W_])",
    re.IGNORECASE,
)
_LABELS = (
    "No Nos Number Article Articles Section Sections Paragraph Resolution Resolutions Flight Room Page Pages Chapter "
    "Clause Route Highway Interstate Channel Ward Cell Phase Law Decree Protocol Boeing Airbus Windows Version"
)
_TITLED_LABELS = (
    "Numbers Group Division Act Order Bill Type Model Mark Gate Platform Terminal Line Unit Block Zone Sector District "
    "Floor Level Grade Class Step Round Game Day Volume Table Figure Fig Point Camp Area"
)
LABEL_ENDS = tuple(f"{_LABELS} {_TITLED_LABELS} .".casefold().split())
LABEL_SIGNS = frozenset("#+.,:/-")
LABEL_BEFORE = re.compile(
    rf"(?:\b(?:(?i:{_LABELS.replace(' ', '|')})|{_TITLED_LABELS.replace(' ', '|')})\.?\s*|#|\+|[\d.,:/]|\w-)\Z"
)
