"""What all spiders share: read the index, follow what is new, read each page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawlers.article import Article, extract_article
from crawlers.entries import Entry, Fetched, MalformedIndexError
from crawlers.health import Health, Trouble, classify
from crawlers.markup import one_line
from crawlers.sources import SourceFile
from crawlers.urls import canonical_url
from data.archive import Archive


class SourceSpider(Spider):
    """Crawls one source: its index (a feed, a listing), then the page of every entry that the archive has not."""

    def __init__(self, source: SourceFile, archive: Archive, health: Health) -> None:
        super().__init__(name=source.id)
        self.source = source
        self.archive = archive
        self.health = health

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's way to make a spider; errors of our own code are noted as failures of the source, too."""
        spider: Self = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.code_failed, signals.spider_error)
        crawler.signals.connect(spider.code_failed, signals.item_error)
        return spider

    def entries(self, response: Response) -> Iterable[Entry]:
        """The index's entries. Raises MalformedIndexError where it is not what the source file says."""
        raise NotImplementedError

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the index."""
        yield Request(self.source.url, self.parse_index, errback=self.index_failed, dont_filter=True)

    def parse_index(self, response: Response) -> Iterator[Request]:
        """Follow each entry whose document the archive has not got."""
        try:
            entries = {canonical_url(entry.url): entry for entry in self.entries(response) if entry.url}
        except MalformedIndexError as error:
            self.health.index = Trouble("malformed", f"{response.url}: {error}")
            return
        self.health.found = len(entries)
        known = self.archive.known_urls(entries)
        for url, entry in entries.items():
            if url not in known:
                yield Request(entry.url, self.parse_article, errback=self.article_failed, cb_kwargs={"entry": entry})

    def parse_article(self, response: Response, entry: Entry) -> Iterator[Fetched]:
        """Read the entry's page."""
        if not isinstance(response, TextResponse):
            kind = (response.headers.get("Content-Type") or b"unknown").decode("latin-1")
            yield from self.fall_back(entry, Trouble("malformed", f"{response.url}: {kind} is no page of text"))
            return
        article = extract_article(response.text, response.url)
        if article.text:
            yield Fetched(entry, article)
        else:
            yield from self.fall_back(entry, Trouble("malformed", f"{response.url}: no article found in the page"))

    def fall_back(self, entry: Entry, trouble: Trouble) -> Iterator[Fetched]:
        """Keep what the feed itself tells where the page cannot be had."""
        self.health.troubles.append(trouble)
        if entry.text:
            yield Fetched(entry, Article())

    def article_failed(self, failure: Failure) -> Iterator[Fetched]:
        """Note why a page could not be fetched."""
        request: Request = failure.request  # type: ignore[attr-defined]
        yield from self.fall_back(request.cb_kwargs["entry"], _trouble(failure, request.url))

    def index_failed(self, failure: Failure) -> None:
        """Note why the index could not be fetched."""
        self.health.index = _trouble(failure, self.source.url)

    def code_failed(self, failure: Failure) -> None:
        """Note an error of our own code."""
        self.health.lost("error", f"{type(failure.value).__name__}: {failure.value}")

    def closed(self, reason: str) -> None:
        """Note that the crawl was ended from outside."""
        if reason != "finished":
            self.health.lost("interrupted", f"the crawl was ended early ({reason})")


def _trouble(failure: Failure, url: str) -> Trouble:
    error = failure.value or Exception("unknown")
    words = f"HTTP {error.response.status}" if isinstance(error, HttpError) else one_line(str(error))
    return Trouble(classify(error), f"{url}: {words or type(error).__name__}")
