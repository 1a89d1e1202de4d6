"""The sample site's server: types, charsets, 404s, conditional requests, and a clear word about a taken port."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import feedparser
import pytest

from data.sample.server import SampleServerError, serve_sample


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serve_sample(0) as site:
        yield site


def get(url: str, **headers: str) -> http.client.HTTPResponse:
    response: http.client.HTTPResponse = urlopen(Request(url, headers=headers), timeout=10)
    return response


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/ledger/", "text/html; charset=utf-8"),
        ("/ledger/feed.xml", "application/rss+xml; charset=utf-8"),
        ("/vestnik/feed.atom", "application/atom+xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/static/style.css", "text/css; charset=utf-8"),
        ("/ledger/ru/2022/03/21/sud-meta.html", "text/html; charset=windows-1251"),
    ],
)
def test_server_names_type_and_charset(address: str, path: str, expected: str) -> None:
    assert get(address + path).headers["Content-Type"] == expected


@pytest.mark.parametrize(
    "path", ["/nowhere.html", "/../expected.jsonl", "/%2e%2e/expected.jsonl", "/%00", "/" + "a" * 5000]
)
def test_server_has_no_other_pages(address: str, path: str) -> None:
    with pytest.raises(HTTPError, match="404"):
        get(address + path)


def test_feeds_lead_to_the_port_in_use(address: str) -> None:
    assert {
        urlsplit(entry.link).netloc for entry in feedparser.parse(get(f"{address}/ledger/feed.xml").read()).entries
    } == {urlsplit(address).netloc}


def test_unchanged_page_is_not_sent_again(address: str) -> None:
    etag = get(f"{address}/ledger/feed.xml").headers["ETag"]
    with pytest.raises(HTTPError, match="304"):
        get(f"{address}/ledger/feed.xml", **{"If-None-Match": etag})


def test_taken_port_says_what_to_do_and_the_context_frees_it() -> None:
    with serve_sample(0) as site:
        port = int(urlsplit(site).port or 0)
        with pytest.raises(SampleServerError, match=f"port {port} .* is taken"), serve_sample(port):
            pass
    with pytest.raises(URLError):
        get(site)
