"""Mentions in, events out: clusters get their fields, their ids of the past or new ones, and their changes told.

Pure: the same mentions, facts and memory give the same events, in whatever order they come.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from data.corrections import NOTHING_SAID, Corrections, Ruling
from data.memory import Key, Recollection, Remembered
from data.models import Change, Event, StoredMention
from data.reference import Reference
from nlp.resolving.arrange import Arranged, arrange
from nlp.resolving.cells import Cell
from nlp.resolving.changes import changes_of, departures, moved, recalled, state
from nlp.resolving.clusters import cluster
from nlp.resolving.corrected import Court, corrected, words
from nlp.resolving.euros import with_euros
from nlp.resolving.facts import DocumentFacts
from nlp.resolving.identity import Identities, identify, new_id, trace
from nlp.resolving.life import lives
from nlp.resolving.reasons import Reasons
from nlp.resolving.spoken import spoken
from nlp.resolving.summary import summary
from nlp.resolving.truth import Truth
from nlp.resolving.vouched import tellers, vouched, vouched_for


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
    mentions: Mapping[Cell, Sequence[StoredMention]],
    facts: Mapping[str, DocumentFacts],
    memory: Recollection,
    *,
    now: str,
    reference: Reference,
    corrections: Corrections = NOTHING_SAID,
) -> Resolution:
    """All events that the mentions, by cell, tell. `facts` by document id; `now` is written where something is new."""
    published = {document: each.published for document, each in facts.items()}
    clusters = [found for cell in sorted(mentions) for found in cluster(mentions[cell], published, reference)]
    identities = identify(clusters, memory)
    kept = {e.id: e for found, id in zip(clusters, identities.ids, strict=True) if (e := _kept(found, id, memory))}
    truth = Truth(facts, reference)
    events = [kept.get(id or "") or truth.event(found) for found, id in zip(clusters, identities.ids, strict=True)]
    machine = {e.id: e for e in _named(events, identities, memory)}
    ids = list(machine)
    merged = {event: ids[number] for event, number in identities.merged.items()}
    parted = {each for event, number in identities.parted for each in (event, ids[number])}
    unread = vouched(corrections, machine.keys() | merged.keys(), memory)
    known = {**machine, **unread}
    arranged = arrange({each.id: each.mentions for each in known.values()}, corrections, memory, merged)
    told = {id: _arranged(id, arranged, known, truth) for id in arranged.told}
    said = words(corrections, arranged)
    right = [corrected(told[id], said.get(id, {}), reviewed=id in arranged.reviewed)
             for id in arranged.shown if id not in kept]  # fmt: skip
    named = [with_euros(replace(truth.with_dissent(each), summary=summary(each, reference))) for each in right]
    kept, named = _lived(kept, named, mentions, facts, truth, memory, reference)
    by_people = spoken([*kept.values(), *named], arranged, machine.keys(), memory)
    reasons = Reasons(facts, memory, {*merged, *merged.values()}, parted, by_people)
    documents = {event.id: {each.document_id for each in event.mentions} for event in [*kept.values(), *named]}
    changes = [each for event in named for each in changes_of(event, documents, memory, reasons, now)]
    gone = departures(set(arranged.shown), arranged.today, memory, reasons, now)
    changed = {each.event_id for each in changes}
    new = [_timed(event, memory, event.id in changed, now) for event in named]
    shown = {each.id: each for each in [*kept.values(), *new]}
    read = {id: event for id, event in told.items() if id not in unread}
    court = Court(arranged, said, read, shown, facts, truth.event)
    fresh = {id: event for id, event in machine.items() if id not in kept}
    leads = {**merged, **arranged.homes, **{id: id for id in identities.revived}}
    return Resolution(
        tuple(shown[id] for id in sorted(shown)),
        tuple(sorted([*changes, *gone], key=lambda each: (each.event_id, each.field))),
        _learned(new, fresh, vouched_for(corrections), gone, leads, arranged, memory, now),
        tuple(court.rulings(corrections)),
        {(m.document_id, m.ordinal): id for id, event in fresh.items() for m in event.mentions if m.event != id},
        frozenset(each.id for each in new) | {each.event_id for each in gone},
    )


def _lived(
    kept: Mapping[str, Event],
    named: Sequence[Event],
    mentions: Mapping[Cell, Sequence[StoredMention]],
    facts: Mapping[str, DocumentFacts],
    truth: Truth,
    memory: Recollection,
    reference: Reference,
) -> tuple[dict[str, Event], list[Event]]:
    """Both with their lives; kept events whose life is another now are kept no longer."""
    cells = {each.key: cell for cell, found in mentions.items() for each in found}
    lived = {event.id: event for event in lives([*kept.values(), *named], cells, facts, reference)}
    stirred = [id for id in kept if moved(lived[id], memory.events[id])]
    still = {id: lived[id] for id in kept.keys() - set(stirred)}
    return still, [*(lived[event.id] for event in named), *(truth.with_dissent(lived[id]) for id in stirred)]


def _kept(found: Sequence[StoredMention], event: str | None, memory: Recollection) -> Event | None:
    """The event as it is remembered, where these mentions and no others told it already."""
    if memory.settled.get(event or "") != len(found) or any(each.event != event for each in found):
        return None
    return recalled(memory.events[event or ""], _ordered(found))


def _ordered(found: Iterable[StoredMention]) -> tuple[StoredMention, ...]:
    return tuple(sorted(found, key=lambda each: (each.document_id, each.ordinal)))


def _arranged(id: str, arranged: Arranged, machine: Mapping[str, Event], truth: Truth) -> Event:
    """An event as it is told: the machine's own, or one of the mentions that people brought together."""
    return machine[id] if id not in arranged.touched else replace(truth.event(arranged.told[id]), id=id)


def _named(events: Sequence[Event], identities: Identities, memory: Recollection) -> list[Event]:
    """The events under the ids of their past, or new ones given by date and mention, not by order of arrival."""
    named = [event if event.id == known else replace(event, id=known or "")
             for event, known in zip(events, identities.ids, strict=True)]  # fmt: skip
    taken, nameless = {*memory.taken, *memory.events}, [number for number, event in enumerate(named) if not event.id]
    for number in sorted(nameless, key=lambda n: (named[n].date or "9999", trace(named[n].mentions[0]))):
        event = named[number]
        named[number] = replace(event, id=new_id(event.platform, event.action, event.country, event.date, taken))
        taken.add(named[number].id)
    return named


def _timed(event: Event, memory: Recollection, changed: bool, now: str) -> Event:
    past = memory.events.get(event.id)
    first, last = (past.first_seen, past.last_changed) if past else (now, now)
    return replace(event, first_seen=first, last_changed=now if changed else last)


def _learned(
    events: list[Event],
    machine: Mapping[str, Event],
    spoken_for: Container[str],
    gone: list[Change],
    redirects: Mapping[str, str],
    arranged: Arranged,
    memory: Recollection,
    now: str,
) -> Recollection:
    """What the memory does not hold yet. It keeps the machine's ids of mentions, whatever people did with them."""
    left = [replace(memory.events[each.event_id], gone=True, last_changed=each.changed) for each in gone]
    more = {each.id: tellers(each) for each in events if each.id in spoken_for}
    here = [
        Remembered(each.id, each.first_seen, each.last_changed, False, {**state(each), **more.get(each.id, {})})
        for each in events
    ]
    known = {**memory.events, **{each.id: each for each in left}}
    away = [
        _hidden(machine[id], known.get(id), arranged.redirects.get(id), now)
        for id in machine.keys() - set(arranged.shown)
    ]
    moved = ((trace(each), id) for id, event in machine.items() for each in event.mentions if each.event != id)
    return Recollection(
        {each.id: each for each in [*left, *here, *away] if memory.events.get(each.id) != each},
        {text: event for text, event in moved if memory.traces.get(text) != event},
        {old: event for old, event in redirects.items() if memory.redirects.get(old) != event},
    )


def _hidden(event: Event, past: Remembered | None, into: str | None, now: str) -> Remembered:
    """An event of the machine that people rejected or put `into` another."""
    kept = past or Remembered(event.id, now, now, True, state(event))
    return replace(kept, state=kept.state | {"reviewed": "1", "into": into})
