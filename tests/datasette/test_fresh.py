"""Answers are kept until the next refresh, and not a moment longer."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.datasette.database import new_database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "events.db"
    with new_database(path) as connection:
        refresh(connection, 1)
    return path


def refresh(connection: sqlite3.Connection, number: int) -> None:
    """What a refresh leaves: an event more, and a mark."""
    connection.execute("INSERT INTO events (id, platform_id, date) VALUES (?, 'x', '2025-01-01')", [f"e{number}"])
    run = [number, "2025-01-02T00:00:00Z", f"mark{number}"]
    connection.execute("INSERT INTO runs (id, finished, events, documents, state) VALUES (?, ?, 1, 1, ?)", run)


def test_who_has_it_already_is_told_so(asking: Any, path: Path) -> None:
    [first] = asking(path, {"url": "/find"})
    tag = first.headers["etag"]
    [again, other] = asking(path, {"url": "/find", "headers": {"If-None-Match": tag}}, {"url": "/find?country=RU"})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (other.status_code, other.headers["etag"] != tag) == (200, True)


def test_a_refresh_is_seen_at_once(asking: Any, path: Path) -> None:
    def more() -> None:
        with sqlite3.connect(path) as connection:
            refresh(connection, 2)

    [first, second, third] = asking(path, {"url": "/find"}, {"url": "/find"}, {"url": "/find"}, between=more)
    assert first.content == second.content and b"/event/e2" not in second.content
    assert b"/event/e2" in third.content and third.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(("url", "status"), [("/event/none", 404), ("/find?from=soon", 400)])
def test_what_is_wrong_is_not_kept(asking: Any, path: Path, url: str, status: int) -> None:
    [answer] = asking(path, {"url": url})
    assert (answer.status_code, answer.headers["cache-control"]) == (status, "no-store")
    assert "etag" not in answer.headers


def test_what_is_long_comes_whole(asking: Any, path: Path) -> None:
    with sqlite3.connect(path) as connection:
        rows = ([f"m{number}", "y" * 900] for number in range(2000))
        connection.executemany("INSERT INTO events (id, summary) VALUES (?, ?)", rows)
    [answer] = asking(path, {"url": "/events/events.csv?_stream=on"})
    assert len(answer.text.splitlines()) == 2002
