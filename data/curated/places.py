"""Where and who cells mean: countries and authorities by their names in the reference."""

from __future__ import annotations

import re

from data.curated.dataset import DataSet, normal
from data.reference import Reference

_BRACKETS = re.compile(r"\s*\(([^)]*)\)")


class Places:
    """Countries and authorities as a data set writes them."""

    def __init__(self, dataset: DataSet, reference: Reference) -> None:
        self.nobody = {"", *map(normal, dataset.nobody)}
        countries, authorities = reference.countries.values(), reference.authorities.values()
        self.countries = {_plain(name): each.id for each in countries for name in (each.name, *each.aliases)}
        self.countries |= {_plain(name): code for name, code in dataset.countries.items()}
        self.authorities = {(normal(name), each.country): each.id for each in authorities for name in each.all_names}

    def country(self, cell: str) -> str | None:
        """The code of a country by any of its names, also "Iran (Islamic Republic of)", "Tanzania, Republic of"."""
        spellings = (_plain(cell), _plain(re.split(r"[(,]", cell)[0]))
        return next((self.countries[each] for each in spellings if each in self.countries), None)

    def authority(self, cell: str, country: str | None) -> str | None:
        """The id of a listed authority of that country by one of its names, else the words; None for nobody."""
        if normal(cell) in self.nobody:
            return None
        bare = _BRACKETS.sub("", cell)
        names = [cell, bare, re.sub(r"^the ", "", bare, flags=re.I), *_BRACKETS.findall(cell)]
        found = (self.authorities.get((normal(name), country)) for name in names)
        return next(filter(None, found), cell)


def _plain(name: str) -> str:
    """A country's name without case, spaces, marks and small words."""
    return re.sub(r"\b(of|the|and)\b|\W", "", name.casefold())
