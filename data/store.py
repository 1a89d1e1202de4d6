"""What both stores share: opening a file that is surely ours, in WAL mode, and writing in one transaction."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqlite_utils import Database

BUSY_SECONDS = 60


class StoreError(Exception):
    """A database file that cannot be used, and what to do about it."""


def open_store(path: Path, *, application_id: int, kind: str) -> Database:
    """The database at `path`, made where there is none. StoreError where the file is something else.

    `application_id` (see https://www.sqlite.org/pragma.html#pragma_application_id) marks files of this `kind`.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # autocommit: transactions begin and end where transaction() says so, never by the driver's guess
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path}: cannot be opened ({error}); give another path") from error
    try:
        _claim(connection, path, application_id, kind)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise StoreError(f"{path}: cannot be opened as {kind} ({error}); give another path") from error
    return Database(connection)


def _claim(connection: sqlite3.Connection, path: Path, application_id: int, kind: str) -> None:
    """Make sure that the file is empty or of this kind, and set up the connection."""
    (found,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables and found != application_id:
        connection.close()
        raise StoreError(f"{path}: a database, but not {kind}; give another path")
    if found != application_id:
        connection.execute(f"PRAGMA application_id = {application_id}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


@contextmanager
def alone(path: Path, busy: str) -> Iterator[IO[bytes]]:
    """Holds the lock on a file; StoreError(`busy`) where another process has it.

    The lock is the kernel's, so that a killed process leaves none behind; a child that inherits the file holds it, too.
    """
    with path.open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError(busy) from None
        yield lock


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """All or nothing. Takes the write lock at once: a lock taken after a read would fail instead of waiting."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.conn.rollback()
        raise
    db.conn.commit()
