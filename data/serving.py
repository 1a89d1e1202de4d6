"""The public face of events.db: Datasette with the pages, questions and limits of datasette_config."""

from __future__ import annotations

import json
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from data.events_schema import APPLICATION_ID

CONFIG = Path(__file__).parents[1] / "datasette_config"
HOST = "127.0.0.1"
CONTACT = "SPLINTERLOG_CONTACT"
"""The variable of the environment that has the mail address of the editors, where they have one."""


class ServingError(Exception):
    """What keeps the database from being served, and what to do about it."""


def server_command(events: Path, port: int) -> list[str]:
    """The program that serves the public database. ServingError where there is none, or the port is taken.

    The check keeps the archive, which holds publishers' full text, from ever being served by mistake.
    """
    if not _is_public(events):
        raise ServingError(
            f"{events}: not a public database of Splinterlog; `splinterlog build --events PATH` makes one"
        )
    _check_port(port)
    folders = ["--plugins-dir", f"{CONFIG / 'plugins'}", "--template-dir", f"{CONFIG / 'templates'}"]
    dumps = events.resolve().parent / "dumps"
    dumps.mkdir(exist_ok=True)
    static = ["--static", f"assets:{CONFIG / 'static'}", "--static", f"dumps:{dumps}"]
    config = ["--metadata", f"{CONFIG / 'metadata.yaml'}", *folders, *static, "--cors", *_settings()]
    return [
        sys.executable,
        "-m",
        "datasette",
        "serve",
        f"{_named_events(events)}",
        *config,
        "-h",
        HOST,
        "-p",
        f"{port}",
    ]


@contextmanager
def serve_events(events: Path) -> Iterator[str]:
    """Serve the public database on a free port while the context lasts, and give its address, once it answers.

    ServingError where it cannot be served or the server ends by itself.
    """
    port = free_port()
    server = subprocess.Popen(server_command(events, port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with answering(server, port, "the site, and `splinterlog serve` shows why,") as address:
        yield address


@contextmanager
def answering(server: subprocess.Popen[bytes], port: int, name: str) -> Iterator[str]:
    """The address of a server that was started, once it listens; it ends with the context.

    ServingError where it ends before, with what it said, if its standard error is a pipe.
    """
    try:
        if not _listens(server, port):
            said = server.stderr.read().decode() if server.stderr else ""
            raise ServingError(f"{name} ended by itself. {said}".rstrip())
        yield f"http://{HOST}:{port}"
    finally:
        server.terminate()
        server.wait(10)


def free_port() -> int:
    """A port of this machine on which nobody listens now."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


def _listens(server: subprocess.Popen[bytes], port: int) -> bool:
    while server.poll() is None:
        try:
            socket.create_connection((HOST, port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False


def _settings() -> list[str]:
    settings = json.loads((CONFIG / "settings.json").read_text("utf-8"))
    return [part for name, value in settings.items() for part in ("--setting", name, json.dumps(value))]


def _is_public(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)
    except sqlite3.Error:
        return False


def _check_port(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as error:
            remedy = "choose another with --port, or end what listens there"
            raise ServingError(f"port {port} on {HOST}: {error.strerror}; {remedy}") from error


def _named_events(path: Path) -> Path:
    """The database under the name "events", which Datasette takes from the file: itself, or a link beside it."""
    if path.stem == "events":
        return path
    link = path.parent / f".{path.stem}-served" / "events.db"
    link.parent.mkdir(exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(path.resolve())
    return link
