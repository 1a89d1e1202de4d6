"""Kinds of authorities: every one that the words or actions speak of is one that an authority has."""

from __future__ import annotations

from typing import get_args

import pytest

from data.models import Action
from data.reference import load_reference
from nlp.described import lexicon
from nlp.fitness import fitness
from nlp.parties import kinds_of

KINDS = frozenset[str]().union(*(kinds_of(row) for row in load_reference().authorities.values()))


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_words_mean_kinds_that_some_authority_is_of(lang: str) -> None:
    words = lexicon(lang)
    assert frozenset().union(*words.kinds.values(), words.topics) <= KINDS
    assert all(phrase == phrase.lower().strip() for phrase in words.kinds)


def test_every_action_has_authorities_that_are_fit_for_it() -> None:
    assert set(fitness()) == set(get_args(Action))
    assert frozenset().union(*fitness().values()) <= KINDS


def test_a_language_without_words_describes_nobody() -> None:
    assert not lexicon("fi").kinds
