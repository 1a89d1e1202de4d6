"""Which date and which sum of a document belong to a frame: by clause first, by distance where clauses tell nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from spacy.tokens import Doc

from nlp.currencies import home_currency
from nlp.dates import DateMention
from nlp.frames import Frame
from nlp.money import MoneyMention
from nlp.resolving.spans import span
from nlp.sentences import Sentence, title_length
from nlp.ties import Tie, tie_of

Quantity = TypeVar("Quantity", DateMention, MoneyMention)

OPENING, WEEK = 500, 7
"""Characters of a text and days back in which the date of news is sought."""
WORTHLESS = frozenset({"until", "range-end"})
"""Relations of dates on which nothing began."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with its tie to a frame; `announced`: another, on which it was told what is to happen on that one."""

    date: DateMention
    tie: Tie
    announced: DateMention | None = None

    @property
    def sure(self) -> bool:
        """Whether the date tells one action from another."""
        return self.tie is not Tie.LOOSE


def date_of(frame: Frame, dates: Sequence[DateMention]) -> Dated | None:
    """The date that is tied to a frame best, None where its sentence gives none."""
    ties = ((each, tie_of(frame, each)) for each in _inside(frame.sentence, dates) if each.relation not in WORTHLESS)
    found = sorted((Dated(each, tie) for each, tie in ties if tie is not None), key=lambda each: _weight(each, frame))
    return replace(found[0], announced=_announced(found)) if found else None


def _weight(told: Dated, frame: Frame) -> tuple[Tie, bool, bool, int]:
    """The best tied first; what begins on a day ("from 1 March") before what is told on it, and before a deadline."""
    relation = told.date.relation
    return told.tie, relation == "before", relation != "from", _far(told.date, frame)


def _announced(found: list[Dated]) -> DateMention | None:
    """An earlier day, on which a clause above says so, or that stands beside "from"."""
    date, *others = found
    days = (each for each in others if each.sure and each.date.value[: len(date.date.value)] < date.date.value)
    told = (each.date for each in days if each.tie is Tie.GOVERNING or date.date.relation == "from")
    return next(told, None) if date.sure else None


def opening_date(doc: Doc) -> DateMention | None:
    """The day of the news that a title tells: the first one that the text opens with, a week old at most.

    None where the day of publication is unknown.
    """
    start = title_length(doc)
    told = span(doc._.published.isoformat()) if doc._.published else None
    opening = (each for each in doc._.dates if start <= each.start < start + OPENING and each.precision == "day")
    days = ((each, span(each.value)) for each in opening if each.relation in ("on", "from"))
    return next((each for each, day in days if day and told and 0 <= told.first - day.first < WEEK), None)


def sum_of(frame: Frame, money: Sequence[MoneyMention], country: str | None = None) -> MoneyMention | None:
    """The sum of what a frame tells, as it was set; None where its sentence gives none.

    `country` acts: of a sum and its conversion, the one in its own currency is the one that was set.
    """
    inside = [each for each in _inside(frame.sentence, money) if not each.converted]
    own = _of_its_own(frame, inside)
    ties = ((each, tie_of(frame, each)) for each in ([own] if own else inside))
    found = [(tie, _far(each, frame), each) for each, tie in ties if tie is not None]
    told = min(found, key=lambda each: each[:2], default=None)
    return _as_set(told[2], money, country) if told else None


def _of_its_own(frame: Frame, sums: list[MoneyMention]) -> MoneyMention | None:
    """Where a sentence tells as many sums as platforms, each has its own: "fines Google €5m and Meta €3m"."""
    units = frame.sentence.units
    names = list(dict.fromkeys(units[i].id for i in frame.sentence.of_kind("platform")))
    several = len(names) == len(sums) > 1 and frame.platform_id in names
    return sums[names.index(frame.platform_id)] if several else None


def _inside(sentence: Sentence, quantities: Iterable[Quantity]) -> list[Quantity]:
    units = sentence.units
    return [each for each in quantities if units[0].start <= each.start < units[-1].end]


def _far(quantity: DateMention | MoneyMention, frame: Frame) -> int:
    """Characters between a quantity and the trigger."""
    return abs(quantity.start - frame.trigger.start)


def _as_set(told: MoneyMention, money: Sequence[MoneyMention], country: str | None) -> MoneyMention:
    """The sum in the currency in which it was set, where the document converts it: "€265m ($277m)"."""
    for pair in pairwise(money):
        if pair[1].converted and not pair[0].converted and any(_is_same(told, each) for each in pair):
            return next((each for each in pair if each.currency == home_currency(country)), pair[0])
    return told


def _is_same(one: MoneyMention, other: MoneyMention) -> bool:
    return one.currency == other.currency and abs(one.amount - other.amount) <= 0.02 * one.amount
