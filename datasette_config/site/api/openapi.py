"""/api/openapi.json: the API as OpenAPI 3.1 has it, made from its shapes and filters."""

from __future__ import annotations

import re
from typing import Any

from datasette.utils.asgi import Response

from data.events_sums import FIELDS
from datasette_config.site.answers import as_json
from datasette_config.site.api.events import MOST, SIZE
from datasette_config.site.api.index import SUMMARIES
from datasette_config.site.api.shapes import SHAPES, Field
from datasette_config.site.filters import DATE, SHARE, TIME, VALUES, WORDS
from datasette_config.site.links import links_of
from datasette_config.site.listing import CURSOR

Schema = dict[str, Any]
IDS = "Ids, several with commas, {} at most."


def _matching(form: re.Pattern[str]) -> Schema:
    return {"type": "string", "pattern": f"^({form.pattern})?$"}


FILTERS: dict[str, tuple[str, Schema]] = {
    **{name: (f"{name.capitalize()}. {IDS.format(VALUES)}", {"type": "string"}) for name in FIELDS},
    "from": ("First day, month or year of the event's date.", _matching(DATE)),
    "to": ("Last day, month or year of it.", _matching(DATE)),
    "confidence": ("The least confidence of the reading, 0 to 1, or checked by a person.", _matching(SHARE)),
    "since": ("Only what changed after this UTC time.", _matching(TIME)),
    "q": ("Words in summaries, quotes and titles.", {"type": "string", "maxLength": WORDS}),
}
PAGED: dict[str, tuple[str, Schema]] = {
    "size": (f"How many a page has; {SIZE} if left out.", {"type": "integer", "minimum": 1, "maximum": MOST}),
    "after": ("The cursor in the address that the page before gives as next.", _matching(CURSOR)),
}
NUMBER = ("The number of the last change that is known.", {"type": "string", "pattern": "^[0-9]{0,15}$"})
TIMED = {"since": FILTERS["since"], "size": PAGED["size"], "after": NUMBER}


async def description(datasette: Any, request: Any) -> Response:
    """The description, with this site as its server."""
    return as_json(described(links_of(datasette, request).root))


def described(server: str) -> Schema:
    """The API of a server as OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Splinterlog",
            "version": "1",
            "summary": "What authorities do to digital platforms, an event an action, with the words that say so.",
            "description": "Shapes stay: fields are added, never renamed, never taken away. Times are UTC.",
            "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": server}],
        "paths": _paths(),
        "components": {
            "schemas": {name: _object(_fields(shape)) for name, shape in SHAPES.items()} | {"problem": PROBLEM}
        },
    }


def _paths() -> Schema:
    csv, ndjson, atom, ics = map(_text, ("text/csv", "application/x-ndjson", "application/atom+xml", "text/calendar"))
    name = {"name": {"type": "string", "enum": list(SUMMARIES)}}
    return {
        "/api/index.json": _get("What there is, of when, and where", _json({"type": "object"})),
        "/api/events.json": _get("Events by filters, latest first, by the page", _json(_several()), FILTERS | PAGED),
        "/api/events.csv": _get("All events that filters ask for, as CSV", csv, FILTERS),
        "/api/events.ndjson": _get("The same, a JSON object a line", ndjson, FILTERS),
        "/api/events/{id}.json": _get(
            "An event with all that it rests on", _json(_one()), at={"id": {"type": "string"}}
        ),
        "/api/changes.json": _get("What refreshes changed, in order of time", _json(_changes()), TIMED),
        "/api/summary/{name}.json": _get("A table of sums", _json(_summary()), at=name),
        "/feeds/changes.atom": _get("Changes as a feed", atom, FILTERS),
        "/feeds/coming.ics": _get("Dated events to come", ics, FILTERS),
    }


def _several() -> Schema:
    return _object({"events": _many("event"), "count": {"type": "integer"}, "next": ADDRESS})


def _one() -> Schema:
    shapes = {"evidence": "evidence", "documents": "document", "conflicts": "conflict", "timeline": "step"}
    parts = {part: _many(shape) for part, shape in shapes.items()}
    return _object(
        {"event": _ref("event"), **parts, "changes": _many("change"), "former_ids": _array({"type": "string"})}
    )


def _changes() -> Schema:
    return _object({"changes": _many("change"), "next": ADDRESS})


def _summary() -> Schema:
    return _object({"summary": {"type": "string"}, "rows": _array({"type": "object"})})


PROBLEM: Schema = {
    "type": "object",
    "description": "What is wrong with a request (RFC 9457).",
    "required": ["title", "status", "detail"],
    "properties": {"title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"}},
}
ADDRESS: Schema = {"type": ["string", "null"], "description": "The address of the next page; null where there is none."}


def _get(
    summary: str,
    content: Schema,
    query: dict[str, tuple[str, Schema]] | None = None,
    at: dict[str, Schema] | None = None,
) -> Schema:
    told = {"content": {"application/problem+json": {"schema": _ref("problem")}}}
    asked = [_parameter("query", name, about, schema) for name, (about, schema) in (query or {}).items()]
    asked += [_parameter("path", name, "", schema) | {"required": True} for name, schema in (at or {}).items()]
    answers = {
        "200": {"description": summary, "content": content},
        "400": told | {"description": "A filter cannot be meant."},
    }
    if at:
        answers["404"] = told | {"description": "There is none of that name."}
        answers["301"] = {"description": "The event went into another, whose address this is."}
    return {"get": {"summary": summary, "parameters": asked, "responses": answers}}


def _parameter(place: str, name: str, about: str, schema: Schema) -> Schema:
    return {"in": place, "name": name, "description": about, "schema": schema}


def _text(kind: str) -> Schema:
    return {kind: {"schema": {"type": "string"}}}


def _json(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}


def _object(properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(shape: str) -> Schema:
    return {"$ref": f"#/components/schemas/{shape}"}


def _many(shape: str) -> Schema:
    return _array(_ref(shape))


def _fields(shape: dict[str, Field]) -> Schema:
    return {
        name: {"type": [field.type, "null"] if field.nullable else field.type, "description": field.about}
        for name, field in shape.items()
    }
