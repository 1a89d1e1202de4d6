"""A refresh: read what is new, bring all reports together, publish.

May be killed at any time. What was read stays read; what was resolved is remembered in one transaction and published
in another, and the second is a function of what the first left, so that the next build makes up for either.
"""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Protocol

from sqlite_utils.utils import chunks

from data.archive import Archive
from data.corrections import NOTHING_SAID, Corrections, Ruling
from data.events import publish
from data.events_rows import Edition
from data.models import Document, Mention, Run
from data.reference import Reference, load_reference
from data.store import StoreError
from nlp.curated import with_stated
from nlp.resolve import Resolution, resolve
from nlp.resolving.facts import DocumentFacts
from nlp.resolving.sketches import sketch

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
    with _alone(archive):
        started, clock = now(), perf_counter()
        tagged, unread = _tag(archive, tagger, tell)
        tell("resolve", 0, 1)
        reference, facts, mentions = load_reference(), _facts(archive), list(archive.mentions())
        said = corrections.located(archive.ids_named)
        found = resolve(mentions, facts, archive.memory.recall(), now=started, reference=reference, corrections=said)
        counts = {"documents": len(facts), "tagged": tagged, "mentions": len(mentions)}
        counts |= {"events": len(found.events), "changes": len(found.changes)}
        run = Run(started, now(), failed=len(unread), tagger=tagger.version, version=version("splinterlog"), **counts)
        archive.memory.remember(found.learned, found.changes, (each for each in facts if facts[each].fresh), run)
        tell("publish", 0, 1)
        publish(events_path, _edition(archive, found, reference))
        tell("publish", 1, 1)
        return BuildSummary(**counts, unread=tuple(unread), rulings=found.rulings, seconds=perf_counter() - clock)


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


def _facts(archive: Archive) -> dict[str, DocumentFacts]:
    official = {source.id for source in archive.sources() if source.official}
    fresh = archive.memory.fresh()
    return {
        id: DocumentFacts(
            published, source or None, source in official, id in fresh, sketch or b"", fetched or published
        )
        for id, published, source, sketch, fetched in archive.origins()
    }


def _edition(archive: Archive, found: Resolution, reference: Reference) -> Edition:
    told = sorted({each.document_id for event in found.events for each in event.mentions})
    memory = archive.memory.recall()
    gone = [each.id for each in memory.events.values() if each.gone]
    return Edition(
        events=found.events,
        documents={each.id: each for each in archive.documents_of(told)},
        sources=archive.sources(),
        health=archive.source_health(),
        changes=archive.memory.changes(),
        redirects={old: new for old in gone if (new := memory.address(old))},
        runs=archive.memory.runs()[::-1],
        reference=reference,
        rulings=found.rulings,
    )


@contextmanager
def _alone(archive: Archive) -> Iterator[None]:
    """Two builds at once would give ids twice. The lock is the kernel's, so that a killed build leaves none behind."""
    with archive.path.with_name(f"{archive.path.name}-build").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError(f"{archive.path}: another build is running; wait for it to end") from None
        yield
