"""What day, month or year a reading means: by publication, by the date told before, by the words beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.models import DatePrecision
from nlp.date_lexicon import Relation
from nlp.date_sums import Lean, middle, seen_from, shifted, value_of
from nlp.date_words import DateWords, Reading

CLAUSE, NEAR = 80, 400
"""Characters in which a word of the future, and the date that "the previous day" leans on, are sought."""

LEAN_OF_TURN: dict[int, Lean] = {-1: "before", 0: "nearest", 1: "after"}


@dataclass(frozen=True, slots=True)
class DateMention:
    """text[start:end] names the day, month or year `value` (ISO 8601); `basis` tells if a calendar would do."""

    start: int
    end: int
    value: str
    precision: DatePrecision
    basis: Literal["stated", "relative"]
    relation: Relation = "on"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reading stands: tied by `relation`, behind the `last` date if there is one, whose range it may end."""

    text: str
    words: DateWords
    published: date | None
    relation: Relation
    last: DateMention | None
    ends_range: bool


def value_told(reading: Reading, place: Place) -> str | None:
    """The ISO value, None where the words do not tell one without a publication date or name no day there is."""
    slots = reading.slots
    if "year" in slots:
        return value_of(slots["year"], slots.get("month"), slots.get("day"))
    if reading.pattern.anchor == "previous":
        return _leaning(reading, place)
    if "month" in slots and place.last and (place.ends_range or not place.published):
        # A judgment tells the year once: "on 15 April 2024 … on 22 April".
        return seen_from(middle(place.last.value), "after" if place.ends_range else "nearest", slots)
    if not place.published:
        return None
    if not reading.unit:
        return seen_from(place.published, _lean(reading, place), slots)
    value = shifted(place.published.isoformat(), reading.unit, reading.count)
    return value_of(int(value), slots["month"], slots.get("day")) if value and "month" in slots else value


def _leaning(reading: Reading, place: Place) -> str | None:
    """What "a day earlier" or "the 15th" means after the date told last."""
    if not place.last or reading.start - place.last.end > NEAR:
        return None
    value = place.last.value
    if reading.unit:
        return shifted(value, reading.unit, reading.count)
    return value_of(int(value[:4]), int(value[5:7]), reading.slots["day"]) if len(value) > 4 else None


def _lean(reading: Reading, place: Place) -> Lean:
    if "turn" in reading.slots:
        return LEAN_OF_TURN[reading.slots["turn"]]
    bare_weekday = reading.slots.keys() == {"weekday"}
    if place.relation in ("until", "before"):
        return "future" if bare_weekday else "nearest"
    text, words = place.text, place.words
    before = words.future_before.search(text, max(0, reading.start - CLAUSE), reading.start)
    after = None if bare_weekday else words.future_after.match(text[reading.end : reading.end + CLAUSE])
    cue = before or after
    if cue and not words.speech.search(cue[0]):
        return "future"
    return "nearest" if place.relation == "from" and not bare_weekday else "past"
