"""The one clock of the house, as its timestamps are written."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """This second in UTC, ISO 8601."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
