"""What most needs a person: events with the reasons to look at them and the words that they rest on, best first.

Read from the public database as the last build left it, and from the archive where a document is not public.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from data.archive import Archive
from data.corrections import Corrections, Entry
from data.events_schema import version

Row = dict[str, Any]
QUOTES = """
SELECT v.field, v.quote, v.chosen, d.title, d.url, d.published, s.name AS source
FROM evidence AS v JOIN documents AS d ON d.id = v.document_id LEFT JOIN sources AS s ON s.id = d.source_id
WHERE v.event_id = :event
ORDER BY v.document_id = :first DESC, v.field IN ('event', 'context', 'action') DESC, s.official DESC, d.published,
    d.id, v.start
LIMIT 100"""
SHOWN = 4
"""Quotes of an event, at most."""
NEAR = """
SELECT o.id FROM events AS e JOIN events AS o USING (platform_id, action)
WHERE e.id = :event AND o.id <> e.id AND substr(o.date, 1, 4) = substr(e.date, 1, 4)
  AND (o.country = e.country OR o.country IS NULL OR e.country IS NULL)
ORDER BY substr(o.date, 1, 7) = substr(e.date, 1, 7) DESC, o.id LIMIT 3"""
SUMMARY = "SELECT summary FROM events WHERE id = :event"
WENT = "SELECT old FROM changes WHERE event_id = :event AND field = 'event' AND new IS NULL ORDER BY id DESC LIMIT 1"


class ReviewError(Exception):
    """Why there is nothing to review, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """An event that a person should look at. `near`: others of its platform and action that may be the same."""

    event: str
    points: float
    reasons: tuple[str, ...]
    summary: str
    quotes: tuple[Row, ...]
    near: tuple[str, ...]


def doubts(events: Path, archive: Archive, said: Corrections, limit: int) -> Iterator[Doubt]:
    """The `limit` events that most need a person, best first, but for those that people spoke of since the last build.

    ReviewError where `events` is not the public database of this version.
    """
    with closing(_opened(events)) as db:
        found: dict[str, list[Row]] = defaultdict(list)
        for reason in yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8")):
            for event, points, words, document in db.execute(reason["sql"]):
                found[event].append({"points": points, "words": words, "document": document})
        waiting = _waiting(db, said.entries)
        queue = sorted(found.keys() - waiting, key=lambda event: (-_points(found[event]), event))
        for event in queue[:limit]:
            yield _doubt(event, found[event], db, archive)


def _opened(events: Path) -> sqlite3.Connection:
    try:
        db = sqlite3.connect(f"{events.resolve().as_uri()}?mode=ro", uri=True)
        db.row_factory = sqlite3.Row
        (found,) = db.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error as error:
        raise ReviewError(f"{events}: cannot be read ({error}); `splinterlog build` makes it") from error
    if found != version():
        raise ReviewError(f"{events}: made by another version; `splinterlog build` makes it anew")
    return db


def _waiting(db: sqlite3.Connection, entries: Collection[Entry]) -> set[str]:
    """The events that entries name which no build has seen yet."""
    seen = {tuple(row) for row in db.execute('SELECT kind, why, "by", "when" FROM corrections')}
    new = [each for each in entries if (each.kind, each.why, each.by, each.when) not in seen]
    return {event for each in new for event in (*each.events, getattr(each, "into", each.events[0]))}


def _points(reasons: Collection[Row]) -> float:
    return sum(float(each["points"]) for each in reasons)


def _doubt(event: str, reasons: list[Row], db: sqlite3.Connection, archive: Archive) -> Doubt:
    reasons = sorted(reasons, key=lambda each: -each["points"])
    first = next((each["document"] for each in reasons if each["document"]), None)
    named = {"event": event, "first": first}
    row = db.execute(SUMMARY, named).fetchone() or db.execute(WENT, named).fetchone()
    quotes = _telling(map(dict, db.execute(QUOTES, named))) or list(_private(first, archive))
    return Doubt(
        event,
        round(_points(reasons), 2),
        tuple(each["words"] for each in reasons),
        row[0] if row else event,
        tuple([*quotes[:1], *sorted(quotes[1:], key=lambda each: each["chosen"] != 0)][:SHOWN]),  # dissent early
        tuple(each[0] for each in db.execute(NEAR, named)),
    )


def _telling(quotes: Iterable[Row]) -> list[Row]:
    """The quotes but for those that are part of one before them."""
    kept: list[Row] = []
    for each in quotes:
        if not any(each["quote"] in other["quote"] for other in kept):
            kept.append(each)
    return kept


def _private(document: str | None, archive: Archive) -> Iterator[Row]:
    """The title of a document that no public event rests on."""
    for each in archive.documents_of([document] if document else []):
        facts = {"title": each.title, "url": each.url, "published": each.published, "source": each.source}
        yield {"field": "event", "quote": each.title, "chosen": 1, **facts}
