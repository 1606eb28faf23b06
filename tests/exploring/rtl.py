"""A project whose reports are in Arabic and Persian script with Latin among it: sentences of our own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.exploring.sample import Sample
from tests.nouns import cite, incident, mention

from dateline.model.ground import (
    Actor,
    Attribution,
    Basis,
    Figure,
    Granularity,
    Place,
    Precision,
    Role,
    Voice,
    VoiceKind,
    When,
)
from dateline.model.incident import Range
from dateline.model.text import Published, PublishedBasis

if TYPE_CHECKING:
    from dateline.model.event import Mention
    from dateline.model.text import Report

ARABIC = (
    "تجمّع نحو 300 عامل أمام مصنع Delta Textile في المحلة يوم الاثنين، وقال شاهد إن الشرطة اعتقلت 12 منهم.\n\n"
    "ولم تعلّق الوزارة على ما نشره موقع delta-workers.example حتى مساء الثلاثاء."
)
PERSIAN = (
    "حدود ۴۰۰ کارگر کارخانهٔ Delta Textile روز دوشنبه در المحله گرد آمدند و گفته می‌شود ۱۵ نفر بازداشت شدند؛ "
    "«ما می‌خواهیم حقوقمان پرداخت شود» (نقل از یک کارگر)."
)
LATIN = (
    "About 350 workers gathered at Delta Textile (دلتا للنسيج) in El Mahalla on Monday; 12 were arrested, "
    "a witness said."
)


def rtl() -> Sample:
    """Return a sample of three reports of one gathering, two of them written from right to left."""
    sample = Sample()
    day = Published(date(2031, 3, 4), PublishedBasis.METADATA)
    arabic = sample.add_report(
        ARABIC, publisher="نشرة عمال الدلتا", title="اعتقال 12 عاملاً في المحلة", published=day, language="ar"
    )
    persian = sample.add_report(
        PERSIAN, publisher="خبرنامهٔ کارگر", title="بازداشت ۱۵ کارگر Delta", published=day, language="fa"
    )
    latin = sample.add_report(
        LATIN, publisher="Delta Bulletin", title="Arrests at Delta (دلتا)", published=day, language="en"
    )
    told = [
        _gathering(arabic, "تجمّع", "نحو 300 عامل", "المحلة", "يوم الاثنين", 300, "شاهد", "قال"),
        _gathering(persian, "گرد آمدند", "حدود ۴۰۰ کارگر", "المحله", "روز دوشنبه", 400, "یک کارگر", "نقل از"),
        _gathering(latin, "gathered", "About 350 workers", "El Mahalla", "on Monday", 350, "a witness", "said"),
    ]
    sample.mentions = told
    sample.incidents = [
        incident(
            *told,
            earliest=date(2031, 3, 3),
            latest=date(2031, 3, 3),
            granularity=Granularity.DAY,
            place="المحلة الكبرى",
            admin1="Gharbia",
            country="EGY",
            lat=30.97,
            lon=31.17,
            radius_km=8.0,
            precision=Precision.CITY,
            figures=(Range("people", 300, 400, contested=True),),
            contested=True,
            disputed=("people",),
        )
    ]
    return sample


def _gathering(
    report: Report, trigger: str, figure: str, place: str, when: str, number: int, speaker: str, cue: str
) -> Mention:
    voice = Voice(VoiceKind.PERSON, evidence=cite(report, speaker), cue=cite(report, cue))
    monday = date(2031, 3, 3)
    return mention(
        report,
        trigger,
        form="gathering",
        actors=(
            Actor(Role.ACTOR, cite(report, "Delta Textile"), name="Delta Textile دلتا", sector="LAB", public=True),
        ),
        place=Place(cite(report, place), "المحلة الكبرى", 1, "EGY", "Gharbia", precision=Precision.CITY),
        when=When(cite(report, when), monday, monday, Granularity.DAY, "2031-03-03", Basis.RESOLVED),
        figures=(Figure(cite(report, figure), "people", number, number),),
        attribution=Attribution((Voice(VoiceKind.REPORT), voice)),
    )
