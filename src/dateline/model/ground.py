"""What a mention is grounded in: `Actor`, `Place`, `When`, `Figure`, `Voice` and `Attribution`.

Each holds the words it rests on (`evidence`), other words it took help from (`support`), and its `basis`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dateline.model.text import Evidence, Span


class Role(StrEnum):
    """What an argument is to its event."""

    ACTOR = "actor"
    RECIPIENT = "recipient"
    PLACE = "place"
    TIME = "time"
    FIGURE = "figure"
    SOURCE = "source"
    INSTRUMENT = "instrument"


class Basis(StrEnum):
    """How a value is known.

    `stated`: the words say it. `resolved`: the words say it relative to something else in the report or to its
    publication date (see `support`). `inferred`: no words of the event say it; `support` holds what it was inferred
    from. `unknown`: there are words, and they could not be resolved. `person`: a person set it in review.
    """

    STATED = "stated"
    RESOLVED = "resolved"
    INFERRED = "inferred"
    UNKNOWN = "unknown"
    PERSON = "person"


class ActorKind(StrEnum):
    """What an actor is. One person is `individual`, whatever they stand for; `sector` tells that.

    `state` is a government or a body of it, `crowd` are several people who are no body, `unknown` where no words tell.
    """

    STATE = "state"
    OPPOSITION = "opposition"
    ARMED_GROUP = "armed_group"
    ORGANISATION = "organisation"
    CROWD = "crowd"
    INDIVIDUAL = "individual"
    UNKNOWN = "unknown"


class Granularity(StrEnum):
    """How exactly a time is known: the size of the calendar unit that the words name."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    INTERVAL = "interval"
    UNKNOWN = "unknown"


class Precision(StrEnum):
    """How exactly a place is known: the smallest unit that the words name."""

    SITE = "site"
    DISTRICT = "district"
    CITY = "city"
    COUNTY = "county"
    PROVINCE = "province"
    REGION = "region"
    COUNTRY = "country"
    UNKNOWN = "unknown"


class VoiceKind(StrEnum):
    """Who a voice is. `report` is the text's own voice."""

    REPORT = "report"
    PERSON = "person"
    ORGANISATION = "organisation"
    UNNAMED = "unnamed"


class VoiceRole(StrEnum):
    """Which kind of people a voice is, by the words for it."""

    WITNESS = "witness"
    OFFICIAL = "official"
    POLICE = "police"
    MILITARY = "military"
    ARMED_GROUP = "armed_group"
    ACTIVIST = "activist"
    OPPOSITION = "opposition"
    MEDICAL = "medical"
    RELATIVE = "relative"
    RESIDENT = "resident"
    LAWYER = "lawyer"
    VICTIM = "victim"
    MEDIA = "media"
    DOCUMENT = "document"
    EXPERT = "expert"


class Manner(StrEnum):
    """In whose wording something is told.

    `direct`: all of it in quotation marks; `mixed`: a part; `indirect`: in the report's words, under a cue; `free`: in
    the report's words without a cue, going on with what somebody said.
    """

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it, or to whom it was done, as one report puts it.

    Attributes:
        name: canonical name of a public actor; None for private persons and for unnamed groups.
        country: ISO 3166-1 alpha-3 code (PLOVER's extras KOS, PSE ... allowed).
        sector: PLOVER sector code (COP, JUD, CVL ...; UNK when the words do not tell).
        public: False for a private person, whose words are masked in everything published.
        kind: what it is: state, opposition, armed_group, organisation, crowd, individual, unknown.
        head: the noun that says what it is, lower-case and singular ("protester"); None for names and pronouns.
        modifiers: lower-case words before the head that say more of it ("masked"); no names of countries or people.
        plural: whether the words name several; None if the sentence was not parsed.
        entity: one and the same for all words of a report that name this actor; says nothing across reports.
    """

    role: Role
    evidence: Evidence
    name: str | None = None
    country: str | None = None
    sector: str | None = None
    public: bool = False
    basis: Basis = Basis.STATED
    support: tuple[Evidence, ...] = ()
    kind: ActorKind = ActorKind.UNKNOWN
    head: str | None = None
    modifiers: tuple[str, ...] = ()
    plural: bool | None = None
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a place of the gazetteer, how exactly it is known and how.

    Attributes:
        evidence: the words that name the place; for an inferred place, the words it was inferred from.
        name: gazetteer name; None where the words could not be resolved.
        geonames: GeoNames id.
        country: ISO 3166-1 alpha-3 code; `admin1` and `admin2` are names.
        lat, lon: WGS84 degrees; `radius_km` bounds how far off the true place may lie.
    """

    evidence: Evidence
    name: str | None = None
    geonames: int | None = None
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    precision: Precision = Precision.UNKNOWN
    basis: Basis = Basis.STATED
    support: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """When: an interval that is never narrower than the words.

    Attributes:
        earliest, latest: first and last day that the words allow, both inclusive; None for an open or unknown end.
        edtf: the same in EDTF (ISO 8601-2): `2019-05-20`, `2019-11`, `../2019-12`, `XXXX-01`; None if nothing is known.
        basis: `resolved` and `inferred` times name what they lean on in `support`, or the publication date in `anchor`.
        anchor: the publication date, where the words were resolved against it.
    """

    evidence: Evidence
    earliest: date | None = None
    latest: date | None = None
    granularity: Granularity = Granularity.UNKNOWN
    edtf: str | None = None
    basis: Basis = Basis.STATED
    support: tuple[Evidence, ...] = ()
    anchor: date | None = None


class Bound(StrEnum):
    """How the words of a figure bound it.

    `exact`: one number. `at_least`, `at_most`: one end, the other is open. `about`: near a number. `range`: both ends
    are named. `rough`: an imprecise word ("dozens"), whose range is a convention (`data/figures.toml`).
    """

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"
    RANGE = "range"
    ROUGH = "rough"


class Scope(StrEnum):
    """How a figure stands to another that is told beside it.

    `whole`: on its own. `part`: it is included in the other, never to be added ("including three children"). `extra`:
    it comes on top of what was told ("another six"). `former`: the words replace it by another ("from 12 to 15").
    """

    WHOLE = "whole"
    PART = "part"
    EXTRA = "extra"
    FORMER = "former"


@dataclass(frozen=True, slots=True)
class Figure:
    """How many, as words and as a low-high range.

    Attributes:
        counts: what is counted: people (who took part), killed, injured, casualties (killed or injured), arrested,
            sentenced, released, abducted, missing, displaced, cities, provinces, places, countries, hours, days, weeks,
            months, years, acts, term_days, term_months, term_years (a prison term), lashes, buildings, vehicles,
            weapons, units (of an army), families, animals, organisations, money, percent.
        low, high: inclusive; None for an open end. "dozens" is 24-99 and "at least 30" is 30-None.
        support: the verb or noun that tells what befell those counted; of an inferred figure, also the trigger of the
            event that it is inferred from.
        bound: how the words bound it: exact, at_least, at_most, about, range, rough.
        named: the one number that the words name, 30 of "more than 30"; None where they name none or two.
        scope: how it stands to a figure beside it: whole, part (included, never added), extra (on top), former
            (replaced).
        basis: `stated`; `resolved`: the sum of persons that the words join ("a man and two women"); `inferred`: told of
            the event in the sentence after it.
        source: who gives the number, where words beside it give different numbers to different people.
    """

    evidence: Evidence
    counts: str
    low: int | None = None
    high: int | None = None
    support: tuple[Evidence, ...] = ()
    bound: Bound = Bound.EXACT
    named: int | None = None
    scope: Scope = Scope.WHOLE
    basis: Basis = Basis.STATED
    source: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice in a chain: who says it, in which words (`evidence`), marked by which cue.

    The report's own voice has neither evidence nor cue. `name` is None for private and unnamed voices.

    Attributes:
        evidence: the words for the speaker where the claim is made; for a voice that is left out ("reportedly"), the
            cue.
        role: which kind of people an unnamed voice is, or the office of a named one: witnesses, officials, police ...
            (`VoiceRole`); None where the words do not tell.
        force: what the cue does: said, denied, promised, accused, believed ... (`data/cues.toml`).
        manner: in whose wording it is told.
        content: the stretch from the first to the last word of what is said; the cue may stand inside it.
        medium: words for where it was said or published: "in a speech on state television".
        said: when it was said, if the clause of the cue tells.
        basis: `stated`: the words name the speaker; `resolved`: they stand for a speaker named elsewhere ("he", "the
            ministry"), in `support`; `inferred`: no cue marks these words as anybody's, and they go on with what the
            speaker in `support` said; `unknown`: they are somebody's, and nothing tells whose.
    """

    kind: VoiceKind
    name: str | None = None
    evidence: Evidence | None = None
    cue: Evidence | None = None
    public: bool = False
    role: VoiceRole | None = None
    force: str | None = None
    manner: Manner | None = None
    content: Span | None = None
    medium: Evidence | None = None
    said: When | None = None
    basis: Basis = Basis.STATED
    support: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so: voices, outermost first. The first is always the report's own voice.

    A chain of one is the report's own assertion; `report > minister` is the minister's claim as the report relays it;
    `report > agency > minister` an agency quoting a minister. `stance` are words by which the report keeps its distance
    from the words of the event without naming another voice: "so-called", scare quotes.
    """

    voices: tuple[Voice, ...] = (Voice(VoiceKind.REPORT),)
    stance: tuple[Evidence, ...] = ()

    @property
    def speaker(self) -> Voice:
        """The innermost voice: the one that vouches for the content."""
        return self.voices[-1]

    @property
    def is_own(self) -> bool:
        """Whether the report asserts it in its own voice."""
        return len(self.voices) == 1


OWN_VOICE = Attribution()
"""The report's own voice, and nobody else's."""
