"""What documents that came after a person's word tell against it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from data.models import Event, Mention, StoredMention
from nlp.resolving.amounts import same_amount
from nlp.resolving.facts import UNKNOWN, DocumentFacts
from nlp.resolving.spans import gap, span

Facts = Mapping[str, DocumentFacts]
OTHERWISE = {
    "threatened": {"reported", "confirmed", "denied"},
    "reported": {"confirmed", "denied"},
    "confirmed": {"denied"},
    "denied": {"threatened", "reported", "confirmed"},
}
"""By status, those that say otherwise: one that only knows less does not."""


def contradicting(event: Event, newer: Iterable[StoredMention], fields: Collection[str]) -> str | None:
    """The first document of these mentions that tells another value of one of these fields than the event has."""
    for each in newer:
        if any(_denies(each.mention, field, event) for field in fields):
            return each.document_id
    return None


def later(mentions: Sequence[StoredMention], facts: Facts, since: str) -> list[StoredMention]:
    """The mentions of documents that came after a time, first come first; by days where one of the two is a day."""
    came = {each.document_id: facts.get(each.document_id, UNKNOWN).came or "" for each in mentions}
    newer = [each for each in mentions if _after(came[each.document_id], since)]
    return sorted(newer, key=lambda each: (came[each.document_id], each.address))


def _after(one: str, other: str) -> bool:
    exact = len("2026-01-02T10:00:00Z") if len(one) == len(other) else len("2026-01-02")
    return one[:exact] > other[:exact]


def _denies(told: Mention, field: str, event: Event) -> bool:
    """Whether a mention tells another value. What it leaves open, or tells less exactly, denies nothing."""
    own, value = getattr(told, field, None), getattr(event, field)
    if own is None or own == value:
        return False
    if field == "status":
        return own in OTHERWISE[event.status]
    if field == "date":
        mine, theirs = span(own), span(event.date)
        return told.date_basis != "published" and bool(mine and not (theirs and gap(mine, theirs) == 0))
    if field == "amount":  # in another currency it may be the same sum
        return told.currency in (None, event.currency) and not (event.amount and same_amount(own, event.amount))
    if field == "currency":
        return bool(told.amount and event.amount and same_amount(told.amount, event.amount))
    return True
