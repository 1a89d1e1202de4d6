"""What every request passes: the guard against addresses that a crawler has no business with."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request

from crawlers.urls import is_web


class AddressRefusedError(IgnoreRequest):
    """A request that is not to leave: another scheme than http(s), or a host of a private network."""


class AddressGuard:
    """Refuses hosts that are, or resolve to, anything but public addresses; redirects and robots.txt pass here too.

    A feed is written by strangers, and must not make the crawler read the machine that it runs on.
    """

    def __init__(self, allow_private: bool) -> None:
        self.allow_private = allow_private
        self.checked: dict[str, bool] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Allow private addresses only where the source file of the crawler's spider says so."""
        return cls(crawler.settings.getbool("ALLOW_PRIVATE"))

    async def process_request(self, request: Request) -> None:
        """Let the request pass, or raise AddressRefusedError."""
        if not is_web(request.url):
            raise AddressRefusedError(f"{request.url}: only http and https are fetched")
        host = urlsplit(request.url).hostname or ""
        if not self.allow_private and not await self._public(host):
            raise AddressRefusedError(f"{request.url}: {host} is no public address")

    async def _public(self, host: str) -> bool:
        if host not in self.checked:
            self.checked[host] = all_public(await _resolve(host))
        return self.checked[host]


async def _resolve(host: str) -> list[str]:
    """The host's addresses; none where it has none, which the downloader then reports as such."""
    try:
        found: list[Any] = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [str(address[0]) for *_, address in found]


def all_public(addresses: Iterable[str]) -> bool:
    """Whether all are global unicast addresses (RFC 6890): not loopback, private, link-local, multicast or reserved."""
    parsed = [ip_address(address.partition("%")[0]) for address in addresses]
    return all(address.is_global and not address.is_multicast for address in parsed)
