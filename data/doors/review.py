"""The command that asks a person about the most doubtful events."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from data.doors import Misuse, archive_option, corrections_file, corrections_option, events_option, opened, told
from data.doors.corrections import Said, by_option, name, say

if TYPE_CHECKING:
    from data.review import Doubt

ANSWERS = {"a": "accept", "r": "reject", "c": "correct", "m": "merge", "s": "skip", "q": "quit"}
QUESTION = ", ".join(f"{word} ({letter})" for letter, word in ANSWERS.items())


@click.command()
@click.option("--list", "listing", is_flag=True, help="Only list them.")
@click.option("--json", "as_json", is_flag=True, help="Only list them, a JSON line each.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many at most.")
@by_option(needed=False)
@archive_option()
@events_option()
@corrections_option()
def review(
    listing: bool, as_json: bool, limit: int, by: str | None, archive: Path, events: Path, corrections: Path | None
) -> None:
    """Show the events that most need a person, best first, and take the answers.

    First come those where a later document contradicts what people said, then reviewed events that the machine joined
    or parted, big claims of a single source, and unsure readings, each with its reasons and quotes. An answer goes into
    the file of corrections, as with `splinterlog accept` and the like; it takes effect with the next build.
    """
    found = _doubts(limit, archive, events, corrections)
    if not found:
        click.echo("nothing to review", err=True)
    if as_json:
        for doubt in found:
            click.echo(json.dumps(asdict(doubt), ensure_ascii=False))
    elif listing:
        for number, doubt in enumerate(found, 1):
            _show(number, len(found), doubt)
    elif found and not sys.stdin.isatty():
        raise Misuse("answers are taken on a terminal; --list and --json need none")
    elif found:
        _ask(found, by or name(), archive, corrections)


def _doubts(limit: int, archive: Path, events: Path, corrections: Path | None) -> list[Doubt]:
    from data.corrections_file import CorrectionsError, read_corrections
    from data.reference import load_reference
    from data.review import ReviewError, doubts

    with told(CorrectionsError, kind=Misuse):
        said, _ = read_corrections(corrections_file(corrections, archive), load_reference())
    with opened(archive) as store, told(ReviewError):
        return list(doubts(events, store, said, limit))


def _show(number: int, total: int, doubt: Doubt) -> None:
    click.secho(f"{number}/{total}  {doubt.summary}", bold=True)
    click.echo(f"  {doubt.event}")
    for reason in doubt.reasons:
        click.echo(f"  - {reason}")
    for said in doubt.quotes:
        origin = ", ".join(filter(None, (said["source"], (said["published"] or "")[:10], said["url"] or said["title"])))
        field = said["field"] if said["chosen"] else f"another {said['field']}"
        click.echo(f"  {field}: “{said['quote']}” ({origin})")
    if doubt.near:
        click.echo(f"  perhaps the same: {', '.join(doubt.near)}")
    click.echo()


def _ask(found: Sequence[Doubt], by: str, archive: Path, corrections: Path | None) -> None:
    for number, doubt in enumerate(found, 1):
        _show(number, len(found), doubt)
        answer = "correct"
        while answer == "correct":  # one event may want several
            answer = ANSWERS[click.prompt(QUESTION, type=click.Choice(list(ANSWERS)), default="s", show_choices=False)]
            if answer in ("skip", "quit"):
                break
            said = _said(answer, doubt)
            try:
                say(said, _named(said), why=click.prompt("Why"), by=by, archive=archive, corrections=corrections)
            except Misuse as error:
                error.show()
                answer = "correct"
        if answer == "quit":
            break


def _said(answer: str, doubt: Doubt) -> Said:
    """The entry that an answer means, once its details are told."""
    from data.corrected_values import FIELDS

    if answer == "correct":
        field = click.prompt("Which field", type=click.Choice(list(FIELDS)))
        return {"correct": doubt.event, "field": field, "value": click.prompt("Its value, or none")}
    if answer == "merge":
        return {"merge": [doubt.event], "into": click.prompt("Into which event", default=next(iter(doubt.near), None))}
    return {answer: doubt.event}


def _named(said: Said) -> list[str]:
    return said["merge"] + [said["into"]] if "merge" in said else []
