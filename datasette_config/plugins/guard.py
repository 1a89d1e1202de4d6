"""What a public instance must not do: hold huge values, tell of its machine, be framed, run scripts of others."""

from __future__ import annotations

import hashlib
import sqlite3
from base64 import b64encode
from collections.abc import Callable
from typing import Any

from datasette import handle_exception, hookimpl

from datasette_config.site.fresh import App, Message, Receive, Send

VALUE_BYTES = 1_000_000
"""The longest value that a query may make; the longest that the tables hold is a few thousand bytes."""

PATTERN_BYTES = 200
"""The longest LIKE or GLOB pattern: one of thousands of wildcards runs for minutes inside a single step."""

MAPPED_BYTES = 4 << 30
"""How much of the file is read in place, in the memory of the system, without a copy for each connection."""

OPEN_PAGES = ("/-/static/", "/-/static-plugins/", "/-/metadata")

# The one inline script of Datasette's table page that is needed; by its hash, so that no other is.
_TABLE_SCRIPT = b64encode(hashlib.sha256(b"DATASETTE_ALLOW_FACET = true;").digest()).decode()

HEADERS = {
    "Content-Security-Policy": "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' 'sha256-{_TABLE_SCRIPT}'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


@hookimpl  # type: ignore[untyped-decorator]
def startup(datasette: Any) -> None:
    """Log what goes wrong as a traceback, without the values of all variables, which takes seconds for one 404."""
    # Datasette prints them wherever rich can be imported (datasette/handle_exception.py)
    handle_exception.rich = None


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Lower the limits of each connection (https://www.sqlite.org/limits.html), and let it read the file in place."""
    # hex(zeroblob(3e8)) is one step to SQLite's clock, so no time limit stops it
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, VALUE_BYTES)
    conn.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, PATTERN_BYTES)
    conn.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    """Security headers on every answer; 404 for pages about the machine."""
    root = datasette.setting("base_url").rstrip("/")

    def wrap(app: App) -> App:
        async def guarded(scope: Message, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                return await app(scope, receive, send)
            path = scope["path"].removeprefix(root)
            if path.startswith("/-/") and not path.startswith(OPEN_PAGES):
                return await _not_found(_with_headers(send))
            await app(scope, receive, _with_headers(send))

        return guarded

    return wrap


def _with_headers(send: Send) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
            message = message | {"headers": [*message.get("headers", []), *ours]}
        await send(message)

    return sender


async def _not_found(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 404, "headers": headers})
    await send({"type": "http.response.body", "body": b"Not found\n"})
