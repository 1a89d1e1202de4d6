"""Sentences worth reading: their bounds, names folded into one word apiece."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from nlp.pipeline import pipeline
from nlp.sentences import bounds, fold, is_headline


def _split(english: Language, text: str) -> list[str]:
    doc = english.get_pipe("sentencizer")(english.make_doc(text))
    return [doc[start:end].text.strip() for start, end in bounds(doc)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Russia blocks Viber\n\nIt did so. Nobody knows why.",
            ["Russia blocks Viber", "It did so.", "Nobody knows why."],
        ),
        ("Line one\nline two", ["Line one", "line two"]),
        ("\n\nNo title.", ["No title."]),
        ("Title\n\n", ["Title"]),
    ],
)
def test_bounds(english: Language, text: str, sentences: list[str]) -> None:
    assert _split(english, text) == sentences


@given(st.text("aB. !?\n\t«»😀", min_size=1, max_size=60))
def test_bounds_part_the_text_and_lose_nothing_but_blanks(text: str) -> None:
    nlp = pipeline("en", exclude=("mentions",))
    doc = nlp.get_pipe("sentencizer")(nlp.make_doc(text))
    found = bounds(doc)
    assert all(end <= start for (_, end), (start, _) in pairwise(found))
    kept = "".join(doc[start:end].text_with_ws for start, end in found)
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("title", "capital"),
    [
        ("Russia Blocks Access To FaceTime Over Security Fears", True),
        ("Russia blocks access to FaceTime over security fears", False),
        ("Viber", False),
    ],
)
def test_headlines_in_capitals_are_known(english: Language, title: str, capital: bool) -> None:
    doc = english.make_doc(title)
    assert is_headline(doc[:]) is capital


def test_names_fold_into_one_unit_each(english: Language) -> None:
    doc = english.make_doc("The App Store was fined")
    doc = english.get_pipe("platforms")(doc)
    units, of_token = fold(doc, 0, len(doc), [(span, "platform") for span in doc.spans["platforms"]])
    assert [(unit.text, unit.kind, unit.id) for unit in units] == [
        ("The", "", ""),
        ("App Store", "platform", "app-store"),
        ("was", "", ""),
        ("fined", "", ""),
    ]
    assert of_token == {0: 0, 1: 1, 2: 1, 3: 2, 4: 3}
    assert all(doc.text[unit.start : unit.end] == unit.text for unit in units)


def test_only_sentences_with_a_trigger_are_parsed(read: Callable[..., Doc]) -> None:
    doc = read("Russia blocks Viber", "The day was cold. Officials were silent. Viber was blocked at noon. Snow fell.")
    told = [(doc.text[s.units[0].start : s.units[-1].end], s.title) for s in doc._.sentences]
    assert told == [("Russia blocks Viber", True), ("Viber was blocked at noon.", False)]


def test_a_document_without_platforms_is_not_parsed(read: Callable[..., Doc]) -> None:
    assert read("Court fines a bank", "The bank was fined one million euros. The road was blocked.")._.sentences == ()


def test_units_of_a_sentence_are_words_of_the_tree(read: Callable[..., Doc]) -> None:
    doc = read("The European Commission fined Apple €500 million under the Digital Markets Act")
    (sentence,) = doc._.sentences
    assert len(sentence.units) == len(sentence.doc)
    assert [sentence.units[i].id for i in sentence.of_kind("authority")] == ["ec"]
    assert [sentence.units[i].text for i in sentence.of_kind("money")] == ["€500 million"]
