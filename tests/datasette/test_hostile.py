"""What hostile publishers put into titles, quotes and addresses is shown as text: nothing runs, nothing breaks."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import httpx
import pytest
from lxml import etree, html

from tests.datasette.hostile import MARK, TEXTS

LISTS = [
    *("/", "/find", "/platforms", "/owners", "/countries", "/authorities", "/actions", "/sources", "/country/RU"),
    *(f"/events/{table}" for table in ("events", "documents", "evidence", "changes", "sources", "corrections")),
]
OWN = ["/event/{}", "/platform/{}", "/authority/{}", "/source/{}", "/events/documents/{}", "/find?q={}"]
PAGES = LISTS + [path.format(key) for path in OWN for key in TEXTS]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_of_theirs_is_markup(hostile: str, path: str) -> None:
    answer = httpx.get(f"{hostile}{path}", timeout=30)
    assert answer.status_code == 200
    page = html.document_fromstring(answer.text)
    assert not [script for script in page.iter("script") if MARK in (script.text or "")]
    attributes = [(name, value) for element in page.iter(etree.Element) for name, value in element.items()]
    assert not [name for name, _ in attributes if name.startswith("on")]
    leading = {urlsplit(value).scheme for name, value in attributes if name in {"href", "src", "action"}}
    assert leading <= {"", "http", "https", "mailto"}
    assert "49" not in page.xpath("string(//h1)")


@pytest.mark.parametrize("path", ["/feeds/changes.atom", "/feeds/changes.atom?platform=nul"])
def test_feeds_stay_well_formed(hostile: str, path: str) -> None:
    feed = etree.fromstring(httpx.get(f"{hostile}{path}", timeout=30).content)
    assert feed.findall("{*}entry") and not feed.findall(".//{*}script")
    assert {urlsplit(link.get("href")).scheme for link in feed.iter("{*}link")} == {"http"}


def test_a_calendar_keeps_its_lines(hostile: str) -> None:
    lines = httpx.get(f"{hostile}/feeds/coming.ics", timeout=30).content.split(b"\r\n")
    assert max(map(len, lines)) <= 75 and lines[0] == b"BEGIN:VCALENDAR"
    assert all(not re.search(rb"[\x00-\x08\x0b-\x1f]", line) for line in lines)


@pytest.mark.parametrize("key", TEXTS)
def test_the_api_tells_what_there_is(hostile: str, key: str) -> None:
    told = httpx.get(f"{hostile}/api/events/{key}.json", timeout=30).json()
    assert told["event"]["summary"] == TEXTS[key]
    found = httpx.get(f"{hostile}/api/events.ndjson?platform={key}", timeout=30).text
    assert [json.loads(line)["summary"] for line in found.splitlines()] == [TEXTS[key]]
