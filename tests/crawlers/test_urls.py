"""Addresses: one spelling each, the same for good."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.urls import absolute_url, canonical_url, document_id, is_web


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://Example.org", "https://example.org/"),
        ("https://example.org/a?utm_source=rss&utm_medium=x", "https://example.org/a"),
        ("https://example.org/a?b=2&a=1&fbclid=z#part", "https://example.org/a?a=1&b=2"),
        ("https://example.org/a?q=", "https://example.org/a?q="),
        (" https://example.org/новость ", "https://example.org/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C"),
        ("https://example.org/a?id=%D1%8F&x=a+b", "https://example.org/a?id=%D1%8F&x=a+b"),
    ],
)
def test_canonical_url(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@given(st.text("abя%/?&=#+ utm_", max_size=30))
def test_canonical_url_is_stable(tail: str) -> None:
    once = canonical_url(f"https://example.org/{tail}")
    assert canonical_url(once) == once


@given(st.text(max_size=40), st.sampled_from(["", "http://", "https://a/", "//", "http://[", "http://a:"]))
def test_what_strangers_link_to_never_raises(link: str, start: str) -> None:
    url = absolute_url("https://example.org/feed", start + link)
    assert url == "" or (is_web(url) and canonical_url(url).startswith("http"))


def test_document_id_is_what_it_ever_was() -> None:
    assert document_id("https://example.org/") == "8198d1bac40a1033"


@pytest.mark.parametrize(
    ("url", "web"),
    [
        ("http://a/b", True),
        ("//a/b", False),
        ("mailto:a@b", False),
        ("http:", False),
        ("http://[a/", False),
        ("http://a:x/", False),
    ],
)
def test_is_web(url: str, web: bool) -> None:
    assert is_web(url) is web
