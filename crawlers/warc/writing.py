"""What went over the wire, kept: request and response of every exchange into the WARC file of a run."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Request, Response
from scrapy.utils.response import response_status_message
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.warc.records import own_fields

WARC_SIZE = 1_000_000_000
"""Bytes after which a run goes on in a new file, as ISO 28500 recommends."""
_SECRET = {"authorization", "cookie", "proxy-authorization"}


def raw_folder(archive: Path) -> Path:
    """Where the WARC files of the archive at a path lie: data/archive.warc for data/archive.db."""
    return archive.with_suffix(".warc")


class RawWriter:
    """The WARC files of one run, gzipped record by record; the first is made when there is something to write."""

    def __init__(self, folder: Path, limit: int = WARC_SIZE) -> None:
        self.folder, self.limit = folder, limit
        self.run = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        self.number = 0
        self.file: IO[bytes] | None = None
        self.writer: Any = None

    def write(self, request: Request, response: Response, own: dict[str, str]) -> None:
        """Append an exchange; `own` are fields for the head of the response record. OSError where the disk is full.

        `response` is as it came: its body still encoded.
        """
        file = self._file()
        date = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        address = {"WARC-IP-Address": str(response.ip_address)} if response.ip_address else {}
        answer = self._record(
            response.url, "response", response.body, _answer(response), {"WARC-Date": date} | address | own
        )
        question = self._record(response.url, "request", request.body, _question(request), {"WARC-Date": date})
        self.writer.write_request_response_pair(question, answer)
        file.flush()

    def close(self) -> None:
        """Close the file; a later write would begin another."""
        if self.file:
            self.file.close()
        self.file = None

    def _record(self, url: str, kind: str, body: bytes, http: StatusAndHeaders, own: dict[str, str]) -> Any:
        head = dict(own)
        return self.writer.create_warc_record(
            url, kind, payload=BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=head
        )

    def _file(self) -> IO[bytes]:
        if self.file and self.file.tell() >= self.limit:
            self.close()
        if self.file is None:
            self.file = self._new()
            self.writer = WARCWriter(self.file, gzip=True, warc_version="1.1")
            software = f"Splinterlog/{version('splinterlog')}"
            info = {"software": software, "format": "WARC File Format 1.1", "robots": "obey"}
            self.writer.write_record(self.writer.create_warcinfo_record(Path(self.file.name).name, info))
        return self.file

    def _new(self) -> IO[bytes]:
        """The next file of the run that nobody else has made, in a folder that is its owner's alone."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        while True:
            path = self.folder / f"{self.run}-{self.number:05}.warc.gz"
            self.number += 1
            try:
                return path.open("xb")
            except FileExistsError:
                continue


def _answer(response: Response) -> StatusAndHeaders:
    # Chunks are joined by now; a header that says otherwise would mislead readers.
    headers = [(name, value) for name, value in _pairs(response.headers) if name.lower() != "transfer-encoding"]
    return StatusAndHeaders(response_status_message(response.status), headers, protocol="HTTP/1.1")


def _question(request: Request) -> StatusAndHeaders:
    parts = urlsplit(request.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    sent = [(name, value) for name, value in _pairs(request.headers) if name.lower() not in _SECRET]
    headers = [("Host", parts.netloc.rpartition("@")[2]), *sent]
    return StatusAndHeaders(f"{path} HTTP/1.1", headers, protocol=request.method)


def _pairs(headers: Any) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values]


class KeepRaw:
    """Stands next to the downloader, where bodies are as they were sent, and writes what passes."""

    def __init__(self, raw: RawWriter, spider: Any) -> None:
        self.raw, self.spider = raw, spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Only where the run keeps raw material."""
        raw = getattr(crawler, "raw", None)
        if raw is None:
            raise NotConfigured
        return cls(raw, crawler.spider)

    def process_response(self, request: Request, response: Response) -> Response:
        """Write the exchange; where that fails, the crawl goes on, and the source's run says so."""
        try:
            own = own_fields(self.spider.source.id, request.cb_kwargs.get("entry"))
            asking = self.spider.asking
            self.raw.write(asking.without_token(request), response.replace(url=asking.shown(response.url)), own)
        except OSError as error:
            self.spider.health.lost("error", f"raw material cannot be kept: {error}")
        return response
