"""Lists of all that has a page of its own: platforms, owners, countries, authorities, actions, with their events."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from datasette_config.site.answers import html
from datasette_config.site.charts import heat
from datasette_config.site.reading import Row, rows

_OF_FIELD = """LEFT JOIN by_pair b ON b.field = '' AND b.value = '' AND b.other = '{}' AND b.other_value = {}"""
INDEXES = {
    "platforms": ("platform", "t.category AS about", f"platforms t {_OF_FIELD.format('platform', 't.id')}", ""),
    "countries": ("country", "t.continent AS about", f"countries t {_OF_FIELD.format('country', 't.id')}", ""),
    "authorities": (
        "authority",
        "c.name AS about",
        f"authorities t LEFT JOIN countries c ON c.id = t.country {_OF_FIELD.format('authority', 't.id')}",
        "",
    ),
    "actions": ("action", "t.description AS about", f"actions t {_OF_FIELD.format('action', 't.id')}", ""),
    "owners": (
        "owner",
        "NULL AS about",
        f"platforms t JOIN platforms m ON m.parent = t.id OR m.id = t.id {_OF_FIELD.format('platform', 'm.id')}",
        "WHERE t.id IN (SELECT parent FROM platforms)",
    ),
}
"""By address: what each row is, what is said of it, the tables that tell it, and which rows."""


async def page(datasette: Any, request: Any) -> Response:
    """/platforms, /owners, /countries, /authorities, /actions: those with events first, then the others by name."""
    plural = request.url_vars["plural"]
    kind, about, tables, where = INDEXES[plural]
    sql = f"""SELECT t.id, t.name, {about}, coalesce(sum(b.events), 0) AS events FROM {tables} {where}
        GROUP BY t.id ORDER BY events DESC, t.name"""
    found = await rows(datasette, sql)
    context = {"plural": plural, "kind": kind, "rows": found, "tiles": _tiles(found) if plural == "countries" else {}}
    return await html(datasette, request, "index_of", context)


def _tiles(found: list[Row]) -> dict[str, list[Row]]:
    """Those with events by continent and code, each with its heat."""
    most, tiles = max((row["events"] for row in found), default=0), dict[str, list[Row]]()
    for row in sorted(found, key=lambda row: (row["about"] is None, row["about"], row["id"])):
        if row["events"]:
            tiles.setdefault(row["about"] or "Elsewhere", []).append(row | {"heat": heat(row["events"], most)})
    return tiles
