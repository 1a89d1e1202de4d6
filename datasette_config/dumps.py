"""Whole copies of the record by the day, and what changed between two of them, for those who keep one.

A dump is made beside and put in place by renaming, so that whoever fetches meanwhile gets the old one or the new.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from datasette_config.site.api.events import EVENT, EVENTS, shape
from datasette_config.site.api.exports import CSV_HEAD, csv_rows, ndjson_rows
from datasette_config.site.links import Links

Row = dict[str, Any]
KEPT = 30
"""Dumps that stay; older ones go."""
INDEX = "index.json"
ALL = f"{EVENTS} ORDER BY e.date DESC, e.id DESC"
CHANGED = """SELECT c.event_id AS id, max(c.id) AS change, r.event_id AS into_ FROM changes c
LEFT JOIN redirects r ON r.old_id = c.event_id WHERE c.id > ? AND c.id <= ? GROUP BY c.event_id ORDER BY 2"""
RUN = "SELECT finished, state, (SELECT coalesce(max(id), 0) FROM changes) FROM runs ORDER BY id DESC LIMIT 1"


def dump(events: Path, folder: Path, site: str = "") -> dict[str, Any]:
    """Write the dumps of today's state into `folder`; returns its index, whose files have sizes and hashes.

    `site` is put before the addresses of events. Nothing is written where the state is that of the last dump.
    ValueError where the database has no refresh yet.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = _index(folder)
    with closing(sqlite3.connect(f"{events.absolute().as_uri()}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        db.execute("BEGIN")  # all that follows is of one state
        run = db.execute(RUN).fetchone()
        if run is None:
            raise ValueError(f"{events}: no refresh yet; `splinterlog build` makes one")
        if before.get("state") == run[1]:
            return before
        day, last = run[0][:10], before.get("change", 0)
        _write(folder / f"events-{day}.ndjson.gz", _lines(_events(db, site)))
        _write(folder / f"events-{day}.csv.gz", _table(_events(db, site)))
        if before:
            _write(folder / f"changed-{day}.ndjson.gz", _lines(_changed(db, site, last, run[2])))
    _forget(folder)
    index = {"built": run[0], "state": run[1], "change": run[2], "files": [_told(file) for file in _files(folder)]}
    (folder / f"{INDEX}.new").write_text(json.dumps(index, indent=1) + "\n", "utf-8")
    (folder / f"{INDEX}.new").replace(folder / INDEX)
    return index


def _index(folder: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads((folder / INDEX).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return told


def _events(db: sqlite3.Connection, site: str) -> Iterator[Row]:
    for row in db.execute(ALL):
        yield _shaped(row, site)


def _shaped(row: sqlite3.Row, site: str) -> Row:
    return shape(row, Links(site).event(row["id"]))


def _changed(db: sqlite3.Connection, site: str, after: int, until: int) -> Iterator[Row]:
    """Each event in which something changed: as it is now, or null where it is no more, and into which it went."""
    for changed in db.execute(CHANGED, [after, until]).fetchall():
        row = db.execute(EVENT, {"id": changed["id"]}).fetchone()
        yield {"id": changed["id"], "event": row and _shaped(row, site), "into": changed["into_"]}


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    return (ndjson_rows([row]) for row in rows)


def _table(rows: Iterable[Row]) -> Iterator[str]:
    return chain([CSV_HEAD], (csv_rows([row]) for row in rows))


def _write(file: Path, parts: Iterable[str]) -> None:
    new = file.with_name(f"{file.name}.new")
    # without a name and a time in it, the same rows are the same bytes
    with new.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
        for part in parts:
            packed.write(part.encode())
    new.replace(file)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*-????-??-??.*.gz"), key=lambda file: (_day(file), file.name), reverse=True)


def _forget(folder: Path) -> None:
    days = sorted({_day(file) for file in _files(folder)}, reverse=True)
    for file in _files(folder):
        if _day(file) in days[KEPT:]:
            file.unlink()


def _day(file: Path) -> str:
    return file.name.partition("-")[2][:10]


def _told(file: Path) -> Row:
    return {"name": file.name, "day": _day(file), "bytes": file.stat().st_size, "sha256": _hash(file)}


def _hash(file: Path) -> str:
    with file.open("rb") as raw:
        digest = sha256()
        while chunk := raw.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
