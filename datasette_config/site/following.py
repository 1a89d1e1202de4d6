"""Feeds with every change inside (Atom, RFC 4287), and a calendar of what is to come (iCalendar, RFC 5545)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from datasette.utils.asgi import Response

from data.characters import whole_characters
from datasette_config.site.filters import Filters, read_filters
from datasette_config.site.links import links_of
from datasette_config.site.listing import found_by
from datasette_config.site.reading import Row, ask
from datasette_config.site.rows import confidence

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 60
NEVER = "1970-01-01T00:00:00Z"

CHANGES = """
SELECT c.id, c.event_id, c.changed, c.field, c.old, c.new, c.why, e.summary, e.platform_id, e.action, e.country,
    e.status, e.confidence, e.reviewed, (SELECT v.quote FROM evidence v WHERE v.event_id = e.id AND v.field = 'event'
               ORDER BY v.document_id, v.start LIMIT 1) AS quote
FROM changes c JOIN events e ON e.id = c.event_id WHERE {where} ORDER BY c.id DESC LIMIT {limit}"""
COMING = """
SELECT e.id, e.date, e.summary, e.status, e.announced, e.last_changed FROM events e
WHERE {where} AND e.date_precision = 'day' AND e.date > (SELECT substr(max(finished), 1, 10) FROM runs)
ORDER BY e.date, e.id LIMIT 500"""


async def atom(datasette: Any, request: Any) -> Response:
    """/feeds/changes.atom, of all events or of those that filters ask for; an entry a change, the latest first."""
    filters = read_filters(request.args)
    where, params = filters.where(await found_by(datasette, filters, ENTRIES))
    found = await ask(datasette, {"changes": (CHANGES.format(where=where, limit=ENTRIES), params)})
    body = tostring(_feed(datasette, request, filters, found["changes"]), encoding="utf-8", xml_declaration=True)
    return _answer(body.decode(), "application/atom+xml; charset=utf-8")


def _feed(datasette: Any, request: Any, filters: Filters, changes: list[Row]) -> Element:
    links = links_of(datasette, request)
    address = links.page("feeds/changes.atom" + (f"?{filters.query()}" if not filters.empty else ""))
    feed = Element("feed", {"xmlns": ATOM})
    _text(feed, "id", address)
    _text(feed, "title", f"Splinterlog: {_said(filters)}")
    _text(feed, "updated", changes[0]["changed"] if changes else NEVER)
    SubElement(feed, "link", {"rel": "self", "href": address})
    SubElement(feed, "link", {"rel": "alternate", "href": links.find(filters.query())})
    _text(SubElement(feed, "author"), "name", "Splinterlog")
    _text(feed, "rights", "CC BY 4.0")
    for change in changes:
        _entry(feed, change, links.event(change["event_id"]))
    return feed


def _entry(feed: Element, change: Row, address: str) -> None:
    entry = SubElement(feed, "entry")
    _text(entry, "id", f"{address}#change-{change['id']}")
    _text(entry, "title", f"{in_words(change)}: {change['summary'] or change['event_id']}")
    _text(entry, "updated", change["changed"])
    SubElement(entry, "link", {"rel": "alternate", "href": address})
    for name in ("platform_id", "action", "country", "status"):
        if change[name]:
            SubElement(entry, "category", {"term": change[name], "scheme": name.removesuffix("_id")})
    quote = f"\n“{change['quote']}”" if change["quote"] else ""
    _text(entry, "content", f"{in_words(change)} ({change['why']}). {how_sure(change)}{quote}").set("type", "text")


def in_words(change: Row) -> str:
    """What changed, in a line."""
    if change["field"] == "event":
        return "New" if change["old"] is None else "Gone"
    old, new = (value if value is not None else "unknown" for value in (change["old"], change["new"]))
    return f"{change['field'].replace('_', ' ').capitalize()}: {old} → {new}"


def how_sure(change: Row) -> str:
    """How sure the reading of its event is, in a sentence."""
    known = confidence(change)
    return "Checked by a person." if known == "checked" else f"Confidence of the reading: {known or 'not known'}."


def _said(filters: Filters) -> str:
    told = [f"{name} {', '.join(ids)}" for name, ids in filters.ids.items()]
    told += [f"{name} {value}" for name, value in (("from", filters.first), ("to", filters.last)) if value]
    told += [f"confidence {filters.confidence} or more"] if filters.confidence else []
    told += [f"“{filters.words}”"] if filters.words else []
    return "; ".join(told) or "all changes"


def _text(parent: Element, name: str, words: str) -> Element:
    child = SubElement(parent, name)
    child.text = whole_characters(words)
    return child


async def calendar(datasette: Any, request: Any) -> Response:
    """/feeds/coming.ics: events that are dated after the last refresh, a day each."""
    where, params = read_filters(request.args).where()
    found = await ask(datasette, {"coming": (COMING.format(where=where), params)})
    links = links_of(datasette, request)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Splinterlog//Coming events//EN", "X-WR-CALNAME:Splinterlog"]
    for event in found["coming"]:
        lines += _day(event, links.event(event["id"]))
    body = "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))
    return _answer(body, "text/calendar; charset=utf-8")


def _day(event: Row, address: str) -> list[str]:
    stamp = (event["last_changed"] or NEVER).replace("-", "").replace(":", "")
    first = date.fromisoformat(event["date"])
    return [
        "BEGIN:VEVENT",
        f"UID:{event['id']}@splinterlog",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{first + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(event['summary'] or event['id'])}",
        f"STATUS:{'TENTATIVE' if event['status'] == 'threatened' else 'CONFIRMED'}",
        f"URL:{address}",
        "END:VEVENT",
    ]


def _escaped(words: str) -> str:
    """Text as RFC 5545, 3.3.11, has it."""
    words = whole_characters(words)
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return "\\n".join(words.splitlines())


def _folded(line: str) -> list[str]:
    """Lines of 75 octets at most, the further ones after a space (RFC 5545, 3.1)."""
    parts, current = [], ""
    for sign in line:
        if len((current + sign).encode()) > 74:
            parts.append(current)
            current = " "
        current += sign
    return [*parts, current]


def _answer(body: str, kind: str) -> Response:
    return Response(body, content_type=kind, headers={"Access-Control-Allow-Origin": "*"})
