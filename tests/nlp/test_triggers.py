"""Words that may tell an action, in every form and case, the longest first."""

from __future__ import annotations

import pytest
from spacy.language import Language

from nlp.inflection import inflect
from nlp.lexicon import trigger_entries
from nlp.triggers import entry_of


def _triggers(english: Language, text: str) -> set[tuple[str, str]]:
    doc = english.get_pipe("triggers")(english.make_doc(text))
    return {(span.text, span.label_) for span in doc.spans["triggers"]}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It was THROTTLED", {("THROTTLED", "throttle")}),
        ("They slowed down the site", {("slowed down", "throttle")}),
        ("It went dark", {("went dark", "block")}),
        ("Courts annulled it", {("annulled", "restore")}),
        ("Two lawsuits and three probes", {("lawsuits", "lawsuit"), ("probes", "investigation")}),
        ("Available again today", {("Available again", "restore")}),
        ("Nothing happened to the fineness of the blockchain", set()),
    ],
)
def test_triggers(english: Language, text: str, told: set[tuple[str, str]]) -> None:
    assert _triggers(english, text) == told


def test_one_word_may_have_several_readings(english: Language) -> None:
    assert {action for _, action in _triggers(english, "Turkey blocked it")} >= {"block", "takedown", "restore"}


def test_every_form_of_every_entry_is_found(english: Language) -> None:
    lost = [
        (entry.action, form)
        for entry in trigger_entries("en")
        for form in (inflect(entry.lemma, lang="en", pos=entry.pos) if entry.pos in ("verb", "noun") else [entry.lemma])
        if (form, entry.action) not in _triggers(english, f"there {form} then")
    ]
    assert lost == []


def test_a_span_leads_to_its_entry(english: Language) -> None:
    doc = english.get_pipe("triggers")(english.make_doc("Access was denied"))
    entries = {entry_of(span).lemma for span in doc.spans["triggers"]}
    assert entries == {"deny"}
