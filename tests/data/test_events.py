"""The public database on disk: its rows, its one transaction, and that it touches nothing that is right already."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event as Flag
from threading import Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.addresses import web_address
from data.events import publish
from data.events_rows import Edition
from data.events_schema import TABLES, version
from data.events_sums import SUMS
from data.models import (
    QUOTE_LIMIT,
    Change,
    Conflict,
    Document,
    Event,
    Evidence,
    Mention,
    Run,
    Source,
    SourceHealth,
    StoredMention,
)
from data.reference import load_reference
from data.store import StoreError
from data.told import authority_id

LONG = "Roskomnadzor restricts access. " * 20
DOCUMENTS = {
    "1": Document("1", "FaceTime goes dark", LONG, published="2025-12-04", url="https://a.example/1", source="wire"),
    "2": Document("2", "Блокировка", "Роскомнадзор", url="javascript:alert(1)", source="https://b.example/rss.xml"),
    "3": Document("3", "Nobody's words", "", url="ftp://c.example/3"),
}


def stored(document: str, *evidence: Evidence) -> StoredMention:
    return StoredMention(document, 0, Mention("facetime", "block", "confirmed", evidence=evidence))


def event(number: int = 1, **values: Any) -> Event:
    plain = Event(
        id=f"2025-12-ru-facetime-block-{number}",
        platform="facetime",
        action="block",
        status="confirmed",
        country="RU",
        authority="rkn",
        date="2025-12-04",
        date_precision="day",
        date_basis="stated",
        amount=None,
        currency=None,
        grounds="extremism",
        scope=None,
        confidence=0.9,
        summary="Russia: Roskomnadzor blocked FaceTime (2025-12-04, confirmed)",
        sources=2,
        independent=2,
        documents=2,
        mentions=(
            stored("1", Evidence("action", 20, 20 + len(LONG), LONG)),
            stored("2", Evidence("action", 0, 3, "Бло")),
        ),
        first_seen="2025-12-05T00:00:00Z",
        last_changed="2025-12-05T00:00:00Z",
    )
    return replace(plain, **values)


def edition(*events: Event, **values: Any) -> Edition:
    told = {each.document_id for one in events for each in one.mentions}
    plain = Edition(
        events=events,
        documents={each: DOCUMENTS[each] for each in sorted(told)},
        sources=[Source("wire", "The Wire", "feed", country="RU", languages=("en", "ru"))],
        health=[SourceHealth("wire", "2025-12-05", "2025-12-05", None, "ok", None, "2025-12-01")],
        changes={n: Change(e.id, e.first_seen, "event", None, e.summary, "document") for n, e in enumerate(events, 1)},
        redirects={},
        runs={1: Run("2025-12-05T00:00:00Z", "2025-12-05T00:01:00Z", 3, 3, 0, 3, 1, 1, "v1", "0.1.0")},
        reference=load_reference(),
    )
    return replace(plain, **values)


def rows(path: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql, values).fetchall()


def dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    names = [*TABLES, "events_fts"]
    return {name: rows(path, f'SELECT rowid, * FROM "{name}" ORDER BY 1') for name in names}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "events.db"


def test_rows(path: Path) -> None:
    unlisted = event(
        2, authority="Суд Перми", country="QQ", platform="newapp", grounds="boredom", mentions=(stored("3"),)
    )
    disputed = event(
        conflicts=(Conflict("authority", "Суд Перми", 2, 2, 1, "outweighed"),), backing=frozenset({("1#0", "action")})
    )
    publish(path, edition(disputed, unlisted, redirects={"old-id": unlisted.id}))
    wanted = {
        "SELECT platform_id, authority_id, country, reviewed FROM events ORDER BY id": [
            ("facetime", "rkn", "RU", 0), ("newapp", "суд-перми", "QQ", 0),
        ],
        "SELECT name, known FROM authorities WHERE id IN ('rkn', 'суд-перми') ORDER BY id": [
            ("Roskomnadzor", 1), ("Суд Перми", 0),
        ],
        "SELECT id, name FROM platforms WHERE NOT known": [("newapp", "newapp")],
        "SELECT id FROM countries WHERE NOT known": [("QQ",)],
        "SELECT id FROM grounds WHERE NOT known": [("boredom",)],
        "SELECT id, url, source_id FROM documents ORDER BY id": [
            ("1", "https://a.example/1", "wire"), ("2", None, "https://b.example/rss.xml"), ("3", None, None),
        ],
        "SELECT id, kind, languages, url FROM sources ORDER BY id DESC": [
            ("wire", "feed", "en ru", None),
            ("https://b.example/rss.xml", "imported", None, "https://b.example/rss.xml"),
        ],
        "SELECT document_id, value, chosen FROM evidence ORDER BY document_id": [
            ("1", "block", 1), ("2", "block", 0), ("3", "confirmed", 0),
        ],
        "SELECT event_id, field, value, documents, sources, independent, why FROM conflicts": [
            (event().id, "authority", "суд-перми", 2, 2, 1, "outweighed"),
        ],
        "SELECT document_id, field, start, end, length(quote) FROM evidence ORDER BY document_id": [
            ("1", "action", 20, 20 + QUOTE_LIMIT, QUOTE_LIMIT), ("2", "action", 0, 3, 3), ("3", "event", 0, 14, 14),
        ],
        "SELECT old_id, event_id FROM redirects": [("old-id", unlisted.id)],
        "SELECT month, action, events, confirmed, threatened FROM by_month": [("2025-12", "block", 2, 2, 0)],
        "SELECT country, events FROM by_country_action ORDER BY country": [("QQ", 1), ("RU", 1)],
        "SELECT platform_id, events FROM by_platform_action ORDER BY 1": [("facetime", 1), ("newapp", 1)],
        "SELECT id, why FROM changes ORDER BY id": [(1, "document"), (2, "document")],
        "SELECT tagged, tagger FROM runs": [(3, "v1")],
        "SELECT source_id, since FROM source_health": [("wire", "2025-12-01")],
    }  # fmt: skip
    assert {sql: rows(path, sql) for sql in wanted} == wanted
    assert rows(path, "PRAGMA foreign_key_check") == []
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]


def test_dates_without_a_month_are_in_no_month(path: Path) -> None:
    publish(path, edition(event(date="2025", date_precision="year"), event(2, date=None, date_precision=None)))
    assert rows(path, "SELECT * FROM by_month") == []
    assert rows(path, "SELECT events FROM by_platform_action") == [(2,)]


MADE_UP = st.builds(
    event,
    st.integers(1, 4),
    country=st.sampled_from(["RU", "IE", None]),
    status=st.sampled_from(["confirmed", "threatened"]),
    authority=st.sampled_from(["rkn", None]),
    amount_eur=st.sampled_from([None, 10.4, 2.5]),
    date_precision=st.sampled_from(["day", "year", None]),
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nights=st.lists(st.lists(MADE_UP, unique_by=lambda each: each.id, max_size=4), min_size=1, max_size=4))
def test_sums_are_those_of_counting_after_every_night(path: Path, nights: list[list[Event]]) -> None:
    for events in nights:
        publish(path, edition(*(dated(each) for each in events)))
        for name, each in SUMS.items():
            assert sorted(rows(path, f"SELECT * FROM {name}")) == sorted(rows(path, each.of("events")))


def dated(event: Event) -> Event:
    """The event with a date of its precision."""
    dates = {"day": "2025-12-04", "year": "2025", None: None}
    return replace(event, date=dates[event.date_precision])


def test_every_table_and_column_is_described_and_there() -> None:
    for name, table in TABLES.items():
        assert table.about, name
        assert set(table.key) <= set(table.columns), name
        assert all(column.about for column in table.columns.values()), name
    assert set(SUMS) < set(TABLES)


def test_what_is_right_already_is_not_written_again(path: Path) -> None:
    state = edition(event(), event(2))
    publish(path, state)
    with closing(sqlite3.connect(path)) as reader:
        before = reader.execute("PRAGMA data_version").fetchone()
        publish(path, state)
        assert reader.execute("PRAGMA data_version").fetchone() == before


def test_a_refresh_changes_what_differs_and_keeps_the_place_of_the_rest(path: Path) -> None:
    publish(path, edition(event(), event(2), event(3)))
    before = dump(path)
    publish(path, edition(event(), event(3, summary="Something else entirely"), event(4)))
    after = dump(path)
    assert [(row[0], row[1]) for row in after["events"]] == [
        (1, event(1).id), (3, event(3).id), (4, event(4).id)
    ]  # fmt: skip
    assert after["events"][0] == before["events"][0]
    assert rows(path, "SELECT rowid FROM events_fts WHERE events_fts MATCH 'entirely'") == [(3,)]


SEARCHES = [
    ("roskomnadzor facetime", True),
    ("dark", True),
    ("restricting", True),
    ("блокировка", True),
    ("telegram", False),
]


@pytest.mark.parametrize(("words", "found"), SEARCHES)
def test_search_knows_summaries_quotes_and_titles(path: Path, words: str, found: bool) -> None:
    publish(path, edition(event()))
    sql = "SELECT id FROM events WHERE rowid IN (SELECT rowid FROM events_fts WHERE events_fts MATCH ?)"
    assert rows(path, sql, words) == ([(event().id,)] if found else [])
    publish(path, edition())
    assert rows(path, sql, words) == []


def test_a_refresh_that_fails_leaves_the_state_before(path: Path) -> None:
    publish(path, edition(event()))
    before = dump(path)
    with pytest.raises(sqlite3.IntegrityError):
        publish(path, edition(event(2), redirects={"old-id": "no-such-event"}))
    assert dump(path) == before


def test_a_reader_sees_one_state_or_the_other(path: Path) -> None:
    states = [edition(event(1)), edition(event(2, platform="telegram"), event(3, platform="telegram"))]
    publish(path, states[0])
    seen, stop = set(), Flag()
    sql = """SELECT (SELECT group_concat(id, ' ') FROM events), (SELECT count(DISTINCT event_id) FROM evidence),
        (SELECT sum(events) FROM by_month), (SELECT count(*) FROM events_fts)"""

    def read() -> None:
        with closing(sqlite3.connect(path)) as db:
            while not stop.is_set():
                seen.add(db.execute(sql).fetchone())

    reader = Thread(target=read)
    reader.start()
    for number in range(1, 21):
        publish(path, states[number % 2])
    stop.set()
    reader.join()
    both = f"{event(2).id} {event(3).id}"
    assert seen <= {(event(1).id, 1, 1, 1), (both, 2, 2, 2)} and seen


def other_schema(path: Path) -> None:
    publish(path, edition(event(2)))
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DROP TABLE by_month")
        db.execute("CREATE TABLE outdated (event_id TEXT REFERENCES events (id))")
        db.execute("INSERT INTO outdated SELECT id FROM events")
        db.execute("PRAGMA user_version = 1")


@pytest.mark.parametrize("before", [lambda path: None, Path.touch, other_schema])
def test_a_file_of_another_version_is_filled_anew(tmp_path: Path, before: Callable[[Path], None]) -> None:
    new, old = tmp_path / "new.db", tmp_path / "old.db"
    publish(new, edition(event()))
    before(old)
    publish(old, edition(event()))
    assert dump(old) == dump(new)
    assert rows(old, "PRAGMA user_version") == [(version(),)]
    assert rows(old, "SELECT name FROM sqlite_master WHERE name = 'outdated'") == []


def test_a_file_that_is_no_public_database_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE precious (id)")
    with pytest.raises(StoreError, match="not a public database of Splinterlog"):
        publish(path, edition())
    assert rows(path, "SELECT name FROM sqlite_master") == [("precious",)]


ADDRESSES = [
    ("https://a.example/1?x=1#y", True), ("http://a.example", True), ("HTTPS://A.example/", True), ("", False),
    (None, False), ("javascript:alert(1)", False), ("//a.example/1", False), ("https:", False), ("http://[", False),
    ("gdprhub:AP", False), ("data:text/html,x", False), (f"https://a.example/{'x' * 2000}", False), (17, False),
]  # fmt: skip


@pytest.mark.parametrize(("url", "safe"), ADDRESSES)
def test_only_addresses_of_the_web_are_links(url: object, safe: bool) -> None:
    assert web_address(url) == (url if safe else None)


@pytest.mark.parametrize(
    ("words", "expected"),
    [("rkn", "rkn"), ("A Court, in Perm", "a-court-in-perm"), ("Суд", "суд"), ("…", "unnamed")],
)
def test_ids_of_authorities(words: str, expected: str) -> None:
    assert authority_id(words, {"rkn"}) == expected


def test_huge_titles_and_addresses_stay_out(path: Path) -> None:
    huge = Document("3", "A" * 10_000_000, "", url=f"https://a.example/{'b' * 10_000_000}")
    publish(path, edition(event(mentions=(stored("3"),)), documents={"3": huge}))
    [(title, url)] = rows(path, "SELECT title, url FROM documents")
    assert (len(title), title[-1], url) == (QUOTE_LIMIT, "…", None)
