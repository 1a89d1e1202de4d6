"""The archive's part about data sets that people keep: what their records state, which no reading may lose."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlite_utils import Database
from sqlite_utils.utils import chunks

from data.models import CuratedRecord, Document, Evidence, Mention

_CHUNK = 500


class CuratedStore:
    """Table `curated` of the archive that `db` is."""

    db: Database

    def put_stated(self, record: CuratedRecord) -> bool:
        """Store what a record states of its document, within a transaction; returns whether it stated other things."""
        row = _row(record)
        old = next(self.db.query("SELECT * FROM curated WHERE document_id = ?", [record.document.id]), None)
        if row != old:
            self.db.table("curated").upsert(row, pk="document_id")
            # read with other facts, the same words are news
            self.db.execute("UPDATE readings SET digest = '' WHERE document_id = ?", [record.document.id])
        return row != old

    def curated_of(self, documents: Iterable[Document]) -> dict[str, CuratedRecord]:
        """The records behind those of these documents that come from data sets, by document id."""
        found: dict[str, CuratedRecord] = {}
        for chunk in chunks(documents, _CHUNK):
            by_id = {document.id: document for document in chunk}
            marks = ",".join("?" * len(by_id))
            rows = self.db.query(f"SELECT * FROM curated WHERE document_id IN ({marks})", list(by_id))
            found |= {row["document_id"]: _record(row, by_id[row["document_id"]]) for row in rows}
        return found


def _row(record: CuratedRecord) -> dict[str, Any]:
    mentions = json.dumps([asdict(mention) for mention in record.mentions], ensure_ascii=False)
    facts = {"country": record.country, "authority": record.authority, "date": record.date}
    return {"document_id": record.document.id, **facts, "mentions": mentions}


def _record(row: dict[str, Any], document: Document) -> CuratedRecord:
    mentions = tuple(_mention(each) for each in json.loads(row["mentions"]))
    return CuratedRecord(document, mentions, row["country"], row["authority"], row["date"])


def _mention(values: dict[str, Any]) -> Mention:
    return Mention(**values | {"evidence": tuple(Evidence(**each) for each in values["evidence"])})
