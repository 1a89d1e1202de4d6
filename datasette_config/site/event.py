"""An event's page: its fields, each with the words that say so, its way, what is told otherwise, and its changes."""

from __future__ import annotations

from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import Response

from data.addresses import web_address
from datasette_config.site.answers import html
from datasette_config.site.citing import bibtex
from datasette_config.site.links import links_of
from datasette_config.site.listing import JOINED, NAMES
from datasette_config.site.quoting import said_of, tellings
from datasette_config.site.reading import Row, ask

EVENT = f"""SELECT e.*, {NAMES}, s.description AS status_means, h.description AS phase_means
FROM events e {JOINED} WHERE e.id = :id"""
QUOTES = 500
"""How many quotes a page shows, at most."""
EVIDENCE = f"""SELECT v.field, v.value, v.chosen, v.quote, v.start, v."end", d.id AS document_id, d.url, d.title,
    d.lang, d.published, s.id AS source_id, s.name AS source, s.official
    FROM evidence v JOIN documents d ON d.id = v.document_id LEFT JOIN sources s ON s.id = d.source_id
    WHERE v.event_id = :id ORDER BY v.chosen DESC, s.official DESC, d.published, d.id, v.start LIMIT {QUOTES + 1}"""
CONFLICTS = """SELECT field, value, documents, independent, why FROM conflicts
    WHERE event_id = :id ORDER BY field, value LIMIT 200"""
TIMELINE = """SELECT t.step_id, t.date, p.name AS phase, e.summary, v.quote, d.id AS document_id, d.url, d.title,
        d.lang, d.published, s.id AS source_id, s.name AS source
    FROM timeline t JOIN phases p ON p.id = t.phase JOIN events e ON e.id = t.step_id
    LEFT JOIN evidence v ON v.rowid = coalesce(
        (SELECT q.rowid FROM evidence w JOIN evidence q USING (event_id, document_id)
         WHERE t.phase = 'announced' AND w.event_id = t.step_id AND w.field = 'announced'
            AND q.field IN ('event', 'context') AND w.start >= q.start AND w."end" <= q."end"
         ORDER BY q.document_id, q.start LIMIT 1),
        (SELECT q.rowid FROM evidence q WHERE q.event_id = t.step_id AND q.field = 'event'
         ORDER BY q.document_id, q.start LIMIT 1))
    LEFT JOIN documents d ON d.id = v.document_id LEFT JOIN sources s ON s.id = d.source_id
    WHERE t.event_id = :id ORDER BY t.number LIMIT 100"""
CHANGES = "SELECT changed, field, old, new, why FROM changes WHERE event_id = :id ORDER BY id DESC LIMIT 200"
CORRECTIONS = """SELECT id, kind, field, value, why, "by", "when", contradicted FROM corrections
    WHERE event_id = :id ORDER BY id DESC LIMIT 200"""
REDIRECTS = "SELECT old_id FROM redirects WHERE event_id = :id ORDER BY old_id"
LED = "SELECT event_id FROM redirects WHERE old_id = :id"
QUESTIONS = {
    "event": EVENT, "evidence": EVIDENCE, "conflicts": CONFLICTS, "timeline": TIMELINE, "changes": CHANGES,
    "corrections": CORRECTIONS, "redirects": REDIRECTS, "led": LED,
}  # fmt: skip


async def page(datasette: Any, request: Any) -> Response:
    """/event/<id>; the address of one that went into another leads there for good."""
    id_ = tilde_decode(request.url_vars["id"])
    found = await ask(datasette, {name: (sql, {"id": id_}) for name, sql in QUESTIONS.items()})
    if found["event"]:
        address = links_of(datasette, request).event(id_)
        return await html(datasette, request, "event", _context(found, address))
    if found["led"]:
        return Response.redirect(links_of(datasette).event(found["led"][0]["event_id"]), status=301)
    raise LookupError(f"There is no event {id_}.")


async def moved(datasette: Any, request: Any) -> Response:
    """Datasette's page of the event's row, which was its address once."""
    return Response.redirect(links_of(datasette).event(tilde_decode(request.url_vars["id"])), status=301)


def _context(found: dict[str, list[Row]], address: str) -> dict[str, Any]:
    evidence = [_linked(quote) for quote in found["evidence"][:QUOTES]]
    return found | {
        "event": found["event"][0],
        "timeline": [_linked(step) for step in found["timeline"]],
        "tellings": tellings(evidence),
        "said": said_of(evidence),
        "more": len(found["evidence"]) > QUOTES,
        "lead": next((quote for quote in evidence if quote["field"] == "event"), None),
        "address": address,
        "bibtex": bibtex(found["event"][0], address),
    }


def _linked(quote: Row) -> Row:
    return quote | {"link": web_address(quote["url"])}
