"""RSS, RDF and Atom feeds, by feedparser: it forgives most of what publishers get wrong. JSON Feed by its paths."""

from __future__ import annotations

import time
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.sax import SAXException

import feedparser
from scrapy.http import Response

from crawlers.dates import day_of
from crawlers.entries import Entry, MalformedIndexError, titled
from crawlers.health import Trouble
from crawlers.json_items import entries_of
from crawlers.layouts import layout
from crawlers.markup import one_line, plain_text
from crawlers.metadata import written_day
from crawlers.source_layouts import Dated
from crawlers.spiders.api import parsed
from crawlers.spiders.base import SourceSpider
from crawlers.urls import absolute_url


class FeedSpider(SourceSpider):
    """Reads a feed's entries."""

    def entries(self, response: Response) -> Iterator[Entry]:
        """The feed's entries that have a link. A feed cut off or damaged gives what can be read, and is noted."""
        if self.source.format == "json":
            paths = layout("json-feed").paths or ()
            yield from entries_of(parsed(response), paths, response.url, self.source.languages)
        else:
            yield from self._parsed(response)

    def _parsed(self, response: Response) -> Iterator[Entry]:
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        # As a stream: a string that looks like an address or a path would be opened. Sanitizing halves the speed.
        feed = feedparser.parse(
            BytesIO(response.body),
            response_headers={"content-type": kind},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
        damage = feed.get("bozo_exception")
        if not feed.get("version"):
            raise MalformedIndexError(f"no RSS or Atom feed ({kind or 'no content type'})")
        if isinstance(damage, SAXException):
            if not feed.entries:
                raise MalformedIndexError(f"broken XML: {damage}")
            self.health.troubles.append(Trouble("malformed", f"{response.url}: broken XML, read in part: {damage}"))
        yield from (self._entry(item, response.url) for item in feed.entries if item.get("link"))

    def _entry(self, item: Any, base: str) -> Entry:
        texts = [content.get("value") for content in item.get("content", [])] + [item.get("summary")]
        title, text = one_line(plain_text(item.get("title"))), max(map(plain_text, texts), key=len)
        if not title:
            title, text = titled(text)
        return Entry(absolute_url(base, item.link), title, self._day(item), text)

    def _day(self, item: Any) -> str | None:
        for name in ("published", "created", "updated"):
            stamp, parsed = item.get(name), item.get(f"{name}_parsed")
            if day := written_day(stamp) or (parsed and written_day(time.strftime("%Y-%m-%d", parsed))):
                return str(day)
        return day_of(item.get("published"), Dated(), self.source.languages)
