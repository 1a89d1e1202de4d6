"""A refresh: read what is new, bring all reports together, publish.

May be killed at any time. What was read stays read; what was resolved is remembered in one transaction and published
in another, and the second is a function of what the first left, so that the next build makes up for either.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from secrets import token_hex
from time import perf_counter
from typing import Protocol
from zlib import crc32

from sqlite_utils.utils import chunks

from data.archive import Archive
from data.corrections import NOTHING_SAID, Corrections, Ruling
from data.events import Published, publish, published
from data.memory import Recollection
from data.models import Document, Mention, Run
from data.reference import load_reference
from data.store import alone
from nlp.curated import with_stated
from nlp.edition import edition
from nlp.resolve import Resolution, resolve
from nlp.resolving.sketches import sketch
from nlp.touched import Part, all_of, facts_of, touched
from nlp.versions import resolver

BATCH = 256
"""Documents between two commits: what a kill can cost."""
Progress = Callable[[str, int, int], None]
"""Told of a step ("tag", "resolve", "publish"), how much of it is done, and how much there is in all."""
Read = tuple[Document, list[Mention]]
log = logging.getLogger(__name__)


class Tagger(Protocol):
    """What reads documents."""

    @property
    def version(self) -> str:
        """Another version reads all documents anew."""
        ...

    def read(self, documents: Iterable[Document]) -> Iterator[Read]:
        """The mentions of each document, in any order."""
        ...


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did. `unread`: ids of documents that the tagger failed on, tried again next time; `rulings`: what
    became of people's words."""

    documents: int
    tagged: int
    unread: tuple[str, ...]
    mentions: int
    events: int
    changes: int
    seconds: float
    rulings: tuple[Ruling, ...] = ()


def build(
    archive: Archive,
    events_path: Path,
    *,
    tagger: Tagger,
    now: Callable[[], str],
    corrections: Corrections = NOTHING_SAID,
    progress: Progress | None = None,
) -> BuildSummary:
    """Tag what is new, resolve all, publish. `now` tells the UTC time; `corrections` win over what is read.

    StoreError while another build is running.
    """
    tell = progress or (lambda step, done, total: None)
    # two builds at once would give ids twice
    lock = archive.path.with_name(f"{archive.path.name}-build")
    with alone(lock, f"{archive.path}: another build is running; wait for it to end"), _settled():
        started, clock = now(), perf_counter()
        tagged, unread = _tag(archive, tagger, tell)
        tell("resolve", 0, 1)
        reference, said, before = load_reference(), corrections.located(archive.ids_named), published(events_path)
        resolver = _resolver(archive, said)
        part = touched(archive, reference, said) if _follows(archive, before, resolver) else all_of(archive, reference)
        facts = facts_of(archive, part)
        found = resolve(
            part.cells, facts, part.memory, now=started, reference=reference, corrections=said, stirred=part.stirred
        )
        run = _run(archive, found, part, (tagged, len(unread)), (tagger.version, resolver), (started, now()))
        archive.memory.remember(found.learned, found.changes, run, told=found.told, placed=part.placed)
        tell("publish", 0, 1)
        publish(events_path, edition(archive, found, reference, None if part.whole else before))
        tell("publish", 1, 1)
        counts = (run.documents, tagged, tuple(unread), run.mentions, run.events, run.changes)
        return BuildSummary(*counts, seconds=perf_counter() - clock, rulings=found.rulings)


@contextmanager
def _settled() -> Iterator[None]:
    """What is loaded by now stays until the end: the collector of garbage need not look through it over and over."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _run(
    archive: Archive, found: Resolution, part: Part, read: Sequence[int], versions: Sequence[str], times: Sequence[str]
) -> Run:
    """What the log tells of this refresh."""
    counts = archive.counts()
    return Run(
        started=times[0],
        finished=times[1],
        documents=counts["documents"],
        tagged=read[0],
        failed=read[1],
        mentions=counts["mentions"],
        events=counts["events"] + _growth(found, part.memory),
        changes=len(found.changes),
        tagger=versions[0],
        version=version("splinterlog"),
        resolver=versions[1],
        state=token_hex(8),
    )


def _resolver(archive: Archive, said: Corrections) -> str:
    """What makes events of mentions: code, data and rates, the sources that count as official, people's words."""
    official = sorted(each.id for each in archive.sources() if each.official)
    return f"{resolver()}-{crc32(repr((official, said.digest, version('currencyconverter'))).encode()):08x}"


def _follows(archive: Archive, before: Published | None, resolver: str) -> bool:
    """Whether the public database is as this resolver left it the last time, so that only changes since matter."""
    last = archive.last_refresh()
    return bool(last and before and last.resolver == resolver and last.state and last.state == before.state)


def _growth(found: Resolution, memory: Recollection) -> int:
    """How many more events there are than before."""
    before = {event.id for event in memory.events.values() if not event.gone}
    learned = found.learned.events.values()
    return sum((not event.gone) - (event.id in before) for event in learned)


def _tag(archive: Archive, tagger: Tagger, tell: Progress) -> tuple[int, list[str]]:
    """Read what this tagger has not read; returns how many were and the ids of those that could not be."""
    total, tagged, unread = archive.count_untagged(tagger.version), 0, list[str]()
    for chunk in chunks(archive.untagged(tagger.version), BATCH):
        batch = list(chunk)
        read = _with_stated(archive, _read(tagger, batch))
        sketches = {each.id: sketch(each) for each, mentions in read if mentions}
        archive.add_mentions(tagger.version, read, sketches)
        tagged += len(read)
        unread += sorted({each.id for each in batch} - {document.id for document, _ in read})
        tell("tag", tagged + len(unread), total)
    return tagged, unread


def _read(tagger: Tagger, batch: Sequence[Document]) -> list[Read]:
    """The batch at once; where that fails, one by one, so that a document costs nothing but itself."""
    try:
        return list(tagger.read(batch))
    except Exception as error:
        if len(batch) == 1:
            log.warning("document %s could not be read and is left for the next build: %r", batch[0].id, error)
            return []
        return [read for each in batch for read in _read(tagger, [each])]


def _with_stated(archive: Archive, read: Sequence[Read]) -> list[Read]:
    """The same, where a data set's record states facts of a document, with these."""
    records = archive.curated_of(document for document, _ in read)
    return [(each, with_stated(found, records[each.id]) if each.id in records else found) for each, found in read]
