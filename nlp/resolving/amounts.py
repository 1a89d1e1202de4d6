"""Sums of money that mentions name, and when two of one currency are one, told with more or less rounding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from math import floor, log10

from data.models import StoredMention

Sums = dict[str, set[float]]

TOLERANCE = 0.02
"""How far a rounded sum may be from the exact one: "$2.8bn" is 1.8 % from $2.75bn."""


def same_amount(one: float, other: float) -> bool:
    """Whether one may be the other, rounded: close by, and less apart than one step of the rounder one's last digit."""
    if one == other:
        return True
    small, large = sorted((one, other))
    if small <= 0 or large - small > TOLERANCE * large:
        return False
    digits = min(_digits(one), _digits(other))
    return large - small < 10.0 ** (floor(log10(large)) - digits + 1)


def distinct(amounts: Iterable[float]) -> list[list[float]]:
    """The amounts, sorted and grouped: each group is one sum, told as exactly as its members tell it."""
    groups: list[list[float]] = []
    for amount in sorted(set(amounts)):
        if groups and same_amount(groups[-1][0], amount):
            groups[-1].append(amount)
        else:
            groups.append([amount])
    return groups


def sums_of(mentions: Iterable[StoredMention]) -> Sums:
    """The amounts that mentions name, by currency ("" where none is told)."""
    sums: Sums = defaultdict(set)
    for each in mentions:
        if each.mention.amount is not None:
            sums[each.mention.currency or ""].add(each.mention.amount)
    return sums


def one_each(sums: Sums) -> bool:
    """Whether no currency has two sums; sums in two currencies may be one, converted."""
    return all(len(distinct(amounts)) == 1 for amounts in sums.values())


def number_of_sum(mentions: Iterable[StoredMention]) -> Callable[[StoredMention], tuple[str, int]]:
    """The number of a mention's sum within its currency, from 1; ("", 0) where it names none."""
    numbers = {
        (currency, amount): (currency, number)
        for currency, amounts in sums_of(mentions).items()
        for number, group in enumerate(distinct(amounts), 1)
        for amount in group
    }
    return lambda each: numbers.get((each.mention.currency or "", each.mention.amount or 0), ("", 0))


def _digits(amount: float) -> int:
    """Significant digits: 2 in 530,000,000."""
    return len(f"{amount:.11e}".split("e")[0].replace(".", "").rstrip("0"))
