"""Scoring: laws of pairing, and the figures of the evaluation guide's own scorer where it is at hand."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.score import ATTRIBUTES, fits, pair_up, score

SCORER = Path(__file__).parents[3] / "shared" / "eval" / "score.py"
Event = dict[str, Any]

dates = st.sampled_from([None, "2025", "2025-12", "2025-12-04", "2024-01-02"])
amounts = st.sampled_from([None, 100.0, 100.5, 102.0, 5e6])
statuses = st.sampled_from(["threatened", "reported", "confirmed", "denied"])
authorities = st.sampled_from(["rkn", "ec"])
platforms, actions = st.sampled_from(["viber", "x", "meta"]), st.sampled_from(["block", "ban"])
currencies = st.sampled_from(["EUR", "USD"])


def _some(values: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(values, min_size=1, max_size=2, unique=True)


gold_events: st.SearchStrategy[Event] = st.fixed_dictionaries(
    {"platform": _some(platforms), "action": _some(actions), "date": dates, "status": _some(statuses)},
    optional={
        "country": st.sampled_from(["RU", "EU", None]),
        "authority": st.none() | _some(authorities),
        "amount": amounts,
        "currency": currencies,
        "optional": st.booleans(),
    },
)
told_events: st.SearchStrategy[Event] = st.fixed_dictionaries(
    {
        "platform": platforms,
        "action": actions,
        "date": dates,
        "status": statuses,
        "country": st.sampled_from(["RU", "EU", None]),
        "authority": st.none() | authorities,
        "amount": amounts,
        "currency": currencies,
    }
)


def _most_pairs(owed: list[Event], found: list[Event]) -> int:
    """The most pairs that fit, by trying all."""
    places = [*range(len(found)), *[None] * len(owed)]
    return max(
        sum(e is not None and fits(g, found[e]) for g, e in zip(owed, order, strict=False))
        for order in permutations(places, len(owed))
    )


@given(st.lists(gold_events, max_size=3), st.lists(told_events, max_size=3))
def test_pairs_fit_are_one_to_one_and_as_many_as_can_be(owed: list[Event], found: list[Event]) -> None:
    pairs = pair_up(owed, found)
    assert all(fits(owed[g], found[e]) for g, e in pairs)
    assert len({g for g, _ in pairs}) == len({e for _, e in pairs}) == len(pairs) == _most_pairs(owed, found)


@pytest.fixture(scope="session")
def guide() -> Any:
    """The evaluation guide's scorer as a module."""
    if not SCORER.exists():
        pytest.skip("the evaluation guide's scorer is not beside this checkout")
    spec = spec_from_file_location("guide_score", SCORER)
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@given(data=st.data())
def test_pairs_are_worth_what_the_guides_are(guide: Any, data: st.DataObject) -> None:
    owed, found = data.draw(st.lists(gold_events, max_size=5)), data.draw(st.lists(told_events, max_size=5))
    worth: Callable[[list[tuple[int, int]]], int] = lambda pairs: sum(  # noqa: E731
        guide.likeness(owed[g], found[e]) for g, e in pairs
    )
    assert worth(pair_up(owed, found)) == worth(guide.pair_up(owed, found))


def _apart(event: Any) -> tuple[str, str]:
    platform, action = event["platform"], event["action"]
    return (platform, action) if isinstance(platform, str) else (platform[0], action[0])


@st.composite
def documents(draw: st.DrawFn) -> tuple[list[Event], list[Event]]:
    """Gold and predicted documents, in each of which only one pairing is right, so that every figure is settled."""
    gold_documents, found = [], []
    for number in range(draw(st.integers(0, 4))):
        owed = draw(st.lists(gold_events, max_size=4, unique_by=_apart))
        owed = [{**event, "platform": event["platform"][:1], "action": event["action"][:1]} for event in owed]
        record = {"id": str(number), "lang": draw(st.sampled_from(["en", "ru"])), "events": owed}
        gold_documents.append(record | draw(st.sampled_from([{}, {"relevant": True}, {"relevant": False}])))
        found.append({"id": str(number), "events": draw(st.lists(told_events, max_size=4, unique_by=_apart))})
    return gold_documents, draw(st.permutations(found))


@given(data=st.data())
def test_every_figure_is_the_guides(guide: Any, data: st.DataObject) -> None:
    gold_documents, found = data.draw(documents())
    theirs, misses = guide.score(gold_documents, found)
    ours = score(gold_documents, {record["id"]: record["events"] for record in found})
    for name in ("event", "strict"):
        assert getattr(ours, name).rates() == tuple(theirs[name].values())
    assert (ours.event.owed, ours.event.predicted) == (theirs["owed"], theirs["predicted"])
    assert {name: (ours.right[name] / of, of) for name, of in ours.asked.items() if of} == {
        name: tuple(each.values()) for name, each in theirs["attributes"].items()
    }
    for name in ("by_action", "by_lang"):
        mine = {key: (*tally.rates(), tally.owed) for key, tally in getattr(ours, name).items()}
        assert {k: v for k, v in mine.items() if any(v)} == {
            key: tuple(each.values()) for key, each in theirs[name].items() if any(each.values())
        }
    assert (ours.documents, ours.irrelevant) == (theirs["documents"], theirs["irrelevant"])
    assert 1000 * ours.false_alarms == pytest.approx(theirs["false_alarms_per_1000"] * ours.irrelevant)
    assert sorted(ours.misses) == sorted(misses)
    assert set(ours.asked) <= set(ATTRIBUTES)
