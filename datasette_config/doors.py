"""The commands that show the record to others: serve it, dump it, tell subscribers what changed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from data.addresses import mail_address
from data.doors import Misuse, Stop, events_option, told
from data.serving import CONTACT

PORT = click.IntRange(1, 65535)


def _mail(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    if value and not mail_address(value):
        raise click.BadParameter("must be a mail address, such as desk@example.org")
    return value


@click.command()
@events_option()
@click.option("--port", type=PORT, default=8001, show_default=True, help="Port on 127.0.0.1.")
@click.option("--contact", envvar=CONTACT, callback=_mail, help=f"Mail address for corrections. [env: {CONTACT}]")
def serve(events: Path, port: int, contact: str | None) -> None:
    """Show the public database in a browser, with Datasette, until Ctrl-C."""
    from data.serving import HOST, ServingError, server_command

    _made(events)
    os.environ[CONTACT] = contact or ""
    with told(ServingError):
        program = server_command(events, port)
    click.echo(f"http://{HOST}:{port}/")
    sys.stdout.flush()
    os.execv(program[0], program)


@click.command()
@events_option()
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="Where to; dumps beside the database.")
@click.option("--site", default="", help="Address of the public site, for the addresses of events.")
def dump(events: Path, folder: Path | None, site: str) -> None:
    """Write all events as NDJSON and CSV, and what changed since the last dump, each with the day in its name."""
    from datasette_config.dumps import dump as write

    _made(events)
    with told(ValueError):
        index = write(events, folder or events.resolve().parent / "dumps", site)
    day = index["built"][:10]
    click.echo(", ".join(f"{file['name']} ({file['bytes']} bytes)" for file in index["files"] if file["day"] == day))


@click.command()
@events_option()
@click.option(
    "--subscriptions",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Who is told of what; subscriptions.yaml beside the database, unless another is given.",
)
@click.option("--dry-run", "dry", is_flag=True, help="Show what would be sent, and send nothing.")
def digest(events: Path, subscriptions: Path | None, dry: bool) -> None:
    """Tell subscribers what changed since they were told last, by mail or at an address that takes JSON.

    docs/operations.md shows the file of subscriptions. Who cannot be told is told all of it the next time, and the exit
    code is 1.
    """
    from datasette_config.digest.sending import send_digests
    from datasette_config.digest.subscriptions import SubscriptionsError, read_subscriptions

    _made(events)
    file = subscriptions or events.with_name("subscriptions.yaml")
    with told(SubscriptionsError, kind=Misuse):
        said = read_subscriptions(file)
    if not said.subscriptions:
        click.echo("nobody has subscribed")
    failed = 0
    with told(ValueError):
        for each in send_digests(events, said, file.with_suffix(".told.json"), dry):
            failed += each.failure is not None
            news = each.digest.title.removeprefix("Splinterlog: ") if each.digest else "nothing new"
            click.echo(f"{each.target}: {f'could not be told: {each.failure}' if each.failure else news}")
            if dry and each.digest:
                click.echo(f"\n{each.digest.text}")
    if failed:
        raise Stop(f"{failed} could not be told; the next digest has all that they missed")


def _made(events: Path) -> None:
    if not events.exists():
        raise Stop(f"{events}: there is no such database; `splinterlog build` makes it")
