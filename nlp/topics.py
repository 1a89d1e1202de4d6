"""What a sentence is about: classes of words that speak for or against an act of an authority on a platform."""

from __future__ import annotations

from itertools import islice, takewhile

from spacy.tokens import Doc

from nlp.lexicon import word_lists
from nlp.sentences import Sentence, title_length

LEAD = 80
"""Words below the title that say what a document is about."""


def topics_of(sentence: Sentence, lang: str) -> frozenset[str]:
    """The classes of nlp/lang/<lang>/topics.yaml of which the sentence holds a word, as it stands or as its lemma."""
    return _classes(sentence.said, lang)


def title_topics(doc: Doc) -> frozenset[str]:
    """The classes of which the title holds a word as it stands."""
    end = title_length(doc)
    return _classes({token.lower_ for token in takewhile(lambda token: token.idx < end, doc)}, doc.lang_)


def lead_topics(doc: Doc) -> frozenset[str]:
    """The classes of which the first words below the title hold one as it stands."""
    end = title_length(doc)
    below = (token.lower_ for token in doc if token.idx >= end)
    return _classes(set(islice(below, LEAD)), doc.lang_)


def _classes(said: set[str], lang: str) -> frozenset[str]:
    return frozenset(kind for kind, words in word_lists(lang, "topics").items() if words & said)
