"""HTML pages that list articles, by the CSS selectors of the source file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import dateparser
from parsel import Selector, SelectorList
from scrapy.http import HtmlResponse, Response

from crawlers.entries import Entry, MalformedIndexError
from crawlers.markup import one_line
from crawlers.sources import Selectors
from crawlers.spiders.base import SourceSpider
from crawlers.urls import absolute_url


class ListingSpider(SourceSpider):
    """Reads the items of a listing page."""

    def entries(self, response: Response) -> Iterator[Entry]:
        """The listing's items that have a link."""
        selectors = self.source.selectors
        if not isinstance(response, HtmlResponse) or selectors is None:
            raise MalformedIndexError("no HTML page")
        for item in response.css(selectors.item):
            if link := _in(item, selectors.link).attrib.get("href"):
                title = _words(_in(item, selectors.title)) if selectors.title else ""
                yield Entry(
                    absolute_url(response.url, link), title or _words(_in(item, selectors.link)), _day(item, selectors)
                )


def _in(item: Selector, css: str) -> SelectorList[Selector] | Selector:
    return item.css(css) if css else item


def _words(found: SelectorList[Selector] | Selector) -> str:
    first = found if isinstance(found, Selector) else found[:1]
    return one_line(" ".join(first.css("::text").getall()))


def _day(item: Selector, selectors: Selectors) -> str | None:
    """The day that the listing tells: a machine-readable `datetime` attribute if there is one, else the text."""
    if selectors.date is None:
        return None
    found = _in(item, selectors.date)
    words = found.attrib.get("datetime") or _words(found)
    day = _parsed(words, selectors)
    return day.date().isoformat() if day else None


def _parsed(words: str, selectors: Selectors) -> datetime | None:
    formats = [selectors.date_format] if selectors.date_format else None
    languages = list(selectors.date_languages) or None
    return dateparser.parse(words, date_formats=formats, languages=languages) if words else None
