"""Calendar arithmetic: what "Thursday", "4 December" or "two months ago" means, seen from a day.

A value is an ISO date as exact as it can be told: "2025-12-04", "2025-12" or "2025". All functions are pure; one that
leads out of the calendar (or to a day that does not exist) returns None.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

from data.models import DatePrecision
from nlp.date_lexicon import Unit

Lean = Literal["past", "future", "nearest", "before", "after"]
"""Which of the days that a phrase fits: `before` and `after` are strict ("last Friday" said on a Friday)."""

FAR = 330
"""Days: without a year, a day longer gone than this is rather the one just ahead."""
FUTURE_REACH = 300


def precision_of(value: str) -> DatePrecision:
    """ "2025-12" is a month."""
    return {10: "day", 7: "month", 4: "year"}[len(value)]  # type: ignore[return-value]


def value_of(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """An ISO value from numbers, None if there is no such day."""
    if month is None:
        return f"{year:04}"
    if day is None:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def shifted(anchor: str, unit: Unit, count: int) -> str | None:
    """`count` units after the anchor value; None where the anchor is vaguer than the unit.

    Weeks give a month: "three weeks ago" is told of any day of that week, and news has it so.
    """
    year, month, day = (*map(int, anchor.split("-")), 0, 0)[:3]
    if unit == "year":
        return value_of(year + count) if 1000 <= year + count <= 9999 else None
    if unit == "month" and month:
        year, month0 = divmod(year * 12 + month - 1 + count, 12)
        return value_of(year, month0 + 1) if 1000 <= year <= 9999 else None
    if not day:
        return None
    days = {"hour": int(count / 24), "day": count, "week": 7 * count}.get(unit, 0)
    value = (date.fromisoformat(anchor) + timedelta(days=days)).isoformat()
    return value[:7] if unit == "week" else value


def middle(value: str) -> date:
    """The day from which all days of the value are nearer than the same days of other years."""
    year, month, day = (*map(int, value.split("-")), 0, 0)[:3]
    return date(year, month or 7, day or (15 if month else 2))


def seen_from(seen: date, lean: Lean, told: Mapping[str, int]) -> str | None:
    """The value of what is `told` without a year: {"weekday"}, {"month", "day"}, {"month"} or {"season": its month}."""
    if "season" in told:
        return (in_month(told["season"], seen, lean) or "")[:4] or None
    if "month" not in told:
        return on_weekday(told["weekday"], seen, lean)
    return on_day(told["month"], told["day"], seen, lean) if "day" in told else in_month(told["month"], seen, lean)


def on_weekday(weekday: int, seen: date, lean: Lean) -> str:
    """The day of that ISO weekday (1 is Monday) about the day it is seen from."""
    back = (seen.isoweekday() - weekday) % 7
    if lean == "nearest":
        return (seen + timedelta(days=weekday - seen.isoweekday())).isoformat()
    if lean in ("future", "after"):
        return (seen + timedelta(days=-back % 7 or (7 if lean == "after" else 0))).isoformat()
    return (seen - timedelta(days=back or (7 if lean == "before" else 0))).isoformat()


def on_day(month: int, day: int, seen: date, lean: Lean) -> str | None:
    """The year that a day and month without one most likely has."""
    values = (value_of(year, month, day) for year in range(seen.year - 4, seen.year + 5))
    days = [date.fromisoformat(value) for value in values if value]
    # Where the sun rises first, a paper tells today what is dated tomorrow.
    past = max((d for d in days if d <= seen + timedelta(days=1)), default=None)
    future = min((d for d in days if d > seen), default=None)
    if past is None or future is None:
        return None
    return _choose(past, future, seen, lean).isoformat()


def _choose(past: date, future: date, seen: date, lean: Lean) -> date:
    gone, ahead = (seen - past).days, (future - seen).days
    if lean == "before":
        return past
    if lean == "after" or (lean == "future" and ahead <= FUTURE_REACH):
        return future
    if lean == "nearest":
        return past if gone <= ahead else future
    return future if gone > FAR else past


def in_month(month: int, seen: date, lean: Lean) -> str | None:
    """The year that a month without one most likely has; this month counts as past and as future."""
    gone = (seen.month - month) % 12
    ahead = (12 - gone) % 12
    months = {
        "past": -gone,
        "before": -(gone or 12),
        "future": ahead if ahead * 30 <= FUTURE_REACH else -gone,
        "after": ahead or 12,
        "nearest": -gone if gone <= ahead or not ahead else ahead,
    }[lean]
    return shifted(f"{seen.year:04}-{seen.month:02}", "month", months)
