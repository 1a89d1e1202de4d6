"""Authorities that no list knows, by the name that a text gives them: "the Kigali Commercial Court"."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Doc

from nlp.candidates import Candidate
from nlp.described import lexicon
from nlp.frames import Frame
from nlp.jurisdiction import Found

WORD = r"[A-Z][\w’'-]+"
LONGEST = 100
"""Characters of a name; what is longer is a headline."""


def unlisted_authority(candidate: Candidate, doc: Doc) -> Found | None:
    """The institution with a name of its own that acts in a frame; titles, where all words have capitals, aside."""
    frames = [told.frame for told in candidate.told if told.frame.actor.units and not told.frame.sentence.title]
    return next(filter(None, (_named(frame, doc) for frame in frames)), None)


def _named(frame: Frame, doc: Doc) -> Found | None:
    units = [frame.sentence.units[i] for i in frame.actor.units]
    start, end = units[0].start, units[-1].end
    found = _pattern(doc.lang_).search(doc.text[start:end])
    if found is None or len(found[0]) > LONGEST:
        return None
    return Found(found[0], start + found.start(), start + found.end(), "actor")


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    """A head with a capital, and before or after it other words with one: "Ministry of Information"."""
    heads = "|".join(sorted(lexicon(lang).lists["institutions"])) or "(?!)"
    after = rf"(?: (?:of|for|on|in)(?: the)? {WORD}(?:(?:,| and|, and)? {WORD})*)"
    return re.compile(rf"(?:{WORD} )+(?:{heads})\b{after}*|\b(?:{heads})\b{after}+")
