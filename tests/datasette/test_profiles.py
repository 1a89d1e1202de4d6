"""Pages of platforms, owners, countries, authorities, actions and sources tell their events and no others."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.datasette.database import new_database

# id, platform, country, authority, action, status, date, amount_eur
EVENTS = [
    ("in-ru", "insta", "RU", "rkn", "block", "confirmed", "2025-11-02", None),
    ("wa-ru", "whats", "RU", "rkn", "throttle", "reported", "2025-12", None),
    ("fb-ie", "meta", "IE", "dpc", "fine", "confirmed", "2024", 9e6),
    ("tt-ie", "tiktok", "IE", "dpc", "fine", "confirmed", "2025-12-01", 1e6),
]
TOLD = {
    "/platform/insta": {"in-ru"},
    "/owner/meta": {"in-ru", "wa-ru", "fb-ie"},
    "/country/RU": {"in-ru", "wa-ru"},
    "/authority/dpc": {"fb-ie", "tt-ie"},
    "/action/fine": {"fb-ie", "tt-ie"},
    "/source/news": {"in-ru"},
}
CHARTED = {
    "/owner/meta": {"2025-11": 1, "2025-12": 1},
    "/country/IE": {"2025-12": 1},
    "/authority/dpc": {"2024": 1, "2025": 1},
    "/action/block": {"2025-11": 1},
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("profiles") / "events.db"
    with new_database(path) as connection:
        columns = "id, platform_id, country, authority_id, action, status, date, date_precision, amount_eur"
        rows = [(*event[:7], {4: "year", 7: "month", 10: "day"}[len(event[6])], event[7]) for event in EVENTS]
        connection.executemany(f"INSERT INTO events ({columns}) VALUES ({', '.join('?' * 9)})", rows)
        parents = {"meta": None, "insta": "meta", "whats": "meta", "tiktok": None}
        connection.executemany("INSERT INTO platforms (id, parent) VALUES (?, ?)", parents.items())
        for table, ids in {"countries": "RU IE FR", "authorities": "rkn dpc", "actions": "block fine throttle"}.items():
            connection.executemany(f"INSERT INTO {table} (id) VALUES (?)", ([id_] for id_ in ids.split()))
        connection.execute("UPDATE countries SET continent = iif(id = 'IE', 'Europe', 'Asia') WHERE id <> 'FR'")
        connection.execute("INSERT INTO sources (id) VALUES ('news')")
        connection.execute("INSERT INTO documents (id, source_id) VALUES ('d', 'news')")
        connection.execute("INSERT INTO evidence VALUES ('in-ru', 'd', 'event', 'confirmed', 1, 'said so', 0, 4)")
        connection.execute(
            "INSERT INTO runs (id, finished, events, documents) VALUES (1, '2025-12-31T00:00:00Z', 4, 1)"
        )
    return path


@pytest.mark.parametrize("url", TOLD)
def test_a_page_tells_its_events_and_no_others(asking: Any, path: Path, url: str) -> None:
    [answer] = asking(path, {"url": url})
    assert set(re.findall(r'href="/event/([^"]+)"', answer.text)) == TOLD[url]
    if "/source/" not in url:
        assert f"<b>{len(TOLD[url])}</b> event" in answer.text


@pytest.mark.parametrize("url", CHARTED)
def test_a_chart_has_its_numbers_as_a_table(asking: Any, path: Path, url: str) -> None:
    """What is known by its year only is in no month, and least of all in January."""
    [answer] = asking(path, {"url": url})
    table = answer.text.split("The numbers as a table")[1].split("</table>")[0]
    rows = re.findall(r'<th scope="row">([^<]+)</th>.*?<td class="number">(\d+)</td></tr>', table)
    assert {label: int(number) for label, number in rows} == CHARTED[url]


@pytest.mark.parametrize(
    ("url", "first", "silent"),
    [
        ("/platforms", ["insta", "meta", "tiktok", "whats"], []),
        ("/owners", ["meta"], []),
        ("/countries", ["IE", "RU"], ["FR"]),
    ],
)
def test_lists_have_those_with_events_first(
    asking: Any, path: Path, url: str, first: list[str], silent: list[str]
) -> None:
    [answer] = asking(path, {"url": url})
    shown, _, hidden = answer.text.partition("<details>")
    kind = url.removesuffix("s").removesuffix("ie")[1:]
    ids = [re.findall(rf'<th scope="row"><a href="/{kind}\w*/([^"]+)"', part) for part in (shown, hidden)]
    assert ids == [first, silent]


def test_countries_are_tiles_by_continent_and_code(asking: Any, path: Path) -> None:
    [answer] = asking(path, {"url": "/countries"})
    tiles = re.findall(r'<li class="heat-(\d)"><a href="/country/(\w+)".*?<b>(\d+)</b>', answer.text)
    wanted = Counter(event[2] for event in EVENTS)
    assert [code for _, code, _ in tiles] == ["RU", "IE"]
    assert re.findall(r'<section aria-label="(\w+)"><h2>\1</h2>', answer.text) == ["Asia", "Europe"]
    assert {code: int(events) for _, code, events in tiles} == wanted
    assert max(tiles, key=lambda tile: int(tile[2]))[0] == "5"


@pytest.mark.parametrize("url", [*CHARTED, "/platform/insta"])
def test_the_numbers_of_a_chart_are_data(asking: Any, path: Path, url: str) -> None:
    [page] = asking(path, {"url": url})
    [(as_json, as_csv)] = re.findall(r'These numbers as <a href="([^"]+)">JSON</a>, <a href="([^"]+)">CSV<', page.text)
    found, lines = asking(path, {"url": unescape(as_json)}, {"url": unescape(as_csv)})
    charted = Counter[str]()
    for row in found.json()["rows"]:
        charted[row.get("month") or row["year"]] += row["events"]
    assert charted == CHARTED.get(url, {"2025-11": 1}) and len(lines.text.splitlines()) == 1 + len(found.json()["rows"])


@pytest.mark.parametrize(("url", "other"), [("/", "platform"), ("/countries", "country")])
def test_counts_are_data(asking: Any, path: Path, url: str, other: str) -> None:
    [page] = asking(path, {"url": url})
    [link] = re.findall(rf'<a href="([^"]+other={other})">JSON</a>', page.text)
    [found] = asking(path, {"url": unescape(link)})
    column = {"platform": 1, "country": 2}[other]
    told = {row["other_value"]: row["events"] for row in found.json()["rows"]}
    assert told == Counter(event[column] for event in EVENTS)
