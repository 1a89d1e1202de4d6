"""/api: the API told to people, from the same description that programs get, with examples that work as they stand."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from datasette_config.site.answers import html
from datasette_config.site.api.openapi import FILTERS, PAGED, described
from datasette_config.site.api.shapes import SHAPES
from datasette_config.site.links import links_of


async def page(datasette: Any, request: Any) -> Response:
    """What addresses there are, what they take, what an event has, and how to begin."""
    site = links_of(datasette, request).root
    asked = {path: told["get"] for path, told in described(site)["paths"].items()}
    context = {
        "site": site,
        "addresses": [(path, told["summary"], _taken(told)) for path, told in asked.items()],
        "filters": [(name, about) for name, (about, _) in (FILTERS | PAGED).items()],
        "shapes": SHAPES,
    }
    return await html(datasette, request, "api", context)


def _taken(told: dict[str, Any]) -> list[str]:
    """The filters that an address takes; where a part of it is one of some words, those."""
    asked: list[dict[str, Any]] = told["parameters"]
    words = [word for each in asked for word in each["schema"].get("enum", [])]
    return words + [each["name"] for each in asked if each["in"] == "query"]
