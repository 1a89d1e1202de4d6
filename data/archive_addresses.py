"""The archive's part about addresses: which documents they lead to, and what an index was when it was read last."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple

from sqlite_utils import Database
from sqlite_utils.utils import chunks

from data.archive_readings import digest
from data.characters import whole_characters
from data.models import Document, Validators
from data.store import transaction

_CHUNK = 400
_SAME_WORDS = """
SELECT id FROM documents AS d WHERE source IS ? AND digest = ? AND published IS ?
    AND revision = (SELECT max(revision) FROM documents WHERE id = d.id) ORDER BY id LIMIT 1"""


class AddressStore:
    """Tables `addresses` and `validators` of the archive that `db` is."""

    db: Database

    def known_urls(self, urls: Iterable[str]) -> set[str]:
        """Those of the urls that some document has, or that led to one, spelled just so."""
        known: set[str] = set()
        for chunk in chunks(urls, _CHUNK):
            given = [whole_characters(url) for url in chunk]
            marks = ",".join("?" * len(given))
            for table in ("documents", "addresses"):
                known.update(
                    row[0] for row in self.db.execute(f"SELECT url FROM {table} WHERE url IN ({marks})", given)
                )
        return known

    def put_addresses(self, documents: Mapping[str, str], *, twins: Collection[str] = ()) -> None:
        """Note that these addresses lead to these documents (ids), whatever their own address is.

        `twins` are those whose page told what the document told already.
        """
        rows = [(url, id, url in twins) for url, id in documents.items()]
        with transaction(self.db):
            self.db.conn.executemany("INSERT OR IGNORE INTO addresses (url, document_id, twin) VALUES (?, ?, ?)", rows)

    def leads_to(self, url: str) -> tuple[str, bool] | None:
        """The id of the document that an address was found to lead to, and whether as a twin."""
        row = self.db.execute("SELECT document_id, twin FROM addresses WHERE url = ?", [url]).fetchone()
        return (row[0], bool(row[1])) if row else None

    def same_words(self, document: Document) -> str | None:
        """The id of a document of the same source and day with just these words, whatever its address."""
        row = self.db.execute(_SAME_WORDS, [document.source, digest(document), document.published]).fetchone()
        return row[0] if row else None

    def validators(self, source: str, reader: str) -> dict[str, Validators]:
        """What the pages of a source's index were, by address; none where another `reader` read them."""
        sql = "SELECT url, headers, digest, found FROM validators WHERE source = ? AND reader = ?"
        return {row[0]: Validators(*row[1:]) for row in self.db.execute(sql, [source, reader])}

    def put_validators(self, source: str, reader: str, pages: Mapping[str, Validators]) -> None:
        """Remember these pages of a source's index in place of all earlier ones."""
        rows = [(source, url, reader, *astuple(each)) for url, each in pages.items()]
        with transaction(self.db):
            self.db.execute("DELETE FROM validators WHERE source = ?", [source])
            self.db.conn.executemany("INSERT INTO validators VALUES (?, ?, ?, ?, ?, ?)", rows)
