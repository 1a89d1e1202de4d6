"""SQL on events.db for a page: all its questions in one go, on one connection, of one state of the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter
from typing import Any

DATABASE = "events"
LAST_RUN = "SELECT * FROM runs ORDER BY id DESC LIMIT 1"
STEPS = 100_000
"""After how many steps of SQLite's machine, some milliseconds, the clock is looked at."""
Row = dict[str, Any]
Question = tuple[str, Mapping[str, Any]]


async def ask(datasette: Any, questions: Mapping[str, Question]) -> dict[str, list[Row]]:
    """The rows of every question, by its name.

    A refresh that commits meanwhile is seen by all of them or by none. sqlite3.OperationalError ("interrupted") where
    one takes longer than Datasette's setting sql_time_limit_ms.
    """
    limit = datasette.setting("sql_time_limit_ms")

    def read(connection: sqlite3.Connection) -> dict[str, list[Row]]:
        with _limited(connection, limit), _one_state(connection):
            return {name: _rows(connection, *question) for name, question in questions.items()}

    answers: dict[str, list[Row]] = await datasette.get_database(DATABASE).execute_fn(read)
    return answers


async def rows(datasette: Any, sql: str, params: Mapping[str, Any] | None = None) -> list[Row]:
    """The rows of one question."""
    return (await ask(datasette, {"rows": (sql, params or {})}))["rows"]


@contextmanager
def _limited(connection: sqlite3.Connection, milliseconds: int) -> Iterator[None]:
    """Interrupt what runs longer. Datasette looks a hundred times as often, and each look waits for its turn among all
    that Python does just then, which under load takes longer than the question itself."""
    deadline = perf_counter() + milliseconds / 1000
    connection.set_progress_handler(lambda: perf_counter() > deadline, STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, STEPS)


@contextmanager
def _one_state(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def _rows(connection: sqlite3.Connection, sql: str, params: Mapping[str, Any]) -> list[Row]:
    cursor = connection.execute(sql, params)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
