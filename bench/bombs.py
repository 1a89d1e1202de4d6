"""What becomes of requests that are meant to stop the site: python bench/bombs.py [--events 1000000] [--seconds 5]

Serves made-up events as `splinterlog serve` does. For each kind of bomb ten attackers ask without a pause, while a
reader opens one event after another. Prints how the attackers were answered, and the 95th percentile of both in
milliseconds.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from statistics import quantiles
from urllib.parse import quote_plus

import httpx

from bench.site import options, served

ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
REFUSED = {
    "a value of 600 MB": "/events?sql=select+hex(zeroblob(300000000))",
    "the same in a condition": "/events/events?_where=hex(zeroblob(300000000))",
    "counting without end": f"/events.json?sql={quote_plus(ENDLESS)}",
    "a product of tables": "/events.json?sql=select+count(*)+from+events,events,events",
    "a wildcard 1,000 times": "/events/events.json?summary__like=" + "%25" * 1000,
    "a search of 3,000 characters": "/find?q=" + "a+" * 1500,
    "200 ids": "/find?platform=" + "a," * 200,
    "a million rows at once": "/events/events.json?_size=1000000",
    "the same of the API": "/api/events.json?size=1000000",
    "an endless cursor": "/api/events.json?after=" + "x" * 5000,
    "what runs here": "/-/threads.json",
}
"""What is refused before anything is searched."""
HALTED = {"wildcards over all texts": "/events/events.json?summary__notlike=" + "%25a" * 60}
"""What Datasette lets run for a second, its sql_time_limit_ms."""
ATTACKERS = 10


async def attack(site: str, bomb: str, until: float, times: list[float], statuses: Counter[int], number: int) -> None:
    """Send a bomb, again and again, once at least."""
    sent = 0
    async with httpx.AsyncClient(base_url=site, timeout=60) as client:
        while not sent or time.perf_counter() < until:
            sent += 1
            start = time.perf_counter()
            answer = await client.get(f"{bomb}{'&' if '?' in bomb else '?'}_nth={number}-{sent}")
            times.append(1000 * (time.perf_counter() - start))
            statuses[answer.status_code] += 1


async def read(site: str, until: float, times: list[float]) -> None:
    """Open one event after another, one at least, as a person does."""
    async with httpx.AsyncClient(base_url=site, timeout=60) as client:
        while not times or time.perf_counter() < until:
            start = time.perf_counter()
            (await client.get(f"/event/e{len(times)}?{until}")).raise_for_status()
            times.append(1000 * (time.perf_counter() - start))
            await asyncio.sleep(0.02)


async def measure(site: str, bomb: str, seconds: float) -> tuple[Counter[int], list[float], list[float]]:
    """The attackers' answers by status, how long these took, and how long the reader's took."""
    until = time.perf_counter() + seconds
    statuses: Counter[int] = Counter()
    theirs: list[float] = []
    readers: list[float] = []
    attackers = (attack(site, bomb, until, theirs, statuses, number) for number in range(ATTACKERS))
    await asyncio.gather(read(site, until, readers), *attackers)
    return statuses, theirs, readers


def main() -> None:
    given = options(__doc__, 5).parse_args()
    with served(given, 1) as [site]:
        print(f"{'':30} {'answers':>16} {'p95':>6} {'reader':>7}")
        for name, bomb in (REFUSED | HALTED).items():
            statuses, theirs, readers = asyncio.run(measure(site, bomb, given.seconds))
            cut, others = (quantiles(times, n=20)[18] for times in (theirs, readers))
            print(f"{name:30} {dict(statuses)!s:>16} {cut:6.0f} {others:7.0f}", flush=True)


if __name__ == "__main__":
    main()
