"""Requests that are meant to stop the site are refused, however many come, and readers are answered meanwhile."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bench.bombs import REFUSED, measure
from bench.site import fill


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, serving: Any) -> str:
    path = tmp_path_factory.mktemp("bombs") / "events.db"
    fill(path, 1000)
    address: str = serving(path)
    return address


@pytest.mark.parametrize("bomb", REFUSED.values(), ids=REFUSED)
def test_a_bomb_is_refused_while_a_reader_is_answered(site: str, bomb: str) -> None:
    statuses, _, readers = asyncio.run(measure(site, bomb, 0.5))
    assert statuses and set(statuses) <= {400, 403, 404}
    assert readers  # each with 200, or `measure` would have raised
