"""Which of the authorities that a document speaks of took an action: what stands nearest, acts, and is fit for it."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from data.reference import load_reference
from nlp.candidates import Candidate
from nlp.fitness import fitness
from nlp.jurisdiction import Found, home_of
from nlp.meaning import identified
from nlp.parties import Party, is_member, kinds_of, lies_in, parties_of
from nlp.scene import Scene, scene_of
from nlp.sentences import title_length
from nlp.unlisted import unlisted_authority

WEIGHTS = {
    "actor": 8.0,  # it is the actor of a frame
    "acts": 2.5,  # a verb of deciding follows, or "by" stands before
    "sentence": 2.5,  # it stands in the sentence of a frame
    "platform": 1.0,  # it stands in a sentence with the platform
    "fits": 1.5,  # such an authority takes such actions
    "topic": 2.0,  # it watches what the document is about
    "lead": 1.0,  # it stands in the title or at the beginning
    "named": 1.0,  # by its name
    "region": 3.0,  # it is of the region that acts
    "home": 2.0,  # it is of the country that acts
    "member": 1.0,  # it is of a member of the union that acts
    "abroad": -6.0,  # another country acts
    "elsewhere": -1.5,  # another country is spoken of
    "far": -0.25,  # a sentence, up to ten
}
LEAST = 2.5
"""What an authority must weigh to be taken for the one that acts."""
MANY_REASONS = frozenset({"government", "legislature", "police", "prosecutor", "court"})
"""Kinds of authorities that documents name for many reasons: they must be seen to act."""
OWNED = 30
"""Characters between an owner and the act that is his: "the Senate's new ban"."""


def acting_authority(candidate: Candidate, doc: Doc, country: Found | None) -> Found | None:
    """The authority that took the action of a candidate; None where nobody is told, or nobody clearly.

    `value` is an id, or the words of the document where no list knows the authority.
    """
    listed = _listed_authority(candidate, doc, country)
    return listed if listed and listed.basis == "actor" else unlisted_authority(candidate, doc) or listed


def _listed_authority(candidate: Candidate, doc: Doc, country: Found | None) -> Found | None:
    parties, scene = parties_of(doc), scene_of(candidate, doc, country)
    known = [identified(party, parties, scene.places, scene.sure, scene.topics) for party in parties]
    weights = {party: _weight(party, scene) for party in known if party.id}
    best = max(weights, key=lambda party: (weights[party], -party.start), default=None)
    if best is None or weights[best] < LEAST:
        return None
    basis = "actor" if is_actor(best, candidate) else "sentence" if scene.sentence(best) in scene.told else "document"
    return Found(best.id, best.start, best.end, basis)


def acting_country(country: Found | None, authority: Found | None) -> Found | None:
    """The home of the authority, where no other country is said to act: Ireland's, for "the EU fines X" by its DPC."""
    home = home_of(authority.value) if authority else None
    if authority is None or home is None or (country and country.value == home):
        return country
    union = country is not None and home in load_reference().countries[country.value].members
    told = country is not None and country.acts
    return country if told and not union else replace(authority, value=home)


def _weight(party: Party, scene: Scene) -> float:
    held = {name for name, holds in _traits(party, scene).items() if holds}
    row = party.row
    if row and row.type in MANY_REASONS and not _is_seen(row.type, held):
        return 0.0
    nearest = min((abs(scene.sentence(party) - n) for n in scene.told), default=0)
    return sum(WEIGHTS[name] for name in held) + WEIGHTS["far"] * min(nearest, 10)


def _is_seen(kind: str, held: set[str]) -> bool:
    """Whether one that is named for many reasons is here for the action; of courts it is enough that they fit it."""
    near = "acts" in held and held & {"sentence", "platform", "lead", "region"}
    return "actor" in held or bool(near) or (kind == "court" and held >= {"fits", "home", "named"})


def _traits(party: Party, scene: Scene) -> dict[str, bool]:
    row, n = party.row, scene.sentence(party)
    kinds = kinds_of(row) if row else frozenset[str]()
    start, end = scene.sentences[n]
    platforms = [s for s in scene.doc.spans["platforms"] if s.id_ == scene.candidate.platform]
    home = bool(row and scene.place and lies_in(row, scene.place))
    region = bool(row and row.region and row.region == scene.place)
    member = bool(row and not home and is_member(row, scene.place))
    strange = bool(row and scene.place and not home and not member)
    return {
        "actor": is_actor(party, scene.candidate),
        "acts": _acts(party, scene),
        "sentence": n in scene.told,
        "platform": any(start <= span.start < end for span in platforms),
        "fits": bool(kinds & fitness()[scene.candidate.action]),
        "topic": any(kind in kinds for kind, _ in scene.topics.most_common(1)),
        "lead": n < 2 or party.start < title_length(scene.doc),
        "named": not party.kinds,
        "region": region,
        "home": home,
        "member": member,
        "abroad": strange and scene.sure,
        "elsewhere": strange and not scene.sure,
    }


def is_actor(party: Party, candidate: Candidate) -> bool:
    """Whether a party stands among the words for the actor of a frame."""
    units = [told.frame.sentence.units[i] for told in candidate.told for i in told.frame.actor.units]
    return any(party.start < unit.end and unit.start < party.end for unit in units)


def _acts(party: Party, scene: Scene) -> bool:
    """Whether a verb of deciding follows in the next words, "by" stands before, or what is owned is the act."""
    doc, lists = scene.doc, scene.words.lists
    start, end = scene.sentences[scene.sentence(party)]
    before = [token for token in doc[start:end] if token.idx < party.start][-4:]
    after = [token for token in doc[start:end] if token.idx >= party.end][:8]
    if after and after[0].lower_ in lists["owns"] and any(0 < start - party.end < OWNED for start in scene.triggers):
        return True
    return any(t.lower_ in lists["by"] for t in before) or any(t.lower_ in lists["acts"] for t in after)
