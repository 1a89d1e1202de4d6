"""Scoring: what counts as a hit, an attribute, a false alarm."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nlp.score import Report, ScoreError, Tally, pair_up, read_gold, score, table

Event = dict[str, Any]


def gold(platform: str = "viber", action: str = "block", **fields: Any) -> Event:
    return {"platform": platform.split(), "action": action.split(), "date": None, "status": ["confirmed"], **fields}


def told(platform: str = "viber", action: str = "block", **fields: Any) -> Event:
    return {"platform": platform, "action": action, "date": None, "status": "confirmed", **fields}


def _score(owed: list[Event], found: list[Event], **document: Any) -> Report:
    return score([{"id": "a", "lang": "en", "events": owed, **document}], {"a": found})


@pytest.mark.parametrize(
    ("owed", "found", "hit", "predicted", "due"),
    [
        ([gold()], [told()], 1, 1, 1),
        ([gold()], [], 0, 0, 1),
        ([], [told()], 0, 1, 0),
        ([gold()], [told("telegram")], 0, 1, 1),
        ([gold("viber telegram", "ban block")], [told("telegram", "ban")], 1, 1, 1),
        ([gold(optional=True)], [told()], 0, 0, 0),  # forgiven
        ([gold(optional=True)], [], 0, 0, 0),
        ([gold(optional=True), gold()], [told()], 1, 1, 1),  # owed before optional
        ([gold()], [told(), told()], 1, 2, 1),  # one to one
        ([gold(), gold("telegram")], [told("telegram")], 1, 1, 2),
    ],
)
def test_events(owed: list[Event], found: list[Event], hit: int, predicted: int, due: int) -> None:
    assert _score(owed, found).event == Tally(hit, predicted, due)


@pytest.mark.parametrize(
    ("wanted", "got", "right"),
    [
        ({"date": "2025-12"}, {"date": "2025-12-04"}, {"date": True, "status": True}),
        ({"date": "2025-12-04"}, {"date": "2025-12"}, {"date": False, "status": True}),
        ({"date": "2025"}, {"date": None}, {"date": False, "status": True}),
        ({"status": ["reported", "denied"]}, {"status": "denied"}, {"status": True}),
        ({"country": "RU"}, {"country": None}, {"country": False, "status": True}),
        ({"authority": ["rkn", "mincifry"]}, {"authority": "rkn"}, {"authority": True, "status": True}),
        ({"amount": 1e6, "currency": "EUR"}, {"amount": 1.009e6, "currency": "EUR"}, {"amount": True, "status": True}),
        ({"amount": 1e6, "currency": "EUR"}, {"amount": 1e6, "currency": "USD"}, {"amount": False, "status": True}),
        ({"amount": 1e6, "currency": "EUR"}, {"amount": 1.02e6, "currency": "EUR"}, {"amount": False, "status": True}),
    ],
)
def test_attributes(wanted: Event, got: Event, right: dict[str, bool]) -> None:
    report = _score([gold(**wanted)], [told(**got)])
    assert {name: bool(report.right[name]) for name in report.asked} == right
    strict = right.get("date", True) and right["status"]
    assert report.strict == Tally(int(strict), 1, 1)


def test_of_two_that_fit_the_likest_is_paired() -> None:
    owed = [gold(date="2024-03"), gold(date="2025-05-20")]
    found = [told(date="2025-05-20"), told(date="2024-03-01")]
    assert sorted(pair_up(owed, found)) == [(0, 1), (1, 0)]


@pytest.mark.parametrize(("document", "alarms"), [({"relevant": False}, 2), ({"relevant": True}, 0), ({}, 2)])
def test_events_of_documents_that_tell_none_are_false_alarms(document: Event, alarms: int) -> None:
    assert _score([], [told(), told()], **document).false_alarms == alarms


def test_rates_are_0_where_there_is_nothing() -> None:
    assert Tally().rates() == (0, 0, 0)
    assert Tally(1, 2, 4).rates() == pytest.approx((1 / 2, 1 / 4, 1 / 3))


def test_the_table_names_what_it_counts() -> None:
    lines = table(
        _score([gold(country="RU"), gold("telegram", "ban")], [told(country="RU")], relevant=True)
    ).splitlines()
    assert lines[0] == "documents 1  events owed 2  predicted 1"
    assert lines[1] == "event   P 1.000  R 0.500  F1 0.667"
    assert any(line.split()[:2] == ["country", "1.000"] for line in lines)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Expecting property name"),
        ("[]", "TypeError"),
        ('{"id": "a"}', "KeyError.*events"),
        ('{"id": "a", "events": [{}]}', "without platform"),
    ],
)
def test_a_bad_line_of_gold_is_told(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f"{json.dumps({'id': 'a', 'events': []})}\n{line}\n", "utf-8")
    with pytest.raises(ScoreError, match=rf"gold\.jsonl, line 2: .*{reason}"):
        read_gold(path)


@pytest.mark.parametrize(
    ("wanted", "got", "right", "asked", "given"),
    [
        (["tax", "labour"], "tax", 1, 1, 1),
        (["tax"], "labour", 0, 1, 1),
        (["tax"], None, 0, 1, 0),
        (None, "tax", 0, 0, 1),  # told though the text tells none
        (None, None, 0, 0, 0),
    ],
)
def test_labels(wanted: list[str] | None, got: str | None, right: int, asked: int, given: int) -> None:
    report = _score([gold(grounds=wanted)], [{**told(), "grounds": got}])
    assert (report.right["grounds"], report.asked["grounds"], report.told["grounds"]) == (right, asked, given)
    assert any(miss.startswith("GROUNDS") for miss in report.misses) == (right < max(asked, given))


def test_labels_count_only_where_gold_has_them() -> None:
    report = _score([gold()], [{**told(), "grounds": "tax", "scope": "app"}])
    assert not report.told and not {"grounds", "scope"} & set(report.asked) and not report.misses


def test_the_table_tells_the_precision_of_labels() -> None:
    owed = [gold(grounds=["tax"]), gold("telegram", grounds=None)]
    found = [{**told(platform), "grounds": "tax"} for platform in ("viber", "telegram")]
    assert "  grounds    1.000 of 1  precision 0.500 of 2" in table(_score(owed, found)).splitlines()
