"""Answers of the site's own pages and API: HTML from a template, JSON, and what is told where there is none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from datasette.utils.asgi import Response

JSON_TYPE = "application/json; charset=utf-8"


async def html(datasette: Any, request: Any, template: str, context: Mapping[str, Any], status: int = 200) -> Response:
    """A page from a template of the site."""
    body = await datasette.render_template(f"site/{template}.html", dict(context), request=request)
    return Response.html(body, status=status)


def as_json(value: object, status: int = 200, kind: str = JSON_TYPE) -> Response:
    """A value as JSON in UTF-8 that any other site may read."""
    headers = {"Access-Control-Allow-Origin": "*"}
    return Response(json.dumps(value, ensure_ascii=False), status=status, content_type=kind, headers=headers)


def problem(status: int, detail: str) -> Response:
    """What is wrong with an API's request, as RFC 9457 has it."""
    titles = {400: "Bad request", 404: "Not found"}
    told = {"title": titles.get(status, "Error"), "status": status, "detail": detail}
    return as_json(told, status, "application/problem+json")


async def wrong(datasette: Any, request: Any, status: int, detail: str) -> Response:
    """What is wrong with a page's request, as a page."""
    return await html(datasette, request, "wrong", {"status": status, "detail": detail}, status)
