"""What a refresh changes of events, field by field; nothing where nothing changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from data.memory import Recollection, State
from data.models import Change, ChangeReason, Event
from nlp.resolving.reasons import Reasons

WHOLE = "event"
"""The field of a change by which an event appears (new: its summary), goes (old) or goes into another (new: its id)."""
_KEPT = {"id", "mentions", "first_seen", "last_changed"}
_REPEATING = {"summary", "amount_eur"}
_STATE = [each.name for each in fields(Event) if each.name not in _KEPT]


def state(event: Event) -> State:
    """An event's public fields as text, None where there is no value."""
    return {name: _text(getattr(event, name)) for name in _STATE}


def changes_of(event: Event, memory: Recollection, reasons: Reasons, now: str) -> list[Change]:
    """How an event differs from what is remembered of it, but for what only repeats other fields."""
    past, new = memory.events.get(event.id), state(event)
    why = reasons.why(event.id, {each.document_id for each in event.mentions})
    if past is None or past.gone:
        return [Change(event.id, now, WHOLE, None, new["summary"], why)]
    differing = [name for name in new if name not in _REPEATING and new[name] != past.state.get(name)]
    return [Change(event.id, now, name, past.state.get(name), new[name], why) for name in differing]


def departures(
    here: set[str], merged: Mapping[str, str], memory: Recollection, reasons: Reasons, now: str
) -> list[Change]:
    """The events of the past that no cluster is any more: merged into another, or told by nobody."""
    went = [past for past in memory.events.values() if past.id not in here and not past.gone]
    whys: dict[str, ChangeReason] = {p.id: "merge" if p.id in merged else reasons.why(p.id, ()) for p in went}
    return [Change(p.id, now, WHOLE, p.state["summary"], merged.get(p.id), whys[p.id]) for p in went]


def _text(value: object) -> str | None:
    """Numbers in plain figures, truth as 1 or 0, as the public tables show them."""
    if isinstance(value, bool | int | float):
        return f"{value:.15g}"
    return None if value is None else str(value)
