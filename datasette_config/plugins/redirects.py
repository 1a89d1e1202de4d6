"""An event that went into another keeps its address as a row of JSON: the old one leads to the new for good."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.utils import tilde_decode, tilde_encode

from datasette_config.site.event import LED
from datasette_config.site.fresh import App, Message, Receive, Send

EVENT = re.compile(r"/events/events/(?P<id>[^/.]+)\.json$")


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    """301 from the row of a former event to that of today's."""
    root = datasette.setting("base_url").rstrip("/")

    def wrap(app: App) -> App:
        async def redirected(scope: Message, receive: Receive, send: Send) -> None:
            found = EVENT.match(scope.get("path", "").removeprefix(root)) if scope["type"] == "http" else None
            rows = await _today(datasette, found["id"]) if found else []
            if not found or not rows:
                return await app(scope, receive, send)
            target = datasette.urls.row("events", "events", tilde_encode(rows[0]["event_id"]))
            location = f"{target}.json".encode()
            await send({"type": "http.response.start", "status": 301, "headers": [(b"location", location)]})
            await send({"type": "http.response.body", "body": b""})

        return redirected

    return wrap


async def _today(datasette: Any, id_: str) -> list[Any]:
    return list((await datasette.get_database("events").execute(LED, {"id": tilde_decode(id_)})).rows)
