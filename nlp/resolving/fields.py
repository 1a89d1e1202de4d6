"""One truth from many mentions: which of the values that documents tell becomes the event's.

Where several of equal weight remain, the smaller one is taken, so that the choice never depends on order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from math import fsum, prod
from typing import Any, NamedTuple, TypeVar

from data.models import DateBasis, DatePrecision, Mention, Status
from nlp.resolving.facts import Told
from nlp.resolving.spans import span

V = TypeVar("V")
BASIS = {"stated": 0, "relative": 1, "published": 2, None: 3}
PRECISION: dict[int, DatePrecision] = {10: "day", 7: "month", 4: "year"}
HIGHEST_CONFIDENCE = 0.99
"""No number of reports makes an event certain: they copy from one another."""


class When(NamedTuple):
    """An event's date, as exact as it is told, and what it rests on."""

    date: str | None = None
    precision: DatePrecision | None = None
    basis: DateBasis | None = None


def when(told: Sequence[Told]) -> When:
    """The most exact date; of those the best founded (stated, relative, published), most told, earliest."""
    tellers: dict[When, set[str]] = defaultdict(set)
    for each in told:
        date = each.stored.mention.date
        if date and span(date) and len(date) in PRECISION:
            found = When(date, PRECISION[len(date)], each.stored.mention.date_basis)
            tellers[found].add(each.stored.document_id)
    best_first = sorted(tellers, key=lambda w: (-len(w.date or ""), BASIS[w.basis], -len(tellers[w]), w.date))
    return best_first[0] if best_first else When()


def heaviest(told: Sequence[Told], value: Callable[[Mention], V | None]) -> V | None:
    """The value that is told with most confidence in all; what an official source tells beats all others."""
    official = [each for each in told if each.facts.official and value(each.stored.mention) is not None]
    weights: dict[V, list[float]] = defaultdict(list)
    for each in official or told:
        found = value(each.stored.mention)
        if found is not None:
            weights[found].append(each.stored.mention.confidence)
    order: Callable[[V], Any] = lambda found: (-fsum(weights[found]), -len(weights[found]), str(found))  # noqa: E731
    return min(weights, key=order, default=None)


def foremost(told: Sequence[Told], value: Callable[[Mention], V]) -> V:
    """The same for what every mention tells."""
    found = heaviest(told, value)
    assert found is not None, "an event without mentions"
    return found


def money(mention: Mention) -> tuple[float, str | None] | None:
    """Amount and currency, which are chosen together or not at all."""
    return None if mention.amount is None else (float(mention.amount), mention.currency)


def status(told: Iterable[Told]) -> Status:
    """The surest that is told; an official source confirms what it reports by itself."""
    found = {_status(each) for each in told}
    ranks: tuple[Status, ...] = ("confirmed", "reported", "threatened", "denied")
    return next(rank for rank in ranks if rank in found)


def _status(each: Told) -> Status:
    own = each.stored.mention.status
    return "confirmed" if own == "reported" and each.facts.official else own


def confidence(told: Iterable[Told]) -> float:
    """Noisy-or over independent sources, each by its surest mention, to three places; those unnamed count as one."""
    surest: dict[str | None, float] = defaultdict(float)
    for each in told:
        surest[each.origin] = max(surest[each.origin], each.stored.mention.confidence)
    doubt = prod(1 - each for each in sorted(surest.values()))
    return round(min(1 - doubt, HIGHEST_CONFIDENCE), 3)
