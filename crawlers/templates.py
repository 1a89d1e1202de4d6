"""Words with gaps: days in addresses, and what a source file says about an item."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

_DAY = re.compile(r"\{(today|epoch|year)([+-]\d+)?\}")
_PATH = re.compile(r"\{([^{}]+)\}")


def on_day(template: str, today: date) -> str:
    """Its gaps filled: `{today}` as ISO 8601, `{epoch}` as seconds since 1970 of its first moment in UTC, `{year}`.

    `{today-7}` is a week before, `{epoch+1}` the end of the day, `{year-1}` last year.
    """
    return _DAY.sub(lambda gap: _day(gap[1], int(gap[2] or 0), today), template)


def _day(name: str, shift: int, today: date) -> str:
    if name == "year":
        return str(today.year + shift)
    day = today + timedelta(days=shift)
    return day.isoformat() if name == "today" else str(calendar.timegm(day.timetuple()))


def paths_of(template: str) -> list[str]:
    """The paths in the braces of a template; the whole where it has none."""
    return _PATH.findall(template) or [template]


def filled(template: str, value: Callable[[str], str]) -> str:
    """The template with each path replaced by its value; a template without braces is one path."""
    if not _PATH.search(template):
        return value(template)
    return _PATH.sub(lambda gap: value(gap[1]), template)
