"""A Datasette with the site's plugins and pages: in this process for tests that need no server, or a real one."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.app import Datasette

from data.serving import server_command
from tests.datasette.hostile import write_hostile

CONFIG = Path(__file__).parents[2] / "datasette_config"
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
    servers: list[subprocess.Popen[bytes]] = []

    def serve(path: Path) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port: int = free.getsockname()[1]
        servers.append(
            subprocess.Popen(server_command(path, port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
        return _answering(f"http://127.0.0.1:{port}", servers[-1])

    yield serve
    for server in servers:
        server.terminate()
        server.wait(10)


def _answering(address: str, server: subprocess.Popen[bytes]) -> str:
    while True:
        try:
            httpx.get(f"{address}/assets/site.css")
            return address
        except httpx.TransportError:
            assert server.poll() is None, "the server ended by itself"
            time.sleep(0.05)


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory, serving: Serving) -> str:
    """The address of the site over the sample's database, crawled and built as `make sample` does it."""
    folder = tmp_path_factory.mktemp("sample")
    paths = ["--archive", str(folder / "archive.db"), "--events", str(folder / "events.db")]
    subprocess.run([sys.executable, "-m", "splinterlog", "demo", "--no-serve", *paths], check=True, capture_output=True)
    return serving(folder / "events.db")


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory, serving: Serving) -> str:
    """The address of a site in which all that others write is hostile."""
    path = tmp_path_factory.mktemp("hostile") / "events.db"
    write_hostile(path)
    return serving(path)
