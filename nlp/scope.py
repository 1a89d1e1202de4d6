"""What of a platform, or whom, an action touches: what the words about it tell, else what such an action touches."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from spacy.tokens import Doc

from data.reference import load_reference
from nlp.candidates import Candidate
from nlp.jurisdiction import Found
from nlp.labels import LabelMention, ends_rule, heaviest, weights

LEAST, LEAST_OF_ACCESS = 0.5, 1.2
"""What a scope must weigh to be told; where the service as such is cut off, only what is plainly narrower counts."""
WHOLE = {
    "block": "whole-service",
    "ban": "whole-service",
    "throttle": "whole-service",
    "restore": "whole-service",
    "removal": "app",
    "takedown": "content",
}
"""What an action touches where nothing narrower is told."""
WHOM = frozenset({"officials", "region", "network"})
"""Scopes of access alone: a rule is set for all."""
NARROWER = {
    "whole-service": WHOM | {"calls", "video", "messages", "new-users", "minors", "schools", "feature"},
    "content": frozenset({"video", "messages"}),
    "app": frozenset[str](),
}
"""The scopes that narrow what an action touches by itself; others are what it is about."""
RESIDUAL = {"feature": 0.9}
"""What that scope weighs which is told where no other names the thing."""


def scope_of(candidate: Candidate, doc: Doc) -> Found | None:
    """The scope of a candidate with the words that tell it, None where the document gives none."""
    whole = None if ends_rule(candidate) else WHOLE.get(candidate.action)
    found = heaviest(_weighed(candidate, doc, whole), LEAST_OF_ACCESS if whole else LEAST)
    if found:
        return Found(found.label, found.start, found.end, "words")
    region = _region(candidate, doc) if whole == "whole-service" else None
    trigger = candidate.told[0].frame.trigger
    return region or (Found(whole, trigger.start, trigger.end, "action") if whole else None)


def _weighed(candidate: Candidate, doc: Doc, whole: str | None) -> dict[LabelMention, float]:
    found = weights(candidate, doc, doc._.scopes, RESIDUAL)
    if whole:
        return {each: weight for each, weight in found.items() if each.label in NARROWER[whole]}
    return {each: weight for each, weight in found.items() if each.label not in WHOM}


def _region(candidate: Candidate, doc: Doc) -> Found | None:
    """The part of a country in which, or by which, access is cut."""
    place = candidate.jurisdiction
    if place is None or place.basis == "beside" or doc.text[place.start : place.end] not in _regions():
        return None
    return replace(place, value="region")


@cache
def _regions() -> frozenset[str]:
    """Names of regions that stand for no country."""
    reference = load_reference()
    seats = {name for country in reference.countries.values() for name in country.all_names}
    return frozenset(name for region in reference.regions.values() for name in region.all_names) - seats
