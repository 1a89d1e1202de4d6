"""The whole street on the sample site: a real crawl over loopback, build, and Datasette, by the real commands."""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from data.sample.server import PORT, SITE, WRITTEN_FOR, serve_sample
from nlp.score import read_gold

SPLINTERLOG = Path(sys.executable).with_name("splinterlog")
GOLD = {record["id"]: record for record in read_gold(SITE.parent / "expected.jsonl")}
README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
SEED = "2025-12-ru-facetime-block"
FALSE_ALARMS = 2
"""Events that the ordinary pages of the sample, sixteen of them, may yield."""
FLOORS = {"event": 0.6, "en": 0.6, "ru": 0.6}
"""Event F1 on the sample, below which something is broken; it is a floor, no aim."""
Tables = dict[str, list[tuple[Any, ...]]]


@dataclass
class Street:
    """The sample's databases, and the source files with which they are made."""

    sources: Path
    archive: Path
    events: Path

    def crawl(self) -> str:
        """Crawl; the summary line."""
        return run("crawl", "--sources", self.sources, "--archive", self.archive)

    def build(self) -> str:
        """Build; the summary line."""
        return run("build", "--archive", self.archive, "--events", self.events)

    def rows(self, sql: str, *values: str) -> list[tuple[Any, ...]]:
        """What a query over the public database gives."""
        with closing(sqlite3.connect(self.events)) as connection:
            return connection.execute(sql, values).fetchall()

    def tables(self, *left_out: str) -> Tables:
        """All rows of all public tables but these."""
        names = [row[0] for row in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        mine = [name for name in names if name not in left_out and not name.startswith(("events_fts_", "sqlite_"))]
        return {name: sorted(self.rows(f'SELECT * FROM "{name}"'), key=repr) for name in mine}


def run(*arguments: object) -> str:
    """A command of its own process, which must succeed; its standard output."""
    done = subprocess.run([SPLINTERLOG, *map(str, arguments)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    folder = tmp_path_factory.mktemp("street")
    with serve_sample(0) as address:
        sources = shutil.copytree(SITE.parent / "sources", folder / "sources")
        for file in sources.rglob("*.yaml"):
            file.write_text(file.read_text("utf-8").replace(WRITTEN_FOR, address), "utf-8")
        street = Street(sources, folder / "archive.db", folder / "events.db")
        assert street.crawl() == f"3 sources, 0 failed, {len(GOLD)} new documents\n"
        assert street.build().startswith(f"{len(GOLD)} documents ({len(GOLD)} read now)")
        yield street


def page_of(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def test_the_seed_event_is_there_with_evidence_and_more_than_one_source(street: Street) -> None:
    found = street.rows(
        "SELECT id, country, authority_id, date, date_precision, status FROM events "
        "WHERE platform_id = 'facetime' AND action = 'block' AND date LIKE '2025-12%'"
    )
    assert found == [(SEED, "RU", "rkn", "2025-12-04", "day", "confirmed")]
    ((sources, documents),) = street.rows("SELECT sources, documents FROM events WHERE id = ?", SEED)
    assert sources >= 2
    assert documents >= sources
    fields = {row[0] for row in street.rows("SELECT field FROM evidence WHERE event_id = ?", SEED)}
    assert {"event", "platform", "action", "country", "authority", "date"} <= fields


def test_quotes_are_the_words_of_their_documents(street: Street) -> None:
    with closing(sqlite3.connect(street.archive)) as archive:
        bodies = {
            id: f"{title}\n\n{text}" for id, title, text in archive.execute("SELECT id, title, text FROM documents")
        }
    evidence = street.rows("SELECT document_id, start, quote FROM evidence")
    assert evidence
    for document, start, quote in evidence:
        assert bodies[document][start : start + len(quote.rstrip("…"))] == quote.rstrip("…")


def test_documents_are_dated_and_named_by_their_sources(street: Street) -> None:
    documents = street.rows("SELECT url, source_id, lang, published, published_basis FROM documents")
    assert {source for _, source, *_ in documents} == {"sample-ledger", "sample-register", "sample-vestnik"}
    for url, _, lang, published, basis in documents:
        gold = GOLD[page_of(url)]
        assert (lang, published[:10]) == (gold["lang"], gold["published"])
        assert basis


def test_ordinary_pages_yield_no_event(street: Street) -> None:
    told = street.rows("SELECT DISTINCT e.event_id, d.url FROM evidence e JOIN documents d ON d.id = e.document_id")
    alarms = [(event, page_of(url)) for event, url in told if not GOLD[page_of(url)]["relevant"]]
    assert len(alarms) <= FALSE_ALARMS, alarms


def test_the_sample_is_read_well_enough(street: Street, tmp_path: Path) -> None:
    with closing(sqlite3.connect(street.archive)) as archive:
        read = archive.execute("SELECT url, title, text, published FROM documents").fetchall()
    labelled = [GOLD[page_of(url)] | {"title": title, "text": text, "published": day} for url, title, text, day in read]
    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(json.dumps(record) + "\n" for record in labelled), "utf-8")
    report = run("eval", gold)
    f1 = {name: float(value) for name, value in re.findall(r"^ *(\w+) .* F1 (\S+)", report, re.MULTILINE)}
    for name, floor in FLOORS.items():
        assert f1[name] >= floor, report


def test_again_changes_nothing(street: Street) -> None:
    before = street.tables("runs", "source_health")
    assert street.crawl() == "3 sources, 0 failed, 0 new documents\n"
    built = street.build()
    assert built.startswith(f"{len(GOLD)} documents (0 read now)")
    assert ", 0 changes, " in built
    assert street.tables("runs", "source_health") == before
    outcomes = street.rows("SELECT DISTINCT outcome, failure FROM source_health")
    assert outcomes == [("unchanged", None)]


def test_built_again_from_the_archive_it_is_the_same(street: Street) -> None:
    before = street.tables("runs")
    for file in street.events.parent.glob("events.db*"):
        file.unlink()
    street.build()
    assert street.tables("runs") == before


def test_status_tells_of_every_source(street: Street) -> None:
    shown = run("status", "--archive", street.archive)
    assert f"3 sources, {len(GOLD)} documents" in shown
    assert {line.split(":")[0] for line in shown.splitlines()} >= {"sample-ledger", "sample-register", "sample-vestnik"}


def test_it_is_served(street: Street) -> None:
    with served("serve", "--events", street.events) as site:
        row = site.get(f"/events/events/{SEED}.json?_shape=objects").json()["rows"][0]
        assert (row["platform_id"], row["action"], row["date"]) == ("facetime", "block", "2025-12-04")
        page = site.get(f"/event/{SEED}")
        assert page.status_code == 200
        for words in ("FaceTime", "Roskomnadzor", "2025-12-04"):
            assert words in page.text
        quote = street.rows("SELECT quote FROM evidence WHERE event_id = ? AND field = 'platform' LIMIT 1", SEED)[0][0]
        assert quote in page.text
        assert site.get("/").status_code == 200
        for address in re.findall(r"http://127\.0\.0\.1:8001(/[^\s'`<>)]*)", README):
            assert site.get(address).status_code == 200, address
        lines = site.get("/events/events.csv?platform_id=facetime&_size=max").text.splitlines()
        assert len(lines) == 1 + street.rows("SELECT count(*) FROM events WHERE platform_id = 'facetime'")[0][0]


@contextmanager
def served(*arguments: object) -> Iterator[httpx.Client]:
    """A serving command on a free port, once it answers; ended by SIGTERM."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(SPLINTERLOG), *map(str, arguments), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            assert f"http://127.0.0.1:{port}/\n" in iter(process.stdout.readline, "")  # type: ignore[union-attr]
            _wait(client, process)
            yield client
    finally:
        process.terminate()
        process.communicate(timeout=30)
    assert process.returncode in (0, -signal.SIGTERM)


def _wait(client: httpx.Client, process: subprocess.Popen[str]) -> None:
    while process.poll() is None:
        try:
            client.get("/")
            return
        except httpx.ConnectError:
            time.sleep(0.1)
    raise AssertionError(f"ended with {process.returncode}")


def test_the_excerpt_of_the_readme_is_true(street: Street) -> None:
    (excerpt,) = re.findall(r"^```json\n(.+?)^```$", README, re.MULTILINE | re.DOTALL)
    told = json.loads(excerpt)
    columns = ", ".join(told)
    assert street.rows(f"SELECT {columns} FROM events WHERE id = ?", told["id"]) == [tuple(told.values())]


def test_a_taken_port_is_told(street: Street) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [str(SPLINTERLOG), "serve", "--events", str(street.events), "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert done.returncode == 1
    assert f"port {port} on 127.0.0.1: " in done.stderr
    assert "choose another with --port" in done.stderr


def test_the_demo_does_it_all(tmp_path: Path) -> None:
    with socket.socket() as trial:
        if trial.connect_ex(("127.0.0.1", PORT)) == 0:
            pytest.skip(f"something else listens on port {PORT}, where the sample site is at home")
    with served("demo", "--archive", tmp_path / "archive.db", "--events", tmp_path / "demo.db") as site:
        assert site.get(f"/events/events/{SEED}.json").status_code == 200
