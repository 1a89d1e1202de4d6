"""What need not be lived anew: what came before all that changed, in its family."""

from __future__ import annotations

from typing import Any

import pytest

from data.memory import Recollection, Remembered
from data.models import Event
from data.reference import load_reference
from nlp.resolving.cells import Cells
from nlp.resolving.changes import state
from nlp.resolving.facts import DocumentFacts
from nlp.resolving.spans import span
from nlp.resolving.steady import steady

FINDER = Cells(load_reference())
OLD, LATE = "2024-03-01", "2025-12-20"


def event(id: str, date: str | None, **values: Any) -> Event:
    told: dict[str, Any] = {
        "id": id, "platform": "facetime", "action": "block", "status": "confirmed", "country": "RU", "authority": None,
        "date": date, "date_precision": None, "date_basis": None, "amount": None, "currency": None, "grounds": None,
        "scope": None, "confidence": 0.5, "summary": id, "sources": 1, "independent": 1, "documents": 1, "mentions": (),
        "first_seen": "", "last_changed": "",
    }  # fmt: skip
    return Event(**told | values)


def remembered(*events: Event) -> Recollection:
    return Recollection({each.id: Remembered(each.id, "", "", False, state(each)) for each in events})


def ordinal(date: str) -> int:
    found = span(date)
    assert found
    return found.first


@pytest.mark.parametrize(
    ("fresh", "went", "stays"),
    [
        pytest.param([event("new", LATE)], [], True, id="something later"),
        pytest.param([event("new", "2024-01-01")], [], False, id="something earlier"),
        pytest.param([event("new", OLD)], [], False, id="something of the day"),
        pytest.param([event("new", "2024")], [], False, id="something vague"),
        pytest.param([event("new", None)], [], True, id="something undated"),
        pytest.param([event("new", None, platform="tiktok")], [], True, id="in another family"),
        pytest.param([event("new", LATE, announced="2024-02-01")], [], False, id="announced earlier"),
        pytest.param([event("new", LATE, platform="tiktok", reviewed=True)], [], False, id="people spoke"),
        pytest.param([event("new", LATE)], [event("went", "2024-01-01")], False, id="something earlier went"),
        pytest.param([], [event("went", LATE)], True, id="something later went"),
    ],
)
def test_what_came_before_all_that_changed_stays(fresh: list[Event], went: list[Event], stays: bool) -> None:
    memory = remembered(event("kept", OLD), *went)
    known = steady(["kept"], fresh, {}, memory, FINDER)
    assert known.stays(event("kept", OLD), "apple", ordinal(OLD)) == stays


@pytest.mark.parametrize(("action", "stays"), [("restore", False), ("block", True)])
def test_nothing_but_what_undoes_looks_at_the_undated(action: str, stays: bool) -> None:
    kept = event("kept", OLD, action=action)
    known = steady(["kept"], [event("new", None), event("later", LATE)], {}, remembered(kept), FINDER)
    assert known.stays(kept, "apple", ordinal(OLD)) == stays


def test_an_old_text_that_is_news_may_bear_on_all_since() -> None:
    facts = {"d": DocumentFacts(published="2024-01-01", fresh=True)}
    known = steady(["kept"], [event("new", LATE)], facts, remembered(event("kept", OLD)), FINDER)
    assert not known.stays(event("kept", OLD), "apple", ordinal(OLD))
