"""Who took an action: the authority of a frame, else that of its document, with the span that says so."""

from __future__ import annotations

from spacy.tokens import Doc

from data.reference import Authority, load_reference
from nlp.frames import Frame
from nlp.jurisdiction import Found, far_from, found_in


def authority_of(frame: Frame) -> Found | None:
    """The listed authority that acts in a frame, or that its sentence names."""
    units = frame.sentence.units
    acting = next((units[i] for i in frame.actor.units if units[i].kind == "authority"), None)
    if acting:
        return found_in(acting, "actor")
    named = min((u for u in units if u.kind == "authority"), key=lambda unit: far_from(unit, frame), default=None)
    return found_in(named, "sentence") if named else None


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
