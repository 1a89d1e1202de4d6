"""Laws over the reference data, and what a wrong file is told."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import pytest
import yaml

from data.models import Action, Status
from data.reference import FOLDER, Reference, ReferenceDataError, load_reference

REFERENCE = load_reference()


def holders(reference: Reference, kind: str) -> Iterable[tuple[str, str, bool, bool]]:
    """(name, whose, ambiguous there, declared shared) for every name of one kind of row."""
    if kind == "platforms":
        for p in reference.platforms.values():
            yield from ((n, p.id, p.needs_context(n), n in p.shared_aliases) for n in p.all_names)
    elif kind == "authorities":
        for a in reference.authorities.values():
            yield from ((n, a.id, n in a.ambiguous_aliases, True) for n in a.all_names)
    else:
        for c in reference.countries.values():
            yield from ((n, c.code, n in c.ambiguous_aliases, True) for n in c.all_names)
        for r in reference.regions.values():
            yield from ((n, r.country, n in r.ambiguous_aliases, True) for n in r.all_names)


@pytest.mark.parametrize("kind", ["platforms", "authorities", "places"])
def test_a_name_of_two_rows_is_ambiguous_on_both(kind: str) -> None:
    owners: dict[str, list[tuple[str, bool, bool]]] = defaultdict(list)
    for name, whose, ambiguous, shared in holders(REFERENCE, kind):
        owners[name].append((whose, ambiguous, shared))
    clashes = {name: rows for name, rows in owners.items() if len({whose for whose, *_ in rows}) > 1}
    assert clashes, "the law needs a case"
    assert {n: rows for n, rows in clashes.items() if not all(weak and shared for _, weak, shared in rows)} == {}


def test_shared_aliases_are_told_by_both_sides() -> None:
    for platform in REFERENCE.platforms.values():
        for name, others in platform.shared_aliases.items():
            for other in others:
                assert platform.id in REFERENCE.platforms[other].shared_aliases[name]


def test_no_platform_is_its_own_ancestor() -> None:
    for platform in REFERENCE.platforms.values():
        seen, parent = {platform.id}, platform.parent
        while parent:
            assert parent not in seen, f"{platform.id}: parents go round"
            seen.add(parent)
            parent = REFERENCE.platforms[parent].parent


def test_ids_that_went_are_free() -> None:
    assert not REFERENCE.redirects.keys() & (REFERENCE.platforms.keys() | REFERENCE.authorities.keys())
    assert REFERENCE.redirects["max-streaming"] == "hbo-max"


def test_vocabularies_are_those_of_the_models() -> None:
    assert tuple(REFERENCE.actions) == get_args(Action)
    assert tuple(REFERENCE.statuses) == get_args(Status)


def test_countries_are_whole() -> None:
    assert len(REFERENCE.countries) == 249 + len({"EU", "XK"})
    assert all(country.names.get("ru") for country in REFERENCE.countries.values())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Russia", "RU"),
        ("российский", "RU"),
        ("Kremlin", "RU"),
        ("Turkish", "TR"),
        ("Brussels", "EU"),
        ("Whitehall", "GB"),
    ],
)
def test_what_stands_for_a_country(name: str, code: str) -> None:
    assert name in REFERENCE.countries[code].all_names


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("Italy's privacy watchdog", {"garante-it"}),
        ("British competition watchdog", {"cma-gb"}),
        ("German data regulator", {"bfdi-de"}),
        ("Australian media regulator", set()),
    ],
)
def test_only_a_lone_authority_is_known_by_its_kind(words: str, who: set[str]) -> None:
    assert {a.id for a in REFERENCE.authorities.values() if words in a.all_names} == who


@pytest.mark.parametrize(
    ("id", "name", "region"),
    [
        ("us-wy-governor", "Wyoming governor", "US-WY"),
        ("us-mt-governor", "Greg Gianforte", "US-MT"),
        ("caag-us", "Rob Bonta", "US-CA"),
        ("ohag-us", "Ohio's attorney general", "US-OH"),
        ("us-tn-legislature", "Tennessee lawmakers", "US-TN"),
    ],
)
def test_every_state_has_its_offices(id: str, name: str, region: str) -> None:
    office = REFERENCE.authorities[id]
    assert name in office.all_names
    assert (office.country, office.region) == ("US", region)


def test_a_part_lies_in_the_country_of_the_whole() -> None:
    rows = REFERENCE.authorities
    parts = [row for row in rows.values() if row.parent]
    assert parts
    assert [row.id for row in parts if row.country != rows[str(row.parent)].country] == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in FOLDER.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "rows", "told"),
    [
        ("grounds.yaml", [{"id": "tax", "name": "Tax"}], "grounds.yaml: tax: description: Field required"),
        ("grounds.yaml", [{"id": "tax", "name": "T", "description": "d"}] * 2, "grounds.yaml: tax: id: stands twice"),
        ("scopes.yaml", {"id": "app"}, "scopes.yaml: a list is wanted, found a dict"),
        ("scopes.yaml", ["app"], "scopes.yaml: row 1: row: "),
        (
            "platforms.yaml",
            [{"id": "a", "name": "A", "category": "app", "alias": []}],
            "platforms.yaml: a: alias: Extra",
        ),
        (
            "platforms.yaml",
            [{"id": "a", "name": "A", "category": "app", "parent": "b"}],
            "a: parent: no row has the id 'b'",
        ),
        (
            "platforms.yaml",
            [{"id": "a", "name": "A", "category": "app", "ambiguous": True}],
            "a: row: Value error, context_",
        ),
        (
            "authorities.yaml",
            [{"id": "a", "name": "A", "type": "court", "country": "ZZ"}],
            "a: country: no row has the id 'ZZ'",
        ),
        (
            "regions.yaml",
            [{"id": "US_CA", "name": "California", "country": "US"}],
            "regions.yaml: US_CA: id: String should",
        ),
    ],
)
def test_a_wrong_row_is_named(folder: Path, file: str, rows: object, told: str) -> None:
    (folder / file).write_text(yaml.safe_dump(rows), "utf-8")
    with pytest.raises(ReferenceDataError) as error:
        load_reference(folder)
    assert told in str(error.value)


def test_broken_yaml_is_named(folder: Path) -> None:
    (folder / "actions.yaml").write_text("- id: [block", "utf-8")
    with pytest.raises(ReferenceDataError, match=r"actions\.yaml: "):
        load_reference(folder)
