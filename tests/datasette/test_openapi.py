"""The API keeps what its description says, whatever it is asked: schemathesis makes the requests up."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from data.events_sums import FIELDS
from datasette_config.site.api.index import SUMMARIES
from datasette_config.site.api.openapi import described
from datasette_config.site.api.shapes import SHAPES
from datasette_config.site.routes import API
from tests.datasette.database import new_database


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serving: Any) -> str:
    path = tmp_path_factory.mktemp("openapi") / "events.db"
    with new_database(path) as connection:
        columns = "id, platform_id, country, action, status, date, summary"
        rows = [(f"e{n}", "x", "RU", "block", "confirmed", f"2025-12-{n + 1:02}", "=1+1 <b>ü</b>") for n in range(9)]
        connection.executemany(f"INSERT INTO events ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        connection.execute(
            "INSERT INTO changes (id, event_id, changed, field) VALUES (1, 'e1', '2026-01-01T00:00:00Z', 'status')"
        )
        connection.execute("INSERT INTO runs (id, finished, state) VALUES (1, '2025-12-31T00:00:00Z', 'made')")
    return str(serving(path))


@schemathesis.openapi.from_dict(described("http://127.0.0.1")).parametrize()
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: schemathesis.Case[Any], address: str) -> None:
    case.call_and_validate(base_url=address)


def test_every_address_is_described() -> None:
    told = {path.replace("{id}", "x").replace("{name}", SUMMARIES[0]) for path in described("")["paths"]}
    assert len(told) == len([path for path, _ in API if "openapi" not in path])


def test_every_filter_is_described() -> None:
    parameters = described("")["paths"]["/api/events.json"]["get"]["parameters"]
    assert {each["name"] for each in parameters} == {*FIELDS, "from", "to", "confidence", "since", "q", "size", "after"}


def test_the_page_for_people_tells_the_same(address: str) -> None:
    page = httpx.get(f"{address}/api").text
    asked = described("")["paths"]
    assert all(f"<code>{path}</code>" in page for path in asked)
    assert all(f"<code>{name}</code>" in page for fields in SHAPES.values() for name in fields)
    assert f"{address}/api/events.csv?action=fine" in page
