"""What one subscriber is told: the changes of the events that were asked for, as JSON and as a letter."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from datasette_config.digest.subscriptions import Subscription, Subscriptions, filters_of
from datasette_config.site.following import CHANGES, how_sure, in_words
from datasette_config.site.links import Links
from datasette_config.site.reading import Row

MOST = 100
"""How many changes are told one by one; of more the number."""
NEW = "SELECT coalesce(max(id), 0) FROM changes WHERE changed < (SELECT started FROM runs ORDER BY id DESC LIMIT 1)"
"""The last change before the last refresh: who subscribes is told of what that brought."""
LAST = "SELECT coalesce(max(id), 0) FROM changes"


@dataclass(frozen=True)
class Digest:
    """What a subscriber is told, the latest change first."""

    name: str
    site: str
    changes: tuple[Row, ...]
    number: int
    """How many changes there are, those included that are not told one by one."""
    new: int
    """How many of them are events that appeared."""
    address: str
    """The list of the events that were asked for."""

    @property
    def title(self) -> str:
        """What it is, in one line."""
        told = [f"{self.new} new event{'' if self.new == 1 else 's'}"] if self.new else []
        others = self.number - self.new
        told += [f"{others} change{'' if others == 1 else 's'}"] if others else []
        return f"Splinterlog: {', '.join(told)} ({self.name})"

    @property
    def text(self) -> str:
        """The letter: an event a paragraph, with what changed in it, the words that say so, and its address."""
        events: dict[str, list[Row]] = {}
        for change in self.changes:
            events.setdefault(change["event_id"], []).append(change)
        told = [_paragraph(changes) for changes in events.values()]
        more = self.number - len(self.changes)
        rest = [f"And {more} changes more."] if more else []
        return "\n\n".join([*told, *rest, f"All events: {self.address}"]) + "\n"

    @property
    def json(self) -> Row:
        """The same for programs. `text` is what chat programs show of a message."""
        return {
            "name": self.name,
            "site": self.site,
            "text": f"{self.title}\n\n{self.text}",
            "number": self.number,
            "changes": list(self.changes),
        }


def write(db: sqlite3.Connection, said: Subscriptions, subscription: Subscription, after: int, until: int) -> Digest:
    """The changes behind the one numbered `after`, up to `until`."""
    filters, links = filters_of(subscription.filters), Links(said.site)
    where, params = filters.where()
    where, params = f"({where}) AND c.id > :after AND c.id <= :until", params | {"after": after, "until": until}
    rows = [dict(row) for row in db.execute(CHANGES.format(where=where, limit=-1), params)]
    changes = tuple(row | {"url": links.event(row["event_id"])} for row in rows[:MOST])
    new = sum(row["field"] == "event" and row["old"] is None for row in rows)
    return Digest(subscription.name, links.root, changes, len(rows), new, links.find(filters.query()))


def _paragraph(changes: list[Row]) -> str:
    first = changes[0]
    told = [first["summary"] or first["event_id"]]
    told += [f"  {in_words(change)} ({change['why']})" for change in changes]
    told += [f"  “{first['quote']}”"] if first["quote"] else []
    return "\n".join([*told, f"  {how_sure(first)}", f"  {first['url']}"])
