"""What a page says about itself: JSON-LD, titles, publication date and where that was found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from htmldate import find_date
from lxml.html import Element, HtmlElement

from crawlers.markup import one_line
from data.models import PublishedBasis

ARTICLE_TYPES = {"Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle", "Report"}
_TAIL = re.compile(r"\s*(?:[|·*»]|(?<=\s)[-–—](?=\s)|：)\s*")
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_BY = re.compile(r"^(?:by|von|par|por|di|автор:?)\s+", re.IGNORECASE)
_EARLIEST = date(1995, 1, 1)


def article_json(tree: HtmlElement) -> dict[str, Any]:
    """The page's schema.org article (https://schema.org/Article) from its JSON-LD; {} where there is none."""
    things = [thing for script in tree.xpath('//script[@type="application/ld+json"]') for thing in _things(script.text)]
    return next((thing for thing in things if ARTICLE_TYPES & set(_types(thing))), {})


def _things(script: str | None) -> Iterator[dict[str, Any]]:
    try:
        found = json.loads(script or "null", strict=False)
    except ValueError:
        return
    stack = [found]
    while stack:
        thing = stack.pop(0)
        if isinstance(thing, list):
            stack.extend(thing)
        elif isinstance(thing, dict):
            yield thing
            stack.append(thing.get("@graph"))


def _types(thing: dict[str, Any]) -> list[str]:
    kinds = thing.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def titles(tree: HtmlElement, thing: dict[str, Any]) -> list[str]:
    """The page's titles, the most trusted first: JSON-LD headline, og:title, h1, title element; site names cut off."""
    told = [
        thing.get("headline"),
        *tree.xpath('//meta[@property="og:title"]/@content'),
        *(" ".join(h1.itertext()) for h1 in tree.xpath("//h1")),
        *tree.xpath("//head/title/text()"),
    ]
    lines = [line for line in map(one_line, told) if line]
    sites = {one_line(name).casefold() for name in tree.xpath('//meta[@property="og:site_name"]/@content')}
    return [_without_site(line, sites, lines) for line in lines]


def _without_site(line: str, sites: set[str], others: list[str]) -> str:
    """Cut where another title of the page ends, or where only the site's name follows."""
    for tail in reversed(list(_TAIL.finditer(line))):
        head, rest = line[: tail.start()], line[tail.end() :]
        if head in others or rest.casefold() in sites:
            line = head
    return line


def authors(tree: HtmlElement, thing: dict[str, Any]) -> tuple[str, ...]:
    """Who wrote the page: names by JSON-LD, else by meta tags, else by what is marked as a link to an author."""
    places = (
        _names(thing.get("author")),
        tree.xpath('//meta[@name="author" or @property="article:author" or @name="byl"]/@content'),
        ["".join(link.itertext()) for link in tree.xpath('//a[@rel="author"] | //*[@itemprop="author"]')],
    )
    for found in places:
        names = [_BY.sub("", one_line(name)) for name in found]
        if names := [name for name in names if 1 < len(name) < 100 and "//" not in name]:
            return tuple(dict.fromkeys(names))
    return ()


def _names(told: object) -> list[object]:
    each = told if isinstance(told, list) else [told]
    return [one.get("name") if isinstance(one, dict) else one for one in each]


def section(tree: HtmlElement, thing: dict[str, Any]) -> str | None:
    """The part of the publication that the page stands in, by JSON-LD or meta tag."""
    told = thing.get("articleSection")
    metas = tree.xpath('//meta[@property="article:section" or @name="section"]/@content')
    places = [*(told if isinstance(told, list) else [told]), *metas]
    return next((line for line in map(one_line, places) if 0 < len(line) < 100), None)


def published(tree: HtmlElement, thing: dict[str, Any], url: str | None) -> tuple[str | None, PublishedBasis | None]:
    """Day of publication (ISO 8601, as the page writes it) and what told it; (None, None) where nothing does."""
    if day := written_day(thing.get("datePublished")):
        return day, "json-ld"
    metas = Element("html")
    metas.extend([Element("meta", dict(meta.attrib)) for meta in tree.iter("meta")])
    places: list[tuple[PublishedBasis, HtmlElement, str]] = [
        ("meta", metas, ""),
        ("url", Element("html"), url or ""),
        ("visible", tree, ""),
    ]
    found = ((_find(place, address), basis) for basis, place, address in places)
    return next(((day, basis) for day, basis in found if day), (None, None))


def _find(tree: HtmlElement, url: str) -> str | None:
    """htmldate over a part of the page; an empty `url` keeps it from reading the canonical address instead."""
    day: str | None = find_date(tree, url=url, original_date=True, extensive_search=False)
    return day


def written_day(stamp: object) -> str | None:
    """The day in an ISO 8601 or RFC 822 stamp, as written: no shift to UTC, which would move news of the night."""
    if not isinstance(stamp, str):
        return None
    match = _DAY.match(stamp.strip())
    try:
        day = date(*map(int, match.groups())) if match else parsedate_to_datetime(stamp).date()
    except (ValueError, TypeError):
        return None
    return day.isoformat() if _EARLIEST <= day <= date.today() + timedelta(days=1) else None
