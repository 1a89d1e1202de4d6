"""The archive's part about where mentions belong: their cells (nlp.resolving.cells) and the events that they tell."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import NamedTuple

from sqlite_utils import Database

from data.archive_readings import MENTIONS, stored_mention
from data.memory import Key
from data.models import Mention, StoredMention

Cell = tuple[str, str]
"""Family and area of a mention."""
_PLACED = MENTIONS.replace("evidence", "'[]'", 1).replace(" FROM", ", family, area FROM")
_LOST = """
SELECT document_id, ordinal, event, platform, action, status, date, country, amount, currency, family, area FROM lost"""
_ALIKE = 0.1
"""Sums are looked for this far around one, which is farther than any two that may be one."""


class Placed(NamedTuple):
    """A mention, without its words, and the cell in which the last refresh had it."""

    stored: StoredMention
    cell: Cell


class CellStore:
    """Where the mentions of the archive that `db` is belong."""

    db: Database

    def places(self) -> dict[Key, Cell]:
        """The cell in which the last refresh had each mention; of new ones, None twice."""
        rows = self.db.execute("SELECT document_id, ordinal, family, area FROM mentions")
        return {(document, ordinal): (family, area) for document, ordinal, family, area in rows}

    def unplaced(self) -> list[StoredMention]:
        """The mentions that no refresh has seen yet."""
        return [stored_mention(row) for row in self.db.execute(f"{MENTIONS} WHERE family IS NULL")]

    def lost(self) -> list[Placed]:
        """The mentions of the last refresh that documents, read anew, tell no longer or in other words."""
        return [
            Placed(StoredMention(row[0], row[1], Mention(row[3], row[4], row[5], date=row[6], country=row[7],
                                                         amount=row[8], currency=row[9]), row[2]), (row[10], row[11]))
            for row in self.db.execute(_LOST)
        ]  # fmt: skip

    def mentions_in(self, cells: Collection[Cell]) -> Iterator[Placed]:
        """What the last refresh had in these cells, words included."""
        for cell in sorted(cells):
            rows = self.db.execute(f"{MENTIONS} WHERE family = ? AND area = ? ORDER BY document_id, ordinal", cell)
            yield from (Placed(stored_mention(row), cell) for row in rows)

    def mentions_about(
        self, family: str, months: Collection[str], amounts: Collection[float], *, located: bool
    ) -> Iterator[Placed]:
        """Mentions of a family with a date in one of these months (not those known by year), or about one of these
        sums; those that tell a country or those that tell none. Some come twice."""
        where = f"WHERE family = ? AND country IS {'NOT' if located else ''} NULL AND"
        for month in sorted(months):
            yield from self._placed(f"{where} date >= ? AND date < ?", family, month, f"{month}~")
        for amount in sorted(amounts):
            around = (amount * (1 - _ALIKE), amount * (1 + _ALIKE))
            yield from self._placed(f"{where} amount BETWEEN ? AND ?", family, *around)

    def cells_of(self, events: Collection[str]) -> set[Cell]:
        """The cells whose mentions tell these events."""
        sql = "SELECT DISTINCT family, area FROM mentions WHERE event IN (SELECT value FROM json_each(?))"
        return {(row[0], row[1]) for row in self.db.execute(sql, [json.dumps([*events])]) if row[0] is not None}

    def _placed(self, where: str, *values: str | float) -> Iterator[Placed]:
        for row in self.db.execute(f"{_PLACED} {where}", values):
            yield Placed(stored_mention(row), (row[-2], row[-1]))
