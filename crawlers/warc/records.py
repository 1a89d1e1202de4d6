"""WARC files (ISO 28500) in, responses out: one record at a time, whatever is broken between them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Headers, Request, Response
from scrapy.responsetypes import responsetypes
from scrapy.statscollectors import DummyStatsCollector
from warcio.bufferedreaders import BufferedReader, ChunkedDataReader
from warcio.recordloader import ArcWarcRecordLoader

from crawlers.entries import Entry
from crawlers.middlewares import ContentGuard
from crawlers.settings import DOWNLOAD_MAXSIZE
from crawlers.urls import is_web
from crawlers.warc.parts import GZIP, PLAIN, STEP, Part, seek

SOURCE_FIELD = "Splinterlog-Source"
ENTRY_FIELD = "Splinterlog-Entry"
"""Fields of our own in the head of a response record: the source's id, and what its index told, as JSON."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A response that a WARC file holds, its body decoded; `date` is when it came (UTC, ISO 8601).

    `source` and what an index told (`by_index`) are known of crawls of our own; else `entry` has the mere address.
    """

    response: Response
    date: str | None
    source: str | None
    entry: Entry
    by_index: bool


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A piece of a WARC file that cannot be read: the byte near which it begins, and why."""

    offset: int
    reason: str


def read_warc(file: Path) -> Iterator[Kept | BadRecord]:
    """The HTTP responses of a file, gzipped or not, in order, and what is bad in it. OSError where it cannot be read.

    Memory holds one record of the size limit of a crawl; larger ones are bad. After a bad one it goes on at the next.
    """
    with file.open("rb") as stream:
        mark = GZIP if file.suffix == ".gz" and stream.read(len(PLAIN)) != PLAIN else PLAIN
        begin = seek(stream, 0, mark)
        if begin != 0:
            yield BadRecord(0, "no WARC record begins here")
        while begin is not None:
            part = Part(stream, begin, gzipped=mark == GZIP)
            bad = yield from _responses(part)
            if bad:
                yield bad
            begin = seek(stream, bad.offset + 1 if bad else part.end(), mark)


def _responses(part: Part) -> Generator[Kept, None, BadRecord | None]:
    """The responses of one part; returns what is bad in it."""
    reader, loader = BufferedReader(part), ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    begin = part.begin
    while True:
        try:
            while (line := reader.readline(STEP)) and not line.strip():
                pass
            if not line:
                return None
            if part.unzip is None:
                begin = part.begin + reader.num_read - reader.rem_length() - len(line)
            record = loader.parse_record_stream(reader, line, "warc")
            kept = _kept(record)
            _drain(record.raw_stream)
        except Exception as error:  # whatever a stranger's bytes make of the parser
            return BadRecord(begin, one_reason(error))
        if kept:
            yield kept


def one_reason(error: Exception) -> str:
    """What an error says, on one line."""
    return " ".join(str(error).split()) or type(error).__name__


def _drain(stream: Any) -> None:
    while stream.read(STEP):
        pass
    if getattr(stream, "limit", 0) > 0:
        raise ValueError("cut off")


def _kept(record: Any) -> Kept | None:
    """The response of a record; None where it holds something else."""
    head, http = record.rec_headers, record.http_headers
    url = head.get_header("WARC-Target-URI") or ""
    if record.rec_type != "response" or http is None or not is_web(url):
        return None
    told = head.get_header(ENTRY_FIELD)
    entry = Entry(**json.loads(told)) if told else Entry(url)
    if not is_web(entry.url):
        raise ValueError(f"{entry.url!r} is no web address")
    response = _response(url, http, _body(record))
    return Kept(response, head.get_header("WARC-Date"), head.get_header(SOURCE_FIELD), entry, told is not None)


def own_fields(source: str, entry: Entry | None) -> dict[str, str]:
    """What the head of a record tells of a response to a crawl of our own."""
    told = {name: value for name in ("url", "title", "published") if (value := getattr(entry, name, None))}
    return {SOURCE_FIELD: source} | ({ENTRY_FIELD: json.dumps(told)} if entry else {})


def _body(record: Any) -> bytes:
    chunked = (record.http_headers.get_header("Transfer-Encoding") or "").lower() == "chunked"
    stream = ChunkedDataReader(record.raw_stream) if chunked else record.raw_stream
    body: bytes = stream.read(DOWNLOAD_MAXSIZE + 1)
    _drain(record.raw_stream)
    if len(body) > DOWNLOAD_MAXSIZE:
        raise ValueError(f"a body of more than {DOWNLOAD_MAXSIZE} bytes")
    return body


def _response(url: str, http: Any, body: bytes) -> Response:
    """The response as a crawl would have it: unpacked, judged and given its charset by the same code."""
    status = int((http.get_statuscode() or "0").strip() or 0)
    headers = Headers()
    for name, value in http.headers:
        headers.appendlist(name, value)
    kind = responsetypes.from_args(headers=headers, url=url, body=body)
    response = kind(url, status=status, headers=headers, body=body)
    try:
        decoded = _DECODER.process_response(Request(url), response)
    except (OSError, EOFError, zlib.error):  # some archives keep the header of an encoding that they undid
        decoded = response
    assert isinstance(decoded, Response)
    return ContentGuard().process_response(Request(url), decoded)


def _decoder() -> HttpCompressionMiddleware:
    crawler = Crawler(Spider, {"DOWNLOAD_MAXSIZE": DOWNLOAD_MAXSIZE, "DOWNLOAD_WARNSIZE": 0})
    crawler.stats = DummyStatsCollector(crawler)
    return HttpCompressionMiddleware.from_crawler(crawler)


_DECODER = _decoder()
