"""Lists of events, latest first, by the page."""

from __future__ import annotations

import re
from typing import Any

from datasette_config.site.filters import BY_EACH, BY_OTHERS, BY_WORDS, MATCHED, BadFilterError, Filters
from datasette_config.site.reading import Question, rows

NAMES = """
    p.name AS platform, p.owner AS owner, n.name AS action_name, s.name AS status_name, c.name AS country_name,
    a.name AS authority, g.name AS grounds_name, o.name AS scope_name, h.name AS phase_name"""
JOINED = """
    LEFT JOIN platforms p ON p.id = e.platform_id LEFT JOIN actions n ON n.id = e.action
    LEFT JOIN statuses s ON s.id = e.status LEFT JOIN countries c ON c.id = e.country
    LEFT JOIN authorities a ON a.id = e.authority_id LEFT JOIN grounds g ON g.id = e.grounds
    LEFT JOIN scopes o ON o.id = e.scope LEFT JOIN phases h ON h.id = e.phase"""
"""The names of what an event `e` refers to."""

CURSOR = re.compile(r"([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?~[^\s~]+")
"""A date, if there is one, and an id."""


MANY = 2_000
"""Of more events with the same words the latest are found sooner by date."""
LOOKUP = 320
"""To ask one event for the words takes as long as to collect so many of those that have them."""


async def found_by(datasette: Any, filters: Filters, size: int) -> str:
    """How a `page` of this size had best look for the words, by how often they are met."""
    if not filters.words:
        return BY_WORDS
    _, params = filters.where()
    met = f"""SELECT count(*) AS events, max(rowid) AS row, (SELECT max(rowid) FROM events) AS rows
        FROM ({MATCHED} LIMIT {MANY + 1})"""
    [sample] = await rows(datasette, met, params)
    if sample["events"] <= MANY:
        return BY_WORDS
    share = sample["events"] / sample["row"]
    sooner = LOOKUP * size / share < share * sample["rows"]
    return BY_EACH if sooner and filters.searched else BY_OTHERS


def page(filters: Filters, after: str | None, size: int, matched: str = BY_WORDS) -> Question:
    """`size` events after the one that the cursor `after` names, the undated last. BadFilterError for a bad cursor."""
    where, params = filters.where(matched)
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
