"""The API: whole by its pages, in the shapes that are promised, and plain about what it cannot answer."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from datasette_config.site.api import exports
from datasette_config.site.api.index import SUMMARIES
from datasette_config.site.api.shapes import SHAPES
from tests.datasette.database import new_database

EVENTS = [(f"e{number}", "tiktok", "RU", "fine", "confirmed", f"2025-0{1 + number % 9}") for number in range(25)]
CHANGES = [(number, f"e{number % 25}", f"2025-01-{1 + number:02}T00:00:00Z", "status") for number in range(1, 29)]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("api") / "events.db"
    with new_database(path) as connection:
        into = "INSERT INTO {} VALUES ({})"
        connection.executemany(
            into.format("events (id, platform_id, country, action, status, date)", "?, ?, ?, ?, ?, ?"), EVENTS
        )
        connection.executemany(into.format("changes (id, event_id, changed, field)", "?, ?, ?, ?"), CHANGES)
        connection.execute(into.format("platforms (id, name)", "'tiktok', 'TikTok'"))
        connection.execute(into.format("documents (id, title, url)", "'d', 'T', 'https://news.test/1'"))
        said = 'evidence (event_id, document_id, field, quote, start, "end")'
        connection.execute(into.format(said, "'e1', 'd', 'event', 'said so', 0, 4"))
        connection.execute(into.format("redirects", "'old', 'e1'"))
    return path


def pages(asking: Any, path: Path, url: str, name: str) -> list[dict[str, Any]]:
    """All that an address and those that it gives as next hold."""
    found: list[dict[str, Any]] = []
    while url:
        [answer] = asking(path, {"url": url})
        assert answer.status_code == 200 and answer.headers["access-control-allow-origin"] == "*"
        found += answer.json()[name]
        following = urlsplit(answer.json()["next"] or "")
        url = following.path and f"{following.path}?{following.query}"
    return found


@pytest.mark.parametrize("query", ["", "size=7", "size=1&country=RU", "size=25", "from=2025-03&to=2025-05&size=2"])
def test_pages_of_events_are_whole(asking: Any, path: Path, query: str) -> None:
    found = pages(asking, path, f"/api/events.json?{query}", "events")
    wanted = [event for event in EVENTS if "from" not in query or "2025-03" <= event[5] <= "2025-05"]
    assert [event["id"] for event in found] == [e[0] for e in sorted(wanted, key=lambda e: (e[5], e[0]), reverse=True)]
    assert all(list(event) == list(SHAPES["event"]) for event in found)
    assert found[0]["platform"] == "TikTok" and found[0]["url"] == f"http://site.test/event/{found[0]['id']}"


@pytest.mark.parametrize(
    ("query", "first"), [("", 1), ("size=5", 1), ("since=2025-01-10T00:00:00Z", 10), ("after=20", 21)]
)
def test_changes_are_whole_and_in_order(asking: Any, path: Path, query: str, first: int) -> None:
    found = pages(asking, path, f"/api/changes.json?{query}", "changes")
    assert [change["id"] for change in found] == list(range(first, 29))
    assert list(found[0]) == list(SHAPES["change"])


def test_an_event_comes_with_all_that_it_rests_on(asking: Any, path: Path) -> None:
    [answer] = asking(path, {"url": "/api/events/e1.json"})
    told = answer.json()
    assert told["event"]["id"] == "e1" and told["former_ids"] == ["old"]
    assert [(said["quote"], said["document_id"]) for said in told["evidence"]] == [("said so", "d")]
    assert told["documents"][0]["url"] == "https://news.test/1"
    assert [change["id"] for change in told["changes"]] == [1, 26]
    [moved] = asking(path, {"url": "/api/events/old.json"})
    assert (moved.status_code, moved.headers["location"]) == (301, "/api/events/e1.json")


@pytest.mark.parametrize("name", SUMMARIES)
def test_summaries_are_whole(asking: Any, path: Path, name: str) -> None:
    [answer] = asking(path, {"url": f"/api/summary/{name}.json"})
    with sqlite3.connect(path) as connection:
        [rows] = connection.execute(f"SELECT count(*) FROM {name}").fetchone()
    assert (answer.json()["summary"], len(answer.json()["rows"])) == (name, rows)


@pytest.mark.parametrize(
    ("url", "status", "detail"),
    [
        ("/api/events.json?size=0", 400, "size: must be a number from 1 to 1000"),
        ("/api/events.json?from=soon", 400, "from: must be a day"),
        ("/api/events.json?after=e1", 400, "after: must be the cursor"),
        ("/api/changes.json?after=x", 400, "after: must be the number"),
        ("/api/events/none.json", 404, "There is no event none."),
        ("/api/summary/by_day.json", 404, "There is no summary by_day; there are by_month"),
    ],
)
def test_what_cannot_be_answered_is_said(asking: Any, path: Path, url: str, status: int, detail: str) -> None:
    [answer] = asking(path, {"url": url})
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code == status
    assert detail in answer.json()["detail"]


def test_the_index_tells_what_there_is(asking: Any, path: Path) -> None:
    [answer] = asking(path, {"url": "/api/index.json"})
    assert answer.json()["counts"] == {
        "events": 25, "documents": 1, "sources": 0, "platforms": 1, "authorities": 0, "countries": 0, "changes": 28,
    }  # fmt: skip


@pytest.mark.parametrize("query", ["", "from=2025-03&to=2025-05"])
def test_exports_are_whole(asking: Any, path: Path, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 7)
    wanted = pages(asking, path, f"/api/events.json?{query}", "events")
    [lines, table] = asking(path, {"url": f"/api/events.ndjson?{query}"}, {"url": f"/api/events.csv?{query}"})
    assert [json.loads(line) for line in lines.text.splitlines()] == wanted
    [head, *rows] = csv.reader(table.text.splitlines())
    assert head == list(SHAPES["event"])
    assert [row[0] for row in rows] == [event["id"] for event in wanted]


def test_no_cell_is_a_formula(asking: Any, path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "events.db"
    copy.write_bytes(path.read_bytes())
    with sqlite3.connect(copy) as connection:
        connection.execute("UPDATE events SET summary = '=HYPERLINK(\"https://bad.test\")' WHERE id = 'e1'")
    [table] = asking(copy, {"url": "/api/events.csv?country=RU"})
    told = {row["id"]: row["summary"] for row in csv.DictReader(table.text.splitlines())}
    assert told["e1"] == '\'=HYPERLINK("https://bad.test")'
