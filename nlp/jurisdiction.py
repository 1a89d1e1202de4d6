"""Where an action holds: the country of a frame or of a document, with the span that says so.

Of the acting authority, else of the place that acts, else of a place in the sentence, else of the document.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Token

from data.reference import load_reference
from nlp.clauses import NOMINAL, SUBJECTS
from nlp.described import place_of
from nlp.frames import Frame
from nlp.heads import is_one_of, noun_class
from nlp.lexicon import word_lists
from nlp.sentences import Unit

LISTED = frozenset({",", "and", "&"})
SPOKEN_OF = frozenset({"over", "about", "amid", "against"})
INSIDE = frozenset({"in", "across", "throughout", "within"})
PLACED = INSIDE | frozenset({"by", "like", "as", "including"})


@dataclass(frozen=True, slots=True)
class Found:
    """A value with the words behind it; `basis` tells how near it stood; `region` the part of a country that acts."""

    value: str
    start: int
    end: int
    basis: str
    region: str = ""

    @property
    def jurisdiction(self) -> tuple[str, str]:
        """What tells one acting jurisdiction from another."""
        return self.value, self.region


def countries_of(frame: Frame, authority: Found | None) -> list[Found]:
    """The countries, or parts of one, that may act in a frame, likeliest first.

    Basis "actor": it acts, or its authority does; "place": the act is said to hold there, or it stands beside such a
    one; "fellow": it does the like; "beside": the sentence only names it, which tells no two actions apart.
    """
    units = frame.sentence.units
    spoken = _speakers(frame)
    found = [_place_in(units[i], "actor") for i in _acting(frame) if i not in spoken]
    if authority and (home := _seat(authority, authority.basis)):
        found.insert(0 if authority.basis == "actor" else len(found), home)
    places = [i for i in frame.sentence.of_kind("place") if i not in spoken and not _is_origin(i, frame)]
    own = [i for i in places if i in _own(frame) and _is_slot(i, frame)]
    slots = own or [i for i in places if _is_slot(i, frame)]
    places.sort(key=lambda i: (i not in slots, far_from(units[i], frame)))
    found += [_place_in(units[i], _basis(i, frame, slots)) for i in places]
    return list({each.jurisdiction: each for each in reversed(found)}.values())[::-1]


def _acting(frame: Frame) -> list[int]:
    """The places among the words of the actor, and those listed before them: "Utah, Alabama ban ..."."""
    units = frame.sentence.units
    found = [i for i in frame.actor.units if units[i].kind == "place"]
    first = found[0] if found else 0
    while first > 1 and units[first - 1].text in LISTED and units[first - 2].kind == "place":
        first -= 2
        found.append(first)
    return found


def _speakers(frame: Frame) -> set[int]:
    """ "China lashes out at the US over the ban": the subject of the verb only speaks of what the noun tells."""
    doc, units = frame.sentence.doc, frame.sentence.units
    trigger = doc[units.index(frame.trigger)]
    if trigger.dep_ != "pobj" or trigger.head.lower_ not in SPOKEN_OF:
        return set()
    above = {token.i for token in trigger.ancestors}
    subjects = [token for token in doc if token.dep_ in SUBJECTS and token.head.i in above]
    return {below.i for token in subjects for below in token.subtree}


def _own(frame: Frame) -> set[int]:
    """The units below a noun trigger, which tell of no other act: "after the ban in Italy"."""
    trigger = frame.sentence.doc[frame.sentence.units.index(frame.trigger)]
    return {token.i for token in trigger.subtree} if trigger.pos_ == "NOUN" else set()


def fellows_of(frame: Frame) -> list[tuple[Found, Found]]:
    """Authorities that are told to have done the like, each with its country: "follows similar moves by Ofcom"."""
    units = [frame.sentence.units[i] for i in frame.sentence.of_kind("authority") if _is_fellow(i, frame)]
    found = [found_in(unit, "fellow") for unit in units]
    return [(each, home) for each in found if (home := _seat(each, "fellow"))]


def _basis(place: int, frame: Frame, slots: list[int]) -> str:
    if _is_fellow(place, frame):
        return "fellow"
    return "place" if place in slots else "beside"


def _is_fellow(name: int, frame: Frame) -> bool:
    """ "joins Italy in", "a similar move by Italy", "the example of Italy": it acts likewise, apart from who acts."""
    units, token = frame.sentence.units, frame.sentence.doc[name]
    alike = word_lists(frame.sentence.doc.lang_, "references")["alike"]
    direct = True
    while name not in frame.actor.units and token.head != token and token.dep_ not in SUBJECTS | {"nsubjpass"}:
        direct = direct and (token.dep_ in ("conj", "appos", "dobj", "pobj"))
        token = token.head
        if units[token.i] == frame.trigger:
            return False
        noun = token.pos_ == "NOUN" and (token.lemma_ in alike or any(c.lower_ in alike for c in token.children))
        if noun or (direct and token.lemma_.lower() in alike):
            return True
    return False


def _is_slot(place: int, frame: Frame) -> bool:
    """ "in Italy", "by Italy and France", "like Italy", "include Italy": where, or by whom, something is done."""
    token = frame.sentence.doc[place]
    while token.dep_ in ("conj", "appos") and token.head != token:
        token = token.head
    if token.dep_ == "pobj" and token.head.lower_ in PLACED:
        return not _is_of_another(token.head, frame)
    return token.dep_ in SUBJECTS or (token.dep_ == "dobj" and token.head.lemma_ == "include")


def _is_of_another(preposition: Token, frame: Frame) -> bool:
    """ "the war in Ukraine", "servers in Ireland": where another thing is, which is neither who acts nor acted on."""
    noun, units = preposition.head, frame.sentence.units
    if noun.pos_ != "NOUN" or preposition.lower_ not in INSIDE or units[noun.i] in (frame.trigger, frame.platform):
        return False
    words = word_lists(noun.doc.lang_, "actors")
    return noun.i not in frame.actor.units and not noun_class(noun, words) and not is_one_of(noun, words["institution"])


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


def _place_in(unit: Unit, basis: str) -> Found:
    place = place_of(unit.text, unit.id)
    return Found(unit.id, unit.start, unit.end, basis, place if place != unit.id else "")


def _seat(authority: Found, basis: str) -> Found | None:
    """The country, and the part of it, of a listed authority, told by the authority's words."""
    row = load_reference().authorities.get(authority.value)
    if row is None or row.country is None:
        return None
    return replace(authority, value=row.country, basis=basis, region=row.region or "")


def home_of(authority: str) -> str | None:
    """The country of a listed authority."""
    row = load_reference().authorities.get(authority)
    return row.country if row else None
