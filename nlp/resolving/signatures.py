"""Signatures: what of a mention bears on which event it tells. Mentions that share one are one to joining."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from data.models import Action, Mention, StoredMention
from data.reference import Reference
from nlp.resolving.amounts import RATE, TOLERANCE, sizes
from nlp.resolving.euros import in_euro
from nlp.resolving.spans import Span, span
from nlp.resolving.words import Regions, quote

DOLLARS = {"AU": "AUD", "CA": "CAD", "HK": "HKD", "NZ": "NZD", "SG": "SGD", "TW": "TWD"}
"""Countries whose own currency is a dollar."""


class Worth(NamedTuple):
    """A currency, and what an amount in it was worth in euros at its time, where a rate is known."""

    currency: str
    euros: float | None


class Kind(NamedTuple):
    """What is told but for the time. `worths`: what its sum can be, in the currencies that can be meant."""

    platform: str
    action: Action
    threat: bool
    country: str | None
    authority: str | None
    region: str | None
    scope: str | None
    privacy: bool
    amount: float | None
    currency: str | None
    worths: tuple[Worth, ...]

    @property
    def sum_untold(self) -> bool:
        """Whether it is a fine that could be of any sum."""
        return self.action == "fine" and self.amount is None

    @property
    def priced(self) -> bool:
        """Whether its sum can be compared with one in another currency."""
        return any(each.euros is not None for each in self.worths)

    @property
    def sizes(self) -> tuple[Hashable, ...]:
        """Marks of its sum, of which it shares one with every sum that may be the same; none where none is told."""
        return _sizes(self.amount, self.worths)


@lru_cache(maxsize=65536)
def _sizes(amount: float | None, worths: tuple[Worth, ...]) -> tuple[Hashable, ...]:
    sums = [(each.currency, amount, TOLERANCE) for each in worths] + [("euros", each.euros, RATE) for each in worths]
    return tuple((unit, mark) for unit, sum, reach in sums if sum and sum > 0 for mark in sizes(sum, reach))


class Time(NamedTuple):
    """`days` of the date, None where none is told; `latest`: then the last day on which it can have been.

    `loose`: the date is only that of the telling.
    """

    days: Span | None
    loose: bool
    latest: int | None

    @property
    def day(self) -> int | None:
        """The day, where a day is told."""
        return self.days.first if self.days and self.days.first == self.days.last else None


class Places:
    """Finds the region that acts: that of the authority, else the only one that the sentence names."""

    def __init__(self, reference: Reference) -> None:
        self._authorities, self._regions = reference.authorities, Regions(reference)

    def of(self, stored: StoredMention) -> str | None:
        """The region's code; None where it is the whole country, or cannot be said."""
        row = self._authorities.get(stored.mention.authority or "")
        if row:
            return row.region
        named = self._regions.named(stored.mention.country, quote(stored, "event"))
        return named.pop() if len(named) == 1 else None


@dataclass(eq=False, slots=True)
class Signature:
    """A kind at a time, and the mentions that tell it."""

    kind: Kind
    time: Time
    mentions: list[StoredMention] = field(default_factory=list)


def signatures(
    mentions: Iterable[StoredMention], published: Mapping[str, str | None], places: Places
) -> list[Signature]:
    """The mentions by signature, in an order that depends on nothing else. `published`: ISO dates by document id."""
    kinds: dict[Kind, Kind] = {}
    found: dict[tuple[Kind, Time, str], list[StoredMention]] = defaultdict(list)
    for each in mentions:
        told = (published.get(each.document_id) or "")[:10]
        kind = _kind(each, told, places)
        # without place and time nothing says that two documents mean one action
        alone = "" if kind.country or each.mention.date else each.document_id
        found[kinds.setdefault(kind, kind), _time(each.mention, told), alone].append(each)
    ranks = {kind: number for number, kind in enumerate(sorted(kinds, key=str))}
    return [Signature(*key[:2], found[key]) for key in sorted(found, key=lambda key: (ranks[key[0]], *_turn(*key[1:])))]


def _turn(time: Time, alone: str) -> tuple[Span, bool, int, str]:
    """Its place among those of its kind; what is not told comes first."""
    return time.days or Span(0, 0), time.loose, time.latest or 0, alone


def _kind(stored: StoredMention, published: str, places: Places) -> Kind:
    told = stored.mention
    return Kind(
        told.platform,
        told.action,
        told.status == "threatened",
        told.country,
        told.authority,
        places.of(stored),
        told.scope,
        told.grounds == "data-protection",
        told.amount,
        told.currency if told.amount is not None else None,
        _worths(told, told.date or published),
    )


def _worths(told: Mention, day: str) -> tuple[Worth, ...]:
    """A text that says "$" leaves open whose dollar it is."""
    if told.amount is None:
        return ()
    dollars = {"USD", DOLLARS[told.country]} if told.country in DOLLARS else set[str]()
    meant = sorted({told.currency or "", *(dollars if told.currency in dollars else ())})
    return tuple(Worth(each, in_euro(told.amount, each, day)) for each in meant)


def _time(told: Mention, published: str) -> Time:
    days = span(told.date)
    telling = None if days else span(published)
    # a publisher's day may be a day behind that of the event
    return Time(days, told.date_basis == "published", telling.last + 1 if telling else None)
