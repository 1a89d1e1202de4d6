"""A source tried on stored pages: what it finds in them, by the code that a crawl runs, without a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scrapy.http import Request, Response
from scrapy.responsetypes import responsetypes

from crawlers.entries import Entry, Fetched
from crawlers.health import Health
from crawlers.sources import Expect, SourceFile
from crawlers.spiders import SPIDERS
from data.archive import Archive

KINDS = {
    ".html": "text/html",
    ".xml": "text/xml",
    ".json": "application/json",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".gz": "application/gzip",
}
"""Content types by the endings of stored pages; none tells a charset, so that the page itself must."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it: all entries in order, those among them whose page would be fetched, and how it went."""

    entries: list[Entry]
    followed: list[Entry]
    health: Health


def pages_in(folder: Path) -> list[Path]:
    """The stored pages of an index, in the order in which they are asked for: page.*, page-2.*, page-3.* …"""
    pages = [file for file in folder.glob("page*") if file.suffix in KINDS]
    return sorted(pages, key=lambda file: (len(file.name.partition(".")[0]), file.name))


def try_source(source: SourceFile, pages: Sequence[Path], archive: Archive, today: date) -> Trial:
    """Answer the requests of a source for its index with stored pages, as far as they go.

    `archive` tells what is known already, and remembers registries. ValueError where a page is asked for by no request.
    """
    # Stored pages are excerpts, so that few entries mean nothing.
    source = source.model_copy(update={"expect": Expect(floor=0)})
    spider = SPIDERS[source.spider](source, archive, Health(source), today)
    waiting = [spider.index_request(spider.asking.first())]
    trial = Trial([], [], spider.health)
    for page in pages:
        if not waiting:
            raise ValueError(f"{source.id}: {page.name} is asked for by nothing on the pages before it")
        request = waiting.pop(0)
        for told in spider.parse_index(_answer(request, page), **request.cb_kwargs):
            if isinstance(told, Fetched):
                trial.entries.append(told.entry)
            elif "entry" in told.cb_kwargs:
                trial.entries.append(told.cb_kwargs["entry"])
                trial.followed.append(told.cb_kwargs["entry"])
            else:
                waiting.append(told)
    spider.closed("finished")
    return trial


def _answer(request: Request, page: Path) -> Response:
    body, headers = page.read_bytes(), {b"Content-Type": KINDS[page.suffix].encode()}
    kind = responsetypes.from_args(headers=headers, url=request.url, body=body)
    response: Response = kind(request.url, headers=headers, body=body, request=request)
    return response
