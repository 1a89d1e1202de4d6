"""What "the app", "the company" or "it" stand for: the platform last spoken of, or the one that the title names."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Doc, Token

from nlp.lexicon import word_lists
from nlp.roles import NOMINAL, OBJECTS, SUBJECTS
from nlp.sentences import Sentence


class Antecedents:
    """The platforms of a document in reading order, to look back from a sentence."""

    def __init__(self, doc: Doc) -> None:
        self.names = [(span.start_char, span.id_) for span in doc.spans["platforms"]]
        self.counts = Counter(id for _, id in self.names)
        self.words = word_lists(doc.lang_, "actors").get("service", frozenset())

    def of(self, sentence: Sentence) -> list[tuple[int, str]]:
        """(unit index, platform id) of each word in the sentence that stands for a platform named before it."""
        if sentence.of_kind("platform") or not self.names:
            return []
        id = self._before(sentence.units[0].start)
        return [(token.i, id) for token in sentence.doc if id and self._stands_for(token)][:1]

    def _before(self, start: int) -> str | None:
        """The commonest of the last three platforms named before a place; the first-named wins a tie."""
        last = [id for place, id in self.names if place < start][-3:]
        return max(last, key=lambda id: (last.count(id), self.counts[id])) if last else None

    def _stands_for(self, token: Token) -> bool:
        if token.pos_ == "PRON":
            return token.lower_ in ("it", "its") and token.dep_ in OBJECTS | SUBJECTS | NOMINAL | {"pobj"}
        definite = any(child.lower_ in ("the", "this", "its") for child in token.children)
        return definite and (token.lemma_.lower() in self.words) and token.pos_ == "NOUN"
