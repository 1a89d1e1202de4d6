"""Mentions in, events out: clusters get their fields, their ids of the past or new ones, and their changes told.

Pure: the same mentions, facts and memory give the same events, in whatever order they come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from data.corrections import NOTHING_SAID, Corrections, Ruling
from data.memory import Key, Recollection
from data.models import Change, Event
from data.reference import Reference
from nlp.resolving.arrange import arrange
from nlp.resolving.cells import Cells
from nlp.resolving.changes import changes_of, departures, moved
from nlp.resolving.corrected import Court, corrected, words
from nlp.resolving.euros import with_euros
from nlp.resolving.joined import Facts, Mentions, Stirred, joined
from nlp.resolving.learned import learned
from nlp.resolving.life import lives
from nlp.resolving.reasons import Reasons
from nlp.resolving.spoken import spoken
from nlp.resolving.steady import steady
from nlp.resolving.summary import summary
from nlp.resolving.truth import Truth
from nlp.resolving.vouched import vouched, vouched_for


@dataclass(frozen=True, slots=True)
class Resolution:
    """`events` by id; `changes` since the memory; `learned`: what the memory lacks, empty where nothing is new;
    `rulings`: what became of people's words; `told`: the machine's event of each mention where that is new; `touched`:
    ids of events that may not be as they were before."""

    events: tuple[Event, ...]
    changes: tuple[Change, ...]
    learned: Recollection
    rulings: tuple[Ruling, ...]
    told: Mapping[Key, str]
    touched: frozenset[str]


def resolve(
    mentions: Mentions,
    facts: Facts,
    memory: Recollection,
    *,
    now: str,
    reference: Reference,
    corrections: Corrections = NOTHING_SAID,
    stirred: Stirred | None = None,
) -> Resolution:
    """All events that the mentions, by cell, tell. `facts` by document id; `now` is written where something is new.

    Only clans of cells that are `stirred` are joined anew, or all where that is None.
    """
    truth = Truth(facts, reference)
    machine = joined(mentions, facts, memory, stirred, truth, reference)
    unread = vouched(corrections, machine.events.keys() | machine.merged.keys(), memory)
    known = {**machine.events, **unread}
    arranged = arrange({id: event.mentions for id, event in known.items()}, corrections, memory, machine.merged)
    told = {id: known[id] if id not in arranged.touched else replace(truth.event(arranged.told[id]), id=id)
            for id in arranged.told}  # fmt: skip
    said = words(corrections, arranged)
    fresh = [corrected(told[id], said.get(id, {}), reviewed=id in arranged.reviewed)
             for id in arranged.shown if id not in machine.kept]  # fmt: skip
    fresh = [with_euros(replace(truth.with_dissent(each), summary=summary(each, reference))) for each in fresh]
    kept, fresh = _lived({id: known[id] for id in machine.kept}, fresh, mentions, facts, memory, truth, reference)
    by_people = spoken([*kept.values(), *fresh], arranged, machine.events.keys(), memory)
    reasons = Reasons(facts, memory, {*machine.merged, *machine.merged.values()}, machine.parted, by_people)
    documents = {event.id: {each.document_id for each in event.mentions} for event in [*kept.values(), *fresh]}
    changes = [each for event in fresh for each in changes_of(event, documents, memory, reasons, now)]
    gone = departures(set(arranged.shown), arranged.today, memory, reasons, now)
    changed = {each.event_id for each in changes}
    fresh = [_timed(event, memory, event.id in changed, now) for event in fresh]
    shown = kept | {each.id: each for each in fresh}
    read = {id: event for id, event in told.items() if id not in unread}
    return Resolution(
        tuple(shown[id] for id in sorted(shown)),
        tuple(sorted([*changes, *gone], key=lambda each: (each.event_id, each.field))),
        learned(fresh, gone, machine, arranged, vouched_for(corrections), memory, now),
        tuple(Court(arranged, said, read, shown, facts, truth.event).rulings(corrections)),
        machine.told,
        frozenset(each.id for each in fresh) | {each.event_id for each in gone},
    )


def _lived(
    kept: Mapping[str, Event],
    fresh: Sequence[Event],
    mentions: Mentions,
    facts: Facts,
    memory: Recollection,
    truth: Truth,
    reference: Reference,
) -> tuple[dict[str, Event], list[Event]]:
    """Both with their lives; kept events whose life is another now are kept no longer."""
    cells = {each.key: cell for cell, found in mentions.items() for each in found}
    known = steady(kept, fresh, facts, memory, Cells(reference))
    lived = {event.id: event for event in lives([*kept.values(), *fresh], cells, facts, reference, known)}
    stirred = [id for id in kept if lived[id] is not kept[id] and moved(lived[id], memory.events[id])]
    still = {id: lived[id] for id in kept.keys() - set(stirred)}
    return still, [*(lived[event.id] for event in fresh), *(truth.with_dissent(lived[id]) for id in stirred)]


def _timed(event: Event, memory: Recollection, changed: bool, now: str) -> Event:
    past = memory.events.get(event.id)
    first, last = (past.first_seen, past.last_changed) if past else (now, now)
    return replace(event, first_seen=first, last_changed=now if changed else last)
