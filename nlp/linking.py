"""Which date and which sum of a document belong to a frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

from nlp.dates import DateMention
from nlp.frames import Frame
from nlp.money import MoneyMention

Quantity = TypeVar("Quantity", DateMention, MoneyMention)


def date_of(frame: Frame, dates: Sequence[DateMention]) -> DateMention | None:
    """The date of what a frame tells, None where the document gives none."""
    return _nearest(frame, dates)


def sum_of(frame: Frame, money: Sequence[MoneyMention]) -> MoneyMention | None:
    """The sum of what a frame tells, in the currency in which it was set; None where the document gives none."""
    nearest = _nearest(frame, (each for each in money if not each.converted))
    return _as_set(nearest, money) if nearest else None


def _nearest(frame: Frame, quantities: Iterable[Quantity]) -> Quantity | None:
    """The date or sum of a frame's sentence that stands nearest to its trigger."""
    units = frame.sentence.units
    inside = [each for each in quantities if units[0].start <= each.start < units[-1].end]
    return min(inside, key=lambda each: abs(each.start - frame.trigger.start), default=None)


def _as_set(told: MoneyMention, money: Sequence[MoneyMention]) -> MoneyMention:
    """The sum in the currency in which it was set, where the document converts it: "€265m ($277m)"."""
    for base, other in pairwise(money):
        same = other.currency == told.currency and abs(other.amount - told.amount) <= 0.02 * told.amount
        if other.converted and not base.converted and same:
            return base
    return told
