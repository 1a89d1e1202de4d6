"""The state of the database: what is made of it once and kept until the next refresh."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from datasette_config.site.reading import DATABASE

Made = TypeVar("Made")


class State:
    """What is known of a Datasette's database and of the site's own files."""

    def __init__(self, datasette: Any) -> None:
        self.path = Path(datasette.get_database(DATABASE).path)
        self.site = _digest_of(Path(__file__).parents[1])
        self.seen: tuple[int, ...] = ()
        self.state = ""
        self.kept: dict[str, tuple[str, Any]] = {}

    def mark(self) -> str:
        """A mark of today's state, another one after each refresh; two calls of stat() where nothing changed."""
        seen = tuple(part for file in (self.path, Path(f"{self.path}-wal")) for part in _stamp(file))
        if seen != self.seen:
            self.seen, self.state = seen, _state_of(self.path)
        return f"{self.state}-{self.site}"


_states: WeakKeyDictionary[Any, State] = WeakKeyDictionary()


def state_of(datasette: Any) -> State:
    """The one State of a Datasette."""
    if datasette not in _states:
        _states[datasette] = State(datasette)
    return _states[datasette]


async def kept(datasette: Any, name: str, make: Callable[[Any], Awaitable[Made]]) -> Made:
    """What `make(datasette)` gave in today's state, which it is asked for once."""
    state = state_of(datasette)
    mark = state.mark()
    if state.kept.get(name, ("",))[0] != mark:
        state.kept[name] = mark, await make(datasette)
    made: Made = state.kept[name][1]
    return made


def digest(data: bytes) -> str:
    """Sixteen hex digits."""
    return blake2b(data, digest_size=8).hexdigest()


def _stamp(file: Path) -> tuple[int, int]:
    try:
        facts = file.stat()
    except OSError:
        return 0, 0
    return facts.st_mtime_ns, facts.st_size


def _state_of(path: Path) -> str:
    """The mark that the last refresh left (table runs), with its number."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        last = connection.execute("SELECT id, state FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    return "-".join(str(part) for part in last or ("none",))


def _digest_of(folder: Path) -> str:
    files = sorted(file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return digest(b"".join(file.read_bytes() for file in files))
