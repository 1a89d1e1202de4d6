"""A Datasette with the site's plugins and pages: in this process for tests that need no server, or a real one."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.app import Datasette
from playwright.sync_api import Browser

from data.events import publish
from data.serving import serve_events
from docs.chromium import PROGRAM, chromium
from tests.datasette.config import CONFIG
from tests.datasette.edition import edition
from tests.datasette.hostile import write_hostile

Asking = Callable[..., list[httpx.Response]]


@pytest.fixture(scope="session")
def asking() -> Asking:
    """asking(path, *requests, between=…): the answers of one Datasette; `between` is done before the last request."""

    def ask(path: Path, *requests: dict[str, Any], between: Callable[[], None] = lambda: None) -> list[httpx.Response]:
        return asyncio.run(_answers(path, requests, between))

    return ask


async def _answers(path: Path, requests: Any, between: Callable[[], None]) -> list[httpx.Response]:
    datasette = Datasette([str(path)], plugins_dir=str(CONFIG / "plugins"), template_dir=str(CONFIG / "templates"))
    await datasette.invoke_startup()
    transport = httpx.ASGITransport(app=datasette.app())
    async with httpx.AsyncClient(transport=transport, base_url="http://site.test") as client:
        answers = [await client.get(**request) for request in requests[:-1]]
        between()
        return [*answers, await client.get(**requests[-1])]


Serving = Callable[[Path], str]


@pytest.fixture(scope="session")
def serving() -> Iterator[Serving]:
    """serving(path): the address of a real Datasette over this database, as `splinterlog serve` starts it."""
    with ExitStack() as servers:
        yield lambda path: servers.enter_context(serve_events(path))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, serving: Serving) -> Iterator[httpx.Client]:
    """Asks a real Datasette over the record of edition.py."""
    path = tmp_path_factory.mktemp("site") / "events.db"
    publish(path, edition())
    # the store lets no such address in; the pages must not rely on that
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE documents SET url = 'javascript:alert(1)' WHERE id = 'd2'")
    with httpx.Client(base_url=serving(path), timeout=30) as client:
        yield client


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory, serving: Serving) -> str:
    """The address of the site over the sample's database, crawled and built as `make sample` does it."""
    folder = tmp_path_factory.mktemp("sample")
    paths = ["--archive", str(folder / "archive.db"), "--events", str(folder / "events.db")]
    subprocess.run([sys.executable, "-m", "splinterlog", "demo", "--no-serve", *paths], check=True, capture_output=True)
    return serving(folder / "events.db")


@pytest.fixture(scope="module")  # no longer, for while it is there nothing else may begin an event loop
def browser() -> Iterator[Browser]:
    """Chromium; without it tests are left out where people run them, and fail where CI does."""
    if PROGRAM is None and not os.environ.get("CI"):
        pytest.skip("Chromium is missing: `make tools` installs it")
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory, serving: Serving) -> str:
    """The address of a site in which all that others write is hostile."""
    path = tmp_path_factory.mktemp("hostile") / "events.db"
    write_hostile(path)
    return serving(path)
