"""Why an event changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from data.memory import Recollection, current_id
from data.models import ChangeReason
from nlp.resolving.facts import UNKNOWN, DocumentFacts
from nlp.resolving.spoken import WHOLE


@dataclass(frozen=True)
class Reasons:
    """`merged`: events that went into others or took some in; `parted`: events between which mentions moved;
    `spoken`: what people changed, see spoken.py."""

    facts: Mapping[str, DocumentFacts]
    memory: Recollection
    merged: Set[str]
    parted: Set[str]
    spoken: Mapping[str, Set[str]]

    def why(self, event: str, documents: Collection[str], field: str, story: Set[str] = frozenset()) -> ChangeReason:
        """correction where a person set the field; merge or split where mentions moved; document where one that tells
        the event, or told it or an event of its story, is news; else rule."""
        if {field, WHOLE} & self.spoken.get(event, set()):
            return "correction"
        if event in self.merged:
            return "merge"
        if event in self.parted:
            return "split"
        news = not self._news.isdisjoint({event, *story}) or any(
            self.facts.get(each, UNKNOWN).fresh for each in documents
        )
        return "document" if news else "rule"

    @cached_property
    def _news(self) -> set[str]:
        """The events that some document that is news ever told."""
        if not any(each.fresh for each in self.facts.values()):
            return set()
        told = ((json.loads(trace)[0], event) for trace, event in self.memory.traces.items())
        fresh = (event for document, event in told if self.facts.get(document, UNKNOWN).fresh)
        return {current_id(event, self.memory.redirects) for event in fresh}
