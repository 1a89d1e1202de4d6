"""The public database: derived, never written to but by a refresh, which is one transaction.

A refresh writes only what differs, so that readers keep their caches and an unchanged day costs nothing. In WAL mode
a running Datasette shows the state before it or after it; killed half-way it leaves the state before.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from data.events_rows import Edition, Row, rows
from data.events_schema import APPLICATION_ID, SEARCH, TABLES, ddl, quoted, version
from data.store import open_store, transaction

_STATUSES = ", ".join(f"sum(status = '{each}') AS {each}" for each in ("threatened", "reported", "confirmed", "denied"))
SUMS = {
    "by_month": f"""
        SELECT substr(date, 1, 7) AS month, action, count(*) AS events, {_STATUSES} FROM events
        WHERE date_precision IN ('day', 'month') GROUP BY 1, 2""",
    "by_country_action": f"""
        SELECT country, action, count(*) AS events, {_STATUSES}, max(date) AS latest FROM events
        WHERE country IS NOT NULL GROUP BY 1, 2""",
    "by_platform_action": f"""
        SELECT platform_id, action, count(*) AS events, {_STATUSES}, max(date) AS latest FROM events GROUP BY 1, 2""",
}
"""Sums for pages and charts, by the table that keeps them."""


def publish(path: Path, edition: Edition) -> None:
    """Bring the public database at `path` to this state. StoreError where the file is something else."""
    wanted = rows(edition)
    with closing(open_store(path, application_id=APPLICATION_ID, kind="a public database of Splinterlog")) as db:
        with transaction(db):
            db.execute("PRAGMA defer_foreign_keys = ON")
            _make(db)
            for name in TABLES:
                _bring(db, name, db.query(SUMS[name]) if name in SUMS else wanted[name])
            _bring_search(db)
        db.execute("PRAGMA wal_checkpoint(PASSIVE)")


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
    """Make a table hold these rows and no others, touching none that is right already."""
    table = TABLES[name]
    columns, key = list(table.columns), quoted(table.key)
    others = [column for column in columns if column not in table.key]
    updates = ", ".join(f'"{column}" = excluded."{column}"' for column in others)
    differs = " OR ".join(f'"{name}"."{column}" IS NOT excluded."{column}"' for column in others)
    db.execute(f"CREATE TEMP TABLE wanted ({quoted(columns)}, PRIMARY KEY ({key}))")
    marks = ", ".join("?" * len(columns))
    values = ([row.get(column) for column in columns] for row in wanted)
    db.conn.executemany(f"INSERT OR REPLACE INTO wanted VALUES ({marks})", values)
    db.execute(f'DELETE FROM "{name}" WHERE ({key}) NOT IN (SELECT {key} FROM wanted)')
    db.execute(f"""INSERT INTO "{name}" ({quoted(columns)}) SELECT * FROM wanted WHERE true ORDER BY rowid
        ON CONFLICT ({key}) DO UPDATE SET {updates} WHERE {differs}""")
    db.execute("DROP TABLE wanted")


def _bring_search(db: Database) -> None:
    """Full text by the rowid of its event, again only where it differs."""
    db.execute("""CREATE TEMP TABLE wanted AS SELECT rowid AS id, summary,
        (SELECT group_concat(quote, char(10)) FROM
            (SELECT DISTINCT quote FROM evidence WHERE event_id = events.id ORDER BY quote)) AS quotes,
        (SELECT group_concat(title, char(10)) FROM
            (SELECT DISTINCT title FROM documents JOIN evidence AS e ON e.document_id = documents.id
             WHERE e.event_id = events.id ORDER BY title)) AS titles FROM events""")
    db.execute(f"DELETE FROM {SEARCH} WHERE rowid NOT IN (SELECT id FROM wanted)")
    db.execute(f"""INSERT OR REPLACE INTO {SEARCH} (rowid, summary, quotes, titles)
        SELECT w.* FROM wanted AS w LEFT JOIN {SEARCH} AS f ON f.rowid = w.id
        WHERE (f.summary, f.quotes, f.titles) IS NOT (w.summary, w.quotes, w.titles)""")
    db.execute("DROP TABLE wanted")
