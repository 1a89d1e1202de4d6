"""How a source does: what went wrong in one crawl of it, in classes, and the run row that says so."""

from __future__ import annotations

import gzip
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from crawlers.middlewares import AddressRefusedError, ArchiveRefusedError, ChallengedError
from crawlers.sources import SourceFile
from crawlers.waiting import RetryLaterError
from data.clock import now
from data.models import SourceRun

FailureClass = Literal[
    "dns", "timeout", "refused", "reset", "tls", "blocked", "gone", "moved", "server", "http", "robots", "address",
    "size", "malformed", "paywall", "consent", "below-floor", "interrupted", "error",
]  # fmt: skip
"""blocked: 401, 403, 407, 429, 451, a challenge; gone: 404, 410; moved: a redirect that leads nowhere, or to another
thing; server: 5xx; http: any other status; reset: the connection broke, or the body was shorter than said; size: over
the limit, as sent or unpacked."""

PERMANENT = {301, 308}
_STATUS: dict[int, FailureClass] = {
    **dict.fromkeys((401, 403, 407, 429, 451), "blocked"),
    **dict.fromkeys((404, 410), "gone"),
    **dict.fromkeys((300, 301, 302, 303, 307, 308), "moved"),
}
# Scrapy tells some errors apart by their words alone; the first line that fits counts.
_ERRORS: tuple[tuple[type[BaseException], str, FailureClass], ...] = (
    (CannotResolveHostError, "", "dns"),
    (DownloadTimeoutError, "", "timeout"),
    (DownloadConnectionRefusedError, "", "refused"),
    (DownloadCancelledError, "", "size"),
    (AddressRefusedError, "", "address"),
    (UnsupportedURLSchemeError, "", "address"),
    (ChallengedError, "", "blocked"),
    (RetryLaterError, "", "blocked"),
    (ArchiveRefusedError, "", "malformed"),
    (IgnoreRequest, "redirections", "moved"),
    (IgnoreRequest, "DOWNLOAD_MAXSIZE", "size"),
    (IgnoreRequest, "robots.txt", "robots"),
    # Twisted wraps OpenSSL's complaints into a failure of the connection.
    (Exception, "SSL", "tls"),
    (Exception, "certificate", "tls"),
    (DownloadFailedError, "", "reset"),
    (ResponseDataLossError, "", "reset"),
    # What cannot be unpacked.
    (EOFError, "", "malformed"),
    (gzip.BadGzipFile, "", "malformed"),
    (zlib.error, "", "malformed"),
)


def classify(error: BaseException) -> FailureClass:
    """The class of failure that the error of a request is."""
    if isinstance(error, HttpError):
        status = error.response.status
        return _STATUS.get(status, "server" if status >= 500 else "http")
    found = (name for kind, words, name in _ERRORS if isinstance(error, kind) and words in str(error))
    return next(found, "error")


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that went wrong."""

    failure: FailureClass
    detail: str


def misread(response: Response, error: Exception, shown: Callable[[str], str]) -> Trouble:
    """An index that is not what its source file says: malformed, or moved where a redirect has led to it.

    `shown` is an address as people may see it.
    """
    asked = response.meta.get("redirect_urls", [response.url])[0]
    if urlsplit(asked).path != urlsplit(response.url).path:
        return Trouble("moved", f"{shown(asked)} leads to {shown(response.url)}: {error}")
    return Trouble("malformed", f"{shown(response.url)}: {error}")


@dataclass(slots=True)
class Health:
    """The state of one crawl of one source, filled while it runs."""

    source: SourceFile
    started: str = field(default_factory=now)
    found: int = 0
    new: int = 0
    index: Trouble | None = None
    """Why the feed or listing itself could not be read."""
    moved: str | None = None
    """Where the index is for good now, if its address in the source file only leads there."""
    troubles: list[Trouble] = field(default_factory=list)
    until: str | None = None
    """Until when the server has asked to be left alone."""

    @property
    def whole(self) -> bool:
        """Whether all that the index led to is in the archive, or could never be had."""
        return self.index is None and all(trouble.failure in ("paywall", "consent") for trouble in self.troubles)

    def lost(self, failure: FailureClass, detail: str) -> None:
        """Note that one document could not be had as it should."""
        self.troubles.append(Trouble(failure, detail))

    def reached(self, response: Response) -> None:
        """Note where the index was found."""
        if PERMANENT & set(response.meta.get("redirect_reasons", ())):
            self.moved = response.url

    def run(self, requests: int) -> SourceRun:
        """The run row, at the end of the crawl."""
        outcome, trouble = self._outcome()
        return SourceRun(
            source=self.source.id,
            started=self.started,
            finished=now(),
            outcome=outcome,
            failure=trouble.failure if trouble else None,
            detail=trouble.detail if trouble else self._remark(),
            requests=requests,
            found=self.found,
            new=self.new,
        )

    def _outcome(self) -> tuple[str, Trouble | None]:
        if self.index:
            return "failed", self.index
        ended = next((trouble for trouble in self.troubles if trouble.failure == "interrupted"), None)
        if self.troubles:
            outcome = "partial" if self.new or len(self.troubles) < self.found else "failed"
            return outcome, ended or self._commonest()
        if self.found < self.source.expect.floor:
            detail = f"found {self.found} entries, expected {self.source.expect.floor} at least"
            return ("partial" if self.found else "empty"), Trouble("below-floor", detail)
        return ("ok" if self.new else "unchanged"), None

    def _commonest(self) -> Trouble:
        failure, times = Counter(trouble.failure for trouble in self.troubles).most_common(1)[0]
        first = next(trouble for trouble in self.troubles if trouble.failure == failure)
        return Trouble(failure, f"{times} of {self.found}: {first.detail}")

    def _remark(self) -> str | None:
        ceiling = self.source.expect.ceiling
        if ceiling and self.found > ceiling:
            return f"found {self.found} entries, expected {ceiling} at most"
        return f"moved for good to {self.moved}: change the source file" if self.moved else None
