"""The words of money: currencies.yaml and lang/<code>/money.yaml compiled into one regular expression a language."""

from __future__ import annotations

import re
from functools import cache

from pydantic import BaseModel, field_validator

from nlp.currencies import currencies
from nlp.phrases import GAP, NEVER, STRICT, Phrase, any_of, compiled, key_of, lexicon_path, read_lexicon

# Digits in groups (by blank or apostrophe, by comma, by full stop; Indian groups have two digits), or plain.
NUMBER = (
    r"(?:\d{1,3}(?:[ \u00a0\u2009\u202f'’]\d{3}){1,5}(?:[.,]\d{1,2})?|\d{1,3}(?:,\d{2,3}){1,7}(?:\.\d{1,4})?"
    r"|\d{1,3}(?:\.\d{3}){1,5}(?:,\d{1,4})?|\d{1,15}(?:[.,]\d{1,4})?)(?!\d)"
)
BLANK = rf"{GAP}?"


class MoneyLexicon(BaseModel):
    """lang/<code>/money.yaml; keys of tables are what their phrases mean. lang/en/money.yaml explains each."""

    model_config = STRICT
    decimal: str = "."
    names: dict[str, Phrase] = {}
    multipliers: dict[float, Phrase] = {}
    numbers: dict[float, Phrase] = {}
    half: Phrase = NEVER
    bare_multipliers: bool = False
    """Whether a multiplier alone is a number, as in "миллион рублей"."""
    range_to: Phrase = NEVER
    elliptic_before: Phrase = NEVER
    """What may follow millions of a currency told before: "and then another 7 million.", not "7 million users"."""
    ceiling: Phrase = NEVER
    not_ceiling: Phrase = NEVER
    conversion: Phrase = NEVER
    per_day_before: Phrase = NEVER
    per_day_after: Phrase = NEVER

    @field_validator("names")
    @classmethod
    def _known(cls, names: dict[str, str]) -> dict[str, str]:
        if unknown := [k for k in names if k not in currencies() and not re.fullmatch("[A-Z]{3}", k)]:
            raise ValueError(f"{unknown}: neither ISO 4217 nor a key of currencies.yaml")
        return names


class MoneyWords:
    """A compiled lexicon: `money` finds sums, the other expressions judge what stands beside one."""

    def __init__(self, words: MoneyLexicon) -> None:
        self._words = words
        self._key_of_sign = {sign: key for key, currency in currencies().items() for sign in currency.signs}
        self.money = compiled(self._money())
        self.ceiling = compiled(rf"(?<!\w)(?:{words.ceiling}){BLANK}$")
        self.not_ceiling = compiled(rf"(?:{words.not_ceiling}){BLANK}$")
        told = rf"(?:(?:{words.conversion}){BLANK})"
        noun = rf"(?:{GAP}[\w-]+){{0,3}}{BLANK}"  # "€1.1 billion antitrust fine ($1.2 billion)"
        self.converted = compiled(rf"{noun}[(\[]{BLANK}{told}*|{BLANK}(?:/{BLANK}|(?:[,–—-]{BLANK})?{told}+)")
        self.elliptic_before = compiled(rf"{words.elliptic_before}|\W*$")
        self.per_day_before = compiled(rf"(?<!\w)(?:{words.per_day_before})$")
        self.per_day_after = compiled(rf"(?:{BLANK}\([^()]{{0,40}}\))?{BLANK}(?:{words.per_day_after})(?!\w)")

    def _money(self) -> str:
        words = self._words
        sign = "|".join(map(_sign, sorted(self._key_of_sign, key=len, reverse=True)))
        times = any_of(words.multipliers)
        tail = rf"(?:{BLANK}(?:[-–—]|{words.range_to}){BLANK}(?:{sign})?{BLANK}{NUMBER})?"
        number = rf"(?P<word>{any_of(words.numbers)})(?:{GAP}(?P<half>{words.half}))?(?:{GAP}|-)"
        spelt = rf"(?:{number}){'?' if words.bare_multipliers else ''}"
        digits = rf"(?P<number>{NUMBER}){tail}(?:{BLANK}-?(?P<times>{times})(?!\w))?"
        unit = rf"(?:{GAP}of)?{BLANK}-?(?P<unit>(?:{any_of(words.names)})(?!\w)|{sign})"
        return rf"(?<![\w.,])(?:(?P<sign>{sign}){BLANK})?(?:{digits}|{spelt}(?P<spelt>{times})(?!\w))(?:{unit}|(?!\w))"

    def currency(self, match: re.Match[str], country: str | None) -> str | None:
        """ISO 4217 code by what stands before and behind a number; the latter is the plainer ("$5m AUD")."""
        key = self._key(match["unit"]) or self._key(match["sign"])
        shared = currencies().get(key or "")
        if not shared or re.fullmatch("[A-Z]{3}", key or ""):
            return key
        own = shared.countries.get(country or "")
        return own if own and (not shared.worldwide or self._names(own, match.string)) else shared.default

    def _names(self, currency: str, text: str) -> bool:
        """Whether a text names a currency plainly somewhere."""
        plain = self._words.names.get(currency)
        signs = currencies()[currency].signs
        return any(sign in text for sign in signs) or bool(plain and compiled(plain).search(text))

    def _key(self, words: str | None) -> str | None:
        return self._key_of_sign.get(words or "") or key_of(self._words.names, words)

    def amount(self, match: re.Match[str]) -> float:
        """The sum that digits, or a number word, make with a multiplier."""
        number, times = match["number"], match["times"] or match["spelt"]
        base = (
            parse_number(number, self._words.decimal) if number else key_of(self._words.numbers, match["word"]) or 1.0
        )
        return round((base + (0.5 if match["half"] else 0)) * (key_of(self._words.multipliers, times) or 1.0), 2)


def parse_number(number: str, decimal: str) -> float:
    """The value of digits with separators: "1.200.000,50", "1,337.76", "2,00,000", "8,5".

    One lone separator with three digits behind it parts thousands unless it is the language's `decimal` mark.
    """
    digits = re.sub(r"[^\d.,]", "", number)
    marks = re.sub(r"\d", "", digits)
    thousands = len(marks) == 1 and marks != decimal and re.fullmatch(r"[1-9]\d{0,2}\D\d{3}", digits)
    if not marks or thousands or (len(marks) > 1 and len(set(marks)) == 1):
        return float(re.sub(r"\D", "", digits))
    whole, _, part = digits.rpartition(marks[-1])
    return float(re.sub(r"\D", "", whole) + "." + part)


def _sign(sign: str) -> str:
    """A sign in letters must be no part of a word; case counts."""
    before = r"(?<!\w)" if sign[0].isalpha() and sign.isascii() else ""
    return rf"{before}(?-i:{re.escape(sign)})" + (r"(?![^\W\d])" if sign[-1].isalpha() else "")


@cache
def money_words(lang: str) -> MoneyWords | None:
    """The words of one language; None where it has no file. ValueError: the file is no lexicon.

    Without its words for thousands and millions, and its decimal mark, a language's sums would be read wrong.
    """
    path = lexicon_path(lang, "money.yaml")
    return MoneyWords(read_lexicon(path, MoneyLexicon)) if path.is_file() else None
