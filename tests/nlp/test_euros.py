"""Sums in euros: which rate stands for which date, and when there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.memory import Recollection
from data.models import Mention, StoredMention
from data.reference import load_reference
from nlp.resolve import resolve
from nlp.resolving.cells import cells
from nlp.resolving.euros import in_euro

# Units for a euro that the European Central Bank and the Bank of Russia published.
RATES = [
    pytest.param("USD", "1999-01-04", 1.1789, id="the first day"),
    pytest.param("USD", "2019-12-31", 1.1234, id="a day"),
    pytest.param("USD", "2020-01-01", 1.1234, id="a holiday has the day before"),
    pytest.param("RUB", "2022-03-01", 117.201, id="the last rate of the rouble"),
    pytest.param("RUB", "2022-03-05", 117.201, id="and days after it"),
    pytest.param("RUB", "2023-08-17", 100.943, id="then those of the Bank of Russia"),
    pytest.param("BGN", "2019", 1.9558, id="a year"),
    pytest.param("BGN", "2019-02", 1.9558, id="a month"),
    pytest.param("EUR", None, 1, id="euros need no date"),
]


@pytest.mark.parametrize(("currency", "when", "units"), RATES)
def test_the_rate_of_a_date(currency: str, when: str | None, units: float) -> None:
    assert in_euro(1e6 * units, currency, when) == pytest.approx(1e6, rel=1e-9)


def test_a_year_has_the_mean_that_the_bank_tells() -> None:
    assert in_euro(1.1422, "USD", "2020") == pytest.approx(1, abs=0.005)
    assert in_euro(1e6, "USD", "2020") == pytest.approx(1e6 / 1.1422, rel=1e-3)


NONE = [
    ("USD", None), ("USD", "soon"), ("USD", "1998-12-31"), ("USD", "1998"), ("USD", "2999"), ("HRK", "2024-06-01"),
    ("XXX", "2024-06-01"), (None, "2024-06-01"),
]  # fmt: skip


@pytest.mark.parametrize(("currency", "when"), NONE)
def test_no_rate_no_euros(currency: str | None, when: str | None) -> None:
    assert in_euro(100, currency, when) is None


@given(st.dates(date(2010, 1, 1), date(2024, 12, 31)), st.sampled_from(["USD", "GBP", "RUB", "KRW"]), st.floats(1, 1e9))
def test_twice_the_sum_is_twice_the_euros(day: date, currency: str, amount: float) -> None:
    one, two = in_euro(amount, currency, day.isoformat()), in_euro(2 * amount, currency, day.isoformat())
    assert one is not None and two == pytest.approx(2 * one, abs=0.02)


FINE = Mention("google", "fine", "confirmed", date="2019-12-31", country="US", amount=1.1234e6, currency="USD")


@pytest.mark.parametrize(
    ("mention", "euros"),
    [(FINE, 1e6), (replace(FINE, date=None), None), (replace(FINE, amount=None, currency=None), None)],
)
def test_an_event_has_its_sum_in_euros(mention: Mention, euros: float | None) -> None:
    told = cells([StoredMention("d0", 0, mention)], reference := load_reference())
    (event,) = resolve(told, {}, Recollection(), now="2026-01-01T00:00:00Z", reference=reference).events
    assert event.amount_eur == euros
