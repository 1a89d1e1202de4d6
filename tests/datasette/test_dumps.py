"""Dumps are whole, the same for the same state, and a copy that follows the changes is the record."""

from __future__ import annotations

import csv
import gzip
import json
import sqlite3
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from datasette_config import dumps
from datasette_config.dumps import dump
from datasette_config.site.api.shapes import SHAPES
from tests.datasette.database import new_database


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "events.db"
    with new_database(path) as connection:
        rows = [(f"e{n}", "x", f"2025-01-{n + 1:02}", "=1+1") for n in range(20)]
        connection.executemany("INSERT INTO events (id, platform_id, date, summary) VALUES (?, ?, ?, ?)", rows)
        connection.execute("INSERT INTO changes (id, event_id, changed, field) VALUES (1, 'e1', '2025-02-01', 'event')")
        connection.execute("INSERT INTO runs (id, finished, state) VALUES (1, '2025-02-01T02:00:00Z', 's1')")
    return path


def refresh(path: Path, day: int) -> None:
    """A night in which one event changes, one comes and one goes into another."""
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE events SET status = 'confirmed' WHERE id = 'e2'")
        connection.execute("INSERT OR IGNORE INTO events (id, date) VALUES ('new', '2025-02-01')")
        connection.execute("DELETE FROM events WHERE id = 'e3'")
        connection.execute("INSERT OR IGNORE INTO redirects VALUES ('e3', 'e4')")
        for event in ("e2", "new", "e3", "e2"):
            connection.execute("INSERT INTO changes (event_id, changed, field) VALUES (?, 'now', 'status')", [event])
        run = (day, f"2025-02-{day:02}T02:00:00Z", f"s{day}")
        connection.execute("INSERT INTO runs (id, finished, state) VALUES (?, ?, ?)", run)


def lines(file: Path) -> list[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as text:
        return [json.loads(line) for line in text]


def test_a_dump_is_whole_and_says_what_it_is(events: Path, tmp_path: Path) -> None:
    index = dump(events, tmp_path / "dumps", "https://site.test")
    told = lines(tmp_path / "dumps" / "events-2025-02-01.ndjson.gz")
    assert len(told) == 20 and all(list(event) == list(SHAPES["event"]) for event in told)
    assert told[0]["url"] == "https://site.test/event/e19"
    with gzip.open(tmp_path / "dumps" / "events-2025-02-01.csv.gz", "rt", encoding="utf-8") as text:
        table = list(csv.DictReader(text))
    assert [row["id"] for row in table] == [event["id"] for event in told] and table[0]["summary"] == "'=1+1"
    for file in index["files"]:
        raw = (tmp_path / "dumps" / file["name"]).read_bytes()
        assert (len(raw), sha256(raw).hexdigest()) == (file["bytes"], file["sha256"])


def test_who_follows_the_changes_has_the_record(events: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dumps"
    dump(events, folder)
    copy = {event["id"]: event for event in lines(folder / "events-2025-02-01.ndjson.gz")}
    for day in (2, 3):
        refresh(events, day)
        dump(events, folder)
        for changed in lines(folder / f"changed-2025-02-{day:02}.ndjson.gz"):
            if changed["event"]:
                copy[changed["id"]] = changed["event"]
            else:
                assert (changed["id"], changed["into"]) == ("e3", "e4")
                copy.pop(changed["id"], None)
        whole = lines(folder / f"events-2025-02-{day:02}.ndjson.gz")
        assert copy == {event["id"]: event for event in whole}


def test_the_same_state_is_dumped_once(events: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dumps"
    first = dump(events, folder)
    before = {file: file.stat().st_mtime_ns for file in folder.iterdir()}
    assert dump(events, folder) == first
    assert {file: file.stat().st_mtime_ns for file in folder.iterdir()} == before


def test_old_dumps_go(events: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dumps, "KEPT", 2)
    for day in (2, 3, 4):
        refresh(events, day)
        index = dump(events, tmp_path / "dumps")
    assert {file["day"] for file in index["files"]} == {"2025-02-03", "2025-02-04"}


def test_the_index_of_the_api_tells_of_them(events: Path, asking: Any) -> None:
    dump(events, events.parent / "dumps")
    [answer] = asking(events, {"url": "/api/index.json"})
    told = {file["name"]: file["url"] for file in answer.json()["dumps"]}
    assert told["events-2025-02-01.csv.gz"] == "http://site.test/dumps/events-2025-02-01.csv.gz"
