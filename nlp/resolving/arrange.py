"""What people say of the machine's events as wholes: merged, split, rejected, accepted.

Entries are obeyed one after the other, so that a later one wins; what an entry names is found by its id today. The
machine's events stay what they are in the memory, so that an entry that is taken back leaves no trace.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from data.corrections import Accept, Corrections, Entry, Merge, Reject, Split
from data.memory import Recollection
from data.models import StoredMention

Mentions = tuple[StoredMention, ...]


@dataclass(slots=True)
class Arranged:
    """Events as people want them: `told` has the mentions of each, the `rejected` ones included.

    `touched`: events that are not just the machine's; `reviewed`: those that somebody spoke of. `redirects`: where
    ids went by people's word; `past`: by the machine's; `homes`: the events that new ids were split off from;
    `unheard`: why entries, by their place, could not be obeyed.
    """

    told: dict[str, Mentions]
    past: Mapping[str, str]
    rejected: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    reviewed: set[str] = field(default_factory=set)
    redirects: dict[str, str] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    unheard: dict[int, str] = field(default_factory=dict)

    @property
    def shown(self) -> list[str]:
        """The events that are told and not rejected."""
        return [event for event in self.told if event not in self.rejected]

    def today(self, event: str) -> str:
        """The event that an id means today: itself where it is there, else what it went into."""
        return _followed(event, {**self.past, **self.redirects}, self.told)

    def meant(self, entry: Entry) -> str:
        """The event that an entry is about, the one that stays of several."""
        if isinstance(entry, Reject):  # an id that the machine put into another since says nothing of that other
            return _followed(entry.reject, self.redirects, self.told)
        return self.today(entry.into if isinstance(entry, Merge) else entry.events[0])

    def move(self, event: str, into: str, documents: Container[str] | None = None) -> bool:
        """Let all that an event tells, or what these documents tell of it, be another's; whether there was any."""
        there = self.told.get(event, ())
        moved = tuple(each for each in there if documents is None or each.document_id in documents)
        if event == into or not moved:
            return False
        self.told[into] = (*self.told.get(into, ()), *moved)
        self.told[event] = tuple(each for each in there if each not in moved)
        self.touched |= {event, into}
        self.rejected.discard(into)
        self.redirects.pop(into, None)
        if not self.told[event]:
            del self.told[event]
            self.rejected.discard(event)
            self.redirects[event] = into
        return True


def arrange(
    machine: Mapping[str, Mentions], corrections: Corrections, memory: Recollection, merged: Mapping[str, str]
) -> Arranged:
    """The machine's events, by id, as people want them. `merged`: ids of the past that went into others just now."""
    result = Arranged(dict(machine), {**memory.redirects, **merged})
    known = memory.events.keys() | machine.keys()
    for number, entry in enumerate(corrections.entries):
        if reason := _obey(entry, result, known):
            result.unheard[number] = reason
    result.reviewed = {result.today(each) for each in result.reviewed}
    return result


def _obey(entry: Entry, result: Arranged, known: Container[str]) -> str | None:
    """Do what an entry says; tells why where it cannot be done."""
    needed = (*entry.events, entry.into) if isinstance(entry, Merge) else entry.events
    if strange := [each for each in needed if each not in known and each not in result.told]:
        return f"there is no event {strange[0]} here"
    event, reason = result.meant(entry), None
    if isinstance(entry, Merge):
        for each in entry.merge:
            result.move(result.today(each), event)
    elif isinstance(entry, Split):
        new = entry.into not in result.told and entry.into not in known
        if not result.move(event, entry.into, entry.documents):
            reason = f"none of these documents tells of {event}"
        elif new:
            result.homes[entry.into] = event
        result.reviewed.add(entry.into)
    elif isinstance(entry, Reject):
        result.rejected |= {event} & result.told.keys()
    elif isinstance(entry, Accept):
        result.rejected.discard(event)
    if not isinstance(entry, Reject):
        result.reviewed.add(event)
    return reason


def _followed(event: str, leads: Mapping[str, str], here: Container[str]) -> str:
    passed: set[str] = set()
    while event not in here and event in leads and event not in passed:
        passed.add(event)
        event = leads[event]
    return event
