"""How many events there are, and how they spread over the filters: from the sums, or counted as far as a page waits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from data.events_sums import FIELDS
from datasette_config.site.filters import MATCHED, Filters
from datasette_config.site.reading import Question, Row

LABELS = {"platform": "platforms", "country": "countries", "action": "actions", "status": "statuses",
          "authority": "authorities"}  # fmt: skip
"""The table that has the names of a filter's ids."""

OF_PAIR = "FROM by_pair WHERE field = :field AND value = :value"
COUNTED, SPREAD = 2_000, 500
"""Up to how many events a page counts those that no sum tells, and of how many it tells the spread if there are more.
API and exports count and give all."""


def count(filters: Filters) -> Question:
    """How many events there are, as `events`: from the sums where those tell it."""
    if _summed(filters):
        return f"SELECT ({_sum(filters)}) AS events", _key(filters)
    where, params = filters.where()
    if filters.searched:
        return f"SELECT count(*) AS events FROM ({MATCHED})", params
    return f"SELECT count(*) AS events FROM events e WHERE {where}", params


def tally(filters: Filters, fields: Iterable[str], most: int = 12) -> Question:
    """How many events there are, and how they spread over other filters: `field`, `id`, `name`, `events`.

    The row of the whole has no field. Of a filter it has the `most` commonest ids, those first. Where no sum tells
    them, COUNTED + 1 stands for more, of which SPREAD are spread.
    """
    if _summed(filters):
        found, whole, params = "", _sum(filters), _key(filters)
        parts = {field: f"SELECT other_value AS id, events {OF_PAIR} AND other = '{field}'" for field in fields}
    else:
        found, params = _counted(filters, fields)
        whole = "SELECT events FROM counted"
        parts = {field: f"SELECT {field} AS id, count(*) AS events FROM found GROUP BY 1" for field in fields}
    total = f"SELECT '' AS field, '' AS id, '' AS name, ({whole}) AS events"
    spreads = [f"SELECT * FROM ({_named(field, part)} LIMIT {most})" for field, part in parts.items()]
    return f"{found} {' UNION ALL '.join([total, *spreads])}", params


def _counted(filters: Filters, fields: Iterable[str]) -> tuple[str, dict[str, Any]]:
    """The tables `counted`, how many there are, and `found`, those that are spread."""
    # as many with the words as are counted are enough, unless others of them are meant
    matched = f"{MATCHED} LIMIT {COUNTED + 1}" if filters.searched else MATCHED
    where, params = filters.where(f"e.rowid IN ({matched})")
    counted = matched if filters.searched else f"SELECT 1 FROM events e WHERE {where} LIMIT {COUNTED + 1}"
    columns = ", ".join(f"e.{FIELDS[field]} AS {field}" for field in fields)
    return (
        f"""WITH counted AS MATERIALIZED (SELECT count(*) AS events FROM ({counted})),
        found AS MATERIALIZED (SELECT {columns} FROM events e WHERE {where}
            LIMIT (SELECT iif(events > {COUNTED}, {SPREAD}, events) FROM counted))""",
        params,
    )


def told(rows: list[Row]) -> dict[str, Any]:
    """What a page says of a tally: `count` and `counted`, in figures and in words, and `spreads` by field."""
    spreads: dict[str, list[Row]] = {}
    for row in rows:
        spreads.setdefault(row["field"], []).append(row)
    count = spreads.pop("")[0]["events"]
    partly = count > COUNTED
    counted = f"More than {COUNTED:,}" if partly else f"{count:,}"
    return {"count": count, "counted": counted, "spreads": spreads, "partly": partly and SPREAD}


def _named(field: str, part: str) -> str:
    return f"""SELECT '{field}' AS field, f.id, coalesce(n.name, f.id) AS name, f.events FROM ({part}) f
        LEFT JOIN {LABELS[field]} n ON n.id = f.id WHERE f.id IS NOT NULL ORDER BY f.events DESC, f.id"""


def _summed(filters: Filters) -> bool:
    return filters.empty or filters.single is not None


def _key(filters: Filters) -> dict[str, str]:
    field, value = filters.single or ("", "")
    return {"field": field, "value": value}


def _sum(filters: Filters) -> str:
    other = "action" if filters.single and filters.single[0] == "status" else "status"
    return f"SELECT coalesce(sum(events), 0) {OF_PAIR} AND other = '{other}'"
