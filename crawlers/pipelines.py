"""Documents into the archive."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from scrapy.crawler import Crawler

from crawlers.article import Article
from crawlers.entries import Entry, Fetched
from crawlers.spiders.base import SourceSpider
from crawlers.stories import Found, add_stories
from crawlers.urls import document_id
from data.clock import now
from data.language import detect_language
from data.models import Document

BATCH = 20
"""Documents committed at a time: what a crash may cost."""


class ArchivePipeline:
    """Writes what one spider fetched to the archive, in batches, and counts what was new."""

    def __init__(self, spider: SourceSpider) -> None:
        self.spider = spider
        self.waiting: list[Found] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a pipeline."""
        assert isinstance(crawler.spider, SourceSpider)
        return cls(crawler.spider)

    def process_item(self, item: Fetched) -> Fetched:
        """Queue one document; commit when the batch is full."""
        self.waiting.append((item.entry.address, document_of(self.spider.source.id, item.entry, item.article)))
        if len(self.waiting) >= BATCH:
            self._commit()
        return item

    def close_spider(self) -> None:
        """Commit the rest."""
        try:
            self._commit()
        except Exception as error:  # Scrapy would only log it, and the run would look well
            self.spider.health.lost("error", f"{len(self.waiting)} documents could not be stored: {error}")

    def _commit(self) -> None:
        self.spider.health.new += add_stories(self.spider.archive, self.waiting)
        self.waiting.clear()


def document_of(source: str, entry: Entry, article: Article) -> Document:
    """The document of a fetched page: what the page says comes first, what the index said fills the gaps.

    A day that merely stands on the page weighs less than the one that the index tells. The text of a page that is not
    whole is left out, and of a question for consent all else, too.
    """
    if article.partial:
        article = Article(partial="consent") if article.partial == "consent" else replace(article, text="")
    if article.published_basis == "visible" and entry.published:
        article = replace(article, published=None, published_basis=None)
    url = article.url or entry.address
    title, text = article.title or entry.title, article.text or entry.text
    return Document(
        id=document_id(url),
        title=title,
        text=text,
        published=article.published or entry.published,
        lang=(article.lang if article.text else None) or detect_language(text or title),
        url=url,
        source=source,
        published_basis=article.published_basis or ("feed" if entry.published else None),
        fetched=now(),
        authors="; ".join(article.authors) or None,
        section=article.section,
        partial=article.partial,
    )
