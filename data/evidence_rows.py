"""The rows of `evidence` and `conflicts`: which words back each value of an event, and who says otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from data.models import PASSAGES, QUOTE_LIMIT, Document, Event, Evidence, StoredMention
from data.told import authority_id, value_of

Row = dict[str, Any]


def evidence(event: Event, documents: Mapping[str, Document], known: Collection[str]) -> Iterator[Row]:
    """A row for each quote, with what it tells; `known`: the ids of listed authorities.

    Of a document whose mention came without any words it is the title, so that no teller of an event is lost.
    """
    for stored in event.mentions:
        title = documents[stored.document_id].title if stored.document_id in documents else ""
        for quote in stored.mention.evidence or [Evidence("event", 0, len(title), title)]:
            yield _quote(quote, stored, event, known)


def conflicts(event: Event, known: Collection[str]) -> Iterator[Row]:
    """A row for each value that documents tell and that is not the event's."""
    for each in event.conflicts:
        yield asdict(each) | {"event_id": event.id, "value": _public(each.field, each.value, known)}


def _quote(quote: Evidence, stored: StoredMention, event: Event, known: Collection[str]) -> Row:
    backed = "status" if quote.field in PASSAGES else quote.field
    return {
        "event_id": event.id,
        "document_id": stored.document_id,
        "field": quote.field,
        "value": _public(quote.field, value_of(stored.mention, quote.field), known),
        "chosen": (stored.key, backed) in event.backing,
        "quote": quote.quote[:QUOTE_LIMIT],
        "start": quote.start,
        "end": min(quote.end, quote.start + QUOTE_LIMIT),
    }


def _public(field: str, value: str | None, known: Collection[str]) -> str | None:
    return authority_id(value, known) if field == "authority" and value else value
