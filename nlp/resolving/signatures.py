"""Signatures: what of a mention bears on which event it tells. Mentions that share one are one to joining."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from data.models import Action, Mention, StoredMention
from nlp.resolving.euros import in_euro
from nlp.resolving.spans import Span, span


class Kind(NamedTuple):
    """What is told but for the time. `euros`: the amount's worth at the time of the telling, where a rate is known."""

    platform: str
    action: Action
    threat: bool
    country: str | None
    authority: str | None
    scope: str | None
    privacy: bool
    amount: float | None
    currency: str | None
    euros: float | None

    @property
    def sum_untold(self) -> bool:
        """Whether it is a fine that could be of any sum."""
        return self.action == "fine" and self.amount is None


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


@dataclass(eq=False, slots=True)
class Signature:
    """A kind at a time, and the mentions that tell it."""

    kind: Kind
    time: Time
    mentions: list[StoredMention] = field(default_factory=list)


def signatures(mentions: Iterable[StoredMention], published: Mapping[str, str | None]) -> list[Signature]:
    """The mentions by signature, in an order that depends on nothing else. `published`: ISO dates by document id."""
    kinds: dict[Kind, Kind] = {}
    found: dict[tuple[Kind, Time, str], list[StoredMention]] = defaultdict(list)
    for each in mentions:
        told = published.get(each.document_id)
        kind = _kind(each.mention, told)
        # without place and time nothing says that two documents mean one action
        alone = "" if kind.country or each.mention.date else each.document_id
        found[kinds.setdefault(kind, kind), _time(each.mention, told), alone].append(each)
    return [Signature(*key[:2], found[key]) for key in sorted(found, key=str)]


def _kind(told: Mention, published: str | None) -> Kind:
    amount, currency = told.amount, told.currency if told.amount is not None else None
    return Kind(
        told.platform,
        told.action,
        told.status == "threatened",
        told.country,
        told.authority,
        told.scope,
        told.grounds == "data-protection",
        amount,
        currency,
        None if amount is None else in_euro(amount, currency, told.date or (published or "")[:10]),
    )


def _time(told: Mention, published: str | None) -> Time:
    days = span(told.date)
    telling = None if days else span((published or "")[:10])
    # a publisher's day may be a day behind that of the event
    return Time(days, told.date_basis == "published", telling.last + 1 if telling else None)
