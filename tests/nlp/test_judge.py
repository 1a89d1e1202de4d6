"""The judge: weights that people can read, probabilities that keep the laws of probability."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.models import Status
from nlp.judge import WEIGHTS, Head, Judge

JUDGE = Judge.load()
NAMES = sorted(JUDGE.event.weights["event"])
some_features = st.sets(st.sampled_from(NAMES), max_size=40)


def test_the_weights_are_a_table_that_people_can_read() -> None:
    lines = WEIGHTS.read_text("utf-8").splitlines()
    assert len(lines) > 1000  # a weight a line
    assert max(map(len, lines)) < 120
    assert 0 < JUDGE.threshold < 1
    assert set(JUDGE.status.weights) == set(get_args(Status))


@given(some_features, st.sampled_from(NAMES))
def test_a_feature_moves_confidence_the_way_of_its_weight(names: set[str], more: str) -> None:
    without, having = JUDGE.confidence(names - {more}), JUDGE.confidence(names | {more})
    assert (having >= without) if JUDGE.event.weights["event"][more] > 0 else (having <= without)
    assert 0 < having < 1


@given(some_features)
def test_statuses_are_a_distribution_and_the_likeliest_is_told(names: set[str]) -> None:
    scores = JUDGE.status.scores(names)
    assert sum(scores.values()) == pytest.approx(1)
    assert scores[JUDGE.status_of(names)] == max(scores.values())


@given(some_features)
def test_features_that_nobody_weighed_change_nothing(names: set[str]) -> None:
    assert JUDGE.confidence(sorted(names)) == pytest.approx(JUDGE.confidence([*sorted(names), "unheard-of"]))


def test_a_head_is_a_logistic_regression() -> None:
    assert Head({"event": {"a": 0.0}}).scores(["a"]) == {"event": 0.5}
    assert Head({"event": {"a": 2.0, "b": -2.0}}).scores(["a", "b", "c"]) == {"event": 0.5}
    assert Head({"x": {"a": 1.0}, "y": {"a": 1.0}}).scores(["a"]) == {"x": 0.5, "y": 0.5}


@pytest.mark.parametrize(
    "content",
    [
        None,
        "no JSON",
        "[]",
        json.dumps({"event": {}, "status": {}, "threshold": 0.5}),
        json.dumps({"event": {}, "status": {}, "news": {}, "threshold": None}),
    ],
)
def test_a_file_without_weights_is_refused_by_name(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "judge.json"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(ValueError, match=r"judge\.json: no judge's weights .*make train"):
        Judge.load(path)
