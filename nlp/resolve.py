"""Mentions in, events out: clusters get their fields, their ids of the past or new ones, and their changes told.

Pure: the same mentions, facts and memory give the same events, in whatever order they come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from data.corrections import NOTHING_SAID, Corrections, Ruling
from data.memory import Recollection, Remembered
from data.models import Change, Event, StoredMention
from data.reference import Reference
from nlp.resolving.arrange import Arranged, arrange
from nlp.resolving.cells import cells
from nlp.resolving.changes import changes_of, departures, state
from nlp.resolving.clusters import cluster
from nlp.resolving.copies import origins
from nlp.resolving.corrected import Court, corrected, words
from nlp.resolving.euros import with_euros
from nlp.resolving.facts import UNKNOWN, DocumentFacts, Told
from nlp.resolving.fields import confidence, heaviest, money, status, when
from nlp.resolving.identity import Identities, identify, new_id, trace
from nlp.resolving.reasons import Reasons
from nlp.resolving.spoken import spoken
from nlp.resolving.summary import summary


@dataclass(frozen=True, slots=True)
class Resolution:
    """`events` by id; `changes` since the memory; `learned`: what the memory lacks, empty where nothing is new;
    `rulings`: what became of people's words."""

    events: tuple[Event, ...]
    changes: tuple[Change, ...]
    learned: Recollection
    rulings: tuple[Ruling, ...] = ()


def resolve(
    mentions: Iterable[StoredMention],
    facts: Mapping[str, DocumentFacts],
    memory: Recollection,
    *,
    now: str,
    reference: Reference,
    corrections: Corrections = NOTHING_SAID,
) -> Resolution:
    """All events that the mentions tell. `facts` by document id; `now` is written where something is new."""
    published = {document: each.published for document, each in facts.items()}
    clusters = [found for cell in _cells(mentions, reference) for found in cluster(cell, published)]
    identities = identify(clusters, memory)
    machine = {e.id: e for e in _named([_event(found, facts) for found in clusters], identities, memory)}
    ids = list(machine)
    merged = {event: ids[number] for event, number in identities.merged.items()}
    parted = {each for event, number in identities.parted for each in (event, ids[number])}
    arranged = arrange({each.id: each.mentions for each in machine.values()}, corrections, memory, merged)
    told = {id: _arranged(id, arranged, machine, facts) for id in arranged.told}
    said = words(corrections, arranged)
    right = [corrected(told[id], said.get(id, {}), reviewed=id in arranged.reviewed) for id in arranged.shown]
    named = [with_euros(replace(each, summary=summary(each, reference))) for each in right]
    reasons = Reasons(
        facts, memory, {*merged, *merged.values()}, parted, spoken(named, arranged, machine.keys(), memory)
    )
    changes = [each for event in named for each in changes_of(event, memory, reasons, now)]
    gone = departures(set(arranged.shown), arranged.today, memory, reasons, now)
    changed = {each.event_id for each in changes}
    events = [_timed(event, memory, event.id in changed, now) for event in named]
    court = Court(arranged, said, told, {each.id: each for each in events}, facts, partial(_event, facts=facts))
    return Resolution(
        tuple(sorted(events, key=lambda event: event.id)),
        tuple(sorted([*changes, *gone], key=lambda each: (each.event_id, each.field))),
        _learned(events, machine, gone, merged, arranged, memory, now),
        tuple(court.rulings(corrections)),
    )


def _cells(mentions: Iterable[StoredMention], reference: Reference) -> list[list[StoredMention]]:
    """What is resolved apart, in an order of its own."""
    return [found for _, found in sorted(cells(mentions, reference).items())]


def _arranged(id: str, arranged: Arranged, machine: Mapping[str, Event], facts: Mapping[str, DocumentFacts]) -> Event:
    """An event as it is told: the machine's own, or one of the mentions that people brought together."""
    return machine[id] if id not in arranged.touched else replace(_event(arranged.told[id], facts), id=id)


def _event(found: Sequence[StoredMention], facts: Mapping[str, DocumentFacts]) -> Event:
    """A cluster's fields; id, euros, summary and times are still to come."""
    told = _told(found, facts)
    first, date = found[0].mention, when(told)
    amount, currency = heaviest(told, money) or (None, None)
    return Event(
        id="",
        platform=first.platform,
        action=first.action,
        status=status(told),
        country=heaviest(told, lambda mention: mention.country),
        authority=heaviest(told, lambda mention: mention.authority),
        date=date.date,
        date_precision=date.precision,
        date_basis=date.basis,
        amount=amount,
        currency=currency,
        grounds=heaviest(told, lambda mention: mention.grounds),
        scope=heaviest(told, lambda mention: mention.scope),
        confidence=confidence(told),
        summary="",
        sources=len({each.facts.source for each in told}),
        independent=len({each.origin for each in told}),
        documents=len({each.stored.document_id for each in told}),
        mentions=tuple(sorted(found, key=lambda each: (each.document_id, each.ordinal))),
        first_seen="",
        last_changed="",
        announced=heaviest(told, lambda mention: mention.announced if mention.announced != date.date else None),
    )


def _told(found: Sequence[StoredMention], facts: Mapping[str, DocumentFacts]) -> list[Told]:
    """The mentions of a cluster with the facts of their documents, and whose words those are."""
    own = {each.document_id: facts.get(each.document_id, UNKNOWN) for each in found}
    first = origins(own)
    return [Told(each, own[each.document_id], first[each.document_id]) for each in found]


def _named(events: list[Event], identities: Identities, memory: Recollection) -> list[Event]:
    """The events under the ids of their past, or new ones given by date and mention, not by order of arrival."""
    named = [replace(event, id=known or "") for event, known in zip(events, identities.ids, strict=True)]
    taken = set(memory.events)
    for number in sorted(range(len(named)), key=lambda n: (named[n].date or "9999", trace(named[n].mentions[0]))):
        event = named[number]
        if not event.id:
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
    gone: list[Change],
    merged: dict[str, str],
    arranged: Arranged,
    memory: Recollection,
    now: str,
) -> Recollection:
    """What the memory does not hold yet. It keeps the machine's ids of mentions, whatever people did with them."""
    left = [replace(memory.events[each.event_id], gone=True, last_changed=each.changed) for each in gone]
    here = [Remembered(each.id, each.first_seen, each.last_changed, False, state(each)) for each in events]
    known = {**memory.events, **{each.id: each for each in left}}
    away = [
        _hidden(machine[id], known.get(id), arranged.redirects.get(id), now)
        for id in machine.keys() - set(arranged.shown)
    ]
    traces = {trace(each): event.id for event in machine.values() for each in event.mentions}
    redirects = {**merged, **arranged.homes}
    return Recollection(
        {each.id: each for each in [*left, *here, *away] if memory.events.get(each.id) != each},
        {text: event for text, event in traces.items() if memory.traces.get(text) != event},
        {old: event for old, event in redirects.items() if memory.redirects.get(old) != event},
    )


def _hidden(event: Event, past: Remembered | None, into: str | None, now: str) -> Remembered:
    """An event of the machine that people rejected or put `into` another."""
    kept = past or Remembered(event.id, now, now, True, state(event))
    return replace(kept, state=kept.state | {"reviewed": "1", "into": into})
