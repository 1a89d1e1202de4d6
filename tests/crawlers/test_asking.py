"""How an index is asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import HtmlResponse, Request, TextResponse

from crawlers.asking import Asking
from crawlers.json_items import entries_of
from crawlers.source_layouts import Paths
from crawlers.sources import read_source

DAY = date(2026, 3, 1)
LISTED = {"spider": "listing", "format": "html", "selectors": {"item": "li"}}
API = {"spider": "api", "format": "json", "paths": {"items": "a", "title": "t", "id": "i"}}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3),
    max_leaves=12,
)


@pytest.fixture
def ask(write_source: Any, tmp_path: Path) -> Any:
    """Makes what asks for a source's index."""
    return lambda **told: Asking(read_source(write_source(tmp_path, "asked", **told)), DAY)


def test_days_in_addresses_queries_and_forms(ask: Any) -> None:
    request = ask(url="https://example.org/{year}", request={"query": {"since": "{today-1}"}}).first()
    assert (request.method, request.url) == ("GET", "https://example.org/2026?since=2026-02-28")
    request = ask(**API, request={"form": {"until": "{today}"}}).first()
    assert (request.method, request.body) == ("POST", b"until=2026-03-01")


@pytest.mark.parametrize(
    ("paging", "page", "body", "url"),
    [
        ({"next": "a.more"}, 1, '<a class="more" href="?p=2">', "https://example.org/list?p=2"),
        ({"next": "//link[@rel='next']/@href"}, 1, '<link rel="next" href="/b">', "https://example.org/b"),
        ({"next": "a.more"}, 1, '<a class="more" href="javascript:x()">', None),
        ({"next": "a.more"}, 1, "<p>the end</p>", None),
        ({"next": "a.more"}, 3, '<a class="more" href="?p=4">', None),
        ({"next": "a.more", "pages": 4}, 3, '<a class="more" href="?p=4">', "https://example.org/list?p=4"),
        ({"pattern": "https://example.org/p{page}"}, 2, "", "https://example.org/p3"),
        ({"pattern": "https://example.org/p{page}", "start": 20, "step": 20}, 2, "", "https://example.org/p40"),
        ({"parameter": "offset", "start": 0}, 1, "", "https://example.org/list?offset=0"),
    ],
)
def test_the_next_page_of_a_listing(paging: Any, page: int, body: str, url: str | None, ask: Any) -> None:
    asking = ask(**LISTED, url="https://example.org/list", paging=paging)
    response = HtmlResponse("https://example.org/list", body=f"<html>{body}</html>".encode())
    assert [request.url for request in asking.further(response, page)] == ([url] if url else [])


@pytest.mark.parametrize(
    ("paging", "body", "url"),
    [
        ({"next": "meta.next"}, '{"meta": {"next": "/api?page=2"}}', "https://example.org/api?page=2"),
        ({"next": "meta.next"}, '{"meta": {"next": null}}', None),
        ({"next": "meta.next"}, "[]", None),
        ({"next": "cursor", "parameter": "after"}, '{"cursor": 9}', "https://example.org/api?after=9"),
    ],
)
def test_the_next_page_of_an_api(paging: Any, body: str, url: str | None, ask: Any) -> None:
    asking = ask(**API, url="https://example.org/api", paging=paging)
    response = TextResponse("https://example.org/api", body=body.encode())
    assert [request.url for request in asking.further(response, 1)] == ([url] if url else [])


def test_a_token_is_sent_and_not_shown(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_TOKEN", "a/b c")
    asking = ask(url="https://example.org/a", request={"token": {"env": "TEST_TOKEN", "parameter": "key"}})
    request = asking.first()
    assert request.url == "https://example.org/a?key=a%2Fb+c"
    assert request.meta["dont_redirect"]
    assert asking.without_token(request).url == "https://example.org/a?key=TOKEN"
    assert asking.shown("a/b c is a/b c, key=a/b c") == "a/b c is a/b c, key=TOKEN"
    asking = ask(request={"token": {"env": "TEST_TOKEN", "header": "X-Key"}})
    assert asking.first().headers["X-Key"] == b"a/b c"
    assert "X-Key" not in asking.without_token(asking.first()).headers
    assert asking.without_token(Request("https://example.org/other")).url == "https://example.org/other"


@given(JSON)
def test_no_json_makes_its_reading_fail(data: Any) -> None:
    paths = Paths(items="a || @", title="b || {c}", url="https://example.org/{b}", date="d", text="join('-', c)")
    for entry in entries_of(data, [paths], "https://example.org/", ["en"]):
        assert entry.url == "" or entry.url.startswith("https://example.org/")
