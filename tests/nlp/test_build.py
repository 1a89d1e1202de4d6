"""The whole way from documents to the public database: repeatable, interruptible, and never of two minds."""

from __future__ import annotations

import logging
import os
import signal
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

import data.events
import nlp.build
from data.archive import Archive
from data.events_schema import TABLES
from data.models import Document, Evidence, Mention, Source
from data.store import StoreError
from nlp.build import BuildSummary, Read, build

NOW = "2026-01-01T00:00:00Z"
LATER = "2026-01-02T00:00:00Z"
DOCUMENTS = [
    Document("1", "FaceTime goes dark", "facetime block RU 2025-12-04 reported\nroblox block RU 2025-12-03 reported",
             published="2025-12-04", source="wire", url="https://wire.example/1"),
    Document("2", "Notice", "facetime block RU 2025-12-04 reported", published="2025-12-05", source="rkn"),
    Document("3", "Weather", "", published="2025-12-05", source="wire"),
    Document("4", "Fine", "google fine RU 2025-12-20 confirmed", published="2025-12-21", source="imported"),
    Document("5", "Threat", "whatsapp block RU 2025-12 threatened", published="2025-12-21", source="imported"),
]  # fmt: skip
IDS = ["2025-12-ru-facetime-block", "2025-12-ru-google-fine", "2025-12-ru-roblox-block", "2025-12-ru-whatsapp-block"]


@dataclass
class LineTagger:
    """Reads each line of a text, "facetime block RU 2025-12-04 reported", as a mention; fails on other lines."""

    version: str = "v1"
    date_basis: Any = "stated"
    dies_at: str | None = None

    def read(self, documents: Iterable[Document]) -> Iterator[Read]:
        """The mentions of each document; kills its process where told to."""
        for document in documents:
            if document.id == self.dies_at:
                die()
            yield document, [self._mention(document, line) for line in document.text.splitlines()]

    def _mention(self, document: Document, line: str) -> Mention:
        words: list[Any] = line.split()
        platform, action, country, date, status = words
        start = document.body.index(line)
        evidence = (Evidence("action", start, start + len(line), line),)
        told = {"date": date, "date_basis": self.date_basis, "country": country}
        return Mention(platform, action, status, confidence=0.7, evidence=evidence, **told)


def die(*_: object) -> None:
    """What a power cut does."""
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Site:
    """An archive with its public database, beside one another in a folder."""

    folder: Path

    @property
    def events(self) -> Path:
        return self.folder / "events.db"

    def build(self, tagger: LineTagger | None = None, now: str = NOW, **values: Any) -> BuildSummary:
        with Archive(self.folder / "archive.db") as archive:
            return build(archive, self.events, tagger=tagger or LineTagger(), now=lambda: now, **values)

    def add(self, *documents: Document) -> None:
        with Archive(self.folder / "archive.db") as archive:
            archive.put_sources([Source("wire", "Wire", "feed"), Source("rkn", "RKN", "listing", official=True)])
            archive.add_documents(documents)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.events)) as db:
            return db.execute(sql).fetchall()

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """All public rows but the runs, of which each build adds one."""
        names = [*TABLES.keys() - {"runs"}, "events_fts"]
        return {name: self.rows(f'SELECT rowid, * FROM "{name}" ORDER BY 1') for name in names}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path)
    made.add(*DOCUMENTS)
    return made


def test_documents_become_public_events(site: Site) -> None:
    result = site.build()
    assert replace(result, seconds=0.0) == BuildSummary(
        documents=5, tagged=5, unread=(), mentions=5, events=4, changes=4, seconds=0.0
    )
    assert site.rows("SELECT id, status, sources, documents, first_seen FROM events ORDER BY id") == [
        (IDS[0], "confirmed", 2, 2, NOW),
        (IDS[1], "confirmed", 1, 1, NOW),
        (IDS[2], "reported", 1, 1, NOW),
        (IDS[3], "threatened", 1, 1, NOW),
    ]
    assert site.rows("SELECT id FROM documents ORDER BY id") == [("1",), ("2",), ("4",), ("5",)]
    assert site.rows("SELECT kind FROM sources WHERE id = 'imported'") == [("imported",)]
    assert site.rows("SELECT events, changes, failed, tagger FROM runs") == [(4, 4, 0, "v1")]


def test_a_second_build_changes_nothing_but_the_list_of_runs(site: Site) -> None:
    site.build()
    before = site.dump()
    result = site.build(now=LATER)
    assert (result.tagged, result.changes) == (0, 0)
    assert site.dump() == before
    assert site.rows("SELECT started, changes FROM runs") == [(NOW, 4), (LATER, 0)]


def test_the_public_database_can_be_thrown_away(site: Site) -> None:
    site.build()
    site.add(Document("6", "More", "facetime block RU 2025-12-02 confirmed"))
    site.build(now=LATER)
    before = site.dump()
    for file in site.folder.glob("events.db*"):
        file.unlink()
    assert site.build(now="2027-01-01T00:00:00Z").changes == 0
    # rows that a refresh changed in place may lie in another order now
    assert {name: sorted(str(row[1:]) for row in rows) for name, rows in site.dump().items()} == {
        name: sorted(str(row[1:]) for row in rows) for name, rows in before.items()
    }


NIGHTS = [
    ([Document("6", "More", "facetime block RU 2025-12-02 confirmed", source="b")], "v1", {"document"}),
    ([replace(DOCUMENTS[3], text="google fine RU 2025-12-19 confirmed")], "v1", {"document"}),
    ([], "v2", {"rule"}),
]


@pytest.mark.parametrize(("documents", "tagger", "reasons"), NIGHTS)
def test_changes_say_why(site: Site, documents: list[Document], tagger: str, reasons: set[str]) -> None:
    site.build()
    site.add(*documents)
    site.build(LineTagger(tagger, date_basis="relative" if tagger == "v2" else "stated"), now=LATER)
    assert {why for (why,) in site.rows(f"SELECT why FROM changes WHERE changed = '{LATER}'")} == reasons
    assert [id for (id,) in site.rows("SELECT id FROM events ORDER BY id")] == IDS


def test_a_document_that_cannot_be_read_stops_no_other(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    site.add(Document("0", "Odd", "what is this"))
    with caplog.at_level(logging.WARNING):
        assert site.build().unread == ("0",)
    assert "document 0 could not be read" in caplog.text
    assert site.build(now=LATER).unread == ("0",)
    assert [id for (id,) in site.rows("SELECT id FROM events ORDER BY id")] == IDS
    assert site.rows("SELECT tagged, failed FROM runs") == [(5, 1), (0, 1)]


def test_a_failed_reading_of_a_revision_takes_nothing_away(site: Site) -> None:
    site.build()
    site.add(replace(DOCUMENTS[0], text="what is this"))
    assert site.build(now=LATER).changes == 0


def test_progress_is_told(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nlp.build, "BATCH", 2)
    told: list[tuple[str, int, int]] = []
    site.build(progress=lambda *step: told.append(step))
    assert told == [
        ("tag", 2, 5), ("tag", 4, 5), ("tag", 5, 5), ("resolve", 0, 1), ("publish", 0, 1), ("publish", 1, 1)
    ]  # fmt: skip


def test_two_builds_at_once_are_refused(site: Site) -> None:
    def second(step: str, done: int, total: int) -> None:
        with pytest.raises(StoreError, match="another build is running"):
            site.build()

    assert site.build(progress=second).events == 4
    assert site.build().events == 4


KILLED = ["tag", "resolve", "publish", "inside the transaction"]


@pytest.mark.parametrize("point", KILLED)
def test_a_killed_build_is_made_up_for_by_the_next(site: Site, tmp_path_factory: Any, point: str) -> None:
    whole = Site(tmp_path_factory.mktemp("whole"))
    for each in (site, whole):
        each.add(*DOCUMENTS)
        each.build()
        each.add(Document("6", "More", "facetime block RU 2025-12-02 confirmed\nx ban IN 2025 threatened", source="b"))
        each.add(replace(DOCUMENTS[3], text="google fine RU 2025-12-19 confirmed"), Document("7", "More weather", ""))
    before = site.dump()
    child = get_context("fork").Process(target=_killed, args=(site, point))
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL
    assert site.dump() == before
    site.build(now=LATER)
    whole.build(now=LATER)
    assert site.dump() == whole.dump() != before


def _killed(site: Site, point: str) -> None:
    nlp.build.BATCH = 1
    tagger = LineTagger(dies_at="6" if point == "tag" else None)
    last_step = die if point == "inside the transaction" else data.events._bring_search
    with patch.object(data.events, "_bring_search", last_step):
        site.build(tagger, now=LATER, progress=lambda step, done, total: die() if step == point != "tag" else None)
