"""Days as indexes write them."""

from __future__ import annotations

import pytest

from crawlers.dates import day_of
from crawlers.source_layouts import Dated


@pytest.mark.parametrize(
    ("words", "how", "languages", "day"),
    [
        ("2025-12-04T23:30:00-05:00", {}, [], "2025-12-04"),
        ("20251204T101500Z", {}, [], "2025-12-04"),
        ("Thu, 04 Dec 2025 23:30:00 -0500", {}, [], "2025-12-04"),
        (1764806400, {}, [], "2025-12-04"),
        ("1764806400", {}, [], "2025-12-04"),
        (1764806400000, {}, [], "2025-12-04"),
        (10**30, {}, [], None),
        ("2025-04-12", {"date_languages": ["ru"]}, [], "2025-04-12"),
        ("04.12.2025", {"date_format": "%d.%m.%Y"}, ["en"], "2025-12-04"),
        ("04.12.2025", {}, ["ru"], "2025-12-04"),
        ("4 декабря 2025 года", {}, ["ru"], "2025-12-04"),
        ("4 Aralık 2025", {"date_languages": ["tr"]}, ["en"], "2025-12-04"),
        ("4 December 2025", {}, ["xx"], "2025-12-04"),
        ("soon", {}, ["en"], None),
        ("  ", {}, [], None),
        (None, {}, [], None),
        ([], {}, [], None),
    ],
)
def test_day_of(words: object, how: dict[str, object], languages: list[str], day: str | None) -> None:
    assert day_of(words, Dated.model_validate(how), languages) == day
