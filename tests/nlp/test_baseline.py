"""The gate: reading may not get worse than the floors of data/baseline.json, which fall only with a written reason."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nlp.baseline import BASELINE, faults, figures, raised

HELD: dict[str, Any] = {"floors": {"gold": {"event": [0.7, 0.7], "false alarms": [50.0, 50.0]}}, "lowered": []}


def test_reading_keeps_above_its_floors() -> None:
    measured = figures()
    assert set(measured) >= {"gold"}
    assert not faults(measured, json.loads(BASELINE.read_text("utf-8")))


@pytest.mark.parametrize(
    ("measured", "wanted"),
    [
        ({"event": 0.7, "false alarms": 50.0}, []),
        ({"event": 0.69, "false alarms": 50.0}, ["gold: event is 0.69, past its floor of 0.7"]),
        ({"event": 0.9, "false alarms": 51.0}, ["gold: false alarms is 51.0, past its floor of 50.0"]),
    ],
)
def test_a_figure_past_its_floor_is_told(measured: dict[str, float], wanted: list[str]) -> None:
    assert faults({"gold": measured}, HELD) == wanted


def test_floors_rise_with_what_is_measured() -> None:
    better = raised({"gold": {"event": 0.8, "false alarms": 20.0}}, HELD, "", "2026-01-01")
    assert better["floors"]["gold"] == {"event": [0.79, 0.79], "false alarms": [21.0, 21.0]}
    assert better["lowered"] == []


def test_a_floor_falls_with_a_reason_only() -> None:
    worse = {"gold": {"event": 0.6}}
    assert raised(worse, HELD, "", "2026-01-01") == HELD
    lowered = raised(worse, HELD, "gold was labelled anew", "2026-01-01")
    assert lowered["floors"]["gold"]["event"] == [0.59, 0.7]
    assert faults(worse, lowered) == []
    assert faults(worse, {**lowered, "lowered": []}) == [
        "gold: the floor of event was 0.7, is 0.59, and nobody wrote why"
    ]
