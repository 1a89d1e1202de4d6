"""Dates in a text: which days, months and years its words name, and how the phrase ties to them.

Spans come from the patterns of the language (`date_words`), values from calendar arithmetic (`date_sums`). A general
date parser over whole sentences was measured to be a hundred times slower, and often wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from data.models import DatePrecision
from nlp.date_sums import Lean, middle, precision_of, seen_from, shifted, value_of
from nlp.date_words import DateWords, Reading, Relation, date_words

LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
CUE, CLAUSE, NEAR = 30, 80, 400
"""Characters in which a preposition, a word of the future, and the date that "the previous day" leans on are sought."""

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


def find_dates(text: str, lang: str, published: date | None) -> list[DateMention]:
    """The dates of a text, sorted and without overlap; offsets count characters of `text`.

    Without `published`, what needs it ("Thursday", "4 December") is left out. Raises nothing, whatever the text.
    """
    if published and not 1900 <= published.year <= 2100:
        published = None
    without_links = LINK.sub(lambda link: "_" * len(link[0]), text)
    return _Finder(without_links, date_words(lang), published).find()


class _Finder:
    """Reads one text; `found` grows from left to right, as later dates lean on earlier ones."""

    def __init__(self, text: str, words: DateWords, published: date | None) -> None:
        self.text, self.words, self.published = text, words, published
        self.found: list[DateMention] = []

    def find(self) -> list[DateMention]:
        readings = [reading for reading in self.words.read(self.text) if self._stands(reading)]
        for reading in self._share_years(readings):
            relation = self._relation(reading.start)
            if relation or not reading.pattern.needs_cue or self._joins(self.words.joined, reading.start):
                self._add(reading, relation or "on")
        return self.found

    def _stands(self, reading: Reading) -> bool:
        """Not part of a name ("Black Friday") nor a count ("of 2000 users")."""
        if self.words.not_after.search(self.text, max(0, reading.start - CUE), reading.start):
            return False
        bare_year = reading.slots.keys() == {"year"}
        return not (bare_year and self.words.not_before.match(self.text[reading.end : reading.end + CUE]))

    def _share_years(self, readings: list[Reading]) -> list[Reading]:
        """Gives both months of "from January to March 2024" the year, from right to left."""
        for i in range(len(readings) - 2, -1, -1):
            left, right = readings[i].slots, readings[i + 1].slots
            joined = self.words.range_end.fullmatch(self.text[readings[i].end : readings[i + 1].start])
            if joined and "year" not in left and {"month", "year"} <= right.keys() and "month" in left:
                year = right["year"] - (left["month"] > right["month"])
                readings[i] = replace(readings[i], slots={**left, "year": year})
        return readings

    def _relation(self, start: int) -> Relation | None:
        match = self.words.relation.search(self.text, max(0, start - CUE), start)
        return self.words.relations[match.lastgroup] if match and match.lastgroup else None

    def _joins(self, connector: re.Pattern[str], start: int) -> bool:
        return bool(self.found and connector.fullmatch(self.text[self.found[-1].end : start]))

    def _opens_range(self, start: int) -> bool:
        """Whether the last mention is the first end of a range whose other end starts here."""
        if not self._joins(self.words.range_end, start):
            return False
        gap = self.text[self.found[-1].end : start].strip()
        return gap in "-–—" or self.found[-1].relation in ("from", "since", "range-start")

    def _add(self, reading: Reading, relation: Relation) -> None:
        """Adds the mention, and the other end of the range where the words share a month ("4-8 December")."""
        value = self._value(reading, relation)
        if not value:
            return
        if relation == "since" and self.published and value > self.published.isoformat():
            relation = "from"
        basis: Literal["stated", "relative"] = "stated" if _is_stated(reading) else "relative"
        mention = DateMention(reading.start, reading.end, value, precision_of(value), basis, relation)
        first = self.words.day_before.search(self.text, max(0, mention.start - CUE), mention.start)
        if first and mention.precision == "day" and self.text[mention.start].isdigit():
            self._append_sibling(mention, first)
        self._append(mention)
        last = self.words.number_after.match(self.text, mention.end)
        if last and mention.precision != "month" and self.text[mention.end - 1].isdigit():
            self._append_sibling(mention, last)

    def _append_sibling(self, mention: DateMention, number: re.Match[str]) -> None:
        """The day or year that borrows the rest of its date from a neighbour."""
        value = mention.value[: -len(number[1].zfill(2))] + number[1].zfill(2)
        parts = [int(part) for part in value.split("-")]
        if (
            len(value) == len(mention.value)
            and value_of(*parts)
            and (not self.found or self.found[-1].end <= number.start(1))
        ):
            relation = self._relation(number.start(1)) or "on"
            self._append(replace(mention, start=number.start(1), end=number.end(1), value=value, relation=relation))

    def _append(self, mention: DateMention) -> None:
        """Marks both ends where the last two mentions are a range."""
        if self._opens_range(mention.start):
            self.found[-1] = replace(self.found[-1], relation="range-start")
            mention = replace(mention, relation="range-end")
        self.found.append(mention)

    def _value(self, reading: Reading, relation: Relation) -> str | None:
        slots = reading.slots
        if "year" in slots:
            return value_of(slots["year"], slots.get("month"), slots.get("day"))
        if reading.pattern.anchor == "previous":
            return self._near_value(reading)
        if "month" in slots and self._opens_range(reading.start):
            return seen_from(middle(self.found[-1].value), "after", slots)
        if not self.published:
            # A judgment tells the year once: "on 15 April 2024 … on 22 April".
            return (
                seen_from(middle(self.found[-1].value), "nearest", slots) if "month" in slots and self.found else None
            )
        if not reading.unit:
            return seen_from(self.published, self._lean(reading, relation), slots)
        value = shifted(self.published.isoformat(), reading.unit, reading.count)
        return value_of(int(value), slots["month"], slots.get("day")) if value and "month" in slots else value

    def _near_value(self, reading: Reading) -> str | None:
        """What "a day earlier" or "the 15th" means after the date told last."""
        if not self.found or reading.start - self.found[-1].end > NEAR:
            return None
        value = self.found[-1].value
        if reading.unit:
            return shifted(value, reading.unit, reading.count)
        return value_of(int(value[:4]), int(value[5:7]), reading.slots["day"]) if len(value) > 4 else None

    def _lean(self, reading: Reading, relation: Relation) -> Lean:
        if "turn" in reading.slots:
            return LEAN_OF_TURN[reading.slots["turn"]]
        bare_weekday = reading.slots.keys() == {"weekday"}
        if relation in ("until", "before"):
            return "future" if bare_weekday else "nearest"
        before = self.words.future_before.search(self.text, max(0, reading.start - CLAUSE), reading.start)
        after = None if bare_weekday else self.words.future_after.match(self.text[reading.end : reading.end + CLAUSE])
        cue = before or after
        if cue and not self.words.speech.search(cue[0]):
            return "future"
        return "nearest" if relation == "from" and not bare_weekday else "past"


def _is_stated(reading: Reading) -> bool:
    """Names a day, month or year of the calendar, though perhaps without its year."""
    return "turn" not in reading.slots and not {"year", "month"}.isdisjoint(reading.slots)
