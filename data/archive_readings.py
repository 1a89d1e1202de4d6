"""The archive's part about what documents were read to say, and by which version of the tagger."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from hashlib import blake2b
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlite_utils import Database

from data.models import Document, Evidence, Mention, StoredMention
from data.store import transaction

_MENTION = [field.name for field in fields(Mention)]
_TOLD = [name for name in _MENTION if name != "evidence"]
MENTIONS = f"SELECT document_id, ordinal, event, evidence, {', '.join(_TOLD)} FROM mentions"
"""All mentions, as stored_mention() reads them."""
_INSERT = "INSERT INTO mentions (document_id, ordinal, {}) VALUES ({})".format(
    ", ".join(_MENTION), ", ".join("?" * (len(_MENTION) + 2))
)
_LOSE = """
INSERT INTO lost SELECT document_id, ordinal, platform, action, status, date, country, amount, currency, family, area,
    event FROM mentions WHERE document_id = ? AND family IS NOT NULL"""
_READ = """
INSERT INTO readings (document_id, digest, tagger, fresh, sketch, published, source, fetched)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (document_id) DO UPDATE SET digest = excluded.digest, tagger = excluded.tagger, fresh = excluded.fresh,
    sketch = excluded.sketch, published = excluded.published, source = excluded.source, fetched = excluded.fetched"""
_READINGS = "SELECT document_id, published, source, fetched, fresh, sketch FROM readings"
UNREAD = """
SELECT d.id FROM documents AS d LEFT JOIN readings AS r ON r.document_id = d.id
WHERE d.revision = (SELECT max(revision) FROM documents WHERE id = d.id)
  AND (r.digest IS NOT d.digest OR r.tagger IS NOT ?) ORDER BY d.id
"""


class Reading(NamedTuple):
    """Of which document a reading is, as it was published and fetched then.

    `fresh`: no refresh has used its words yet; `sketch`: of its text, where it tells something.
    """

    document: str
    published: str | None
    source: str | None
    fetched: str | None
    fresh: bool
    sketch: bytes | None


def digest(document: Document) -> str:
    """What tells one revision of a document from another: a hash of its title and text."""
    return blake2b(document.body.encode("utf-8", "replace"), digest_size=16).hexdigest()


class ReadingStore:
    """Tables `readings` and `mentions` of the archive that `db` is."""

    db: Database

    def count_untagged(self, tagger: str) -> int:
        """How many current revisions this tagger version has not read."""
        return int(self.db.execute(f"SELECT count(*) FROM ({UNREAD})", [tagger]).fetchone()[0])

    def add_mentions(
        self,
        tagger: str,
        read: Iterable[tuple[Document, Sequence[Mention]]],
        sketches: Mapping[str, bytes] = MappingProxyType({}),
    ) -> None:
        """Store what a tagger read in documents, in place of any earlier reading; none found is a reading too.

        `sketches`: of the texts, by document id, where there are any (nlp.resolving.sketches).
        """
        with transaction(self.db):
            for document, mentions in read:
                self._add_reading(tagger, document, mentions, sketches.get(document.id))

    def _add_reading(self, tagger: str, document: Document, mentions: Sequence[Mention], sketch: bytes | None) -> None:
        old = self.db.execute("SELECT digest, fresh FROM readings WHERE document_id = ?", [document.id]).fetchone()
        own = digest(document)
        fresh = old[1] if old and old[0] == own else 1
        self.db.execute(_LOSE, [document.id])
        self.db.execute("DELETE FROM mentions WHERE document_id = ?", [document.id])
        about = [document.published, document.source, document.fetched]
        self.db.execute(_READ, [document.id, own, tagger, fresh, sketch, *about])
        rows = ([document.id, number, *_values(each)] for number, each in enumerate(mentions))
        self.db.conn.executemany(_INSERT, rows)

    def mentions(self) -> Iterator[StoredMention]:
        """What the documents say, by document and ordinal, each as it was last read."""
        return map(stored_mention, self.db.execute(f"{MENTIONS} ORDER BY document_id, ordinal"))

    def readings(self, documents: Collection[str] | None = None) -> Iterator[Reading]:
        """What was read last of these documents, or of all."""
        among = "" if documents is None else "WHERE document_id IN (SELECT value FROM json_each(?))"
        values = [] if documents is None else [json.dumps([*documents])]
        return map(Reading._make, self.db.execute(f"{_READINGS} {among}", values))

    def fresh(self) -> set[str]:
        """Documents whose current words no refresh has used yet."""
        return {row[0] for row in self.db.execute("SELECT document_id FROM readings WHERE fresh")}


_decoded = json.JSONDecoder().raw_decode
"""Less than json.loads() by a look for spaces around it, which counts where thousands are read."""


def stored_mention(row: Sequence[Any]) -> StoredMention:
    """A row of MENTIONS as typed data; what stands behind its columns is left out."""
    document, ordinal, event, evidence = row[:4]
    words = tuple(Evidence(*each) for each in _decoded(evidence)[0])
    return StoredMention(document, ordinal, Mention(*[*row[4 : len(_TOLD) + 4], words]), event)


def _values(mention: Mention) -> list[Any]:
    words = json.dumps([[e.field, e.start, e.end, e.quote] for e in mention.evidence], ensure_ascii=False)
    return [words if name == "evidence" else getattr(mention, name) for name in _MENTION]
