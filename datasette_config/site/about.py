"""What the record is and how far to trust it: the page on method, and the data dictionary."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from datasette_config.site.answers import html
from datasette_config.site.reading import DATABASE, LAST_RUN, ask

SCORES = Path(__file__).parents[2] / "nlp" / "judge.json"
"""The judge's figures on documents that it had not seen; where the site is served without them, none are told."""
WORDS = ("actions", "statuses", "phases", "grounds", "scopes")
TERMS = {name: f"SELECT id, name, description FROM {name} ORDER BY rowid" for name in WORDS}
COLUMNS = """SELECT m.name AS name, c.name AS column_name, c.type FROM sqlite_master m, pragma_table_info(m.name) c
WHERE m.type = 'table' ORDER BY m.rowid, c.cid"""


async def method(datasette: Any, request: Any) -> Response:
    """/about: what counts, how it is found, how well, what is missing, and how to report a mistake."""
    found = await ask(datasette, {name: (sql, {}) for name, sql in (TERMS | {"runs": LAST_RUN}).items()})
    return await html(datasette, request, "about", found | {"scores": _scores()})


async def dictionary(datasette: Any, request: Any) -> Response:
    """/dictionary: every public table and column, with its type and meaning."""
    described = datasette.metadata("tables", database=DATABASE) or {}
    found = await ask(datasette, {"columns": (COLUMNS, {}), **{name: (sql, {}) for name, sql in TERMS.items()}})
    tables: dict[str, Any] = {name: facts | {"name": name, "rows": []} for name, facts in described.items()}
    for row in found["columns"]:
        if row["name"] in tables:
            means = tables[row["name"]].get("columns", {}).get(row["column_name"], "")
            tables[row["name"]]["rows"].append(row | {"means": means})
    terms = {name: found[name] for name in TERMS}
    return await html(datasette, request, "dictionary", {"tables": list(tables.values()), "terms": terms})


def _scores() -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(SCORES.read_text("utf-8"))["cross-validated"]["dev"]["judge, shut"]
    except (OSError, ValueError, KeyError):
        return {}
    return told
