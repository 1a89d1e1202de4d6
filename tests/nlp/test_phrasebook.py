"""Phrases: their signs, what they cross, and that each lexicon names only listed labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.reference import load_reference
from nlp import lexicon
from nlp.lexicon import LexiconError, languages, read_yaml
from nlp.phrasebook import find, phrasebook, words_of

LEXICONS = [(lang, name) for name in ("grounds", "scopes") for lang in languages(f"{name}.yaml")]


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of lexicons in the place of ours."""
    monkeypatch.setattr(lexicon, "LANG_DIR", tmp_path)
    phrasebook.cache_clear()
    (tmp_path / "xx").mkdir()
    return tmp_path / "xx" / "grounds.yaml"


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("tax", "Owes Tax.", ["Tax"]),
        ("tax", "The taxi", []),
        ("tax*", "Taxes and taxis", ["Taxes", "taxis"]),
        ("fake|false news", "fake news, false news", ["fake news", "false news"]),
        (
            "hand over .. keys",
            "hand over keys; hand over all of its keys",
            ["hand over keys", "hand over all of its keys"],
        ),
        ("hand over .. keys", "hand over what it calls its keys", []),
        ("hand over .. keys", "hand over. Keys", []),
        ("users data", "users' data, user's data", ["users' data"]),
        ("child data", "a child's data", ["child's data"]),
        ("under 16s", "for under-16s", ["under-16s"]),
    ],
)
def test_a_phrase_finds(book: Path, phrase: str, text: str, found: list[str]) -> None:
    book.write_text(f"ties: []\ngrounds: {{tax: {{strong: [{phrase}]}}}}", "utf-8")
    words = words_of(text)
    spans = find(phrasebook("xx", "grounds").labels, words)
    assert [text[words[first].start : words[last - 1].end] for first, last, _ in spans] == found


def test_the_longest_phrase_is_found(book: Path) -> None:
    book.write_text("ties: []\ngrounds: {tax: {strong: [drug]}, drugs: {weak: [drug tax]}}", "utf-8")
    found = list(find(phrasebook("xx", "grounds").labels, words_of("a drug tax")))
    assert [(first, last, phrase.label, phrase.weak) for first, last, phrase in found] == [(1, 3, "drugs", True)]


@pytest.mark.parametrize(("phrase", "wrong"), [("ta*", r"'ta\*': a first word needs 3"), ("on", "True here")])
def test_a_phrase_that_could_never_be_found_is_refused(book: Path, phrase: str, wrong: str) -> None:
    book.write_text(f"ties: []\ngrounds: {{tax: {{strong: [{phrase}]}}}}", "utf-8")
    with pytest.raises(LexiconError, match=f"grounds.yaml: tax: .*{wrong}"):
        phrasebook("xx", "grounds")


@pytest.mark.parametrize(("lang", "name"), LEXICONS)
def test_labels_are_those_of_the_reference(lang: str, name: str) -> None:
    phrasebook.cache_clear()
    listed = getattr(load_reference(), name).keys()
    assert read_yaml(lang, name)[name].keys() <= listed
    book = phrasebook(lang, name)
    phrases = [(phrase.label, phrase.places) for found in book.labels.values() for phrase in found]
    assert book.ties and {label for label, _ in phrases} <= listed


@pytest.mark.parametrize(("lang", "name"), LEXICONS)
def test_no_phrase_stands_under_a_label_twice(lang: str, name: str) -> None:
    for label, lists in read_yaml(lang, name)[name].items():
        texts = [text for found in lists.values() for text in found]
        assert len(texts) == len(set(texts)), (label, sorted(text for text in texts if texts.count(text) > 1))
