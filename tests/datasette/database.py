"""Public databases by hand, for tests that need rows that no document would give."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from data.events_schema import APPLICATION_ID, ddl
from data.events_sums import SUMS


@contextmanager
def new_database(path: Path) -> Iterator[sqlite3.Connection]:
    """A public database without rows; when the context ends, its sums are those of the events that it has then."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            f"PRAGMA journal_mode = WAL; PRAGMA application_id = {APPLICATION_ID}; {';'.join(ddl())}"
        )
        yield connection
        for name, each in SUMS.items():
            connection.execute(f"INSERT INTO {name} {each.of('events')}")
        connection.commit()
