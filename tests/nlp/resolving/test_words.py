"""What the words behind a mention tell."""

from __future__ import annotations

import pytest

from data.reference import load_reference
from nlp.resolving.words import Regions

REFERENCE = load_reference()
REGIONS = Regions(REFERENCE)


@pytest.mark.parametrize(
    ("country", "text", "regions"),
    [
        ("US", "Montana bans TikTok before Texas does", {"US-MT", "US-TX"}),
        ("CA", "Montana bans TikTok before Texas does", set()),
        (None, "Montana bans TikTok", set()),
    ],
)
def test_regions_that_a_text_names(country: str | None, text: str, regions: set[str]) -> None:
    assert REGIONS.named(country, text) == regions


@pytest.mark.parametrize("country", sorted({each.country for each in REFERENCE.regions.values()}))
def test_a_text_without_regions_names_none(country: str) -> None:
    assert REGIONS.named(country, "words that are the name of no place") == set()
