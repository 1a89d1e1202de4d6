"""Charts (charts.py) as SVG, and their numbers as rows of a table: written here rather than in a template, since a page
has hundreds of bars and cells, each of which a template takes ten times as long for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from datasette_config.site.charts import Bar, Chart, Ranking, heat
from datasette_config.site.links import Links
from datasette_config.site.reading import Row

Numbers = Mapping[tuple[str, str], int]
NAME = 40
"""The longest name beside a bar, in characters; the whole one is told to who points at it."""


def svg(chart: Chart | Ranking) -> Markup:
    """What stands within the <svg> of a chart."""
    return Markup("\n".join(_ranking(chart) if isinstance(chart, Ranking) else _stacked(chart)))


def figures(chart: Chart) -> Markup:
    """The rows of the table of its numbers, the latest first."""
    return Markup("\n".join(_row(bar, chart.series) for bar in reversed(chart.bars) if bar.total))


def heated(countries: Sequence[Row], actions: Sequence[Row], found: Iterable[Row], links: Links) -> Markup:
    """The rows of a table of countries and actions: the more events, the stronger the colour; each number leads to a
    list.

    `countries` and `actions` have `id`, `name` and `events`; `found` has `country`, `action` and `events`, and tells
    which countries the table has.
    """
    numbers = {(row["country"], row["action"]): row["events"] for row in found}
    most, shown = max(numbers.values(), default=1), {country for country, _ in numbers}
    rows = [_heated(each, actions, numbers, most, links) for each in countries if each["id"] in shown]
    return Markup("\n".join(rows))


def _heated(country: Row, actions: Sequence[Row], numbers: Numbers, most: int, links: Links) -> str:
    name, cells = escape(country["name"] or country["id"]), []
    for each in actions:
        if events := numbers.get((country["id"], each["id"])):
            address = escape(links.find(country=country["id"], action=each["id"]))
            label = f"{events}: {name}, {escape(each['name'] or each['id'])}"
            link = f'<a href="{address}" aria-label="{label}">{events:,}</a>'
            cells.append(f'<td class="number heat-{heat(events, most)}">{link}</td>')
        else:
            cells.append('<td class="number"></td>')
    head = f'<th scope="row"><a href="{escape(links.country(country["id"]))}">{name}</a></th>'
    return f'<tr>{head}{"".join(cells)}<td class="number">{country["events"]:,}</td></tr>'


def _stacked(chart: Chart) -> Iterator[str]:
    for _, y in chart.scale:
        yield f'<line class="scale" x1="{chart.left}" x2="{chart.width}" y1="{y}" y2="{y}"/>'
    labelled = [bar for bar in chart.bars if bar.shown]
    minor = {bar.label for bar in labelled[-2::-2]}
    colours = {name: (escape(name), number) for name, number in chart.colours.items()}
    for bar in chart.bars:
        label = escape(bar.label)
        yield f"<g><title>{label}: {bar.total:,.0f}</title>"
        for part in bar.parts:
            name, colour = colours[part.series]
            place = f'x="{bar.x}" y="{part.y}" width="{bar.width}" height="{part.height}"'
            yield f'<rect class="s{colour}" {place}><title>{label}, {name}: {part.value:,.0f}</title></rect>'
        if bar.shown:
            kind = "minor" if bar.label in minor else ""
            yield _text(round(bar.x + bar.width / 2, 1), chart.height - 6, label, "middle", kind)
        yield "</g>"
    for value, y in chart.scale:
        yield _text(chart.left - 6, y + 4, _short(value), "end", "value")


def _ranking(chart: Ranking) -> Iterator[str]:
    for bar in chart.bars:
        yield f"<g><title>{escape(bar.label)}: {bar.value:,.0f}</title>"
        name = bar.label if len(bar.label) <= NAME else f"{bar.label[: NAME - 1]}…"
        yield _text(0, bar.y + 17, escape(name), "start")
        yield f'<rect class="s0" x="0" y="{bar.y + 22}" width="{bar.width}" height="12"/>'
        yield _text(round(bar.width + 6, 1), bar.y + 33, f"{bar.value:,.0f}", "start")
        yield "</g>"


def _text(x: float, y: float, words: str, anchor: str, kind: str = "") -> str:
    """A label; the style sheet shows those of a `kind` otherwise where the screen is narrow."""
    return f'<text class="{f"tick {kind}".strip()}" x="{x}" y="{y}" text-anchor="{anchor}">{words}</text>'


def _short(value: float) -> str:
    """A number of the scale, where there is little room: 25 bn."""
    for size, word in ((1e9, "bn"), (1e6, "m")):
        if value >= size:
            return f"{value / size:g} {word}"
    return f"{value:,.0f}"


def _row(bar: Bar, series: tuple[str, ...]) -> str:
    of = {part.series: f"{part.value:,.0f}" for part in bar.parts}
    cells = [*(of.get(name, "") for name in series), f"{bar.total:,.0f}"]
    numbers = "".join(f'<td class="number">{cell}</td>' for cell in cells)
    return f'<tr><th scope="row">{escape(bar.label)}</th>{numbers}</tr>'
