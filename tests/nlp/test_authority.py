"""Who took an action."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from nlp.authority import authority_of, document_authority


@pytest.mark.parametrize(
    ("text", "authority", "basis"),
    [
        ("Roskomnadzor blocked Viber", "rkn", "actor"),
        ("Viber was blocked by Roskomnadzor", "rkn", "actor"),
        ("Viber was blocked in Russia at noon after a warning from Roskomnadzor", "rkn", "sentence"),
        ("Russia blocked Viber", "", ""),
    ],
)
def test_authorities(read: Callable[..., Doc], text: str, authority: str, basis: str) -> None:
    found = authority_of(read(text)._.frames[0])
    assert (found.value, found.basis) == (authority, basis) if found else not authority


def test_the_authority_of_a_document_is_the_nearest_of_that_country(read: Callable[..., Doc]) -> None:
    doc = read("Apps", "Ofcom spoke. Then the Tagansky District Court spoke. At last Roskomnadzor spoke.")
    named = {country: document_authority(doc, country, len(doc.text)) for country in ("GB", "RU", "FR", None)}
    assert {country: found.value if found else None for country, found in named.items()} == {
        "GB": "ofcom-gb",
        "RU": "rkn",
        "FR": None,
        None: None,
    }
