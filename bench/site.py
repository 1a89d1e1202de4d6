"""How fast the site answers over a million made-up events: python bench/site.py [--events 1000000] [--seconds 10]

Writes a database of so many events, as skewed as the real ones, serves it by --processes, asks for each kind of page,
--clients at a time who are shared out among the processes, every address once (nothing comes from memory), then for the
front page over and over. Prints requests a second, and the median and 95th percentile in milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx

from data.events_schema import APPLICATION_ID, ddl
from data.events_sums import SUMS
from data.reference import load_reference
from data.serving import serve_events

COLUMNS = [
    *["id", "platform_id", "country", "action", "status", "authority_id"],
    *["date", "date_precision", "summary", "sources", "documents", "confidence"],
]
STATUSES = ["confirmed"] * 7 + ["reported"] * 2 + ["threatened", "denied"]
WORDS = [f"word{number}" for number in range(5_000)]
"""The first is the commonest, as often as all of a summary's others."""


def fill(path: Path, number: int) -> None:
    """A database of so many events, each told by a sentence of one document."""
    known = load_reference()
    with sqlite3.connect(path) as db:
        db.executescript(f"PRAGMA journal_mode = OFF; PRAGMA application_id = {APPLICATION_ID}; {';'.join(ddl())}")
        for table in ("platforms", "countries", "actions", "authorities"):
            rows = ((id, id.title()) for id in getattr(known, table))
            db.executemany(f"INSERT INTO {table} (id, name) VALUES (?, ?)", rows)
        marks = ", ".join("?" * len(COLUMNS))
        db.executemany(f"INSERT INTO events ({', '.join(COLUMNS)}) VALUES ({marks})", events(known, number))
        db.execute("INSERT INTO events_fts (rowid, summary) SELECT rowid, summary FROM events")
        db.execute("INSERT INTO documents (id, title, url) VALUES ('d', 'A document', 'https://news.example/1')")
        said = 'INSERT INTO evidence (event_id, document_id, field, value, chosen, quote, start, "end")'
        facts = db.execute("SELECT id, platform_id, action, country, date FROM events").fetchall()
        db.executemany(f"{said} VALUES (?, 'd', ?, ?, 1, ?, ?, ?)", (row for each in facts for row in evidence(*each)))
        run = (1, "2026-06-01T00:00:00Z", number, 1, "s")
        db.execute("INSERT INTO runs (id, finished, events, documents, state) VALUES (?, ?, ?, ?, ?)", run)
        for name, each in SUMS.items():
            db.execute(f"INSERT INTO {name} {each.of('events')}")
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")


def events(known: Any, number: int) -> Iterator[tuple[Any, ...]]:
    """Rows of COLUMNS: a few platforms, countries and authorities have most of them."""
    dice = random.Random(1)
    platforms, countries, actions, authorities = map(
        list, (known.platforms, known.countries, known.actions, known.authorities)
    )

    def skewed(names: list[str]) -> str:
        return names[min(int(dice.paretovariate(0.6)) - 1, len(names) - 1)]

    for n in range(number):
        names = skewed(platforms), skewed(countries), skewed(actions), dice.choice(STATUSES), skewed(authorities)
        date = f"{dice.randint(2012, 2026)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        sure = round(dice.uniform(0.47, 1), 3)
        yield f"e{n}", *names, date, "day", f"Event {n}: {' '.join(skewed(WORDS) for _ in range(4))}", 2, 3, sure


def evidence(event: str, *facts: str) -> Iterator[tuple[Any, ...]]:
    """Rows of a sentence and of the words in it for platform, action, country and date."""
    said = "As its agency announced this week, {2} has put {0} under a {1} with effect from {3}, on several grounds."
    quote = said.format(*facts)
    yield event, "event", "confirmed", quote, 100, 100 + len(quote)
    for field, words in zip(("platform", "action", "country", "date"), facts, strict=True):
        start = 100 + quote.index(words)
        yield event, field, words, words, start, start + len(words)


def kinds(number: int) -> dict[str, Callable[[random.Random], str]]:
    """Addresses of each kind, hardly ever one twice."""
    known = load_reference()
    platforms, countries, actions = list(known.platforms)[:60], list(known.countries)[:60], list(known.actions)

    def day(dice: random.Random) -> str:
        return f"{dice.randint(2012, 2026)}-{dice.randint(1, 12):02}"

    return {
        "front page": lambda dice: f"/?_nth={dice.random()}",
        "event": lambda dice: f"/event/e{dice.randrange(number)}",
        "list, one filter": lambda dice: f"/find?country={dice.choice(countries)}&_nth={dice.random()}",
        "list, two filters": lambda dice: (
            f"/find?platform={dice.choice(platforms)}&action={dice.choice(actions)}&_nth={dice.random()}"
        ),
        "list, filter and time": lambda dice: (
            f"/find?country={dice.choice(countries)}&from={day(dice)}&_nth={dice.random()}"
        ),
        "list, filter and sure": lambda dice: (
            f"/find?country={dice.choice(countries)}&confidence=0.9&_nth={dice.random()}"
        ),
        "search, word of a third": lambda dice: f"/find?q={WORDS[2]}&_nth={dice.random()}",
        "search, common word": lambda dice: f"/find?q={dice.choice(WORDS[10:40])}&_nth={dice.random()}",
        "search, rare word": lambda dice: f"/find?q={dice.randrange(number)}",
        "facet, Datasette's table": lambda dice: (
            f"/events/events?country={dice.choice(countries)}&_facet=action&_nth={dice.random()}"
        ),
        "country": lambda dice: f"/country/{dice.choice(countries)}?_nth={dice.random()}",
        "API, events": lambda dice: f"/api/events.json?platform={dice.choice(platforms)}&size=50&_nth={dice.random()}",
    }


async def load(
    sites: Sequence[str], address: Callable[[random.Random], str], clients: int, seconds: float
) -> tuple[float, list[float]]:
    """Requests a second and the time of each, in milliseconds."""
    times: list[float] = []
    over = time.perf_counter() + seconds

    async def reader(number: int) -> None:
        dice = random.Random(number)
        async with httpx.AsyncClient(base_url=sites[number % len(sites)], timeout=30) as client:
            while time.perf_counter() < over:
                start = time.perf_counter()
                (await client.get(address(dice))).raise_for_status()
                times.append(1000 * (time.perf_counter() - start))

    await asyncio.gather(*(reader(number) for number in range(clients)))
    return len(times) / seconds, times


def options(about: str | None, seconds: int) -> argparse.ArgumentParser:
    """What every benchmark over made-up events takes."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=seconds)
    parser.add_argument("--database", type=Path, help="made if it is not there, and kept")
    return parser


@contextmanager
def filled(given: argparse.Namespace) -> Iterator[Path]:
    """The database of these options."""
    with tempfile.TemporaryDirectory() as folder:
        path = given.database or Path(folder) / "events.db"
        if not path.exists():
            fill(path, given.events)
        yield path


@contextmanager
def served(given: argparse.Namespace, processes: int) -> Iterator[list[str]]:
    """The addresses of so many processes that serve it."""
    with filled(given) as path, ExitStack() as serving:
        yield [serving.enter_context(serve_events(path)) for _ in range(processes)]


def main() -> None:
    parser = options(__doc__, 10)
    parser.add_argument("--clients", type=int, default=10)
    parser.add_argument("--processes", type=int, default=2, help="as many as deploy/nginx.conf has")
    given = parser.parse_args()
    with served(given, given.processes) as sites:
        measure(sites, given)


def measure(sites: Sequence[str], given: argparse.Namespace) -> None:
    """Print a line for each kind of page."""
    print(f"{'':24} {'a second':>9} {'median':>7} {'p95':>7}")
    asked = kinds(given.events) | {"front page, from memory": lambda dice: "/"}
    for name, address in asked.items():
        rate, times = asyncio.run(load(sites, address, given.clients, given.seconds))
        cuts = quantiles(times, n=20)
        print(f"{name:24} {rate:9.0f} {cuts[9]:7.1f} {cuts[18]:7.1f}", flush=True)


if __name__ == "__main__":
    main()
