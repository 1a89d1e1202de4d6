"""Authorities that a text describes, `doc.spans["described"]`: "Italy's privacy watchdog", "the governor", "a judge".

A span's `id_` is the place that it is said to be of, a region's id or a country's code ("" where none is said); its
label is the phrase, as `Lexicon.kinds` knows it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from data.reference import load_reference
from nlp.lexicon import languages, read_yaml

LISTS = ("bare", "openers", "void", "called", "many", "by", "owns", "between", "parts", "acts", "institutions")
NOTHING: dict[str, Any] = {"assumed": {}, "heads": [], "watched": {}, "offices": {}}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of nlp/lang/<code>/authorities.yaml. `kinds`: of every phrase, in lower case."""

    kinds: Mapping[str, frozenset[str]]
    assumed: Mapping[str, str]
    lists: Mapping[str, frozenset[str]]
    topics: Mapping[str, frozenset[str]]


@cache
def lexicon(lang: str) -> Lexicon:
    """The words for authorities of a language; none where it has no such file."""
    table = read_yaml(lang, "authorities") if lang in languages("authorities.yaml") else NOTHING
    lists = {name: frozenset(table.get(name, ())) for name in LISTS}
    assumed = {phrase: place for place, phrases in table["assumed"].items() for phrase in phrases}
    topics = {kind: frozenset(words) for kind, words in table.get("topics", {}).items()}
    return Lexicon(_phrases(table), assumed, lists, topics)


def _phrases(table: dict[str, Any]) -> dict[str, frozenset[str]]:
    """Every phrase with its kinds: a bare head may be any kind that watches something."""
    kinds: dict[str, set[str]] = {word: set(table["watched"]) for word in table.get("bare", ())}
    for kind, subjects in table["watched"].items():
        for subject, head in product(subjects, table["heads"]):
            kinds.setdefault(f"{subject} {head}", set()).add(kind)
    for kind, phrases in table["offices"].items():
        for phrase in phrases:
            kinds.setdefault(phrase, set()).add(kind)
    return {phrase: frozenset(found) for phrase, found in kinds.items()}


class Descriptions:
    """Finds the phrases of a language in a Doc whose names and places are marked."""

    def __init__(self, vocab: Vocab, words: Lexicon) -> None:
        self.words = words
        self.phrases = {" ".join(_tokens(phrase)): phrase for phrase in words.kinds}
        self.matcher = PhraseMatcher(vocab, attr="LOWER")
        self.matcher.add("described", [Doc(vocab, words=_tokens(phrase)) for phrase in words.kinds])

    def __call__(self, doc: Doc) -> Doc:
        named = {token.i for span in doc.spans["authorities"] if span.label_ != "weak" for token in span}
        found = filter_spans(doc[start:end] for _, start, end in self.matcher(doc))
        places = {token.i: span for span in doc.spans["places"] for token in span}
        doc.spans["described"] = [
            self._described(span, places)
            for span in found
            if not named & set(range(span.start, span.end)) and self._stands_alone(span, places)
        ]
        return doc

    def _stands_alone(self, span: Span, places: Mapping[int, Span]) -> bool:
        """Not the end of a longer name, as in "an industry watchdog", where a bare head stands."""
        before = span.start - 1
        if before < 0 or span.text.lower() not in self.words.lists["bare"] or before in places:
            return True
        return span.doc[before].lower_ in self.words.lists["openers"] or not span.doc[before].is_alpha

    def _described(self, span: Span, places: Mapping[int, Span]) -> Span:
        owner = self._before(span, places) or _after(span, places)
        label = self.phrases[" ".join(token.lower_ for token in span)]
        return Span(
            span.doc, span.start, span.end, label=label, span_id=place_of(owner.text, owner.id_) if owner else ""
        )

    def _before(self, span: Span, places: Mapping[int, Span]) -> Span | None:
        """ "Italy's top privacy watchdog": the place before, with words between that belong to what follows."""
        i = span.start - 1
        while i >= max(0, span.start - 4) and span.doc[i].lower_ in self.words.lists["between"] and i not in places:
            i -= 1
        return places.get(i)


def _after(span: Span, places: Mapping[int, Span]) -> Span | None:
    """ "the governor of Montana", "the high court in London"."""
    doc, i = span.doc, span.end
    if i < len(doc) and doc[i].lower_ in ("of", "in", "for", "on"):
        i += 2 if i + 1 < len(doc) and doc[i + 1].lower_ == "the" else 1
        return places.get(i)
    return None


def _tokens(phrase: str) -> list[str]:
    """A phrase in the words of the tokenizer."""
    return re.findall(r"'s|gov\.|[\w]+|[^\w\s]", phrase)


def place_of(words: str, country: str) -> str:
    """The id of the region of a country that words name, else the country's code."""
    return _regions().get((words, country), country)


@cache
def _regions() -> dict[tuple[str, str], str]:
    regions = load_reference().regions.values()
    return {(name, region.country): region.id for region in regions for name in region.all_names}


@Language.factory("described", requires=["doc.spans"], assigns=["doc.spans"])
def make_descriptions(nlp: Language, name: str) -> Descriptions:
    """spaCy factory: `doc.spans["described"]`."""
    return Descriptions(nlp.vocab, lexicon(str(nlp.lang)))
