"""/api/events.csv and /api/events.ndjson: all events that filters ask for, none left out, streamed as they are read."""

from __future__ import annotations

import csv
import json
from collections.abc import AsyncIterator, Callable
from io import StringIO
from typing import Any

from datasette.utils.asgi import AsgiStream

from datasette_config.site.api.events import shaper
from datasette_config.site.api.shapes import SHAPES
from datasette_config.site.filters import read_filters
from datasette_config.site.listing import cursor, found_by
from datasette_config.site.listing import page as page_of
from datasette_config.site.reading import Row, ask

AT_ONCE = 2000
"""How many events are read and sent in one go."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula (https://owasp.org/www-community/attacks/CSV_Injection)."""

Write = Callable[[list[Row]], str]


async def as_csv(datasette: Any, request: Any) -> AsgiStream:
    """CSV (RFC 4180, UTF-8) with a header; texts that begin like a formula have an apostrophe before them."""
    return _stream(datasette, request, "text/csv; charset=utf-8", "csv", CSV_HEAD, csv_rows)


async def as_ndjson(datasette: Any, request: Any) -> AsgiStream:
    """A JSON object a line (https://github.com/ndjson/ndjson-spec)."""
    return _stream(datasette, request, "application/x-ndjson; charset=utf-8", "ndjson", "", ndjson_rows)


def _stream(datasette: Any, request: Any, kind: str, ending: str, head: str, write: Write) -> AsgiStream:
    read_filters(request.args)  # what cannot be meant is refused before anything is sent

    async def send(to: Any) -> None:
        await to.write(head)
        async for events in _batches(datasette, request):
            await to.write(write(events))

    headers = {
        "Access-Control-Allow-Origin": "*",
        "Content-Disposition": f'attachment; filename="splinterlog-events.{ending}"',
    }
    return AsgiStream(send, headers=headers, content_type=kind)


async def _batches(datasette: Any, request: Any) -> AsyncIterator[list[Row]]:
    filters, shaped = read_filters(request.args), shaper(datasette, request)
    after: str | None = None
    matched = await found_by(datasette, filters, AT_ONCE)
    while True:
        found = (await ask(datasette, {"events": page_of(filters, after, AT_ONCE, matched)}))["events"]
        yield [shaped(event) for event in found]
        if len(found) < AT_ONCE:
            return
        after = cursor(found[-1])


def csv_rows(events: list[Row]) -> str:
    """Events as lines of CSV."""
    return _csv([[_plain(value) for value in event.values()] for event in events])


def _csv(lines: list[list[Any]]) -> str:
    text = StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue()


def _plain(value: Any) -> Any:
    """A value as a cell of a table: a text that a spreadsheet would run has an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def ndjson_rows(events: list[Row]) -> str:
    """Events as lines of JSON."""
    return "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events)


CSV_HEAD = _csv([list(SHAPES["event"])])
