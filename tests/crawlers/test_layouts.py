"""Layouts of an index: the newest that finds items wins, and what is odd in a page costs that item alone."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawlers.sources import read_source
from crawlers.trial import Trial, try_source
from data.archive import Archive
from data.models import Document

Try = Callable[..., Trial]
OLD = '<ul><li><a href="/1">Old one</a></li></ul>'
NEW = '<main><article><h2>New one</h2><p>4 December 2025</p><span data-to="/2"></span></article></main>'
VERSIONS = [
    {"item": "li", "link": "a"},
    {"since": date(2026, 1, 1), "item": "//article", "link": "./span/@data-to", "title": "h2", "date": "p::text"},
]


@pytest.fixture
def tried(write_source: Any, tmp_path: Path) -> Iterator[Try]:
    """Tries a source, which is as told, on one page."""
    with Archive(tmp_path / "archive.db") as archive:

        def attempt(name: str, body: str | bytes, **told: Any) -> Trial:
            page = tmp_path / name
            page.write_bytes(body.encode() if isinstance(body, str) else body)
            return try_source(read_source(write_source(tmp_path, "tried", **told)), [page], archive, date(2026, 11, 20))

        yield attempt


def facts(trial: Trial) -> list[tuple[str, str, str | None]]:
    """Path, title and day of each entry."""
    return [(entry.url.partition(".org")[2], entry.title, entry.published) for entry in trial.entries]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (OLD, [("/1", "Old one", None)]),
        (NEW, [("/2", "New one", "2025-12-04")]),
        (OLD + NEW, [("/2", "New one", "2025-12-04")]),
        (NEW.replace("data-to", "data-from") + OLD, [("/1", "Old one", None)]),
        ("<p>Nothing here</p>", []),
    ],
)
def test_the_newest_layout_of_a_listing_that_finds_items_wins(page: str, found: Any, tried: Try) -> None:
    trial = tried("page.html", page, spider="listing", format="html", selectors=VERSIONS)
    assert (facts(trial), trial.health.index) == (found, None)


@pytest.mark.parametrize(
    ("item", "found"),
    [
        ({"t": "A &amp; <b>B</b>", "u": "/a", "d": 1764806400}, ("/a", "A & B", "2025-12-04")),
        ({"t": ["A", None, "B"], "u": "https://example.org/b"}, ("/b", "A, B", None)),
        ({"n": "From a newer time", "v": {"id": 7}}, ("/x/7", "From a newer time", None)),
        ({"t": "No address"}, None),
        ({"t": "No web", "u": "javascript:void(0)"}, None),
        ("a string", None),
    ],
)
def test_items_of_json(item: Any, found: Any, tried: Try) -> None:
    paths = {"items": "list[]", "title": "t || n", "url": "u", "date": "d"}
    newer = {"since": date(2026, 1, 1), "items": "list[?v]", "title": "n", "url": "https://example.org/x/{v.id}"}
    page = json.dumps({"list": [item]})
    trial = tried("page.json", page, spider="api", format="json", paths=[paths, newer])
    assert facts(trial) == ([found] if found else [])


@pytest.mark.parametrize("page", ["", "<h1>Log in</h1>", "[" * 100_000, "{'no': 'json'}"])
def test_what_is_no_json_is_told(page: str, tried: Try) -> None:
    trial = tried("page.json", page, spider="api", format="json", paths={"items": "a", "title": "t", "id": "i"})
    assert trial.health.index and trial.health.index.failure == "malformed"


URL = "<url><loc>https://example.org/1</loc></url>"


@pytest.mark.parametrize(
    ("page", "found", "failed"),
    [
        (f"<urlset>{URL}</urlset>", 1, False),
        (f"<urlset>{URL}<url><loc>https://example.org/2</l", 2, False),
        (
            f'<!DOCTYPE u [<!ENTITY e "https://example.org/e">]><urlset>{URL}<url><loc>&e;</loc></url></urlset>',
            1,
            False,
        ),
        (gzip.compress(f"<urlset>{URL}</urlset>".encode()), 1, False),
        ("<urlset><url><loc>https://example.org/1</loc><lastmod>2026-13-45</lastmod></url></urlset>", 1, False),
        ("<html><body>Log in</body></html>", 0, True),
        ("Log in", 0, True),
        (b"\x1f\x8b no gzip", 0, True),
    ],
)
def test_sitemaps_good_and_broken(page: str | bytes, found: int, failed: bool, tried: Try) -> None:
    trial = tried("page.xml", page, spider="sitemap", format="xml")
    assert ([entry.url for entry in trial.entries], trial.health.index is not None) == (
        ["https://example.org/1", "https://example.org/2"][:found],
        failed,
    )


def test_what_stands_behind_pages_that_are_known_is_read_after_a_crawl_that_was_cut_short(
    write_source: Any, tmp_path: Path
) -> None:
    told = {"spider": "listing", "format": "html", "selectors": {"item": "a"}, "paging": {"parameter": "page"}}
    source, pages = read_source(write_source(tmp_path, "paged", **told)), []
    for number in (1, 2):
        pages.append(tmp_path / f"page-{number}.html")
        pages[-1].write_text(f'<a href="/{number}">Notice {number}</a>', "utf-8")
    with Archive(tmp_path / "archive.db") as archive:
        archive.add_documents([Document("1", "Notice 1", "", url="https://example.org/1")])
        assert len(try_source(source, pages, archive, date.today()).followed) == 1, "page 2 is read, though 1 is known"
        archive.add_documents([Document("2", "Notice 2", "", url="https://example.org/2")])
        pages[0].write_text('<a href="/1">Notice 1, mended</a>', "utf-8")
        with pytest.raises(ValueError, match="asked for by nothing"):
            try_source(source, pages, archive, date.today())
