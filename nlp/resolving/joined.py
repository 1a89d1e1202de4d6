"""The machine's own events: clusters under the ids of their past, or new ones, with their fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TypeVar

from data.memory import Key, Recollection
from data.models import Action, Event, StoredMention
from data.reference import Reference
from nlp.resolving.cells import Cell
from nlp.resolving.changes import recalled
from nlp.resolving.clusters import cluster
from nlp.resolving.facts import DocumentFacts
from nlp.resolving.identity import Identities, identify, new_id, trace
from nlp.resolving.kin import clan
from nlp.resolving.signatures import Places
from nlp.resolving.truth import Truth

K = TypeVar("K", bound=str)
Mentions = Mapping[Cell, Sequence[StoredMention]]
Facts = Mapping[str, DocumentFacts]
Stirred = Set[tuple[Cell, Action]]
"""The clans of cells in which mentions came, went or moved."""


@dataclass(frozen=True, slots=True)
class Joined:
    """`events` by id; `kept`: those of them that are as they are remembered. `merged`: the event into which each that
    is none any more went; `parted`: events between which mentions moved; `revived`: ids that led elsewhere."""

    events: Mapping[str, Event]
    kept: frozenset[str]
    merged: Mapping[str, str]
    parted: frozenset[str]
    revived: frozenset[str]

    @property
    def fresh(self) -> dict[str, Event]:
        """The events that were made anew."""
        return {id: event for id, event in self.events.items() if id not in self.kept}

    @property
    def told(self) -> dict[Key, str]:
        """The event of each mention where that is new."""
        pairs = ((each, id) for id, event in self.fresh.items() for each in event.mentions)
        return {each.address: id for each, id in pairs if each.event != id}


def joined(
    mentions: Mentions, facts: Facts, memory: Recollection, stirred: Stirred | None, truth: Truth, reference: Reference
) -> Joined:
    """The events of these cells. One whose mentions are all there, and no others, is taken as it is remembered."""
    clusters = list(_clusters(mentions, facts, stirred, reference))
    past = identify(clusters, memory)
    known = [_kept(found, id, memory) for found, id in zip(clusters, past.ids, strict=True)]
    events = [kept or truth.event(found) for found, kept in zip(clusters, known, strict=True)]
    named = {event.id: event for event in _named(events, past, memory)}
    ids = list(named)
    return Joined(
        named,
        frozenset(each.id for each in known if each),
        {event: ids[number] for event, number in past.merged.items()},
        frozenset(each for event, number in past.parted for each in (event, ids[number])),
        frozenset(past.revived),
    )


def _clusters(
    mentions: Mentions, facts: Facts, stirred: Stirred | None, reference: Reference
) -> Iterator[Sequence[StoredMention]]:
    """The mentions by event, clan by clan; where nothing stirred, as they are known."""
    published, places = {document: each.published for document, each in facts.items()}, Places(reference)
    for cell in sorted(mentions):
        clans = _grouped(mentions[cell], lambda each: clan(each.mention.action))
        for name in sorted(clans):
            still = stirred is not None and (cell, name) not in stirred
            known = _grouped(clans[name], lambda each: each.event or "").values() if still else ()
            yield from known or cluster(clans[name], published, places, reference)


def _grouped(mentions: Iterable[StoredMention], key: Callable[[StoredMention], K]) -> dict[K, list[StoredMention]]:
    groups: dict[K, list[StoredMention]] = defaultdict(list)
    for each in mentions:
        groups[key(each)].append(each)
    return groups


def _kept(found: Sequence[StoredMention], event: str | None, memory: Recollection) -> Event | None:
    """The event as it is remembered, where these mentions and no others told it already."""
    if memory.settled.get(event or "") != len(found) or any(each.event != event for each in found):
        return None
    return recalled(memory.events[event or ""], tuple(sorted(found, key=lambda each: each.address)))


def _named(events: Sequence[Event], past: Identities, memory: Recollection) -> list[Event]:
    """The events under the ids of their past, or new ones given by date and mention, not by order of arrival."""
    pairs = zip(events, past.ids, strict=True)
    named = [event if event.id == known else replace(event, id=known or "") for event, known in pairs]
    given = {*memory.events}
    nameless = [number for number, event in enumerate(named) if not event.id]
    for number in sorted(nameless, key=lambda n: (named[n].date or "9999", trace(named[n].mentions[0]))):
        event = named[number]
        own = (event.platform, event.action, event.country, event.date)
        named[number] = replace(event, id=new_id(*own, lambda id: id in given or id in memory.taken))
        given.add(named[number].id)
    return named
