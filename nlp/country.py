"""In which country an action counts: chosen among what its frames tell, else what its document is about.

A company's home is no such country: "Chinese-owned", "the US tech giant", "Beijing-based" say who owns, not who acts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc, Span

from data.reference import load_reference
from nlp.jurisdiction import Found, home_of
from nlp.lexicon import word_lists
from nlp.sentences import paragraph_start, title_length

NEAR = 4
"""Words before a place that may tie a company to it."""
TIES = frozenset({"to", "with", "by", "in"})
BASES = ("actor", "place", "sentence", "fellow", "beside")
"""How a frame tells a country, the surest first."""


def country_of(told: Sequence[Found], doc: Doc, at: int) -> Found | None:
    """The surest country that frames tell, no company's home if it is only named beside; else the one last named in
    the paragraph before `at` (a character), where the document has several; else the document's."""
    homes = _homes(doc)
    sure = [each for each in told if each.basis != "beside" or each.value not in homes]
    best = min(sure, key=lambda each: BASES.index(each.basis), default=None)
    return best or _paragraph_country(doc, at, homes) or document_country(doc)


def _paragraph_country(doc: Doc, at: int, homes: set[str]) -> Found | None:
    start = paragraph_start(doc, at)
    named = [(span, code) for span, code in _named(doc) if start <= span.start_char < at and code not in homes]
    return max((_told(span, code) for span, code in named), key=lambda each: each.start, default=None)


def _named(doc: Doc) -> list[tuple[Span, str]]:
    """The places of a document and the homes of its authorities."""
    spans = [(span, span.id_) for span in doc.spans["places"]]
    return spans + [(span, home) for span in doc.spans["authorities"] if (home := home_of(span.id_))]


def document_country(doc: Doc) -> Found | None:
    """The country that a document is about: the one named most, the title counting threefold; no company's home."""
    title_end, homes = title_length(doc), _homes(doc)
    named = [(span, code) for span, code in _named(doc) if code not in homes]
    weights = Counter[str]()
    for span, code in named:
        weights[code] += 3 if span.start_char < title_end else 1
    first = {code: span for span, code in reversed(named)}
    return max((_told(first[code], code) for code in weights), key=lambda each: weights[each.value], default=None)


def _told(span: Span, code: str) -> Found:
    return Found(code, span.start_char, span.end_char, "document")


def _homes(doc: Doc) -> set[str]:
    """The countries that a document names mostly as where companies come from."""
    words, spans = word_lists(doc.lang_, "references"), doc.spans["places"]
    starts = {span.start for span in spans}
    homes = Counter(
        s.id_ for s in spans if s.end + 1 not in starts and (_is_home(s, words["home"]) or _is_tied(s, words["tied"]))
    )
    named = Counter(span.id_ for span in spans)
    return {code for code in homes if 2 * homes[code] > named[code]}


def _is_home(span: Span, words: frozenset[str]) -> bool:
    """ "Chinese-owned", "Chinese social media giant", "US company"; not "China bans app"."""
    after = span.doc[span.end : span.end + 3]
    adjective = span.text in load_reference().countries[span.id_].adjectives or after.text.startswith("-")
    return any(token.lower_ in words for token in (after if adjective else after[:1]))


def _is_tied(span: Span, words: frozenset[str]) -> bool:
    """ "tied to the Chinese government", "controlled by communist China", "headquartered in Beijing"."""
    before = span.doc[max(0, span.start - NEAR) : span.start]
    return any(tie.lower_ in words and to.lower_ in TIES for tie, to in pairwise(before))
