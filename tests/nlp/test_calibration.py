"""Calibration: bins that hold every event once, and an error that is nought where confidence is the share of right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.calibration import calibration, expected_error, table

judged = st.lists(st.tuples(st.floats(0, 1), st.booleans()))


@given(judged)
def test_every_event_is_in_one_bin(pairs: list[tuple[float, bool]]) -> None:
    bins = calibration(pairs)
    assert sum(each.events for each in bins) == len(pairs)
    assert sum(each.right for each in bins) == sum(right for _, right in pairs)
    assert all(each.low - 1e-9 <= each.mean <= each.high + 1e-9 for each in bins)
    assert 0 <= expected_error(bins) <= 1


def test_nine_right_of_ten_at_point_nine_is_no_error() -> None:
    pairs = [(0.9, i > 0) for i in range(10)]
    assert expected_error(calibration(pairs)) == pytest.approx(0)
    assert "0.9 to 1.0      10      9  0.900" in table(pairs)


def test_sure_and_wrong_is_the_greatest_error() -> None:
    assert expected_error(calibration([(1.0, False)])) == 1
