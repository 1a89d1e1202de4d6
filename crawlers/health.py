"""How a source does: what went wrong in one crawl of it, in classes, and the run row that says so."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.spidermiddlewares.httperror import HttpError

from crawlers.middlewares import AddressRefusedError
from crawlers.sources import SourceFile
from data.clock import now
from data.models import SourceRun

FailureClass = Literal[
    "dns", "timeout", "refused", "tls", "blocked", "gone", "server", "http", "robots", "address", "size",
    "malformed", "below-floor", "interrupted", "error",
]  # fmt: skip
"""blocked: 401, 403, 407, 429, 451; gone: 404, 410; server: 5xx; http: any other status; size: over the limit."""

_STATUS: dict[int, FailureClass] = {
    **dict.fromkeys((401, 403, 407, 429, 451), "blocked"),
    **dict.fromkeys((404, 410), "gone"),
}
_ERRORS: tuple[tuple[type[Exception], FailureClass], ...] = (
    (CannotResolveHostError, "dns"),
    (DownloadTimeoutError, "timeout"),
    (DownloadConnectionRefusedError, "refused"),
    (DownloadCancelledError, "size"),
    (AddressRefusedError, "address"),
    (IgnoreRequest, "robots"),
)


def classify(error: BaseException) -> FailureClass:
    """The class of failure that the error of a request is."""
    if isinstance(error, HttpError):
        status = error.response.status
        return _STATUS.get(status, "server" if status >= 500 else "http")
    known = next((name for kind, name in _ERRORS if isinstance(error, kind)), None)
    # Twisted wraps OpenSSL's complaints into a failure of the connection, told apart by its words alone.
    return known or ("tls" if "SSL" in str(error) or "certificate" in str(error) else "error")


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that went wrong."""

    failure: FailureClass
    detail: str


@dataclass(slots=True)
class Health:
    """The state of one crawl of one source, filled while it runs."""

    source: SourceFile
    started: str = field(default_factory=now)
    found: int = 0
    new: int = 0
    index: Trouble | None = None
    """Why the feed or listing itself could not be read."""
    troubles: list[Trouble] = field(default_factory=list)

    def lost(self, failure: FailureClass, detail: str) -> None:
        """Note that one document could not be had as it should."""
        self.troubles.append(Trouble(failure, detail))

    def run(self, requests: int) -> SourceRun:
        """The run row, at the end of the crawl."""
        outcome, trouble = self._outcome()
        return SourceRun(
            source=self.source.id,
            started=self.started,
            finished=now(),
            outcome=outcome,
            failure=trouble.failure if trouble else None,
            detail=trouble.detail if trouble else self._surplus(),
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

    def _surplus(self) -> str | None:
        ceiling = self.source.expect.ceiling
        return f"found {self.found} entries, expected {ceiling} at most" if ceiling and self.found > ceiling else None
