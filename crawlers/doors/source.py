"""The commands that look after sources: try them on the live web, and add one from its address."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from data.doors import Ailing, Misuse, Stop

if TYPE_CHECKING:
    from crawlers.adding.proposal import Wishes
    from crawlers.adding.writing import Tried
    from crawlers.checking import Check
    from crawlers.sources import SourceFile

FOLDER = click.Path(path_type=Path, file_okay=False)
FIXTURES = Path("tests/fixtures")
KINDS = click.Choice(["news", "regulator", "court", "ngo", "measurement", "registry"])
SHOWN = 10


@click.group()
def source() -> None:
    """Look after sources: try them on the live web, add one from its address."""


@source.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--sources", type=FOLDER, help="Folder of source files.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object a source.")
def check(ids: Sequence[str], sources: Path | None, as_json: bool) -> None:
    """Tell what sources yield now against what they should: all that are not off, or those of these ids.

    Their index is read as a crawl reads it, and some articles; nothing is kept. Exit code 3 where one does not do as it
    should. For a source whose file does not tell yet how its page is read, what it might say is shown.
    """
    from crawlers.checking import check as checked

    blank, ailing = _undeclared(ids, sources), 0
    for one in blank:
        _propose(one, as_json)
    for each in checked(_chosen([id for id in ids if id not in {one.id for one in blank}], sources, bool(ids))):
        ailing += not each.well
        click.echo(json.dumps(each.told(), ensure_ascii=False) if as_json else _line(each))
    if ailing:
        raise Ailing(f"{ailing} of them {'does' if ailing == 1 else 'do'} not do as they should")


def _undeclared(ids: Sequence[str], folder: Path | None) -> list[SourceFile]:
    """Those of these ids whose files do not tell yet how their pages are read."""
    from crawlers.sources import SOURCES, read_sources

    return [each for each in read_sources(folder or SOURCES)[0] if each.id in ids and each.undeclared]


def _propose(blank: SourceFile, as_json: bool) -> None:
    """What its page would have it say; where JSON is asked for, it is none and goes beside it."""
    click.echo(f"{blank.id}: its file has no {blank.undeclared} yet; by its page it would be:", err=as_json)
    told = [*("--id", blank.id), *("--kind", blank.kind), *("--country", blank.country), "--dry-run"]
    private = ["--allow-private"] if blank.allow_private else []
    _run("add", blank.url, *told, *("--language", blank.languages[0]), *private, beside=as_json)


def _chosen(ids: Sequence[str], folder: Path | None, named: bool) -> list[SourceFile]:
    """The sources of these ids; where none was `named`, all that are not off."""
    from crawlers.sources import SOURCES, choose_sources, read_sources

    known, problems = read_sources(folder or SOURCES)
    for problem in problems:
        click.echo(str(problem), err=True)
    try:
        return choose_sources(known, ids) if ids or not named else []
    except ValueError as error:
        raise Misuse(str(error)) from error


def _line(each: Check) -> str:
    state = "well" if each.well else f"{each.outcome}{f' ({each.failure})' if each.failure else ''}"
    expected = f"{each.floor} to {each.ceiling}" if each.ceiling else f"{each.floor} at least"
    words = [
        f"{each.source}: {state}, {each.found} entries of {expected}",
        f"{each.titled} with a title",
        f"{each.dated} dated, the newest {each.newest or 'not known'}",
        f"{each.read} articles read",
        f"in {', '.join(each.languages) or 'no language'} (declared {', '.join(each.declared)})",
        *([each.detail] if each.detail else []),
    ]
    return ", ".join(words)


@source.command()
@click.argument("url")
@click.option("--id", help="Id of the source; from the address if left out.")
@click.option("--kind", type=KINDS, default="news", show_default=True, help="Who publishes.")
@click.option("--country", help="ISO 3166-1 alpha-2, EU or XX; by the address if left out.")
@click.option("--language", help="ISO 639-1; as the page says, or by its words.")
@click.option("--official", is_flag=True, help="An authority's own words.")
@click.option("--sources", type=FOLDER, help="Folder of source files.")
@click.option("--dry-run", is_flag=True, help="Show the file, write nothing.")
@click.option("--allow-private", is_flag=True, hidden=True, help="Also on this machine and network; for tests.")
def add(
    url: str, id: str | None, kind: str, country: str | None, language: str | None, official: bool,
    sources: Path | None, dry_run: bool, allow_private: bool,
) -> None:  # fmt: skip
    """Propose a source file for URL: the feed that it names, else a sitemap, else the list in its page.

    What is found is tried at once on the page that was fetched, and shown. For all but feeds the page is kept beside it
    for the tests; put words of your own in place of a publisher's before you share it.
    """
    from crawlers.adding.proposal import Wishes
    from crawlers.adding.writing import write
    from crawlers.sources import SOURCES

    tried = _proposed(url, Wishes(id, kind, country, language, official), allow_private)
    click.echo(tried.proposal.text)
    for remark in tried.proposal.remarks:
        click.echo(f"# {remark}")
    _show(tried)
    if dry_run:
        return
    try:
        files = write(tried, sources or SOURCES, None if sources else FIXTURES)
    except FileExistsError as error:
        raise Misuse(f"{error}: there is a source {tried.source.id} already; choose another with --id") from error
    except ValueError as error:
        raise Stop(f"{url}: {error}; save this file as it is shown, and keep a shorter page by hand") from error
    for file in files:
        click.echo(f"written: {file}")
    if _run("check", tried.source.id, *(["--sources", str(sources)] if sources else [])):
        raise Ailing(f"{tried.source.id}: written, but it does not do as it should")


def _proposed(url: str, wishes: Wishes, allow_private: bool) -> Tried:
    from crawlers.adding.discovery import discover
    from crawlers.adding.proposal import propose
    from crawlers.adding.writing import first_that_works
    from crawlers.settings import LOCAL

    if not url.startswith(("http://", "https://")):
        raise Misuse(f"{url}: not an http or https address")
    found = discover(url, {"ALLOW_PRIVATE": True, **LOCAL} if allow_private else {})
    if found.refused:
        raise Stop(f"{url}: its robots.txt refuses us, and we keep to that; ask its publisher, or watch another source")
    if found.trouble:
        raise Stop(found.trouble)
    private = {"allow_private": True} if allow_private else {}
    tried = first_that_works(propose(found, wishes, private)) if found.candidates else None
    if tried is None:
        raise Stop(
            f"{url}: no feed, no sitemap and no list was found; give the address of its news, or write the file by hand"
        )
    return tried


def _show(tried: Tried) -> None:
    click.echo(f"# {len(tried.entries)} entries, {sum(entry.published is not None for entry in tried.entries)} dated:")
    for entry in tried.entries[:SHOWN]:
        click.echo(f"#   {entry.published or '----------'}  {entry.title[:70]}  {entry.url}")


def _run(*arguments: str, beside: bool = False) -> int:
    """Another command, in a process of its own, since each can crawl but once; returns its exit code."""
    command = [sys.executable, "-m", "splinterlog", "source", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    click.echo(done.stdout.strip() or done.stderr.strip(), err=beside)
    return done.returncode
