"""The archive: what was published and what it was read to say. Private, append-only, never served.

A document whose title or text changed gets a new revision and the old one stays; the latest is current. Of the
mentions only the latest reading of each document is kept: any reading can be had again from its document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlite_utils.utils import chunks

from data.archive_addresses import AddressStore
from data.archive_cells import CellStore
from data.archive_curated import CuratedStore
from data.archive_readings import UNREAD, ReadingStore, digest
from data.archive_registries import RegistryStore
from data.archive_schema import open_archive
from data.archive_sources import SourceStore
from data.characters import whole_characters
from data.memory import Memory
from data.models import CuratedRecord, Document, Run
from data.store import transaction

_DOCUMENT = [field.name for field in fields(Document)]
_STORED = [name for name in _DOCUMENT if name != "country"]
_CHUNK = 500
_INSERT = "INSERT INTO documents ({}) VALUES ({})".format(
    ", ".join([*_STORED, "revision", "digest"]), ", ".join(f":{name}" for name in [*_STORED, "revision", "digest"])
)

_AS_READ = """
SELECT d.*, s.country FROM readings AS r JOIN documents AS d ON d.id = r.document_id AND d.revision = coalesce(
    (SELECT max(revision) FROM documents WHERE id = r.document_id AND digest = r.digest),
    (SELECT max(revision) FROM documents WHERE id = r.document_id))
LEFT JOIN sources AS s ON s.id = d.source WHERE r.document_id IN"""


class Archive(AddressStore, SourceStore, ReadingStore, CellStore, CuratedStore, RegistryStore):
    """The private store at a path, made and migrated on opening; a context manager. StoreError where it cannot be."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.db = open_archive(path)
        self.memory = Memory(self.db)

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the archive is of no use afterwards."""
        self.db.close()

    # documents

    def add_documents(self, documents: Iterable[Document]) -> int:
        """Store what is new or revised, all or nothing; returns how many. What is there as it is stays untouched."""
        with transaction(self.db):
            return sum(self._add(document) for document in documents)

    def add_curated(self, records: Iterable[CuratedRecord]) -> int:
        """Store documents and what is stated of them, all or nothing; returns how many are new or revised."""
        with transaction(self.db):
            # not `or`: both are to be stored
            return sum(self._add(record.document) | self.put_stated(record) for record in records)

    def _add(self, document: Document) -> bool:
        latest = "SELECT revision, digest FROM documents WHERE id = ? ORDER BY revision DESC LIMIT 1"
        revision, stored = self.db.execute(latest, [_storable(document.id)]).fetchone() or (0, None)
        new = digest(document)
        if new != stored:
            row = {name: _storable(value) for name, value in asdict(document).items()}
            self.db.execute(_INSERT, row | {"revision": revision + 1, "digest": new})
        return bool(new != stored)

    def documents(self) -> Iterator[Document]:
        """The current revision of every document, by id."""
        return map(_document, self.db.query("SELECT * FROM current_documents ORDER BY id"))

    def documents_of(self, ids: Iterable[str]) -> Iterator[Document]:
        """The current revision of each of these documents, where there is one."""
        for chunk in chunks(ids, _CHUNK):
            yield from map(_document, list(self._among("SELECT * FROM current_documents WHERE id IN", list(chunk))))

    def documents_named(self, name: str) -> Iterator[Document]:
        """The current revision of the documents that have this id or this URL."""
        query = "SELECT * FROM current_documents WHERE id = :name OR url = :name ORDER BY id"
        yield from map(_document, self.db.query(query, {"name": _storable(name)}))

    def ids_named(self, name: str) -> list[str]:
        """The ids of the documents that have this id or this URL."""
        query = "SELECT DISTINCT id FROM current_documents WHERE id = :name OR url = :name ORDER BY id"
        return [row[0] for row in self.db.execute(query, {"name": _storable(name)})]

    def documents_read(self, ids: Iterable[str]) -> Iterator[Document]:
        """The revision of each of these documents that was read last, which its mentions speak of, by id."""
        for chunk in chunks(ids, _CHUNK):
            marks = ",".join("?" * len(given := list(chunk)))
            yield from map(_document, list(self.db.query(f"{_AS_READ} ({marks}) ORDER BY d.id", given)))

    def untagged(self, tagger: str) -> Iterator[Document]:
        """Current revisions that this tagger version has not read, by id; may be iterated while readings are added."""
        return self.documents_of([row[0] for row in self.db.execute(UNREAD, [tagger])])

    # the whole

    def counts(self) -> dict[str, int]:
        """Numbers of sources, documents, revisions, mentions and living events."""
        return self.db.execute_returning_dicts("""
            SELECT (SELECT count(*) FROM sources) AS sources,
                (SELECT count(DISTINCT id) FROM documents) AS documents,
                (SELECT count(*) FROM documents) AS revisions,
                (SELECT count(*) FROM mentions) AS mentions,
                (SELECT count(*) FROM events WHERE NOT gone) AS events
        """)[0]

    def last_refresh(self) -> Run | None:
        """The latest run of the build; None where there was none."""
        return next(iter(self.memory.runs(last=1).values()), None)

    def _among(self, select: str, values: list[str]) -> Iterator[dict[str, Any]]:
        marks = ",".join("?" * len(values))
        return self.db.query(f"{select} ({marks}) ORDER BY 1", values)


def _storable(value: Any) -> Any:
    """A lone surrogate, which JSON can spell and UTF-8 cannot, becomes "?": one character as before."""
    return whole_characters(value) if isinstance(value, str) else value


def _document(row: dict[str, Any]) -> Document:
    return Document(**{name: row[name] for name in _DOCUMENT})
