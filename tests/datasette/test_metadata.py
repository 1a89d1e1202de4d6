"""Laws over the site's configuration: nothing undescribed, nothing slow by design, nothing cut in silence."""

from __future__ import annotations

import importlib.util
import re
import sqlite3
from collections.abc import Iterator

import pytest

from data.events_schema import TABLES, ddl
from tests.datasette.config import CONFIG, METADATA, SETTINGS


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    for statement in ddl():
        connection.execute(statement)
    yield connection
    connection.close()


def test_tables_are_those_of_the_schema() -> None:
    assert METADATA["tables"].keys() == TABLES.keys()


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_described_in_the_words_of_the_schema(table: str) -> None:
    described = METADATA["tables"][table]
    assert described["title"] and described["description"] == TABLES[table].about
    assert described["columns"] == {name: column.about for name, column in TABLES[table].columns.items()}
    assert list(described["columns"]) == list(TABLES[table].columns)


@pytest.mark.parametrize("table", TABLES)
def test_facets_and_orders_have_an_index(connection: sqlite3.Connection, table: str) -> None:
    facts = METADATA["tables"][table]
    used = {*facts.get("facets", []), *facts.get("facets_offered", []), *facts["sortable_columns"]}
    used |= {facts[key] for key in ("sort", "sort_desc") if key in facts}
    firsts = "SELECT i.name FROM pragma_index_list(?) AS l, pragma_index_info(l.name) AS i WHERE i.seqno = 0"
    keys = "SELECT name FROM pragma_table_info(?) WHERE pk = 1"
    indexed = {name for sql in (firsts, keys) for (name,) in connection.execute(sql, [table])}
    assert used <= indexed


@pytest.mark.parametrize("query", METADATA["queries"])
def test_no_question_is_cut_in_silence(query: str) -> None:
    sql = METADATA["queries"][query]["sql"]
    limit = re.search(r"LIMIT (\d+)$", sql.strip())
    assert limit and int(limit[1]) <= SETTINGS["max_returned_rows"]
    assert "count(*)" in sql and "AS of_all" in sql


@pytest.mark.parametrize("query", METADATA["queries"])
def test_every_question_is_on_the_front_page(query: str) -> None:
    assert f"urls.query('events', '{query}')" in (CONFIG / "templates" / "site" / "front.html").read_text("utf-8")


def test_connections_refuse_huge_values(connection: sqlite3.Connection) -> None:
    spec = importlib.util.spec_from_file_location("guard", CONFIG / "plugins" / "guard.py")
    assert spec and spec.loader
    guard = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(guard)
    guard.prepare_connection(connection)
    for sql in ["SELECT hex(zeroblob(300000000))", f"SELECT 'a' LIKE '{'%' * 500}'"]:
        with pytest.raises((sqlite3.DataError, sqlite3.OperationalError), match=r"too big|too complex"):
            connection.execute(sql).fetchall()
