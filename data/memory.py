"""What the archive remembers of events, so that ids, first-seen times and the change log outlive any rebuild."""

from __future__ import annotations

import json
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from sqlite_utils import Database

from data.models import Change, Run
from data.store import transaction

State = dict[str, str | None]
"""An event's public fields as the change log writes them; `into` where a person put it into another; TELLERS."""
TELLERS = "tellers"
"""The documents, a JSON list, of an event that a person vouches for, should none be read to tell it any more."""
Key = tuple[str, int]
"""The address of a mention: its document and its ordinal there."""

_EVENT = """
INSERT INTO events (id, first_seen, last_changed, gone, state) VALUES (:id, :first_seen, :last_changed, :gone, :state)
ON CONFLICT (id) DO UPDATE SET first_seen = excluded.first_seen, last_changed = excluded.last_changed,
    gone = excluded.gone, state = excluded.state"""
_TRACE = """
INSERT INTO traces (trace, document_id, event_id, origin) VALUES (:trace, :document, :event, :event)
ON CONFLICT (trace) DO UPDATE SET event_id = excluded.event_id"""
_REDIRECT = """
INSERT INTO redirects (old_id, event_id) VALUES (?, ?)
ON CONFLICT (old_id) DO UPDATE SET event_id = excluded.event_id"""
_CHANGE = """
INSERT INTO changes (event_id, changed, field, old, new, why) VALUES (:event_id, :changed, :field, :old, :new, :why)"""
_AMONG = "(SELECT value FROM json_each(?))"
_LEADING = """
SELECT id, gone, json_extract(state, '$.into') FROM events WHERE gone OR id IN (
    SELECT event_id FROM redirects UNION SELECT json_extract(state, '$.into') FROM events WHERE gone)"""
_ORIGINS = "SELECT trace, origin FROM traces WHERE origin <> event_id"


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
    """What resolving needs of the past. `traces`: event id by a mention (nlp.resolving.identity.trace).

    `origins`: the event that a trace told first, where that is another. `taken`: ids that were given to other events.
    `settled`: events that need no second look while the mentions that told them, so many each, still do and no others.
    """

    events: Mapping[str, Remembered] = field(default_factory=dict)
    traces: Mapping[str, str] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    taken: Container[str] = frozenset()
    settled: Mapping[str, int] = field(default_factory=dict)

    def after(self, new: Recollection) -> Recollection:
        """What is remembered once `new` is learned. An id that leads to itself is an event's again."""
        first = {each: self.origins.get(each, self.traces.get(each, event)) for each, event in new.traces.items()}
        traces = {**self.traces, **new.traces}
        origins = {each: event for each, event in {**self.origins, **first}.items() if event != traces[each]}
        redirects = {old: event for old, event in {**self.redirects, **new.redirects}.items() if old != event}
        return Recollection({**self.events, **new.events}, traces, redirects, origins, self.taken)

    def address(self, id: str) -> str | None:
        """The living event that an id leads to, by a person's word or the machine's; None where it leads nowhere."""
        passed: set[str | None] = {None}
        while id not in passed and (id not in self.events or self.events[id].gone):
            passed.add(id)
            id = (id in self.events and self.events[id].state.get("into")) or self.redirects.get(id) or id
        return None if id in passed else id


class _Ids:
    """Every id that an event ever had; asked for one by one, since a night gives few."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def __contains__(self, id: object) -> bool:
        return self._db.execute("SELECT 1 FROM events WHERE id = ?", [id]).fetchone() is not None


class Memory:
    """The memory's tables in the archive; written by one transaction a refresh."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def recall(self) -> Recollection:
        """All that is remembered, as it stands."""
        events = (_remembered(row) for row in self.db.query("SELECT * FROM events"))
        return self._recollection(events, self._pairs("SELECT trace, event_id FROM traces"))

    def ids(self) -> set[str]:
        """Every id that an event ever had."""
        return {row[0] for row in self.db.execute("SELECT id FROM events")}

    def recall_of(self, documents: Collection[str], events: Collection[str], spoken: Collection[str]) -> Recollection:
        """What is remembered of these events, of all that these documents told, and by whom `spoken` ones were told."""
        where = f"document_id IN {_AMONG} OR event_id IN {_AMONG}"
        leading = [old for old in self._redirects() if self.today([old]) & {*spoken}] if spoken else []
        values = _listed(documents) + _listed([*spoken, *leading])
        traces = self._pairs(f"SELECT trace, event_id FROM traces WHERE {where}", values)
        wanted = {*events, *traces.values(), *self.told_by(documents), *self._pairs(_ORIGINS).values()}
        rows = self.db.query(f"SELECT * FROM events WHERE id IN {_AMONG}", _listed(wanted))
        return self._recollection(map(_remembered, rows), traces)

    def today(self, ids: Iterable[str]) -> set[str]:
        """These ids and those that they lead to."""
        redirects = self._redirects()
        return {event for id in ids for event in (id, current_id(id, redirects))}

    def told_by(self, documents: Collection[str]) -> set[str]:
        """The events, as they are today, that these documents ever told."""
        sql = f"SELECT DISTINCT event_id FROM traces WHERE document_id IN {_AMONG}"
        redirects = self._redirects()
        return {current_id(row[0], redirects) for row in self.db.execute(sql, _listed(documents))}

    def _recollection(self, events: Iterable[Remembered], traces: dict[str, str]) -> Recollection:
        known = {event.id: event for event in events}
        return Recollection(known, traces, self._redirects(), self._pairs(_ORIGINS), _Ids(self.db))

    def remember(
        self,
        new: Recollection,
        changes: Iterable[Change],
        run: Run,
        *,
        told: Mapping[Key, str],
        placed: Mapping[Key, tuple[str, str]],
    ) -> None:
        """Add what a refresh learned, all or nothing. `told`: events by the mentions that tell them now, `placed`: the
        family and area of mentions, both where that is new. No reading is news any longer."""
        write = self.db.conn.executemany
        with transaction(self.db):
            write(_EVENT, map(_row, new.events.values()))
            write(_TRACE, map(_trace_row, new.traces.items()))
            write(_REDIRECT, new.redirects.items())
            self.db.execute("DELETE FROM redirects WHERE old_id = event_id")
            write(_CHANGE, map(asdict, changes))
            at = "WHERE document_id = ? AND ordinal = ?"
            write(f"UPDATE mentions SET event = ? {at}", ((event, *key) for key, event in told.items()))
            write(f"UPDATE mentions SET family = ?, area = ? {at}", ((*cell, *key) for key, cell in placed.items()))
            self.db.execute("DELETE FROM lost")
            self.db.execute("UPDATE readings SET fresh = 0 WHERE fresh")
            self.db.table("runs").insert(asdict(run))

    def changes(self) -> list[Change]:
        """The whole change log, oldest first."""
        return list(self.log(0).values())

    def log(self, after: int) -> dict[int, Change]:
        """The changes by number, oldest first, from the one behind the number `after` on."""
        rows = self.db.query(
            "SELECT id, event_id, changed, field, old, new, why FROM changes WHERE id > ? ORDER BY id", [after]
        )
        return {row.pop("id"): Change(**row) for row in rows}

    def runs(self, last: int = -1) -> dict[int, Run]:
        """All refreshes by number, or the `last` few, latest first."""
        names = ", ".join(each.name for each in fields(Run))
        rows = self.db.query(f"SELECT id, {names} FROM runs ORDER BY id DESC LIMIT ?", [last])
        return {row.pop("id"): Run(**row) for row in rows}

    def addresses(self) -> dict[str, str]:
        """Where each id leads to which is no event's today, if it leads to one that is."""
        rows = self.db.execute(_LEADING)
        events = {id: Remembered(id, "", "", bool(gone), {"into": into}) for id, gone, into in rows}
        past = Recollection(events, redirects=self._redirects())
        return {id: target for id, event in events.items() if event.gone and (target := past.address(id))}

    def _redirects(self) -> dict[str, str]:
        return self._pairs("SELECT old_id, event_id FROM redirects")

    def _pairs(self, sql: str, values: Collection[str] = ()) -> dict[str, str]:
        return dict(self.db.execute(sql, list(values)).fetchall())


def current_id(event: str, redirects: Mapping[str, str]) -> str:
    """The event that an id leads to today."""
    while event in redirects:
        event = redirects[event]
    return event


def _listed(values: Iterable[str]) -> list[str]:
    return [json.dumps([*values])]


def _remembered(row: dict[str, Any]) -> Remembered:
    return Remembered(**row | {"gone": bool(row["gone"]), "state": json.loads(row["state"])})


def _row(event: Remembered) -> dict[str, Any]:
    row = {name: getattr(event, name) for name in ("id", "first_seen", "last_changed", "gone")}
    return row | {"state": json.dumps(event.state, ensure_ascii=False)}


def _trace_row(pair: tuple[str, str]) -> dict[str, str]:
    """A trace is a JSON list that begins with the document's id."""
    return {"trace": pair[0], "document": json.loads(pair[0])[0], "event": pair[1]}
