"""What the cells of data sets mean: days, sums, countries, authorities, platforms."""

from __future__ import annotations

import pytest

from data.curated import load_data_sets
from data.curated.names import Names
from data.curated.places import Places
from data.curated.values import day, money
from data.reference import load_reference

REFERENCE = load_reference()
STOP, GDPRHUB = load_data_sets()


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("43187.0", "2018-03-28"),
        ("42395", "2016-01-26"),
        ("2021-02-08", "2021-02-08"),
        ("08/02/2021", "2021-02-08"),
        ("4/1/2018 upon a visit", None),
        ("12", None),
        ("99999", None),
        ("", None),
    ],
)
def test_days(cell: str, iso: str | None) -> None:
    assert day(cell, STOP.dates) == iso


def test_days_with_spaces_in_them() -> None:
    assert day("31. 01. 2020", GDPRHUB.dates) == "2020-01-31"


@pytest.mark.parametrize(
    ("cell", "sum_"),
    [
        ("20,000 EUR", (20_000, "EUR")),
        ("25.000 EUR", (25_000, "EUR")),
        ("4 000 EUR", (4_000, "EUR")),
        ("2,000,000.00 EUR", (2_000_000, "EUR")),
        ("1.234.567,89 EUR", (1_234_567.89, "EUR")),
        ("9.954 RON", (9_954, "RON")),
        ("48.000 €", (48_000, "EUR")),
        ("12.50 GBP", (12.5, "GBP")),
        ("42,000", (42_000, None)),
        ("0", None),
        ("n/a", None),
        ("None", None),
        ("", None),
    ],
)
def test_sums(cell: str, sum_: tuple[float, str | None] | None) -> None:
    assert money(cell) == sum_


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Uganda", "UG"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Tanzania, United Republic of", "TZ"),
        ("SriLanka", "LK"),
        ("Côte d'Ivoire", "CI"),
        ("European Union", "EU"),
        ("Atlantis", None),
    ],
)
def test_countries(cell: str, code: str | None) -> None:
    assert Places(GDPRHUB, REFERENCE).country(cell) == code


@pytest.mark.parametrize(
    ("cell", "country", "authority"),
    [
        ("DPC (Ireland)", "IE", "dpc-ie"),
        ("The Roskomnadzor", "RU", "rkn"),
        ("Board of Nowhere", "IE", "Board of Nowhere"),
        ("n/a", "IE", None),
        ("", "IE", None),
    ],
)
def test_authorities(cell: str, country: str, authority: str | None) -> None:
    assert Places(GDPRHUB, REFERENCE).authority(cell, country) == authority


@pytest.mark.parametrize(
    ("parties", "platforms"),
    [
        ("Google LLCGoogle Ireland Limited", {"google"}),
        ("Uber B.V.Uber Technologies Inc.", {"uber"}),
        ("Meta Platforms Ireland Limited", {"meta"}),
        ("X (the data subject)Y (the controller)", set()),
        ("Municipality of Metaville", set()),
        ("n/a", set()),
    ],
)
def test_parties(parties: str, platforms: set[str]) -> None:
    cells = dict.fromkeys(GDPRHUB.columns, "") | {"parties": parties}
    assert set(Names(GDPRHUB, REFERENCE).of_platforms(cells)) == platforms


@pytest.mark.parametrize(
    ("words", "platforms"),
    [
        ("Twitter and Facebook", {"x", "facebook"}),
        ("social media (WhatsApp, Viber) only", {"whatsapp", "viber"}),
        ("Facebook Messenger", {"messenger"}),
        ("Signal, possibly", {"signal"}),
        ("a signal was lost", set()),
        ("Mobile Internet", set()),
    ],
)
def test_lists(words: str, platforms: set[str]) -> None:
    cells = dict.fromkeys(STOP.columns, "") | {"services": words}
    assert set(Names(STOP, REFERENCE).of_platforms(cells)) == platforms
