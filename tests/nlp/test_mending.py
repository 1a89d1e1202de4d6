"""Prepositions of aim hang on the noun that aims."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc


@pytest.mark.parametrize(
    ("text", "noun", "preposition"),
    [
        ("Kenya lifts ban on Viber", "ban", "on"),
        ("Kenya opens investigation into Viber", "investigation", "into"),
        ("A ban by the House on Viber was passed", "ban", "on"),
    ],
)
def test_an_aim_hangs_on_its_noun(read: Callable[..., Doc], text: str, noun: str, preposition: str) -> None:
    (sentence,) = read(text)._.sentences
    place = next(i for i, unit in enumerate(sentence.units) if unit.text == preposition)
    assert sentence.units[sentence.doc[place].head.i].text == noun
