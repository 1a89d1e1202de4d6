"""An event in one plain English line, from its fields and the names in the reference."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from data.models import Event
from data.reference import Reference


def summary(event: Event, reference: Reference) -> str:
    """For example "Russia: Roskomnadzor blocked FaceTime (2025-12-04, confirmed)"."""
    mood = event.status if event.status in ("threatened", "denied") else "done"
    sentence = _phrases()[mood][event.action]["by" if event.authority else "bare"].format(
        platform=_name(reference.platforms, event.platform),
        authority=_name(reference.authorities, event.authority),
        amount="" if event.amount is None else f" {event.amount:,.15g} {event.currency or ''}".rstrip(),
    )
    country = _name(reference.countries, event.country)
    told = f"{country}: {sentence}" if country else sentence[:1].upper() + sentence[1:]
    return f"{told} ({event.date or 'undated'}, {event.status})"


@cache
def _phrases() -> dict[str, dict[str, dict[str, str]]]:
    text = Path(__file__).with_name("summary.yaml").read_text("utf-8")
    return cast(dict[str, dict[str, dict[str, str]]], yaml.safe_load(text))


def _name(rows: Mapping[str, Any], key: str | None) -> str:
    """The name of a reference row; what no row knows is its own name."""
    return str(rows[key].name) if key and key in rows else key or ""
