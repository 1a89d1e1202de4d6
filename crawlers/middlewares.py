"""What every request and response passes: guards against what a crawler has no business with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from ipaddress import ip_address
from typing import Any, Self, cast
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.http import Request, Response, TextResponse
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawlers import resolver
from crawlers.challenges import is_challenge
from crawlers.charsets import true_charset
from crawlers.urls import is_web

Resolve = Callable[[str], Awaitable[str]]
ARCHIVES = (b"PK\x03\x04", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\xfd7zXZ\x00", b"BZh", b"\x28\xb5\x2f\xfd")
"""What ZIP, 7z, RAR, xz, bzip2 and Zstandard files begin with."""
LARGEST = 10_000_000
"""Bytes above which a text is no page but a dump, whose charset its source file tells."""


class AddressRefusedError(IgnoreRequest):
    """A request that is not to leave: another scheme than http(s), or a host of a private network."""


class ArchiveRefusedError(IgnoreRequest):
    """A response that is a packed archive, which is never unpacked."""


class ChallengedError(IgnoreRequest):
    """A response that asks whether a person is there, instead of what was asked for."""


class AddressGuard:
    """Refuses hosts that are, or resolve to, anything but public addresses; redirects and robots.txt pass here too.

    A feed is written by strangers, and must not make the crawler read the machine that it runs on. The resolver checks
    the address that is connected to once more.
    """

    def __init__(self, allow_private: bool, resolve: Resolve | None = None) -> None:
        self.allow_private = allow_private
        self.resolve = resolve or _resolve

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Allow private addresses only where the source file of the crawler's spider says so."""
        return cls(crawler.settings.getbool("ALLOW_PRIVATE"))

    async def process_request(self, request: Request) -> None:
        """Let the request pass, or raise AddressRefusedError, or CannotResolveHostError for a host without address."""
        if not is_web(request.url):
            raise AddressRefusedError(f"{request.url}: only http and https are fetched")
        host = urlsplit(request.url).hostname or ""
        if self.allow_private:
            resolver.PERMITTED.add(host)
        elif not resolver.is_public(await self._address(host)):
            raise AddressRefusedError(f"{request.url}: {host} is no public address")

    async def _address(self, host: str) -> str:
        with suppress(ValueError):
            return str(ip_address(host))
        return await self.resolve(host)


async def _resolve(host: str) -> str:
    """The address that a connection would go to now: the reactor's own resolver remembers it."""
    from twisted.internet import reactor  # there is none before a crawl has chosen its kind

    answer: Deferred[Any] = cast(Any, reactor).resolve(host)
    try:
        return str(await maybe_deferred_to_future(answer))
    except resolver.NotPublicError as error:
        raise AddressRefusedError(str(error)) from error
    except DNSLookupError as error:  # a second look-up might find another thing than this one
        raise CannotResolveHostError(str(error)) from error


class ContentGuard:
    """Refuses responses that are no reading matter, and tells each text its true charset."""

    def process_response(self, request: Request, response: Response) -> Response:
        """The response, or ArchiveRefusedError or ChallengedError."""
        if response.body.startswith(ARCHIVES):
            raise ArchiveRefusedError(f"{response.url}: a packed archive is not opened")
        if is_challenge(response.headers.to_unicode_dict(), response.body):
            raise ChallengedError(f"{response.url}: HTTP {response.status}, a page that asks whether a person is there")
        if not isinstance(response, TextResponse) or len(response.body) > LARGEST:
            return response
        return _with_charset(response)


def _with_charset(response: TextResponse) -> TextResponse:
    charset = true_charset(response.body, response.encoding)
    if charset is None:
        return response
    kind = (response.headers.get("Content-Type") or b"text/html").decode("latin-1").partition(";")[0]
    response.headers["Content-Type"] = f"{kind}; charset={charset}"
    return response.replace(encoding=charset)
