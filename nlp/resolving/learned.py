"""What the memory does not hold yet after a refresh."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

from data.memory import Recollection, Remembered
from data.models import Change, Event
from nlp.resolving.arrange import Arranged
from nlp.resolving.changes import state
from nlp.resolving.identity import trace
from nlp.resolving.joined import Joined
from nlp.resolving.vouched import tellers


def learned(
    told: Iterable[Event],
    gone: Iterable[Change],
    machine: Joined,
    arranged: Arranged,
    spoken_for: Container[str],
    memory: Recollection,
    now: str,
) -> Recollection:
    """The events `told` anew and those `gone`, ids that lead elsewhere, and the machine's ids of mentions: these stay
    what they are whatever people do. Of events that people vouch for (`spoken_for`) their tellers, too."""
    left = [replace(memory.events[each.event_id], gone=True, last_changed=each.changed) for each in gone]
    here = [_remembered(each, each.id in spoken_for) for each in told]
    known = {**memory.events, **{each.id: each for each in left}}
    hidden = machine.fresh.keys() - set(arranged.shown)
    away = [_hidden(machine.events[id], known.get(id), arranged.redirects.get(id), now) for id in hidden]
    moved = ((trace(m), id) for id, event in machine.fresh.items() for m in event.mentions if m.event != id)
    leads: Mapping[str, str] = {**machine.merged, **arranged.homes, **{id: id for id in machine.revived}}
    return Recollection(
        {each.id: each for each in [*left, *here, *away] if memory.events.get(each.id) != each},
        {text: event for text, event in moved if memory.traces.get(text) != event},
        {old: event for old, event in leads.items() if memory.redirects.get(old) != event},
    )


def _remembered(event: Event, spoken_for: bool) -> Remembered:
    more = tellers(event) if spoken_for else {}
    return Remembered(event.id, event.first_seen, event.last_changed, False, {**state(event), **more})


def _hidden(event: Event, past: Remembered | None, into: str | None, now: str) -> Remembered:
    """An event of the machine that people rejected or put `into` another."""
    kept = past or Remembered(event.id, now, now, True, state(event))
    return replace(kept, state=kept.state | {"reviewed": "1", "into": into})
