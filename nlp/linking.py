"""Which date and which sum of a document belong to a frame: by clause first, by distance where clauses tell nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import TypeVar

from spacy.tokens import Token

from nlp.date_words import date_words
from nlp.dates import DateMention
from nlp.frames import Frame
from nlp.money import MoneyMention
from nlp.sentences import Sentence

Quantity = TypeVar("Quantity", DateMention, MoneyMention)

CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "pcomp", "parataxis", "csubj"})
OCCASIONS = frozenset({"in", "at", "by", "during"})
"""What stands before a noun that only says on which occasion: "in a vote on Friday", not "after a vote on Friday"."""
AWAY = frozenset({"after", "before", "since", "until"})
"""Relations whose clause has a time of its own."""
WORTHLESS = frozenset({"until", "range-end"})
"""Relations of dates on which nothing began."""


class Tie(IntEnum):
    """How a date stands to a trigger, the surest first: in its clause, in one that governs it, or merely beside."""

    OWN = 0
    GOVERNING = 1
    LOOSE = 2


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with its tie to a frame."""

    date: DateMention
    tie: Tie

    @property
    def sure(self) -> bool:
        """Whether the date tells one action from another."""
        return self.tie is not Tie.LOOSE


def date_of(frame: Frame, dates: Sequence[DateMention]) -> Dated | None:
    """The date that is tied to a frame best, None where its sentence gives none."""
    ties = ((each, _tie(frame, each)) for each in _inside(frame.sentence, dates) if each.relation not in WORTHLESS)
    found = [Dated(each, tie) for each, tie in ties if tie is not None]
    return min(found, key=lambda each: (each.tie, each.date.relation == "before", _far(each.date, frame)), default=None)


def sum_of(frame: Frame, money: Sequence[MoneyMention]) -> MoneyMention | None:
    """The sum of what a frame tells, in the currency in which it was set; None where the document gives none."""
    inside = [each for each in _inside(frame.sentence, money) if not each.converted]
    nearest = min(inside, key=lambda each: _far(each, frame), default=None)
    return _as_set(nearest, money) if nearest else None


def _inside(sentence: Sentence, quantities: Iterable[Quantity]) -> list[Quantity]:
    units = sentence.units
    return [each for each in quantities if units[0].start <= each.start < units[-1].end]


def _far(quantity: DateMention | MoneyMention, frame: Frame) -> int:
    """Characters between a quantity and the trigger."""
    return abs(quantity.start - frame.trigger.start)


def _tie(frame: Frame, date: DateMention) -> Tie | None:
    """The tie of a date of the frame's sentence; None where another clause has it for its own."""
    sentence = frame.sentence
    trigger = sentence.doc[sentence.units.index(frame.trigger)]
    host, beside = _host(_head(sentence, date), trigger, sentence)
    way = _way_up(trigger, host)
    if way is None or beside:
        return Tie.LOOSE
    if any(_parts(token, sentence) for token in way):
        return None
    return Tie.GOVERNING if any(token.dep_ in CLAUSES for token in way) else Tie.OWN


def _head(sentence: Sentence, date: DateMention) -> Token:
    """The word of a date on which its other words depend."""
    words = [
        sentence.doc[i] for i, unit in enumerate(sentence.units) if date.start < unit.end and unit.start < date.end
    ]
    return next((word for word in words if word.head not in words or word.head == word), words[0])


def _host(token: Token, trigger: Token, sentence: Sentence) -> tuple[Token, bool]:
    """The trigger or verb that a date goes with, and whether a noun stands between that has it rather."""
    beside = False
    while token.head != token:
        token = token.head
        if token == trigger or token.pos_ in ("VERB", "AUX"):
            break
        if token.pos_ in ("NOUN", "PROPN") and not sentence.units[token.i].kind:
            beside |= token.head.lower_ not in OCCASIONS
    return token, beside


def _way_up(trigger: Token, host: Token) -> list[Token] | None:
    """The words from a trigger up to a host, the host left out; None where it does not stand above."""
    way, token = [], trigger
    while token != host:
        if token.head == token:
            return None
        way.append(token)
        token = token.head
    return way


def _parts(token: Token, sentence: Sentence) -> bool:
    """Whether a word on the way up heads a clause or phrase whose time is another than that of what it depends on."""
    if token.dep_ in ("relcl", "acl") and sentence.units[token.head.i].kind == "platform":
        return True
    openers = [child for child in token.children if child.dep_ in ("mark", "prep")] if token.dep_ == "advcl" else []
    openers += [token] if token.dep_ == "prep" else []
    words = date_words(sentence.doc.lang_)
    return any(words.relation_of(sentence.units[each.i].text) in AWAY for each in openers)


def _as_set(told: MoneyMention, money: Sequence[MoneyMention]) -> MoneyMention:
    """The sum in the currency in which it was set, where the document converts it: "€265m ($277m)"."""
    for base, other in pairwise(money):
        same = other.currency == told.currency and abs(other.amount - told.amount) <= 0.02 * told.amount
        if other.converted and not base.converted and same:
            return base
    return told
