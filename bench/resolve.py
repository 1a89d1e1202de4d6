"""How the cost of a build grows, reading aside: python -m bench.resolve [MENTIONS ...] [--add 100] [--nights 5]

Stories are made up, as skewed as the news: few platforms and countries have most of them, some are told by one document
and some by dozens; one mention in five has no exact date, one in ten no country. For each number of mentions a new
archive is built from nothing, then --nights nights are built that tell --add mentions more each; times are seconds of
the processor, of the nights the mean. What a night costs depends on what it stirs, so the shares of the mean and of the
dearest are told. With --profile, where the time of the nights went is told, too.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from bench.news import LAST, START, News, Told
from data.archive import Archive
from data.clock import now
from data.models import Document
from nlp.build import build


class Clock:
    """Notes when a build begins to resolve, to publish, and when it is done, in seconds of processor time."""

    def __init__(self) -> None:
        self.at: dict[tuple[str, int], float] = {}

    def __call__(self, step: str, done: int, total: int) -> None:
        self.at[step, done] = process_time()

    @property
    def resolving(self) -> float:
        return self.at["publish", 0] - self.at["resolve", 0]

    @property
    def publishing(self) -> float:
        return self.at["publish", 1] - self.at["publish", 0]


def told(documents: Iterator[Document], mentions: int) -> Iterator[Document]:
    """As many of the documents as tell so many mentions."""
    while mentions > 0:
        yield (document := next(documents))
        mentions -= len(json.loads(document.text))


def measure(folder: Path, number: int, added: int, nights: int, profile: AbstractContextManager[Any]) -> None:
    """Print a line for a build of so many mentions, and for the nights after it."""
    news, whole, clocks = News(number), Clock(), [Clock() for _ in range(nights)]
    with Archive(folder / "archive.db") as archive:
        archive.add_documents(told(news.documents(START, LAST), number))
        first = build(archive, folder / "events.db", tagger=Told(), now=now, progress=whole)
        for night, clock in enumerate(clocks):
            day = LAST + timedelta(days=2 * night)
            archive.add_documents(told(news.documents(day, day + timedelta(days=2)), added))
            with profile:
                build(archive, folder / "events.db", tagger=Told(), now=now, progress=clock)
    steps = [whole.resolving, whole.publishing, mean(each.resolving for each in clocks),
             mean(each.publishing for each in clocks)]  # fmt: skip
    shares = [(each.resolving + each.publishing) / (whole.resolving + whole.publishing) for each in clocks]
    seconds = " ".join(f"{each:10.2f}" for each in steps)
    print(f"{first.mentions:9,} {first.events:8,} {seconds} {mean(shares):8.1%} {max(shares):8.1%}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mentions", type=int, nargs="*", default=[12_500, 25_000, 50_000, 100_000])
    parser.add_argument("--add", type=int, default=100)
    parser.add_argument("--nights", type=int, default=5)
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    print(f" mentions   events    resolve    publish  +{given.add}: res.    publish    share  dearest")
    for number in given.mentions:
        profile = cProfile.Profile() if given.profile else nullcontext()
        with TemporaryDirectory() as folder:
            measure(Path(folder), number, given.add, given.nights, profile)
        if isinstance(profile, cProfile.Profile):
            pstats.Stats(profile).sort_stats("cumulative").print_stats(40)


if __name__ == "__main__":
    main()
