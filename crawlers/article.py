"""HTML in, article out: text, title, authors, section, language, day of publication and how it was found.

Chosen by measurement (`bench/extract.py`): trafilatura's precision mode; the publisher's own articleBody where the two
disagree; repeated titles dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.utils import load_html

from crawlers.markup import one_line, plain_text
from crawlers.metadata import article_json, authors, published, section, titles
from crawlers.urls import absolute_url, canonical_url, same_site
from crawlers.walls import wall
from data.language import detect_language
from data.models import Partial, PublishedBasis

MIN_BODY = 300
"""Characters below which a JSON-LD articleBody is taken for a teaser."""


@dataclass(frozen=True, slots=True)
class Article:
    """A page read: empty `title` or `text` where nothing was found; `url` is canonical.

    `partial`: what stands in place of the whole text, of which `text` may be the beginning.
    """

    title: str = ""
    text: str = ""
    published: str | None = None
    published_basis: PublishedBasis | None = None
    lang: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    partial: Partial | None = None


def extract_article(page: bytes | str, url: str | None = None) -> Article:
    """Read one HTML page. Never raises over what a page holds: no page is an Article without title and text."""
    # A bare address is what trafilatura and htmldate would fetch; markup has a bracket.
    tree = load_html(page) if "<" in (page if isinstance(page, str) else page.decode("latin-1")) else None
    if tree is None:
        return Article(url=canonical_url(url) if url else None)
    thing = article_json(tree)
    heads = titles(tree, thing)
    day, basis = published(tree, thing, url)
    writers, part = authors(tree, thing), section(tree, thing)
    text = _text(tree, thing, heads)
    return Article(
        title=heads[0] if heads else "",
        text=text,
        published=day,
        published_basis=basis,
        lang=detect_language(text or " ".join(heads[:1])),
        url=_address(tree, url),
        authors=writers,
        section=part,
        partial=wall(tree, thing, text, url),
    )


def _address(tree: HtmlElement, url: str | None) -> str | None:
    """The page's own address, where it stays with the publisher and is no front page, which broken sites put on all."""
    told = tree.xpath('//link[@rel="canonical"]/@href') + tree.xpath('//meta[@property="og:url"]/@content')
    for link in filter(None, (absolute_url(url or "", link) for link in told)):
        if url is None or (same_site(link, url) and urlsplit(link).path not in ("", "/")):
            return canonical_url(link)
    return canonical_url(url) if url else None


def _text(tree: HtmlElement, thing: dict[str, Any], heads: list[str]) -> str:
    found = bare_extraction(tree, include_comments=False, favor_precision=True)
    text = getattr(found, "text", None) or ""
    told = plain_text(thing.get("articleBody"))
    # Publishers' bodies have lost their paragraphs: where both agree, the extracted one reads better.
    if len(told) >= max(MIN_BODY, 0.7 * len(text)) and token_f1(told, text) < 0.95:
        text = told
    return _without_title(text, heads)


def _without_title(text: str, heads: list[str]) -> str:
    lines = text.split("\n")
    while len(lines) > 1 and any(one_line(lines[0]).casefold() == head.casefold() for head in heads):
        lines = lines[1:]
    return "\n".join(lines)


def token_f1(one: str, other: str) -> float:
    """How far two texts hold the same words, as often: 0 to 1, the F1 of their tokens."""
    left, right = (Counter(re.findall(r"\w+", text.casefold())) for text in (one, other))
    return 2 * (left & right).total() / ((left.total() + right.total()) or 1)
