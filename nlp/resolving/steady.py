"""Which lives need not be lived anew: an act bears on later ones alone, so what came before all that changed stays."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from data.memory import Recollection, Remembered
from data.models import Event
from nlp.resolving.cells import Cells
from nlp.resolving.facts import UNKNOWN, DocumentFacts
from nlp.resolving.spans import span

Links = Sequence[tuple[str, str]]
"""The events that one follows, and what it makes of each."""
Dated = tuple[str, Sequence[str | None], Sequence[str | None]]
"""The platform of an event, its dates, and when its documents were published."""
NEVER = 10_000_000
"""A day after all others."""


@dataclass(frozen=True, slots=True)
class Steady:
    """`since`: by family of platforms, the first day on which something is not as remembered; `undated`: families in
    which that is so of something without a date, on which nothing bears but what undoes; `links`: by event that is
    kept, as remembered; `loose`: events that others followed, which are not kept."""

    since: Mapping[str, int] = field(default_factory=dict)
    undated: Set[str] = frozenset()
    links: Mapping[str, Links] = field(default_factory=dict)
    loose: Set[str] = frozenset()

    def stays(self, event: Event, family: str, day: int) -> bool:
        """Whether an event of that day follows what it followed."""
        torn = event.action == "restore" and family in self.undated
        return event.id in self.links and day < self.since.get(family, day + 1) and not torn


ANEW = Steady()
"""Where nothing stays."""


def steady(
    kept: Iterable[str],
    fresh: Sequence[Event],
    facts: Mapping[str, DocumentFacts],
    memory: Recollection,
    finder: Cells,
) -> Steady:
    """What stays where some events are kept and the others, `fresh` ones and those that went, are not."""
    here = set(kept)
    if not here or any(event.reviewed for event in fresh):  # people may join what is told of several families
        return ANEW
    news = min(_days(each.published for each in facts.values() if each.fresh), default=NEVER)
    since: dict[str, int] = defaultdict(lambda: news)
    undated = set()
    for platform, dates, told in [*_made(fresh, facts), *_unmade(memory, here)]:
        family = finder.cell(platform, None).family
        if days := _days(dates):  # what a text told before its day bears from that of the text
            since[family] = min([since[family], *days, *_days(told)])
        else:
            undated.add(family)
    links = {past.id: _links(past) for past in memory.events.values()}
    loose = {other for id, found in links.items() if id not in here for other, _ in found}
    return Steady(dict(since), undated, {id: links[id] for id in here}, loose)


def _made(fresh: Iterable[Event], facts: Mapping[str, DocumentFacts]) -> Iterator[Dated]:
    for event in fresh:
        told = [facts.get(each.document_id, UNKNOWN).published for each in event.mentions]
        yield event.platform, [event.date, event.announced], told


def _unmade(memory: Recollection, here: Set[str]) -> Iterator[Dated]:
    for past in memory.events.values():
        if past.id not in here and not past.gone:
            yield past.state["platform"] or "", [past.state["date"], past.state["announced"]], []


def _days(dates: Iterable[str | None]) -> list[int]:
    return [found.first for each in dates if (found := span((each or "")[:10]))]


def _links(past: Remembered) -> Links:
    return [(event, phase) for event, phase in json.loads(past.state.get("links") or "[]")]
