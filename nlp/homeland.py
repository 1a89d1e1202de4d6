"""The country of a document's source, which its readers take for granted: "Congress", "state attorneys general".

It counts only for an institution that the text leaves without a country, and never against what the text says.
"""

from __future__ import annotations

from spacy.tokens import Doc

from data.models import Document
from data.publishers import country_of_address
from nlp.candidates import Candidate
from nlp.frames import Frame
from nlp.heads import NOUNS, is_one_of
from nlp.jurisdiction import Found
from nlp.lexicon import word_lists
from nlp.sentences import Unit

if not Doc.has_extension("homeland"):
    Doc.set_extension("homeland", default=None)


def set_homeland(doc: Doc, document: Document) -> Doc:
    """The Doc, told in which country its document's source is at home: by the source's file, else by its address."""
    doc._.homeland = document.country or country_of_address(document.url)
    return doc


def homeland_of(candidate: Candidate, doc: Doc) -> Found | None:
    """The source's country, with the words for the institution that is taken to be of it; None where there is none."""
    if doc._.homeland is None:
        return None
    named = next(filter(None, (_institution(told.frame) for told in candidate.told)), None)
    return Found(doc._.homeland, named.start, named.end, "source") if named else None


def _institution(frame: Frame) -> Unit | None:
    """The institution that acts, else the first that the sentence names."""
    sentence, words = frame.sentence, word_lists(frame.sentence.doc.lang_, "actors")["institution"]
    named = [i for i, token in enumerate(sentence.doc) if token.pos_ in NOUNS and is_one_of(token, words)]
    named.sort(key=lambda i: i not in frame.actor.units)
    return sentence.units[named[0]] if named else None
