"""What a row states, as mentions: an event for each of its platforms and each thing that the data set tells of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from data.curated.dataset import Choice, DataSet, Telling
from data.curated.values import day, money
from data.curated.written import Places
from data.models import Evidence, Mention

CHOSEN = ("action", "status", "grounds", "scope")


@dataclass(frozen=True, slots=True)
class Stated:
    """One row with its jurisdiction and authority; `places` says where the document shows each column."""

    cells: Mapping[str, str]
    dataset: DataSet
    places: Places
    country: str | None
    authority: str | None

    def mentions(self, platforms: Mapping[str, str]) -> Iterator[Mention]:
        """An event for each platform and telling. `platforms`: by id, the column that names them."""
        for platform, column in platforms.items():
            for telling in self.dataset.tells:
                values = self._values(telling)
                if values:
                    mention = Mention(platform, **values)
                    yield replace(mention, evidence=tuple(self._evidence(telling, column, mention)))

    def _values(self, telling: Telling) -> dict[str, Any]:
        """The fields; none where the action is unknown or a needed column says nothing that can be understood."""
        date = day(self.cells[telling.date], self.dataset.dates)
        amount, currency = (money(self.cells[telling.amount]) if telling.amount else None) or (None, None)
        understood = {telling.date: date, telling.amount or "": amount}
        chosen = {name: self._chosen(getattr(telling, name)) for name in CHOSEN}
        if not chosen["action"] or not all(understood.get(each, self.cells[each]) for each in telling.needs):
            return {}
        told: dict[str, Any] = {"date": date, "date_precision": "day", "date_basis": "stated"} if date else {}
        told |= {"country": self.country, "authority": self.authority, "amount": amount, "currency": currency}
        return told | chosen | {"confidence": self.dataset.confidence}

    def _chosen(self, told: str | Choice | None) -> str | None:
        return told.of(self.cells[told.column]) if isinstance(told, Choice) else told

    def _evidence(self, telling: Telling, platform: str, mention: Mention) -> Iterator[Evidence]:
        """The cell behind each field that has its value from one."""
        choices = {name: getattr(telling, name) for name in CHOSEN}
        columns: dict[str, tuple[str, ...]] = {
            **{name: (each.column,) for name, each in choices.items() if isinstance(each, Choice)},
            "platform": (platform,),
            "country": (self.dataset.country,),
            "authority": self.dataset.authority,
            "date": (telling.date,),
            "amount": (telling.amount or "",),
        }
        for name, sources in columns.items():
            place = next((self.places[each] for each in sources if each in self.places), None)
            if place and getattr(mention, name) is not None:
                yield replace(place, field=name)
