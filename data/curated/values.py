"""What cells mean: days and sums. Pure; what no sense can be made of is None."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

SERIAL = date(1899, 12, 30)
"""Day 0 of spreadsheets: their 1900 date system counts a 29 February 1900, which never was."""
DAYS = range(20_000, 80_000)
"""Serial numbers from 1954 to 2119: a smaller or larger number is no date."""
_SUM = re.compile(r"(\d[\d., ]*)\s*([A-Z]{3}|[€£$]|)")
_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD", "": None}


def day(cell: str, formats: Iterable[str]) -> str | None:
    """An ISO date, by the first of the declared formats that fits; "serial" is a spreadsheet's number of days."""
    text = re.sub(r"\s+", "", cell)
    found = (_serial(text) if form == "serial" else _written(text, form) for form in formats)
    return next((each.isoformat() for each in found if each), None)


def _serial(text: str) -> date | None:
    number = int(float(text)) if re.fullmatch(r"\d{5}(\.\d+)?", text) else 0
    return SERIAL + timedelta(days=number) if number in DAYS else None


def _written(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()
    except ValueError:
        return None


def money(cell: str) -> tuple[float, str | None] | None:
    """A sum and its currency: "20,000 EUR", "25.000 EUR", "1 500 €", "2,000,000.00 EUR"; None for none and for nought.

    The last mark is the decimal one where fewer than three figures follow it; all others part thousands.
    """
    found = _SUM.fullmatch(cell.strip())
    if not found:
        return None
    figure, currency = re.sub(r"\s", "", found[1]).rstrip(".,"), found[2]
    whole, _, part = figure.replace(",", ".").rpartition(".")
    number = f"{whole}.{part}" if whole and len(part) < 3 else f"{whole}{part}"
    amount = float(number.replace(".", "", number.count(".") - 1) if "." in number[-3:] else number.replace(".", ""))
    return (amount, _SIGNS.get(currency, currency)) if amount else None
