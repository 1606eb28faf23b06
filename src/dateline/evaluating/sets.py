"""All gold sets that Dateline is scored on, in the order of the stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.errors import UsageError
from dateline.evaluating.gold.accounts import OWN_ACCOUNTS
from dateline.evaluating.gold.acled import ACLED
from dateline.evaluating.gold.actors import ACTORS
from dateline.evaluating.gold.attribution import ATTRIBUTION
from dateline.evaluating.gold.ecbplus import ECBPLUS
from dateline.evaluating.gold.entities import ENTITIES
from dateline.evaluating.gold.eventdates import EVENT_DATES
from dateline.evaluating.gold.figures import OWN_FIGURES
from dateline.evaluating.gold.glocon import DOCUMENTS, SENTENCES
from dateline.evaluating.gold.maverick import MAVERICK
from dateline.evaluating.gold.muc import MUC4
from dateline.evaluating.gold.newswcl50 import NEWSWCL50
from dateline.evaluating.gold.pages import PAGES
from dateline.evaluating.gold.parties import OWN_PARTIES
from dateline.evaluating.gold.plain import PLAIN_NEWS
from dateline.evaluating.gold.plover import PLOVER
from dateline.evaluating.gold.police import POLICE_SENTENCES
from dateline.evaluating.gold.scenes import OWN_SCENES
from dateline.evaluating.gold.sides import OWN_SIDES
from dateline.evaluating.gold.speakers import OWN_SPEAKERS
from dateline.evaluating.gold.status import OWN_STATUS
from dateline.evaluating.gold.timex import TIMEX
from dateline.evaluating.gold.toponyms import TOPONYMS
from dateline.evaluating.gold.trouble import TROUBLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.evaluating.goldset import GoldSet

READING = (PAGES,)
CODING = (PLOVER, ACLED, POLICE_SENTENCES, DOCUMENTS, SENTENCES, ACTORS, MUC4, OWN_STATUS, PLAIN_NEWS)
GROUNDING = (
    OWN_PARTIES,
    OWN_SIDES,
    ENTITIES,
    ATTRIBUTION,
    OWN_SPEAKERS,
    *TOPONYMS,
    TROUBLE,
    TIMEX,
    EVENT_DATES,
    OWN_SCENES,
    OWN_FIGURES,
)
LINKING = (ECBPLUS, MAVERICK, NEWSWCL50, OWN_ACCOUNTS)
ALL = (*READING, *CODING, *GROUNDING, *LINKING)


def choose(names: Sequence[str] | None = None) -> list[GoldSet]:
    """Return the gold sets of these names (default: all), in the order of `ALL`.

    Raises:
        UsageError: naming every unknown name at once.
    """
    known = [goldset.name for goldset in ALL]
    unknown = sorted(set(names or ()) - set(known))
    if unknown:
        raise UsageError(f"unknown gold sets given: {', '.join(unknown)}; known are {', '.join(known)}")
    return [goldset for goldset in ALL if not names or goldset.name in names]
