"""Responses into articles: PDF, and what is no page at all."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from scrapy.http import Response

from crawlers import pdf
from crawlers.entries import Entry
from crawlers.pages import NoPageError, read_page
from crawlers.pdf import PdfError, paragraphs, read_pdf

URL = "https://regulator.example/notices/7.pdf"
LINES = ["Decision on the messenger", "The authority has restricted access to the messenger in", "all regions."]


def make_pdf(
    pages: Sequence[Sequence[str]], info: str = "/Title (Decision 7) /CreationDate (D:20251204120000Z)"
) -> bytes:
    """A PDF of these lines of text, page by page (ISO 32000, the smallest that readers take)."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< {info} >>",
    ]
    for number, lines in enumerate(pages):
        font = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {font} /Contents {6 + 2 * number} 0 R /MediaBox [0 0 600 800] >>")
        text = "BT /F1 12 Tf 50 700 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        objects.append(f"<< /Length {len(text)} >>\nstream\n{text}\nendstream")
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return (
        out
        + f"{head}trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(out)}\n%%EOF".encode()
    )


def test_a_pdf_is_an_article() -> None:
    response = Response(
        URL, headers={"Content-Type": "application/octet-stream"}, body=make_pdf([LINES, ["Page two."]])
    )
    article = read_page(response, Entry(URL))
    assert article.text == "Decision on the messenger\n" + " ".join(LINES[1:]) + "\nPage two."
    assert (article.title, article.published, article.published_basis) == ("Decision 7", "2025-12-04", "meta")
    told = read_page(response, Entry(URL, title="From the listing", published="2025-12-01"))
    assert (told.title, told.published, told.lang) == ("From the listing", None, "en")


def test_titles_that_programs_give_are_none() -> None:
    body = make_pdf([LINES], "/Title (Microsoft Word - final2.docx)")
    assert read_page(Response(URL, body=body), Entry(URL)).title == LINES[0]


@pytest.mark.parametrize("body", [make_pdf([LINES])[:200], b"%PDF-1.7\n", b"%PDF-1.4 " + bytes(range(256)) * 20])
def test_a_broken_pdf_is_no_page(body: bytes) -> None:
    with pytest.raises(NoPageError, match="cannot be read"):
        read_page(Response(URL, body=body), Entry(URL))


def test_reading_a_pdf_may_not_cost_more_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
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
