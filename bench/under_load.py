"""Whether readers notice a refresh: python bench/under_load.py [--clients 50] [--seconds 60]

Serves the sample as `splinterlog serve` does, lets so many readers ask for its pages without a pause, and meanwhile
imports a document and builds, again and again. Prints the answers by status, how long they took, and after how many
seconds from the end of each build the new state was seen.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx

from data.serving import serve_events

PAGES = ["/", "/find", "/find?country=RU", "/platforms", "/api/events.json", "/feeds/changes.atom", "/events/events"]
WORDS = "On {day} November 2026 the telecoms authority Roskomnadzor blocked the messenger Signal in Russia, it said."


async def run(*arguments: object) -> None:
    """A command of Splinterlog, to its end."""
    command = [sys.executable, "-m", "splinterlog", *map(str, arguments)]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL)
    if await process.wait():
        raise SystemExit(f"{command} failed")


async def read(site: str, until: float, times: list[float], statuses: Counter[Any], number: int) -> None:
    """Ask for pages, one after another."""
    dice = random.Random(number)
    async with httpx.AsyncClient(base_url=site, timeout=30) as client:
        while time.perf_counter() < until:
            start = time.perf_counter()
            try:
                statuses[(await client.get(dice.choice(PAGES))).status_code] += 1
            except httpx.TransportError as error:
                statuses[type(error).__name__] += 1
            times.append(1000 * (time.perf_counter() - start))


async def refresh(site: str, folder: Path, until: float, delays: list[float]) -> None:
    """Import a document and build, until the time is over; when the new state is seen, note how long it took."""
    day = 1
    async with httpx.AsyncClient(base_url=site, timeout=30) as client:
        while time.perf_counter() < until:
            day += 1
            file, text = folder / f"{day}.jsonl", WORDS.format(day=day)
            told = {"id": f"new-{day}", "title": text, "text": text, "published": f"2026-11-{day:02}"}
            file.write_text(json.dumps(told) + "\n", "utf-8")
            before = (await client.get("/api/index.json")).json()["built"]["state"]
            await run("import", file, "--archive", folder / "archive.db")
            await run("build", "--archive", folder / "archive.db", "--events", folder / "events.db")
            start = time.perf_counter()
            while (await client.get("/api/index.json")).json()["built"]["state"] == before:
                await asyncio.sleep(0.01)
            delays.append(time.perf_counter() - start)


async def load(site: str, folder: Path, clients: int, seconds: float) -> None:
    """Readers and refreshes together."""
    until = time.perf_counter() + seconds
    times: list[float] = []
    statuses: Counter[Any] = Counter()
    delays: list[float] = []
    readers = (read(site, until, times, statuses, number) for number in range(clients))
    await asyncio.gather(refresh(site, folder, until, delays), *readers)
    cuts = quantiles(times, n=20)
    print(f"answers: {dict(statuses)}; median {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms")
    print(f"refreshes: {len(delays)}; seen {max(delays):.2f} s after the end of the build at the latest")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = ["--archive", folder / "archive.db", "--events", folder / "events.db"]
        asyncio.run(run("demo", "--no-serve", *paths))
        with serve_events(folder / "events.db") as site:
            asyncio.run(load(site, folder, given.clients, given.seconds))


if __name__ == "__main__":
    main()
