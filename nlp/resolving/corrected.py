"""A person's word on the fields of events, and what became of every entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from data.corrections import Accept, Correct, Corrections, Entry, Reject, Ruling
from data.models import Event, StoredMention
from nlp.resolving.arrange import Arranged, Mentions
from nlp.resolving.changes import state
from nlp.resolving.contradictions import Facts, contradicting, later
from nlp.resolving.fields import PRECISION

ACCEPTED = ("status", "country", "authority", "date", "amount")
"""The fields by which a later document contradicts that an event is told right."""
Words = Mapping[str, Mapping[str, Correct]]
"""The entry in force for each corrected field, by event."""


def words(corrections: Corrections, arranged: Arranged) -> Words:
    """What people say of fields, the latest entry of each."""
    found: dict[str, dict[str, Correct]] = defaultdict(dict)
    for entry in corrections.entries:
        if isinstance(entry, Correct):
            found[arranged.meant(entry)][entry.field] = entry
    return found


def corrected(event: Event, said: Mapping[str, Correct], *, reviewed: bool) -> Event:
    """The event with people's values in place of the machine's."""
    values: dict[str, Any] = {field: entry.value for field, entry in said.items()}
    if "date" in values:
        date = values["date"]
        values |= {"date_precision": PRECISION[len(date)] if date else None, "date_basis": None}
    return replace(event, **values, corrected=" ".join(sorted(said)) or None, reviewed=reviewed)


@dataclass(frozen=True, slots=True)
class Court:
    """Knows what became of entries. `machine` and `events`: before and after people's values, by id, the one without
    those that no document is read to tell; `retell` makes the machine's event of mentions."""

    arranged: Arranged
    words: Words
    machine: Mapping[str, Event]
    events: Mapping[str, Event]
    facts: Facts
    retell: Callable[[Mentions], Event]

    def rulings(self, corrections: Corrections) -> list[Ruling]:
        """One for each entry, in order."""
        settled = {self.arranged.meant(e): e.when for e in corrections.entries if isinstance(e, Accept | Reject)}
        found = []
        for number, entry in enumerate(corrections.entries):
            event, reason = self.arranged.meant(entry), self.arranged.unheard.get(number)
            against = self._against(entry, event, max(entry.when, settled.get(event, "")))
            found.append(Ruling(number + 1, entry, event, reason, self._old(entry, event), against))
        return found

    def _old(self, entry: Entry, event: str) -> str | None:
        return state(self.machine[event])[entry.field] if isinstance(entry, Correct) and event in self.machine else None

    def _against(self, entry: Entry, event: str, since: str) -> str | None:
        """The first document that contradicts an entry in force."""
        if event not in self.machine:
            return None
        newer = later(self.arranged.told.get(event, ()), self.facts, since)
        if isinstance(entry, Reject) and event in self.arranged.rejected:
            return newer[0].document_id if newer else None
        if event not in self.events:
            return None
        if isinstance(entry, Correct) and self.words[event][entry.field] is entry:
            return contradicting(self.events[event], newer, [entry.field])
        if isinstance(entry, Accept):
            return contradicting(self._then(event, newer), newer, ACCEPTED)
        return None

    def _then(self, event: str, newer: Sequence[StoredMention]) -> Event:
        """The event as it was told without the newer mentions; that is what was accepted."""
        older = tuple(each for each in self.arranged.told[event] if each not in newer)
        told = self.retell(older) if older else self.machine[event]
        return corrected(told, self.words.get(event, {}), reviewed=True)
