"""What a refresh publishes: all there is, or what it may have changed."""

from __future__ import annotations

from collections.abc import Iterable

from data.archive import Archive
from data.events import Published
from data.events_rows import Edition
from data.models import Event
from data.reference import Reference
from nlp.resolve import Resolution


def edition(archive: Archive, found: Resolution, reference: Reference, before: Published | None) -> Edition:
    """What brings the public database from a state, or from none that is known, to what was found."""
    memory = archive.memory
    events = [each for each in found.events if before is None or each.id in found.touched]
    return Edition(
        events=events,
        documents={each.id: each for each in archive.documents_read(_tellers(events))},
        sources=archive.sources(),
        health=archive.source_health(),
        changes=memory.log(before.changes if before else 0),
        redirects=memory.addresses(),
        runs=memory.runs() if before is None else memory.runs(last=1),
        reference=reference,
        rulings=found.rulings,
        touched=found.touched if before else None,
    )


def _tellers(events: Iterable[Event]) -> list[str]:
    return sorted({each.document_id for event in events for each in event.mentions})
