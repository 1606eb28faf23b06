"""Web pages, through trafilatura: the article's text without menus and comments. No other module imports it."""

from __future__ import annotations

import logging
import re

import trafilatura
from lxml import etree, html
from trafilatura.meta import reset_caches

from dateline.reading.content import Content, Limits, Unreadable
from dateline.reading.decoding import decode
from dateline.reading.page import about_page

logging.getLogger("trafilatura").addHandler(logging.NullHandler())

_ATTRIBUTE = r"=?[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+|="
_TAG = re.compile(rf"<[A-Za-z][^\s/>]*+(?:[\s/]++|{_ATTRIBUTE})*+")
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_SHORT_TAG = 200  # characters; so few attributes fit into it that they need no count
_MOST_PAIRS = 200_000_000  # about a second: the parser compares each attribute of a tag with every other
_LARGE = 1_000_000  # code points; trafilatura's caches are emptied after such a page
# What trafilatura and lxml raise on a page that they were not made for.
_EXTRACTION_ERRORS = (
    etree.Error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


def read_page(raw: bytes, limits: Limits) -> Content:
    """Read an HTML file: the article's text and what the page says of itself.

    Raises:
        Unreadable: `binary`, `undecodable`, `too-many-elements`, `too-deep`, `too-large`, `no-article` or
            `extraction-failed`.
    """
    markup, issues = decode(raw, page=True)
    content = read_markup(markup, limits)
    return Content(content.text, content.about, issues)


def read_markup(markup: str, limits: Limits) -> Content:
    """Read an HTML page that is text already, as records hold it. Raises as `read_page` does."""
    _forbid_costly(markup, limits)
    tree = _parse(markup)
    about = about_page(tree)
    text = _extract(tree)
    if len(markup) > _LARGE:
        reset_caches()
    return Content(text, about)


def _forbid_costly(markup: str, limits: Limits) -> None:
    """Raise `Unreadable` if parsing could take more than seconds: found in one linear pass, before any parsing."""
    pairs = 0
    for elements, tag in enumerate(_TAG.finditer(markup), start=1):
        if len(tag[0]) > _SHORT_TAG:
            pairs += len(_ATTRIBUTES.findall(tag[0])) ** 2
        if elements > limits.elements or pairs > _MOST_PAIRS:
            message = f"over {limits.elements:,} elements, or thousands of attributes in one: save the article alone"
            raise Unreadable("too-many-elements", message)


def _parse(markup: str) -> html.HtmlElement:
    """Parse a page: no network, no entities, no huge trees; comments and processing instructions left out."""
    parser = html.HTMLParser(
        encoding="utf-8",
        huge_tree=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        default_doctype=False,
    )
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except etree.Error as error:
        raise Unreadable(
            "no-article", "a page with no markup that can be read given; expected an article in HTML"
        ) from error
    for stop in parser.error_log:
        if stop.type_name == "ERR_RESOURCE_LIMIT":  # the parser stopped there, and the rest of the page is lost
            kind = "too-deep" if "depth" in stop.message else "too-large"
            raise Unreadable(kind, f"the parser gave up ({stop.message.strip()}): save the article alone")
    return tree


def _extract(tree: html.HtmlElement) -> str:
    try:
        document = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False)
    except _EXTRACTION_ERRORS as error:
        message = f"trafilatura raised {type(error).__name__} on this page: save the article as text"
        raise Unreadable("extraction-failed", message) from error
    text = document.text if document else None
    if not text or not text.strip():
        raise Unreadable("no-article", "a page in which no article was found given: save the article as text")
    return str(text)
