"""The command line: a thin door to each stage of the street."""

from __future__ import annotations

import logging
import sys
from io import TextIOWrapper
from pathlib import Path

import click

from crawlers.doors.crawl import crawl
from crawlers.doors.extract import extract
from crawlers.doors.importing import import_, reextract
from crawlers.doors.source import source
from crawlers.doors.status import status
from data.doors import DATA, archive_option, events_option, told
from data.doors.corrections import COMMANDS
from data.doors.refresh import refresh
from data.doors.review import review
from datasette_config.doors import PORT, digest, dump, serve
from nlp.doors.build import build
from nlp.doors.judging import eval_, explain
from nlp.doors.tag import tag


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="splinterlog", prog_name="splinterlog")
def main() -> None:
    """What authorities do to digital platforms: crawl, read, join, publish.

    The usual night is `splinterlog refresh`, which crawls and builds; `splinterlog serve` shows the result. Each
    command can be run again at any time and does only what is new. Exit codes: 0 all went well; 1 something went wrong,
    as the message says; 2 the call or an input file is at fault; 3 most of the sources failed.
    """
    if isinstance(sys.stdout, TextIOWrapper):  # JSON is UTF-8 whatever the locale
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.addFilter(lambda record: record.levelno >= logging.ERROR or not record.name.startswith("scrapy"))
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", handlers=[handler])


@main.command()
@archive_option("demo/archive.db")
@events_option("demo/events.db")
@click.option("--serve/--no-serve", "serving", default=True, help="Whether to show the result in a browser afterwards.")
@click.option("--port", type=PORT, default=8001, show_default=True, help="Port to serve on.")
@click.pass_context
def demo(context: click.Context, archive: Path, events: Path, serving: bool, port: int) -> None:
    """Crawl the sample site on this machine, build its database, serve it."""
    from data.sample.server import SampleServerError, serve_sample

    click.echo("The sample site, three sources:")
    with told(SampleServerError), serve_sample():
        context.invoke(crawl, ids=(), sources=DATA / "sample" / "sources", raw=False, archive=archive)
    context.invoke(build, archive=archive, events=events, corrections=None)
    if serving:
        context.invoke(serve, events=events, port=port)


STREET = (crawl, import_, reextract, build, serve, dump, digest, refresh)
PEOPLE = (*COMMANDS, review, source, status)
READING = (tag, extract, eval_, explain)
for command in (*STREET, *PEOPLE, *READING):
    main.add_command(command)

if __name__ == "__main__":
    main()
