"""/api/changes.json: what refreshes changed, for those who keep a copy."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import Response

from datasette_config.site.answers import as_json
from datasette_config.site.api.events import SIZE, size_of
from datasette_config.site.api.shapes import columns
from datasette_config.site.filters import BadFilterError, read_since
from datasette_config.site.links import links_of
from datasette_config.site.reading import rows

SQL = f"""SELECT {columns("change")} FROM changes WHERE id > :after AND changed > :since ORDER BY id LIMIT :size"""


async def several(datasette: Any, request: Any) -> Response:
    """Changes in order, after the time `since` or the one numbered `after`: {"changes": […], "next": …}."""
    since, size = read_since(request.args) or "", size_of(request.args.get("size"))
    after = _number(request.args.get("after"))
    found = await rows(datasette, SQL, {"after": after, "since": since, "size": size + 1})
    told, more = found[:size], found[size:]
    query = {"since": since, "size": size if size != SIZE else "", "after": told[-1]["id"] if told else ""}
    following = urlencode({name: value for name, value in query.items() if value})
    address = links_of(datasette, request).page(f"api/changes.json?{following}")
    return as_json({"changes": told, "next": address if more else None})


def _number(value: str | None) -> int:
    if value and not (value.isascii() and value.isdigit() and len(value) < 16):
        raise BadFilterError("after: must be the number of a change")
    return int(value or 0)
