"""Words as the parser sees them: a unit of the sentence with its readings, and the place that it takes in the tree."""

from __future__ import annotations

from dataclasses import dataclass, field

from nlp.russian.government import government
from nlp.russian.readings import CASES, Reading, name_readings, readings
from nlp.sentences import Unit


@dataclass(slots=True, eq=False)
class Word:
    """A unit with its readings; the parser narrows them and sets `head` and `label`."""

    place: int  # of its unit in the sentence
    unit: Unit
    lower: str
    readings: list[Reading]
    head: Word | None = None
    label: str = ""
    tag: str = ""
    tense: str = ""  # lent by an auxiliary; "none" by "быть" behind a modal verb
    index: int = -1  # among the words that are parsed; -1 for the first parts of a hyphened one
    flags: set[str] = field(default_factory=set)

    @property
    def best(self) -> Reading:
        """The likeliest reading that is left."""
        return self.readings[0]

    @property
    def kind(self) -> str:
        """The kind of the likeliest reading."""
        return self.best.kind

    @property
    def cases(self) -> set[str]:
        """The cases that the word may stand in."""
        return {r.case for r in self.readings if r.kind == self.kind}

    @property
    def is_auxiliary(self) -> bool:
        """A form of "быть", or a verb that only says that another begins or goes on."""
        return self.best.lemma == "быть" or (self.kind == "finite" and self.best.lemma in government().phase)

    @property
    def is_name(self) -> bool:
        """Whether it is a listed platform, authority or place."""
        return self.unit.kind in ("platform", "authority", "place")

    def narrow(self, case: str) -> None:
        """Leaves the readings of one case, if there are any."""
        self.readings = [reading for reading in self.readings if reading.case == case] or self.readings

    def attach(self, head: Word, label: str) -> None:
        """Hangs the word below another, unless that would close a circle."""
        above: Word | None = head
        while above is not None:
            if above is self:
                return
            above = above.head
        self.head, self.label = head, label


def words_of(units: list[Unit]) -> list[Word]:
    """The words of a sentence; the parts of a hyphened one hang on its last and are read together with it."""
    words = [Word(i, unit, unit.text.lower(), []) for i, unit in enumerate(units)]
    for left, hyphen, right in zip(words, words[1:], words[2:], strict=False):
        if hyphen.lower == "-" and left.unit.end == hyphen.unit.start and hyphen.unit.end == right.unit.start:
            right.lower = f"{left.lower}-{right.lower}"
            left.attach(right, "compound")
            hyphen.attach(right, "punct")
    for word in words:
        joined = word.lower != word.unit.text.lower() and not word.unit.kind
        word.readings = list(readings(word.lower) if joined else _readings_of(word.unit))
    for index, word in enumerate(word for word in words if word.head is None):
        word.index = index
    return words


def _readings_of(unit: Unit) -> tuple[Reading, ...]:
    if unit.kind == "money" or (unit.text[:1].isdigit() and not unit.kind):
        return tuple(Reading(unit.text.lower(), "noun" if unit.kind else "number", case) for case in CASES)
    if unit.kind in ("platform", "authority"):
        return name_readings(unit.text)
    found = readings(unit.text)
    return tuple(r for r in found if r.kind in ("noun", "adjective")) or found if unit.kind == "place" else found
