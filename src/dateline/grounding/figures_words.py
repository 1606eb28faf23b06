"""The words around a number that tell what it counts."""

from __future__ import annotations

import re

_PEOPLE = """
person people protester protestor demonstrator marcher student worker man men woman women child children boy girl
teenager youth youngster civilian resident citizen villager activist journalist reporter soldier officer
policeman policemen policewoman policewomen trooper troop conscript guard prisoner inmate detainee refugee migrant
member supporter participant teacher farmer miner peasant trader shopkeeper doctor nurse lawyer judge priest monk nun
pastor imam cleric bystander passer-by onlooker mourner worshipper striker employee official leader politician minister
militant rebel fighter gunman gunmen insurgent terrorist attacker suspect defendant opponent dissident critic victim
other writer artist singer actor athlete player engineer driver traveller passenger tourist pensioner parent mother
father believer faithful minor adult individual national foreigner delegate deputy lawmaker follower volunteer
hostage captive survivor relative pupil academic professor blogger campaigner organiser organizer human-rights
defender police policeman rioter looter agent commander militia militiamen firefighter medic paramedic
""".split()
_PLURALS = {
    "child",
    "men",
    "women",
    "man",
    "woman",
    "people",
    "faithful",
    "police",
    "human-rights",
    "militia",
}

# Nouns and what a number before them counts.
_THINGS = {
    "killed": "death fatality fatalities dead",
    "injured": "injury injuries wounded",
    "arrested": "arrest detention",
    "sentenced": "sentence",
    "cities": "city cities town",
    "provinces": "province governorate oblast state region",
    "places": "village district municipality municipalities neighbourhood neighborhood location place site county "
    "counties area suburb",
    "countries": "country countries nation",
    "acts": "act action protest demonstration rally rallies march marches sit-in strike incident attack clash clashes "
    "raid explosion bombing shooting assault gathering vigil riot operation airstrike ambush execution",
    "hours": "hour",
    "days": "day",
    "weeks": "week",
    "months": "month",
    "years": "year",
    "money": "dollar euro pound rial ruble rouble mark franc lira peso rupee toman",
    "percent": "percent",
}
LASTING = frozenset({"hours", "days", "weeks", "months", "years"})


def _forms(noun: str) -> tuple[str, ...]:
    if noun in _PLURALS or noun.endswith(("men", "ies", "shes", "ches")):
        return (noun,)
    return (noun, noun + "s")


COUNTS: dict[str, str] = {form: "people" for noun in _PEOPLE for form in _forms(noun)}
COUNTS |= {form: counts for counts, nouns in _THINGS.items() for noun in nouns.split() for form in _forms(noun)}
SINGULAR_PEOPLE = frozenset(
    noun for noun in _PEOPLE if noun not in {"people", "men", "women", "children", "other", "police"}
)
_ALWAYS = frozenset(
    "people men women children police troops dead fatalities injuries wounded percent faithful militia".split()
)


def counted(noun: str, *, single: bool) -> str | None:
    """Return what a number before this noun counts; a singular noun only follows `one`.

    >>> counted("cities", single=False), counted("city", single=False), counted("city", single=True)
    ('cities', None, 'cities')
    """
    plural = noun in _ALWAYS or noun.endswith(("s", "men", "children"))
    return COUNTS.get(noun) if single != plural else None


_VERBS = {
    "killed": (
        r"killed|slain|murdered|massacred|executed|hanged|shot\s+dead|gunned\s+down|assassinated|dead|died|lost\s+their\s+lives|"
        r"put\s+to\s+death|perished"
    ),
    "injured": r"injured|wounded|hurt|hospitali[sz]ed",
    "arrested": (
        r"arrested|detained|rounded\s+up|apprehended|taken\s+into\s+custody|in\s+custody|jailed|imprisoned|"
        r"behind\s+bars"
    ),
    "sentenced": (
        r"sentenced|convicted|condemned\s+to|(?:given|handed)\s+(?:[\w-]+\s+){0,3}?(?:sentences?|terms?)|"
        r"received\s+(?:[\w-]+\s+){0,3}?(?:sentences?|terms?)"
    ),
    "missing": r"missing|disappeared|unaccounted\s+for",
    "displaced": r"displaced|evacuated|made\s+homeless|homeless",
    "people": (
        r"marched|gathered|rallied|protested|demonstrated|turned\s+out|took\s+(?:to\s+the\s+streets|part)|attended|joined|"
        r"assembled|went\s+on\s+strike|walked\s+out|participated|chanted|clashed|fled|released|freed"
    ),
}
_ACTIVE = {
    "killed": r"kill(?:ed|ing|s)|murder(?:ed|ing)|massacr(?:ed|ing)|execut(?:ed|ing)|hanged|hanging|shot\s+dead|"
    r"claimed\s+the\s+lives\s+of|"
    r"(?:deaths?|killings?|murders?|executions?|massacres?)\s+of",
    "injured": r"injur(?:ed|ing|es)|wound(?:ed|ing|s)|hurt|hurting|hospitali[sz]ing|(?:injuring|wounding)\s+of",
    "arrested": r"arrest(?:ed|ing|s)|detain(?:ed|ing|s)|rounded\s+up|rounding\s+up|jailed|jailing|"
    r"imprison(?:ed|ing)|(?:arrests?|detentions?|jailing|imprisonment)\s+of",
    "sentenced": r"sentenced|sentencing|convicted|convicting|(?:sentencing|conviction)\s+of",
    "missing": r"disappearances?\s+of",
    "displaced": r"displac(?:ed|ing)|evacuat(?:ed|ing)|displacement\s+of",
    "people": r"crowd\s+of|turnout\s+of|drew|attract(?:ed|ing)|gathering\s+of|attended\s+by",
}


def _named(forms: dict[str, str]) -> str:
    return "|".join(f"(?P<{counts}>{form})" for counts, form in forms.items() if form)


AFTER = re.compile(
    r"(?:\s+(?:in|from|at|near|across|of)\s+(?:[\w'’-]+\s+){0,3}?[\w'’-]+(?=\s+(?:were|was|have|had|are)\b)|,[^,.;\n]{1,80},)?"
    r"\s+(?:(?:who|more|others?|people|were|was|are|is|have|has|had|been|being|be|so\s+far|also|reportedly|later|then|still|already|"
    r"left|reported|feared|publicly|summarily)\s+){0,4}"
    rf"(?:{_named(_VERBS)})\b",
    re.IGNORECASE,
)
BEFORE = re.compile(
    rf"\b(?:{_named(_ACTIVE)})(?:\s+(?:another|a\s+further|an\s+additional|the|all|and|up|these|those|as))?\s*\Z",
    re.IGNORECASE,
)
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
GIVEN_BEFORE = re.compile(r"\b(?:gave|giving|handed|handing|given|received|got)\s*\Z", re.IGNORECASE)
GIVEN_AFTER = re.compile(
    r"\s+(?:(?:were|was|have\s+been)\s+(?:given|handed)\s+)?(?:[\w-]+\s+){0,3}?(?:[\w-]*(?:years?|months?)|sentences?|terms?|"
    r"death|prison|jail)\b(?!\s+ago)",
    re.IGNORECASE,
)
SOURCE_BEFORE = re.compile(r"\b(?:according\s+to|told\s+by|quoting|citing)\s+\Z", re.IGNORECASE)
SOURCE_AFTER = re.compile(r"(?:\s+who\s+\w+(?:\s+\w+){0,3})?\s+(?:said|told|reported|claimed|testified|confirmed)\b")
AGE_AFTER = re.compile(r"\s*-?\s*(?:years?|months?|weeks?|days?)(?:\s*-\s*|\s+)olds?\b", re.IGNORECASE)
AGE_BEFORE = re.compile(r"\b(?:aged?|ages|turned|over)\s+(?:of\s+)?\Z")
LABEL_BEFORE = re.compile(
    r"(?:\b(?:No|Nos|Number|Article|Articles|Section|Sections|Paragraph|Resolution|Flight|Room|Page|Chapter|Clause|Route|"
    r"Highway|Channel|Ward|Cell|Phase|Group|Division|Law|Act|Decree)\.?\s*|#|[$€£]\s*|[\d.,:/]|\w-)\Z",
    re.IGNORECASE,
)
