"""Crawl sources into the archive: one Scrapy process, one crawler a source; a failing one costs itself alone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from crawlers.health import Health, Trouble
from crawlers.patience import judged, mostly_failed
from crawlers.settings import LOCAL
from crawlers.sources import SourceFile
from crawlers.spiders import SPIDERS
from crawlers.warc.writing import RawWriter, raw_folder
from data.archive import Archive
from data.models import SourceHealth, SourceRun

Progress = Callable[[SourceRun], None]


def crawl(
    sources: Sequence[SourceFile],
    archive: Archive,
    *,
    settings: Mapping[str, Any] | None = None,
    progress: Progress = lambda run: None,
    budget: float | None = None,
) -> list[SourceRun]:
    """Crawl all `sources`, some at once; returns their runs, in the order in which they ended.

    `settings` override crawlers/settings.py; `progress` is called as each source ends. Everything is committed as it
    comes, the run too. SIGINT, SIGTERM and the end of the `budget` (seconds) end the crawl early: runs under way then
    have the failure "interrupted", and sources not yet begun have none. Where most sources fail, no source is blamed.
    Once in a process: Scrapy's event loop cannot be started again.
    """
    archive.put_sources(source.facts() for source in sources)
    before = {each.source: each for each in archive.source_health()}
    process = Process(settings_with(settings or {}))
    _quiet()
    raw = RawWriter(raw_folder(archive.path)) if process.settings.getbool("KEEP_RAW") else None
    crawls = [Crawl(source, archive, before.get(source.id), progress, raw) for source in sources]
    process.work(crawls, budget)
    if raw:
        raw.close()
    for unfinished in [one for one in crawls if one.begun and one.run is None]:
        unfinished.end("interrupted", "the crawl was ended by force")
    runs = sorted((one.run for one in crawls if one.run), key=lambda run: run.finished)
    if len(runs) > 1 and mostly_failed(runs):
        for run in runs:
            archive.pardon(run, before.get(run.source))
    return runs


class SourceCrawler(Crawler):
    """Scrapy's crawler of one source, with what all crawlers of a run write to."""

    raw: RawWriter | None = None


class Crawl:
    """One source's crawl and, when it has ended, its run."""

    def __init__(
        self,
        source: SourceFile,
        archive: Archive,
        before: SourceHealth | None,
        progress: Progress,
        raw: RawWriter | None,
    ) -> None:
        self.source = source
        self.archive = archive
        self.before = before
        self.progress = progress
        self.raw = raw
        self.begun = False
        self.run: SourceRun | None = None
        # A local source needs no sparing.
        self.host = None if source.allow_private else urlsplit(source.url).hostname

    def begin(self, process: AsyncCrawlerProcess) -> asyncio.Task[None]:
        """Start the crawler; the task ends with it."""
        self.begun = True
        self.health = Health(self.source)
        local = {"ALLOW_PRIVATE": True, **LOCAL} if self.source.allow_private else {}
        own = process.settings.copy()
        own.setdict(local, priority="spider")
        self.crawler = SourceCrawler(SPIDERS[self.source.spider], own)
        self.crawler.raw = self.raw
        task = process.crawl(self.crawler, source=self.source, archive=self.archive, health=self.health)
        task.add_done_callback(self._done)
        return task

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
        run = self.health.run(requests=stats.get_value("downloader/request_count", 0) if stats else 0)
        run = judged(run, self.before)
        self.run = replace(run, next_try=max(run.next_try or "", self.health.until)) if self.health.until else run
        self.archive.add_source_runs([self.run])
        self.progress(self.run)
        del self.crawler, self.health  # of hundreds of sources, they would fill the memory


class Process(AsyncCrawlerProcess):
    """Scrapy's process, which begins a source when another has ended, and none once it is to end.

    Each source has a throttle of its own, so those of one host are crawled one after the other.
    """

    def work(self, crawls: Sequence[Crawl], budget: float | None) -> None:
        """Do all these crawls, or as many as the seconds of the `budget` allow."""
        self.waiting, self.under_way = list(crawls), list[Crawl]()
        self.ending = False
        self._next()
        if budget is not None:
            asyncio.get_event_loop().call_later(budget, lambda: asyncio.ensure_future(self.stop()))
        self.start()

    def _next(self) -> None:
        """Begin as many as may be under way, none on a host that another is crawling."""
        for crawl in [] if self.ending else list(self.waiting):
            if len(self.under_way) >= self.settings.getint("SOURCES_AT_ONCE"):
                return
            if crawl.host is None or crawl.host not in {each.host for each in self.under_way}:
                self.waiting.remove(crawl)
                self.under_way.append(crawl)
                crawl.begin(self).add_done_callback(partial(self._ended, crawl))

    def _ended(self, crawl: Crawl, _: object) -> None:
        self.under_way.remove(crawl)
        self._next()

    async def stop(self) -> None:
        """End what is under way as soon as its responses are in, or by force after a while."""
        if not self.ending:
            self.ending = True
            asyncio.get_event_loop().call_later(self.settings.getfloat("STOP_GRACE"), self._stop_reactor)
        await super().stop()


def _quiet() -> None:
    """No tracebacks for what a run row says: a robots.txt that cannot be had, a certificate that does not hold."""
    logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
    logging.getLogger("twisted").addFilter(lambda record: "verifying certificate" not in record.getMessage())


def settings_with(overrides: Mapping[str, Any]) -> Settings:
    """The settings of a crawl, with some of them overridden."""
    settings = Settings()
    settings.setmodule("crawlers.settings", priority="project")
    settings.setdict(dict(overrides), priority="cmdline")
    return settings
