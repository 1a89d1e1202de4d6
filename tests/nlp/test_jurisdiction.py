"""Where an action holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from nlp.authority import authority_of
from nlp.jurisdiction import countries_of, fellows_of

PLACED = [
    ("Italy blocked Viber", ["IT"], "actor"),
    ("Viber was blocked by the Italian government", ["IT"], "actor"),
    ("Ofcom blocked Viber", ["GB"], "actor"),
    ("Viber was blocked in Italy", ["IT"], "place"),
    ("Viber was blocked in Italy and Spain", ["IT", "ES"], "place"),
    ("Viber was blocked in countries like Italy", ["IT"], "place"),
    ("Chinese-owned Viber was blocked in Italy", ["IT"], "place"),
    ("The Viber ban angers Italian users", ["IT"], "beside"),
    ("Russia is angry at Italy over the Viber ban", ["IT"], "beside"),  # who only speaks of it acts not
    ("Viber was fined for posts on the war in Ukraine", ["UA"], "beside"),  # where another thing is
    ("Viber, which is controlled by China, was banned in Italy", ["CN", "IT"], ""),  # whose it is
    ("Viber was fined for moving Italian data to servers in India", ["IT"], "beside"),  # the far end
    ("Viber was fined over EU-US data transfers", ["EU"], "beside"),
    ("Countries that have banned Viber include Italy and Spain", ["IT", "ES"], "place"),
    ("Viber was blocked", [], ""),
]


@pytest.mark.parametrize(("text", "countries", "basis"), PLACED)
def test_countries(read: Callable[..., Doc], text: str, countries: list[str], basis: str) -> None:
    doc = read(text)
    frame = doc._.frames[0]
    found = countries_of(frame, authority_of(frame))
    assert sorted(each.value for each in found) == sorted(countries)
    assert not basis or {each.basis for each in found} == {basis}
    assert all(0 <= each.start < each.end <= len(doc.text) for each in found)


def test_a_country_that_acts_comes_before_one_that_only_stands_there(read: Callable[..., Doc]) -> None:
    (frame, *_) = read("Italy banned Viber, an app popular in Spain")._.frames
    first, *_ = countries_of(frame, None)
    assert first.value == "IT"


@pytest.mark.parametrize(
    "text",
    [
        "Viber was fined months after it went public in India, against the wishes of Chinese regulators",
        "Viber was fined as users from India asked the Chinese government why",
        "Viber, which is controlled by India, was fined in China",
    ],
)
def test_a_country_with_an_institution_comes_before_others_that_are_only_named(
    read: Callable[..., Doc], text: str
) -> None:
    first, *_ = countries_of(read(text)._.frames[0], None)
    assert first.value == "CN"


@pytest.mark.parametrize(
    ("text", "fellows"),
    [
        ("Norway joins Denmark and Finland in banning Viber", ["DK", "FI"]),
        ("Norway banned Viber, following similar moves by Denmark and Finland", ["DK", "FI"]),
        ("Norway follows the example of Denmark in banning Viber", ["DK"]),
        (
            "Norway banned Viber, a step that other countries, like Denmark and Finland, have already taken",
            ["DK", "FI"],
        ),
        ("Norway banned Viber, following an attack on Denmark", []),
        ("Norway banned Viber in 2024", []),
    ],
)
def test_countries_that_do_the_like(read: Callable[..., Doc], text: str, fellows: list[str]) -> None:
    found = countries_of(read(text)._.frames[0], None)
    assert sorted(each.value for each in found if each.basis == "fellow") == fellows
    assert [each.value for each in found if each.basis == "actor"] == ["NO"]


def test_authorities_that_do_the_like(read: Callable[..., Doc]) -> None:
    (frame, *_) = read("Denmark banned Viber, following a similar move by Ofcom")._.frames
    ((authority, home),) = fellows_of(frame)
    assert (authority.value, home.value) == ("ofcom-gb", "GB")


def test_parts_of_a_country_are_told_apart(read: Callable[..., Doc]) -> None:
    found = countries_of(read("Utah, Alabama ban Viber")._.frames[0], None)
    assert sorted((each.value, each.region) for each in found) == [("US", "US-AL"), ("US", "US-UT")]
