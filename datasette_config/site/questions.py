"""The chart of a named question, as metadata.yaml declares it beside its SQL, from the very rows of its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from datasette_config.site.charts import Chart, Ranking, months_until, ranked, stacked
from datasette_config.site.reading import Row

SERIES, BARS, BARS_ALONG, REST = 9, 20, 120, "all others"
LENGTHS = {"month": 7, "year": 4}


@dataclass(frozen=True)
class Drawn:
    """A chart of either kind, and how many of the rows are in it."""

    title: str
    x: str
    rows: int
    stacked: Chart | None = None
    ranked: Ranking | None = None


def chart_of(declared: Mapping[str, Any] | None, answer: Iterable[Any]) -> Drawn | None:
    """What `chart` of a question says, drawn; None where it says nothing or there is nothing to draw.

    `{title, rank: [columns], value}` are bars of the rows with most. `{title, x, unit, series, value}` are bars by year
    or month of the column `x`, parted by `series`; without `value` a row counts one.
    """
    rows: list[Row] = [dict(row) for row in answer]
    if not declared or not rows:
        return None
    drawn = _ranked(declared, rows) if "rank" in declared else _stacked(declared, rows)
    return drawn if drawn.stacked or drawn.ranked else None


def numeric(rows: Iterable[Any]) -> set[str]:
    """The columns that hold numbers, and nothing else but gaps."""
    kinds: dict[str, set[bool]] = {}
    for row in map(dict, rows):
        for column, value in row.items():
            if value is not None:
                kinds.setdefault(column, set()).add(isinstance(value, int | float))
    return {column for column, found in kinds.items() if found == {True}}


def _ranked(declared: Mapping[str, Any], rows: Sequence[Row]) -> Drawn:
    value = declared["value"]
    known = sorted((row for row in rows if row[value]), key=lambda row: -row[value])[:BARS]
    names = [", ".join(str(row[part]) for part in declared["rank"] if row[part]) or "not known" for row in known]
    bars = [(name, row[value]) for name, row in zip(names, known, strict=True)]
    return Drawn(declared["title"], "", len(known), ranked=ranked(bars))


def _stacked(declared: Mapping[str, Any], rows: Sequence[Row]) -> Drawn:
    """Rows that are known less exactly than by the unit are left out: they belong to no bar."""
    x, series, unit = declared["x"], declared["series"], declared["unit"]
    value = declared.get("value")
    known = [row for row in rows if len(row[x] or "") >= LENGTHS[unit]]
    axis = _axis([row[x][: LENGTHS[unit]] for row in known], unit)
    parts = [
        {"x": row[x][: LENGTHS[unit]], "series": row[series] or "not known", "value": row[value] if value else 1}
        for row in known
        if row[x][: LENGTHS[unit]] in axis
    ]
    chart = stacked(_fewer(parts), "x", "series", "value", axis) if parts else None
    return Drawn(declared["title"], unit.capitalize(), len(parts), stacked=chart)


def _fewer(parts: Sequence[Row]) -> list[Row]:
    """The largest series as they are, the rest as one, so that colours tell them apart."""
    sums: dict[str, float] = {}
    for part in parts:
        sums[part["series"]] = sums.get(part["series"], 0) + (part["value"] or 0)
    names = sorted(sums, key=lambda name: (-sums[name], name))
    kept = set(names if len(names) <= SERIES + 1 else names[:SERIES])
    return [part if part["series"] in kept else part | {"series": REST} for part in parts]


def _axis(labels: Sequence[str], unit: str) -> list[str]:
    """The last `BARS_ALONG` years or months that have rows, and those between them."""
    if not labels:
        return []
    first, last = min(labels), max(labels)
    years = range(int(first[:4]), int(last[:4]) + 1)
    axis = [f"{year:04}" for year in years] if unit == "year" else months_until(last, 12 * len(years))
    return [label for label in axis if label >= first][-BARS_ALONG:]
