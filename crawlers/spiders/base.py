"""What all spiders share: read the index, page by page, and follow what is new."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import date

from scrapy.http import Request, Response
from twisted.python.failure import Failure

from crawlers.asking import Asking
from crawlers.entries import Entry, Fetched, MalformedIndexError
from crawlers.freshness import Freshness
from crawlers.health import Health, Trouble, misread
from crawlers.sources import SourceFile
from crawlers.spiders.articles import ArticleSpider, trouble_of
from data.archive import Archive


class SourceSpider(ArticleSpider):
    """Crawls one source: its index (a feed, a listing), then the page of every entry that the archive has not.

    `today` is the day that templates and "within so many days" speak of.
    """

    def __init__(self, source: SourceFile, archive: Archive, health: Health, today: date | None = None) -> None:
        super().__init__(source, archive, health)
        self.today = today or date.today()
        self.asking = Asking(source, self.today)
        self.freshness = Freshness(source, archive)
        self.caught_up = bool(self.freshness.before)
        self.seen: set[str] = set()

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

    def index_failed(self, failure: Failure) -> None:
        """Note why a page of the index could not be fetched."""
        request: Request = failure.request  # type: ignore[attr-defined]
        self.index_trouble(trouble_of(failure, request.url), request.cb_kwargs["page"])

    def index_trouble(self, trouble: Trouble, page: int) -> None:
        """Note what is wrong with the index: with its first page the source has failed, with a later one in part."""
        trouble = Trouble(trouble.failure, self.asking.shown(trouble.detail))
        if page == 1:
            self.health.index = trouble
        else:
            self.health.troubles.append(trouble)

    def closed(self, reason: str) -> None:
        """Note that the crawl was ended from outside."""
        if reason != "finished":
            self.health.lost("interrupted", f"the crawl was ended early ({reason})")
        if self.health.whole:
            self.freshness.keep()
