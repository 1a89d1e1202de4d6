"""What a response is: a feed and of which dialect, a sitemap, a channel, a page; and what such a page names."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Literal
from urllib.parse import urlsplit

import feedparser
from scrapy.http import Response, TextResponse

Kind = Literal["rss", "rdf", "atom", "json", "sitemap", "telegram", "html"]
FEEDS = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
)
"""The types with which pages name feeds (https://www.rssboard.org/rss-autodiscovery, JSON Feed 1.1)."""


def kind_of(response: Response) -> Kind | None:
    """What it is, by its words rather than by what it says of itself; None where it is nothing that can be read."""
    head = response.body[:2000].lstrip()
    if head.startswith(b"{"):
        return "json" if _is_json_feed(response.body) else None
    if b"<urlset" in head or b"<sitemapindex" in head:
        return "sitemap"
    version = (
        feedparser.parse(response.body).get("version") or ""
        if head.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf"))
        else ""
    )
    if version:
        return "atom" if version.startswith("atom") else "rdf" if version in ("rss090", "rss10") else "rss"
    if not isinstance(response, TextResponse) or b"<" not in head:
        return None
    return "telegram" if urlsplit(response.url).hostname == "t.me" else "html"


def _is_json_feed(body: bytes) -> bool:
    try:
        told = json.loads(body)
    except ValueError:
        return False
    return isinstance(told, dict) and "jsonfeed.org" in str(told.get("version")) and isinstance(told.get("items"), list)


def linked_feeds(response: Response) -> list[str]:
    """The feeds that a page names in its head, without those of comments."""
    links = response.css("link[rel~=alternate][href]")
    told = [(link.attrib["href"], link.attrib.get("title", "")) for link in links if link.attrib.get("type") in FEEDS]
    return list(dict.fromkeys(response.urljoin(href) for href, title in told if "omment" not in f"{href} {title}"))


def sitemaps_in(urls: Iterable[str]) -> list[str]:
    """Sitemaps, those that seem to be of news first."""
    return sorted(dict.fromkeys(urls), key=lambda url: "news" not in url.lower())


def dialect_of(response: Response, kind: Kind) -> str:
    """The folder in tests/fixtures whose feed comes nearest."""
    if kind == "json":
        return "json-feed"
    feed = feedparser.parse(response.body)
    entries = feed.entries[:10]
    if kind == "atom":
        return "atom-0-3" if feed.version == "atom03" else "atom-1-0"
    if kind == "rdf":
        return "rss-0-90" if feed.version == "rss090" else "rss-1-0"
    if b"windows-1251" in response.body[:200].lower():
        return "rss-windows-1251"
    marks = {
        "rss-2-0-undated": not any(entry.get("published") or entry.get("updated") for entry in entries),
        "rss-2-0-untitled": not any(entry.get("title") for entry in entries),
        "rss-2-0-full-text": any(entry.get("content") for entry in entries),
        "rss-2-0-relative": any(not urlsplit(entry.get("link", "http://")).scheme for entry in entries),
    }
    return next((name for name, holds in marks.items() if holds), "rss-2-0")
