"""The command that reads what is new and makes it events."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from data.doors import Misuse, Stop, archive_option, corrections_file, corrections_option, events_option, opened, told
from data.doors.corrections import unheard


@click.command()
@archive_option()
@events_option()
@corrections_option()
def build(archive: Path, events: Path, corrections: Path | None) -> None:
    """Read what is new in the archive, join all reports into events, publish them in one transaction.

    What people corrected wins over what is read. The public database may be served meanwhile; may be deleted, too: it
    is made again from the archive.
    """
    from data.clock import now
    from data.corrections_file import CorrectionsError, read_corrections
    from data.reference import load_reference
    from nlp.build import build as build_events
    from nlp.tag import Tagger

    file = corrections_file(corrections, archive)
    with told(CorrectionsError, kind=Misuse):
        said, problems = read_corrections(file, load_reference())
    for problem in problems:
        click.echo(f"refused: {problem}", err=True)
    with opened(archive) as store, _progress() as progress:
        done = build_events(store, events, tagger=Tagger(), now=now, corrections=said, progress=progress)
    for line in unheard(done.rulings, file, said.lines):
        click.echo(f"warning: {line}", err=True)
    click.echo(
        f"{done.documents} documents ({done.tagged} read now), {done.mentions} mentions, {done.events} events, "
        f"{done.changes} changes, {done.seconds:.1f} s"
    )
    if done.unread:
        raise Stop(f"{len(done.unread)} documents could not be read and are tried again next time: {done.unread[:10]}")
    if problems:
        raise Misuse(f"all else was built; mend what was refused in {file}, which is not obeyed until then")


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Shows each step on a terminal, in one line that is written over; says nothing elsewhere."""
    shows = sys.stderr.isatty()

    def tell(step: str, done: int, total: int) -> None:
        if shows:
            click.echo(f"\r\033[K{step} {done}/{total}", nl=False, err=True)

    yield tell
    if shows:
        click.echo("\r\033[K", nl=False, err=True)
