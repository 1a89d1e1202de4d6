"""A public database in which all that others write is hostile: markup, addresses that run, turned text, huge text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.datasette.database import new_database

MARK = "window.ran=1"
TEXTS = {
    "script": f"<script>{MARK}</script>",
    "image": f"\"'><img src=x onerror={MARK}>",
    "closing": f"</title></textarea></svg><script>{MARK}</script>",
    "scheme": f"javascript:{MARK}",
    "data": f"data:text/html,<script>{MARK}</script>",
    "override": "safe‮gnp.exe‬⁦ and on",
    "nul": f"be\0fore<script>{MARK}</script>\x07\x1b[31m￾",
    "template": "{{ 7 * 7 }}{% for x in range(9) %}",
    "long": "A" * 20_000 + f"<script>{MARK}</script>",
}
NAMED = {"events": "summary", "documents": "title", "platforms": "name", "authorities": "name", "sources": "name"}
OTHERS = {
    "documents": ["url", "lang"],
    "platforms": ["owner", "category"],
    "authorities": ["type"],
    "changes": ["old", "new", "why"],
    "sources": ["url", "kind", "languages"],
    "evidence": ["quote", "value"],
    "conflicts": ["value", "why"],
    "corrections": ["old", "value", "why", "by"],
}
"""Columns that hold what others wrote, beside names."""


def rows(key: str, text: str) -> dict[str, dict[str, Any]]:
    """A row of each table, hostile where others write, for the event of this key."""
    keys: dict[str, dict[str, Any]] = {
        "events": {"id": key, "platform_id": key, "authority_id": key, "country": "RU", "action": "block",
                   "status": "confirmed", "date": "2099-05-01", "date_precision": "day", "sources": 1},
        "documents": {"id": key, "source_id": key, "published": "2026-05-01"},
        "platforms": {"id": key}, "authorities": {"id": key, "country": "RU"}, "sources": {"id": key},
        "changes": {"event_id": key, "field": "summary", "changed": "2026-06-01T00:00:00Z"},
        "conflicts": {"event_id": key, "field": "status"},
        "corrections": {"event_id": key, "kind": "correct", "field": "summary", "when": "2026-05-01"},
        "evidence": {"event_id": key, "document_id": key, "field": "event", "start": 0, "end": 4},
    }  # fmt: skip
    named = {table: {column: text} for table, column in NAMED.items()}
    return {table: named.get(table, {}) | dict.fromkeys(OTHERS.get(table, []), text) | keys[table] for table in keys}


def write_hostile(path: Path) -> None:
    """A database in which every event, document and name is hostile."""
    with new_database(path) as db:
        db.execute("INSERT INTO countries (id, name) VALUES ('RU', 'Russia')")
        for key, text in TEXTS.items():
            for table, row in rows(key, text).items():
                marks = ", ".join("?" * len(row))
                columns = ", ".join(f'"{name}"' for name in row)
                db.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", [*row.values()])
        db.execute(
            "INSERT INTO runs (id, finished, events, documents, state) VALUES (1, '2026-06-01T00:00:00Z', 9, 9, 's')"
        )
