"""Where an action holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from nlp.authority import authority_of
from nlp.jurisdiction import countries_of, document_country

PLACED = [
    ("Italy blocked Viber", ["IT"], "actor"),
    ("Viber was blocked by the Italian government", ["IT"], "actor"),
    ("Ofcom blocked Viber", ["GB"], "actor"),
    ("Viber was blocked in Italy", ["IT"], "place"),
    ("Viber was blocked in Italy and Spain", ["IT", "ES"], "place"),
    ("Viber was blocked in countries like Italy", ["IT"], "place"),
    ("Chinese-owned Viber was blocked in Italy", ["IT"], "place"),
    ("The Viber ban angers Italian users", ["IT"], "beside"),
    ("Viber was blocked", [], ""),
]


@pytest.mark.parametrize(("text", "countries", "basis"), PLACED)
def test_countries(read: Callable[..., Doc], text: str, countries: list[str], basis: str) -> None:
    doc = read(text)
    frame = doc._.frames[0]
    found = countries_of(frame, authority_of(frame))
    assert sorted(each.value for each in found) == sorted(countries)
    assert {each.basis for each in found} == ({basis} if basis else set())
    assert all(0 <= each.start < each.end <= len(doc.text) for each in found)


def test_a_country_that_acts_comes_before_one_that_only_stands_there(read: Callable[..., Doc]) -> None:
    (frame, *_) = read("Italy banned Viber, an app popular in Spain")._.frames
    first, *_ = countries_of(frame, None)
    assert first.value == "IT"


def test_a_document_is_about_the_country_that_it_names_most(read: Callable[..., Doc]) -> None:
    assert (found := document_country(read("Apps", "Italy, Italy and Spain."))) and found.value == "IT"


def test_the_title_counts_more_than_the_text(read: Callable[..., Doc]) -> None:
    assert (found := document_country(read("Spain acts", "Italy. Italy."))) and found.value == "ES"


def test_a_document_without_places_is_about_none(read: Callable[..., Doc]) -> None:
    assert document_country(read("Apps", "Nothing here.")) is None
