"""Which changes are people's doing: of words that are new since the last refresh, and of words taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from data.memory import TELLERS, Recollection, Remembered
from data.models import Event
from nlp.resolving.arrange import Arranged

WHOLE = "event"
"""The field of a change by which an event appears, goes or goes into another."""
FOLLOWING = {"date": ("date_precision", "date_basis")}
"""Fields that a person's word on another one sets, too."""


def spoken(
    events: Sequence[Event], arranged: Arranged, machine: Set[str], memory: Recollection
) -> Mapping[str, Set[str]]:
    """By event, the fields that people changed; WHOLE stands for all. `machine`: ids of the machine's events."""
    found: dict[str, set[str]] = defaultdict(set)
    for event in events:
        found[event.id] |= _fields(event, memory.events.get(event.id))
    for one, other in _moved({each.id for each in events}, arranged, machine, memory):
        found[one].add(WHOLE)
        found[other].add(WHOLE)
    return found


def _fields(event: Event, past: Remembered | None) -> set[str]:
    if past is None or past.gone:
        return set()
    if past.state.get("reviewed") != f"{event.reviewed:d}":
        return {WHOLE}
    fields = {*(event.corrected or "").split(), *(past.state.get("corrected") or "").split()}
    return fields | {other for each in fields for other in FOLLOWING.get(each, ())}


def _moved(here: Set[str], arranged: Arranged, machine: Set[str], memory: Recollection) -> Iterator[tuple[str, str]]:
    """The events that appear or go by people's word, each with the one that what it tells comes from or goes to."""
    held = (arranged.told, arranged.redirects, memory.redirects)
    for id in here:
        past = memory.events.get(id)
        if past is None and id not in machine:
            yield id, arranged.homes.get(id, id)
        elif past and past.gone and (id not in machine or past.state.get("reviewed") == "1"):
            yield id, past.state.get("into") or id
    for id, past in memory.events.items():
        if id not in here and not past.gone and (TELLERS in past.state or any(id in each for each in held)):
            yield id, arranged.today(id)
