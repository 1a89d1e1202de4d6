"""What a parser is shown in the place of names, sums and verbs that look like nouns."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from nlp.sentences import Shown, Unit
from nlp.shadow import shadow


def _shown(*words: str, verbs: dict[int, str] | None = None, headline: bool = True) -> list[str]:
    """Words as "text" or "text:kind"."""
    parts = [word.partition(":") for word in words]
    units = [Unit(0, len(text), text, kind) for text, _, kind in parts]
    return shadow(Shown(units, headline, verbs or {}), "en")


def test_names_are_shown_as_names_that_a_parser_knows() -> None:
    shown = _shown("Roskomnadzor:authority", "Throttles", "Viber:platform", "In", "Lower Saxony:place")
    assert len(shown) == 5
    assert not {"Roskomnadzor", "Viber", "Lower Saxony"} & set(shown)
    assert shown[1:4:2] == ["throttles", "in"]


def test_a_place_and_its_adjective_are_told_apart() -> None:
    assert _shown("Pakistan:place", "Pakistani:place", "Oman:place") == ["Moscow", "Russian", "Moscow"]


@pytest.mark.parametrize(
    ("words", "sum"),
    [
        (["fined", "Viber:platform", "€5m:money"], "heavily"),
        (["was", "fined", "€5m:money"], "heavily"),
        (["a", "€5m:money", "penalty"], "huge"),
        (["pay", "€5m:money"], "millions"),
    ],
)
def test_a_sum_is_how_much_how_big_or_a_thing(words: list[str], sum: str) -> None:
    assert sum in _shown(*words, verbs={words.index("fined"): "fine"} if "fined" in words else {})


VERBS = [
    ("Kenya lifts ban on Viber", "lifts", True),
    ("Kenya's ministry orders seizure of Viber's servers", "orders", True),
    ("Regulators probe Viber over data", "probe", True),
    ("Kenya blocks Viber, fines Discord", "fines", True),
    ("Parliament Reportedly Bans Viber On Phones", "Bans", True),
    ("Kenya bans on Viber take effect", "bans", False),
    ("Kenya fines on Viber are unfair", "fines", False),
    ("Viber defies orders of courts", "orders", False),
]


@pytest.mark.parametrize(("text", "word", "verb"), VERBS)
def test_a_verb_after_one_who_acts_is_no_noun(read: Callable[..., Doc], text: str, word: str, verb: bool) -> None:
    (sentence,) = read(text)._.sentences
    place = next(i for i, unit in enumerate(sentence.units) if unit.text == word)
    assert (sentence.doc[place].pos_ == "VERB") is verb


def test_a_stand_in_has_the_lemma_of_its_verb(read: Callable[..., Doc]) -> None:
    (sentence,) = read("Kenya lifts ban on Viber")._.sentences
    assert sentence.doc[1].lemma_ == "lift"
