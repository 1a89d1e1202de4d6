"""Feeds and the calendar hold what changed and what is to come, in the forms that readers of them expect."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import feedparser
import pytest

from tests.datasette.database import new_database

EVENTS = [
    ("ru-block", "RU", "block", "confirmed", "2025-12-04", "Russia: FaceTime was blocked; at last, they say"),
    ("ie-fine", "IE", "fine", "confirmed", "2026-01-01", "Ireland: <b>TikTok</b> was fined\x0b"),
    ("br-block", "BR", "block", "threatened", "2026-03-01", "Brasil: bloqueio anunciado, " + "para toda a rede " * 6),
    ("in-ban", "IN", "ban", "threatened", "2026-02", "India: a ban in a month without a day"),
]
CHANGES = [
    (1, "ru-block", "2025-12-05T00:00:00Z", "event", None, "Russia"),
    (2, "ie-fine", "2026-01-02T00:00:00Z", "event", None, "Ireland"),
    (3, "ru-block", "2026-01-03T00:00:00Z", "status", "reported", "confirmed"),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("following") / "events.db"
    with new_database(path) as connection:
        columns = "id, country, action, status, date, summary, date_precision"
        rows = [(*event, "day" if len(event[4]) == 10 else "month") for event in EVENTS]
        connection.executemany(f"INSERT INTO events ({columns}) VALUES ({', '.join('?' * 7)})", rows)
        told = "id, event_id, changed, field, old, new, why"
        connection.executemany(f"INSERT INTO changes ({told}) VALUES (?, ?, ?, ?, ?, ?, 'document')", CHANGES)
        connection.execute("UPDATE events SET confidence = 0.784 WHERE id = 'ru-block'")
        connection.execute("UPDATE events SET reviewed = 1 WHERE id = 'ie-fine'")
        connection.execute("INSERT INTO runs (id, finished) VALUES (1, '2026-01-03T00:00:00Z')")
        said = 'evidence (event_id, document_id, field, quote, start, "end")'
        connection.execute(f"INSERT INTO {said} VALUES ('ru-block', 'd', 'event', 'said so & more', 0, 4)")
    return path


@pytest.mark.parametrize(
    ("query", "events"),
    [("", ["ru-block", "ie-fine", "ru-block"]), ("?country=RU", ["ru-block", "ru-block"]), ("?action=ban", [])],
)
def test_a_feed_tells_each_change(asking: Any, path: Path, query: str, events: list[str]) -> None:
    [answer] = asking(path, {"url": f"/feeds/changes.atom{query}"})
    feed = feedparser.parse(answer.content)
    assert answer.headers["content-type"].startswith("application/atom+xml") and not feed.bozo
    assert feed.version == "atom10"
    assert [entry.link for entry in feed.entries] == [f"http://site.test/event/{event}" for event in events]
    assert len({entry.id for entry in feed.entries}) == len(events)


def test_the_change_is_inside(asking: Any, path: Path) -> None:
    [answer] = asking(path, {"url": "/feeds/changes.atom"})
    latest, fine, _ = feedparser.parse(answer.content).entries
    assert latest.title.startswith("Status: reported → confirmed: Russia")
    said = "Status: reported → confirmed (document). Confidence of the reading: 78 %.\n“said so & more”"
    assert latest.content[0].value == said and "Checked by a person." in fine.content[0].value
    assert {tag.term for tag in latest.tags} == {"block", "RU", "confirmed"}
    assert "<b>TikTok</b>" in fine.title_detail.value or "&lt;b&gt;" in answer.text


def test_a_feed_says_what_it_is_of(asking: Any, path: Path) -> None:
    [answer] = asking(path, {"url": "/feeds/changes.atom?country=RU&from=2025&confidence=0.75&q=block"})
    feed = feedparser.parse(answer.content)
    assert feed.feed.title == "Splinterlog: country RU; from 2025; confidence 0.75 or more; “block”"


def test_the_calendar_has_days_to_come_and_no_months(asking: Any, path: Path) -> None:
    [answer] = asking(path, {"url": "/feeds/coming.ics"})
    lines = answer.content.decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    assert all(len(line.encode()) <= 75 for line in lines)
    whole = answer.content.decode().replace("\r\n ", "")
    assert [line for line in whole.split("\r\n") if line.startswith("UID:")] == ["UID:br-block@splinterlog"]
    assert "DTSTART;VALUE=DATE:20260301" in whole and "DTEND;VALUE=DATE:20260302" in whole
    assert "STATUS:TENTATIVE" in whole and "Brasil: bloqueio anunciado\\, para" in whole
