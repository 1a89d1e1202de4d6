"""SQL on events.db for a page: all its questions in one go, on one connection, of one state of the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from datasette.utils import sqlite_timelimit

DATABASE = "events"
LAST_RUN = "SELECT * FROM runs ORDER BY id DESC LIMIT 1"
Row = dict[str, Any]
Question = tuple[str, Mapping[str, Any]]


async def ask(datasette: Any, questions: Mapping[str, Question]) -> dict[str, list[Row]]:
    """The rows of every question, by its name.

    A refresh that commits meanwhile is seen by all of them or by none. sqlite3.OperationalError ("interrupted") where
    one takes longer than Datasette's setting sql_time_limit_ms.
    """
    limit = datasette.setting("sql_time_limit_ms")

    def read(connection: sqlite3.Connection) -> dict[str, list[Row]]:
        with sqlite_timelimit(connection, limit):
            connection.execute("BEGIN")
            try:
                return {name: _rows(connection, *question) for name, question in questions.items()}
            finally:
                connection.execute("ROLLBACK")

    answers: dict[str, list[Row]] = await datasette.get_database(DATABASE).execute_fn(read)
    return answers


async def rows(datasette: Any, sql: str, params: Mapping[str, Any] | None = None) -> list[Row]:
    """The rows of one question."""
    return (await ask(datasette, {"rows": (sql, params or {})}))["rows"]


def _rows(connection: sqlite3.Connection, sql: str, params: Mapping[str, Any]) -> list[Row]:
    cursor = connection.execute(sql, params)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
