"""Where an action holds: the country of a frame or of a document, with the span that says so.

Of the acting authority, else of the place that acts, else of a place in the sentence, else of the document.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from data.reference import load_reference
from nlp.clauses import NOMINAL, SUBJECTS
from nlp.frames import Frame
from nlp.sentences import Unit, title_length

PLACED = frozenset({"in", "across", "throughout", "within", "by", "like", "as", "including"})


@dataclass(frozen=True, slots=True)
class Found:
    """A value with the words behind it; `basis` tells how near it stood: actor, sentence or document."""

    value: str
    start: int
    end: int
    basis: str


def countries_of(frame: Frame, authority: Found | None) -> list[Found]:
    """The countries that may act in a frame, likeliest first.

    Basis "actor": it acts, or its authority does; "place": the act is said to hold there, or it stands beside such a
    one; "beside": the sentence only names it, which tells no two actions apart.
    """
    units = frame.sentence.units
    found = [found_in(units[i], "actor") for i in frame.actor.units if units[i].kind == "place"]
    if authority and (home := home_of(authority.value)):
        found.insert(0 if authority.basis == "actor" else len(found), replace(authority, value=home))
    places = [i for i in frame.sentence.of_kind("place") if not _is_origin(i, frame)]
    places.sort(key=lambda i: (not _is_slot(i, frame), far_from(units[i], frame)))
    found += [found_in(units[i], "place" if _is_slot(i, frame) else "beside") for i in places]
    return list({each.value: each for each in reversed(found)}.values())[::-1]


def _is_slot(place: int, frame: Frame) -> bool:
    """ "in Italy", "by Italy and France", "like Italy": a place where, or by which, something is done."""
    token = frame.sentence.doc[place]
    while token.dep_ in ("conj", "appos") and token.head != token:
        token = token.head
    return token.dep_ in SUBJECTS or (token.dep_ == "pobj" and token.head.lower_ in PLACED)


def _is_origin(place: int, frame: Frame) -> bool:
    """ "Chinese-owned", "China's ByteDance": where a company comes from, not who acts on it."""
    units, token = frame.sentence.units, frame.sentence.doc[place]
    if place + 1 < len(units) and units[place + 1].text.startswith("-"):
        return True
    return token.dep_ in NOMINAL and units[token.head.i].kind == "platform"


def far_from(unit: Unit, frame: Frame) -> int:
    """Characters between a unit and the trigger."""
    return abs(unit.start - frame.trigger.start)


def found_in(unit: Unit, basis: str) -> Found:
    return Found(unit.id, unit.start, unit.end, basis)


def home_of(authority: str) -> str | None:
    """The country of a listed authority."""
    row = load_reference().authorities.get(authority)
    return row.country if row else None


def document_country(doc: Doc) -> Found | None:
    """The country that a document is about: the one named most, the title counting threefold."""
    title_end = title_length(doc)
    spans = [(span, span.id_) for span in doc.spans["places"]]
    spans += [(span, home) for span in doc.spans["authorities"] if (home := home_of(span.id_))]
    weights = Counter[str]()
    for span, code in spans:
        weights[code] += 3 if span.start_char < title_end else 1
    if not weights:
        return None
    code = max(weights, key=lambda code: weights[code])
    span = next(span for span, named in spans if named == code)
    return Found(code, span.start_char, span.end_char, "document")
