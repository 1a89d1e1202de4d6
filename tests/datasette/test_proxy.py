"""deploy/nginx.conf as it is, but for its ports and folders: a cache, limits, GET alone, and a refresh under load."""

from __future__ import annotations

import os
import re
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from bench.proxy import NGINX, proxied
from data.serving import serve_events
from tests.datasette.database import new_database

DEPLOY = Path(__file__).parents[2] / "deploy"
pytestmark = pytest.mark.skipif(NGINX is None and not os.environ.get("CI"), reason="nginx is missing: `make tools`")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("proxy") / "events.db"
    with new_database(path):
        pass
    refresh(path, 1)
    return path


def refresh(path: Path, number: int) -> None:
    """A refresh that brings an event."""
    with sqlite3.connect(path, timeout=10) as connection:
        connection.execute(
            "INSERT INTO events (id, summary, date) VALUES (?, 'An event', '2025-01-01')", [f"e{number}"]
        )
        run = (number, "2025-01-02T00:00:00Z", f"state{number}")
        connection.execute("INSERT INTO runs (id, finished, state) VALUES (?, ?, ?)", run)


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory, database: Path, serving: Any) -> Iterator[str]:
    """The address of nginx in front of the site."""
    with proxied(tmp_path_factory.mktemp("nginx"), [serving(database), serving(database)]) as address:
        yield address


def test_a_second_look_comes_from_the_cache(front: str) -> None:
    first, second = httpx.get(f"{front}/find?to=2026"), httpx.get(f"{front}/find?to=2026")
    assert (first.headers["x-cache"], second.headers["x-cache"]) == ("MISS", "HIT")
    assert first.text == second.text and "script-src 'self'" in second.headers["content-security-policy"]
    known = httpx.get(f"{front}/find?to=2026", headers={"If-None-Match": first.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")


def test_addresses_are_those_that_were_asked_for(front: str) -> None:
    told = httpx.get(f"{front}/api/events.json").json()
    assert told["events"][0]["url"].startswith(f"{front}/event/")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_but_get(front: str, method: str) -> None:
    assert httpx.request(method, f"{front}/find").status_code == 403


def test_an_export_comes_whole_and_uncached(front: str) -> None:
    answer = httpx.get(f"{front}/api/events.csv")
    assert answer.status_code == 200 and "x-cache" not in answer.headers and "e1," in answer.text


def test_a_refresh_under_load_is_seen_within_two_seconds_and_breaks_nothing(front: str, database: Path) -> None:
    """Twenty readers, as fast as the limit by address lets them; nobody meets an error of the server."""
    statuses: Counter[int] = Counter()
    over = threading.Event()

    def read() -> None:
        with httpx.Client() as client:
            while not over.is_set():
                statuses[client.get(f"{front}/find").status_code] += 1

    readers = [threading.Thread(target=read) for _ in range(10)]
    for reader in readers:
        reader.start()
    time.sleep(1)
    refresh(database, 2)
    time.sleep(2)
    seen = httpx.get(f"{front}/api/events/e2.json")
    listed = [httpx.get(f"{front}/find?limit={n}") for n in range(3)]
    over.set()
    for reader in readers:
        reader.join()
    assert seen.status_code in (200, 429) and statuses[200] > 20
    assert any("/event/e2" in page.text for page in listed) or all(page.status_code == 429 for page in listed)
    assert [status for status in statuses if status >= 500] == []


def test_an_address_that_asks_too_much_is_told_so(front: str) -> None:
    time.sleep(3)  # the burst fills again
    with httpx.Client() as client:
        statuses = Counter(client.get(f"{front}/about").status_code for _ in range(200))
    assert statuses[429] > 0 and statuses[200] >= 60 and set(statuses) == {200, 429}


def test_a_process_that_ends_is_not_missed(tmp_path: Path, database: Path, serving: Any) -> None:
    stays = serving(database)
    with ExitStack() as ends, httpx.Client() as client:
        goes = ends.enter_context(serve_events(database))
        with proxied(tmp_path, [stays, goes]) as front:
            before = [client.get(f"{front}/find?limit=before{n}").status_code for n in range(8)]
            ends.close()
            after = [client.get(f"{front}/find?limit=after{n}").status_code for n in range(8)]
    assert before + after == [200] * 16


def test_every_unit_runs_what_is_there() -> None:
    for unit in DEPLOY.glob("*.service"):
        [command] = re.findall(
            r"^ExecStart=/srv/splinterlog/\.venv/bin/splinterlog (\w+)", unit.read_text("utf-8"), re.M
        )
        assert command in ("serve", "refresh")
