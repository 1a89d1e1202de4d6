"""A Datasette of one process with the site's plugins and pages, for tests that need no server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.app import Datasette

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
