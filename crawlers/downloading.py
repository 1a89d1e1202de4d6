"""Scrapy's downloader, with a limit to the head of a response: DOWNLOAD_MAXSIZE counts only its body."""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from twisted.web._newclient import BODY

HEAD = 1_000_000
"""Bytes that status line and headers may have."""


class BoundedHandler(HTTP11DownloadHandler):
    """Breaks connections whose responses never come to an end of their headers."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _bounded(self._pool._factory)


def _bounded(factory: Any) -> Any:
    """The factory of a pool's connections, whose protocols count."""

    class Bounded(factory):  # type: ignore[misc]
        def buildProtocol(self, addr: Any) -> Any:  # noqa: N802
            protocol = super().buildProtocol(addr)
            protocol.dataReceived = _Counted(protocol, protocol.dataReceived)
            return protocol

    return Bounded


class _Counted:
    """Hands on what a protocol receives, while its head is short enough."""

    def __init__(self, protocol: Any, receive: Any) -> None:
        self.protocol, self.receive = protocol, receive
        self.parser: Any = None
        self.head = 0

    def __call__(self, data: bytes) -> None:
        parser = self.protocol._parser
        if parser is not self.parser:  # the next response over the same connection
            self.parser, self.head = parser, 0
        self.receive(data)
        if parser is not None and parser.state != BODY:
            self.head += len(data)
            if self.head > HEAD:
                self.protocol.transport.abortConnection()
