"""The archive's part about registries: what each had of known platforms when it was read last."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlite_utils import Database

from data.clock import now
from data.store import transaction

Rows = Mapping[str, Sequence[str] | None]
"""By domain that was looked for, the cells of its row; None where it had none."""


class RegistryStore:
    """Table `registries` of the archive that `db` is."""

    db: Database

    def registry(self, source: str) -> Rows:
        """What this source had when it was read last; nothing where it never was."""
        row = self.db.execute("SELECT domains FROM registries WHERE source = ?", [source]).fetchone()
        rows: Rows = json.loads(row[0]) if row else {}
        return rows

    def put_registry(self, source: str, rows: Rows) -> None:
        """Remember what this source has now."""
        stored = {"source": source, "read": now(), "domains": json.dumps(rows, ensure_ascii=False, sort_keys=True)}
        with transaction(self.db):
            self.db.table("registries").upsert(stored, pk="source")
