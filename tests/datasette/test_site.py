"""The public site as strangers meet it: a real Datasette, in its own process, over a database that publish() made."""

from __future__ import annotations

import json
import re
import sqlite3
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from markupsafe import escape

from data.corrections import Correct, Ruling
from data.events import publish
from data.events_rows import Edition
from data.events_schema import TABLES
from data.models import (
    Change,
    Conflict,
    Document,
    Event,
    Evidence,
    Link,
    Mention,
    Run,
    Source,
    SourceHealth,
    Step,
    StoredMention,
)  # fmt: skip
from data.reference import load_reference

CONFIG = Path(__file__).parents[2] / "datasette_config"
METADATA = yaml.safe_load((CONFIG / "metadata.yaml").read_text("utf-8"))["databases"]["events"]
SETTINGS: dict[str, Any] = json.loads((CONFIG / "settings.json").read_text("utf-8"))
NOW = "2026-01-02T03:04:05Z"
PRECISIONS: dict[int | None, Any] = {None: None, 4: "year", 7: "month", 10: "day"}
HOSTILE = "<script>alert(1)</script>"

# id, platform, action, status, country, authority, date, amount, currency, ended
EVENTS: list[tuple[Any, ...]] = [
    ("facetime-block-ru", "facetime", "block", "confirmed", "RU", "rkn", "2025-12-04", None, None, None),
    ("facetime-threat-ru", "facetime", "fine", "threatened", "RU", "rkn", "2025-10", None, None, None),
    ("tiktok-fine-ie", "tiktok", "fine", "confirmed", "IE", "dpc-ie", "2025-05-02", 530e6, "EUR", None),
    ("tiktok-ban-al", "tiktok", "ban", "confirmed", "AL", None, "2025-03-13", None, None, "2026-02-01"),
    ("tiktok-ban-in", "tiktok", "ban", "confirmed", "IN", "meity", "2020-06-29", None, None, None),
    ("x-order-turned", "x", "order", "confirmed", "BR", "Vara Federal", "2024", None, None, None),
    ("roblox.block~iq", "roblox", "block", "reported", "IQ", None, None, None, None, None),
]
WORDS = [
    Correct.model_construct(correct="tiktok-ban-al", field="scope", value=None, why=HOSTILE, by="A. Editor", when=NOW),
]

FOLLOWING: dict[str, Any] = {
    "links": (Link("facetime-threat-ru", "carried-out"),),
    "timeline": (
        Step("facetime-threat-ru", "threatened", "2025-10"),
        Step("facetime-block-ru", "in-force", "2025-12-04"),
    ),
}


def edition() -> Edition:
    documents = {
        "d1": Document("d1", "FaceTime no longer works", "Body.", "2025-12-04", "en", "https://news.test/1", "news"),
        "d2": Document("d2", HOSTILE, f"Body {HOSTILE}", "2025-12-05", "en", "https://news.test/2", "news"),
    }
    events = []
    for id_, platform, action, status, country, authority, date, amount, currency, ended in EVENTS:
        evidence: tuple[Evidence, ...] = (
            Evidence("event", 0, 4, "said so"),
            Evidence("platform", 5, 9, f"quote {HOSTILE}"),
        )
        evidence += (Evidence("grounds", 10, 14, "over spies"), Evidence("scope", 15, 19, "on state phones"))
        mention = Mention(platform, action, status, date, country=country, authority=authority, evidence=evidence)
        told = tuple(StoredMention(document, 0, mention) for document in documents)
        basis: Any = date and "stated"
        facts: tuple[Any, ...] = (
            platform,
            action,
            status,
            country,
            authority,
            date,
            PRECISIONS[date and len(date)],
            basis,
        )
        summary = f"{platform}: {action} in {country} {HOSTILE}"
        rest: tuple[Any, ...] = (
            amount,
            currency,
            "security",
            "officials",
            0.9,
            summary,
            1,
            1,
            2,
            told,
            NOW,
            NOW,
            None,
            ended,
        )
        events.append(Event(*(id_, *facts, *rest)))
    said_otherwise = (Conflict("date", "2025-12-05", 2, 2, 1, "relative"),)
    events[0] = replace(events[0], conflicts=said_otherwise, backing=frozenset({("d1#0", "platform")}))
    events[0] = replace(events[0], phase="in-force", follows=events[1].id, **FOLLOWING)
    health = [
        SourceHealth("news", NOW, NOW, NOW, "ok", None, NOW),
        SourceHealth("gazette", NOW, None, None, "failed", "blocked", NOW),
    ]
    changes = {1: Change("x-order-turned", NOW, "status", "threatened", "confirmed", "document")}
    sources = [Source("news", "News", "feed"), Source("gazette", "The Gazette", "listing", official=True)]
    run = Run(NOW, NOW, 2, 2, 0, len(events), len(events), 1, "1", "0.1.0")
    reference = load_reference()
    redirects = {"old-id": "facetime-block-ru"}
    said = [Ruling(1, entry, entry.events[0], old="none", contradicted="d2") for entry in WORDS]
    return Edition(events, documents, sources, health, changes, redirects, {1: run}, reference, said)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("site") / "events.db"
    publish(path, edition())
    # the store lets no such address in; the pages must not rely on that
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE documents SET url = 'javascript:alert(1)' WHERE id = 'd2'")
    return path


@pytest.fixture(scope="module")
def site(database: Path, serving: Any) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=serving(database), timeout=30) as client:
        yield client


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


@pytest.mark.parametrize("path", ["/events/largest_fines", "/events/events?_col=id&_col=amount"])
def test_sums_are_told_to_people_as_they_read_them(site: httpx.Client, path: str) -> None:
    assert ">530,000,000<" in "".join(site.get(path).text.split()) and "530000000" not in site.get(path).text


@pytest.mark.parametrize(
    ("query", "chosen", "others"),
    [("country=in", "India", {"RU", "BR"}), ("country=Atlantis", "Atlantis", {"IN"}), ("", None, {"IN", "RU"})],
)
def test_a_question_offers_what_it_may_be_asked_of(
    site: httpx.Client, query: str, chosen: str | None, others: set[str]
) -> None:
    page = site.get(f"/events/blocks_in_force?{query}").text
    offered = page.split('<select id="p-country" name="country">')[1].split("</select>")[0]
    assert re.findall(r"<option[^>]* selected>([^<]*)<", offered) == ([chosen] if chosen else [])
    assert others <= set(re.findall(r'value="(\w+)"', offered))


def test_answers_of_questions_have_numbers_as_numbers(site: httpx.Client) -> None:
    page = site.get("/events/largest_fines").text
    assert '<th scope="col" class="number">amount</th>' in page and ">of all<" not in page
    assert '<td class="col-amount number">530,000,000</td>' in page and '<th scope="col">date</th>' in page


def test_all_data_are_told_with_what_they_hold(site: httpx.Client) -> None:
    page = site.get("/events").text
    for name, about in METADATA["tables"].items():
        assert page.count(f'<a href="/events/{name}">{about["title"]}</a>') == 1
        assert escape(about["description"]) in page
    for name, about in METADATA["queries"].items():
        assert f'<a href="/events/{name}">{about["title"]}</a>' in page


def test_lists_tell_how_sure_the_reading_is(site: httpx.Client) -> None:
    page = site.get("/find?platform=facetime").text
    assert page.count('<td class="number"><span class="narrow">Confidence: </span>90 %</td>') == 2
    sure = site.get("/find?platform=facetime&confidence=0.9"), site.get("/find?platform=facetime&confidence=0.95")
    assert ["<b>2</b> events" in each.text for each in sure] == [True, False]
    assert '<option value="0.95" selected>95 % or more</option>' in sure[1].text


def test_json_may_be_read_from_other_sites(site: httpx.Client) -> None:
    answer = site.get("/events/events.json?_shape=array&platform_id=facetime&_labels=on")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert [row["platform_id"]["label"] for row in answer.json()] == ["FaceTime", "FaceTime"]


def test_csv_streams_all_rows(site: httpx.Client) -> None:
    lines = site.get("/events/authorities.csv?_stream=on").text.splitlines()
    assert len(lines) > SETTINGS["default_page_size"]
    assert len(lines) == 1 + site.get("/events/authorities.json").json()["filtered_table_rows_count"]


def test_facets_are_there_and_labelled(site: httpx.Client) -> None:
    page, offered = site.get("/events/events?status=confirmed").text, METADATA["tables"]["events"]["facets_offered"]
    links = re.findall(r'<a href="([^"]*_facet=(\w+))"', page)
    assert [name for _, name in links] == offered
    counted = site.get(unescape({name: link for link, name in links}["country"])).text
    assert "_facet=country&amp;_facet=action" in counted and "_facet=country&amp;_facet=country" not in counted
    assert re.search(r'<section aria-label="By country"><h2>Country</h2>.*?>India</a> 1', counted, re.DOTALL)
    facets = site.get("/events/events.json?_facet=country&_facet=action").json()["facet_results"]
    assert {"Russia", "India"} <= {value["label"] for value in facets["country"]["results"]}


@pytest.mark.parametrize("value", ["", "RU", "tiktok", "EUR", "' OR 1=1 --", "hex(zeroblob(300000000))", "%" * 5000])
@pytest.mark.parametrize("query", METADATA["queries"])
def test_questions_take_any_value(site: httpx.Client, query: str, value: str) -> None:
    names = METADATA["queries"][query].get("params", [])
    answer = site.get(f"/events/{query}.json", params=dict.fromkeys(names, value) | {"_shape": "objects"}).json()
    assert answer["ok"] is True
    assert answer["truncated"] is False


@pytest.mark.parametrize(
    ("query", "params", "column", "expected"),
    [
        ("fines_by_authority_and_year", {}, "fines", [1]),
        ("blocks_in_force", {}, "event_id", ["facetime-block-ru", "tiktok-ban-in", "roblox.block~iq"]),
        ("blocks_in_force", {"country": "ru"}, "event_id", ["facetime-block-ru"]),
        ("blocks_in_force_by_country", {}, "country", ["India", "Iraq", "Russia"]),
        ("latest_confirmed", {"platform": "tiktok"}, "date", ["2025-05-02", "2025-03-13", "2020-06-29"]),
        ("largest_fines", {"currency": "eur"}, "amount", [530e6]),
        ("first_to_act", {"platform": "tiktok"}, "country", ["India", "Albania", "Ireland"]),
        ("first_to_act", {}, "platform", ["TikTok", "X", "FaceTime"]),
        ("longest_in_force", {}, "days", [2013, 29]),
        ("longest_in_force", {"country": "ru"}, "event_id", ["facetime-block-ru"]),
        ("platforms_by_countries", {}, "countries", [3, 1, 1, 1]),
        ("platforms_by_countries", {"action": "ban"}, "countries", [2]),
        ("restrictions_by_month", {}, "month", ["2025-12", "2025-03", "2020-06"]),
        ("restrictions_by_month", {"country": "in"}, "events", [1]),
        ("threats_carried_out_by_country", {}, "country", ["Brazil", "Russia"]),
        ("threats_carried_out_by_country", {}, "carried_out", [1, 1]),
        ("first_to_block", {}, "country", ["India", "Russia"]),
        ("fines_by_platform_and_year", {}, "fines", [1]),
        ("authorities_by_actions", {"country": "in"}, "events", [1]),
        ("grounds_by_year", {}, "events", [3, 1, 1]),
        ("told_otherwise", {"field": "date"}, "told_otherwise", ["2025-12-05"]),
        ("told_otherwise", {"field": "amount"}, "told_otherwise", []),
        (
            "threats_and_outcomes", {}, "outcome",
            ["followed by block on 2025-12-04", "confirmed, known 2026-01-02"],
        ),
    ],
)  # fmt: skip
def test_questions_are_answered(
    site: httpx.Client, query: str, params: dict[str, str], column: str, expected: list[Any]
) -> None:
    rows = site.get(f"/events/{query}.json", params=params | {"_shape": "array"}).json()
    assert [row[column] for row in rows] == expected
    assert all(row["of_all"] == len(rows) for row in rows)


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


@pytest.mark.parametrize("path", ["/", "/find", "/events/events", "/event/x-order-turned", "/events/blocks_in_force"])
def test_pages_have_landmarks(site: httpx.Client, path: str) -> None:
    page = site.get(path).text
    for landmark in ['<html lang="en">', 'class="skip" href="#main"', '<main id="main">', "<nav", "<footer"]:
        assert landmark in page
    assert page.count("<h1") == 1
    assert len(re.findall(r'<th scope="(col|row)"', page)) == page.count("<th ") > 0 and "<th>" not in page
