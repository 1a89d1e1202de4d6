"""Inflected forms, so that lexicons list lemmas alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.inflection import inflect
from nlp.lexicon import trigger_entries

FORMS = [
    ("ban", "verb", "ban bans banned banning"),
    ("block", "verb", "block blocks blocked blocking"),
    ("throttle", "verb", "throttle throttles throttled throttling"),
    ("deny", "verb", "deny denies denied denying"),
    ("suspend", "verb", "suspend suspends suspended suspending"),
    ("penalize", "verb", "penalize penalizes penalized penalizing"),
    ("curb", "verb", "curb curbs curbed curbing"),
    ("bar", "verb", "bar bars barred barring"),
    ("withdraw", "verb", "withdraw withdraws withdrew withdrawn withdrawing"),
    ("sue", "verb", "sue sues sued suing"),
    ("permit", "verb", "permit permits permitted permitting"),
    ("compel", "verb", "compel compels compelled compelling"),
    ("limit", "verb", "limit limits limited limiting"),
    ("reopen", "verb", "reopen reopens reopened reopening"),
    ("tie", "verb", "tie ties tied tying"),
    ("quit", "verb", "quit quits quitting"),
    ("penalty", "noun", "penalty penalties"),
    ("probe", "noun", "probe probes"),
    ("inquiry", "noun", "inquiry inquiries"),
]


@pytest.mark.parametrize(("lemma", "pos", "forms"), FORMS)
def test_english_forms(lemma: str, pos: str, forms: str) -> None:
    assert set(inflect(lemma, lang="en", pos=pos)) == set(forms.split())


@pytest.mark.parametrize(
    ("phrase", "pos", "form"),
    [
        ("cut off", "verb", "cutting off"),
        ("take down", "verb", "took down"),
        ("look into", "verb", "looking into"),
        ("throw out", "verb", "thrown out"),
        ("interim measure", "noun", "interim measures"),
        ("legal action", "noun", "legal actions"),
        ("statement of objections", "noun", "statements of objections"),
    ],
)
def test_the_head_of_a_phrase_is_inflected(phrase: str, pos: str, form: str) -> None:
    assert form in inflect(phrase, lang="en", pos=pos)


def test_russian_forms_come_from_the_dictionary() -> None:
    assert {"штраф", "штрафа", "штрафом", "штрафы"} <= set(inflect("штраф", lang="ru", pos="noun"))
    assert "заблокировал" in inflect("заблокировать", lang="ru", pos="verb")


def test_a_language_without_rules_keeps_the_lemma() -> None:
    assert inflect("Sperren", lang="de", pos="verb") == ["sperren"]


@given(st.sampled_from(trigger_entries("en")), st.sampled_from(["verb", "noun"]))
def test_the_lemma_comes_first_and_no_form_twice(entry: object, pos: str) -> None:
    lemma = getattr(entry, "lemma", "")
    forms = inflect(lemma, lang="en", pos=pos)
    assert forms[0] == lemma
    assert len(forms) == len(set(forms)) > 1
