"""Money in a text: sums with their currency, and whether a sum is a ceiling, a conversion, or due each day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.money_words import MoneyWords, money_words

BESIDE = 60
"""Characters before and behind a sum in which "up to" or "a day" is sought."""


@dataclass(frozen=True, slots=True)
class MoneyMention:
    """text[start:end] is `amount` of `currency` (ISO 4217). `converted`: the last sum in another currency."""

    start: int
    end: int
    amount: float
    currency: str
    ceiling: bool = False
    converted: bool = False
    per_day: bool = False


def find_money(text: str, lang: str, country: str | None = None) -> list[MoneyMention]:
    """The sums of a text, sorted and without overlap; offsets count characters of `text`.

    `country` (ISO 3166-1 alpha-2) tells whose dollars, rupees or crowns are meant where the words do not. Of a range
    ("$10-15 million") the amount is the first. Raises nothing, whatever the text.
    """
    words = money_words(lang)
    found: list[MoneyMention] = []
    for match, amount, currency in _sums(text, words, country):
        before = text[max(0, match.start() - BESIDE) : match.start()]
        after = text[match.end() : match.end() + BESIDE]
        last = found[-1] if found else None
        found.append(
            MoneyMention(
                match.start(),
                match.end(),
                amount,
                currency,
                ceiling=bool(words.ceiling.search(before)) and not words.not_ceiling.search(before),
                converted=last is not None
                and last.currency != currency
                and words.converted.fullmatch(text[last.end : match.start()]) is not None,
                per_day=bool(words.per_day_after.match(after) or words.per_day_before.search(before)),
            )
        )
    return found


def _sums(text: str, words: MoneyWords, country: str | None) -> Iterator[tuple[re.Match[str], float, str]]:
    for match in words.money.finditer(text):
        currency = words.currency(match["sign"], match["unit"], country)
        if currency:
            yield match, words.amount(match["number"], match["word"], match["times"] or match["spelt"]), currency
