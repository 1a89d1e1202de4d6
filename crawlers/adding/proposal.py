"""A source file proposed from what was found at an address, for a person to look at and complete."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import yaml
from parsel import Selector
from scrapy.http import TextResponse

from crawlers.adding.discovery import Candidate, Found
from crawlers.adding.kinds import dialect_of
from crawlers.adding.listings import Listing, listing_in
from crawlers.markup import one_line
from data.clock import now
from data.language import detect_language
from data.publishers import country_of_address

ORDER = {"rss": 0, "atom": 0, "rdf": 1, "json": 1, "telegram": 2, "sitemap": 3, "html": 4}
"""Which kind is taken where there are several: a feed is the surest."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person who adds a source says of it."""

    id: str | None = None
    kind: str = "news"
    country: str | None = None
    language: str | None = None
    official: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """The fields of a source file, the candidate that it reads, and how that was come by."""

    fields: dict[str, Any]
    candidate: Candidate
    remarks: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The source file."""
        return yaml.safe_dump(self.fields, allow_unicode=True, sort_keys=False, width=120)


def propose(found: Found, wishes: Wishes, more: Mapping[str, Any] = MappingProxyType({})) -> Iterator[Proposal]:
    """What can be proposed, the surest first; nothing where there is neither a feed nor a list. `more` fields."""
    responses = (each.response for each in found.candidates if each.kind == "html")
    page = next((each.selector for each in responses if isinstance(each, TextResponse)), None)
    for candidate in sorted(found.candidates, key=lambda each: ORDER[each.kind]):
        languages = [wishes.language or _language(candidate, page)]
        layout = _layout(candidate, languages)
        if layout is not None:
            fields = _fields(candidate, page, wishes, languages, layout) | {**more}
            yield Proposal(fields, candidate, _remarks(candidate, layout))


def _fields(
    candidate: Candidate, page: Selector | None, wishes: Wishes, languages: list[str], layout: dict[str, Any]
) -> dict[str, Any]:
    host = (urlsplit(candidate.response.url).hostname or "").removeprefix("www.")
    country = wishes.country or country_of_address(candidate.response.url) or "XX"
    official = wishes.official or wishes.kind in ("regulator", "court")
    named = (page.css("meta[property='og:site_name']::attr(content), title::text").get() if page else None) or host
    return {
        "id": wishes.id or re.sub(r"[^a-z0-9]+", "-", host.rpartition(".")[0].lower()).strip("-") or "source",
        "name": one_line(named)[:120],
        "kind": wishes.kind,
        **({"official": True} if official else {}),
        "country": country,
        "languages": languages,
        **layout,
        "verified": "feed-autodiscovery" if candidate.by == "the page names it" else "live page",
        "verified_where": f"source add, {now()[:10]}: {candidate.response.url}, {candidate.by}",
        "robots": "allows",
    }


def _layout(candidate: Candidate, languages: list[str]) -> dict[str, Any] | None:
    """How the candidate is read, in a source file's fields; None for a page without a list."""
    url, kind = candidate.response.url, candidate.kind
    if kind in ("rss", "atom", "rdf", "json"):
        return {"spider": "feed", "url": url, "format": kind, "fixture": dialect_of(candidate.response, kind)}
    if kind == "sitemap":
        return {"spider": "sitemap", "url": url, "format": "xml"}
    if kind == "telegram":
        return {"spider": "telegram", "url": url, "format": "html"}
    found = listing_in(candidate.response.selector, languages) if isinstance(candidate.response, TextResponse) else None
    return _listed(url, found) if found else None


def _listed(url: str, found: Listing) -> dict[str, Any]:
    selectors = {"item": found.item, "link": found.link, **({"date": found.date} if found.date else {})}
    paging = {"paging": {"next": found.next}} if found.next else {}
    return {"spider": "listing", "url": url, "format": "html", "selectors": selectors, **paging}


def _language(candidate: Candidate, page: Selector | None) -> str:
    told = ((page.css("html::attr(lang)").get() if page else None) or "")[:2].lower()
    words = (
        re.sub(r"<[^>]+>", " ", candidate.response.text)[:4000] if isinstance(candidate.response, TextResponse) else ""
    )
    return told if re.fullmatch("[a-z]{2}", told) else detect_language(words) or "en"


def _remarks(candidate: Candidate, layout: dict[str, Any]) -> list[str]:
    remarks = [f"{layout['spider']}: {candidate.response.url}, {candidate.by}"]
    if layout["spider"] == "listing" and "date" not in layout["selectors"]:
        remarks.append("no day was found in its items; the pages themselves may tell it")
    return remarks
