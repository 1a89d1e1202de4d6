"""What all spiders share: read the index, page by page, follow what is new, read each page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import date
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawlers.article import Article
from crawlers.asking import Asking
from crawlers.entries import Entry, Fetched, MalformedIndexError
from crawlers.freshness import Freshness
from crawlers.health import Health, Trouble, classify, misread
from crawlers.markup import one_line
from crawlers.pages import NoPageError, read_page_aside
from crawlers.sources import SourceFile
from data.archive import Archive


class SourceSpider(Spider):
    """Crawls one source: its index (a feed, a listing), then the page of every entry that the archive has not.

    `today` is the day that templates and "within so many days" speak of.
    """

    def __init__(self, source: SourceFile, archive: Archive, health: Health, today: date | None = None) -> None:
        super().__init__(name=source.id)
        self.source = source
        self.archive = archive
        self.health = health
        self.today = today or date.today()
        self.asking = Asking(source, self.today)
        self.freshness = Freshness(source, archive)
        self.caught_up = bool(self.freshness.before)
        self.seen: set[str] = set()

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

    def further(self, response: Response, page: int, more: bool) -> Iterable[Request]:
        """The requests with which the index goes on after its `page`th page; `more`: whether that may tell news."""
        return self.asking.further(response, page) if more else ()

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the index."""
        yield self.index_request(self.asking.first())

    def index_request(self, request: Request, page: int = 1) -> Request:
        """The request for a page of the index."""
        return request.replace(
            callback=self.parse_index,
            errback=self.index_failed,
            dont_filter=True,
            cb_kwargs={"page": page},
            meta=request.meta | {"revalidate": request.method == "GET"},
        )

    def tells_all(self) -> bool:
        """Whether nothing is new as long as the page of the index that was read last stays as it is."""
        return True

    def parse_index(self, response: Response, page: int = 1) -> Iterator[Request | Fetched]:
        """Follow each entry whose document the archive has not got; read on while there are such."""
        self.health.reached(response)
        if (found := self.freshness.unchanged(response)) is not None:
            self.health.found += found
            return
        try:
            entries = {entry.address: entry for entry in self.entries(response) if self.wanted(entry)}
        except MalformedIndexError as error:
            self.index_trouble(misread(response, error, self.asking.shown), page)
            return
        fresh = [address for address in entries if address not in self.seen]
        self.seen.update(fresh)
        self.health.found += len(fresh)
        if self.tells_all():
            self.freshness.read(response, len(fresh))
        known = self.archive.known_urls(fresh)
        new = [entries[address] for address in fresh if address not in known]
        for entry in new:
            yield from self.take(entry)
        if new and self.source.paging:
            self.freshness.forget()
        # What a crawl that was cut short has not got may stand behind pages that it has got.
        more = bool(new) or (bool(fresh) and not self.caught_up)
        for request in self.further(response, page, more):
            yield self.index_request(request, page + 1)

    def wanted(self, entry: Entry) -> bool:
        """Whether an entry has an address that the source file lets through, and words if its page is not asked for."""
        has_words = bool(entry.title or entry.text) or self.follows(entry)
        return bool(entry.url) and has_words and self.asking.lets_through(entry.url)

    def follows(self, entry: Entry) -> bool:
        """Whether the entry has a page of its own that may say more than the index."""
        return self.source.follow and not entry.key

    def take(self, entry: Entry) -> Iterator[Request | Fetched]:
        """Ask for the entry's page; an entry that has none, or tells all, is a document as it is."""
        if not self.follows(entry):
            yield Fetched(entry, Article())
        else:
            yield Request(entry.url, self.parse_article, errback=self.article_failed, cb_kwargs={"entry": entry})

    async def parse_article(self, response: Response, entry: Entry) -> AsyncIterator[Fetched]:
        """Read the entry's page."""
        try:
            article = await read_page_aside(response, entry)
        except NoPageError as error:
            article, words = Article(), str(error)
        else:
            words = "no article found in the page"
        if article.partial:
            self.health.lost(article.partial, f"{response.url}: {article.partial} in place of the article")
        if article.text or article.partial:
            yield Fetched(entry, article)
            return
        for fetched in self.fall_back(entry, Trouble("malformed", f"{response.url}: {words}")):
            yield fetched

    def fall_back(self, entry: Entry, trouble: Trouble) -> Iterator[Fetched]:
        """Keep what the index itself tells where the page cannot be had."""
        self.health.troubles.append(trouble)
        if entry.text:
            yield Fetched(entry, Article())

    def article_failed(self, failure: Failure) -> Iterator[Fetched]:
        """Note why a page could not be fetched."""
        request: Request = failure.request  # type: ignore[attr-defined]
        yield from self.fall_back(request.cb_kwargs["entry"], _trouble(failure, request.url))

    def index_failed(self, failure: Failure) -> None:
        """Note why a page of the index could not be fetched."""
        request: Request = failure.request  # type: ignore[attr-defined]
        self.index_trouble(_trouble(failure, request.url), request.cb_kwargs["page"])

    def index_trouble(self, trouble: Trouble, page: int) -> None:
        """Note what is wrong with the index: with its first page the source has failed, with a later one in part."""
        trouble = Trouble(trouble.failure, self.asking.shown(trouble.detail))
        if page == 1:
            self.health.index = trouble
        else:
            self.health.troubles.append(trouble)

    def code_failed(self, failure: Failure) -> None:
        """Note an error of our own code."""
        self.health.lost("error", f"{type(failure.value).__name__}: {failure.value}")

    def closed(self, reason: str) -> None:
        """Note that the crawl was ended from outside."""
        if reason != "finished":
            self.health.lost("interrupted", f"the crawl was ended early ({reason})")
        if self.health.whole:
            self.freshness.keep()


def _trouble(failure: Failure, url: str) -> Trouble:
    error = failure.value or Exception("unknown")
    words = f"HTTP {error.response.status}" if isinstance(error, HttpError) else one_line(str(error))
    return Trouble(classify(error), f"{url}: {words or type(error).__name__}")
