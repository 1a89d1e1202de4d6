"""What the archive remembers of events, so that ids, first-seen times and the change log outlive any rebuild."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlite_utils import Database

from data.models import Change, Run
from data.store import transaction

State = dict[str, str | None]
"""An event's public fields as the change log writes them; `into` where a person put it into another."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """An event as the last refresh left it; `gone` where it was merged away or no document tells it any more."""

    id: str
    first_seen: str
    last_changed: str
    gone: bool
    state: State


@dataclass(frozen=True, slots=True)
class Recollection:
    """All that resolving needs of the past. `traces`: event id by a mention (nlp.resolving.identity.trace)."""

    events: Mapping[str, Remembered] = field(default_factory=dict)
    traces: Mapping[str, str] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)

    def address(self, id: str) -> str | None:
        """The living event that an id leads to, by a person's word or the machine's; None where it leads nowhere."""
        passed: set[str | None] = {None}
        while id not in passed and (id not in self.events or self.events[id].gone):
            passed.add(id)
            id = (id in self.events and self.events[id].state.get("into")) or self.redirects.get(id) or id
        return None if id in passed else id


class Memory:
    """The memory's tables in the archive; written by one transaction a refresh."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def recall(self) -> Recollection:
        """What is remembered, as it stands."""
        events = (_remembered(row) for row in self.db.query("SELECT * FROM events"))
        return Recollection(
            {event.id: event for event in events},
            dict(self.db.execute("SELECT trace, event_id FROM traces").fetchall()),
            dict(self.db.execute("SELECT old_id, event_id FROM redirects").fetchall()),
        )

    def ids(self) -> set[str]:
        """Every id that an event ever had."""
        return {row[0] for row in self.db.execute("SELECT id FROM events")}

    def remember(self, new: Recollection, changes: Iterable[Change], fresh: Iterable[str], run: Run) -> None:
        """Add what a refresh learned, all or nothing; `fresh`: documents that are news no longer."""
        with transaction(self.db):
            self.db.table("events").upsert_all(map(_row, new.events.values()), pk="id")
            self._put("traces", "trace", new.traces)
            self._put("redirects", "old_id", new.redirects)
            self.db.table("changes").insert_all(map(asdict, changes))
            self.db.conn.executemany("UPDATE readings SET fresh = 0 WHERE document_id = ?", ([each] for each in fresh))
            self.db.table("runs").insert(asdict(run))

    def _put(self, table: str, key: str, values: Mapping[str, str]) -> None:
        rows = ({key: old, "event_id": event} for old, event in values.items())
        self.db.table(table).upsert_all(rows, pk=key)

    def fresh(self) -> set[str]:
        """Documents whose current words no refresh has used yet."""
        return {row[0] for row in self.db.execute("SELECT document_id FROM readings WHERE fresh")}

    def changes(self) -> list[Change]:
        """The whole change log, oldest first."""
        rows = self.db.query("SELECT event_id, changed, field, old, new, why FROM changes ORDER BY id")
        return [Change(**row) for row in rows]

    def runs(self, last: int = -1) -> list[Run]:
        """All refreshes, or the `last` few, latest first."""
        rows = self.db.query("SELECT * FROM runs ORDER BY id DESC LIMIT ?", [last])
        return [Run(**{name: value for name, value in row.items() if name != "id"}) for row in rows]


def _remembered(row: dict[str, Any]) -> Remembered:
    return Remembered(**row | {"gone": bool(row["gone"]), "state": json.loads(row["state"])})


def _row(event: Remembered) -> dict[str, Any]:
    return asdict(event) | {"state": json.dumps(event.state)}
