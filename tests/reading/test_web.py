"""Pages: the article's words, and what the page says of itself; a date that it does not state is not made up."""

from __future__ import annotations

import json
from datetime import date

import pytest

from dateline.reading.content import Limits, Unreadable
from dateline.reading.dates import parse_day
from dateline.reading.web import read_page

ARTICLE = (
    "<article><h1>Thousands march for a third day</h1>"
    "<p>Thousands of people marched through the old town on Monday evening, the third day in a row, witnesses said.</p>"
    "<p>Police closed two bridges and detained nine people, a spokesman for the interior ministry told reporters.</p>"
    "<p>The marchers asked for the release of those who were detained on Sunday &amp; for talks with the city.</p>"
    "</article>"
)
MENU = "<nav><ul><li><a href='/'>Home</a><li><a href='/world'>World</a></ul></nav>"
MASTHEAD = "<header><div class='date'>Wednesday, May 25, 2022</div></header>"
FOOTER = "<footer><p>Copyright 2022. All rights reserved.</p></footer>"


def page(head: str = "", body: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body>{MENU}{MASTHEAD}{body}{ARTICLE}{FOOTER}</body></html>".encode()
    )


def linked(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


def published(head: str, body: str = "") -> date | None:
    stated = read_page(page(head, body), Limits()).about.published
    return parse_day(stated) if stated else None


def test_the_article_is_kept_and_the_rest_is_not() -> None:
    text = read_page(page(), Limits()).text
    assert "Police closed two bridges and detained nine people" in text
    assert "on Sunday & for talks" in text
    assert not any(word in text for word in ("Home", "Copyright", "May 25"))


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<meta property='article:published_time' content='2019-11-17T08:00:00+03:30'>", ""),
        ("<meta name='DC.date.issued' content='2019-11-17'>", ""),
        ("<meta name='date' content='17 November 2019'>", ""),
        ("<meta itemprop='datePublished' content='2019-11-17'>", ""),
        (linked(**{"@type": "NewsArticle", "datePublished": "2019-11-17"}), ""),
        (
            linked(
                **{
                    "@graph": [
                        {"@type": "WebPage", "datePublished": "2018-01-01"},
                        {"@type": ["Article"], "datePublished": "2019-11-17"},
                    ]
                }
            ),
            "",
        ),
        ("", "<time pubdate datetime='2019-11-17T08:00'>yesterday</time>"),
        ("", "<time class='entry-date published' datetime='2019-11-17'>17.11.</time>"),
        ("", "<span itemprop='datePublished' content='2019-11-17'>Sunday</span>"),
        ("<meta name='date' content='soon'><meta name='pubdate' content='2019-11-17'>", ""),
    ],
)
def test_a_stated_date_is_read(head: str, body: str) -> None:
    assert published(head, body) == date(2019, 11, 17)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", ""),
        ("<meta property='article:modified_time' content='2022-05-25'>", ""),
        ("<link rel='canonical' href='https://example.org/2019/11/17/march'>", ""),
        ("<meta property='og:url' content='https://example.org/2019/11/17/march'>", ""),
        (linked(**{"@type": "ItemList", "itemListElement": [{"datePublished": "2022-05-25"}]}), ""),
        ("", "<time datetime='2022-05-25'>May 25, 2022</time>"),
        ("", "<time pubdate datetime='2022-05-25'>x</time><time pubdate datetime='2022-05-24'>y</time>"),
        ("", "<p class='byline'>Posted November 17, 2019</p>"),
    ],
)
def test_a_date_that_is_not_stated_as_the_publication_date_is_none(head: str, body: str) -> None:
    assert published(head, body) is None


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ("<meta property='og:site_name' content='The Example Herald'>", "The Example Herald"),
        (
            linked(**{"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": "Wire &amp; Sons"}}),
            "Wire & Sons",
        ),
        ("<meta name='dc.publisher' content='  Church   newsletter '>", "Church newsletter"),
        ("", None),
    ],
)
def test_publisher(head: str, publisher: str | None) -> None:
    assert read_page(page(head), Limits()).about.publisher == publisher


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("", "Thousands march for a third day"),
        ("<meta property='og:title' content='Third march in the old town'>", "Third march in the old town"),
        (
            "<meta property='og:title' content='Thousands march for third day running'>",
            "Thousands march for a third day",
        ),
        (
            "<meta property='og:site_name' content='The Herald'><title>March on Monday | The Herald</title>",
            "March on Monday",
        ),
        (linked(**{"@type": "NewsArticle", "headline": "March \ud800 on Monday"}), "March \ud800 on Monday"),
    ],
)
def test_title(head: str, title: str) -> None:
    assert read_page(page(head), Limits()).about.title == title


def test_only_a_whole_address_is_one() -> None:
    head = "<link rel='canonical' href='/march'><meta property='og:url' content='https://example.org/march'>"
    assert read_page(page(head), Limits()).about.url == "https://example.org/march"
    assert read_page(page("<link rel='canonical' href='javascript:alert(1)'>"), Limits()).about.url is None


def test_no_entity_and_no_file_is_resolved() -> None:
    head = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY a "&b;&b;"><!ENTITY b "bomb">]>'
    text = read_page(
        head.encode() + f"<html><body>{ARTICLE}<p>&x; &a; the end of it</p></body></html>".encode(), Limits()
    ).text
    assert "bomb" not in text
    assert "Thousands of people marched" in text


DEEP = "<div>" * 1_000_000 + ARTICLE


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        (DEEP, "too-many-elements"),
        ("</x>" * 1_000 + "<div>" * 300 + ARTICLE, "too-deep"),
        (f"<p {' '.join(f'a{n}=1' for n in range(100_000))}>{ARTICLE}", "too-many-elements"),
        (ARTICLE + "<script>" + "x = 1; " * 1_600_000 + "</script>" + ARTICLE, "too-large"),
        ("<p>x" * 100_000, "too-many-elements"),
        ("<!-- nothing -->", "no-article"),
        ("<html><head><title>x</title></head><body></body></html>", "no-article"),
    ],
    ids=["deep", "too deep for the parser", "attributes", "long script", "wide", "comment", "no body"],
)
def test_a_page_that_asks_too_much_or_holds_nothing_is_refused(markup: str, kind: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_page(markup.encode(), Limits())
    assert caught.value.issue.kind == kind


def test_nested_json_is_no_trouble() -> None:
    head = f'<script type="application/ld+json">{"[" * 100_000}</script>'
    assert read_page(page(head), Limits()).about.published is None
