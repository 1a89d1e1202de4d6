"""The page of an event: what it tells, on what that rests, and where its former addresses lead."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.datasette.database import new_database


def test_an_event_shows_its_quotes_documents_and_changes(site: httpx.Client) -> None:
    page = site.get("/event/x-order-turned").text
    assert '<a href="https://news.test/1" rel="nofollow noopener" lang="en">FaceTime no longer works</a>' in page
    assert "said so" in page and "quote &lt;script&gt;" in page and "Vara Federal" in page
    assert re.search(r"<td>threatened</td>\s*<td>confirmed</td>\s*<td>document</td>", page)
    assert "old-id" in site.get("/event/facetime-block-ru").text


def test_an_event_shows_what_is_told_otherwise(site: httpx.Client) -> None:
    page = site.get("/event/facetime-block-ru").text
    assert "<td>date</td><td>2025-12-05</td><td>2</td><td>1</td><td>relative</td>" in page
    assert page.count("(read as facetime)") == 1
    assert "Told otherwise" not in site.get("/event/x-order-turned").text


def test_an_event_shows_what_people_say_of_it(site: httpx.Client) -> None:
    page = site.get("/event/tiktok-ban-al").text
    assert re.search(
        r"<li>Scope: none, because: &lt;script&gt;.*\n.*A\. Editor.*; a later document tells otherwise", page
    )
    assert "By people's word" not in site.get("/event/x-order-turned").text


def test_an_event_shows_the_way_of_its_action(site: httpx.Client) -> None:
    page = site.get("/event/facetime-block-ru").text
    steps = page.split('class="timeline"')[1].split("</ol>")[0]
    assert steps.index("2025-10") < steps.index("<b>Threatened</b>") < steps.index("<b>In force</b>")
    assert 'href="/event/facetime-threat-ru"' in steps and "said so" in steps
    assert "It took effect" in page
    assert 'class="timeline"' not in site.get("/event/tiktok-fine-ie").text


@pytest.mark.parametrize(
    ("name", "label", "quote"),
    [("Grounds", "National security", "over spies"), ("Scope", "Officials", "on state phones")],
)
def test_an_event_shows_why_and_what_with_the_words(site: httpx.Client, name: str, label: str, quote: str) -> None:
    page = site.get("/event/facetime-block-ru").text
    assert re.search(
        rf"<dt>{name}</dt>\s*<dd><span class=\"value\">{label}(?:(?!</dd>).)*<q[^>]*>{quote}</q>", page, re.DOTALL
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/event/old-id", "/event/facetime-block-ru"),
        ("/events/events/old-id", "/event/old-id"),
        ("/events/events/old-id.json", "/events/events/facetime-block-ru.json"),
    ],
)
def test_a_former_event_leads_to_the_one_that_it_went_into(site: httpx.Client, old: str, new: str) -> None:
    answer = site.get(old)
    assert (answer.status_code, answer.headers["location"]) == (301, new)
    assert "x-frame-options" in answer.headers
    assert site.get(old, follow_redirects=True).status_code == 200


def test_links_only_to_web_addresses(site: httpx.Client) -> None:
    page = site.get("/events/documents").text
    assert '<a href="https://news.test/1" rel="nofollow noopener">' in page
    assert "javascript:alert(1)" in page


@pytest.mark.parametrize(("documents", "more"), [(250, False), (251, True)])
def test_what_a_page_does_not_show_is_told(asking: Any, tmp_path: Path, documents: int, more: bool) -> None:
    with new_database(tmp_path / "events.db") as db:
        db.execute("INSERT INTO events (id, platform_id, action) VALUES ('much', 'x', 'block')")
        said = "INSERT INTO evidence VALUES ('much', ?, ?, 'x', 1, ?, ?, ?)"
        for number in range(documents):
            db.execute("INSERT INTO documents (id, title) VALUES (?, ?)", [f"d{number}", f"Title {number}"])
            db.execute(said, [f"d{number}", "event", "X is blocked", 0, 12])
            db.execute(said, [f"d{number}", "platform", "X", 0, 1])
    [answer] = asking(tmp_path / "events.db", {"url": "/event/much"})
    assert answer.text.count('<article class="telling"') == 250
    assert answer.text.count("<mark>X <small>platform</small></mark> is blocked") == 250
    assert ('<a href="/events/evidence?event_id=much">all of them as a table</a>' in answer.text) == more
