"""Why an event changed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from data.memory import Recollection
from data.models import ChangeReason
from nlp.resolving.facts import UNKNOWN, DocumentFacts
from nlp.resolving.identity import current_id
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

    def why(self, event: str, documents: Collection[str], field: str) -> ChangeReason:
        """correction where a person set the field; merge or split where mentions moved; document where one that tells
        the event, or told it, is news; else rule."""
        if {field, WHOLE} & self.spoken.get(event, set()):
            return "correction"
        if event in self.merged:
            return "merge"
        if event in self.parted:
            return "split"
        tellers = {*documents, *self._tellers.get(event, ())}
        return "document" if any(self.facts.get(each, UNKNOWN).fresh for each in tellers) else "rule"

    @cached_property
    def _tellers(self) -> dict[str, set[str]]:
        """The documents that ever told an event."""
        tellers: dict[str, set[str]] = defaultdict(set)
        for trace, event in self.memory.traces.items():
            tellers[current_id(event, self.memory)].add(json.loads(trace)[0])
        return tellers
