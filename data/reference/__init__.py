"""Reference data: platforms, authorities, countries, regions and the closed vocabularies, from the YAML beside this.

People change the YAML; `load_reference` checks every row and names the file, row and field of whatever is wrong.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from data.reference.descriptions import described
from data.reference.models import (
    ActionType,
    Authority,
    Country,
    Ground,
    Named,
    Phase,
    Platform,
    Region,
    Row,
    Scope,
    StatusType,
)
from data.reference.offices import with_offices
from data.reference.publishers import homes_of

__all__ = [
    "ActionType",
    "Authority",
    "Country",
    "Ground",
    "Phase",
    "Platform",
    "Reference",
    "ReferenceDataError",
    "Region",
    "Scope",
    "StatusType",
    "load_reference",
]

FOLDER = Path(__file__).parent
Kind = TypeVar("Kind", bound=Row)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ReferenceDataError(ValueError):
    """A reference file that cannot be used: which file, row and field, why, and what would be right."""


@dataclass(frozen=True, slots=True)
class Reference:
    """All rows by id (countries by code). `redirects` leads from an id that went to the one that took over.

    `publishers`: countries by the domains, and endings of domains, whose publishers are at home there.
    """

    platforms: dict[str, Platform]
    authorities: dict[str, Authority]
    countries: dict[str, Country]
    regions: dict[str, Region]
    actions: dict[str, ActionType]
    statuses: dict[str, StatusType]
    phases: dict[str, Phase]
    grounds: dict[str, Ground]
    scopes: dict[str, Scope]
    redirects: dict[str, str]
    publishers: dict[str, str]


@cache
def load_reference(folder: Path = FOLDER) -> Reference:
    """Read and check all files of `folder`, once. Raises ReferenceDataError for the first file with something wrong."""
    platforms, authorities = _read(folder, "platforms", Platform), _read(folder, "authorities", Authority)
    countries, regions = _read(folder, "countries", Country), _read(folder, "regions", Region)
    authorities = with_offices(authorities, regions.values(), _yaml(folder / "offices.yaml", list))
    reference = Reference(
        platforms=platforms,
        authorities=described(authorities.values(), countries, _yaml(folder / "descriptions.yaml", dict)),
        countries=countries,
        regions=regions,
        actions=_read(folder, "actions", ActionType),
        statuses=_read(folder, "statuses", StatusType),
        phases=_read(folder, "phases", Phase),
        grounds=_read(folder, "grounds", Ground),
        scopes=_read(folder, "scopes", Scope),
        redirects=_redirects(*platforms.values(), *authorities.values()),
        publishers=homes_of(countries, _yaml(folder / "publishers.yaml", dict)),
    )
    _check_links(reference)
    return reference


def _yaml(path: Path, shape: type[list[Any]] | type[dict[str, Any]]) -> Any:
    try:
        content = yaml.load(path.read_text("utf-8"), Loader=_Loader)
    except (OSError, yaml.YAMLError) as error:
        raise ReferenceDataError(f"{path.name}: {error}") from error
    if not isinstance(content, shape):
        raise ReferenceDataError(f"{path.name}: a {shape.__name__} is wanted, found a {type(content).__name__}")
    return content


def _read(folder: Path, name: str, kind: type[Kind]) -> dict[str, Kind]:
    path = folder / f"{name}.yaml"
    entries = _yaml(path, list)
    rows: dict[str, Kind] = {}
    for number, entry in enumerate(entries, 1):
        row = _row(path, number, entry, kind)
        if row.id in rows:
            raise ReferenceDataError(f"{path.name}: {row.id}: id: stands twice; remove one of the two rows")
        rows[row.id] = row
    return rows


def _row(path: Path, number: int, entry: Any, kind: type[Kind]) -> Kind:
    try:
        return kind.model_validate(entry)
    except ValidationError as error:
        known = entry if isinstance(entry, dict) else {}
        label = known.get("id") or known.get("code") or f"row {number}"
        wrong = ("{}: {}".format(".".join(map(str, e["loc"])) or "row", e["msg"]) for e in error.errors())
        raise ReferenceDataError(f"{path.name}: {label}: " + "; ".join(wrong)) from error


def _redirects(*rows: Named) -> dict[str, str]:
    return {former: row.id for row in rows for former in row.former_ids}


def _links(reference: Reference) -> Iterator[tuple[str, str, str, str | None, Container[str]]]:
    """(file, row, field, the id that it names, where that must exist) for every reference between rows."""
    for p in reference.platforms.values():
        yield "platforms.yaml", p.id, "parent", p.parent, reference.platforms
        for other in chain.from_iterable(p.shared_aliases.values()):
            yield "platforms.yaml", p.id, "shared_aliases", other, reference.platforms
    for a in reference.authorities.values():
        yield "authorities.yaml", a.id, "country", a.country, reference.countries
        yield "authorities.yaml", a.id, "region", a.region, reference.regions
        yield "authorities.yaml", a.id, "parent", a.parent, reference.authorities
    for r in reference.regions.values():
        yield "regions.yaml", r.id, "country", r.country, reference.countries
    for domain, country in reference.publishers.items():
        yield "publishers.yaml", domain, "country", country, reference.countries


def _check_links(reference: Reference) -> None:
    for file, row, field, target, rows in _links(reference):
        if target is not None and target not in rows:
            raise ReferenceDataError(f"{file}: {row}: {field}: no row has the id {target!r}; add it or correct the id")
