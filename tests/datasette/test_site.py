"""The public site as strangers meet it: a real Datasette, in its own process, over a database that publish() made."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import httpx
import pytest

from data.events_schema import TABLES
from tests.datasette.config import METADATA
from tests.datasette.edition import HOSTILE

PAGES = [
    "/", "/events", *(f"/events/{table}" for table in TABLES), *(f"/events/{query}" for query in METADATA["queries"]),
    "/event/facetime-block-ru", "/event/roblox~2Eblock~7Eiq", "/events/platforms/facetime", "/find", "/find?country=RU",
    "/find?q=facetime&status=confirmed", "/platforms", "/owners", "/countries", "/authorities", "/actions", "/sources",
    "/platform/facetime", "/owner/apple", "/country/RU", "/authority/rkn", "/authority/vara-federal", "/action/block",
    "/source/news", "/source/gazette", "/about", "/dictionary", "/api",
    "/events/events?_search=facetime", "/events/events?_col=id&_col=amount", "/events/events?country=RU&_sort=date",
    "/assets/site.css", "/-/metadata.json",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_pages_answer_with_security_headers(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "referrer-policy" in answer.headers


@pytest.mark.parametrize("path", PAGES)
def test_every_inline_script_is_one_that_the_policy_knows(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    for script in re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL):
        assert (
            f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
            in answer.headers["content-security-policy"]
        )
    assert HOSTILE not in answer.text if "html" in answer.headers["content-type"] else True
    assert not re.search(r'href="\s*javascript:', answer.text)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/events?sql=select+1", 403),
        ("/events.json?sql=select+hex(zeroblob(300000000))", 403),
        ("/events/events?_where=hex(zeroblob(300000000))", 403),
        ("/events.db", 403),
        ("/events/events?_sort=summary", 500),
        ("/events/events.json?summary__like=" + "%25" * 300, 400),
        ("/event/no-such-event", 404),
        *((f"/{kind}/none", 404) for kind in ("platform", "owner", "country", "authority", "action", "source")),
        ("/find?from=soon", 400),
        ("/find?after=nothing", 400),
        *(
            (f"/-/{page}", 404)
            for page in ("versions", "plugins.json", "settings", "threads", "databases", "actor", "config")
        ),
        *(
            (f"/-/{page}", 404)
            for page in ("permissions", "allow-debug", "messages", "patterns", "auth-token", "logout")
        ),
    ],
)
def test_what_is_closed(site: httpx.Client, path: str, status: int) -> None:
    answer = site.get(path)
    assert answer.status_code == status
    assert "content-security-policy" in answer.headers


def test_lists_tell_how_sure_the_reading_is(site: httpx.Client) -> None:
    page = site.get("/find?platform=facetime").text
    assert page.count('<td class="number"><span class="narrow">Confidence: </span>90 %</td>') == 2
    sure = site.get("/find?platform=facetime&confidence=0.9"), site.get("/find?platform=facetime&confidence=0.95")
    assert ["<b>2</b> events" in each.text for each in sure] == [True, False]
    assert '<option value="0.95" selected>95 % or more</option>' in sure[1].text


def test_the_front_page_tells_what_is_new_and_what_fails(site: httpx.Client) -> None:
    page = site.get("/").text
    for told in [
        "FaceTime",
        "Roskomnadzor",
        "/event/roblox~2Eblock~7Eiq",
        "The Gazette",
        "blocked",
        "2026-01-02",
    ]:
        assert told in page
    assert page.index("facetime-block-ru") < page.index("tiktok-fine-ie")


@pytest.mark.parametrize("path", ["/", "/find", "/events/events", "/event/x-order-turned", "/events/blocks_in_force"])
def test_pages_have_landmarks(site: httpx.Client, path: str) -> None:
    page = site.get(path).text
    for landmark in ['<html lang="en">', 'class="skip" href="#main"', '<main id="main">', "<nav", "<footer"]:
        assert landmark in page
    assert page.count("<h1") == 1
    assert len(re.findall(r'<th scope="(col|row)"', page)) == page.count("<th ") > 0 and "<th>" not in page
