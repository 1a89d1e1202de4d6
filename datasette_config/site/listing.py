"""Lists of events, latest first: a page of them, how many there are, and how they spread over the other filters."""

from __future__ import annotations

import re

from datasette_config.site.filters import FIELDS, BadFilterError, Filters
from datasette_config.site.reading import Question

NAMES = """
    p.name AS platform, p.owner AS owner, n.name AS action_name, s.name AS status_name, c.name AS country_name,
    a.name AS authority, g.name AS grounds_name, o.name AS scope_name, h.name AS phase_name"""
JOINED = """
    LEFT JOIN platforms p ON p.id = e.platform_id LEFT JOIN actions n ON n.id = e.action
    LEFT JOIN statuses s ON s.id = e.status LEFT JOIN countries c ON c.id = e.country
    LEFT JOIN authorities a ON a.id = e.authority_id LEFT JOIN grounds g ON g.id = e.grounds
    LEFT JOIN scopes o ON o.id = e.scope LEFT JOIN phases h ON h.id = e.phase"""
"""The names of what an event `e` refers to."""

LABELS = {"platform": "platforms", "country": "countries", "action": "actions", "status": "statuses",
          "authority": "authorities"}  # fmt: skip
"""The table that has the names of a filter's ids."""

OF_PAIR = "FROM by_pair WHERE field = :field AND value = :value AND other = :other"
SUM = f"SELECT coalesce(sum(events), 0) AS events {OF_PAIR}"

CURSOR = re.compile(r"([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?~[^\s~]+")
"""A date, if there is one, and an id."""


def page(filters: Filters, after: str | None, size: int) -> Question:
    """`size` events after the one that the cursor `after` names, the undated last. BadFilterError for a bad cursor."""
    where, params = filters.where()
    date, _, id_ = (after or "").partition("~")
    if after and not CURSOR.fullmatch(after):
        raise BadFilterError("after: must be the cursor that the page before gave as next")
    behind = "(e.date, e.id) < (:after_date, :after_id)" if date else "false" if after else "e.date IS NOT NULL"
    undated = "e.id < :after_id" if after and not date else "true"
    sql = f"""
        SELECT e.*, {NAMES} FROM (
            SELECT * FROM (SELECT * FROM events e WHERE {where} AND {behind}
                           ORDER BY e.date DESC, e.id DESC LIMIT :size)
            UNION ALL
            SELECT * FROM (SELECT * FROM events e WHERE {where} AND e.date IS NULL AND {undated}
                           ORDER BY e.id DESC LIMIT :size)
            LIMIT :size) e {JOINED}
        ORDER BY e.date DESC, e.id DESC"""
    return sql, params | {"size": size, "after_date": date, "after_id": id_}


def cursor(event: dict[str, str | None]) -> str:
    """What `page` takes to go on after this event."""
    return f"{event['date'] or ''}~{event['id']}"


def count(filters: Filters) -> Question:
    """How many events there are, as `events`: from the sums where those tell it."""
    if filters.empty:
        return SUM, {"field": "", "value": "", "other": "status"}
    if filters.single:
        field, value = filters.single
        return SUM, {"field": field, "value": value, "other": "action" if field == "status" else "status"}
    where, params = filters.where()
    return f"SELECT count(*) AS events FROM events e WHERE {where}", params


def spread(filters: Filters, field: str, most: int = 12) -> Question:
    """The ids of another filter that these events have, with their number: `id`, `name`, `events`, commonest first."""
    label = f"LEFT JOIN {LABELS[field]} n ON n.id = f.id"
    if filters.empty or (filters.single and filters.single[0] != field):
        value = filters.single or ("", "")
        inner = f"SELECT other_value AS id, events {OF_PAIR}"
        params = {"field": value[0], "value": value[1], "other": field}
    else:
        where, params = filters.where()
        column = f"e.{FIELDS[field]}"
        inner = (
            f"SELECT {column} AS id, count(*) AS events FROM events e WHERE {where} AND {column} IS NOT NULL GROUP BY 1"
        )
    sql = f"""SELECT f.id, coalesce(n.name, f.id) AS name, f.events FROM ({inner}) f {label}
        ORDER BY f.events DESC, f.id LIMIT {most}"""
    return sql, params
