"""Causes of errors: which component lost an owed event, which reading made one up, and what mending would gain."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from data.documents import document_of
from nlp.causes import Cause, Causes, rows, table
from nlp.evaluate import evaluate
from nlp.score import score
from nlp.tag import Tagger


def _gold(platform: str, action: str, **fields: Any) -> dict[str, Any]:
    return {"platform": [platform], "action": [action], "date": "2025-12-04", "status": ["confirmed"], **fields}


def _record(title: str, *events: dict[str, Any]) -> dict[str, Any]:
    return {"id": title, "lang": "en", "published": "2025-12-04", "title": title, "text": "", "events": list(events)}


CASES = [
    (_record("Kenya blocks Telegram", _gold("telegram", "block", country="KE")), None),
    (_record("Kenya blocks Telegram", _gold("telegram", "block", country="TZ")), ("country", "wrong, actor taken")),
    (
        _record("Kenya blocks Telegram", _gold("telegram", "block", status=["denied"])),
        ("status", "denied read as confirmed"),
    ),
    (_record("Kenya blocks Telegram", _gold("telegram", "block", date="2024")), ("date", "wrong, published taken")),
    (_record("Kenya blocks Telegram", _gold("telegram", "block", authority=["ca-ke"])), ("authority", "not found")),
    (_record("Kenya blocks it", _gold("telegram", "block")), ("missed", "no name of the platform found")),
    (_record("Telegram is a joy", _gold("telegram", "block")), ("missed", "no word for the action found")),
    (_record("Kenya blocks Telegram"), ("extra", "no event of the document: target-official-settled (object, place)")),
    (
        _record("Kenya blocks Telegram", _gold("telegram", "block"), _gold("telegram", "block", date=None)),
        ("missed", "folded into another event of its platform and action"),
    ),
    (
        _record("Apple blocks a user", _gold("apple", "block")),
        ("missed", "judged too low: other-other-settled (subject, platform)"),
    ),
]


@pytest.mark.parametrize(("record", "wanted"), CASES)
def test_the_cause_is_found_where_it_lies(record: dict[str, Any], wanted: tuple[str, str] | None) -> None:
    _, causes, _ = evaluate([document_of(record)], [record], Tagger())
    assert dict(causes.counts) == ({Cause(*wanted): 1} if wanted else {})


def test_the_gain_is_what_the_score_would_rise_by() -> None:
    records = [record for record, _ in CASES]
    for number, record in enumerate(records):
        record["id"] = str(number)
    documents = [document_of(record) for record in records]
    report, causes, _ = evaluate(documents, records, Tagger())
    (gain,) = [event for _, cause, event, _ in rows(causes, report) if cause.kind == "extra"]
    events = {d.id: [asdict(m) for m in mentions] for d, mentions in Tagger().read(documents) if d.id != "7"}
    assert score(records, events).event.rates()[2] - report.event.rates()[2] == pytest.approx(gain)
    assert "no name of the platform found" in table(causes, report)


def test_nothing_wrong_has_no_cause() -> None:
    report, causes, _ = evaluate([], [], Tagger())
    assert causes == Causes()
    assert list(rows(causes, report)) == []
