"""Dates of any precision as spans of days, and the runs that spans form on the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

LONGEST = 6
"""A run of days may be this many windows long; a longer one is cut where it is thinnest."""


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


def runs(spans: Iterable[Span], window: int) -> dict[Span | None, int]:
    """The number of each span's run: days at most `window` apart, and not too many. Months and years stand alone."""
    ordered = sorted(spans)
    pieces = [[each] for each in ordered if each.first < each.last]
    pieces += _cut([each for each in ordered if each.first == each.last], window)
    return {each: number for number, piece in enumerate(sorted(pieces)) for each in piece}


def _cut(days: list[Span], window: int) -> list[list[Span]]:
    """Cut at the widest gap, nearest the middle, while that gap or the whole is too wide."""
    pieces, done = [days] if days else [], []
    while pieces:
        piece = pieces.pop()
        gaps = [b.first - a.first for a, b in pairwise(piece)]
        if not gaps or (max(gaps) <= window and sum(gaps) <= LONGEST * window):
            done.append(piece)
            continue
        at = max(range(len(gaps)), key=lambda n: (gaps[n], -abs(2 * n - len(gaps) + 1), -n)) + 1
        pieces += [piece[:at], piece[at:]]
    return done
