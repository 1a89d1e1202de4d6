"""What the front page says: of this week, of what changed, of where it gets worse, and what its chart leaves out."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.datasette.database import new_database

FINISHED = "2026-06-15T03:00:00Z"
EVENTS = {
    **dict.fromkeys(["2026-06-15", "2026-06-09"], ("RU", "block")),
    **dict.fromkeys(["2026-06-08", "2026-06-02", "2026-05-01"], ("RU", "throttle")),
    **dict.fromkeys(["2026-03-01", "2026-01-31", "2026-01"], ("RU", "ban")),  # with those above four and one denied
    **dict.fromkeys(["2026-04-01", "2026-02-01", "2026-02-02"], ("IN", "block")),  # one, and two before
    **dict.fromkeys(["2026-04-02", "2026-06-01"], ("IE", "fine")),  # no restriction
    **dict.fromkeys(["2024-07-01", "2024-06-30"], ("TR", "block")),  # the first month of the chart, and one before it
    **dict.fromkeys(["2026", "2026-06-16"], ("BR", "order")),  # known by its year; to come
}
STATUSES = {"2026-06-16": "threatened", "2026-05-01": "denied", "2026-06-08": "reported"}
"""Of the others they are confirmed."""
CHANGES = [
    ("2026-06-14T02:59:59Z", "2026-06-02", "event", None, "x"),
    ("2026-06-14T03:00:00Z", "2026-06-08", "status", "reported", "confirmed"),
    (FINISHED, "2026-06-15", "event", None, "x"),
    (FINISHED, "2026-06-09", "event", None, "x"),
    (FINISHED, "2026-05-01", "ended", None, "2026-06-14"),
]


def words(page: Any, path: str) -> str:
    return " ".join(page.xpath(f"string({path})").split())


def fill(db: sqlite3.Connection) -> None:
    """Events that are called by their date."""
    precision = {4: "year", 7: "month", 10: "day"}
    for day, (country, action) in EVENTS.items():
        values = [day, f"On {day}", day, precision[len(day)], country, action, STATUSES.get(day, "confirmed")]
        columns = "id, summary, date, date_precision, country, action, status"
        db.execute(f"INSERT INTO events ({columns}) VALUES ({', '.join('?' * len(values))})", values)
    told = "INSERT INTO changes (id, changed, event_id, field, old, new, why) VALUES (?, ?, ?, ?, ?, ?, 'document')"
    db.executemany(told, [(number, *change) for number, change in enumerate(CHANGES)])
    db.execute("INSERT INTO runs (id, finished, events, documents) VALUES (1, ?, ?, 3)", [FINISHED, len(EVENTS)])


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, asking: Any) -> Any:
    path = tmp_path_factory.mktemp("front") / "events.db"
    with new_database(path) as db:
        fill(db)
    [answer] = asking(path, {"url": "/"})
    return html.document_fromstring(answer.text)


def test_the_week_is_that_of_the_refresh(page: Any) -> None:
    assert words(page, "//ul[@class='figures']/li[1]") == "2 in the last week, 2 in the one before"
    assert page.xpath("//ul[@class='figures']/li[1]//a/@href") == ["/find?from=2026-06-09&to=2026-06-15"]


def test_how_sure_it_is_leads_to_the_events(page: Any) -> None:
    said = "//p[a[contains(@href, 'status=')]]"
    counted = Counter(STATUSES.get(day, "confirmed") for day in EVENTS)
    links = {each.get("href"): int(each.text) for each in page.xpath(f"{said}/a")}
    assert links == {f"/find?status={status}": number for status, number in counted.items()}
    assert words(page, said).startswith(f"How sure it is: {counted['confirmed']} confirmed, 1 ")


def test_what_changed_is_that_of_a_day(page: Any) -> None:
    section = "//section[@aria-labelledby='changed-title']"
    assert words(page, f"{section}/p") == "2 events appeared, 1 changed its status, 1 ended."
    told = [" ".join(each.text_content().split()) for each in page.xpath(f"{section}//li")]
    assert told[0] == "On 2026-05-01: ended unknown → 2026-06-14" and len(told) == 4


def test_it_gets_worse_where_restrictions_are_more_than_before(page: Any) -> None:
    rows = page.xpath("//section[@aria-labelledby='trend-title']/div//tbody/tr")
    assert [[cell.text_content() for cell in row] for row in rows] == [["RU", "3", "4"]]


def test_the_chart_has_two_years_and_says_what_it_leaves_out(page: Any) -> None:
    chart = page.xpath("//figure[@class='chart']")[0]
    bars = dict(re.findall(r"(\d{4}-\d\d): (\d+)", " ".join(chart.xpath(".//g/title/text()"))))
    assert len(bars) == 24 and next(iter(bars)) == "2024-07" and list(bars)[-1] == "2026-06"
    assert (bars["2024-07"], bars["2026-06"], bars["2026-03"]) == ("1", "6", "1")
    assert "1 event known by its year only left out" in words(chart, "figcaption")


def test_countries_and_actions_lead_to_their_events(page: Any) -> None:
    table = page.xpath("//table[@class='heat']")[0]
    told = {link.get("href"): link.text for link in table.xpath(".//td/a")}
    right = Counter(f"/find?country={country}&action={action}" for country, action in EVENTS.values())
    assert told == {address: str(number) for address, number in right.items()}
    first = [cell.text_content() for cell in table.xpath(".//tbody/tr[1]/*")]
    assert (first[0], first[-1]) == ("RU", "8")


def test_without_events_there_is_a_page(tmp_path: Path, asking: Any) -> None:
    with new_database(tmp_path / "events.db"):
        pass
    [answer] = asking(tmp_path / "events.db", {"url": "/"})
    assert answer.status_code == 200 and "No events yet" in answer.text and "0</b> in the last week" in answer.text
