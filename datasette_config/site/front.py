"""The front page: what happened, where it is getting worse, how sure that is, and how fresh the record."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from datasette_config.site.answers import html
from datasette_config.site.charts import months_until, stacked
from datasette_config.site.drawing import heated
from datasette_config.site.filters import Filters
from datasette_config.site.links import links_of
from datasette_config.site.listing import page as page_of
from datasette_config.site.naming import form
from datasette_config.site.reading import LAST_RUN, ask
from datasette_config.site.tallies import tally, told

MONTHS, NEAR, RESTRICTING = 24, 3, ("block", "throttle", "ban", "takedown", "removal", "order")
"""How many months the chart shows, how many are compared with as many before, and which actions restrict a platform."""
HEAT, PLATFORMS = 20, 12
"""How many countries the table of countries and actions shows, and how many platforms are told as most affected."""
ALL = -1
"""No limit, to SQLite."""

LATEST = page_of(Filters({}), None, 8)
# known by their day, which has ten characters; `date` alone is read, in the order of its index
WEEK = """
SELECT coalesce(sum(e.date > date(r.day, '-7 days')), 0) AS events,
       coalesce(sum(e.date <= date(r.day, '-7 days')), 0) AS before,
       date(r.day, '-6 days') AS first, r.day AS last
FROM (SELECT substr(max(finished), 1, 10) AS day FROM runs) r
JOIN events e ON e.date > date(r.day, '-14 days') AND e.date <= r.day WHERE length(e.date) = 10"""
DAY_BEFORE = "strftime('%Y-%m-%dT%H:%M:%SZ', (SELECT max(finished) FROM runs), '-1 day')"
CHANGED = f"""
SELECT c.event_id, c.changed, c.field, c.old, c.new, c.why, e.summary
FROM changes c LEFT JOIN events e ON e.id = c.event_id
WHERE c.changed >= {DAY_BEFORE} ORDER BY c.id DESC LIMIT 8"""
CHANGED_SUMS = f"""
SELECT sum(field = 'event' AND new IS NOT NULL AND old IS NULL) AS appeared, sum(field = 'status') AS status,
       sum(field = 'ended') AS ended, count(*) AS changes
FROM changes WHERE changed >= {DAY_BEFORE}"""
BY_MONTH = f"""
SELECT b.month, coalesce(a.name, b.action) AS action, b.events FROM by_month b LEFT JOIN actions a ON a.id = b.action
WHERE b.month > strftime('%Y-%m', (SELECT max(finished) FROM runs), '-{MONTHS} months') ORDER BY 1"""
LEFT_OUT = "SELECT (SELECT sum(events) FROM by_year) - (SELECT sum(events) FROM by_month) AS events"
HEATED = f"""SELECT country, action, events FROM by_country_action WHERE country IN (
SELECT other_value FROM by_pair WHERE field = '' AND value = '' AND other = 'country'
ORDER BY events DESC, other_value LIMIT {HEAT})"""
REAL = "b.confirmed + b.reported"
"""A threat restricts nothing yet, and what is denied may never have."""
WORSE = f"""
WITH last AS (SELECT max(month) AS month FROM by_month WHERE month <= substr((SELECT max(finished) FROM runs), 1, 7)),
spans AS (SELECT strftime('%Y-%m', month || '-01', '-{NEAR - 1} months') AS near,
                 strftime('%Y-%m', month || '-01', '-{2 * NEAR - 1} months') AS before, month FROM last),
sums AS (SELECT b.country AS id, sum(iif(b.month >= near, {REAL}, 0)) AS now,
                sum(iif(b.month < near, {REAL}, 0)) AS earlier, near, spans.month AS until
         FROM by_country_month b JOIN spans ON b.month BETWEEN before AND spans.month
         WHERE b.action IN ({", ".join(f"'{action}'" for action in RESTRICTING)})
         GROUP BY b.country HAVING now > earlier ORDER BY now - earlier DESC, now DESC, id LIMIT 8)
SELECT sums.*, c.name FROM sums LEFT JOIN countries c USING (id) ORDER BY now - earlier DESC, now DESC, id"""
HEALTH = """SELECT s.id, s.name, h.outcome, h.failure, h.since, h.last_success FROM source_health h
JOIN sources s ON s.id = h.source_id ORDER BY h.since"""

QUESTIONS: dict[str, Any] = {
    "latest": LATEST, "week": (WEEK, {}), "runs": (LAST_RUN, {}), "changed": (CHANGED, {}),
    "changed_sums": (CHANGED_SUMS, {}), "by_month": (BY_MONTH, {}), "left_out": (LEFT_OUT, {}),
    "tally": tally(Filters({}), ("action", "status", "country"), ALL),
    "affected": tally(Filters({}), ["platform"], PLATFORMS),
    "heated": (HEATED, {}), "worse": (WORSE, {}), "health": (HEALTH, {}),
}  # fmt: skip


async def page(datasette: Any, request: Any) -> Response:
    """The front page."""
    found = await ask(datasette, QUESTIONS)
    run = found["runs"][0] if found["runs"] else None
    failing = [each for each in found["health"] if each["outcome"] not in ("ok", "unchanged")]
    spreads = told([*found["affected"], *found["tally"]])["spreads"]
    actions, countries = spreads.get("action", []), spreads.get("country", [])
    months = months_until(run["finished"][:7], MONTHS) if run else []
    context = {
        **found,
        "actions": actions,
        "countries": countries,
        "statuses": spreads.get("status", []),
        "platforms": spreads.get("platform", []),
        "run": run,
        "week": found["week"][0],
        "failing": failing,
        "chart": stacked(found["by_month"], "month", "action", "events", months),
        "left_out": found["left_out"][0]["events"] or 0,
        "heated": heated(countries, actions, found["heated"], links_of(datasette)),
        **await form(datasette, Filters({})),
        "shown": len({row["country"] for row in found["heated"]}),
        "changed_sums": found["changed_sums"][0],
    }
    return await html(datasette, request, "front", context)
