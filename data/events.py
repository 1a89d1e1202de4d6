"""The public database: derived, never written to but by a refresh, which is one transaction.

A refresh brings the events that may differ and writes only what does, so that readers keep their caches and an
unchanged day costs nothing. In WAL mode
a running Datasette shows the state before it or after it; killed half-way it leaves the state before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from data.events_rows import Edition, Row, rows
from data.events_schema import APPLICATION_ID, SEARCH, TABLES, ddl, quoted, version
from data.events_sums import SUMS, add_up
from data.store import open_store, transaction

_OF_TOUCHED = "event_id IN (SELECT id FROM touched)"
SCOPES = {"events": "id IN (SELECT id FROM touched)"}
SCOPES |= dict.fromkeys(("evidence", "conflicts", "links", "timeline"), _OF_TOUCHED)
"""Which rows an edition speaks for; of other tables, for those to which nothing refers any more."""
LOGS = {"changes", "runs"}
"""Tables that only grow."""


class Published(NamedTuple):
    """A state of the public database: the mark that its last refresh left, the number of its last change."""

    state: str | None
    changes: int


def published(path: Path) -> Published | None:
    """The state that the public database at `path` is in; None where there is none of this version."""
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            if db.execute("PRAGMA user_version").fetchone()[0] != version():
                return None
            last = db.execute("SELECT state FROM runs ORDER BY id DESC LIMIT 1").fetchone() or (None,)
            return Published(last[0], db.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()[0])
    except sqlite3.Error:  # whatever is wrong with it, opening it for writing tells better
        return None


def publish(path: Path, edition: Edition) -> None:
    """Bring the public database at `path` to this state. StoreError where the file is something else."""
    wanted = rows(edition)
    with closing(open_store(path, application_id=APPLICATION_ID, kind="a public database of Splinterlog")) as db:
        with transaction(db):
            db.execute("PRAGMA defer_foreign_keys = ON")
            _make(db)
            _touch(db, edition)
            for name in [each for each in TABLES if each not in SUMS]:  # each after those that it refers to
                _bring(db, name, wanted[name])
                if name in SCOPES:
                    _clear(db, name, SCOPES[name])
            for name in reversed([each for each in TABLES if each not in SUMS and each not in SCOPES]):
                _clear(db, name, _unused(name, edition))
            db.execute(f"INSERT INTO moved SELECT 1, * FROM events WHERE {SCOPES['events']}")
            add_up(db, "moved")
            _bring_search(db)
            for name in ("touched", "told", "moved"):
                db.execute(f"DROP TABLE {name}")
        db.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _touch(db: Database, edition: Edition) -> None:
    """Note which events may differ, with their rows before, and which documents told them."""
    db.execute("CREATE TEMP TABLE touched (id TEXT PRIMARY KEY, row INTEGER)")
    ids = edition.touched if edition.touched is not None else [each.id for each in edition.events]
    db.conn.executemany("INSERT INTO touched (id) VALUES (?)", ([each] for each in ids))
    if edition.touched is None:
        db.execute("INSERT OR IGNORE INTO touched (id) SELECT id FROM events")
    db.execute("UPDATE touched SET row = (SELECT rowid FROM events WHERE id = touched.id)")
    db.execute(f"CREATE TEMP TABLE moved AS SELECT -1 AS sign, * FROM events WHERE {SCOPES['events']}")
    db.execute("""CREATE TEMP TABLE told AS SELECT DISTINCT document_id AS id FROM evidence
        WHERE event_id IN (SELECT id FROM touched)""")


def _make(db: Database) -> None:
    """Make the tables, in place of those of another version."""
    if db.execute("PRAGMA user_version").fetchone()[0] == version():
        return
    for name in _tables(db):
        db.execute(f'DROP TABLE "{name}"')
    for statement in ddl():
        db.execute(statement)
    db.execute(f"PRAGMA user_version = {version()}")


def _tables(db: Database) -> list[str]:
    """The tables there are: virtual ones, which own others, first; then the latest made, which refer to others."""
    return [
        row[0]
        for row in db.execute("""
            SELECT l.name FROM pragma_table_list AS l JOIN sqlite_master AS m USING (name)
            WHERE l.schema = 'main' AND l.type IN ('virtual', 'table') AND l.name NOT LIKE 'sqlite%'
            ORDER BY l.type = 'virtual' DESC, m.rowid DESC""")
    ]


def _bring(db: Database, name: str, wanted: Iterable[Row]) -> None:
    """Make a table hold these rows, touching none that is right already; they stay in `wanted_` and its name."""
    table = TABLES[name]
    columns, key = list(table.columns), quoted(table.key)
    others = [column for column in columns if column not in table.key]
    updates = ", ".join(f'"{column}" = excluded."{column}"' for column in others)
    differs = " OR ".join(f'"{name}"."{column}" IS NOT excluded."{column}"' for column in others)
    db.execute(f"CREATE TEMP TABLE wanted_{name} ({quoted(columns)}, PRIMARY KEY ({key}))")
    marks = ", ".join("?" * len(columns))
    values = ([row.get(column) for column in columns] for row in wanted)
    db.conn.executemany(f"INSERT OR REPLACE INTO wanted_{name} VALUES ({marks})", values)
    db.execute(f"""INSERT INTO "{name}" ({quoted(columns)}) SELECT * FROM wanted_{name} WHERE true ORDER BY rowid
        ON CONFLICT ({key}) DO UPDATE SET {updates} WHERE {differs}""")


def _clear(db: Database, name: str, scope: str) -> None:
    """Take the rows out of a table that are in scope and not wanted."""
    key = quoted(TABLES[name].key)
    db.execute(f'DELETE FROM "{name}" WHERE {scope} AND ({key}) NOT IN (SELECT {key} FROM wanted_{name})')
    db.execute(f"DROP TABLE wanted_{name}")


def _unused(name: str, edition: Edition) -> str:
    """The condition of rows to which no table refers; an edition of some events has but the end of the logs."""
    if name in LOGS:
        return "true" if edition.touched is None else "false"
    columns = [(other, column) for other, table in TABLES.items() for column, facts in table.columns.items()
               if facts.references == name]  # fmt: skip
    free = [f'NOT EXISTS (SELECT 1 FROM "{other}" WHERE "{column}" = "{name}".id)' for other, column in columns]
    return " AND ".join([*(["id IN (SELECT id FROM told)"] if name == "documents" else []), *free]) or "true"


def _bring_search(db: Database) -> None:
    """Full text by the rowid of its event, again only where it differs."""
    db.execute("""CREATE TEMP TABLE wanted AS SELECT rowid AS id, summary,
        (SELECT group_concat(quote, char(10)) FROM
            (SELECT DISTINCT quote FROM evidence WHERE event_id = events.id ORDER BY quote)) AS quotes,
        (SELECT group_concat(title, char(10)) FROM
            (SELECT DISTINCT title FROM documents JOIN evidence AS e ON e.document_id = documents.id
             WHERE e.event_id = events.id ORDER BY title)) AS titles
        FROM events WHERE id IN (SELECT id FROM touched)""")
    db.execute(f"""DELETE FROM {SEARCH} WHERE rowid IN (SELECT row FROM touched WHERE row IS NOT NULL)
        AND rowid NOT IN (SELECT id FROM wanted)""")
    db.execute(f"""INSERT OR REPLACE INTO {SEARCH} (rowid, summary, quotes, titles)
        SELECT w.* FROM wanted AS w LEFT JOIN {SEARCH} AS f ON f.rowid = w.id
        WHERE (f.summary, f.quotes, f.titles) IS NOT (w.summary, w.quotes, w.titles)""")
    db.execute("DROP TABLE wanted")
