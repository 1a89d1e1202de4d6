"""Registries of what is blocked: a dump, compared with the day before."""

from __future__ import annotations

from collections.abc import Iterator

from scrapy.http import Request, Response

from crawlers.dumps import Listed, listed
from crawlers.entries import Entry, Fetched, MalformedIndexError
from crawlers.registries import Comparison, of_platforms, platforms_by_domain
from crawlers.spiders.base import SourceSpider

MEGABYTES = 100
"""Of a dump as it is sent, at most."""


class RegistrySpider(SourceSpider):
    """Makes a document of each domain of a known platform that appeared in the registry or vanished from it."""

    now: dict[str, Listed] | None = None
    """What the registry has; None until it was read."""

    def index_request(self, request: Request, page: int = 1) -> Request:
        """The request for the dump, which may be larger than a page."""
        asked = super().index_request(request, page)
        return asked.replace(meta=asked.meta | {"download_maxsize": MEGABYTES * 1_000_000})

    def entries(self, response: Response) -> Iterator[Entry]:
        """What changed. Raises MalformedIndexError also where so much is missing that the dump cannot be whole."""
        assert self.source.registry
        now = of_platforms(listed(response.body, self.source.format, self.source.registry, platforms_by_domain()))
        stored = self.archive.registry(self.source.id)
        before = {domain: Listed(*row) if row else None for domain, row in stored.items()}
        compared = Comparison(self.source, now, before, self.today)
        if not compared.is_whole:
            raise MalformedIndexError(
                f"{len(now)} domains of known platforms, and {len(compared.lost)} gone: not whole"
            )
        self.now = now
        yield from compared.entries()

    def parse_index(self, response: Response, page: int = 1) -> Iterator[Request | Fetched]:
        """Make the documents; what counts as found are the domains in the registry, changed or not."""
        yield from super().parse_index(response, page)
        if self.now is not None:
            self.health.found = len(self.now)
            self.freshness.read(response, len(self.now))

    def closed(self, reason: str) -> None:
        """Remember what the registry had, once all documents are stored: a crawl that was killed compares anew."""
        super().closed(reason)
        if self.now is not None and not any(
            trouble.failure in ("error", "interrupted") for trouble in self.health.troubles
        ):
            self.archive.put_registry(
                self.source.id, {domain: self.now.get(domain) for domain in platforms_by_domain()}
            )
