"""Phrases with labels, found in a text without a parse: the lexicons of grounds and scopes (nlp/lang/<code>/*.yaml).

A phrase is words in their order. "*" stands for any ending, "|" between words that serve alike, ".." for up to three
words; no phrase crosses a mark that ends a clause.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from nlp.lexicon import LexiconError, read_yaml

WORD = re.compile(r"(\w+)(?:['’]s\b)?|[.,;:!?()\n]")
GAP, REACH, STEM = ("..",), 3, 3
"""The sign of a gap, how many words it may hold, and the letters by which a phrase's first word is looked up."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in lower case, or a mark, as text[start:end]."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """What may stand at each place, and what the whole is a sign of. `weak`: near an action only."""

    label: str
    places: tuple[tuple[str, ...], ...]
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """The phrases of one vocabulary, by the first letters of their first words."""

    labels: dict[str, list[Phrase]]
    ties: dict[str, list[Phrase]]


@cache
def phrasebook(lang: str, name: str) -> Phrasebook:
    """The lexicon nlp/lang/<lang>/<name>.yaml; LexiconError tells what is wrong with it."""
    table = read_yaml(lang, name)
    where = f"nlp/lang/{lang}/{name}.yaml"
    labels = [phrase for label, lists in table[name].items() for phrase in _phrases(where, label, lists)]
    return Phrasebook(_index(labels), _index(_phrase(where, "", text, False) for text in table["ties"]))


def _phrases(where: str, label: str, lists: dict[str, list[Any]]) -> Iterator[Phrase]:
    for strength, texts in lists.items():
        yield from (_phrase(f"{where}: {label}", label, text, strength == "weak") for text in texts)


def _phrase(where: str, label: str, text: Any, weak: bool) -> Phrase:
    if not isinstance(text, str):
        raise LexiconError(f"{where}: YAML reads {text!r} here, which is no phrase; put it in quotes")
    places = tuple(tuple(word.split("|")) for word in text.lower().split())
    if any(form.endswith("*") and len(form) <= STEM for form in places[0]):
        raise LexiconError(f"{where}: {text!r}: a first word needs {STEM} letters before its *")
    return Phrase(label, places, weak)


def _index(phrases: Iterable[Phrase]) -> dict[str, list[Phrase]]:
    found: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        for key in {form[:STEM] for form in phrase.places[0]}:
            found[key].append(phrase)
    return dict(found)


def words_of(text: str) -> list[Word]:
    """The words and clause marks of a text; quotation marks, hyphens and the genitive's 's are passed over."""
    return [
        Word(m[0].lower() if m[1] is None else m[1].lower(), m.start(), m.end(1) if m[1] else m.end())
        for m in WORD.finditer(text)
    ]


def find(index: dict[str, list[Phrase]], words: list[Word]) -> Iterator[tuple[int, int, Phrase]]:
    """(first, last + 1, phrase) for the longest phrases, from left to right, without overlap."""
    free = 0
    for at, word in enumerate(words):
        if at < free:
            continue
        found = [(end, phrase) for phrase in index.get(word.text[:STEM], ()) if (end := _end(phrase.places, words, at))]
        if found:
            free, phrase = max(found, key=lambda each: (each[0], not each[1].weak))
            yield at, free, phrase


def _end(places: tuple[tuple[str, ...], ...], words: list[Word], at: int) -> int:
    """Where a phrase that begins at a word ends, 0 where it does not stand there."""
    if not places:
        return at
    if places[0] == GAP:
        skips = range(at, min(at + REACH, len(words)) + 1)
        clear = (to for to in skips if all(word.text.isalnum() for word in words[at:to]))
        return next((end for to in clear if (end := _end(places[1:], words, to))), 0)
    if at < len(words) and any(_fits(form, words[at].text) for form in places[0]):
        return _end(places[1:], words, at + 1)
    return 0


def _fits(form: str, word: str) -> bool:
    return word.startswith(form[:-1]) if form.endswith("*") else word == form
