"""A source from its address, and sources tried on the live web: against a real server, by the real commands."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from parsel import Selector
from scrapy.http import HtmlResponse

from crawlers.adding.discovery import Candidate, Found
from crawlers.adding.listings import listing_in
from crawlers.adding.proposal import Wishes, propose
from crawlers.adding.writing import LARGEST, Tried, first_that_works, write
from crawlers.sources import read_source

ITEM = (
    "<item><title>Office told app {0} to open its books</title><link>{{site}}/{0}</link>"
    "<pubDate>Tue, 1{0} Nov 2026 09:00:00 GMT</pubDate></item>"
)
ITEMS = "".join(ITEM.format(n) for n in range(4))
RSS = f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{ITEMS}</channel></rss>'
NOTICE = (
    '<entry><title>Notice {0} on chats</title><link href="{{site}}/{0}"/>'
    "<updated>2026-11-1{0}T00:00:00Z</updated></entry>"
)
NOTICES = "".join(NOTICE.format(n) for n in range(3))
ATOM = f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{NOTICES}</feed>'
NOTE = {"id": "1", "url": "{site}/1", "title": "One of the notes"}
JSON_FEED = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [NOTE]})
STORY = (
    "<url><loc>{{site}}/n{0}</loc><news:news><news:publication_date>{1}</news:publication_date>"
    "<news:title>Story {0} of the day</news:title></news:news></url>"
)
MAP = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{}</urlset>'
)
HEAD = '<html lang="{}"><head><title>The Office</title>{}</head><body><nav>{}</nav><main>{}</main></body></html>'
NAMED = '<link rel="alternate" type="application/rss+xml" href="/named.xml">'
MENU = "".join(f'<li class="menu"><a href="/menu/{n}">A long entry of the menu {n}</a></li>' for n in range(9))
ROW = (
    '<div class="teaser col-{0}"><h3 class="teaser-title"><a href="/m/{0}">Behörde ordnet Sperrung {0} an</a></h3>'
    '<span class="teaser-date">{0}. Oktober 2026</span><a href="/m/{0}">mehr</a></div>'
)
ROWS = "".join(ROW.format(n) for n in range(1, 8))
LIST = HEAD.format("de", "", MENU, ROWS + '<a rel="next" href="/liste?seite=2">weiter</a>')
EMPTY = HEAD.format("en", "", MENU, "<p>Welcome</p>")
WORDS = "<p>On page {0} of its ruling, paragraph {1}, the office said that app {0} has to open its books by spring.</p>"


def article(number: int) -> str:
    words = "".join(WORDS.format(number, paragraph) for paragraph in range(9))
    return f"<html><body><article><h1>Office told app {number} to open its books</h1>{words}</article></body></html>"


TEASERS = {"item": "div.teaser", "link": "h3 a", "date": "span.teaser-date"}

# path, other pages, what the file says
ADDED: dict[str, tuple[str, dict[str, tuple[str, str]], dict[str, Any]]] = {
    "rss": ("/feed", {"/feed": ("text/xml", RSS)}, {"spider": "feed", "format": "rss", "fixture": "rss-2-0"}),
    "atom": ("/a", {"/a": ("text/xml", ATOM)}, {"format": "atom", "fixture": "atom-1-0"}),
    "json feed": ("/j", {"/j": ("application/json", JSON_FEED)}, {"format": "json", "fixture": "json-feed"}),
    "named by the page": (
        "/home",
        {"/home": ("text/html", HEAD.format("en", NAMED, "", "")), "/named.xml": ("text/html", RSS)},
        {"format": "rss", "verified": "feed-autodiscovery", "url": "{site}/named.xml", "name": "The Office"},
    ),
    "at a usual address": (
        "/home",
        {"/home": ("text/html", EMPTY), "/atom.xml": ("application/xml", ATOM)},
        {"format": "atom", "verified": "live page", "url": "{site}/atom.xml"},
    ),
    "a list in another language": (
        "/liste",
        {"/liste": ("text/html", LIST)},
        {
            "spider": "listing",
            "languages": ["de"],
            "paging": {"next": "a[rel=next]"},
            "selectors": TEASERS,
            "expect": {"floor": 4, "ceiling": 14},
        },
    ),
}


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "splinterlog", "source", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
    )


def added(site: Any, folder: Path, path: str, *options: object) -> subprocess.CompletedProcess[str]:
    return command("add", f"{site.address}{path}", "--id", "new", "--sources", folder, "--allow-private", *options)


@pytest.fixture
def pages(site: Any) -> Any:
    site.pages.clear()
    site.pages["/robots.txt"] = (200, "text/plain", "User-agent: *\nDisallow: /shut\n")
    for n in range(5):
        site.pages[f"/{n}"] = (200, "text/html", article(n))
        site.pages[f"/m/{n + 1}"] = (200, "text/html", article(n))
    return site


def tried_at(site: Any, path: str, body: str) -> list[Tried]:
    """What is proposed for a page, without asking for it."""
    response = HtmlResponse(f"{site.address}{path}", body=body.encode(), encoding="utf-8")
    found = Found([Candidate("html", "the address itself", response)])
    tried = first_that_works(propose(found, Wishes(id="new"), {"allow_private": True}))
    return [tried] if tried else []


@pytest.mark.parametrize("case", ADDED)
def test_what_is_at_an_address_becomes_a_source_file(pages: Any, tmp_path: Path, case: str) -> None:
    path, more, wanted = ADDED[case]
    pages.pages |= {name: (200, kind, body) for name, (kind, body) in more.items()}
    done = added(pages, tmp_path, path)
    assert done.returncode == 0, done.stderr
    [file] = tmp_path.rglob("*.yaml")
    told = yaml.safe_load(file.read_text("utf-8"))
    for name, value in wanted.items():
        assert told[name] == (value.replace("{site}", pages.address) if isinstance(value, str) else value)
    assert read_source(file).enabled and f"written: {file}" in done.stdout
    assert "new: " in done.stdout.splitlines()[-1], "it is run once, and the result shown"


def test_a_sitemap_of_news_is_found_by_robots_txt(pages: Any, tmp_path: Path) -> None:
    stories = "".join(STORY.format(n, date.today().isoformat()) for n in range(4))
    pages.pages["/robots.txt"] = (
        200,
        "text/plain",
        f"User-agent: *\nAllow: /\nSitemap: {pages.address}/news-map.xml\n",
    )
    pages.pages["/news-map.xml"] = (200, "text/xml", MAP.format(stories))
    pages.pages["/home"] = (200, "text/html", EMPTY)
    done = added(pages, tmp_path, "/home", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "spider: sitemap" in done.stdout and "# 4 entries, 4 dated:" in done.stdout
    assert [*tmp_path.rglob("*.yaml")] == [], "a dry run writes nothing"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/empty", "no feed, no sitemap and no list was found"),
        ("/gone", "HTTP 404"),
        ("/shut/feed", "robots.txt refuses us"),
    ],
)
def test_what_cannot_be_added_says_why(pages: Any, tmp_path: Path, path: str, words: str) -> None:
    pages.pages["/empty"] = (200, "text/html", EMPTY)
    done = added(pages, tmp_path, path)
    assert done.returncode == 1 and words in done.stderr
    assert [*tmp_path.rglob("*.yaml")] == []


def test_no_source_is_written_over(pages: Any, tmp_path: Path) -> None:
    pages.pages["/feed"] = (200, "text/xml", RSS)
    assert added(pages, tmp_path, "/feed").returncode == 0
    again = added(pages, tmp_path, "/feed")
    assert again.returncode == 2 and "there is a source new already" in again.stderr


def test_an_address_where_nobody_answers_is_told_in_one_line(tmp_path: Path) -> None:
    done = command("add", "http://127.0.0.1:9/feed", "--sources", tmp_path, "--allow-private")
    assert done.returncode == 1 and "refused" in done.stderr and "Traceback" not in done.stderr


def test_a_page_is_kept_with_what_must_be_found_in_it(pages: Any, tmp_path: Path) -> None:
    [tried] = tried_at(pages, "/liste", LIST)
    files = write(tried, tmp_path / "sources", tmp_path / "fixtures")
    assert [file.name for file in files] == ["new.yaml", "page.html", "expected.json"]
    assert files[1].read_bytes() == tried.proposal.candidate.response.body
    assert len(json.loads(files[2].read_text("utf-8"))["entries"]) == 7


def test_a_page_that_is_too_large_for_the_tests_leaves_nothing(pages: Any, tmp_path: Path) -> None:
    [tried] = tried_at(pages, "/liste", LIST + " " * LARGEST)
    with pytest.raises(ValueError, match="bytes"):
        write(tried, tmp_path / "sources", tmp_path / "fixtures")
    assert not [*tmp_path.rglob("*.yaml")]


def test_a_private_address_is_refused(pages: Any, tmp_path: Path) -> None:
    done = command("add", f"{pages.address}/feed", "--sources", tmp_path)
    assert done.returncode == 1 and "127.0.0.1" in done.stderr


def test_sources_are_checked_against_what_they_should_yield(pages: Any, tmp_path: Path, write_source: Any) -> None:
    pages.pages["/feed"] = (200, "text/xml", RSS)
    local = {"allow_private": True, "expect": {"floor": 3, "ceiling": 9}}
    write_source(tmp_path, "good", url=f"{pages.address}/feed", **local)
    write_source(tmp_path, "gone", url=f"{pages.address}/nothing", **local)
    pages.pages["/few"] = (200, "text/xml", RSS.replace("{site}/", "{site}/x"))
    write_source(tmp_path, "few", url=f"{pages.address}/few", allow_private=True, expect={"floor": 40})
    done = command("check", "--sources", tmp_path, "--json")
    told = {each["source"]: each for each in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 3 and "2 of them do not do as they should" in done.stderr
    assert {name: each["well"] for name, each in told.items()} == {"good": True, "gone": False, "few": False}
    assert (told["good"]["found"], told["good"]["dated"], told["good"]["read"]) == (4, 4, 2)
    assert told["good"]["newest"] == "2026-11-13" and told["gone"]["failure"] == "gone"
    words = command("check", "good", "--sources", tmp_path)
    assert words.returncode == 0 and "good: well, 4 entries of 3 to 9" in words.stdout


def test_a_source_without_selectors_gets_some_proposed(pages: Any, tmp_path: Path, write_source: Any) -> None:
    pages.pages["/liste"] = (200, "text/html", LIST)
    off = {"enabled": False, "reason": "nobody has seen it", "verified": "none", "verified_where": None}
    listed = {"spider": "listing", "format": "html", "languages": ["de"], "allow_private": True}
    write_source(tmp_path, "blank", url=f"{pages.address}/liste", **listed, **off)
    done = command("check", "blank", "--sources", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "blank: its file has no selectors yet" in done.stdout and "item: div.teaser" in done.stdout


def test_a_list_without_days_is_one_still() -> None:
    rows = "".join(
        f'<tr><td>{n}</td><td><a href="/d/{n}">Decision number {n} of the council</a></td></tr>' for n in range(5)
    )
    found = listing_in(Selector(text=f"<body><table>{rows}</table></body>"), ["en"])
    assert found and (found.item, found.link, found.date, found.items) == ("tr", "a", None, 5)
