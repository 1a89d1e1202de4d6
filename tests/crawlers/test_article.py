"""Pages into articles: title, text, day and what told it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.article import Article, extract_article, token_f1

WORDS = "".join(
    f"<p>The communications regulator said on Thursday that it had restricted the video service in part {number}, "
    "citing a refusal to delete forbidden material, and warned that further measures might follow within days.</p>"
    for number in range(5)
)
PLAIN = "\n".join(WORDS.replace("</p>", "").split("<p>")[1:])
URL = "https://news.example/2025/11/07/video"


def ld(**fields: object) -> str:
    """A JSON-LD script of an article."""
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def html(head: str = "", body: str = "", h1: str = "Video service restricted") -> str:
    """A news page."""
    title = f"<title>{h1} - Example News</title>" if h1 else ""
    heading = f"<h1>{h1}</h1>" if h1 else ""
    return f"<html><head>{title}{head}</head><body><article>{heading}{body}{WORDS}</article></body></html>"


@pytest.mark.parametrize(
    ("page", "url", "title"),
    [
        (html(), None, "Video service restricted"),
        (html('<meta property="og:title" content="Video service restricted | E">'), None, "Video service restricted"),
        (html('<meta property="og:title" content="Other - Example"><meta property="og:site_name" content="Example">'),
         None, "Other"),
        (html(ld(headline="Regulator &amp; service: a restriction")), None, "Regulator & service: a restriction"),
        (html(ld(headline="A - B - C"), h1="A - B"), None, "A - B"),
        (html('<script type="application/ld+json">{broken</script>'), None, "Video service restricted"),
        (html(ld(headline=["no", "text"])), None, "Video service restricted"),
        (html('<script type="application/ld+json">[{"@graph": [{"@type": ["Thing", "Article"], "headline": "Deep"}]}]'
              "</script>"), None, "Deep"),
        (html(h1=""), None, ""),
    ],
)  # fmt: skip
def test_title(page: str, url: str | None, title: str) -> None:
    assert extract_article(page, url).title == title


@pytest.mark.parametrize(
    ("page", "url", "published", "basis"),
    [
        (html(ld(datePublished="2025-12-04T23:30:00-08:00")), URL, "2025-12-04", "json-ld"),
        (html(ld(datePublished="Thu, 04 Dec 2025 01:00:00 +0300")), URL, "2025-12-04", "json-ld"),
        (html('<meta property="article:published_time" content="2025-12-03T08:00:00Z">'), URL, "2025-12-03", "meta"),
        (html(ld(datePublished="soon")), URL, "2025-11-07", "url"),
        (html(ld(datePublished="2999-01-01")), URL, "2025-11-07", "url"),
        (html(body='<time datetime="2025-10-02">2 October</time>'), None, "2025-10-02", "visible"),
        (html(), None, None, None),
        (html('<link rel="canonical" href="https://news.example/2019/01/02/x">'), None, None, None),
    ],
)
def test_published(page: str, url: str | None, published: str | None, basis: str | None) -> None:
    article = extract_article(page, url)
    assert (article.published, article.published_basis) == (published, basis)


@pytest.mark.parametrize(
    ("head", "url", "canonical"),
    [
        ("", "https://News.example/a?utm_source=x&b=2&a=1#top", "https://news.example/a?a=1&b=2"),
        ('<link rel="canonical" href="/b">', "https://news.example/a", "https://news.example/b"),
        ('<link rel="canonical" href="https://news.example/">', "https://news.example/a", "https://news.example/a"),
        ('<link rel="canonical" href="https://thief.example/b">', "https://news.example/a", "https://news.example/a"),
        ('<link rel="canonical" href="https://news.example/b">', None, "https://news.example/b"),
        (
            '<link rel="canonical" href="https://www.news.example/b">',
            "https://m.news.example/a",
            "https://www.news.example/b",
        ),
        (
            '<link rel="canonical" href="https://news.example/b?ocid=1">',
            "https://amp.news.example/b",
            "https://news.example/b",
        ),
        (
            '<meta property="og:url" content="https://news.example/b">',
            "https://news.example/a",
            "https://news.example/b",
        ),
        (
            '<link rel="canonical" href="https://other.co.example/b">',
            "https://m.co.example/a",
            "https://m.co.example/a",
        ),
        ("", None, None),
    ],
)
def test_url(head: str, url: str | None, canonical: str | None) -> None:
    assert extract_article(html(head), url).url == canonical


@pytest.mark.parametrize(
    ("head", "text"),
    [
        ("", PLAIN),
        (ld(articleBody="A teaser of few words."), PLAIN),
        (ld(articleBody=" ".join(PLAIN.split())), PLAIN),
        (ld(articleBody="<p>Entirely different words are told here by the publisher itself.</p>" * 20),
         "\n".join(["Entirely different words are told here by the publisher itself."] * 20)),
    ],
)  # fmt: skip
def test_text(head: str, text: str) -> None:
    article = extract_article(html(head), URL)
    assert article.text == text
    assert article.lang == "en"


@pytest.mark.parametrize(
    ("page", "authors", "section"),
    [
        (html(ld(author={"name": "Ann Writer"}, articleSection="Tech")), ("Ann Writer",), "Tech"),
        (html(ld(author=[{"name": "Ann Writer"}, "By Bo Author", {"name": "Ann Writer"}], articleSection=["World"])),
         ("Ann Writer", "Bo Author"), "World"),
        (html('<meta name="author" content="Анна Автор"><meta property="article:section" content="Право">'),
         ("Анна Автор",), "Право"),
        (html('<meta property="article:author" content="https://social.example/ann">'), (), None),
        (html(body='<a rel="author" href="/ann">By <b>Ann</b> Writer</a>'), ("Ann Writer",), None),
        (html(ld(author=7, articleSection={"no": "text"})), (), None),
        (html(), (), None),
    ],
)  # fmt: skip
def test_authors_and_section(page: str, authors: tuple[str, ...], section: str | None) -> None:
    article = extract_article(page, URL)
    assert (article.authors, article.section) == (authors, section)


STUB = "<html><head><title>Service fined</title>{}</head><body><article><p>The court fined the service on Thursday, a "
STUB += "spokesman for the ministry told reporters after the hearing.</p></article><footer>{}</footer></body></html>"


@pytest.mark.parametrize(
    ("page", "url", "partial"),
    [
        (STUB.format(ld(isAccessibleForFree=False), ""), URL, "paywall"),
        (STUB.format(ld(isAccessibleForFree="False"), ""), URL, "paywall"),
        (STUB.format("", "<b>Subscribe</b> to continue reading."), URL, "paywall"),
        (STUB.format("", "Чтобы читать дальше, <i>оформите</i> подписку"), URL, "paywall"),
        (STUB.format("", "<script>subscribe to continue reading</script>We value your privacy"), URL, None),
        (STUB.format(ld(isAccessibleForFree=True), ""), URL, None),
        (html(ld(isAccessibleForFree=False), "<p>Subscribe to continue reading.</p>"), URL, None),
        (html(), "https://consent.news.example/collect?next=x", "consent"),
        ("<html><body><p>Before you continue to News, choose what we may store on your device.</p></body></html>", URL,
         "consent"),
    ],
)  # fmt: skip
def test_what_stands_in_place_of_an_article_is_told(page: str, url: str, partial: str | None) -> None:
    assert extract_article(page, url).partial == partial


@pytest.mark.parametrize("page", ["", b"", "https://news.example/a", "words", "<", "<html></html>", b"\xff\xfe<\x00p"])
def test_what_is_no_page_is_an_empty_article(page: bytes | str) -> None:
    article = extract_article(page, URL)
    assert (article.title, article.text, article.url) == ("", "", URL)


@settings(max_examples=30)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300), st.text("<>/=\"' apmeta&;{}[]:", max_size=300)))
def test_no_page_raises(page: bytes | str) -> None:
    assert isinstance(extract_article(page), Article)
    assert isinstance(extract_article("<html>" + str(page)), Article)


@given(st.text(max_size=60), st.text(max_size=60))
def test_token_f1_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert token_f1(one, other) == token_f1(other, one)
    assert 0 <= token_f1(one, other) <= 1
