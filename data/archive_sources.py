"""The archive's part about sources: who they are, what crawls got from them, how they do."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from sqlite_utils import Database

from data.models import Source, SourceHealth, SourceRun
from data.store import transaction

# A source does well or badly as a whole run; `since` is where the present stretch of the one or the other began.
_HEALTH = """
WITH runs AS (SELECT *, outcome IN ('ok', 'unchanged', 'partial') AS well FROM source_runs),
last AS (SELECT source, max(id) AS id FROM runs GROUP BY source)
SELECT source, started AS last_try, outcome, failure, detail, strikes, reliability, next_try,
    (SELECT max(started) FROM runs WHERE source = r.source AND well) AS last_success,
    (SELECT max(started) FROM runs WHERE source = r.source AND new > 0) AS last_new,
    (SELECT min(started) FROM runs WHERE source = r.source AND id > coalesce(
        (SELECT max(id) FROM runs WHERE source = r.source AND well <> r.well), 0)) AS since
FROM last JOIN runs AS r USING (source, id) ORDER BY source
"""


class SourceStore:
    """Tables `sources` and `source_runs` of the archive that `db` is."""

    db: Database

    def put_sources(self, sources: Iterable[Source]) -> None:
        """Store or replace what is known of these sources; others stay."""
        rows = [asdict(source) | {"languages": json.dumps(source.languages)} for source in sources]
        with transaction(self.db):
            self.db.table("sources").upsert_all(rows, pk="id")

    def sources(self) -> list[Source]:
        """All sources ever put, by id."""
        rows = self.db.query("SELECT * FROM sources ORDER BY id")
        return [
            Source(**row | {"official": bool(row["official"]), "languages": tuple(json.loads(row["languages"]))})
            for row in rows
        ]

    def add_source_runs(self, runs: Iterable[SourceRun]) -> None:
        """Append what crawls got."""
        with transaction(self.db):
            self.db.table("source_runs").insert_all(map(asdict, runs))

    def pardon(self, run: SourceRun, before: SourceHealth | None) -> None:
        """Hold a run that was added against its source no longer: it stands as it stood `before`."""
        strikes, reliability, next_try = (
            (before.strikes, before.reliability, before.next_try) if before else (0, None, None)
        )
        with transaction(self.db):
            self.db.execute(
                "UPDATE source_runs SET strikes = ?, reliability = ?, next_try = ? WHERE source = ? AND started = ?",
                [strikes, reliability, next_try, run.source, run.started],
            )

    def source_health(self) -> list[SourceHealth]:
        """How every source that was ever tried does today, by source id."""
        return [SourceHealth(**row) for row in self.db.query(_HEALTH)]
