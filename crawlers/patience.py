"""How often a source is asked: one that fails night after night less and less, though it is never forgotten.

A source whose strikes exceed all patience is paused until its `next_try`; the run then is the probe, and if it succeeds
the source is asked every night again. The figures are in patience.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any

import yaml

from crawlers.sources import SourceFile
from data.models import SourceHealth, SourceRun

EARLIER = timedelta(hours=6)
"""How much before its hour a source may be tried, for nightly runs do not start to the minute."""


@cache
def _figures() -> dict[str, Any]:
    figures: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("patience.yaml").read_text(encoding="utf-8"))
    return figures


def judged(run: SourceRun, before: SourceHealth | None) -> SourceRun:
    """The run with what follows from it and from how the source did `before`: strikes, reliability, next try."""
    latest, well = _figures()["latest"], run.well
    strikes = 0.0 if well else (before.strikes if before else 0.0) + _figures()["strikes"][run.failure or "error"]
    past = before.reliability if before and before.reliability is not None else float(well)
    reliability = round(past + latest * (well - past), 4)
    return replace(run, strikes=strikes, reliability=reliability, next_try=_next_try(run.started, strikes))


def nights(strikes: float) -> int:
    """For how many nights a source with so many strikes is left alone: 1 is no pause."""
    beyond = ceil(strikes - _figures()["patience"])
    return 1 if beyond <= 0 else min(2 ** min(beyond, 30), _figures()["longest"])


def _next_try(started: str, strikes: float) -> str | None:
    pause = nights(strikes)
    if pause == 1:
        return None
    return (datetime.fromisoformat(started).astimezone(UTC) + timedelta(pause) - EARLIER).strftime("%Y-%m-%dT%H:%M:%SZ")


def due(
    sources: Sequence[SourceFile], health: Mapping[str, SourceHealth], moment: str
) -> tuple[list[SourceFile], list[SourceHealth]]:
    """The sources that are to be asked at `moment`, longest unasked first, and how those do that are left alone."""
    paused = [each for source in sources if (each := health.get(source.id)) and each.paused(moment)]
    skipped = {each.source for each in paused}
    left = [source for source in sources if source.id not in skipped]
    return sorted(left, key=lambda source: health[source.id].last_try if source.id in health else ""), paused


def mostly_failed(runs: Sequence[SourceRun], paused: int = 0) -> bool:
    """Whether more than half did not do well. Then the fault is more likely here than there."""
    return 2 * (sum(not run.well for run in runs) + paused) > len(runs) + paused
