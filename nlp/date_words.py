"""The words of dates: lang/<code>/dates.yaml compiled into one regular expression a language.

A pattern is a phrase with {slots} (day, month, year, weekday, …) that the language's tables fill. All patterns of a
language become one alternation, tried in the order of the file; the slots of the one that matched come back as numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from nlp.date_lexicon import DateLexicon, Pattern, Relation, Unit
from nlp.phrases import GAP, NEVER, any_of, compiled, key_of, lexicon_path, read_lexicon

# What cannot stand beside a date: letters, or the rest of a version, sum, section number, address or path.
# A day with a hyphen ("4-8 December") may.
BEFORE = r"(?:(?<![\w/.@#$€£₽+-])|(?<=(?<![\w.,:/-])\d-)|(?<=(?<![\w.,:/-])\d\d-))"
AFTER = r"(?!\w|[.,:/]\d|%)"
SAME = {"mm": "month", "nth": "day"}
DASH = r" ?[-–—] ?"


# Every language reads ISO 8601; a time may follow.
ISO = Pattern(text=r"{year}[-/]{mm}[-/]{day}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?")


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
    """A compiled lexicon. `read` finds what looks like a date; the other expressions judge what stands beside it."""

    def __init__(self, words: DateLexicon) -> None:
        self._words, self._patterns = words, (ISO, *words.patterns)
        self._tables: dict[str, Mapping[int, str]] = {
            "month": words.months,
            "weekday": words.weekdays,
            "season": words.seasons,
            "turn": words.turns,
            "number": words.numbers,
            "nth": words.days,
        }
        self._number = cache(self._number_of)
        self._regex = self._compile_patterns()
        self.relations: dict[str, Relation] = {name.replace("-", "_"): name for name in words.relations}
        relations = "|".join(f"(?P<{key}>{words.relations[name]})" for key, name in self.relations.items())
        end = rf"(?:{DASH}|{GAP}?(?:{words.range_end}){GAP}?)"
        self.relation = compiled(rf"\b(?:{relations or NEVER})(?:{GAP}(?:{words.articles}))?{GAP}?$")
        self.range_end = compiled(end)
        self.joined = compiled(rf"{end}|{GAP}?(?:{words.joined}){GAP}?")
        self.day_before = compiled(rf"(?<![\w.,:/-])(\d{{1,2}})(?:{words.ordinal})?{end}$")
        self.number_after = compiled(rf"{DASH}(\d{{4}}|\d{{1,2}})(?:{words.ordinal})?(?!\w|[.,:/]\d|-)")
        self.future_before = compiled(rf"\b(?:{words.future})\b[^,;:.!?\n—]*$")
        self.future_after = compiled(rf"[^;:.!?\n]{{0,60}}?\b(?:{words.future})\b")
        self.speech = compiled(rf"\b(?:{words.speech})\b")
        self.not_after = compiled(rf"\b(?:{words.not_after}){GAP}?$")
        self.not_before = compiled(rf"(?:{GAP}|-)(?:{words.not_before})\b")

    def read(self, text: str) -> Iterator[Reading]:
        """All that looks like a date, left to right, without overlap."""
        for match in self._regex.finditer(text):
            name = match.lastgroup or ""
            slots = {
                key[len(name) + 1 :]: v for key, v in match.groupdict().items() if v and key.startswith(f"{name}_")
            }
            pattern = self._patterns[int(name[1:])]
            unit = pattern.unit or key_of(self._words.units, slots.pop("unit", None))
            numbers = {SAME.get(slot, slot): self._number(slot, words) for slot, words in slots.items()}
            yield Reading(match.start(), match.end(), pattern, numbers, unit)

    def relation_of(self, words: str) -> Relation | None:
        """The relation that words at the end of a text tell; None for none."""
        match = self.relation.search(words)
        return self.relations[match.lastgroup] if match and match.lastgroup else None

    def _number_of(self, slot: str, words: str) -> int:
        return int(words) if words.isdecimal() else key_of(self._tables[slot], words) or 0

    def _compile_patterns(self) -> re.Pattern[str]:
        before, after = (BEFORE, AFTER) if self._words.word_boundaries else (r"(?<!\d)", r"(?!\d)")
        ways = (f"(?P<p{i}>{self._fill(pattern, i)})" for i, pattern in enumerate(self._patterns))
        return compiled(f"{before}(?:{'|'.join(ways)}){after}")

    def _fill(self, pattern: Pattern, index: int) -> str:
        """The pattern with every {slot} as a named group; the pattern's index makes names unique."""
        forms = {slot: any_of(table) for slot, table in self._tables.items()}
        forms |= {
            "year": r"(?:19[89]|20[0-4])\d",
            "day": r"(?:3[01]|[12]\d|0?[1-9])(?!\d)",
            "mm": r"(?:1[0-2]|0?[1-9])(?!\d)",
            "unit": any_of(self._words.units),
            "number": any_of(self._words.numbers) + r"|\d{1,3}",
        }
        tails = {"day": f"(?:{self._words.ordinal})?", "year": f"(?:{self._words.year_suffix})?"}
        silent = {"part": self._words.parts, "wd": f"{forms['weekday']}|{self._words.weekdays_short}"}

        def group(match: re.Match[str]) -> str:
            slot = match[1]
            if slot in silent:
                return f"(?:{silent[slot]})"
            return f"(?P<p{index}_{slot}>{forms[slot]}){tails.get(slot, '')}"

        return re.sub(r"\{([a-z]+)\}", group, pattern.text)


@cache
def date_words(lang: str) -> DateWords:
    """The words of one language; one without a file reads ISO dates alone. ValueError: the file is no lexicon."""
    return DateWords(read_lexicon(lexicon_path(lang, "dates.yaml"), DateLexicon))
