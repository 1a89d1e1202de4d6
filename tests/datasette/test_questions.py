"""The charts of the named questions: what is declared is there, and what is drawn is what the rows say."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

import httpx
import pytest

from data.events import publish
from datasette_config.site.questions import BARS, REST, chart_of
from tests.datasette.config import METADATA
from tests.datasette.edition import edition

QUERIES = METADATA["queries"]
STACKED = {"title": "Sums", "x": "date", "unit": "year", "series": "who", "value": "sum"}
RANKED = {"title": "Most", "rank": ["who", "date"], "value": "sum"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, serving: Any) -> str:
    """The address of a real Datasette over the test edition: the questions are in its metadata."""
    path = tmp_path_factory.mktemp("questions") / "events.db"
    publish(path, edition())
    with sqlite3.connect(path) as connection:  # rates are not the edition's
        connection.execute("UPDATE events SET amount_eur = amount WHERE currency = 'EUR'")
    address: str = serving(path)
    return address


@pytest.mark.parametrize("query", QUERIES)
def test_every_question_has_a_chart_of_its_rows(site: str, query: str) -> None:
    page = httpx.get(f"{site}/events/{query}")
    rows = httpx.get(f"{site}/events/{query}.json?_shape=array").json()
    chart = QUERIES[query]["chart"]
    drawn = re.findall(r"<g><title>([^<]*): ([\d,]+)</title>", page.text)
    length = {"month": 7, "year": 4}[chart["unit"]] if "unit" in chart else 0
    shown = [row for row in rows if not length or len(row[chart["x"]] or "") >= length]
    values = [row[chart["value"]] or 0 if "value" in chart else 1 for row in shown]
    assert rows and sum(values) > 0
    assert sum(int(number.replace(",", "")) for _, number in drawn) == sum(values)
    assert (f"{len(shown)} of {len(rows)} rows." in page.text) == (len(shown) < len(rows))
    assert ">600 m</text>" in page.text or chart.get("value") != "total_eur"  # a scale says it shortly
    if length:
        assert {row[chart["x"]][:length] for row in shown} <= {label for label, _ in drawn}


@pytest.mark.parametrize("params", [{"country": "RU"}, {"country": "nowhere"}, {"country": "<script>"}])
def test_a_question_without_rows_has_no_chart(site: str, params: dict[str, str]) -> None:
    page = httpx.get(f"{site}/events/blocks_in_force", params=params)
    assert ("<svg" in page.text) == (params["country"] == "RU")
    assert "<script>" not in page.text


def test_many_series_become_ten_and_lose_nothing() -> None:
    rows = [{"date": f"20{10 + n}-01-01", "who": f"body {n}", "sum": n + 1} for n in range(15)]
    drawn = chart_of(STACKED, rows)
    assert drawn and drawn.stacked
    assert len(drawn.stacked.series) == 10 and REST in drawn.stacked.series
    assert [bar.total for bar in drawn.stacked.bars] == [row["sum"] for row in rows]


def test_years_between_are_drawn_and_undated_rows_are_not() -> None:
    rows = [{"date": date, "who": None, "sum": 1} for date in ("2001", "2004-05", None)]
    drawn = chart_of(STACKED, rows)
    assert drawn and drawn.stacked and drawn.rows == 2
    assert [(bar.label, bar.total) for bar in drawn.stacked.bars] == [
        ("2001", 1),
        ("2002", 0),
        ("2003", 0),
        ("2004", 1),
    ]


def test_a_ranking_has_the_most_first_in_proportion() -> None:
    rows = [{"date": None, "who": f"body {n}", "sum": n or None} for n in range(BARS + 5)]
    drawn = chart_of(RANKED, rows)
    assert drawn and drawn.ranked and drawn.rows == BARS
    first, last = drawn.ranked.bars[0], drawn.ranked.bars[-1]
    assert (first.label, first.value, last.value) == ("body 24", 24, 5)
    assert last.width == pytest.approx(first.width * 5 / 24, abs=0.1)


@pytest.mark.parametrize("declared", [None, STACKED, RANKED])
def test_nothing_declared_or_nothing_to_draw_is_no_chart(declared: Any) -> None:
    assert chart_of(declared, []) is None
    assert chart_of(declared, [{"date": None, "who": None, "sum": None}]) is None
