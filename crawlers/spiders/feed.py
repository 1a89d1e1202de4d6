"""RSS and Atom feeds, by feedparser: it forgives most of what publishers get wrong."""

from __future__ import annotations

import time
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.sax import SAXException

import feedparser
from scrapy.http import Response

from crawlers.entries import Entry, MalformedIndexError
from crawlers.health import Trouble
from crawlers.markup import one_line, plain_text
from crawlers.metadata import written_day
from crawlers.spiders.base import SourceSpider
from crawlers.urls import absolute_url


class FeedSpider(SourceSpider):
    """Reads a feed's entries."""

    def entries(self, response: Response) -> Iterator[Entry]:
        """The feed's entries that have a link. A feed cut off or damaged gives what can be read, and is noted."""
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        # As a stream: a string that looks like an address or a path would be opened. Sanitizing halves the speed.
        feed = feedparser.parse(
            BytesIO(response.body),
            response_headers={"content-type": kind},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
        damage = feed.get("bozo_exception")
        if not feed.version:
            raise MalformedIndexError(f"no RSS or Atom feed ({kind or 'no content type'})")
        if isinstance(damage, SAXException):
            if not feed.entries:
                raise MalformedIndexError(f"broken XML: {damage}")
            self.health.troubles.append(Trouble("malformed", f"{response.url}: broken XML, read in part: {damage}"))
        yield from (_entry(item, response.url) for item in feed.entries if item.get("link"))


def _entry(item: Any, base: str) -> Entry:
    texts = [content.get("value") for content in item.get("content", [])] + [item.get("summary")]
    return Entry(
        url=absolute_url(base, item.link),
        title=one_line(plain_text(item.get("title"))),
        published=_day(item),
        text=max(map(plain_text, texts), key=len),
    )


def _day(item: Any) -> str | None:
    for name in ("published", "created", "updated"):
        stamp, parsed = item.get(name), item.get(f"{name}_parsed")
        if day := written_day(stamp) or (parsed and written_day(time.strftime("%Y-%m-%d", parsed))):
            return str(day)
    return None
