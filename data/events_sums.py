"""Sums of events for pages, charts and filters, made anew at each refresh, so that no reader has to count."""

from __future__ import annotations

from itertools import combinations

FIELDS = {
    "platform": "platform_id",
    "country": "country",
    "action": "action",
    "status": "status",
    "authority": "authority_id",
}
"""The fields by which people filter, with their columns."""
_STATUSES = ", ".join(f"sum(status = '{each}') AS {each}" for each in ("threatened", "reported", "confirmed", "denied"))
_COUNTS = f"count(*) AS events, {_STATUSES}"
_MONTH, _YEAR = "substr(date, 1, 7) AS month", "substr(date, 1, 4) AS year"
_IN_MONTHS = "date_precision IN ('day', 'month')"


def _pairs() -> str:
    """How the values of each field spread over those of each other, counted once for both ways."""
    alone = [f"SELECT '', '', '{name}', {column}, count(*) FROM events WHERE {column} IS NOT NULL GROUP BY {column}"
             for name, column in FIELDS.items()]  # fmt: skip
    counted = " UNION ALL ".join(
        f"""SELECT '{name}' AS field, {column} AS value, '{other}' AS other, {with_} AS other_value, count(*) AS events
        FROM events WHERE {column} IS NOT NULL AND {with_} IS NOT NULL GROUP BY {column}, {with_}"""
        for (name, column), (other, with_) in combinations(FIELDS.items(), 2)
    )
    return f"""WITH counted AS MATERIALIZED ({counted})
        SELECT * FROM counted UNION ALL SELECT other, other_value, field, value, events FROM counted
        UNION ALL {" UNION ALL ".join(alone)}"""


SUMS = {
    "by_month": f"SELECT {_MONTH}, action, {_COUNTS} FROM events WHERE {_IN_MONTHS} GROUP BY 1, 2",
    "by_country_action": f"""
        SELECT country, action, {_COUNTS}, max(date) AS latest FROM events WHERE country IS NOT NULL GROUP BY 1, 2""",
    "by_platform_action": f"SELECT platform_id, action, {_COUNTS}, max(date) AS latest FROM events GROUP BY 1, 2",
    "by_year": f"SELECT {_YEAR}, action, {_COUNTS} FROM events WHERE date IS NOT NULL GROUP BY 1, 2",
    "by_country_month": f"""
        SELECT country, {_MONTH}, action, {_COUNTS} FROM events
        WHERE country IS NOT NULL AND {_IN_MONTHS} GROUP BY 1, 2, 3""",
    "by_platform_month": f"""
        SELECT platform_id, {_MONTH}, action, {_COUNTS} FROM events WHERE {_IN_MONTHS} GROUP BY 1, 2, 3""",
    "by_authority_year": f"""
        SELECT authority_id, {_YEAR}, action, {_COUNTS}, sum(iif(status = 'confirmed', amount_eur, NULL)) AS amount_eur
        FROM events WHERE authority_id IS NOT NULL AND date IS NOT NULL GROUP BY 1, 2, 3""",
    "by_pair": _pairs(),
}
"""Sums by the table that keeps them."""
