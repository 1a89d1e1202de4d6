"""Sitemaps (https://www.sitemaps.org/protocol.html), with indexes, Google News' own elements and gzip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from lxml import etree
from scrapy.http import Request, Response
from scrapy.utils.gz import gunzip, gzip_magic_number

from crawlers.entries import Entry, MalformedIndexError
from crawlers.health import Trouble
from crawlers.markup import one_line
from crawlers.metadata import written_day
from crawlers.spiders.base import SourceSpider
from crawlers.templates import on_day
from crawlers.urls import absolute_url

DEPTH = 3
"""Indexes within indexes, at most, the articles' own sitemaps included."""
MOST = 50_000_000
"""Bytes of an unpacked sitemap: what the protocol allows."""
MAPS = 20
"""Sitemaps of one index that are read, at most: those touched last."""


class SitemapSpider(SourceSpider):
    """Reads what a sitemap says was published or touched in the last days."""

    maps: tuple[str, ...] = ()
    """Further sitemaps that the one read last names."""

    def entries(self, response: Response) -> Iterator[Entry]:
        """The articles of a sitemap, the newest first; none of an index. A damaged one gives what can be read."""
        root = self._root(response)
        kind = etree.QName(root).localname
        if kind not in ("urlset", "sitemapindex"):
            raise MalformedIndexError(f"no sitemap, but <{kind}>")
        self.maps = tuple(self._maps(root, response.url)) if kind == "sitemapindex" else ()
        recent = self._recent(root.iterfind("{*}url"), "{*}news/{*}publication_date", "{*}lastmod")
        for _, element in recent[: self.source.sitemap.articles]:
            yield Entry(
                url=_address(element, response.url),
                title=one_line(_told(element, "{*}news/{*}title")),
                published=written_day(_told(element, "{*}news/{*}publication_date")),
            )

    def tells_all(self) -> bool:
        """Not of an index: the sitemaps that it names change without it."""
        return not self.maps

    def further(self, response: Response, page: int, more: bool) -> Iterator[Request]:
        """The sitemaps that an index names."""
        if page < DEPTH:
            yield from map(self.asking.request, self.maps)

    def _root(self, response: Response) -> Any:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
        try:
            body = gunzip(response.body, max_size=MOST) if gzip_magic_number(response) else response.body
            root = etree.fromstring(body, parser)
        except (OSError, EOFError, ValueError, etree.LxmlError) as error:
            raise MalformedIndexError(f"no sitemap: {error}") from error
        if root is None:
            raise MalformedIndexError("no sitemap: no XML")
        if parser.error_log:
            self.health.troubles.append(
                Trouble("malformed", f"{response.url}: broken XML, read in part: {parser.error_log[0].message}")
            )
        return root

    def _maps(self, root: Any, base: str) -> Iterator[str]:
        wanted = on_day(self.source.sitemap.maps or "", self.today)
        recent = self._recent(root.iterfind("{*}sitemap"), "{*}lastmod")
        urls = [_address(element, base) for _, element in recent]
        yield from [url for url in urls if url and re.search(wanted, url)][:MAPS]

    def _recent(self, elements: Iterator[Any], *days: str) -> list[tuple[str, Any]]:
        """Elements with the day that the first of `days` tells, the latest first; undated ones last, old ones not."""
        oldest = (self.today - timedelta(days=self.source.sitemap.days)).isoformat()
        dated = [
            (next(filter(None, (written_day(_told(element, path)) for path in days)), ""), element)
            for element in elements
        ]
        return sorted((one for one in dated if not one[0] or one[0] >= oldest), key=lambda one: one[0], reverse=True)


def _address(element: Any, base: str) -> str:
    location = element.find("{*}loc")
    # An entity, which is never resolved, is a child of the element.
    whole = location is not None and len(location) == 0 and (location.text or "").strip()
    return absolute_url(base, whole) if whole else ""


def _told(element: Any, path: str) -> str:
    return (element.findtext(path) or "").strip()
