"""Asking whether an index has changed instead of fetching it again: validators (RFC 9110, section 8.8), body hashes.

The exchange is that of Scrapy's HTTP cache; no body is stored, since all that its entries led to is in the archive.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import blake2b
from importlib.metadata import version
from typing import Any

from scrapy.downloadermiddlewares.httpcache import HttpCacheMiddleware
from scrapy.extensions.httpcache import RFC2616Policy
from scrapy.http import Request, Response
from scrapy.settings import BaseSettings

from crawlers.sources import SourceFile
from data.archive import Archive
from data.models import Validators

_KEPT = ("ETag", "Last-Modified", "Date")


@dataclass
class Freshness:
    """What the pages of one source's index were at its last whole crawl, and are at this one, by address."""

    source: SourceFile
    archive: Archive
    now: dict[str, Validators] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = f"{version('splinterlog')} {self.source.model_dump_json()}"
        self.reader = blake2b(known.encode(), digest_size=8).hexdigest()
        self.before = self.archive.validators(self.source.id, self.reader)

    def unchanged(self, response: Response) -> int | None:
        """How many entries an index had that is as it was; None where it is another, or is seen for the first time."""
        old = self.before.get(response.url)
        if old is None or not ("cached" in response.flags or old.digest == _digest(response)):
            return None
        self.now[response.url] = old
        return old.found

    def read(self, response: Response, found: int) -> None:
        """Note what an index has, of which `found` entries were read."""
        headers = {name: value.decode("latin-1") for name in _KEPT if (value := response.headers.get(name))}
        self.now[response.url] = Validators(json.dumps(headers), _digest(response), found)

    def forget(self) -> None:
        """Let the next crawl know nothing, unless this one comes to its end."""
        self.archive.put_validators(self.source.id, self.reader, {})

    def keep(self) -> None:
        """Remember it for the next crawl: once all entries are in the archive, or nobody would ask for the rest."""
        self.archive.put_validators(self.source.id, self.reader, self.now)


def _digest(response: Response) -> str:
    return blake2b(response.body, digest_size=16).hexdigest()


class Policy(RFC2616Policy):
    """Scrapy's policy, but a failure is told as such and never covered up by what was there before."""

    def is_cached_response_valid(self, cachedresponse: Response, response: Response, request: Request) -> bool:
        """Whether the server says that nothing has changed."""
        return bool(response.status == 304)


class ValidatorStorage:
    """Scrapy's cache storage over the validators of a spider's source: responses come back without their bodies."""

    def __init__(self, settings: BaseSettings) -> None:
        """Nothing is needed of the settings."""

    def open_spider(self, spider: Any) -> None:
        """Take up what the spider knows."""
        self.freshness: Freshness = spider.freshness

    def close_spider(self, spider: Any) -> None:
        """The spider itself knows whether its crawl was whole."""

    def retrieve_response(self, spider: Any, request: Request) -> Response | None:
        """The head of the last response."""
        old = self.freshness.before.get(request.url)
        return Response(request.url, headers=json.loads(old.headers)) if old else None

    def store_response(self, spider: Any, request: Request, response: Response) -> None:
        """The spider stores what it has read."""


class Revalidation(HttpCacheMiddleware):
    """Scrapy's cache for requests whose `meta` says `revalidate`; it always asks, and hides no failure."""

    DOWNLOAD_EXCEPTIONS = ()  # type: ignore[assignment]

    def process_request(self, request: Request, spider: Any = None) -> Request | Response | None:
        """Send what is known along."""
        if not request.meta.get("revalidate"):
            return None
        request.headers.setdefault("Cache-Control", "max-age=0")
        return super().process_request(request)

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """The response, or where it says that nothing has changed, an empty one with the flag `cached`."""
        return super().process_response(request, response) if request.meta.get("revalidate") else response
