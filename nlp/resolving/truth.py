"""Events of the mentions that tell them, and the dissent beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from data.models import Event, StoredMention
from data.reference import Reference
from nlp.resolving.certainty import confidence, status
from nlp.resolving.copies import origins
from nlp.resolving.dissent import dissent
from nlp.resolving.facts import UNKNOWN, DocumentFacts, Told
from nlp.resolving.fields import Fields, values


class Truth:
    """Knows the facts of all documents. Of equal claims the choice depends on what they say, never on their order."""

    def __init__(self, facts: Mapping[str, DocumentFacts], reference: Reference) -> None:
        self._facts = facts
        self._fields = Fields(reference)

    def event(self, mentions: Iterable[StoredMention]) -> Event:
        """The event that these tell; id, summary, euros, times and dissent are still to come."""
        told = self._told(mentions)
        return Event(
            id="",
            status=status(told),
            confidence=confidence(told),
            summary="",
            sources=len({each.facts.source for each in told}),
            independent=len({each.origin for each in told}),
            documents=len({each.stored.document_id for each in told}),
            mentions=tuple(each.stored for each in told),
            first_seen="",
            last_changed="",
            **values(told, self._fields),
        )

    def with_dissent(self, event: Event) -> Event:
        """The event, whoever chose its values, with who backs them and who says otherwise."""
        return dissent(event, self._told(event.mentions), self._fields)

    def _told(self, mentions: Iterable[StoredMention]) -> list[Told]:
        """The mentions by document with the facts of these, and whose words they are."""
        found = sorted(mentions, key=lambda each: each.address)
        own = {each.document_id: self._facts.get(each.document_id, UNKNOWN) for each in found}
        first = origins(own)
        return [Told(each, own[each.document_id], first[each.document_id]) for each in found]
