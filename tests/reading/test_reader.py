"""One input to one report; whatever the bytes, an answer, the same each time, with a text that stands as it stood."""

from __future__ import annotations

import gzip
import hashlib
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model.tables import from_table, to_table
from dateline.model.text import Published, PublishedBasis, Reading, Report
from dateline.reading.content import LIMITS, Limits
from dateline.reading.inputs import Input
from dateline.reading.reader import read

SENTENCE = "Police arrested nine people in the square on Sunday."
PAGE = f"<html><body><article><p>{SENTENCE} The march went on until the evening.</p></article></body></html>"
KINDS = ("text", "page", "packed-page", "record")


def record(**fields: object) -> Input:
    return Input("a.jsonl#1", "record", json.dumps(fields).encode())


def report(item: Input) -> Report:
    reading = read(item)
    assert reading.report is not None, reading.issues
    return reading.report


def kinds(item: Input, limits: Limits = LIMITS) -> list[str]:
    reading = read(item, limits)
    assert all(issue.stage == "reading" and issue.source == item.source and issue.message for issue in reading.issues)
    assert all(issue.report == (reading.report.id if reading.report else None) for issue in reading.issues)
    return [issue.kind for issue in reading.issues]


def test_a_report_knows_its_bytes() -> None:
    item = Input("folder/a.txt", "text", b"\xef\xbb\xbf " + SENTENCE.encode())
    made = report(item)
    assert (made.source, made.raw) == ("folder/a.txt", hashlib.sha256(item.raw).hexdigest())
    assert (made.text, made.language, made.published) == (f" {SENTENCE}", "en", Published())
    assert read(item).raw == item.raw


def test_front_matter_fills_the_report() -> None:
    head = "---\ntitle: March\npublisher: Wire\nurl: https://example.org/1\npublished: 1989-10-10\n"
    made = report(
        Input("a.md", "text", f"{head}retrieved: 2024-05-01\n---\n{SENTENCE}".encode(), "Folder", "2000-01-01", "de")
    )
    assert (made.title, made.publisher, made.url, made.language) == ("March", "Wire", "https://example.org/1", "de")
    assert made.published == Published(date(1989, 10, 10), PublishedBasis.METADATA)
    assert made.retrieved == datetime(2024, 5, 1, tzinfo=UTC)
    assert made.text == SENTENCE


@pytest.mark.parametrize(
    ("text", "given_day", "published"),
    [
        (SENTENCE, None, Published()),
        (SENTENCE, "1989-10-11", Published(date(1989, 10, 11), PublishedBasis.GIVEN)),
        (f"LEIPZIG, 10 Oct 1989 (ADN) - {SENTENCE}", None, Published(date(1989, 10, 10), PublishedBasis.DATELINE)),
        (
            f"LEIPZIG, 10 Oct 1989 (ADN) - {SENTENCE}",
            "1989-10-11",
            Published(date(1989, 10, 10), PublishedBasis.DATELINE),
        ),
        (f"Wednesday, May 25, 2022\n{SENTENCE}", None, Published()),
    ],
)
def test_the_best_basis_dates_the_report(text: str, given_day: str | None, published: Published) -> None:
    assert report(Input("a.txt", "text", text.encode(), published=given_day)).published == published


def test_a_date_that_cannot_be_read_is_told() -> None:
    item = record(text=SENTENCE, date="03/04/2019", retrieved="lately")
    assert (report(item).published, report(item).retrieved) == (Published(), None)
    assert kinds(item) == ["unread-date", "unread-date"]


@pytest.mark.parametrize("name", ["text", "body", "content", "article", "Text"])
def test_records_are_read_under_the_names_that_archives_use(name: str) -> None:
    about = {"headline": "March", "link": "https://www.example.org/1", "lang": "en-GB"}
    made = report(record(**{name: f" {SENTENCE}\n"}, **about))
    assert (made.text, made.title, made.language) == (f" {SENTENCE}\n", "March", "en")
    assert (made.url, made.publisher) == ("https://www.example.org/1", "example.org")


def test_a_record_goes_before_its_page() -> None:
    html = PAGE.replace("<html>", "<html><head><title>Old title</title><meta name=date content=2001-01-01></head>")
    made = report(record(html=html, text="  ", title="March", date=20191117, outlet="Wire", id=7, tags=["a"]))
    assert made.text.startswith(SENTENCE)
    assert (made.title, made.publisher, made.published.day) == ("March", "Wire", date(2019, 11, 17))


def test_halves_of_surrogates_are_replaced_and_told() -> None:
    item = Input("a.jsonl#1", "record", b'{"text": "Police \\ud83d arrested \\ud83d\\ude00 nine", "title": "\\udc00x"}')
    assert (report(item).text, report(item).title) == ("Police \ufffd arrested \U0001f600 nine", "\ufffdx")
    assert kinds(item) == ["surrogates"]


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        (Input("a.txt", "text", b""), "empty"),
        (Input("a.txt", "text", b" \r\n\t "), "empty"),
        (Input("a.md", "text", b"---\ntitle: x\n---\n\n"), "empty"),
        (Input("a.txt", "text", b"%PDF-1.4\n" + bytes(range(256)) * 10), "binary"),
        (Input("a.txt", "text", b"word " * 10_000_001), "too-large"),
        (Input("a.txt", "text", b"word " * 200_001), "too-large"),
        (Input("a.html.gz", "packed-page", gzip.compress(b" " * 50_000_000)), "bomb"),
        (Input("a.html.gz", "packed-page", gzip.compress(PAGE.encode())[:-9]), "damaged"),
        (Input("a.html.gz", "packed-page", PAGE.encode()), "damaged"),
        (Input("a.html", "page", b"<div>" * 1_000_000), "too-many-elements"),
        (Input("a#1", "record", b"{"), "malformed-record"),
        (Input("a#1", "record", b"[" * 100_000), "malformed-record"),
        (Input("a#1", "record", b'{"text": ' + b"9" * 10_000 + b"}"), "malformed-record"),
        (Input("a#1", "record", b'["text"]'), "malformed-record"),
        (Input("a#1", "record", b'{"text": ["a"]}'), "malformed-record"),
        (Input("a#1", "record", b"\xff\xfe{\x00\x00\xd8}\x00"), "undecodable"),
        (Input("a#1", "record", b'{"text": NaN, "summary": "x"}'), "missing-text"),
        (Input("a.pdf", "none", b"", fault="unsupported", message="a file .pdf given"), "unsupported"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_an_input_that_cannot_be_read_is_one_issue(item: Input, kind: str) -> None:
    assert read(item).report is None
    assert kinds(item) == [kind]


def test_missing_text_names_the_fields_that_are_there() -> None:
    (issue,) = read(record(summary="x", id=1)).issues
    assert "id, summary" in issue.message


def test_an_overlong_field_is_passed_over_and_told() -> None:
    item = record(text=SENTENCE, title="x" * 3_000)
    assert report(item).title is None
    assert kinds(item) == ["overlong-field"]


def test_a_guessed_encoding_keeps_the_report() -> None:
    item = Input("a.txt", "text", "Police “arrested” nine — at the café.".encode("cp1252"))
    assert report(item).text == "Police “arrested” nine — at the café."
    assert kinds(item) == ["encoding-guessed"]


def test_limits_can_be_set() -> None:
    assert kinds(Input("a.txt", "text", b"nine people"), Limits(raw_bytes=10)) == ["too-large"]
    assert kinds(Input("a.txt", "text", b"nine people"), Limits(text_length=10)) == ["too-large"]
    packed = Input("a.html.gz", "packed-page", gzip.compress(PAGE.encode() + b" " * 1_000))
    assert kinds(packed, Limits(raw_bytes=500)) == ["too-large"]


def check(item: Input) -> Reading:
    """Read twice; return the answer after checking what must hold of every answer."""
    reading = read(item)
    assert read(item) == reading
    assert reading.raw == item.raw
    assert reading.report or reading.issues
    assert from_table(Reading, to_table(Reading, [reading])) == [reading]
    return reading


@settings(max_examples=300, deadline=None)
@given(kind=st.sampled_from(KINDS), raw=st.binary(max_size=400))
def test_any_bytes_have_an_answer(kind: str, raw: bytes) -> None:
    check(Input("x", kind, raw))


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_stands_to_the_letter(text: str) -> None:
    plain = check(Input("x.txt", "text", b"\xef\xbb\xbf" + text.encode())).report
    assert plain is None or plain.text == text or text.startswith("---")
    raw = json.dumps({"text": text}).encode()
    made = check(Input("x#1", "record", raw)).report
    assert made is None or made.text == text


@settings(max_examples=150, deadline=None)
@given(
    parts=st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div",
                ">",
                "<table><tr><td>",
                "<script type='application/ld+json'>",
                '{"@type":"Article",',
                "</script>",
                "<meta name=date content=",
                "<title>",
                "<time pubdate datetime='",
                "'",
                '"',
                "<![CDATA[",
                "<!--",
                "&#xD800;",
                "\x00",
                "=",
                "<svg><style>",
                "<a href='http://[",
                "police arrested nine ",
                "2019-11-17",
                "<h1>",
                "<article>",
                "<br/>",
                "<li>",
                "<blockquote>",
                "<iframe src=x>",
                "<noscript>",
                "<body><body>",
                "</html>",
            ]
        ),
        max_size=40,
    )
)
def test_any_markup_has_an_answer(parts: list[str]) -> None:
    check(Input("x.html", "page", "".join(parts).encode()))
