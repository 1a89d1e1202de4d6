"""Answers that are kept until the next refresh: an ETag for each, and those asked for again from memory.

What an address answers depends on nothing but the database's state, the site's own files, and the name of the host, so
an answer is right as long as these are the same (https://www.rfc-editor.org/rfc/rfc9110#name-etag).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from datasette_config.site.state import State, digest, state_of

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


class Answers:
    """The answers that are kept, as many as there is room for."""

    def __init__(self) -> None:
        self.answers: OrderedDict[str, Answer] = OrderedDict()
        self.bytes = 0

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
        answers = Answers()

        async def fresh(scope: Message, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(STATIC):
                return await app(scope, receive, send)
            await _answer(state_of(datasette), answers, app, scope, receive, send)

        return fresh

    return wrap


async def _answer(state: State, answers: Answers, app: App, scope: Message, receive: Receive, send: Send) -> None:
    headers = dict(scope["headers"])
    asked = (headers.get(b"host", b""), scope["raw_path"] or b"", scope["query_string"])
    key, mark = b"\n".join(asked).decode("latin-1"), state.mark()
    tag = f'W/"{digest(mark.encode() + key.encode())}"'.encode()
    answer = answers.get(key, mark)
    if answer is None:
        collector = Collector(send, tag)
        await app(scope, receive, collector)
        answer = collector.whole(mark)
        if answer:
            answers.keep(key, answer)
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
