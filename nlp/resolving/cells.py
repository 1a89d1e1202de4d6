"""Cells: what can be resolved apart from all else. A mention's cell is the owner of its platform and where that is.

The member states of the Union are one area with it, since its law is applied by both. A mention that tells no country
is at home where those are that bear what it seeks: its action, about its day, or its sum. So its home depends on
mentions that bear one of its marks, and on no others; where they are of two areas it stays without.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from data.models import Mention, StoredMention
from data.reference import Reference
from nlp.resolving.amounts import TOLERANCE, sizes
from nlp.resolving.kin import akin, lineage
from nlp.resolving.spans import span

UNION = "EU"
NEAR = 3
"""Days between two dates that may be one day, told by two documents."""
MONTH = 31


class Cell(NamedTuple):
    """`family`: the id at the root of the platform's owners; `area`: a country, "EU" for all of it, "" for none."""

    family: str
    area: str


class Cells:
    """Finds the cell of a mention."""

    def __init__(self, reference: Reference) -> None:
        self._families = {each: lineage(each, reference.platforms)[-1] for each in reference.platforms}
        self._union = {*reference.countries[UNION].members, UNION}

    def told(self, mention: Mention) -> Cell:
        """The cell that a mention tells by itself."""
        return self.cell(mention.platform, mention.country)

    def cell(self, platform: str, country: str | None) -> Cell:
        """The cell of what is done to a platform in a country."""
        area = UNION if country in self._union else country
        return Cell(self._families.get(platform, platform), area or "")

    def bears(self, mention: Mention) -> frozenset[str]:
        """The marks by which a mention that tells its country gives others a home."""
        return frozenset() if mention.country is None else self._marks(mention, [mention.action], 0)

    def seeks(self, mention: Mention) -> frozenset[str]:
        """The marks that decide the home of a mention that tells no country."""
        return self._marks(mention, akin(mention.action), NEAR) if mention.country is None else frozenset()

    def home(self, mention: Mention, areas: Iterable[str]) -> Cell:
        """The cell of a mention, `areas` being those in which a mention bears what it seeks."""
        own, found = self.told(mention), set(areas)
        return own if mention.country or len(found) != 1 else Cell(own.family, *found)

    def _marks(self, mention: Mention, actions: Iterable[str], near: int) -> frozenset[str]:
        family, what = self.told(mention).family, [*_days(mention.date, near)]
        if mention.amount and mention.amount > 0:
            what += [f"{mention.currency} {size}" for size in sizes(mention.amount, TOLERANCE)]
        return frozenset(f"{family} {action} {each}" for action in actions for each in what)


def cells(mentions: Iterable[StoredMention], reference: Reference) -> dict[Cell, list[StoredMention]]:
    """All mentions by cell, in the order given. Pure; the cells do not depend on the order."""
    finder, stored = Cells(reference), list(mentions)
    areas = _areas(finder, stored)
    found: dict[Cell, list[StoredMention]] = defaultdict(list)
    for each in stored:
        sought = (area for mark in finder.seeks(each.mention) for area in areas.get(mark, ()))
        found[finder.home(each.mention, sought)].append(each)
    return dict(found)


def _areas(finder: Cells, mentions: Iterable[StoredMention]) -> Mapping[str, set[str]]:
    """The areas of those that bear each mark."""
    areas: dict[str, set[str]] = defaultdict(set)
    for each in mentions:
        for mark in finder.bears(each.mention):
            areas[mark].add(finder.told(each.mention).area)
    return areas


def _days(text: str | None, near: int) -> Iterator[str]:
    """The days of a date, and those up to `near` from it. A year could be anything."""
    own = span(text)
    if own and own.last - own.first <= MONTH:
        first, last = max(own.first - near, date.min.toordinal()), min(own.last + near, date.max.toordinal())
        yield from (str(date.fromordinal(day)) for day in range(first, last + 1))
