"""Whether a confidence means what it says: of the events told with 0.9, nine in ten should be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

STEPS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The events whose confidence lies in [low, high): how many, how many of them right, their mean confidence."""

    low: float
    high: float
    events: int
    right: int
    mean: float


def calibration(judged: Sequence[tuple[float, bool]]) -> list[Bin]:
    """A reliability table: (confidence, right) pairs in ten steps, empty ones left out; 1.0 belongs to the last."""
    found = []
    for step in range(STEPS):
        inside = [(c, right) for c, right in judged if min(int(c * STEPS), STEPS - 1) == step]
        if inside:
            right, total = sum(right for _, right in inside), sum(c for c, _ in inside)
            found.append(Bin(step / STEPS, (step + 1) / STEPS, len(inside), right, total / len(inside)))
    return found


def expected_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: the mean distance of confidence and share of right ones, weighed by events."""
    events = sum(each.events for each in bins)
    return sum(abs(each.mean * each.events - each.right) for each in bins) / events if events else 0.0


def table(judged: Sequence[tuple[float, bool]]) -> str:
    """The bins as lines for people."""
    bins = calibration(judged)
    lines = ["confidence  events  right  share"]
    lines += [f"{b.low:.1f} to {b.high:.1f}  {b.events:6}  {b.right:5}  {b.right / b.events:.3f}" for b in bins]
    return "\n".join([*lines, f"expected calibration error {expected_error(bins):.3f}"])
