"""What a refresh changes of events, field by field; nothing where nothing changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields

from pydantic import TypeAdapter

from data.memory import Recollection, Remembered, State
from data.models import Change, ChangeReason, Event, StoredMention
from nlp.resolving.reasons import Reasons
from nlp.resolving.spoken import WHOLE

_KEPT = {"id", "mentions", "first_seen", "last_changed", "conflicts", "backing"}
_STORY = {"links", "timeline"}
_REPEATING = {"summary", "amount_eur", "corrected", *_STORY}
_LIFE = {"ended", "follows", "phase"}
_STATE = [each.name for each in fields(Event) if each.name not in _KEPT]
_typed = TypeAdapter(Event).validate_python


def state(event: Event) -> State:
    """An event's public fields as text, None where there is no value."""
    return {name: _text(getattr(event, name)) for name in _STATE}


def recalled(past: Remembered, mentions: tuple[StoredMention, ...]) -> Event:
    """The event that was remembered, told by these mentions."""
    own = {"id": past.id, "first_seen": past.first_seen, "last_changed": past.last_changed, "mentions": ()}
    event = _typed({name: past.state[name] for name in _STATE if name not in _STORY} | own)
    object.__setattr__(event, "mentions", mentions)  # nobody else has it yet; a copy of each would cost a night most
    return event


def moved(event: Event, past: Remembered) -> bool:
    """Whether its life is not what is remembered, or that of an event with which it is linked."""
    return any(_text(getattr(event, name)) != past.state.get(name) for name in _LIFE | _STORY)


def changes_of(
    event: Event, documents: Mapping[str, set[str]], memory: Recollection, reasons: Reasons, now: str
) -> list[Change]:
    """How an event differs from what is remembered of it, but for what only repeats other fields.

    `documents`: ids of those that tell each event, since its life changes by those of others, too.
    """
    past, new = memory.events.get(event.id), state(event)

    def why(name: str) -> ChangeReason:
        story = _story(event, past) if name in _LIFE else set()
        tellers = documents[event.id].union(*(documents.get(each, set()) for each in story))
        return reasons.why(event.id, tellers, name, story)

    if past is None or past.gone:
        return [Change(event.id, now, WHOLE, None, new["summary"], why(WHOLE))]
    differing = [name for name in new.keys() - _REPEATING if new[name] != past.state.get(name)]
    return [Change(event.id, now, name, past.state.get(name), new[name], why(name)) for name in sorted(differing)]


def _story(event: Event, past: Remembered | None) -> set[str]:
    """The events that tell the steps of this one, now and as remembered."""
    before = json.loads(past.state.get("timeline") or "[]") if past else []
    return {step.event for step in event.timeline} | {each for each, *_ in before}


def departures(
    here: set[str], leads: Callable[[str], str], memory: Recollection, reasons: Reasons, now: str
) -> list[Change]:
    """The events of the past that are no more: in another, to which `leads` leads, rejected, or told by nobody."""
    went = [past for past in memory.events.values() if past.id not in here and not past.gone]
    into = {past.id: target if (target := leads(past.id)) in here else None for past in went}
    return [Change(p.id, now, WHOLE, p.state["summary"], into[p.id], reasons.why(p.id, (), WHOLE)) for p in went]


def _text(value: object) -> str | None:
    """Numbers in plain figures, truth as 1 or 0, as the public tables show them; links and steps as JSON."""
    if isinstance(value, bool | int | float):
        return f"{value:.15g}"
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return None if value is None else str(value)
