"""The light parser: units of a sentence in, a spaCy Doc with heads and labels out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from nlp.parse import Parse
from nlp.russian.arguments import fill
from nlp.russian.clauses import find_clauses
from nlp.russian.government import government
from nlp.russian.joining import join_phrases
from nlp.russian.linking import link, merged
from nlp.russian.lists import join_lists
from nlp.russian.phrases import find_phrases, prefer_verbs
from nlp.russian.words import Word, words_of
from nlp.sentences import STAND_INS, Shown, Unit

POS = {
    "noun": "NOUN", "pronoun": "PRON", "relative": "PRON", "adjective": "ADJ", "participle": "VERB", "finite": "VERB",
    "infinitive": "VERB", "short": "VERB", "gerund": "VERB", "number": "NUM", "preposition": "ADP",
    "conjunction": "CCONJ", "particle": "PART", "adverb": "ADV", "point": "PUNCT",
}  # fmt: skip
TAGS = {"infinitive": "VB", "short": "VBN", "gerund": "VBG", "relative": "WDT", "noun": "NN", "preposition": "IN"}


class LightParser:
    """Parses Russian sentences one by one, at some ten thousand words a second."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, shown: Sequence[Shown]) -> list[Doc]:
        return [self.parse(sentence.units) for sentence in shown]

    def parse(self, units: list[Unit]) -> Doc:
        """The tree of one sentence."""
        words, genitive = words_of(units), government().genitive
        for word in words:
            if word.best.tense == "pres" and word.lower.endswith(("ся", "сь")) and word.best.lemma not in genitive:
                word.flags.add("reflexive")
        for word, after in pairwise(words):
            if word.lower == "не":
                after.flags.add("negated")
        parsed = [word for word in words if word.head is None]
        prefer_verbs(parsed)
        phrases = find_phrases(parsed)
        join_phrases(parsed, phrases)
        stretches = find_clauses(parsed, phrases)
        join_lists(stretches)
        clauses = merged(stretches)
        for clause in clauses:
            fill(clause)
        link(clauses)
        return self._doc(words)

    def _doc(self, words: list[Word]) -> Doc:
        return Doc(
            self.vocab,
            words=[_shown(word) for word in words],
            lemmas=[word.best.lemma for word in words],
            pos=["PROPN" if word.is_name and word.kind == "noun" else POS[word.kind] for word in words],
            tags=[_tag(word) for word in words],
            heads=[(word.head or word).place for word in words],
            deps=[word.label or "ROOT" if word.head else "ROOT" for word in words],
            morphs=[_morph(word) for word in words],
        )


def _shown(word: Word) -> str:
    if word.kind == "preposition":
        return "by" if word.tag == "by" else government().shown.get(word.lower, word.lower)
    return "it" if word.best.lemma in ("он", "оно", "она") else STAND_INS.get(word.unit.kind, word.unit.text)


def _tag(word: Word) -> str:
    if word.kind == "participle":
        return "VBN" if word.best.passive else "VBG"
    return TAGS.get(word.kind, "VBF" if word.kind == "finite" else word.kind.upper())


def _morph(word: Word) -> str:
    """Tense of what tells one; a short participle tells what has been done."""
    if word.kind == "short" and not word.tense:
        return "Tense=Past|VerbForm=Fin" if word.best.passive else "Tense=Pres|VerbForm=Fin"
    tense = {"past": "Past", "pres": "Pres", "futr": "Fut"}.get(
        word.tense or (word.best.tense if word.kind == "finite" else "")
    )
    return f"Tense={tense}|VerbForm=Fin" if tense else ""


@Language.factory("parse_russian", requires=["doc.spans"], assigns=["doc._.sentences"])
def make_parse_russian(nlp: Language, name: str) -> Parse:
    """spaCy factory: `doc._.sentences` by morphology alone."""
    return Parse(nlp, LightParser(nlp.vocab))
