"""How long the named questions take over a million made-up events: python bench/questions.py [--events 1000000]

Asks each of datasette_config/metadata.yaml without its parameters, which is the dearest way, on a connection as
Datasette has it. Prints milliseconds (of the second time, since the first one reads the file) and rows; Datasette lets
a question run for a second (sql_time_limit_ms).
"""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import closing

import yaml

from bench.site import filled, options
from data.serving import CONFIG
from datasette_config.plugins.guard import prepare_connection


def main() -> None:
    given = options(__doc__, 0).parse_args()
    questions = yaml.safe_load((CONFIG / "metadata.yaml").read_text("utf-8"))["databases"]["events"]["queries"]
    with filled(given) as path, closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        prepare_connection(db)
        for name, asked in questions.items():
            _, (milliseconds, rows) = (answer(db, asked["sql"]) for _ in range(2))
            print(f"{name:32} {milliseconds:6.0f} {rows:6}", flush=True)


def answer(db: sqlite3.Connection, sql: str) -> tuple[float, int]:
    """How many milliseconds a question takes without its parameters, and how many rows it has."""
    without = dict.fromkeys(re.findall(r":(\w+)", sql), "")
    start = time.perf_counter()
    rows = db.execute(sql, without).fetchall()
    return 1000 * (time.perf_counter() - start), len(rows)


if __name__ == "__main__":
    main()
