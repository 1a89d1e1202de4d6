"""Sums of events for pages, charts and filters.

A refresh adds what came and takes away what went, so that no reader has to count, and a night costs what is new in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from data.events_schema import quoted

if TYPE_CHECKING:
    from sqlite_utils import Database

FIELDS = {
    "platform": "platform_id",
    "country": "country",
    "action": "action",
    "status": "status",
    "authority": "authority_id",
}
"""The fields by which people filter, with their columns."""
Groups = Mapping[str, str]
"""How events are parted: the SQL of each column of a sum's key. Where one of them is NULL the event is left out."""

_STATUSES = {each: f"status = '{each}'" for each in ("threatened", "reported", "confirmed", "denied")}
_EVENTS = {"events": "1"}
_COUNTS = _EVENTS | _STATUSES
# of whole euros, which add up exactly in whatever order they come
_EUROS = {"amount_eur": "iif(status = 'confirmed', round(ifnull(amount_eur, 0)), 0.0)"}
_MONTH = {"month": "iif(date_precision IN ('day', 'month'), substr(date, 1, 7), NULL)"}
_YEAR = {"year": "substr(date, 1, 4)"}
_ACTION = {"action": "action"}


@dataclass(frozen=True, slots=True)
class Sum:
    """A table of sums: the ways in which it parts events, and the SQL of what it adds up."""

    ways: tuple[Groups, ...]
    measures: Mapping[str, str]

    def of(self, rows: str, sign: str = "1") -> str:
        """The question that sums up a table of events, each row with its `sign`: 1 for what came, -1 for what went."""
        return " UNION ALL ".join(self._of(way, rows, sign) for way in self.ways)

    def _of(self, way: Groups, rows: str, sign: str) -> str:
        keys = ", ".join(f"{sql} AS {name}" for name, sql in way.items())
        added = ", ".join(f"ifnull(sum({sign} * ({sql})), 0) AS {name}" for name, sql in self.measures.items())
        known = " AND ".join(f"{sql} IS NOT NULL" for sql in way.values())
        places = ", ".join(str(number + 1) for number in range(len(way)))
        return f"SELECT {keys}, {added} FROM {rows} WHERE {known} GROUP BY {places}"


def _pair(field: str, other: str) -> Groups:
    value = FIELDS.get(field, "''")
    return {"field": f"'{field}'", "value": value, "other": f"'{other}'", "other_value": FIELDS[other]}


SUMS = {
    "by_month": Sum((_MONTH | _ACTION,), _COUNTS),
    "by_country_action": Sum(({"country": "country"} | _ACTION,), _COUNTS),
    "by_platform_action": Sum(({"platform_id": "platform_id"} | _ACTION,), _COUNTS),
    "by_year": Sum((_YEAR | _ACTION,), _COUNTS),
    "by_country_month": Sum(({"country": "country"} | _MONTH | _ACTION,), _COUNTS),
    "by_platform_month": Sum(({"platform_id": "platform_id"} | _MONTH | _ACTION,), _COUNTS),
    "by_authority_year": Sum(({"authority_id": "authority_id"} | _YEAR | _ACTION,), _COUNTS | _EUROS),
    "by_pair": Sum(
        tuple(_pair(*two) for two in permutations(FIELDS, 2)) + tuple(_pair("", other) for other in FIELDS), _EVENTS
    ),
}
"""Sums by the table that keeps them."""


def add_up(db: Database, moved: str) -> None:
    """Bring all sums to the state after these rows of events came (column `sign`: 1) and went (-1)."""
    for name, each in SUMS.items():
        keys, measures = [*each.ways[0]], [*each.measures]
        differs = " OR ".join(f"{measure} <> 0" for measure in measures)
        plus = ", ".join(f"{measure} = {name}.{measure} + excluded.{measure}" for measure in measures)
        db.execute(f"""INSERT INTO {name} ({quoted(keys + measures)})
            SELECT * FROM ({each.of(moved, "sign")}) WHERE {differs}
            ON CONFLICT ({quoted(keys)}) DO UPDATE SET {plus}""")
        db.execute(f"DELETE FROM {name} WHERE events = 0")
