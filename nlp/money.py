"""Money in a text: sums with their currency, and whether a sum is a ceiling, a conversion, or due each day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.money_words import MoneyWords, money_words

BESIDE, NEAR = 60, 800
"""Characters about a sum in which "up to" or "a day", and back in which a currency that it leaves out, are sought."""
MILLION = 1_000_000


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

    `country` (ISO 3166-1 alpha-2) tells whose rupees or crowns are meant where the words do not, and whose dollars if
    the text names these plainly elsewhere ("A$5m"). Of a range ("$10-15 million") the amount is the first. Raises
    nothing, whatever the text.
    """
    found: list[MoneyMention] = []
    words = money_words(lang)
    if not words:
        return found
    for match in words.money.finditer(text):
        amount = words.amount(match)
        currency = words.currency(match, country) or _currency_before(match, amount, words, found)
        if currency:
            found.append(_mention(match, amount, currency, words, found[-1] if found else None))
    return found


def _currency_before(match: re.Match[str], amount: float, words: MoneyWords, found: list[MoneyMention]) -> str | None:
    """The currency of a sum told shortly before, where millions, spelt out, leave it out ("then another 7 million")."""
    last = next((mention for mention in reversed(found) if not mention.converted), None)
    times = match["times"] or match["spelt"] or ""
    if not last or amount < MILLION or len(times) < 3 or match.start() - last.end > NEAR:
        return None
    return last.currency if words.elliptic_before.match(match.string[match.end() : match.end() + BESIDE]) else None


def _mention(
    match: re.Match[str], amount: float, currency: str, words: MoneyWords, last: MoneyMention | None
) -> MoneyMention:
    start, end, text = match.start(), match.end(), match.string
    before, after = text[max(0, start - BESIDE) : start], text[end : end + BESIDE]
    return MoneyMention(
        start,
        end,
        amount,
        currency,
        ceiling=bool(words.ceiling.search(before)) and not words.not_ceiling.search(before),
        converted=bool(last and last.currency != currency and words.converted.fullmatch(text[last.end : start])),
        per_day=bool(words.per_day_after.match(after) or words.per_day_before.search(before)),
    )
