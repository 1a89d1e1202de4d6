"""Events as the rows of a table, each of what they name a link: written here rather than in a template, which takes ten
times as long for the twenty cells of every row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from markupsafe import Markup, escape

from datasette_config.site.filters import Filters
from datasette_config.site.links import Links, quoted
from datasette_config.site.reading import Row


def headline(event: Row) -> str:
    """An event's line without the date and status at its end, for where these stand beside it."""
    line = str(event["summary"] or event["id"])
    return line.removesuffix(f" ({event['date'] or 'undated'}, {event['status']})")


def figure(amount: float) -> str:
    """A sum as people read it: 3,500,000 or 0.50."""
    return f"{amount:,.2f}".removesuffix(".00")


def money(event: Row) -> str:
    """The sum of an event with its currency; nothing where it has none."""
    return "" if event["amount"] is None else f"{figure(event['amount'])} {event['currency'] or ''}".rstrip()


def status(event: Row) -> Markup:
    """The status in a word; the style sheet adds its shape."""
    name = escape(event["status_name"] or event["status"] or "")
    return Markup(f'<span class="status status-{escape(event["status"] or "")}">{name}</span>')


def dated(value: str | None) -> Markup:
    """The day of a date or time, as exact as known; nothing where there is none."""
    return Markup(f'<time datetime="{escape(value)}">{escape(value[:10])}</time>') if value else Markup("")


def confidence(event: Row) -> str:
    """How sure the reading is, in percent; of what a person has checked, that."""
    known = event["confidence"]
    return "checked" if event["reviewed"] else "" if known is None else f"{100 * known:.0f} %"


def event_rows(events: Iterable[Row], links: Links, without: Collection[str] = ()) -> Markup:
    """The rows of templates/site/_events.html, of `listing.page`; `without` names what the page makes needless."""
    return Markup("\n".join(_row(event, links, without) for event in events))


def spread_items(field: str, found: Iterable[Row], filters: Filters, links: Links) -> Markup:
    """A list of what is found among events: each `id` of a filter by its `name`, with its `events`, leads to those."""
    others = filters.query(**{field: None})
    query = f"{others}&{field}=" if others else f"{field}="
    items = ((links.find(query + quoted(row["id"])), row) for row in found)
    return Markup("").join(
        Markup(f'<li><a href="{escape(address)}">{escape(row["name"])}</a> {row["events"]:,}</li>')
        for address, row in items
    )


def _row(event: Row, links: Links, without: Collection[str]) -> str:
    linked = {
        "platform": (event["platform_id"], event["platform"]),
        "action": (event["action"], event["action_name"]),
        "country": (event["country"], event["country_name"]),
        "authority": (event["authority_id"], event["authority"]),
    }
    cell = {kind: _linked(kind, *of, links) for kind, of in linked.items() if kind not in without}
    what = f'<a href="{escape(links.event(event["id"]))}">{escape(headline(event))}</a>{_end(event)}'
    cells = [
        f'<td>{dated(event["date"]) or "undated"}</td><td class="what">{what}</td>',
        *(cell.get(kind, "") for kind in ("platform", "action")),
        f"<td>{status(event)}</td>",
        f'<td class="number"><span class="narrow">Confidence: </span>{confidence(event)}</td>',
        *(cell.get(kind, "") for kind in ("country", "authority")),
        f'<td class="number"><span class="narrow">Sources: </span>{event["sources"] or 0}</td>',
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _linked(kind: str, id_: object, name: object, links: Links) -> str:
    link = f'<a href="{escape(links[kind](id_))}">{escape(name or id_)}</a>' if id_ else ""
    return f"<td>{link}</td>"


def _end(event: Row) -> str:
    return f' <span class="quiet">ended {escape(event["ended"])}</span>' if event["ended"] else ""
