"""Responses into articles: PDF, and what is no page at all."""

from __future__ import annotations

from typing import Any

import pytest
from scrapy.http import Response

from crawlers import pdf
from crawlers.article import Article
from crawlers.entries import Entry
from crawlers.pages import NoPageError, read_page
from crawlers.pdf import PdfError, paragraphs, read_pdf
from crawlers.pipelines import document_of

URL = "https://regulator.example/notices/7.pdf"
LINES = ["Decision on the messenger", "The authority has restricted access to the messenger in", "all regions."]


def test_a_pdf_is_an_article(make_pdf: Any) -> None:
    response = Response(
        URL, headers={"Content-Type": "application/octet-stream"}, body=make_pdf([LINES, ["Page two."]])
    )
    article = read_page(response, Entry(URL))
    assert article.text == "Decision on the messenger\n" + " ".join(LINES[1:]) + "\nPage two."
    assert (article.title, article.published, article.published_basis) == ("Decision 7", "2025-12-04", "meta")
    told = read_page(response, Entry(URL, title="From the listing", published="2025-12-01"))
    assert (told.title, told.published, told.lang) == ("From the listing", None, "en")


def test_titles_that_programs_give_are_none(make_pdf: Any) -> None:
    body = make_pdf([LINES], "/Title (Microsoft Word - final2.docx)")
    assert read_page(Response(URL, body=body), Entry(URL)).title == LINES[0]


@pytest.mark.parametrize(
    "body",
    [b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\n", b"%PDF-1.7\n", b"%PDF-1.4 " + bytes(range(256)) * 20],
)
def test_a_broken_pdf_is_no_page(body: bytes) -> None:
    with pytest.raises(NoPageError, match="cannot be read"):
        read_page(Response(URL, body=body), Entry(URL))


def test_reading_a_pdf_may_not_cost_more_than_it_may(make_pdf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(read_pdf(make_pdf([["A page."]] * 70)).text.split("\n")) == pdf.MAX_PAGES
    monkeypatch.setattr(pdf, "MAX_SECONDS", 0.01)
    with pytest.raises(PdfError, match="more than"):
        read_pdf(make_pdf([LINES]))


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("Head\nA line that is long enough to go on in the next, as lines do\nand does.\nNext.",
         "Head\nA line that is long enough to go on in the next, as lines do and does.\nNext."),
        ("A line that is long enough to be broken within a word, like dis-\ncontent.",
         "A line that is long enough to be broken within a word, like discontent."),
        ("", ""),
    ],
)  # fmt: skip
def test_paragraphs(page: str, text: str) -> None:
    assert paragraphs(page) == text


def test_a_picture_is_no_page() -> None:
    picture = Response("https://news.example/a.png", headers={"Content-Type": "image/png"}, body=b"\x89PNG")
    with pytest.raises(NoPageError, match="image/png"):
        read_page(picture, Entry(picture.url))


@pytest.mark.parametrize(
    ("basis", "told", "published"),
    [
        ("json-ld", "2025-12-01", ("2025-11-25", "json-ld")),
        ("visible", "2025-12-01", ("2025-12-01", "feed")),
        ("visible", None, ("2025-11-25", "visible")),
        (None, "2025-12-01", ("2025-12-01", "feed")),
        (None, None, (None, None)),
    ],
)
def test_the_day_of_a_document_is_told_by_the_surest(basis: Any, told: str | None, published: tuple[str, str]) -> None:
    article = Article("Title", "Text", "2025-11-25" if basis else None, basis)
    document = document_of("press", Entry(URL, published=told), article)
    assert (document.published, document.published_basis) == published
