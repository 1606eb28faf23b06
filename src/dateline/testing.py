"""The promises that every coder keeps, as plain functions: authors of coders call them from their tests.

>>> from dateline.coding.registry import open_coder
>>> check_coder(open_coder("rules"))
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.coding.coder import verify
from dateline.model.codebook import Codebook, plover
from dateline.model.text import Report, make_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.coding.coder import Coder

REPORTS = (
    "",
    " \n\t ",
    "Police arrested nine students in Leipzig on Monday.",
    "The ministry denied that police had arrested anyone.\n\nTwo days later, workers marched through the town.",
    "POLICE DISPERSED THE CROWD AND DETAINED FORTY PEOPLE, WITNESSES SAID.",
    "🕊️ “They beat us,” a woman said; the in-\nforming officer was later dismissed.\u200b",
    "مردم در خیابان‌ها تظاهرات کردند.",
    "arrested " * 400,
    "<b>arrested</b> \x00 protest ]]> &amp; \u202e strike",
)


def check_coder(coder: Coder, codebook: Codebook | None = None, texts: Sequence[str] = REPORTS) -> None:
    """Check all promises of a coder on a few difficult reports. Raises `AssertionError` naming the broken one."""
    reports = [make_report(text) for text in texts]
    check_one_coding_a_report(coder, reports)
    check_quotes_are_verbatim(coder, reports, codebook or plover())
    check_answers_do_not_depend_on_company(coder, reports)
    check_id_is_stable(coder)


def check_one_coding_a_report(coder: Coder, reports: Sequence[Report]) -> None:
    """Exactly one coding a report, in the order given; none for none."""
    assert [coding.report for coding in coder.code(reports)] == [report.id for report in reports], (
        f"{coder.id} does not return one coding a report in the order given"
    )
    assert list(coder.code([])) == [], f"{coder.id} returns codings for no reports"


def check_quotes_are_verbatim(coder: Coder, reports: Sequence[Report], codebook: Codebook) -> None:
    """Every quote stands in its report, every type and form in the codebook, sentences are in order and inside."""
    for report, coding in zip(reports, coder.code(reports), strict=True):
        broken = verify(report, coding, codebook).issues[len(coding.issues) :]
        assert not broken, f"{coder.id}: {broken[0].message}"
        edges = [edge for sentence in coding.sentences for edge in (sentence.start, sentence.end)]
        assert edges == sorted(edges), f"{coder.id}: sentences overlap or are out of order"
        assert not edges or edges[-1] <= len(report.text), f"{coder.id}: a sentence ends behind its report"


def check_answers_do_not_depend_on_company(coder: Coder, reports: Sequence[Report]) -> None:
    """The same report gives the same coding twice, alone or among others, whatever the order."""
    together = {coding.report: coding for coding in coder.code(reports)}
    backwards = {coding.report: coding for coding in coder.code(reports[::-1])}
    assert together == backwards, f"{coder.id}: answers depend on the order of the reports"
    for report in reports:
        alone = coder.code([report])[0]
        assert alone.events == together[report.id].events, f"{coder.id}: an answer depends on the reports around it"


def check_id_is_stable(coder: Coder) -> None:
    """The id names the coder and does not change while it works."""
    assert coder.id == coder.id
    assert coder.id.name, "a coder's id needs a name"
    assert coder.id.digest, f"coder {coder.id.name} needs a digest of what its answers depend on"
    assert coder.languages, f"coder {coder.id.name} needs the languages it speaks"
