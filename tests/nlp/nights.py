"""An archive with its public database, filled night by night with documents of given mentions by the real build."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.news import Told
from data.archive import Archive
from data.corrections import Corrections, Entry
from data.events_schema import TABLES
from data.models import Document, Mention, Source
from nlp.build import BuildSummary, build

SOURCES = [Source("wire", "Wire", "feed"), Source("rkn", "RKN", "listing", official=True)]


def document(id: str, mentions: Sequence[Mention], **values: Any) -> Document:
    """A document that tells these mentions."""
    return Document(id, f"What {id} tells", json.dumps([asdict(each) for each in mentions]), **values)


@dataclass
class Nights:
    """A folder with an archive and its public database."""

    folder: Path
    number: int = 0

    @property
    def events(self) -> Path:
        return self.folder / "events.db"

    def night(self, documents: Iterable[Document] = (), tagger: str = "v1", said: Sequence[Entry] = ()) -> BuildSummary:
        """Add documents and build, with people's words; the clock goes on a second."""
        self.number += 1
        with Archive(self.folder / "archive.db") as archive:
            archive.put_sources(SOURCES)
            archive.add_documents(documents)
            day = f"2026-01-01T00:00:{self.number:02}Z"
            words = Corrections(tuple(said))
            return build(archive, self.events, tagger=Told(tagger), now=lambda: day, corrections=words)

    def ids(self) -> list[str]:
        """Every id that an event ever had."""
        with Archive(self.folder / "archive.db") as archive:
            return sorted(archive.memory.ids())

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.events)) as db:
            return db.execute(sql).fetchall()

    def public(self) -> dict[str, list[str]]:
        """All public rows but the runs; rowids are left out, for they depend on what stood there before."""
        found = {name: sorted(map(str, self.rows(f'SELECT * FROM "{name}"'))) for name in TABLES if name != "runs"}
        search = "SELECT e.id, f.* FROM events AS e LEFT JOIN events_fts AS f ON f.rowid = e.rowid"
        return found | {"search": sorted(map(str, self.rows(search)))}

    def told(self) -> Counter[tuple[Any, ...]]:
        """Events as what they are, whatever their ids and times: their fields and who tells them."""
        left_out = {"id", "follows", "first_seen", "last_changed"}
        names = ", ".join(f'"{name}"' for name in TABLES["events"].columns if name not in left_out)
        tellers = """(SELECT group_concat(document_id) FROM
            (SELECT DISTINCT document_id FROM evidence WHERE event_id = events.id ORDER BY document_id))"""
        return Counter(self.rows(f"SELECT {names}, {tellers} FROM events"))

    def forget(self) -> None:
        """Delete the public database."""
        for file in self.folder.glob("events.db*"):
            file.unlink()
