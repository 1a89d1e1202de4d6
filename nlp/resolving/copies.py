"""Whose words a document has: ten outlets that print one wire story tell what one source tells."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from nlp.resolving.facts import DocumentFacts
from nlp.resolving.sketches import LENGTH, Sketch, copied, unpacked
from nlp.resolving.spans import span

Origins = dict[str, str | None]


def origins(facts: Mapping[str, DocumentFacts]) -> Origins:
    """By document, the source that published its text first: its own source, but for a copy of an older one's text."""
    if len({each.source for each in facts.values()}) == 1:
        return {document: each.source for document, each in facts.items()}
    texts = _Texts(len(facts))
    return {
        document: texts.origin(facts[document]) for document in sorted(facts, key=lambda each: _age(each, facts[each]))
    }


class _Texts:
    """The texts so far, oldest first. Each new one is compared with the originals alone, however often they were
    copied; one that has two of them in it (a roundup) goes with the older and does not join them."""

    def __init__(self, room: int) -> None:
        self.sources: list[str | None] = []
        self.originals = np.empty((room, LENGTH), np.uint32)
        self.known: dict[bytes, str | None] = {}

    def origin(self, own: DocumentFacts) -> str | None:
        """The source of the oldest text that this is a copy of; else its own, and the text is an original."""
        if not own.sketch:
            return own.source
        if own.sketch not in self.known:
            self.known[own.sketch] = self._oldest(unpacked(own.sketch), own.source)
        return self.known[own.sketch]

    def _oldest(self, text: Sketch, source: str | None) -> str | None:
        count = len(self.sources)
        older = copied(text, self.originals[:count])
        if older.any():
            return self.sources[int(older.argmax())]
        self.originals[count] = text
        self.sources.append(source)
        return source


def _age(document: str, facts: DocumentFacts) -> tuple[bool, str, str]:
    """Sorts older documents first; a day without hour before its hours, and what tells no date last."""
    published = facts.published or ""
    return span(published[:10]) is None, published, document
