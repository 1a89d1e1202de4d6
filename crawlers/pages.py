"""A response in, an article out, whatever kind of page it is."""

from __future__ import annotations

import asyncio

from scrapy.http import Response, TextResponse

from crawlers.article import Article, extract_article
from crawlers.entries import Entry
from crawlers.pdf import PdfError, is_pdf, read_pdf
from crawlers.urls import canonical_url
from data.language import detect_language


class NoPageError(ValueError):
    """A response of a kind that holds no article: a picture, an archive, an empty body."""


async def read_page_aside(response: Response, entry: Entry) -> Article:
    """read_page(), in a thread of its own where that waits for another process, so that a crawl goes on meanwhile."""
    return await asyncio.to_thread(read_page, response, entry) if is_pdf(response.body) else read_page(response, entry)


def read_page(response: Response, entry: Entry) -> Article:
    """The article of the page that an entry led to; `text` is "" where it has none. NoPageError where it is no page."""
    if is_pdf(response.body):
        return _of_pdf(response, entry)
    if isinstance(response, TextResponse):
        return extract_article(response.text, response.url)
    kind = (response.headers.get("Content-Type") or b"unknown").decode("latin-1")
    raise NoPageError(f"{kind} is no page of text")


def _of_pdf(response: Response, entry: Entry) -> Article:
    """The index knows title and day of a PDF better than the file, whose writers fill them in by chance."""
    try:
        pdf = read_pdf(response.body)
    except PdfError as error:
        raise NoPageError(str(error)) from error
    told = entry.published is None and pdf.created is not None
    return Article(
        title=entry.title or pdf.title or pdf.text.partition("\n")[0][:200],
        text=pdf.text,
        published=pdf.created if told else None,
        published_basis="meta" if told else None,
        lang=detect_language(pdf.text),
        url=canonical_url(response.url),
        authors=(pdf.author,) if pdf.author else (),
    )
