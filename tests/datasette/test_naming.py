"""Filters by the names that people know: an address with a name leads to the one with the id."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest

from tests.datasette.database import new_database

MINISTRY = "Ministry of Posts, Roads and Rivers"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("names") / "events.db"
    with new_database(path) as db:
        platforms = [("x", "X", "Twitter; TWTR"), ("tiktok", "TikTok", "Douyin"), ("twtr", "Twtr 100%", None)]
        db.executemany("INSERT INTO platforms (id, name, aliases) VALUES (?, ?, ?)", platforms)
        countries = [("RU", "Russia", "Russian Federation"), ("UA", "Ukraine", None)]
        db.executemany("INSERT INTO countries (id, name, aliases) VALUES (?, ?, ?)", countries)
        db.execute("INSERT INTO authorities (id, name) VALUES ('posts', ?)", [MINISTRY])
        db.execute("INSERT INTO actions (id, name) VALUES ('block', 'Block')")
        said = "INSERT INTO events (id, platform_id, action, country, authority_id) VALUES (?, ?, 'block', ?, ?)"
        db.executemany(said, [("one", "x", "RU", "posts"), ("two", "tiktok", "UA", None)])
    return path


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("country=Russia", "country=RU"),
        ("country=russian federation", "country=RU"),
        ("country=ru", "country=RU"),
        ("platform=Twitter&q=spies&from=2025", "platform=x&q=spies&from=2025"),
        ("platform=TikTok&country=Ukraine", "platform=tiktok&country=UA"),
        (f"authority={MINISTRY}", "authority=posts"),
        ("platform=twtr", None),  # the id of one goes before another's other name
        ("country=RU&platform=x", None),
        ("country=RU,UA", None),
        ("country=Russia, ukraine", "country=RU%2CUA"),
        ("country=Russia,Narnia", "country=RU%2CNarnia"),
        (f"authority={MINISTRY},other", f"authority={quote_plus(MINISTRY + ',other').replace('%2C+', '%2C')}"),
        ("platform=Twitter&platform=Douyin", "platform=x%2Ctiktok"),
        ("country=Ru%", None),
        ("platform=;", None),
        ("platform=&country=&q=", ""),
        ("platform=,,", ""),
        ("platform=,,&country=Russia", "country=RU"),
        ("platform=&country=RU", "country=RU"),
        ("platform=100%", None),
        ("platform='", None),
    ],
)
def test_a_name_leads_to_its_id(asking: Any, database: Path, asked: str, leads_to: str | None) -> None:
    params = [tuple(part.split("=", 1)) for part in asked.split("&")]
    [answer] = asking(database, {"url": "/find", "params": params})
    if leads_to is None:
        assert answer.status_code == 200
    else:
        assert answer.status_code == 302
        assert sorted(answer.headers["location"].partition("?")[2].split("&")) == sorted(leads_to.split("&"))


def test_people_read_names_and_are_offered_those_that_have_events(asking: Any, database: Path) -> None:
    [answer] = asking(database, {"url": "/find?country=RU&platform=x,tiktok"})
    assert re.search(r'<input name="country"[^>]* value="Russia"', answer.text)
    assert "country: Russia ✕" in answer.text and "platform: X, TikTok ✕" in answer.text
    offered = {field: re.findall(f'<datalist id="{field}-names">(.*?)</datalist>', answer.text)[0] for field in
               ("platform", "country", "authority")}  # fmt: skip
    assert re.findall('value="(.*?)"', offered["platform"]) == ["TikTok", "X"]
    assert re.findall('value="(.*?)"', offered["authority"]) == [MINISTRY]


def test_a_name_that_nobody_has_is_told_with_those_like_it(asking: Any, database: Path) -> None:
    [answer] = asking(database, {"url": "/find", "params": {"platform": "tiktokk", "country": "<i>"}})
    assert answer.status_code == 200
    said = re.findall(r'<p role="status">(.*?)</p>', answer.text)
    like = '<a href="/find?platform=TikTok&amp;country=%3CI%3E">TikTok</a>'
    told = [f"No platform here is called “tiktokk”. Did you mean {like}?", "No country here is called “&lt;I&gt;”."]
    assert said == told
