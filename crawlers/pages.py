"""A response in, an article out: whatever kind of page it is, and whatever charset it says it is in."""

from __future__ import annotations

from scrapy.http import Response, TextResponse

from crawlers.article import Article, extract_article


class NoPageError(ValueError):
    """A response of a kind that holds no article: a picture, an archive, an empty body."""


def read_page(response: Response) -> Article:
    """The article of a page; without `text` where it has none. NoPageError where it is no page at all."""
    if isinstance(response, TextResponse):
        return extract_article(page_text(response), response.url)
    kind = (response.headers.get("Content-Type") or b"unknown").decode("latin-1")
    raise NoPageError(f"{kind} is no page of text")


def page_text(response: TextResponse) -> str:
    """The text of a page. What reads as UTF-8 is UTF-8, whatever the server says; no other charset passes for it."""
    try:
        return response.body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return response.text
