"""Where an action holds and who took it: country and authority of a frame, each with the span that says so.

Country: of the acting authority, else of the place that acts, else of a place in the sentence, else of the document.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from spacy.tokens import Doc

from data.reference import Authority, load_reference
from nlp.frames import Frame
from nlp.sentences import Unit


@dataclass(frozen=True, slots=True)
class Found:
    """A value with the words behind it; `basis` tells how near it stood: actor, sentence or document."""

    value: str
    start: int
    end: int
    basis: str


def authority_of(frame: Frame) -> Found | None:
    """The listed authority that acts in a frame, or that its sentence names."""
    units = frame.sentence.units
    acting = [units[i] for i in frame.actor.units if units[i].kind == "authority"]
    named = sorted((u for u in units if u.kind == "authority"), key=lambda u: abs(u.start - frame.trigger.start))
    if acting:
        return _found(acting[0], acting[0].id, "actor")
    return _found(named[0], named[0].id, "sentence") if named else None


def country_of(frame: Frame, authority: Found | None) -> Found | None:
    """The country that acts in a frame."""
    units = frame.sentence.units
    if authority and authority.basis == "actor":
        return _authority_country(authority)
    acting = [units[i] for i in frame.actor.units if units[i].kind == "place"]
    if acting:
        return _found(acting[0], acting[0].id, "actor")
    if authority and (found := _authority_country(authority)):
        return found
    places = sorted((u for u in units if u.kind == "place"), key=lambda u: _far(u, frame))
    return _found(places[0], places[0].id, "sentence") if places else None


def _far(unit: Unit, frame: Frame) -> int:
    """Distance from the trigger; a place before "in" or "by" is nearer than one met by chance."""
    return abs(unit.start - frame.trigger.start)


def _found(unit: Unit, value: str, basis: str) -> Found:
    return Found(value, unit.start, unit.end, basis)


def _authority_country(authority: Found) -> Found | None:
    row = load_reference().authorities.get(authority.value)
    return Found(row.country, authority.start, authority.end, authority.basis) if row and row.country else None


def document_country(doc: Doc) -> Found | None:
    """The country that a document is about: the one named most, the title counting threefold."""
    title_end = len(doc.text.split("\n\n", 1)[0])
    spans = [(span, span.id_) for span in doc.spans["places"]]
    for span in doc.spans["authorities"]:
        row = load_reference().authorities.get(span.id_)
        if row and row.country:
            spans.append((span, row.country))
    weights = Counter[str]()
    for span, code in spans:
        weights[code] += 3 if span.start_char < title_end else 1
    if not weights:
        return None
    code = max(weights, key=lambda code: weights[code])
    span = next(span for span, named in spans if named == code)
    return Found(code, span.start_char, span.end_char, "document")


NO_REGULATORS = frozenset({"government", "legislature"})
"""Authorities that a document names for many reasons; they count only where they act."""


def document_authority(doc: Doc, country: str | None, near: int) -> Found | None:
    """The authority of that country named nearest to a place in the document."""
    rows = load_reference().authorities
    spans = [span for span in doc.spans["authorities"] if _regulates(rows.get(span.id_), country)]
    if not spans:
        return None
    span = min(spans, key=lambda span: abs(span.start_char - near))
    return Found(span.id_, span.start_char, span.end_char, "document")


def _regulates(authority: Authority | None, country: str | None) -> bool:
    return authority is not None and authority.country == country and authority.type not in NO_REGULATORS
