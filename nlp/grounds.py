"""Why an action is taken: the ground that the words about it tell, else the one that its authority stands for."""

from __future__ import annotations

from spacy.tokens import Doc

from data.reference import load_reference
from nlp.candidates import Candidate
from nlp.jurisdiction import Found
from nlp.labels import ACCESS, LabelMention, ends_rule, heaviest, weights

KIND, LEAST, LEAST_OF_END = 1.0, 0.5, 2.5
"""What the kind of the authority weighs, and what a ground must weigh to be told.

Where access is given back, the words near it tell mostly why it was cut.
"""
RESIDUAL = {"illegal-content": 0.7, "non-compliance": 0.7}
"""What those grounds weigh that are told where nothing more is."""
OF_KIND = {
    "data-protection": "data-protection",
    "competition": "competition",
    "consumer": "consumer-protection",
    "financial": "financial",
    "tax": "tax",
    "labour": "labour",
}
"""The ground for which a kind of authority acts; others act for many."""


def grounds_of(candidate: Candidate, doc: Doc, authority: Found | None) -> Found | None:
    """The ground of a candidate with the words that tell it, None where the document gives none."""
    weighed = weights(candidate, doc, doc._.grounds, RESIDUAL)
    if authority:
        weighed |= _of_kind(authority, candidate.action)
    least = LEAST_OF_END if candidate.action == "restore" and not ends_rule(candidate) else LEAST
    found = heaviest(weighed, least)
    return Found(found.label, found.start, found.end, "words") if found else None


def _of_kind(authority: Found, action: str) -> dict[LabelMention, float]:
    """What an authority acts for by its kind; one that acts for much else says less, and nothing of access cut."""
    row = load_reference().authorities.get(authority.value)
    kinds = row.types if row else ()
    sure = all(kind in OF_KIND for kind in kinds)
    said = kinds if sure else kinds[:1] if action not in ACCESS else ()
    labels = [OF_KIND[kind] for kind in said if kind in OF_KIND]
    weight = KIND if sure else KIND / 2
    return {LabelMention(label, authority.start, authority.end, -1): weight for label in labels}
