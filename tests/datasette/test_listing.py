"""Lists of events: paged they are whole and in order, and their numbers are those that counting gives."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from typing import Any

import pytest
from datasette.app import Datasette
from datasette.utils import MultiParams

from data.events_sums import FIELDS
from datasette_config.site.filters import BY_EACH, BY_OTHERS, BY_WORDS, BadFilterError, Filters, read_filters
from datasette_config.site.listing import cursor, found_by, page
from datasette_config.site.reading import Row, ask
from datasette_config.site.tallies import SPREAD, count, tally, told
from tests.datasette.database import new_database

COLUMNS = ["id", "platform_id", "country", "action", "status", "authority_id", "date", "date_precision", "summary"]
COLUMNS += ["confidence", "reviewed"]
DATES = [None, "2024", "2025-03", "2025-03-01", "2025-03-02", "2025-12-31", "2026-01-01"]
PRECISIONS = {4: "year", 7: "month", 10: "day"}


def made_up(number: int, dice: random.Random) -> list[Any]:
    """An event, many of which are alike, some of which know little."""
    date = dice.choice(DATES)
    facts = ["tiktok", "x"], ["RU", "IE", None], ["block", "fine"], ["confirmed", "denied"], ["rkn", None]
    chosen = [dice.choice(values) for values in facts]
    summary = dice.choice(["Blocked over spies", "Fined for data"]) + (" rarely" if number % 25 == 0 else "")
    sure = dice.choice([0.499, 0.75, 0.9, 0.995, None])
    return [
        f"e{number}",
        *chosen,
        date,
        PRECISIONS.get(len(date or "")),
        summary,
        sure,
        dice.choice([0, 0, 0, 1, None]),
    ]


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> tuple[Datasette, list[Row]]:
    path = tmp_path_factory.mktemp("listing") / "events.db"
    dice = random.Random(1)
    rows = [made_up(number, dice) for number in range(200)]
    with new_database(path) as connection:
        marks = ", ".join("?" * len(COLUMNS))
        connection.executemany(f"INSERT INTO events ({', '.join(COLUMNS)}) VALUES ({marks})", rows)
        connection.execute("INSERT INTO events_fts (rowid, summary) SELECT rowid, summary FROM events")
    datasette = Datasette([str(path)])
    return datasette, [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def filters(query: str) -> Filters:
    return read_filters(MultiParams([part.split("=", 1) for part in query.split("&") if part]))


def meant(event: Row, wanted: Filters) -> bool:
    """Whether an event is asked for, by the plain reading of the filters."""
    day = event["date"] or ""
    return (
        all(event[FIELDS[name]] in ids for name, ids in wanted.ids.items())
        and (not wanted.first or (bool(day) and day >= wanted.first))
        and (not wanted.last or (bool(day) and day[: len(wanted.last)] <= wanted.last))
        and (not wanted.confidence or bool(event["reviewed"]) or (event["confidence"] or 0) >= float(wanted.confidence))
        and (not wanted.words or wanted.words.lower() in event["summary"].lower())
    )


QUERIES = [
    "", "country=ru", "country=RU,IE", "country=RU&country=IE&action=block", "platform=x",
    "status=denied", "authority=rkn",
    "from=2025-03", "to=2025-03", "from=2025-03-02&to=2025", "q=spies",
    "confidence=0.9", "confidence=.75&country=RU", "confidence=1&q=spies", "confidence=0",
    "q=spies&country=IE&platform=tiktok", "country=ZZ",
]  # fmt: skip


@pytest.mark.parametrize("matched", [BY_WORDS, BY_OTHERS, BY_EACH], ids=["words", "others", "each"])
@pytest.mark.parametrize("size", [1, 7, 200])
@pytest.mark.parametrize("query", QUERIES)
def test_pages_are_whole_and_in_order(events: tuple[Datasette, list[Row]], query: str, size: int, matched: str) -> None:
    datasette, rows = events
    wanted = filters(query)
    found: list[str] = []
    after: str | None = None
    while True:
        [part] = asyncio.run(ask(datasette, {"events": page(wanted, after, size, matched)})).values()
        found += [event["id"] for event in part]
        if not part:
            break
        after = cursor(part[-1])
    right = [event for event in rows if meant(event, wanted)]
    assert found == [event["id"] for event in sorted(right, key=lambda e: (e["date"] or "", e["id"]), reverse=True)]


@pytest.mark.parametrize("query", QUERIES)
def test_numbers_are_those_of_counting(events: tuple[Datasette, list[Row]], query: str) -> None:
    datasette, rows = events
    wanted = filters(query)
    found = asyncio.run(ask(datasette, {"count": count(wanted), "tally": tally(wanted, FIELDS)}))
    right = [event for event in rows if meant(event, wanted)]
    said = told(found["tally"])
    assert found["count"] == [{"events": len(right)}] and said["count"] == len(right) and not said["partly"]
    for field, column in FIELDS.items():
        if wanted.single and wanted.single[0] == field:
            continue  # all of them have it
        counted = Counter(event[column] for event in right if event[column] is not None)
        assert {row["id"]: row["events"] for row in said["spreads"].get(field, [])} == counted


@pytest.mark.parametrize(
    ("query", "many", "size", "way"),
    [
        pytest.param("country=RU", 0, 2, BY_WORDS, id="no words, no way"),
        pytest.param("q=spies", 200, 2, BY_WORDS, id="few"),
        pytest.param("q=spies", 20, 2, BY_EACH, id="every other event"),
        pytest.param("q=spies", 20, 1000, BY_OTHERS, id="every other event, on a long page"),
        pytest.param("q=spies&country=RU", 20, 2, BY_OTHERS, id="many, beside another filter"),
        pytest.param("q=rarely", 4, 2, BY_OTHERS, id="many, though a small share"),
    ],
)
def test_how_words_are_found_goes_by_how_often_they_are_met(
    events: tuple[Datasette, list[Row]], monkeypatch: pytest.MonkeyPatch, query: str, many: int, size: int, way: str
) -> None:
    monkeypatch.setattr("datasette_config.site.listing.MANY", many)
    monkeypatch.setattr("datasette_config.site.listing.LOOKUP", 10)
    datasette, _ = events
    assert asyncio.run(found_by(datasette, filters(query), size)) == way


@pytest.mark.parametrize("query", ["from=2025-03", "q=spies", "q=spies&action=block"])
def test_a_page_counts_only_so_far_and_says_so(
    events: tuple[Datasette, list[Row]], monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.setattr("datasette_config.site.tallies.COUNTED", 20)
    monkeypatch.setattr("datasette_config.site.tallies.SPREAD", 10)
    datasette, _ = events
    [rows] = asyncio.run(ask(datasette, {"tally": tally(filters(query), FIELDS)})).values()
    said = told(rows)
    assert (said["count"], said["counted"], said["partly"]) == (21, "More than 20", 10)
    assert sum(row["events"] for row in said["spreads"]["action"]) == 10 < SPREAD


def test_what_is_summed_is_what_can_be_filtered() -> None:
    assert filters("&".join(f"{name}=x" for name in FIELDS)).ids.keys() == FIELDS.keys()


BAD = ["from=soon", "to=2025-1", "since=yesterday", f"q={'x' * 201}", f"platform={'a,' * 51}a"]
BAD += [f"confidence={value}" for value in ("high", "2", "1.5", "90", "-0.5", "0.1234", "nan")]


@pytest.mark.parametrize("query", BAD)
def test_what_cannot_be_meant_is_refused_by_name(query: str) -> None:
    with pytest.raises(BadFilterError, match=query.split("=")[0]):
        filters(query)


@pytest.mark.parametrize("query", [query for query in QUERIES if query])
def test_a_query_says_the_filters_again(query: str) -> None:
    assert filters(filters(query).query().replace("%2C", ",")) == filters(query)
