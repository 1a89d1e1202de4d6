"""Which event of the past a cluster is. An id, once given, stays with the mentions that had it.

A mention of the last refresh knows its event. One read anew is known again by its trace: its document and what it
says there, not its ordinal, which another tagger may count otherwise. Where the trace changed too, the likest mention
of that document, platform and action counts.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any, NamedTuple

from data.memory import Recollection, current_id
from data.models import StoredMention


class Trace(NamedTuple):
    """What marks a mention for good."""

    document: str
    platform: str
    action: str
    country: str | None
    threat: bool
    date: str | None
    amount: float | None
    currency: str | None


class Votes(NamedTuple):
    """How many mentions of a cluster were an event's: from the first on, surely (same trace), or likely (the likest
    of their document)."""

    first: int = 0
    sure: int = 0
    likely: int = 0


@dataclass(frozen=True, slots=True)
class Identities:
    """`ids`: for each cluster the event that it was, or None. `merged`: for each event of the past that is no
    cluster's now, the cluster that took it in. `parted`: the events and clusters between which mentions moved.
    `revived`: ids that lead elsewhere no longer."""

    ids: list[str | None]
    merged: dict[str, int] = field(default_factory=dict)
    parted: list[tuple[str, int]] = field(default_factory=list)
    revived: set[str] = field(default_factory=set)


def trace(each: StoredMention) -> str:
    """A mention's Trace as the memory keeps it: a JSON list."""
    told = each.mention
    amount = None if told.amount is None else float(told.amount)
    threat = told.status == "threatened"
    mark = Trace(each.document_id, told.platform, told.action, told.country, threat, told.date, amount, told.currency)
    return json.dumps(mark, ensure_ascii=False)


def identify(clusters: Sequence[Sequence[StoredMention]], past: Recollection) -> Identities:
    """Give each event of the past to the cluster with most of its mentions, those first that were never another's."""
    votes = _votes(clusters, past)
    result = Identities([None] * len(clusters))
    claims = sorted(
        _strength(event, number, found, past) for number, each in enumerate(votes) for event, found in each.items()
    )
    owner: dict[str, int] = {}
    for *_, event, number in claims:
        if event not in owner and result.ids[number] is None:
            owner[event], result.ids[number] = number, event
    for *_, event, number in claims:
        if event not in owner:
            result.merged.setdefault(event, number)
        elif owner[event] != number and (votes[number][event].first or votes[number][event].sure):
            result.parted.append((event, number))
    _revive(clusters, result, past)
    return result


def new_id(platform: str, action: str, country: str | None, date: str | None, taken: Callable[[str], bool]) -> str:
    """A readable id, such as "2025-12-ru-facetime-block", with the first free number behind it where it is taken."""
    stem = f"{(date or 'undated')[:7]}-{(country or 'xx').lower()}-{platform}-{action}"
    numbered = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return next(each for each in numbered if not taken(each))


def _strength(event: str, number: int, found: Votes, past: Recollection) -> tuple[Any, ...]:
    """Sorts the claims of clusters to events, the strongest first."""
    return *(-each for each in found), past.events[event].first_seen, event, number


def _votes(clusters: Sequence[Sequence[StoredMention]], past: Recollection) -> list[dict[str, Votes]]:
    new = (each for found in clusters for each in found if each.event is None)
    changed = {each.document_id for each in new if trace(each) not in past.traces} if past.traces else set()
    ballot = _Ballot(past, _traces_of(changed, past) if changed else {})
    return [ballot.votes(found) for found in clusters]


class _Ballot:
    """Asks mentions for the event that they told. `by_document`: traces of documents that say something else now."""

    def __init__(self, past: Recollection, by_document: Mapping[tuple[str, ...], list[Trace]]) -> None:
        self.past, self.by_document = past, by_document
        self.movers = {json.loads(each)[0] for each in past.origins}

    def votes(self, found: Sequence[StoredMention]) -> dict[str, Votes]:
        cast = Counter(vote for each in found if (vote := self._vote(each)))
        return {event: Votes(*[cast[event, kind] for kind in Votes._fields]) for event, _ in cast}

    def _vote(self, each: StoredMention) -> tuple[str, str] | None:
        if each.event and each.document_id not in self.movers:
            return each.event, "first"
        own = trace(each)
        known = own if each.event or own in self.past.traces else _likest(Trace(*json.loads(own)), self.by_document)
        if not known:
            return None
        told = each.event or self.past.traces[known]
        event = current_id(told, self.past.redirects)
        first = self.past.origins.get(known, told) == event
        return event, "likely" if known != own else "first" if first else "sure"


def _revive(clusters: Sequence[Sequence[StoredMention]], result: Identities, past: Recollection) -> None:
    """Give what parts again the id that it had before it was merged."""
    votes: Counter[tuple[int, str]] = Counter()
    for number in [number for number, event in enumerate(result.ids) if event is None]:
        traces = map(trace, clusters[number]) if past.redirects else ()
        origins = (past.origins.get(each) or past.traces.get(each) for each in traces)
        votes.update((number, event) for event in origins if event and event in past.redirects)
    for (number, event), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0][1], vote[0][0])):
        if result.ids[number] is None and past.events[event].gone and event not in result.ids:
            result.ids[number] = event
            result.revived.add(event)


def _likest(own: Trace, by_document: Mapping[tuple[str, ...], list[Trace]]) -> str | None:
    """The remembered trace most like this one: of another country never, of the same mood, amount and date rather."""
    fitting = [
        each
        for each in by_document.get(own[:3], ())
        if own.country == each.country or None in (own.country, each.country)
    ]
    best = max(fitting, key=lambda each: (sum(a == b for a, b in zip(own, each, strict=True)), str(each)), default=None)
    return json.dumps(best, ensure_ascii=False) if best else None


def _traces_of(documents: set[str], past: Recollection) -> dict[tuple[str, ...], list[Trace]]:
    """The remembered traces of these documents, by document, platform and action."""
    found: dict[tuple[str, ...], list[Trace]] = defaultdict(list)
    for text in past.traces:
        each = Trace(*json.loads(text))
        if each.document in documents:
            found[each[:3]].append(each)
    return found
