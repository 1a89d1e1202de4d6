"""Which lives need not be lived anew: an act bears on later ones alone, so what came before all that changed stays."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from data.memory import Recollection, Remembered
from data.models import Event
from nlp.resolving.cells import Cells
from nlp.resolving.facts import UNKNOWN, DocumentFacts
from nlp.resolving.spans import span

Links = Sequence[tuple[str, str]]
"""The events that one follows, and what it makes of each."""
ALWAYS = 0
"""A day before all others."""
NEVER = 10_000_000
"""A day after all others."""


@dataclass(frozen=True, slots=True)
class Steady:
    """`since`: by family of platforms, the first day on which something is not as remembered; `links`: by event, as
    remembered."""

    since: Mapping[str, int] = field(default_factory=dict)
    links: Mapping[str, Links] = field(default_factory=dict)

    def stays(self, event: str, family: str, day: int) -> bool:
        """Whether an event of that day follows what it followed."""
        return event in self.links and day < self.since.get(family, day + 1)


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
    for event in fresh:
        told = [facts.get(each.document_id, UNKNOWN).published for each in event.mentions]
        _lower(since, finder.cell(event.platform, None).family, [event.date, event.announced], told)
    for past in memory.events.values():
        if past.id not in here and not past.gone:
            _lower(
                since,
                finder.cell(past.state["platform"] or "", None).family,
                [past.state[n] for n in ("date", "announced")],
                (),
            )
    return Steady(dict(since), {id: _links(memory.events[id]) for id in here})


def _lower(since: dict[str, int], family: str, dates: Iterable[str | None], told: Iterable[str | None]) -> None:
    """An act without a date may bear on any; what a text told before its day bears from that of the text."""
    day = _first(dates)
    since[family] = min(since[family], day if day == ALWAYS else min([day, *_days(told)]))


def _first(dates: Iterable[str | None]) -> int:
    return min(_days(dates), default=ALWAYS)


def _days(dates: Iterable[str | None]) -> list[int]:
    return [found.first for each in dates if (found := span((each or "")[:10]))]


def _links(past: Remembered) -> Links:
    return [(event, phase) for event, phase in json.loads(past.state.get("links") or "[]")]
