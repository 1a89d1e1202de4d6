"""Crawl sources into the archive: one Scrapy process, one crawler a source; a failing one costs itself alone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from crawlers.health import Health, Trouble
from crawlers.settings import LOCAL
from crawlers.sources import SourceFile
from crawlers.spiders import SPIDERS
from crawlers.warc.writing import RawWriter, raw_folder
from data.archive import Archive
from data.models import SourceRun

Progress = Callable[[SourceRun], None]


def crawl(
    sources: Sequence[SourceFile],
    archive: Archive,
    *,
    settings: Mapping[str, Any] | None = None,
    progress: Progress = lambda run: None,
) -> list[SourceRun]:
    """Crawl all `sources` at once; returns their runs, in the order in which they ended.

    `settings` override crawlers/settings.py; `progress` is called as each source ends. Everything is committed as it
    comes, the run too. SIGINT and SIGTERM end the crawl early: the runs not done then have the failure "interrupted".
    Once in a process: Scrapy's event loop cannot be started again.
    """
    archive.put_sources(source.facts() for source in sources)
    process = AsyncCrawlerProcess(_settings(settings or {}))
    _quiet()
    raw = RawWriter(raw_folder(archive.path)) if process.settings.getbool("KEEP_RAW") else None
    crawls = [Crawl(source, archive, process, progress, raw) for source in sources]
    if crawls:
        process.start()
    if raw:
        raw.close()
    for unfinished in [one for one in crawls if one.run is None]:
        unfinished.end("interrupted", "the crawl was ended by force")
    return sorted((one.run for one in crawls if one.run), key=lambda run: run.finished)


class SourceCrawler(Crawler):
    """Scrapy's crawler of one source, with what all crawlers of a run write to."""

    raw: RawWriter | None = None


class Crawl:
    """One source's crawl and, when it has ended, its run."""

    def __init__(
        self,
        source: SourceFile,
        archive: Archive,
        process: AsyncCrawlerProcess,
        progress: Progress,
        raw: RawWriter | None,
    ) -> None:
        self.health = Health(source)
        self.archive = archive
        self.progress = progress
        self.run: SourceRun | None = None
        local = {"ALLOW_PRIVATE": True, **LOCAL} if source.allow_private else {}
        own = process.settings.copy()
        own.setdict(local, priority="spider")
        self.crawler = SourceCrawler(SPIDERS[source.spider], own)
        self.crawler.raw = raw
        task = process.crawl(self.crawler, source=source, archive=archive, health=self.health)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if error:
            self.health.index = Trouble("error", f"{type(error).__name__}: {error}")
        self._record()

    def end(self, failure: Any, detail: str) -> None:
        """Record a crawl that could not end by itself."""
        self.health.lost(failure, detail)
        self._record()

    def _record(self) -> None:
        stats = self.crawler.stats
        self.run = self.health.run(requests=stats.get_value("downloader/request_count", 0) if stats else 0)
        self.archive.add_source_runs([self.run])
        self.progress(self.run)


def _quiet() -> None:
    """No tracebacks for what a run row says: a robots.txt that cannot be had, a certificate that does not hold."""
    logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
    logging.getLogger("twisted").addFilter(lambda record: "verifying certificate" not in record.getMessage())


def _settings(overrides: Mapping[str, Any]) -> Settings:
    settings = Settings()
    settings.setmodule("crawlers.settings", priority="project")
    settings.setdict(dict(overrides), priority="cmdline")
    return settings
