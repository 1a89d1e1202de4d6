"""The command that fetches what is new."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from data.doors import Ailing, Misuse, Stop, archive_option, opened, told

if TYPE_CHECKING:
    from data.models import SourceRun


@click.command()
@click.option("--source", "ids", multiple=True, metavar="ID", help="Only this source; may be given more than once.")
@click.option(
    "--sources", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Folder of source files."
)
@click.option("--raw/--no-raw", default=True, help="Whether to keep what went over the wire, in WARC files.")
@click.option("--minutes", type=click.FloatRange(min=0, min_open=True), help="Time after which no more is begun.")
@archive_option()
def crawl(ids: tuple[str, ...], sources: Path | None, raw: bool, minutes: float | None, archive: Path) -> None:
    """Fetch what is new from the sources into the archive.

    Without --source: every enabled source that is not left alone for having failed night after night. A source that
    fails costs its own items and nothing else. Exit codes besides the usual: 3 where more than half of the sources
    failed or are left alone; 1 where a source file was refused.
    """
    from crawlers.crawl import crawl as crawl_sources
    from crawlers.patience import due, mostly_failed
    from crawlers.sources import SOURCES, choose_sources, read_sources
    from data.clock import now

    found, problems = read_sources(sources or SOURCES)
    for problem in problems:
        click.echo(f"refused: {problem}", err=True)
    with told(ValueError, kind=Misuse):
        chosen = choose_sources(found, ids)
    for one in [] if ids else [one for one in found if one.enabled and one.off]:
        click.echo(f"{one.id}: off: {one.off}", err=True)
    with opened(archive, new=True) as store:
        health = {each.source: each for each in store.source_health()}
        asked, paused = (chosen, []) if ids else due(chosen, health, now())
        for each in paused:
            click.echo(f"{each.source}: left alone until {each.next_try} ({each.failure} since {each.since})", err=True)
        runs = crawl_sources(
            asked,
            store,
            settings={"KEEP_RAW": raw},
            progress=lambda run: click.echo(_run_line(run), err=True),
            budget=minutes * 60 if minutes else None,
        )
    click.echo(_summary(runs, paused=len(paused), untried=len(asked) - len(runs)))
    if not chosen:
        raise Stop(f"no source could be crawled: no enabled source under {sources or SOURCES}")
    if mostly_failed(runs, len(paused)):
        raise Ailing("more than half of the sources failed, so the fault may be here: see `splinterlog status`")
    if problems:
        raise Stop(f"the rest was crawled; mend what was refused: {', '.join(sorted({p.file.name for p in problems}))}")


def _summary(runs: list[SourceRun], paused: int, untried: int) -> str:
    failed = sum(not run.well for run in runs)
    rest = [f"{count} {what}" for count, what in ((paused, "left alone"), (untried, "not tried")) if count]
    return ", ".join(
        [f"{len(runs)} sources", f"{failed} failed", *rest, f"{sum(run.new for run in runs)} new documents"]
    )


def _run_line(run: SourceRun) -> str:
    failure = f" ({run.failure}: {run.detail})" if run.failure else ""
    return f"{run.source}: {run.outcome}, {run.found} found, {run.new} new{failure}"
