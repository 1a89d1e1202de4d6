"""Where an action holds: the country of a frame or of a document, with the span that says so.

Of the acting authority, else of the place that acts, else of a place in the sentence, else of the document.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from data.reference import load_reference
from nlp.described import place_of
from nlp.frames import Frame
from nlp.placing import (
    acting_places,
    is_destination,
    is_fellow,
    is_origin,
    is_slot,
    names_institution,
    own_units,
    speakers_of,
)
from nlp.sentences import Unit


@dataclass(frozen=True, slots=True)
class Found:
    """A value with the words behind it; `basis` tells how near it stood; `region` the part of a country that acts."""

    value: str
    start: int
    end: int
    basis: str
    region: str = ""

    @property
    def acts(self) -> bool:
        """Whether a country is said to act, or the act to hold there, and not only named or taken from elsewhere."""
        return self.basis in ("actor", "place", "fellow")

    @property
    def jurisdiction(self) -> tuple[str, str]:
        """What tells one acting jurisdiction from another."""
        return self.value, self.region


def countries_of(frame: Frame, authority: Found | None) -> list[Found]:
    """The countries, or parts of one, that may act in a frame, likeliest first.

    Basis "actor": it acts, or its authority does; "place": the act is said to hold there, or it stands beside such a
    one; "fellow": it does the like; "beside": the sentence only names it, which tells no two actions apart.
    """
    units, spoken = frame.sentence.units, speakers_of(frame)
    found = [_place_in(units[i], "actor") for i in acting_places(frame) if i not in spoken]
    if authority and (home := _seat(authority, authority.basis)):
        found.insert(0 if authority.basis == "actor" else len(found), home)
    places = [
        i
        for i in frame.sentence.of_kind("place")
        if i not in spoken and not is_origin(i, frame) and not is_destination(i, frame)
    ]
    slots = [i for i in places if is_slot(i, frame)]
    slots = [i for i in slots if i in own_units(frame)] or slots
    places.sort(key=lambda i: (i not in slots, not names_institution(i, frame), far_from(units[i], frame)))
    found += [_place_in(units[i], _basis(i, frame, slots)) for i in places]
    return list({each.jurisdiction: each for each in reversed(found)}.values())[::-1]


def fellows_of(frame: Frame) -> list[tuple[Found, Found]]:
    """Authorities that are told to have done the like, each with its country: "follows similar moves by Ofcom"."""
    units = [frame.sentence.units[i] for i in frame.sentence.of_kind("authority") if is_fellow(i, frame)]
    found = [found_in(unit, "fellow") for unit in units]
    return [(each, home) for each in found if (home := _seat(each, "fellow"))]


def _basis(place: int, frame: Frame, slots: list[int]) -> str:
    if is_fellow(place, frame):
        return "fellow"
    return "place" if place in slots else "beside"


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
