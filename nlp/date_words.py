"""The words of dates as data: lang/<code>/dates.yaml compiled into one regular expression a language.

A pattern is a regular expression with {slots} (day, month, year, weekday, …) that the language's tables fill. All
patterns of a language become one alternation, tried in the order of the file; the slots of the one that matched come
back as numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

LANG = Path(__file__).parent / "lang"

Unit = Literal["hour", "day", "week", "month", "year"]
Relation = Literal["on", "since", "until", "before", "after", "from", "range-start", "range-end"]

FIXED_SLOTS = {
    "year": r"(?:19[89]|20[0-4])\d",
    "day": r"(?:3[01]|[12]\d|0?[1-9])(?!\d)",
    "mm": r"(?:1[0-2]|0?[1-9])(?!\d)",
}
SAME = {"mm": "month", "nth": "day"}
# What cannot stand beside a date: letters, or the rest of a version, sum, section number, address or path.
BEFORE, AFTER = r"(?<![\w/.@#$€£₽+-])", r"(?!\w|[.,:/]\d|%)"


class Pattern(BaseModel):
    """One way to write a date. `shift` counts `unit`s from the anchor; `sign` does so for a {number} in the text."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    text: str
    unit: Unit | None = None
    shift: int | None = None
    sign: Literal[-1, 1] | None = None
    anchor: Literal["published", "previous"] = "published"
    needs_cue: bool = False
    """Only after a word of `relations`: "in May", not "May"; "in 2018", not "the 2018 law"."""
    full_words: bool = False
    """Abbreviations do not count: "Sunday", not "Sun"."""


class Lexicon(BaseModel):
    """lang/<code>/dates.yaml; the values of tables are regular expressions, the keys what they mean."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    months: dict[int, str] = {}
    weekdays: dict[int, str] = {}
    seasons: dict[int, str] = {}
    turns: dict[int, str] = {}
    units: dict[Unit, str] = {}
    numbers: dict[int, str] = {}
    days: dict[int, str] = {}
    ordinal: str = "(?!)"
    year_suffix: str = "(?!)"
    parts: str = "(?!)"
    relations: dict[Relation, str] = {}
    range_end: str = "(?!)"
    joined: str = "(?!)"
    future: str = "(?!)"
    speech: str = "(?!)"
    not_after: str = "(?!)"
    not_before: str = "(?!)"
    word_boundaries: bool = True
    patterns: list[Pattern] = Field(default_factory=list)


# Every language reads ISO 8601; a time may follow.
ISO = Pattern(text=r"{year}-{mm}-{day}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Reading:
    """One match: text[start:end], by which pattern, and the numbers in its slots (turn -1 is last, 1 is next)."""

    start: int
    end: int
    pattern: Pattern
    slots: Mapping[str, int]
    unit: Unit | None

    @property
    def count(self) -> int:
        """How many units the phrase is away from its anchor; before it if negative."""
        if self.pattern.sign:
            return self.pattern.sign * self.slots["number"]
        return self.pattern.shift if self.pattern.shift is not None else self.slots.get("turn", 0)


class DateWords:
    """A compiled lexicon. `read` finds the dates of a text; the other expressions judge what stands beside one."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._tables: dict[str, Mapping[int, str]] = {
            "month": lexicon.months,
            "weekday": lexicon.weekdays,
            "season": lexicon.seasons,
            "turn": lexicon.turns,
            "number": lexicon.numbers,
            "nth": lexicon.days,
        }
        self._lexicon = lexicon
        self._patterns = [ISO, *lexicon.patterns]
        self._values: dict[tuple[str, str], int] = {}
        self._regex = self._compile_patterns()
        self.relations: dict[str, Relation] = {name.replace("-", "_"): name for name in lexicon.relations}
        relations = "|".join(f"(?P<{name.replace('-', '_')}>{words})" for name, words in lexicon.relations.items())
        self.relation = _compile(rf"\b(?:{relations or '(?!)'})(?: (?:the|around|about))? ?$")
        self.range_end = _compile(rf"^ ?(?:[-–—]|{lexicon.range_end}) ?$")
        self.joined = _compile(rf"^ ?(?:[-–—]|{lexicon.range_end}|{lexicon.joined}) ?$")
        self.day_before = _compile(
            rf"(?<![\w.,:/-])(\d{{1,2}})(?:{lexicon.ordinal})? ?(?:[-–—]|{lexicon.range_end}) ?$"
        )
        self.day_after = _compile(rf"(?: ?)[-–—] ?(\d{{4}}|\d{{1,2}})(?:{lexicon.ordinal})?(?!\w|[.,:/]\d|-)")
        self.future_before = _compile(rf"\b(?:{lexicon.future})\b[^,;:.!?\n—]*$")
        self.future_after = _compile(rf"^[^;:.!?\n]{{0,60}}?\b(?:{lexicon.future})\b")
        self.speech = _compile(rf"\b(?:{lexicon.speech})\b")
        self.not_after = _compile(rf"\b(?:{lexicon.not_after}) ?$")
        self.not_before = _compile(rf"^(?:-| )(?:{lexicon.not_before})\b")

    def read(self, text: str) -> Iterator[Reading]:
        """All that looks like a date, left to right, without overlap."""
        for match in self._regex.finditer(text):
            name = match.lastgroup or ""
            slots = {
                k.removeprefix(name + "_"): v for k, v in match.groupdict().items() if v and k.startswith(name + "_")
            }
            pattern = self._patterns[int(name[1:])]
            unit = pattern.unit or next(
                (u for u, w in self._lexicon.units.items() if _full(w, slots.get("unit", ""))), None
            )
            numbers = {
                SAME.get(slot, slot): self._number(slot, words) for slot, words in slots.items() if slot != "unit"
            }
            yield Reading(match.start(), match.end(), pattern, numbers, unit)

    def _number(self, slot: str, words: str) -> int:
        if words.isdigit():
            return int(words)
        if (slot, words) not in self._values:
            self._values[slot, words] = next(n for n, form in self._tables[slot].items() if _full(form, words))
        return self._values[slot, words]

    def _compile_patterns(self) -> re.Pattern[str]:
        before, after = (BEFORE, AFTER) if self._lexicon.word_boundaries else (r"(?<!\d)", r"(?!\d)")
        ways = (f"(?P<p{i}>{self._fill(pattern, i)})" for i, pattern in enumerate(self._patterns))
        return _compile(f"{before}(?:{'|'.join(ways)}){after}")

    def _fill(self, pattern: Pattern, index: int) -> str:
        """The pattern with every {slot} as a named group; names are made unique by the pattern's index."""
        words = {slot: "|".join(table.values()) or "(?!)" for slot, table in self._tables.items()} | FIXED_SLOTS
        words |= {"unit": "|".join(self._lexicon.units.values()) or "(?!)", "number": words["number"] + r"|\d{1,3}"}
        if pattern.full_words:
            words["weekday"] = "|".join(w.split("|")[0] for w in self._lexicon.weekdays.values())
        tails = {"day": f"(?:{self._lexicon.ordinal})?", "year": f"(?:{self._lexicon.year_suffix})?"}

        def group(match: re.Match[str]) -> str:
            slot = match[1]
            if slot == "part":
                return f"(?:{self._lexicon.parts})"
            return f"(?P<p{index}_{slot}>{words[slot]}){tails.get(slot, '')}"

        return re.sub(r"\{([a-z]+)\}", group, pattern.text)


def _compile(regex: str) -> re.Pattern[str]:
    """A space is any blank, or one line break (hard-wrapped text); none before a bar, where YAML folds long lists."""
    return re.compile(re.sub(r"(?<=[\w)?.]) \|", "|", regex).replace(" ", r"(?:[^\S\n]{1,3}|\n)"), re.IGNORECASE)


@lru_cache(maxsize=4096)
def _full(form: str, words: str) -> bool:
    return bool(words) and _compile(form).fullmatch(words) is not None


@cache
def date_words(lang: str) -> DateWords:
    """The words of one language; one without a file reads ISO dates alone.

    Raises:
        ValueError: the file is no such lexicon; names file, field and reason.
    """
    path = LANG / lang / "dates.yaml"
    if not lang.isalpha() or not path.is_file():
        return DateWords(Lexicon())
    try:
        return DateWords(Lexicon.model_validate(yaml.safe_load(path.read_text("utf-8"))))
    except (yaml.YAMLError, ValidationError, re.error, KeyError) as error:
        raise ValueError(f"{path}: not a lexicon of dates: {error}; lang/en/dates.yaml shows the form") from error
