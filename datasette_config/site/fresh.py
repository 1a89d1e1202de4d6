"""Answers that are kept until the next refresh: an ETag for each, and those asked for again from memory.

What an address answers depends on nothing but the database's state, the site's own files, and the name of the host, so
an answer is right as long as these are the same (https://www.rfc-editor.org/rfc/rfc9110#name-etag).
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from datasette_config.site.reading import DATABASE

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

KEPT_BYTES = 64_000_000
"""How much is kept in memory; the least lately asked for goes first."""
LARGEST_BYTES = 500_000
"""Longer answers are not kept."""
STATIC = ("/assets/", "/-/static/", "/-/static-plugins/")


class Answer(NamedTuple):
    """A whole answer, with the mark of the state that it tells."""

    mark: str
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Fresh:
    """What is known of the state of the database, and the answers that tell it."""

    def __init__(self, datasette: Any) -> None:
        self.path = Path(datasette.get_database(DATABASE).path)
        self.site = _digest_of(Path(__file__).parents[1])
        self.seen: tuple[int, ...] = ()
        self.state = ""
        self.answers: OrderedDict[str, Answer] = OrderedDict()
        self.bytes = 0

    def mark(self) -> str:
        """A mark of today's state, another one after each refresh; two calls of stat() where nothing changed."""
        seen = tuple(part for file in (self.path, Path(f"{self.path}-wal")) for part in _stamp(file))
        if seen != self.seen:
            self.seen, self.state = seen, _state_of(self.path)
        return f"{self.state}-{self.site}"

    def get(self, key: str, mark: str) -> Answer | None:
        """The answer that is kept, if it tells today's state."""
        answer = self.answers.get(key)
        if answer and answer.mark == mark:
            self.answers.move_to_end(key)
            return answer
        return None

    def keep(self, key: str, answer: Answer) -> None:
        """Keep an answer, in the place of what it takes from others."""
        self._forget(key)
        self.answers[key] = answer
        self.bytes += len(answer.body)
        while self.bytes > KEPT_BYTES:
            self._forget(next(iter(self.answers)))

    def _forget(self, key: str) -> None:
        if known := self.answers.pop(key, None):
            self.bytes -= len(known.body)


def keeping_fresh(datasette: Any) -> Callable[[App], App]:
    """The part of the ASGI stack that keeps answers, and says "not modified" to who has the same."""

    def wrap(app: App) -> App:
        known: list[Fresh] = []

        async def fresh(scope: Message, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(STATIC):
                return await app(scope, receive, send)
            if not known:
                known.append(Fresh(datasette))
            await _answer(known[0], app, scope, receive, send)

        return fresh

    return wrap


async def _answer(fresh: Fresh, app: App, scope: Message, receive: Receive, send: Send) -> None:
    headers = dict(scope["headers"])
    asked = (headers.get(b"host", b""), scope["raw_path"] or b"", scope["query_string"])
    key, mark = b"\n".join(asked).decode("latin-1"), fresh.mark()
    tag = f'W/"{_digest(mark.encode() + key.encode())}"'.encode()
    answer = fresh.get(key, mark)
    if answer is None:
        collector = Collector(send, tag)
        await app(scope, receive, collector)
        answer = collector.whole(mark)
        if answer:
            fresh.keep(key, answer)
    if answer is None:
        return
    if tag in headers.get(b"if-none-match", b""):
        await _send(send, 304, [each for each in answer.headers if each[0] != b"content-type"], b"")
    else:
        await _send(send, 200, answer.headers, answer.body)


class Collector:
    """Holds back a short, good answer; sends on what is neither as it comes."""

    def __init__(self, send: Send, tag: bytes) -> None:
        self.send, self.tag = send, tag
        self.start: Message | None = None
        self.body: list[bytes] | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            return await self._begin(message)
        if self.body is None:
            return await self.send(message)
        self.body.append(message.get("body", b""))
        if sum(map(len, self.body)) > LARGEST_BYTES:
            assert self.start
            await self.send(self.start)
            await self.send(message | {"body": b"".join(self.body)})
            self.body = None

    async def _begin(self, message: Message) -> None:
        named = [(name, value) for name, value in message.get("headers", []) if name.lower() != b"cache-control"]
        good = message["status"] == 200
        told = (
            [(b"etag", self.tag), (b"cache-control", b"public, no-cache")]
            if good
            else [(b"cache-control", b"no-store")]
        )
        self.start = message | {"headers": named + told}
        if good:
            self.body = []
        else:
            await self.send(self.start)

    def whole(self, mark: str) -> Answer | None:
        """The answer, if it was held back."""
        if self.start is None or self.body is None:
            return None
        return Answer(mark, self.start["headers"], b"".join(self.body))


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _stamp(file: Path) -> tuple[int, int]:
    try:
        facts = file.stat()
    except OSError:
        return 0, 0
    return facts.st_mtime_ns, facts.st_size


def _state_of(path: Path) -> str:
    """The mark that the last refresh left (table runs), with its number."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        last = connection.execute("SELECT id, state FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    return "-".join(str(part) for part in last or ("none",))


def _digest_of(folder: Path) -> str:
    files = sorted(file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return _digest(b"".join(file.read_bytes() for file in files))


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=8).hexdigest()
