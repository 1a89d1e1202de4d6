"""Who acts in a frame."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from nlp.authority import authority_of


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
