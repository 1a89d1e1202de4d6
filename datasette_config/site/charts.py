"""Charts as SVG made on the server: where each bar stands, from rows of sums. No script, no outside address.

A chart is drawn by drawing.py; templates/site/_charts.html gives it its words, and the same numbers as a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from datasette_config.site.reading import Row

WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 26, 16, 24
"""Room for labels, in units of the drawing."""
FIGURE, ROW = 160, 40
"""Of a ranking: room for the figure behind a bar, and the height of a row, which is a name above a bar."""


COLOURS = 10
ACTIONS = ("block", "ban", "restore", "throttle", "fine", "order", "investigation", "lawsuit", "removal", "takedown")
"""Series that have the same colour in every chart, by its number."""
HEATS = (0.04, 0.12, 0.3, 0.6)
"""Above which shares of the largest number a cell is hotter by one."""


def heat(value: float, most: float) -> int:
    """How hot a cell is, from 1 to 5."""
    return 1 + sum(value > most * share for share in HEATS)


@dataclass(frozen=True)
class Part:
    """One series' part of a bar: its place from above, and its height, in units of the drawing."""

    series: str
    value: float
    y: float
    height: float


@dataclass(frozen=True)
class Bar:
    """A bar: its label, sum and parts from below, and its place."""

    label: str
    total: float
    parts: tuple[Part, ...]
    x: float
    width: float
    shown: bool
    """Whether there is room for its label."""


@dataclass(frozen=True)
class Chart:
    """Stacked bars along an axis, the names of the series, and the lines of the scale as (value, y)."""

    bars: tuple[Bar, ...]
    series: tuple[str, ...]
    scale: tuple[tuple[float, float], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = HEIGHT - BOTTOM

    @property
    def colours(self) -> dict[str, int]:
        """The number of each series' colour."""
        known = {name: ACTIONS.index(name.lower()) for name in self.series if name.lower() in ACTIONS}
        return {name: number % COLOURS for number, name in enumerate(self.series)} | known


def stacked(rows: Iterable[Row], x: str, series: str, value: str, axis: Sequence[str] | None = None) -> Chart | None:
    """Bars of `value` by `x`, parted by `series`, the largest series lowest; None without numbers.

    `axis` are the labels in order, those without rows included; else those of the rows, sorted.
    """
    numbers: dict[str, dict[str, float]] = {label: {} for label in axis or ()}
    for row in rows:
        if axis is None or row[x] in numbers:
            of = numbers.setdefault(row[x], {})
            of[row[series]] = of.get(row[series], 0) + (row[value] or 0)
    labels = list(axis) if axis else sorted(numbers)
    if not any(any(of.values()) for of in numbers.values()):
        return None
    names = sorted({name for of in numbers.values() for name in of}, key=lambda name: (-_sum(numbers, name), name))
    top = _round_up(max(sum(of.values()) for of in numbers.values()))
    bars = tuple(_bar(label, numbers[label], names, top, number, len(labels)) for number, label in enumerate(labels))
    steps = tuple((top * part / 4, _y(top * part / 4, top)) for part in range(5))
    return Chart(bars, tuple(names), steps)


@dataclass(frozen=True)
class Rank:
    """A bar of a ranking: its label, its value, and its place and width."""

    label: str
    value: float
    y: int
    width: float


@dataclass(frozen=True)
class Ranking:
    """Bars one below another, most first."""

    bars: tuple[Rank, ...]
    height: int
    width: int = WIDTH


def ranked(values: Sequence[tuple[str, float]]) -> Ranking | None:
    """A bar for each (label, value), in their order; None without numbers."""
    most = max((value for _, value in values), default=0)
    if most <= 0:
        return None
    room = WIDTH - FIGURE
    bars = (Rank(label, value, row * ROW, round(value / most * room, 1)) for row, (label, value) in enumerate(values))
    return Ranking(tuple(bars), len(values) * ROW)


def months_until(last: str, many: int) -> list[str]:
    """So many months up to `last` (2025-12), in order."""
    end = int(last[:4]) * 12 + int(last[5:7]) - 1
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(end - many + 1, end + 1)]


def _sum(numbers: dict[str, dict[str, float]], name: str) -> float:
    return sum(of.get(name, 0) for of in numbers.values())


def _bar(label: str, of: dict[str, float], names: Sequence[str], top: float, number: int, many: int) -> Bar:
    step = (WIDTH - LEFT - RIGHT) / many
    parts, below = [], 0.0
    for name in names:
        if amount := of.get(name, 0):
            y, height = _y(below + amount, top), _y(below, top) - _y(below + amount, top)
            parts.append(Part(name, amount, y, round(height, 1)))
            below += amount
    shown = (many - 1 - number) % ceil(many / 8) == 0
    return Bar(label, below, tuple(parts), round(LEFT + number * step + step * 0.1, 1), round(step * 0.8, 1), shown)


def _y(value: float, top: float) -> float:
    return round(HEIGHT - BOTTOM - value / top * (HEIGHT - BOTTOM - TOP), 1)


def _round_up(value: float) -> float:
    """The next number of one figure that four steps divide well."""
    size: float = 10 ** floor(log10(value)) if value >= 4 else 4
    return next(size * factor for factor in (1, 2, 4, 6, 8, 10) if size * factor >= value)
