"""The commands by which people correct events: correct, merge, split, reject, accept."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from data.doors import Misuse, archive_option, corrections_file, corrections_option, opened, told

if TYPE_CHECKING:
    from data.archive import Archive
    from data.corrections import Ruling

NAME = "Your name, as it is to be published"
Said = dict[str, Any]
"""An entry as it will stand in the file, without why, by and when."""


def unheard(rulings: Iterable[Ruling], file: Path, lines: Sequence[int]) -> Iterator[str]:
    """What the build must tell of entries that found nothing to act on."""
    for ruling in rulings:
        if ruling.unheard:
            yield f"{file}:{lines[ruling.number - 1]}: {ruling.entry.kind}: {ruling.unheard}; it changes nothing"


def _asked(option: str, question: str, usual: Callable[[], str | None]) -> Callable[..., str]:
    """What an option says; without it a person is asked, and a script told."""

    def value(context: click.Context, parameter: click.Parameter, given: str | None) -> str:
        if given is None and sys.stdin.isatty():
            return str(click.prompt(question, default=usual(), err=True))
        if not (given or "").strip():
            raise Misuse(f"{question}? Say it with {option}")
        return str(given)

    return value


def git_name() -> str | None:
    """The name under which this person commits, as a proposal; None where git knows none."""
    try:
        found = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    return found.stdout.strip() or None


def by_option(*, needed: bool = True) -> Callable[[Any], Any]:
    """--by, or $SPLINTERLOG_BY; asked for at once where it is needed for sure."""
    about = "Who says so; published as given. Also as SPLINTERLOG_BY in the environment; else asked on a terminal."
    ask = _asked("--by", NAME, git_name) if needed else None
    return click.option("--by", metavar="NAME", envvar="SPLINTERLOG_BY", callback=ask, help=about)


def name() -> str:
    """Who is at the terminal."""
    return str(click.prompt(NAME, default=git_name(), err=True))


def _entry(command: Callable[..., Any]) -> click.Command:
    """A command that says something of events: with the options that all of them have."""
    why = _asked("--why", "The reason, for everybody to read", lambda: None)
    options = [
        click.option("--why", metavar="TEXT", callback=why, help="The reason; published. Asked for on a terminal."),
        by_option(),
        archive_option(),
        corrections_option(),
    ]
    return click.command()(reduce(lambda done, option: option(done), reversed(options), command))


@_entry
@click.argument("event")
@click.argument("field")
@click.argument("value")
def correct(event: str, field: str, value: str, **common: Any) -> None:
    """Set a FIELD of an EVENT to VALUE, whatever documents are read to say.

    VALUE is an id of the reference data, a date as exact as known, a figure, or none. Takes effect with the next build.
    """
    say({"correct": event, "field": field, "value": value}, [event], **common)


@_entry
@click.argument("events", nargs=-1, required=True)
@click.option("--into", required=True, metavar="EVENT", help="The event that keeps its id.")
def merge(events: tuple[str, ...], into: str, **common: Any) -> None:
    """Say that EVENTS and another one, --into, are one event; the former ids lead there from the next build on."""
    say({"merge": list(events), "into": into}, [*events, into], **common)


@_entry
@click.argument("event")
@click.argument("documents", nargs=-1, required=True)
@click.option("--into", metavar="EVENT", help="The event that they tell; a new one, named after EVENT, if not given.")
def split(event: str, documents: tuple[str, ...], into: str | None, archive: Path, **common: Any) -> None:
    """Say that DOCUMENTS (URLs or ids) tell another event than EVENT, a new one or --into."""
    with opened(archive) as store:
        if strange := [each for each in documents if not store.ids_named(each)]:
            raise Misuse(f"no document of {archive} has the URL or id {strange[0]}")
        ids = store.memory.ids()
    new = next(each for n in count(2) if (each := f"{event}-part{n}") not in ids)
    say({"split": event, "documents": list(documents), "into": into or new}, [event], archive=archive, **common)
    if (into or new) not in ids:
        click.echo(f"the new event will be {into or new}")


@_entry
@click.argument("event")
def reject(event: str, **common: Any) -> None:
    """Say that EVENT is none: it goes from the public tables with the next build, and stays away."""
    say({"reject": event}, [event], **common)


@_entry
@click.argument("event")
def accept(event: str, **common: Any) -> None:
    """Say that EVENT is real and told right; takes a rejection back, too."""
    say({"accept": event}, [event], **common)


def say(said: Said, events: Iterable[str], *, why: str, by: str, archive: Path, corrections: Path | None) -> None:
    """Check that the events are known, and write the entry."""
    from data.clock import now
    from data.corrections_file import CorrectionsError, append_correction
    from data.reference import load_reference

    file = corrections_file(corrections, archive)
    with opened(archive) as store:
        _known(events, store)
    with told(CorrectionsError, kind=Misuse):
        append_correction(file, said | {"why": why, "by": by, "when": now()}, load_reference())
    click.echo(f"{file}: noted; the next build obeys it")


def _known(events: Iterable[str], store: Archive) -> None:
    from data.corrected_values import meant

    ids = store.memory.ids()
    for event in events:
        if event not in ids:
            raise Misuse(f"no event {event!r}{meant(event, ids)} in {store.path}; see the id on the event's page")


COMMANDS = (correct, merge, split, reject, accept)
"""What the command line is to offer."""
