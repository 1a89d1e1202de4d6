"""How often a source is asked, by how it did: patience at first, pauses that grow, one success and all is well."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.health import FailureClass
from crawlers.patience import _figures, due, judged, mostly_failed, nights
from crawlers.sources import read_source
from data.archive import Archive
from data.models import SourceHealth, SourceRun

FIRST = datetime(2026, 1, 1, 2, tzinfo=UTC)


def stamp(night: float) -> str:
    return (FIRST + timedelta(night)).strftime("%Y-%m-%dT%H:%M:%SZ")


def run(night: float, failure: str | None) -> SourceRun:
    return SourceRun("s", stamp(night), stamp(night), "failed" if failure else "ok", failure)


def health(run: SourceRun) -> SourceHealth:
    known = SourceHealth("s", run.started, None, None, run.outcome, run.failure, run.started)
    return replace(known, strikes=run.strikes, reliability=run.reliability, next_try=run.next_try)


def asked(failure: str, until: int) -> list[int]:
    """The nights, counted from 0, on which a source that fails always so is asked, by a run at the same hour."""
    found, known = [], None
    for night in range(until):
        if known is None or not known.paused(stamp(night)):
            found.append(night)
            known = health(judged(run(night, failure), known))
    return found


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        ("dns", [0, 1, 2, 3, 5, 9, 17, 33, 49]),
        ("gone", [0, 1, 3, 11, 27, 43, 59]),
        ("timeout", [0, 1, 2, 3, 4, 6, 10, 18, 26, 42, 58]),
        ("interrupted", list(range(60))),
    ],
)
def test_a_source_that_fails_is_asked_less_and_less_but_for_ever(failure: str, expected: list[int]) -> None:
    assert asked(failure, 60) == expected


def test_every_class_of_failure_has_its_strikes() -> None:
    assert set(_figures()["strikes"]) == set(get_args(FailureClass))


@given(st.lists(st.sampled_from(["gone", "dns", "timeout", None]), max_size=40))
def test_one_success_brings_a_source_back(failures: list[str | None]) -> None:
    known = None
    for night, failure in enumerate([*failures, None]):
        known = health(judged(run(night, failure), known))
        assert known.reliability is not None and 0 <= known.reliability <= 1
    assert known is not None and known.strikes == 0 and not known.paused(stamp(len(failures)))


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_more_strikes_never_shorten_a_pause(one: float, other: float) -> None:
    assert nights(min(one, other)) <= nights(max(one, other)) <= _figures()["longest"]


def test_who_is_due(write_source: Any, tmp_path: Path) -> None:
    sources = [read_source(write_source(tmp_path, name)) for name in ("fresh", "late", "new", "paused")]
    known = health(run(0, None))
    told = {
        "fresh": replace(known, source="fresh", last_try=stamp(2)),
        "late": replace(known, source="late", last_try=stamp(1), next_try=stamp(2)),
        "paused": replace(known, source="paused", next_try=stamp(9)),
    }
    left, paused = due(sources, told, stamp(3))
    assert [source.id for source in left] == ["new", "late", "fresh"]
    assert [each.source for each in paused] == ["paused"]


@pytest.mark.parametrize(
    ("failures", "paused", "expected"),
    [(["dns"], 0, True), (["dns", None], 0, False), (["dns", None], 1, True), ([], 0, False), ([None], 1, False)],
)
def test_more_than_half(failures: list[str | None], paused: int, expected: bool) -> None:
    assert mostly_failed([run(0, failure) for failure in failures], paused) is expected


def test_the_archive_keeps_how_a_source_stands_and_pardons(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db") as archive:
        first = judged(run(0, "gone"), None)
        archive.add_source_runs([first])
        (before,) = archive.source_health()
        assert (before.strikes, before.reliability, before.next_try) == (2, 0, None)
        second = judged(run(1, "gone"), before)
        archive.add_source_runs([second])
        assert archive.source_health()[0].paused(stamp(2))
        archive.pardon(second, before)
        (after,) = archive.source_health()
        assert (after.strikes, after.next_try, after.last_try) == (2, None, stamp(1))
