"""Fetches what an address leads to that may tell news: itself, the feeds that it names, usual addresses of feeds, its
sitemaps. As politely as a crawl: robots.txt is obeyed, addresses are guarded, requests are few.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from protego import Protego
from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from crawlers.adding.kinds import Kind, kind_of, linked_feeds, sitemaps_in
from crawlers.crawl import SourceCrawler, settings_with
from crawlers.spiders.articles import trouble_of

USUAL = ("/feed/", "/rss.xml", "/rss", "/feed.xml", "/atom.xml", "/feed.json", "/index.xml")
"""Addresses at which sites have feeds without saying so."""
MOST = 3
"""How many named feeds, and how many sitemaps, are looked at."""
QUIET = {"HTTPCACHE_ENABLED": False, "ITEM_PIPELINES": {}, "KEEP_RAW": False, "RETRY_ENABLED": False}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page that may be an index: what it is, how it was come by, and the response."""

    kind: Kind
    by: str
    response: Response


@dataclass(slots=True)
class Found:
    """What there is at an address; `trouble` why it could not be had, `refused` whether robots.txt says no."""

    candidates: list[Candidate] = field(default_factory=list)
    trouble: str | None = None
    refused: bool = False


class Discovery(Spider):
    """Asks for a page and what it names; goes on to the usual addresses only where it names no feed."""

    name = "discovery"

    def __init__(self, url: str, found: Found) -> None:
        super().__init__()
        self.url, self.found = url, found

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the address itself."""
        yield Request(self.url, self.parse_page, errback=self.lost)

    def lost(self, failure: Failure) -> None:
        """Note why the address could not be had."""
        trouble = trouble_of(failure, self.url)
        self.found.trouble, self.found.refused = trouble.detail, trouble.failure == "robots"

    def parse_page(self, response: Response) -> Iterator[Request]:
        """What it is; of a page for people also the feeds that it names, else the usual addresses and the sitemaps."""
        kind = kind_of(response)
        self.keep(response, kind, "the address itself")
        if kind != "html":
            return
        named = linked_feeds(response)[:MOST]
        for url in named:
            yield self.candidate(url, "the page names it")
        if not named:
            for path in USUAL:
                yield self.candidate(urljoin(response.url, path), "a usual address")
            yield Request(urljoin(response.url, "/robots.txt"), self.parse_robots, errback=self.passed_over)

    def parse_robots(self, response: Response) -> Iterator[Request]:
        """The sitemaps that robots.txt names, those of news first."""
        for url in sitemaps_in(Protego.parse(response.text).sitemaps)[:MOST]:
            yield self.candidate(url, "robots.txt names it")

    def candidate(self, url: str, by: str) -> Request:
        """A request for what may be an index."""
        return Request(url, self.parse_candidate, errback=self.passed_over, cb_kwargs={"by": by})

    def parse_candidate(self, response: Response, by: str) -> None:
        """Keep it if it is no page for people."""
        if (kind := kind_of(response)) != "html":
            self.keep(response, kind, by)

    def passed_over(self, failure: Failure) -> None:
        """What is not there is no candidate."""

    def keep(self, response: Response, kind: Kind | None, by: str) -> None:
        """Note a candidate, if it is anything that can be read."""
        if kind:
            self.found.candidates.append(Candidate(kind, by, response))


def discover(url: str, settings: Mapping[str, Any] | None = None) -> Found:
    """What there is at an address. Once in a process, like a crawl."""
    found = Found()
    process = AsyncCrawlerProcess(settings_with({**QUIET, **(settings or {})}))
    # why the address could not be had is told once, in a line of ours
    logging.getLogger(RobotsTxtMiddleware.__module__).setLevel(logging.CRITICAL)
    process.crawl(SourceCrawler(Discovery, process.settings), url=url, found=found)
    process.start()
    return found
