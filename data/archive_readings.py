"""The archive's part about what documents were read to say, and by which version of the tagger."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from hashlib import blake2b
from types import MappingProxyType
from typing import Any

from sqlite_utils import Database

from data.models import Document, Evidence, Mention, StoredMention
from data.store import transaction

_MENTION = [field.name for field in fields(Mention)]
UNREAD = """
SELECT d.id FROM documents AS d LEFT JOIN readings AS r ON r.document_id = d.id
WHERE d.revision = (SELECT max(revision) FROM documents WHERE id = d.id)
  AND (r.digest IS NOT d.digest OR r.tagger IS NOT ?) ORDER BY d.id
"""


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
        new = {"document_id": document.id, "digest": digest(document), "tagger": tagger, "sketch": sketch}
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


def _evidence(mention: Mention) -> str:
    return json.dumps([[e.field, e.start, e.end, e.quote] for e in mention.evidence], ensure_ascii=False)


def _mention(row: dict[str, Any]) -> StoredMention:
    values = {name: row[name] for name in _MENTION}
    evidence = tuple(Evidence(*each) for each in json.loads(row["evidence"]))
    return StoredMention(row["document_id"], row["ordinal"], Mention(**values | {"evidence": evidence}))
