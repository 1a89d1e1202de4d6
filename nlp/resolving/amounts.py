"""When two sums of money are one, told with more or less rounding or in two currencies."""

from __future__ import annotations

from math import floor, log, log10

TOLERANCE = 0.02
"""How far a rounded sum may be from the exact one: "$2.8bn" is 1.8 % from $2.75bn."""
CLOSE = 0.01
"""Sums no further apart than this are one, however exactly they are told: no two fines are so alike."""
RATE = 0.1
"""How far a sum may be from its conversion: at the rate of another day, and rounded."""


def same_amount(one: float, other: float) -> bool:
    """Whether one may be the other, rounded: close by, and less apart than one step of the rounder one's last digit."""
    small, large = sorted((one, other))
    apart = large - small
    if small <= 0 or apart <= CLOSE * large:
        return apart == 0 or small > 0
    least = min(digits(one), digits(other))
    return apart <= TOLERANCE * large and apart < 10.0 ** (floor(log10(large)) - least + 1)


def same_value(one: float, other: float) -> bool:
    """Whether two values in euros may be one sum, of which one is a conversion."""
    return abs(one - other) <= RATE * max(one, other)


def sizes(amount: float, reach: float) -> tuple[float, float]:
    """Marks of a sum's size, of which it shares one with every sum that differs by no more than a share of `reach`."""
    # a little more than the logarithm of the difference, so that the edge is within
    return places(log(amount), 1.5 * reach)


def places(value: float, reach: float) -> tuple[float, float]:
    """Marks of a number, of which it shares one with each up to `reach` from it: two grids, half a step apart."""
    at = value / (2 * reach)
    return float(floor(at)), floor(at + 0.5) - 0.5


def digits(amount: float) -> int:
    """Significant digits: 2 in 530,000,000."""
    return len(f"{amount:.11e}".split("e")[0].replace(".", "").rstrip("0"))
