"""kill -9 at random moments of a crawl and of a build, then a normal run: python bench/kills.py [--kills 20]

The sample site, served on this machine, is crawled and built once without harm. Then, in a new folder for every moment,
a crawl is killed and crawled again, and a build is killed and built again (--builds: in so many folders alone).
Documents and events must be the same. Prints as JSON at which second each was killed, how many documents there were
then, and what differs in the end.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from data.sample.server import SITE, WRITTEN_FOR, serve_sample

BUILT = 0.3
"""Share of a run that is mostly the loading of programs, after which it is killed."""
TIMES = {"fetched", "first_seen", "last_changed"}
TABLES = ("events", "evidence", "documents", "redirects", "sources")


class World:
    """An archive and a public database made from the sample's sources."""

    def __init__(self, folder: Path, sources: Path) -> None:
        folder.mkdir()
        self.archive, self.events = folder / "a.db", folder / "e.db"
        self.commands = {
            "crawl": ["crawl", "--sources", str(sources), "--archive", str(self.archive)],
            "build": ["build", "--archive", str(self.archive), "--events", str(self.events)],
        }

    def start(self, stage: str) -> subprocess.Popen[bytes]:
        """The stage in a process of its own, silent."""
        command = [sys.executable, "-m", "splinterlog", *self.commands[stage]]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def run(self, stage: str) -> float:
        """The stage done undisturbed, in so many seconds."""
        start = time.perf_counter()
        process = self.start(stage)
        _, err = process.communicate(timeout=300)
        if process.returncode:
            raise SystemExit(f"{stage} failed: {err.decode()}")
        return time.perf_counter() - start

    def kill(self, stage: str, after: float) -> bool:
        """Kill the stage after so many seconds; False where it was done by then."""
        process = self.start(stage)
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate()
        return process.returncode == -signal.SIGKILL

    def documents(self) -> list[tuple[Any, ...]]:
        """Every document with all that does not depend on when it was fetched."""
        sql = "SELECT id, revision, url, source, published, published_basis, lang, title, text FROM documents"
        return self._sorted(self.archive, sql)

    def public(self) -> dict[str, list[tuple[Any, ...]]]:
        """The public tables without times of this run."""
        found = {}
        for table in TABLES:
            with closing(sqlite3.connect(self.events)) as db:
                names = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[1] not in TIMES]
            columns = ", ".join(f'"{name}"' for name in names)
            found[table] = self._sorted(self.events, f"SELECT {columns} FROM {table}")
        return found

    def left(self) -> int:
        """How many documents there are after a kill; the archive must hold together."""
        if not self.archive.exists():
            return 0
        with closing(sqlite3.connect(self.archive)) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            there = db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'documents'").fetchone()[0]
            return int(db.execute("SELECT count(*) FROM documents").fetchone()[0]) if there else 0

    @staticmethod
    def _sorted(path: Path, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(path)) as db:
            return sorted(db.execute(sql), key=repr)


def measure(kills: int, builds: int, seed: int) -> dict[str, Any]:
    """Kill so many crawls and builds."""
    dice, moments = random.Random(seed), []
    with tempfile.TemporaryDirectory() as name, serve_sample(0) as address:
        folder = Path(name)
        sources = shutil.copytree(SITE.parent / "sources", folder / "sources")
        for file in sources.rglob("*.yaml"):
            file.write_text(file.read_text("utf-8").replace(WRITTEN_FOR, address), "utf-8")
        whole = World(folder / "whole", sources)
        seconds = {stage: whole.run(stage) for stage in ("crawl", "build")}
        documents, public = whole.documents(), whole.public()
        for number in range(kills):
            world = World(folder / str(number), sources)
            moment: dict[str, Any] = {}
            for stage in ("crawl", "build") if number < builds else ("crawl",):
                after = dice.uniform(BUILT, 1) * seconds[stage]
                moment[stage] = round(after, 2) if world.kill(stage, after) else "done by then"
                moment[f"documents after {stage}"] = world.left()
                world.run(stage)
            moment["differs"] = ["archive"] if world.documents() != documents else []
            if number < builds:
                found = world.public()
                moment["differs"] += [table for table, rows in public.items() if found[table] != rows]
            moments.append(moment)
            shutil.rmtree(folder / str(number))
    return {
        "documents": len(documents),
        "events": len(public["events"]),
        "seconds": {stage: round(each, 1) for stage, each in seconds.items()},
        "killed": sum(isinstance(each.get(stage), float) for each in moments for stage in ("crawl", "build")),
        "different": sum(bool(each["differs"]) for each in moments),
        "moments": moments,
    }


def main() -> None:
    """Measure once."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20, help="moments")
    parser.add_argument("--builds", type=int, help="moments of builds, as many as of crawls by default")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments")
    options = parser.parse_args()
    builds = options.kills if options.builds is None else options.builds
    print(json.dumps(measure(options.kills, builds, options.seed), indent=1))


if __name__ == "__main__":
    main()
