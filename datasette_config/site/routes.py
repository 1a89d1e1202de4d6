"""Which address is answered by what, and what a request that cannot be met is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from datasette.utils.asgi import Response

from datasette_config.site import about, event, find, following, front, indexes, profiles, sources
from datasette_config.site.answers import problem, wrong
from datasette_config.site.api import changes, events, exports, index, openapi
from datasette_config.site.api import page as api_page
from datasette_config.site.filters import BadFilterError

Page = Callable[[Any, Any], Awaitable[Response]]
"""(datasette, request) in, the answer out; BadFilterError and LookupError are what it says of a bad request."""

PAGES: list[tuple[str, Page]] = [
    (r"^/$", front.page),
    (r"^/find$", find.page),
    (r"^/about$", about.method),
    (r"^/dictionary$", about.dictionary),
    (r"^/api$", api_page.page),
    (r"^/event/(?P<id>[^/]+)$", event.page),
    (r"^/(?P<kind>platform|owner|country|authority|action)/(?P<id>[^/]+)$", profiles.page),
    (r"^/source/(?P<id>[^/]+)$", sources.page),
    (r"^/sources$", sources.all_of_them),
    (r"^/(?P<plural>platforms|owners|countries|authorities|actions)$", indexes.page),
    (r"^/events/events/(?P<id>[^/.]+)$", event.moved),
]
"""Pages for people. Path parts are tilde-encoded, as Datasette has them."""
API: list[tuple[str, Page]] = [
    (r"^/api/index\.json$", index.index),
    (r"^/api/openapi\.json$", openapi.description),
    (r"^/api/events\.json$", events.several),
    (r"^/api/events\.csv$", exports.as_csv),
    (r"^/api/events\.ndjson$", exports.as_ndjson),
    (r"^/api/events/(?P<id>[^/]+)\.json$", events.one),
    (r"^/api/changes\.json$", changes.several),
    (r"^/feeds/changes\.atom$", following.atom),
    (r"^/feeds/coming\.ics$", following.calendar),
    (r"^/api/summary/(?P<name>[^/]+)\.json$", index.summary),
]
"""Answers for programs."""


def routes() -> list[tuple[str, Page]]:
    """All of them, as Datasette's hook register_routes wants them."""
    people = [(path, _guarded(page, _on_a_page)) for path, page in PAGES]
    return people + [(path, _guarded(answer, _as_problem)) for path, answer in API]


METHODS = ("GET", "HEAD")
Refusal = Callable[[Any, Any, int, str], Awaitable[Response]]


def _guarded(page: Page, refuse: Refusal) -> Page:
    async def answer(datasette: Any, request: Any) -> Response:
        if request.method not in METHODS:
            return Response.text("Only GET is answered here\n", status=405, headers={"Allow": ", ".join(METHODS)})
        try:
            return await page(datasette, request)
        except BadFilterError as error:
            return await refuse(datasette, request, 400, str(error))
        except LookupError as error:
            return await refuse(datasette, request, 404, str(error.args[0]))
        except sqlite3.OperationalError as error:
            if "interrupted" not in str(error):
                raise
            return await refuse(datasette, request, 503, "This takes too long to find; ask for fewer events.")

    return answer


async def _on_a_page(datasette: Any, request: Any, status: int, detail: str) -> Response:
    return await wrong(datasette, request, status, detail)


async def _as_problem(datasette: Any, request: Any, status: int, detail: str) -> Response:
    return problem(status, detail)
