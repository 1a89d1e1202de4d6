"""currencies.yaml as a typed model: signs, the countries that share a name, and whose currency is whose."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import BaseModel, RootModel

from nlp.phrases import STRICT, read_lexicon

CURRENCIES = Path(__file__).parent / "currencies.yaml"


class Currency(BaseModel):
    """Signs that mean one currency; or, under a key that is no ISO code, that of the country at hand."""

    model_config = STRICT
    signs: list[str] = []
    default: str | None = None
    countries: dict[str, str] = {}
    worldwide: bool = False
    home: frozenset[str] = frozenset()


class Currencies(RootModel[dict[str, Currency]]):
    """currencies.yaml."""


@cache
def currencies() -> dict[str, Currency]:
    """All of currencies.yaml."""
    return read_lexicon(CURRENCIES, Currencies).root


@cache
def home_currency(country: str | None) -> str | None:
    """ISO 4217 code of the currency in which a jurisdiction sets sums; None where nobody wrote it down."""
    return next((code for code, currency in currencies().items() if country in currency.home), None)
