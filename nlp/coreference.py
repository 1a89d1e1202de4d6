"""What "the app", "the company" or "it" stand for: the platform last spoken of, or the one that the title names."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Doc, Token

from nlp.lexicon import word_lists
from nlp.roles import NOMINAL, OBJECTS, SUBJECTS
from nlp.sentences import Sentence

ARTICLES = {"en": ("the", "this", "its")}
"""What makes a noun stand for something named before, in languages that mark it."""


class Antecedents:
    """The platforms of a document in reading order, to look back from a sentence."""

    def __init__(self, doc: Doc) -> None:
        self.names = [(span.start_char, span.id_) for span in doc.spans["platforms"]]
        self.counts = Counter(id for _, id in self.names)
        self.lang = doc.lang_
        self.words = word_lists(doc.lang_, "actors").get("service", frozenset())

    def of(self, sentence: Sentence) -> tuple[str, list[int]]:
        """For a sentence that names no platform: the id that it means ("" if none), and the words that stand for it."""
        id = "" if sentence.of_kind("platform") else self._before(sentence.units[0].start)
        return id, [token.i for token in sentence.doc if id and self._stands_for(token)][:1]

    def _before(self, start: int) -> str:
        """The commonest of the last three platforms named before a place; the first-named wins a tie."""
        last = [id for place, id in self.names if place < start][-3:]
        return max(last, key=lambda id: (last.count(id), self.counts[id])) if last else ""

    def _stands_for(self, token: Token) -> bool:
        if token.pos_ == "PRON":
            return token.lower_ in ("it", "its") and token.dep_ in OBJECTS | SUBJECTS | NOMINAL | {"pobj"}
        definite = self.lang not in ARTICLES or any(child.lower_ in ARTICLES[self.lang] for child in token.children)
        return definite and (token.lemma_.lower() in self.words) and token.pos_ == "NOUN"
