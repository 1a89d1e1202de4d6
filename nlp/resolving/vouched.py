"""Events that no document is read to tell any more, and that stand by a person's word: they are as last remembered.

A better tagger may read a document otherwise than the person who accepted or corrected the event did; the person wins.
"""

from __future__ import annotations

import json
from collections.abc import Container
from dataclasses import replace

from data.corrections import Accept, Correct, Corrections, Reject
from data.memory import TELLERS, Recollection, Remembered, current_id
from data.models import Event, Mention, StoredMention
from nlp.resolving.changes import recalled


def vouched(corrections: Corrections, machine: Container[str], memory: Recollection) -> dict[str, Event]:
    """Such events by id; `machine`: ids of the events that documents are read to tell."""
    named = sorted(vouched_for(corrections))
    return {id: _recalled(memory.events[id], memory) for id in named if _alone(id, machine, memory)}


def vouched_for(corrections: Corrections) -> set[str]:
    """The events that people accepted or corrected, but for those that they rejected later, merged away or split."""
    found: set[str] = set()
    moved: set[str] = set()
    for entry in corrections.entries:
        if isinstance(entry, Accept | Correct):
            found.update(entry.events)
        elif isinstance(entry, Reject):
            found -= set(entry.events)
        else:
            moved.update(entry.events)
    return found - moved


def tellers(event: Event) -> dict[str, str]:
    """What the memory must keep, besides its state, of an event that people vouch for."""
    return {TELLERS: json.dumps(sorted({each.document_id for each in event.mentions}))}


def _alone(id: str, machine: Container[str], memory: Recollection) -> bool:
    past = memory.events.get(id)
    return bool(past and id not in machine and id not in memory.redirects and not past.state.get("into"))


def _recalled(past: Remembered, memory: Recollection) -> Event:
    """The event under its documents, which are quoted by their titles; nothing is read, so no reading is sure."""
    known = past.state.get(TELLERS)
    documents = json.loads(known) if known else sorted(_ever(past.id, memory))
    event = recalled(past, ())
    mention = Mention(event.platform, event.action, event.status)
    return replace(event, mentions=tuple(StoredMention(each, -1, mention) for each in documents), confidence=0.0)


def _ever(id: str, memory: Recollection) -> set[str]:
    """The documents that ever told an event."""
    traces = memory.traces.items()
    return {json.loads(trace)[0] for trace, event in traces if current_id(event, memory.redirects) == id}
