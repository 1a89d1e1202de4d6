"""What the commands share: where things lie, and errors as messages with exit codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from data.archive import Archive
    from data.models import Document

DATA = Path(__file__).parents[1]
PATH = click.Path(path_type=Path, dir_okay=False)
INPUT = click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True)


def archive_option(name: str = "archive.db") -> Callable[[Any], Any]:
    """--archive, by default the file of this name in the project's data folder."""
    about = "The archive: all documents and what was read in them."
    return click.option("--archive", type=PATH, default=DATA / name, show_default=f"data/{name}", help=about)


def events_option(name: str = "events.db") -> Callable[[Any], Any]:
    """--events, by default the file of this name in the project's data folder."""
    return click.option(
        "--events", type=PATH, default=DATA / name, show_default=f"data/{name}", help="The public database."
    )


def corrections_option() -> Callable[[Any], Any]:
    """--corrections, by default corrections.yaml beside the archive."""
    about = "What people corrected; corrections.yaml beside the archive, unless another is given."
    return click.option("--corrections", type=PATH, help=about)


class Stop(click.ClickException):
    """Something went wrong: ends a command with a message and exit code 1."""

    def __init__(self, message: object) -> None:
        super().__init__(str(message))


class Misuse(Stop):
    """The call or an input file is at fault."""

    exit_code = 2


class Ailing(Stop):
    """Most of the sources failed: something ails the network, the machine, or Splinterlog."""

    exit_code = 3


@contextmanager
def told(*errors: type[Exception], kind: type[Stop] = Stop) -> Iterator[None]:
    """Turns the named errors, whose words are meant for people, into a message and an exit code."""
    try:
        yield
    except errors as error:
        raise kind(error) from error


@contextmanager
def opened(path: Path, *, new: bool = False) -> Iterator[Archive]:
    """The archive, made where there is none and `new` allows it: a mistyped path must not become an empty one."""
    from data.archive import Archive
    from data.store import StoreError

    if not new and not path.exists():
        raise Stop(f"{path}: there is no such archive; `splinterlog crawl` or `splinterlog import` makes it")
    with told(StoreError), Archive(path) as archive:
        yield archive


def corrections_file(given: Path | None, archive: Path) -> Path:
    """The file of corrections that a call means. A mistyped one must not pass for an empty one."""
    if given and not given.exists():
        raise Misuse(f"{given}: there is no such file of corrections; make an empty one to begin with")
    return given or archive.with_name("corrections.yaml")


def documents_of(file: Path) -> list[Document]:
    """All documents of a file or standard input; read whole, so that a bad line is known before anything is written."""
    from data.documents import read_documents

    with click.open_file(str(file), "rb") as lines:
        return list(read_documents(lines, str(file)))
