"""Dates in a text: which days, months and years its words name, and how the phrase ties to them.

Spans come from the patterns of the language (`date_words`), values from calendar arithmetic (`date_sums`). A general
date parser over whole sentences was measured to be a hundred times slower, and often wrong.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Literal

from nlp.date_lexicon import Relation
from nlp.date_sums import precision_of, value_of
from nlp.date_values import DateMention, Place, value_told
from nlp.date_words import DateWords, Reading, date_words

__all__ = ["DateMention", "find_dates"]

LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
CUE = 30
"""Characters in which a preposition is sought."""


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
            if self.found and self.found[-1].end > reading.start:
                self.found.pop()  # "1 May-8 June": the 8 was no day of May
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
        return self.words.relation_of(self.text[max(0, start - CUE) : start])

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
        last, ends_range = self.found[-1] if self.found else None, self._opens_range(reading.start)
        value = value_told(reading, Place(self.text, self.words, self.published, relation, last, ends_range))
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
        second = self.words.number_after.match(self.text, mention.end)
        if second and mention.precision != "month" and self.text[mention.end - 1].isdigit():
            self._append_sibling(mention, second)

    def _append_sibling(self, mention: DateMention, number: re.Match[str]) -> None:
        """The day or year that borrows the rest of its date from a neighbour, and is on the right side of it."""
        value = mention.value[: -len(number[1].zfill(2))] + number[1].zfill(2)
        parts = [int(part) for part in value.split("-")]
        ascends = (value > mention.value) == (number.start(1) > mention.start)
        free = not self.found or self.found[-1].end <= number.start(1)
        if ascends and free and len(value) == len(mention.value) and value_of(*parts) == value:
            relation = self._relation(number.start(1)) or "on"
            self._append(replace(mention, start=number.start(1), end=number.end(1), value=value, relation=relation))

    def _append(self, mention: DateMention) -> None:
        """Marks both ends where the last two mentions are a range."""
        if self._opens_range(mention.start):
            self.found[-1] = replace(self.found[-1], relation="range-start")
            mention = replace(mention, relation="range-end")
        self.found.append(mention)


def _is_stated(reading: Reading) -> bool:
    """Names a day, month or year of the calendar, though perhaps without its year."""
    return "turn" not in reading.slots and not {"year", "month"}.isdisjoint(reading.slots)
