"""The command that a timer starts every night: crawl, build, dump and tell, one at a time, with a log and an end."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import IO

import click

from data.clock import now
from data.doors import Stop, archive_option, corrections_option, events_option, opened, told

LOGS_KEPT = 60
GRACE = 90
"""Seconds that a stage has to end by itself, once it is told to."""


@click.command()
@click.option(
    "--sources", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Folder of source files."
)
@click.option(
    "--minutes", type=click.FloatRange(0, min_open=True), default=300, show_default=True, help="Time for all."
)
@archive_option()
@events_option()
@corrections_option()
@click.pass_context
def refresh(
    context: click.Context, sources: Path | None, minutes: float, archive: Path, events: Path, corrections: Path | None
) -> None:
    """Crawl, build, dump and tell subscribers, as a timer does every night; some lines say what came of it.

    One at a time: a second refresh ends at once. All that the stages say goes into a log of its own, beside the archive
    in a folder .logs. Half of the time is for the crawl. SIGTERM ends the crawl as soon as what is under way is stored,
    or the build at once; the next refresh goes on from there. The exit code is that of the first stage that failed.
    """
    begun = now()
    with _alone(archive) as lock, _log(archive, begun) as log:
        night = Night(lock, log, minutes * 60)
        folder = ["--sources", sources] if sources else []
        crawled = night.stage("crawl", [*folder, "--minutes", minutes / 2, "--archive", archive], share=0.5)
        said = ["--corrections", corrections] if corrections else []
        built = night.stage("build", ["--archive", archive, "--events", events, *said])
        dumped = 0 if built else night.stage("dump", ["--events", events])
        subscribed = not built and events.with_name("subscriptions.yaml").exists()
        digested = night.stage("digest", ["--events", events]) if subscribed else 0
    for line in _first_failures(archive, begun):
        click.echo(line)
    click.echo(f"log: {log.name}")
    if night.ended:
        raise Stop("ended early by a signal; the next refresh goes on from there")
    context.exit(crawled or built or dumped or digested)


class Night:
    """The stages of one refresh, each in a process of its own, and the signals that are meant for them."""

    def __init__(self, lock: IO[bytes], log: IO[bytes], seconds: float) -> None:
        self.lock, self.log = lock, log
        self.deadline = monotonic() + seconds
        self.ended = False
        self.child: subprocess.Popen[str] | None = None
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._end)

    def stage(self, name: str, arguments: Sequence[object], share: float = 1.0) -> int:
        """Run a command of the command line in a `share` of the time left; its exit code, 1 where it was ended."""
        if self.ended:
            return 1
        command = [sys.executable, "-m", "splinterlog", name, *map(str, arguments)]
        # Its own session, for a terminal's Ctrl-C would come twice, and twice means at once; the lock goes along.
        self.child = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            start_new_session=True,
            pass_fds=[self.lock.fileno()],
        )
        out = self._outcome(self.child, max(1.0, (self.deadline - monotonic()) * share))
        self.log.write(out.encode())
        click.echo(f"{name}: {out.strip() or f'failed with exit code {self.child.returncode}, see the log'}")
        return abs(self.child.returncode) and max(1, self.child.returncode)

    def _outcome(self, child: subprocess.Popen[str], seconds: float) -> str:
        for wait, end in ((seconds + GRACE, child.terminate), (GRACE, child.kill)):
            try:
                return child.communicate(timeout=wait)[0]
            except subprocess.TimeoutExpired:
                end()
        return child.communicate()[0]

    def _end(self, *_: object) -> None:
        self.ended = True
        if self.child and self.child.poll() is None:
            self.child.terminate()


@contextmanager
def _alone(archive: Path) -> Iterator[IO[bytes]]:
    """Holds the lock that one refresh of an archive has, and its stages with it."""
    from data.store import StoreError, alone

    archive.parent.mkdir(parents=True, exist_ok=True)
    busy = f"{archive}: another refresh is under way; this one changes nothing"
    with told(StoreError), alone(archive.with_suffix(".refresh"), busy) as lock:
        yield lock


@contextmanager
def _log(archive: Path, begun: str) -> Iterator[IO[bytes]]:
    """A log file of this run; those of the oldest runs go."""
    folder = archive.with_suffix(".logs")
    folder.mkdir(mode=0o700, exist_ok=True)
    for old in sorted(folder.glob("*.log"))[: 1 - LOGS_KEPT]:
        old.unlink()
    with (folder / f"{begun.replace(':', '')}.log").open("ab", buffering=0) as log:
        yield log


def _first_failures(archive: Path, begun: str) -> Iterator[str]:
    if not archive.exists():
        return
    with opened(archive) as store:
        for each in store.source_health():
            if each.since >= begun and each.outcome in ("failed", "empty"):
                yield f"fails from tonight: {each.source} ({each.failure}): {each.detail}"
