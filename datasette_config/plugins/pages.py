"""What the front page and an event's page show, read by SQL from events.db; and which cells become links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl
from datasette.utils import tilde_decode, tilde_encode
from markupsafe import Markup, escape

DATABASE = "events"
Vars = dict[str, Any]

LABELLED = """
SELECT e.*, p.name AS platform_name, p.owner, a.name AS authority_name, c.name AS country_name, n.name AS action_name,
       s.name AS status_name, s.description AS status_means, g.name AS grounds_name, o.name AS scope_name,
       h.name AS phase_name, h.description AS phase_means
FROM events e
LEFT JOIN platforms p ON p.id = e.platform_id LEFT JOIN authorities a ON a.id = e.authority_id
LEFT JOIN countries c ON c.id = e.country LEFT JOIN actions n ON n.id = e.action
LEFT JOIN statuses s ON s.id = e.status LEFT JOIN grounds g ON g.id = e.grounds LEFT JOIN scopes o ON o.id = e.scope
LEFT JOIN phases h ON h.id = e.phase
"""

FRONT = {
    "latest": f"{LABELLED} ORDER BY e.date DESC LIMIT 20",
    "runs": "SELECT finished, events, documents FROM runs ORDER BY id DESC LIMIT 1",
    "actions": """SELECT a.id, a.name, sum(b.events) AS events FROM by_platform_action b
        JOIN actions a ON a.id = b.action GROUP BY a.id ORDER BY events DESC""",
    "countries": """SELECT c.id, c.name, sum(b.events) AS events FROM by_country_action b
        JOIN countries c ON c.id = b.country GROUP BY c.id ORDER BY events DESC""",
    "platforms": """SELECT p.id, p.name, sum(b.events) AS events FROM by_platform_action b
        JOIN platforms p ON p.id = b.platform_id GROUP BY p.id ORDER BY events DESC LIMIT 12""",
    "health": """SELECT s.id, s.name, h.outcome, h.failure, h.since, h.last_success FROM source_health h
        JOIN sources s ON s.id = h.source_id ORDER BY h.since""",
}

EVENT = {
    "event": f"{LABELLED} WHERE e.id = :id",
    "evidence": """SELECT v.field, v.value, v.chosen, v.quote, d.id AS document_id, d.url, d.title, d.lang, d.published,
        s.name AS source
        FROM evidence v JOIN documents d ON d.id = v.document_id LEFT JOIN sources s ON s.id = d.source_id
        WHERE v.event_id = :id ORDER BY v.chosen DESC, s.official DESC, d.published, d.id, v.start LIMIT 500""",
    "conflicts": """SELECT field, value, documents, independent, why FROM conflicts
        WHERE event_id = :id ORDER BY field, value LIMIT 200""",
    "timeline": """SELECT t.step_id, t.date, p.name AS phase, e.summary, v.quote, d.id AS document_id, d.url, d.title,
            d.lang, d.published, s.name AS source
        FROM timeline t JOIN phases p ON p.id = t.phase JOIN events e ON e.id = t.step_id
        LEFT JOIN evidence v ON v.rowid = (SELECT q.rowid FROM evidence q WHERE q.event_id = t.step_id
            AND q.field = iif(t.phase = 'announced', 'announced', 'event') ORDER BY q.document_id, q.start LIMIT 1)
        LEFT JOIN documents d ON d.id = v.document_id LEFT JOIN sources s ON s.id = d.source_id
        WHERE t.event_id = :id ORDER BY t.number LIMIT 100""",
    "changes": "SELECT changed, field, old, new, why FROM changes WHERE event_id = :id ORDER BY id DESC LIMIT 200",
    "corrections": """SELECT id, kind, field, value, why, "by", "when", contradicted FROM corrections
        WHERE event_id = :id ORDER BY id DESC LIMIT 200""",
    "redirects": "SELECT old_id FROM redirects WHERE event_id = :id ORDER BY old_id",
}


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(
    datasette: Any, view_name: str, table: str | None, request: Any
) -> Callable[[], Awaitable[Vars]]:
    """`front` for the front page; for that of an event `event`, `quotes` by field, and the answers to EVENT."""

    async def variables() -> Vars:
        if view_name == "index":
            front = await _read(datasette, FRONT, {})
            latest = [event | {"path": tilde_encode(event["id"])} for event in front["latest"]]
            return {"front": front | {"latest": latest}}
        if view_name == "row" and table == "events":
            return await _event(datasette, request)
        return {}

    return variables


async def _event(datasette: Any, request: Any) -> Vars:
    found = await _read(datasette, EVENT, {"id": tilde_decode(request.url_vars["pks"])})
    evidence = [_linked(quote) for quote in found["evidence"]]
    steps = [_linked(step) | {"path": tilde_encode(step["step_id"])} for step in found["timeline"]]
    quotes: dict[str, list[Vars]] = defaultdict(list)
    for quote in evidence:
        quotes[quote["field"]].append(quote)
    documents = {quote["document_id"]: quote for quote in evidence}
    own = {"event": (found["event"] or [{}])[0], "timeline": steps}
    return found | own | {"quotes": quotes, "documents": list(documents.values())}


def _linked(quote: Vars) -> Vars:
    return quote | {"link": web_address(quote["url"])}


async def _read(datasette: Any, queries: dict[str, str], params: dict[str, str]) -> Vars:
    database = datasette.get_database(DATABASE)
    return {name: [dict(row) for row in (await database.execute(sql, params)).rows] for name, sql in queries.items()}


def web_address(value: object) -> str | None:
    """The value if a browser may be sent there: http or https, nothing else."""
    return value if isinstance(value, str) and value.lower().startswith(("http://", "https://")) else None


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: object, column: str, table: str | None, database: str, datasette: Any) -> Markup | None:
    """Links for web addresses, and for ids of events and documents where the database has no foreign key to say so."""
    if address := web_address(value):
        return Markup('<a href="{}" rel="nofollow noopener">{}</a>').format(address, address)
    target = {"event_id": "events", "document_id": "documents"}.get(column)
    if value and target and table in (None, "changes"):
        href = datasette.urls.row(database, target, tilde_encode(str(value)))
        return Markup('<a href="{}">{}</a>').format(href, escape(value))
    return None
