"""lang/<code>/dates.yaml as a typed model."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from nlp.phrases import NEVER, STRICT, Phrase

Unit = Literal["hour", "day", "week", "month", "year"]
Relation = Literal["on", "since", "until", "before", "after", "from", "range-start", "range-end"]


class Pattern(BaseModel):
    """One way to write a date. `shift` counts `unit`s from the anchor; `sign` does so for a {number} in the text."""

    model_config = STRICT
    text: Phrase
    unit: Unit | None = None
    shift: int | None = None
    sign: Literal[-1, 1] | None = None
    anchor: Literal["published", "previous"] = "published"
    needs_cue: bool = False
    """Only after a phrase of `relations`: "in May", not "May"; "in 2018", not "the 2018 law"."""


class DateLexicon(BaseModel):
    """lang/<code>/dates.yaml; keys of tables are what their phrases mean. lang/en/dates.yaml explains each."""

    model_config = STRICT
    months: dict[int, Phrase] = {}
    weekdays: dict[int, Phrase] = {}
    weekdays_short: Phrase = NEVER
    seasons: dict[int, Phrase] = {}
    turns: dict[int, Phrase] = {}
    units: dict[Unit, Phrase] = {}
    numbers: dict[int, Phrase] = {}
    days: dict[int, Phrase] = {}
    ordinal: Phrase = NEVER
    year_suffix: Phrase = NEVER
    parts: Phrase = NEVER
    relations: dict[Relation, Phrase] = {}
    articles: Phrase = NEVER
    range_end: Phrase = NEVER
    joined: Phrase = NEVER
    future: Phrase = NEVER
    speech: Phrase = NEVER
    not_after: Phrase = NEVER
    not_before: Phrase = NEVER
    word_boundaries: bool = True
    patterns: tuple[Pattern, ...] = ()
