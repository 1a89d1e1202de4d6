"""HTML pages that list articles, by the selectors of the source file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsel import Selector
from scrapy.http import HtmlResponse, Response

from crawlers.dates import day_of
from crawlers.entries import Entry, MalformedIndexError, titled
from crawlers.markup import plain_text
from crawlers.selecting import markup_of, value_of, words_of
from crawlers.source_layouts import Selectors
from crawlers.source_types import find
from crawlers.spiders.base import SourceSpider
from crawlers.urls import absolute_url


class ListingSpider(SourceSpider):
    """Reads the items of a listing page by the newest layout that finds any."""

    @property
    def layouts(self) -> Sequence[Selectors]:
        """The versions of the page's layout, the newest first."""
        return self.source.selectors or ()

    def entries(self, response: Response) -> Iterator[Entry]:
        """The listing's items that have a link."""
        if not isinstance(response, HtmlResponse):
            raise MalformedIndexError("no HTML page")
        for layout in self.layouts:
            entries = [self._entry(item, layout, response.url) for item in find(response, layout.item)]
            if any(entry.url for entry in entries):
                yield from entries
                return

    def _entry(self, item: Selector, layout: Selectors, base: str) -> Entry:
        link, text = value_of(item, layout.link, "href"), markup_of(item, layout.text) if layout.text else ""
        title, text = words_of(item, layout.title) if layout.title else "", plain_text(text)
        if not title:
            title, text = titled(text) if layout.text else (words_of(item, layout.link), "")
        return Entry(absolute_url(base, link) if link else "", title, self._day(item, layout), text)

    def _day(self, item: Selector, layout: Selectors) -> str | None:
        """The day that the listing tells: a machine-readable `datetime` attribute if there is one, else the words."""
        if layout.date is None:
            return None
        words = value_of(item, layout.date, "datetime") or words_of(item, layout.date)
        return day_of(words, layout, self.source.languages)
