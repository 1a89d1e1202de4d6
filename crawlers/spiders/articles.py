"""What all spiders do with the entries of an index: read the page of each, or take what the index tells of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawlers.article import Article
from crawlers.entries import Entry, Fetched
from crawlers.health import Health, Trouble, classify
from crawlers.markup import one_line
from crawlers.pages import NoPageError, read_page_aside
from crawlers.sources import SourceFile
from data.archive import Archive


class ArticleSpider(Spider):
    """Makes documents of one source's entries, and notes what goes wrong."""

    def __init__(self, source: SourceFile, archive: Archive, health: Health) -> None:
        super().__init__(name=source.id)
        self.source = source
        self.archive = archive
        self.health = health
        self.articles_left: int | None = None
        """How many pages may still be read, of a crawl that only tries; of others all."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's way to make a spider; errors of our own code are noted as failures of the source, too."""
        spider: Self = super().from_crawler(crawler, *args, **kwargs)
        spider.articles_left = crawler.settings.get("ARTICLES_AT_MOST")
        crawler.signals.connect(spider.code_failed, signals.spider_error)
        crawler.signals.connect(spider.code_failed, signals.item_error)
        return spider

    def follows(self, entry: Entry) -> bool:
        """Whether the entry has a page of its own that may say more than the index."""
        return self.source.follow and not entry.key

    def take(self, entry: Entry) -> Iterator[Request | Fetched]:
        """Ask for the entry's page; an entry that has none, or tells all, is a document as it is."""
        if not self.follows(entry) or self.articles_left == 0:
            yield Fetched(entry, Article())
        else:
            self.articles_left = self.articles_left and self.articles_left - 1
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
        yield from self.fall_back(request.cb_kwargs["entry"], trouble_of(failure, request.url))

    def code_failed(self, failure: Failure) -> None:
        """Note an error of our own code."""
        self.health.lost("error", f"{type(failure.value).__name__}: {failure.value}")


def trouble_of(failure: Failure, url: str) -> Trouble:
    """What the error of a request for `url` is."""
    error = failure.value or Exception("unknown")
    words = f"HTTP {error.response.status}" if isinstance(error, HttpError) else one_line(str(error))
    return Trouble(classify(error), f"{url}: {words or type(error).__name__}")
