"""Gaps in addresses and words."""

from __future__ import annotations

from datetime import date

import pytest

from crawlers.templates import filled, on_day, paths_of


@pytest.mark.parametrize(
    ("template", "address"),
    [
        ("https://example.org/{year}/list", "https://example.org/2026/list"),
        ("https://example.org/{year-1}", "https://example.org/2025"),
        ("?since={today-7}&until={today+1}", "?since=2026-02-22&until=2026-03-02"),
        ("?from={epoch-1}&until={epoch}", "?from=1772236800&until=1772323200"),
        ("https://example.org/{page}", "https://example.org/{page}"),
    ],
)
def test_on_day(template: str, address: str) -> None:
    assert on_day(template, date(2026, 3, 1)) == address


@pytest.mark.parametrize(
    ("template", "paths", "words"),
    [
        ("a.b", ["a.b"], "<a.b>"),
        ("https://example.org/{id}", ["id"], "https://example.org/<id>"),
        ("{a} and {b[0].c}", ["a", "b[0].c"], "<a> and <b[0].c>"),
    ],
)
def test_paths_and_what_fills_them(template: str, paths: list[str], words: str) -> None:
    assert paths_of(template) == paths
    assert filled(template, lambda path: f"<{path}>") == words
