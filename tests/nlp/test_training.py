"""Training: labelled documents in, weights out that the judge reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import nlp.train as train
from nlp.judge import Head, Judge
from nlp.training import Example, examples, fit, is_shut, matrix, trained, vocabulary

COUNTRIES = ["Italy", "Spain", "Kenya", "Nepal", "Turkey", "Brazil", "India", "Japan", "Norway", "Chad"]


def _gold(platform: str, action: str, **fields: Any) -> dict[str, Any]:
    return {"platform": [platform], "action": [action], "date": None, "status": ["confirmed"], **fields}


def _documents() -> Iterator[dict[str, Any]]:
    """Events, threats, reports, and what is none: a document of each for each country."""
    for country in COUNTRIES:
        told = {
            "news": (f"{country} blocks Viber", [_gold("viber", "block", date="2025-12-04")]),
            "plan": (f"{country} may ban TikTok", [_gold("tiktok", "ban", status=["threatened"])]),
            "past": (f"The ban on Zoom in {country} is old", [_gold("zoom", "ban")]),
            "seen": (
                f"Users report that {country} blocked Discord",
                [_gold("discord", "block", status=["reported"])],
            ),
            "none": (f"Facebook bans a politician of {country}", []),
        }
        for kind, (title, events) in told.items():
            record = {"id": f"{country}-{kind}", "title": title, "text": "", "lang": "en"}
            yield {**record, "published": "2025-12-04", "relevant": bool(events), "events": events}


@pytest.fixture(scope="module")
def rows() -> list[Example]:
    return list(examples(_documents()))


def test_candidates_are_labelled_by_gold(rows: list[Example]) -> None:
    labels = {row.document.split("-")[1]: (row.event, row.status, row.news) for row in rows if row.event is not False}
    assert labels == {
        "news": (True, "confirmed", True),
        "plan": (True, "threatened", False),
        "past": (True, "confirmed", False),
        "seen": (True, "reported", False),
    }
    assert {row.event for row in rows if row.document.endswith("none")} == {False}


def test_what_gold_leaves_open_is_neither() -> None:
    (record, *_) = _documents()
    record["events"][0]["optional"] = True
    assert [row.event for row in examples([record])] == [None]


def test_a_language_that_nobody_reads_is_passed_over() -> None:
    (record, *_) = _documents()
    assert list(examples([{**record, "lang": "fi"}])) == []


def test_weights_learn_what_tells_an_event(rows: list[Example], tmp_path: Path) -> None:
    path = tmp_path / "judge.json"
    path.write_text(json.dumps(trained(rows, 0.4)), "utf-8")
    judge = Judge.load(path)
    assert judge.threshold == 0.4
    sure = {kind: [judge.confidence(row.names) for row in rows if row.event is kind] for kind in (True, False)}
    assert min(sure[True]) > max(sure[False])
    assert all(judge.status_of(row.names) == row.status for row in rows if row.status)
    assert all(judge.is_news(row.names) == row.news for row in rows if row.news is not None)


def test_the_penalty_holds_weights_small(rows: list[Example]) -> None:
    names = vocabulary(row.names for row in rows)
    labels = ["event" if row.event else "" for row in rows]
    loose, tight = (fit(rows, labels, names, strength) for strength in (1.0, 0.001))
    assert max(map(abs, tight["event"].values())) < max(map(abs, loose["event"].values()))


def _row(names: str, weight: float = 1.0) -> Example:
    return Example("1", frozenset(names), True, None, None, weight)


def test_a_lighter_example_moves_weights_less() -> None:
    rows, labels = [_row("a"), _row("a"), _row("b")], ["event", "", ""]
    even, light = (fit([rows[0], _row("a", weight), rows[2]], labels, {"a": 0, "b": 1}) for weight in (1.0, 0.1))
    assert light["event"].get("a", 0.0) > even["event"].get("a", 0.0)


def test_the_threshold_is_sought_where_the_world_speaks() -> None:
    real = [
        (Example("real", frozenset(), True, None, None), 0.6),
        (Example("real", frozenset(), False, None, None), 0.4),
    ]
    written = [(Example("gold", frozenset(), False, None, None, 0.5), 0.9)] * 9
    assert 0.4 < train.best_threshold(real + written, {"real": 1, "gold": 0}) <= 0.6
    assert train.best_threshold([], {}) > 0


def test_two_statuses_are_told_apart_as_well_as_three() -> None:
    rows, labels = [_row("a"), _row("b")] * 9, ["denied", "confirmed"] * 9
    head = Head(fit(rows, labels, {"a": 0, "b": 1}, 1.0))
    for row, label in zip(rows, labels, strict=True):
        scores = head.scores(row.names)
        assert set(scores) == {"denied", "confirmed"} and sum(scores.values()) == pytest.approx(1)
        assert scores[label] > 0.5


def test_a_matrix_has_a_one_for_each_known_feature() -> None:
    rows = [frozenset("ab"), frozenset("bc"), frozenset("z")]
    assert vocabulary(rows, least=2) == {"b": 0}
    assert matrix(rows, {"a": 0, "b": 1, "c": 2}).toarray().tolist() == [[1, 1, 0], [0, 1, 1], [0, 0, 0]]


def test_what_any_frame_tells_is_of_a_smaller_size() -> None:
    (row,) = matrix([frozenset({"any:a", "best:a"})], {"any:a": 0, "best:a": 1}).toarray().tolist()
    assert 0 < row[0] < row[1] == 1


def test_a_fifth_is_shut_and_folds_are_even() -> None:
    ids = [str(number) for number in range(2000)]
    assert 0.15 < sum(map(is_shut, ids)) / len(ids) < 0.25
    folds = [train.fold_of(id) for id in ids]
    assert all(0.15 < folds.count(fold) / len(ids) < 0.25 for fold in range(train.FOLDS))


def test_f1_counts_what_gold_leaves_open_neither_way() -> None:
    judged = [
        (Example(str(n), frozenset(), event, None, None), sure)
        for n, (event, sure) in enumerate([(True, 0.9), (False, 0.8), (None, 0.7), (True, 0.2)])
    ]
    assert train.event_f1(judged, owed=4, threshold=0.5) == pytest.approx((1 / 2, 1 / 4, 1 / 3))


def test_training_writes_weights_that_the_judge_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(f"{json.dumps(record)}\n" for record in _documents()), "utf-8")
    monkeypatch.setattr(train, "WEIGHTS", tmp_path / "judge.json")
    train.main([str(gold)])
    judge = Judge.load(tmp_path / "judge.json")
    assert f"threshold {judge.threshold}" in capsys.readouterr().out
    assert 0 < judge.threshold < 1
