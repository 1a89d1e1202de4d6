"""Lexicons: what stands in the files of every language holds, and a bad file is refused by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from data.models import Action
from nlp.lexicon import POS, LexiconError, languages, read_yaml, trigger_entries, word_lists

Write = Callable[[str], str]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes triggers.yaml of a language of its own and gives that language's code."""

    def write_triggers(text: str) -> str:
        lang = tmp_path.name
        (tmp_path / lang).mkdir()
        (tmp_path / lang / "triggers.yaml").write_text(text, "utf-8")
        return lang

    monkeypatch.setattr("nlp.lexicon.LANG_DIR", tmp_path)
    return write_triggers


@pytest.mark.parametrize("lang", languages())
def test_every_language_names_every_action(lang: str) -> None:
    entries = trigger_entries(lang)
    assert {entry.action for entry in entries} == set(get_args(Action))
    assert {entry.pos for entry in entries} <= set(POS)
    assert all(entry.lemma == entry.lemma.lower().strip() for entry in entries)


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("name", ["actors", "moods"])
def test_word_lists_hold_words(lang: str, name: str) -> None:
    for words in word_lists(lang, name).values():
        assert words
        assert all(word == word.lower().strip() != "" for word in words)


def test_a_list_that_is_not_there_is_empty() -> None:
    assert word_lists("en", "moods")["no such list"] == frozenset()


def test_entries_carry_their_lists(write: Write) -> None:
    lang = write("block: {verb: [Block, {lemma: deny, needs: access}]}\nlists: {access: [Access, site]}")
    plain, bound = trigger_entries(lang)
    assert (plain.lemma, plain.action, plain.needs) == ("block", "block", frozenset())
    assert (bound.lemma, bound.needs, bound.object) == ("deny", frozenset({"access", "site"}), frozenset())


def test_lists_of_words_stand_for_all_that_can_be_made_of_them(write: Write) -> None:
    lang = write("block: {state: [went dark, [[stops, stopped], [loading, to load]]]}\nlists: {}")
    told = ["went dark", "stops loading", "stops to load", "stopped loading", "stopped to load"]
    assert [entry.lemma for entry in trigger_entries(lang)] == told


def test_an_unknown_list_is_refused_with_file_and_entry(write: Write) -> None:
    lang = write("fine: {noun: [{lemma: levy, needs: mony}]}\nlists: {money: [euro]}")
    with pytest.raises(LexiconError, match=rf"{lang}/triggers\.yaml: fine\.noun: levy: .*'mony'"):
        trigger_entries(lang)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("blok: {verb: [block]}\nlists: {}", "blok is unknown; write one of block,"),
        ("block: {verbs: [block]}\nlists: {}", "block: verbs is unknown; write one of verb,"),
        (
            "block: {verb: [{lemma: bar, need: access}]}\nlists: {access: [site]}",
            ".* need is unknown; write one of needs,",
        ),
        ("block: {verb: [{needs: access}]}\nlists: {access: [site]}", "block.verb: .* has no lemma"),
        ("block: {verb: [block]}", "lists is missing; add"),
    ],
)
def test_what_is_unknown_or_missing_is_refused_with_place_and_remedy(write: Write, text: str, told: str) -> None:
    lang = write(text)
    with pytest.raises(LexiconError, match=rf"{lang}/triggers\.yaml: {told}"):
        trigger_entries(lang)


@pytest.mark.parametrize("word", ["no", "off", "false", "null", "404"])
def test_a_word_that_yaml_takes_for_something_else_is_refused(write: Write, word: str) -> None:
    lang = write(f"fine: {{noun: [levy]}}\nlists: {{words: [{word}]}}")
    with pytest.raises(LexiconError, match=rf"{lang}/triggers\.yaml: lists\.words: .*quotes"):
        trigger_entries(lang)


def test_a_file_that_is_no_yaml_is_refused_by_name(write: Write) -> None:
    lang = write("block: {verb: [")
    with pytest.raises(LexiconError, match=rf"(?s){lang}/triggers\.yaml: .*line 1"):
        trigger_entries(lang)


def test_a_file_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(LexiconError, match=r"en/nothing\.yaml: .*No such file"):
        read_yaml("en", "nothing")
