"""The sample site: its gold is whole and true to its pages, everything is reachable, nothing leaves loopback."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

import feedparser
import pytest
from lxml import html

from crawlers.sources import SourceFile, load_sources
from data.models import Action, Status
from data.reference import load_reference
from data.sample.server import SITE, WRITTEN_FOR, find_page, serve_sample

ROOT = SITE.parent
MONTHS = (
    "January February March April May June July August September October November December",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
)
GOLD: dict[str, dict[str, Any]] = {
    line["id"]: line for line in map(json.loads, (ROOT / "expected.jsonl").read_text("utf-8").splitlines())
}
SOURCES = load_sources(ROOT / "sources")
EVENTS = [(page, event) for page, line in GOLD.items() for event in line["events"]]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serve_sample(0) as site:
        yield site


def written_dates(day: date) -> set[str]:
    """A day as the pages write it."""
    return {f"{day.day} {months.split()[day.month - 1]} {day.year}" for months in MONTHS}


def read_source(source: SourceFile, address: str) -> Iterator[tuple[str, str | date]]:
    """Path and day of every item that a source offers; a listing's day stays as it is written."""
    url = source.url.replace(WRITTEN_FOR, address)
    if source.selectors is None:
        for entry in feedparser.parse(urlopen(url, timeout=10).read()).entries:
            yield urlsplit(entry.link).path, date(*entry.published_parsed[:3])
        return
    (layout,) = source.selectors
    for item in html.fromstring(urlopen(url, timeout=10).read()).cssselect(layout.item):
        link = item.cssselect(layout.link)[0].get("href")
        yield urlsplit(urljoin(url, link)).path, item.cssselect(str(layout.date))[0].text_content()


def test_every_page_has_gold_and_every_gold_line_a_page() -> None:
    pages = {str(file.relative_to(SITE)) for file in SITE.rglob("*.html") if file.name != "index.html"}
    assert pages == set(GOLD)


def test_every_page_is_offered_once_with_its_day(address: str) -> None:
    offered = [item for source in SOURCES for item in read_source(source, address)]
    assert sorted(path.lstrip("/") for path, _ in offered) == sorted(GOLD)
    for path, day in offered:
        published = date.fromisoformat(GOLD[path.lstrip("/")]["published"])
        assert day == published or day in written_dates(published), path


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_sources_expect_what_the_site_offers(source: SourceFile, address: str) -> None:
    assert source.allow_private
    found = len(list(read_source(source, address)))
    assert source.expect.floor <= found <= (source.expect.ceiling or found)


@pytest.mark.parametrize("page", GOLD)
def test_page_agrees_with_its_gold(page: str, address: str) -> None:
    response = urlopen(f"{address}/{page}", timeout=10)
    text = response.read().decode(response.headers.get_content_charset() or "missing")
    tree = html.document_fromstring(text)
    words = [
        word
        for p in tree.xpath("//p[not(@class) or @class='lead'][not(ancestor::footer)]")
        for word in p.text_content().split()
    ]
    assert 80 <= len(words) <= 350
    assert tree.get("lang").partition("-")[0] == GOLD[page]["lang"]
    assert any(written in text for written in written_dates(date.fromisoformat(GOLD[page]["published"])))
    machine_dates = {node[:10] for node in tree.xpath("//time/@datetime | //meta[contains(@name, 'date')]/@content")}
    machine_dates |= set(re.findall(r"""(?:"datePublished": |published_time" content=)"([\d-]{10})""", text))
    assert machine_dates <= {GOLD[page]["published"]}


@pytest.mark.parametrize(("page", "event"), EVENTS, ids=lambda value: value if isinstance(value, str) else "")
def test_gold_speaks_the_reference(page: str, event: dict[str, Any]) -> None:
    reference = load_reference()
    text = html.fromstring((SITE / page).read_bytes()).text_content()
    platforms = [reference.platforms[platform] for platform in event["platform"]]
    assert any(name in text for platform in platforms for name in (platform.name, *platform.aliases))
    assert set(event["authority"] or ()) - {None} <= set(reference.authorities)
    assert set(event["action"]) <= set(get_args(Action))
    assert set(event["status"]) <= set(get_args(Status))
    assert event["country"] in reference.countries
    assert (event["amount"] is None) == (event["currency"] is None)
    assert event["amount"] is None or "fine" in event["action"]
    assert event["date"] is None or re.fullmatch(r"20[12]\d(-[01]\d(-[0-3]\d)?)?", event["date"])


def test_the_sample_is_varied_enough() -> None:
    languages = [line["lang"] for line in GOLD.values()]
    assert len(GOLD) >= 44
    assert sum(not line["relevant"] for line in GOLD.values()) >= 12
    assert all(line["relevant"] == bool(line["events"]) for line in GOLD.values())
    assert 0.3 <= languages.count("ru") / len(languages) <= 0.5
    assert {status for _, event in EVENTS for status in event["status"]} == set(get_args(Status))


def test_facetime_is_told_by_two_publishers_in_two_languages() -> None:
    telling = [page for page, event in EVENTS if event["platform"] == ["facetime"] and event["date"] == "2025-12-04"]
    assert len(telling) >= 4
    assert len({page.split("/")[0] for page in telling}) >= 2
    assert {GOLD[page]["lang"] for page in telling} == {"en", "ru"}


@pytest.mark.parametrize("file", sorted(SITE.rglob("*.html")), ids=lambda file: str(file.relative_to(SITE)))
def test_links_stay_inside_and_lead_somewhere(file: Path) -> None:
    here = f"{WRITTEN_FOR}/{file.relative_to(SITE)}"
    for link in html.document_fromstring(file.read_bytes()).xpath("//@href | //@src"):
        target = urlsplit(urljoin(here, link))
        assert f"{target.scheme}://{target.netloc}" == WRITTEN_FOR, link
        assert find_page(target.path), link
