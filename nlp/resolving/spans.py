"""Dates of any precision as spans of days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple


class Span(NamedTuple):
    """First and last day, as proleptic Gregorian ordinals."""

    first: int
    last: int


@lru_cache(maxsize=65536)
def span(text: str | None) -> Span | None:
    """The days of "2025-12-04", "2025-12" or "2025"; None for anything else."""
    parts = (text or "").split("-")
    try:
        first = date(*[int(part) for part in [*parts, "1", "1"][:3]])
        after = (
            first + timedelta(days=1)
            if len(parts) == 3
            else (first.replace(day=28) + timedelta(days=4)).replace(day=1)
            if len(parts) == 2
            else first.replace(year=first.year + 1)
        )
    except (ValueError, OverflowError):
        return None
    return Span(first.toordinal(), after.toordinal() - 1) if len(parts) <= 3 else None


def reach(spans: Iterable[Span]) -> Span | None:
    """From the first day of all to the last."""
    found = [*spans]
    return Span(min(each.first for each in found), max(each.last for each in found)) if found else None


def gap(one: Span, other: Span) -> int:
    """Days from one span to the other; 0 where they share a day."""
    return max(one.first - other.last, other.first - one.last, 0)


def months(found: Span, margin: int) -> range:
    """The months (counted from year 0) that a span, widened by `margin` days, touches."""
    first, last = (
        date.fromordinal(max(found.first - margin, 1)),
        date.fromordinal(min(found.last + margin, date.max.toordinal())),
    )
    return range(first.year * 12 + first.month, last.year * 12 + last.month + 1)
