"""Datasette's own pages over the record: its tables, and the questions that analysts ask."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import httpx
import pytest
from markupsafe import escape

from tests.datasette.config import METADATA, SETTINGS


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
