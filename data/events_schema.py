"""The public tables as typed data, read from events_schema.yaml: for the database, the documentation and the pages.

The public database is derived, so it has no migrations: where the schema changed it is filled anew, within the
one transaction of a refresh.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import yaml

APPLICATION_ID = 0x53504C45  # "SPLE"
SEARCH = "events_fts"
"""Full text of events, by rowid of `events`. Quotes and titles are no columns of `events`, so it keeps its own copy."""
_SEARCH_SQL = f"""CREATE VIRTUAL TABLE {SEARCH} USING fts5 (
    summary, quotes, titles, tokenize = 'porter unicode61 remove_diacritics 2')"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: SQLite type, what it means, and the table whose id it holds, if any."""

    type: str
    about: str
    references: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what it holds, the columns of its primary key, its columns, and the indexes by their columns."""

    about: str
    key: list[str]
    columns: dict[str, Column]
    indexes: list[list[str]]


def _load() -> dict[str, Table]:
    tables = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return {
        name: Table(
            table["about"],
            table["key"],
            {column: Column(*facts) for column, facts in table["columns"].items()},
            table.get("indexes", []),
        )
        for name, table in tables.items()
    }


TABLES = _load()


def ddl() -> Iterator[str]:
    """The statements that make the public database."""
    for name, table in TABLES.items():
        columns = [_column(column, facts, column in table.key) for column, facts in table.columns.items()]
        yield f'CREATE TABLE "{name}" ({", ".join(columns)}, PRIMARY KEY ({quoted(table.key)}))'
        for index in table.indexes:
            yield f'CREATE INDEX "{"_".join([name, *index])}" ON "{name}" ({quoted(index)})'
    yield _SEARCH_SQL


def quoted(columns: list[str]) -> str:
    """Column names as SQL wants them, some being keywords."""
    return ", ".join(f'"{column}"' for column in columns)


def version() -> int:
    """A number that is another one where the schema is another: positive, of 31 bits."""
    return crc32("\n".join(ddl()).encode()) & 0x7FFFFFFF


def _column(name: str, facts: Column, required: bool) -> str:
    target = f' REFERENCES "{facts.references}" ("id")' if facts.references else ""
    return f'"{name}" {facts.type}{" NOT NULL" if required else ""}{target}'
