"""What news call an authority without its name: "Italy's privacy watchdog" where Italy has one of that kind.

Europe is left out: "the European regulator" is as often a national one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from data.reference.models import Authority, Country


def described(
    authorities: Iterable[Authority], countries: Mapping[str, Country], phrases: Mapping[str, list[str]]
) -> dict[str, Authority]:
    """The authorities by id, with such descriptions among their aliases; `phrases` are those of each type."""
    rows = list(authorities)
    whole = [row for row in rows if not row.region and not row.parent]
    many = Counter((row.country, kind) for row in whole for kind in row.types)
    return {row.id: _with_descriptions(row, countries, phrases, many) for row in rows}


def _with_descriptions(
    row: Authority,
    countries: Mapping[str, Country],
    phrases: Mapping[str, list[str]],
    many: Counter[tuple[str | None, str]],
) -> Authority:
    country = countries.get(row.country or "")
    if country is None or country.code == "EU" or row.region or row.parent:
        return row
    alone = [kind for kind in row.types if many[row.country, kind] == 1]
    found = [f"{owner} {phrase}" for kind in alone for phrase in phrases.get(kind, []) for owner in _owners(country)]
    return row.model_copy(update={"aliases": tuple(dict.fromkeys((*row.aliases, *found)))})


def _owners(country: Country) -> Iterator[str]:
    for name in (country.name, *country.aliases):
        if name not in country.ambiguous_aliases:
            yield from (f"{name}'s", f"{name}’s")
    yield from (adjective for adjective in country.adjectives if adjective not in country.ambiguous_aliases)
