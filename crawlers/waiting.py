"""Retry-After (RFC 9110, section 10.2.3): a server that names a time is left alone until then."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

BUSY = {429, 503}


class RetryLaterError(IgnoreRequest):
    """A request to a host that has asked not to be asked before a time that this crawl does not wait for."""


class RetryAfter:
    """Waits where the wait is short; else the source asks that host no more in this run, as its health then tells."""

    def __init__(self, longest: float, health: Any) -> None:
        self.longest, self.health = longest, health
        self.until: dict[str, float] = {}
        """By host, for the source that was answered so: seconds since the epoch."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Wait as long as the settings say."""
        return cls(crawler.settings.getfloat("RETRY_AFTER_LONGEST"), getattr(crawler.spider, "health", None))

    async def process_request(self, request: Request) -> None:
        """Let the request pass once its host may be asked, or raise RetryLaterError."""
        host = urlsplit(request.url).netloc
        wait = self.until.get(host, 0) - time.time()
        if wait > self.longest:
            raise RetryLaterError(f"{request.url}: {host} asked to be left alone for {wait:.0f} s")
        if wait > 0:
            await asyncio.sleep(wait)

    async def process_response(self, request: Request, response: Response) -> Response:
        """The response, once it may be tried again; marked as not to be tried where that would be too late."""
        wait = seconds(response) if response.status in BUSY else None
        if wait is None:
            return response
        host = urlsplit(request.url).netloc
        self.until[host] = max(self.until.get(host, 0), time.time() + wait)
        if wait > self.longest:
            request.meta["dont_retry"] = True
            if self.health is not None:
                self.health.until = datetime.fromtimestamp(self.until[host], UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return response


def seconds(response: Response) -> float | None:
    """How long a response asks to wait; None where it does not say, or in a way that nobody understands."""
    told = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if told.isdecimal():
        return min(float(told), 366 * 86_400)
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
    except (TypeError, ValueError, OverflowError):
        return None
