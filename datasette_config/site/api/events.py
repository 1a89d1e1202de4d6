"""/api/events.json and /api/events/<id>.json: events by filters, and one with all that it rests on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import Response

from datasette_config.site.answers import as_json
from datasette_config.site.api.shapes import SHAPES, columns
from datasette_config.site.event import LED
from datasette_config.site.filters import BadFilterError, read_filters
from datasette_config.site.links import links_of
from datasette_config.site.listing import cursor, found_by
from datasette_config.site.listing import page as page_of
from datasette_config.site.reading import Question, Row, ask
from datasette_config.site.tallies import count

SIZE, MOST = 100, 1000
"""How many events a page has if nothing else is asked for, and at most."""

EVENTS = f"""SELECT {columns("event", "e.", without=("url",))} FROM events e
    LEFT JOIN platforms p ON p.id = e.platform_id LEFT JOIN countries c ON c.id = e.country
    LEFT JOIN authorities a ON a.id = e.authority_id"""
"""All of them, as `shape` takes them."""
EVENT = f"{EVENTS} WHERE e.id = :id"
PARTS = {
    "evidence": f"SELECT {columns('evidence')} FROM evidence v WHERE v.event_id = :id ORDER BY v.document_id, v.start",
    "documents": f"""SELECT {columns("document")} FROM documents d LEFT JOIN sources s ON s.id = d.source_id
        WHERE d.id IN (SELECT document_id FROM evidence WHERE event_id = :id) ORDER BY d.published, d.id""",
    "conflicts": f"SELECT {columns('conflict')} FROM conflicts WHERE event_id = :id ORDER BY field, value",
    "timeline": f"SELECT {columns('step')} FROM timeline t WHERE t.event_id = :id ORDER BY t.number",
    "changes": f"SELECT {columns('change')} FROM changes WHERE event_id = :id ORDER BY id",
    "former_ids": "SELECT old_id FROM redirects WHERE event_id = :id ORDER BY old_id",
}


async def several(datasette: Any, request: Any) -> Response:
    """Events by filters, latest first, by the page: {"events": […], "count": all of them, "next": address or null}."""
    filters, after, size = read_filters(request.args), request.args.get("after"), size_of(request.args.get("size"))
    page = page_of(filters, after, size + 1, await found_by(datasette, filters, size))
    found = await ask(datasette, {"events": page, "count": count(filters)})
    events, more = found["events"][:size], found["events"][size:]
    links = links_of(datasette, request)
    following = filters.query(size=size if size != SIZE else None, after=cursor(events[-1])) if more else None
    return as_json(
        {
            "events": [shape(event, links.event(event["id"])) for event in events],
            "count": found["count"][0]["events"],
            "next": following and links.page(f"api/events.json?{following}"),
        }
    )


async def one(datasette: Any, request: Any) -> Response:
    """An event with evidence, documents, conflicts, timeline and changes; 301 to the one that it went into."""
    id_ = tilde_decode(request.url_vars["id"])
    questions: dict[str, Question] = {name: (sql, {"id": id_}) for name, sql in PARTS.items()}
    found = await ask(datasette, {"event": (EVENT, {"id": id_}), "led": (LED, {"id": id_})} | questions)
    if found["event"]:
        parts: dict[str, Any] = {name: found[name] for name in PARTS}
        parts["former_ids"] = [each["old_id"] for each in found["former_ids"]]
        return as_json({"event": shaper(datasette, request)(found["event"][0])} | parts)
    if found["led"]:
        return Response.redirect(links_of(datasette).page(f"api/events/{found['led'][0]['event_id']}.json"), status=301)
    raise LookupError(f"There is no event {id_}.")


def shaper(datasette: Any, request: Any) -> Callable[[Row], Row]:
    """Turns a row of an event, by listing.page or EVENT, into the API's shape."""
    links = links_of(datasette, request)
    return lambda row: shape(row, links.event(row["id"]))


def shape(row: Any, url: str) -> Row:
    """A row of an event in the API's shape, with the address of its page."""
    return {name: url if name == "url" else row[name] for name in SHAPES["event"]}


def size_of(value: str | None) -> int:
    """The size of a page that is asked for. BadFilterError where it is none."""
    if value is None:
        return SIZE
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= MOST:
        raise BadFilterError(f"size: must be a number from 1 to {MOST}")
    return int(value)
