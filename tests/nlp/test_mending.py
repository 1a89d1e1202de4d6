"""Prepositions hang on what they go with: those of aim on a noun, "by" on a verb."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc


@pytest.mark.parametrize(
    ("text", "head", "preposition"),
    [
        ("Kenya lifts ban on Viber", "ban", "on"),
        ("Kenya opens investigation into Viber", "investigation", "into"),
        ("Viber was ordered to pay $5 million by a court", "pay", "by"),
        ("A ban by the House on Viber was passed", "ban", "on"),
        ("Viber sued by Kenya watchdog over fees", "watchdog", "over"),
        ("Kenya threatens ban on Viber", "ban", "on"),
        ("Kenya raises prospect of a fine or ban for Viber", "fine", "for"),
    ],
)
def test_a_preposition_hangs_where_it_belongs(read: Callable[..., Doc], text: str, head: str, preposition: str) -> None:
    (sentence,) = read(text)._.sentences
    place = next(i for i, unit in enumerate(sentence.units) if unit.text == preposition)
    assert sentence.units[sentence.doc[place].head.i].text == head
