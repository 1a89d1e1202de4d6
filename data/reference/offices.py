"""Offices that every state of a federation has, as authorities: its governor, attorney general and legislature."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from data.reference.models import Authority, Region

STATE = re.compile(r"[A-Z]{2}-[A-Z]{2}")
"""ISO 3166-2 codes of states, not the longer ones that we gave to cities."""


def with_offices(
    authorities: Mapping[str, Authority], regions: Iterable[Region], offices: Iterable[Mapping[str, Any]]
) -> dict[str, Authority]:
    """The authorities by id, with the `offices` (rows with {code} and {name} to fill) of all states of a country."""
    states = [region for region in regions if STATE.fullmatch(region.id)]
    made = [_office(office, region) for office in offices for region in states if region.country == office["country"]]
    return dict(authorities) | {office.id: _joined(authorities.get(office.id), office) for office in made}


def _office(office: Mapping[str, Any], region: Region) -> Authority:
    words = {"code": region.id.split("-")[1].lower(), "name": region.name}
    filled = {key: list(_filled(value, words)) if isinstance(value, list) else value for key, value in office.items()}
    named = {key: office[key].format(**words) for key in ("id", "name")}
    return Authority.model_validate(filled | named | {"region": region.id})


def _filled(values: Iterable[str], words: Mapping[str, str]) -> Iterator[str]:
    return (value.format(**words) for value in values)


def _joined(row: Authority | None, office: Authority) -> Authority:
    """A listed row keeps its own name and gains the names, kinds and region of the office."""
    if row is None:
        return office
    names = (name for name in (*row.aliases, office.name, *office.aliases) if name != row.name)
    kinds = dict.fromkeys((*row.also_types, *office.also_types))
    update = {"aliases": tuple(dict.fromkeys(names)), "also_types": tuple(kinds), "region": office.region}
    return row.model_copy(update=update)
