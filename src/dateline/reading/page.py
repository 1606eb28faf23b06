"""What a web page says of itself: title, publisher, address and publication date, from its metadata alone.

A date counts where the page states it as its publication date: in a `meta` tag, in schema.org JSON-LD, or on a `time`
element marked so (HTML `pubdate`, microdata `datePublished`, the hAtom classes). A date in running text, in the address
or at the masthead may be the day the page was printed or crawled, and dates nothing.
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from dateline.reading.content import About
from dateline.reading.dates import parse_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

_TITLES = (
    "og:title",
    "citation_title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "sailthru.title",
    "twitter:title",
)
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name")
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "citation_date",
    "parsely-pub-date",
    "sailthru.date",
    "rbpubdate",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "publication_date",
    "publish_date",
    "publish-date",
    "published_date",
    "pubdate",
)
_CLASSES = {"published", "dt-published", "entry-date"}
_ARTICLES = re.compile(r"\w{0,40}Article|BlogPosting|LiveBlogPosting|Report|SocialMediaPosting")
_SEPARATOR = r"\s{1,3}[|\-–—·•:»]\s{1,3}"


class Thing(NamedTuple):
    """One schema.org object of a page's JSON-LD."""

    is_article: bool
    fields: dict[str, Any]


def about_page(tree: HtmlElement) -> About:
    """Return what a parsed page says of itself."""
    metas = _metas(tree)
    things = sorted(_things(tree), key=lambda thing: not thing.is_article)
    publisher = _first(_publisher_names(things), _meta(metas, _PUBLISHERS))
    stated = _first(_meta(metas, _TITLES), _headlines(things), (_text(element) for element in tree.iter("title")))
    title = _title(_without_publisher(stated, publisher) if stated else None, tree)
    dates = [
        *_meta(metas, _PUBLISHED),
        *_fields(things, "datePublished"),
        *_marked_times(tree),
        *_meta(metas, ["date"]),
    ]
    return About(
        title=title,
        publisher=publisher,
        url=next((url for url in _addresses(tree, metas) if re.match(r"https?://[^\s/]", url)), None),
        published=next((stated for stated in dates if parse_day(stated)), dates[0] if dates else None),
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    """Return the first content of each named `meta` tag, names in lower case."""
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            metas.setdefault(name.strip().lower(), content)
    return metas


def _meta(metas: dict[str, str], names: Iterable[str]) -> Iterator[str]:
    return (metas[name] for name in names if name in metas)


def _things(tree: HtmlElement) -> Iterator[Thing]:
    """Yield the objects at the top of each JSON-LD script or in its `@graph`; deeper ones tell of other pages."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            top = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _objects(top):
            yield from map(_thing, (thing, *_objects(thing.get("@graph"))))


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]


def _thing(fields: dict[str, Any]) -> Thing:
    kinds = fields.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return Thing(any(isinstance(name, str) and _ARTICLES.fullmatch(name) for name in names), fields)


def _fields(things: Iterable[Thing], name: str) -> Iterator[str]:
    values = (thing.fields.get(name) for thing in things)
    return (value for value in values if isinstance(value, str) and value.strip())


def _headlines(things: Iterable[Thing]) -> Iterator[str]:
    return _fields((thing for thing in things if thing.is_article), "headline")


def _publisher_names(things: Iterable[Thing]) -> Iterator[str]:
    publishers = (publisher for thing in things for publisher in _objects(thing.fields.get("publisher")))
    return _fields((Thing(False, publisher) for publisher in publishers), "name")


def _title(stated: str | None, tree: HtmlElement) -> str | None:
    """Return the main heading that says what metadata states, as it stood over the article; else the latter.

    Metadata may hold a shorter title made for sharing; a heading may be the name of the site, or hold a section's too.
    """
    headings = list(filter(None, (_first([_text(element)]) for element in tree.iter("h1"))))
    if not stated:
        return headings[0] if len(headings) == 1 else None
    return next((heading for heading in headings if stated not in heading and _is_alike(heading, stated)), stated)


def _is_alike(heading: str, title: str) -> bool:
    """Say whether half the words of the shorter stand in the longer."""
    ours, theirs = set(heading.lower().split()), set(title.lower().split())
    return 2 * len(ours & theirs) >= min(len(ours), len(theirs)) > 2


def _addresses(tree: HtmlElement, metas: dict[str, str]) -> Iterator[str]:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            yield (link.get("href") or "").strip()
    yield metas.get("og:url", "")


def _marked_times(tree: HtmlElement) -> list[str]:
    """Return the dates of elements that are marked as publication dates; none if they do not agree on one day."""
    times = [
        _time(element) for element in tree.iter("time", "span", "abbr", "div", "p") if _is_publication_time(element)
    ]
    return times if len({parse_day(stated) for stated in times}) == 1 else []


def _is_publication_time(element: HtmlElement) -> bool:
    if "datepublished" in (element.get("itemprop") or "").lower().split():
        return True
    is_time = element.tag == "time" and element.get("datetime") is not None
    return is_time and ("pubdate" in element.attrib or bool(_CLASSES & set((element.get("class") or "").split())))


def _time(element: HtmlElement) -> str:
    return element.get("datetime") or element.get("content") or element.get("title") or _text(element)


def _text(element: HtmlElement) -> str:
    return str(element.text_content())


def _first(*groups: Iterable[str]) -> str | None:
    """Return the first value with anything in it, entities resolved and white space single."""
    values = (" ".join(unescape(value).split()) for group in groups for value in group)
    return next(filter(None, values), None)


def _without_publisher(title: str, publisher: str | None) -> str:
    """Return a title without the publisher's name that content systems put behind it."""
    if not publisher:
        return title
    head = re.split(f"{_SEPARATOR}(?={re.escape(publisher)}$)", title, maxsplit=1, flags=re.I)[0]
    return head or title
