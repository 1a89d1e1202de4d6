"""The command that tells how much there is, how the sources do, and what they cover."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from data.doors import archive_option, opened

if TYPE_CHECKING:
    from crawlers.coverage import Coverage, Share
    from data.models import SourceHealth


@click.command()
@click.option("--coverage", "covering", is_flag=True, help="Tell what the source files cover; no archive is needed.")
@click.option("--json", "as_json", is_flag=True, help="With --coverage: as JSON.")
@click.option(
    "--sources", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Folder of source files."
)
@archive_option()
def status(covering: bool, as_json: bool, sources: Path | None, archive: Path) -> None:
    """Tell how much there is, when it was last refreshed, and how the sources do; or what they cover."""
    if covering:
        return _tell_coverage(sources, as_json)
    from data.clock import now

    with opened(archive) as store:
        counts, refresh, health = store.counts(), store.last_refresh(), store.source_health()
    click.echo(", ".join(f"{count} {name}" for name, count in counts.items()))
    click.echo(f"last refresh: {refresh.finished if refresh else 'never'}")
    for each in health:
        click.echo(_health_line(each, now()))


def _health_line(each: SourceHealth, moment: str) -> str:
    state = each.outcome if not each.failure else f"{each.outcome} ({each.failure})"
    words = [
        f"{each.source}: {state} since {each.since}",
        f"last success {each.last_success or 'never'}",
        f"last new {each.last_new or 'never'}",
        *([f"left alone until {each.next_try}"] if each.paused(moment) else []),
        *([each.detail] if each.detail else []),
    ]
    return ", ".join(words)


def _tell_coverage(folder: Path | None, as_json: bool) -> None:
    from crawlers.coverage import coverage, told
    from crawlers.sources import SOURCES, read_sources

    sources, problems = read_sources(folder or SOURCES)
    for problem in problems:
        click.echo(str(problem), err=True)
    found = coverage(sources)
    if as_json:
        return click.echo(json.dumps(asdict(found), ensure_ascii=False))
    click.echo(told(found))
    for line in _tables(found):
        click.echo(line)


def _tables(found: Coverage) -> Iterator[str]:
    for name, shares in found.views.items():
        yield from ("", f"{name:14} {'read':>6} {'official':>9} {'token':>6} {'off':>5}")
        yield from map(_line, shares)
    yield from ("", "why sources are off:")
    yield from (f"{number:5}  {reason}" for reason, number in found.reasons)


def _line(share: Share) -> str:
    return f"{share.value:14} {share.read:6} {share.official:9} {share.token:6} {share.sources - share.read:5}"
