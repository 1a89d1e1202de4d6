"""The sources: what is watched, how each does, and what it told."""

from __future__ import annotations

from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import Response

from data.addresses import web_address
from datasette_config.site.answers import html
from datasette_config.site.reading import Row, ask, rows

DOCUMENTS = 50
ALL = """
SELECT s.*, c.name AS country_name, h.outcome, h.failure, h.since, h.last_success, h.last_new,
       (SELECT count(*) FROM documents d WHERE d.source_id = s.id) AS documents
FROM sources s LEFT JOIN source_health h ON h.source_id = s.id LEFT JOIN countries c ON c.id = s.country
ORDER BY h.source_id IS NULL, documents DESC, s.id"""
SOURCE = """
SELECT s.*, c.name AS country_name FROM sources s LEFT JOIN countries c ON c.id = s.country WHERE s.id = :id"""
HEALTH = "SELECT * FROM source_health WHERE source_id = :id"
TOLD = f"""
SELECT d.id, d.url, d.title, d.lang, d.published, d.fetched, e.id AS event_id, e.summary
FROM (SELECT * FROM documents WHERE source_id = :id ORDER BY published DESC, id LIMIT {DOCUMENTS}) d
LEFT JOIN (SELECT DISTINCT document_id, event_id FROM evidence) v ON v.document_id = d.id
LEFT JOIN events e ON e.id = v.event_id ORDER BY d.published DESC, d.id, e.date"""
COUNT = "SELECT count(*) AS documents FROM documents WHERE source_id = :id"


async def all_of_them(datasette: Any, request: Any) -> Response:
    """/sources: those that are crawled first, with their health."""
    return await html(datasette, request, "sources", {"sources": await rows(datasette, ALL)})


async def page(datasette: Any, request: Any) -> Response:
    """/source/<id>: its facts and health, and its latest documents with the events that they tell."""
    named = {"id": tilde_decode(request.url_vars["id"])}
    questions = {"source": SOURCE, "health": HEALTH, "told": TOLD, "count": COUNT}
    found = await ask(datasette, {name: (sql, named) for name, sql in questions.items()})
    if not found["source"]:
        raise LookupError(f"There is no source {named['id']}.")
    source: Row = found["source"][0]
    documents: dict[str, Row] = {}
    for row in found["told"]:
        document = documents.setdefault(row["id"], row | {"link": web_address(row["url"]), "events": []})
        document["events"] += [row] if row["event_id"] else []
    context = {
        "source": source | {"link": web_address(source["url"])},
        "health": found["health"][0] if found["health"] else None,
        "documents": list(documents.values()),
        "count": found["count"][0]["documents"],
    }
    return await html(datasette, request, "source", context)
