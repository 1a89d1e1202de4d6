"""Real crawls of a real server, one way of publishing each: pages of an index, layouts, sitemaps, APIs, registries."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from data.archive import Archive
from data.models import Document
from tests.crawlers.test_crawl import page

HTML = "text/html; charset=utf-8"
SECRET = "s3cr3t"


def listing(*numbers: int, next: str = "") -> tuple[int, str, str]:
    """A page of a list."""
    items = "".join(f'<li class="i"><a href="/l/{number}">Notice {number}</a></li>' for number in numbers)
    return 200, HTML, f"<ul>{items}</ul>" + (f'<a rel="next" href="{next}">older</a>' if next else "")


def sitemap(kind: str, *locations: str) -> str:
    """A sitemap or an index of such."""
    item = {"urlset": "url", "sitemapindex": "sitemap"}[kind]
    items = "".join(f"<{item}><loc>{location}</loc></{item}>" for location in locations)
    return f'<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{items}</{kind}>'


def answer(*ids: int, **more: Any) -> tuple[int, str, str]:
    """JSON of some items."""
    items = [{"no": number, "head": f"Outage {number}", "at": 1764806400} for number in ids]
    return 200, "application/json", json.dumps({"items": items, **more})


def dump(*rows: str) -> tuple[int, str, bytes]:
    """A gzipped CSV in windows-1251."""
    return 200, "application/octet-stream", gzip.compress("\n".join(("domain;body;day", *rows)).encode("cp1251"))


ARTICLES = {f"/l/{each}": page(f"Notice {each}", f"The office blocked service {each}.") for each in range(1, 11)}
PAGES = ARTICLES | {
    "/list": listing(8, 7, next="/list?p=2"),
    "/list?p=2": listing(7, 6, next="/list?p=3"),
    "/list?p=3": listing(5, next="/list?p=4"),
    "/list?p=4": listing(4),
    "/counted": listing(10),
    "/counted?page=2": listing(),
    "/old": (200, HTML, '<div class="old"><h4>By its old layout</h4><a href="/l/9">more</a></div>'),
    "/map.xml": (200, "application/xml", sitemap("sitemapindex", "{site}/map-a.xml.gz", "{site}/map-b.xml")),
    "/map-a.xml.gz": (200, "application/gzip", b""),
    "/map-b.xml": (200, "application/xml", sitemap("urlset", "{site}/l/1", "{site}/about")),
    f"/keyed?key={SECRET}": answer(1),
    "/cursor?q=x": answer(1, 2, next="c2"),
    "/cursor?q=x&after=c2": answer(3),
    "/form": answer(4),
    "/no.json": (200, HTML, "<h1>Log in</h1>"),
    "/s/chan": (200, HTML, '<div class="tgme_widget_message" data-post="chan/5"><div class="js-message_text">Blocked.'
     '<br>Since noon.</div><a class="tgme_widget_message_date" href="/chan/5"><time datetime="2025-12-04T09:00">'
     "</time></a></div>"),
}  # fmt: skip
API = {"spider": "api", "format": "json", "paths": {"items": "items", "title": "head", "id": "no", "date": "at"}}
LISTED = {"spider": "listing", "format": "html", "selectors": {"item": ".i"}}
DUMP = {"encoding": "windows-1251", "delimiter": ";", "domain": "domain", "body": "body", "date": "day"}
SOURCES: dict[str, dict[str, Any]] = {
    "pages": {"url": "/list", **LISTED, "paging": {"next": "a[rel=next]"}},
    "counted": {"url": "/counted", **LISTED, "paging": {"parameter": "page"}},
    "layouts": {"url": "/old", **LISTED, "selectors": [
        {"item": ".old", "title": "h4"}, {"since": "2026-01-01", "item": ".new"}]},
    "maps": {"url": "/map.xml", "spider": "sitemap", "format": "xml", "links": "/l/"},
    "keyed": {"url": "/keyed", **API, "request": {"token": {"env": "TEST_TOKEN", "parameter": "key"}}},
    "headed": {"url": "/angry", **API, "request": {"token": {"env": "TEST_TOKEN", "parameter": "key"}}},
    "cursor": {"url": "/cursor", **API, "request": {"query": {"q": "x"}},
               "paging": {"next": "next", "parameter": "after"}},
    "form": {"url": "/form", **API, "request": {"form": {"channel": "7"}, "headers": {"Referer": "https://r.example/"},
             "token": {"env": "TEST_TOKEN", "header": "Authorization", "prefix": "Bearer "}}},
    "no-json": {"url": "/no.json", **API},
    "channel": {"url": "/s/chan", "spider": "telegram", "format": "html"},
    "dump": {"url": "/dump.csv.gz", "spider": "registry", "format": "csv", "kind": "registry", "languages": ["ru"],
             "registry": DUMP},
}  # fmt: skip


@pytest.fixture(scope="module")
def crawled(
    site: Any, write_source: Any, start_crawl: Any, finish_crawl: Any, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Any], list[list[str]], dict[str, Document], Any, Path]:
    """Two crawls, another dump in the second: runs and paths asked for in each, documents, server, folder."""
    folder = tmp_path_factory.mktemp("spiders")
    site.pages.update(PAGES)
    packed = gzip.compress(sitemap("urlset", f"{site.address}/l/2", f"{site.address}/l/3").encode())
    site.pages["/map-a.xml.gz"] = (200, "application/gzip", packed)
    for source, changes in SOURCES.items():
        url = site.address + changes["url"]
        write_source(folder / "sources", source, **{"allow_private": True, **changes, "url": url})
    text = (folder / "sources" / "layouts.yaml").read_text("utf-8").replace("'2026-01-01'", "2026-01-01")
    (folder / "sources" / "layouts.yaml").write_text(text, "utf-8")
    dumps = [
        dump("facebook.com;Роскомнадзор;04.03.2022", "signal.org;;", "nobody.example;;"),
        dump("signal.org;;", "*.telegram.org;Роскомнадзор;18.11.2025"),
    ]
    runs, asked = [], []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TEST_TOKEN", SECRET)
        for pages in dumps:
            site.pages["/dump.csv.gz"] = pages
            site.asked.clear()
            runs.append(finish_crawl(start_crawl(folder / "sources", folder / "archive.db")))
            asked.append(list(site.asked))
    with Archive(folder / "archive.db") as archive:
        documents = {(one.url or "").removeprefix(site.address): one for one in archive.documents()}
    return runs, asked, documents, site, folder


@pytest.mark.parametrize(
    ("source", "outcome", "found", "second"),
    [
        ("pages", "ok", 4, "unchanged"),
        ("counted", "ok", 1, "unchanged"),
        ("layouts", "ok", 1, "unchanged"),
        ("maps", "ok", 3, "unchanged"),
        ("keyed", "ok", 1, "unchanged"),
        ("headed", "failed", 0, "failed"),
        ("cursor", "ok", 3, "unchanged"),
        ("form", "ok", 1, "unchanged"),
        ("no-json", "failed", 0, "failed"),
        ("channel", "ok", 1, "unchanged"),
        ("dump", "ok", 2, "ok"),
    ],
)
def test_each_way_of_publishing(source: str, outcome: str, found: int, second: str, crawled: Any) -> None:
    first, later = crawled[0]
    assert (first[source]["outcome"], first[source]["found"]) == (outcome, found), first[source]
    assert later[source]["outcome"] == second, later[source]


def test_an_index_is_read_on_as_long_as_it_tells_news(crawled: Any) -> None:
    first, second = ([path for path in asked if path.startswith("/list")] for asked in crawled[1])
    assert first == ["/list", "/list?p=2", "/list?p=3"]
    assert second == ["/list"]


@pytest.mark.parametrize(
    ("address", "title", "published", "words"),
    [
        ("/l/8", "Notice 8", None, "service 8"),
        ("/cursor#3", "Outage 3", "2025-12-04", ""),
        ("/form#4", "Outage 4", "2025-12-04", ""),
        ("/keyed#1", "Outage 1", "2025-12-04", ""),
        ("/chan/5", "Blocked.", "2025-12-04", "Since noon."),
        ("/dump.csv.gz#facebook.com/appeared/2022-03-04", "Facebook заблокирован: facebook.com внесён в реестр "
         "запрещённых сайтов", "2022-03-04", "решение принял орган: Роскомнадзор."),
        ("/dump.csv.gz#telegram.org/appeared/2025-11-18", "Telegram заблокирован: telegram.org внесён в реестр "
         "запрещённых сайтов", "2025-11-18", "Telegram заблокирован 2025-11-18"),
    ],
)  # fmt: skip
def test_documents(address: str, title: str, published: str | None, words: str, crawled: Any) -> None:
    document = crawled[2][address]
    assert (document.title, document.published) == (title, published)
    assert words in document.text


def test_what_went_from_a_registry_is_told_and_undated_beginnings_are_not(crawled: Any) -> None:
    dumped = {address.partition("#")[2].rpartition("/")[0] for address in crawled[2] if address.startswith("/dump")}
    assert dumped == {"facebook.com/appeared", "facebook.com/vanished", "telegram.org/appeared"}


def test_tokens_go_where_they_must_and_nowhere_else(crawled: Any) -> None:
    runs, _, documents, site, folder = crawled
    assert f"/keyed?key={SECRET}" in site.asked
    assert site.headers["/form"]["Authorization"] == f"Bearer {SECRET}"
    assert site.headers["/form"]["Referer"] == "https://r.example/"
    assert site.bodies["/form"] == "channel=7"
    assert "HTTP 404" in runs[0]["headed"]["detail"]
    assert SECRET not in json.dumps(runs) + "".join(documents)
    raw = b"".join(gzip.decompress(file.read_bytes()) for file in folder.rglob("*.warc.gz"))
    assert b"/keyed?key=TOKEN" in raw and SECRET.encode() not in raw
