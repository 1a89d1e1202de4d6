"""The archive: what was published and what it was read to say. Private, append-only, never served.

A document whose title or text changed gets a new revision and the old one stays; the latest is current. Of the
mentions only the latest reading of each document is kept: any reading can be had again from its document.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlite_utils.utils import chunks

from data.archive_schema import open_archive
from data.archive_sources import SourceStore
from data.memory import Memory
from data.models import Document, Evidence, Mention, Run, StoredMention
from data.store import transaction

_DOCUMENT = [field.name for field in fields(Document)]
_MENTION = [field.name for field in fields(Mention)]
_CHUNK = 500

_UNREAD = """
SELECT d.id FROM documents AS d LEFT JOIN readings AS r ON r.document_id = d.id
WHERE d.revision = (SELECT max(revision) FROM documents WHERE id = d.id)
  AND (r.digest IS NOT d.digest OR r.tagger IS NOT ?) ORDER BY d.id
"""


def digest(document: Document) -> str:
    """What tells one revision of a document from another: a hash of its title and text."""
    return blake2b(document.body.encode("utf-8", "replace"), digest_size=16).hexdigest()


class Archive(SourceStore):
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

    def _add(self, document: Document) -> bool:
        latest = "SELECT revision, digest FROM documents WHERE id = ? ORDER BY revision DESC LIMIT 1"
        revision, stored = self.db.execute(latest, [_storable(document.id)]).fetchone() or (0, None)
        new = digest(document)
        if new != stored:
            row = {name: _storable(value) for name, value in asdict(document).items()}
            self.db.table("documents").insert(row | {"revision": revision + 1, "digest": new})
        return bool(new != stored)

    def known_urls(self, urls: Iterable[str]) -> set[str]:
        """Those of the urls that some document has, spelled just so."""
        known: set[str] = set()
        for chunk in chunks(urls, _CHUNK):
            given = [_storable(url) for url in chunk]
            known.update(row["url"] for row in self._among("SELECT url FROM documents WHERE url IN", given))
        return known

    def documents(self) -> Iterator[Document]:
        """The current revision of every document, by id."""
        return map(_document, self.db.query("SELECT * FROM current_documents ORDER BY id"))

    # mentions

    def untagged(self, tagger: str) -> Iterator[Document]:
        """Current revisions that this tagger version has not read, by id; may be iterated while readings are added."""
        ids = [row[0] for row in self.db.execute(_UNREAD, [tagger])]
        for chunk in chunks(ids, _CHUNK):
            yield from map(_document, list(self._among("SELECT * FROM current_documents WHERE id IN", list(chunk))))

    def add_mentions(self, tagger: str, read: Iterable[tuple[Document, Sequence[Mention]]]) -> None:
        """Store what a tagger read in documents, in place of any earlier reading; none found is a reading too."""
        with transaction(self.db):
            for document, mentions in read:
                self._add_reading(tagger, document, mentions)

    def _add_reading(self, tagger: str, document: Document, mentions: Sequence[Mention]) -> None:
        new = {"document_id": document.id, "digest": digest(document), "tagger": tagger}
        old = self.db.execute("SELECT digest, fresh FROM readings WHERE document_id = ?", [document.id]).fetchone()
        fresh = old[1] if old and old[0] == new["digest"] else 1
        self.db.execute("DELETE FROM mentions WHERE document_id = ?", [document.id])
        self.db.table("readings").upsert(new | {"fresh": fresh}, pk="document_id")
        rows = [
            {"document_id": document.id, "ordinal": ordinal} | asdict(mention) | {"evidence": _evidence(mention)}
            for ordinal, mention in enumerate(mentions)
        ]
        self.db.table("mentions").insert_all(rows)

    def mentions(self) -> Iterator[StoredMention]:
        """What the documents say, by document and ordinal, each as it was last read."""
        return map(_mention, self.db.query("SELECT * FROM mentions ORDER BY document_id, ordinal"))

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
        return next(iter(self.memory.runs(last=1)), None)

    def _among(self, select: str, values: list[str]) -> Iterator[dict[str, Any]]:
        marks = ",".join("?" * len(values))
        return self.db.query(f"{select} ({marks}) ORDER BY 1", values)


def _storable(value: Any) -> Any:
    """A lone surrogate, which JSON can spell and UTF-8 cannot, becomes "?": one character as before."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def _document(row: dict[str, Any]) -> Document:
    return Document(**{name: row[name] for name in _DOCUMENT})


def _evidence(mention: Mention) -> str:
    return json.dumps([[e.field, e.start, e.end, e.quote] for e in mention.evidence], ensure_ascii=False)


def _mention(row: dict[str, Any]) -> StoredMention:
    values = {name: row[name] for name in _MENTION}
    evidence = tuple(Evidence(*each) for each in json.loads(row["evidence"]))
    return StoredMention(row["document_id"], row["ordinal"], Mention(**values | {"evidence": evidence}))
