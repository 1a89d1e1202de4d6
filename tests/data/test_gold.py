"""The project's own gold: every line is whole, speaks the reference and its own text; half of it tells no event."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ConfigDict

from data.documents import document_of
from data.models import Action, Status
from data.reference import load_reference

FOLDER = Path(__file__).parents[2] / "data" / "gold"
FILES = sorted(FOLDER.glob("*.jsonl"))
RECORDS: list[dict[str, Any]] = [json.loads(line) for file in FILES for line in file.open(encoding="utf-8")]
LINES = [pytest.param(record, id=record["id"]) for record in RECORDS]
REFERENCE = load_reference()
WITHOUT_EVENT = 0.4
"""Least share of a file's documents that tell no event: what is no event has to be shown as well."""


class GoldEvent(BaseModel):
    """One event; where a field is a list, any of it is right. Dates are as exact as the text."""

    model_config = ConfigDict(extra="forbid", strict=True)

    platform: list[str]
    action: list[Action]
    date: str | None
    status: list[Status]
    country: str | None
    authority: list[str] | None
    amount: int | float | None
    currency: str | None
    optional: bool
    grounds: list[str] | None
    scope: list[str] | None


class GoldDocument(BaseModel):
    """One labelled document."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: str
    lang: str
    published: str
    source: str
    url: str | None
    title: str
    text: str
    relevant: bool
    events: list[GoldEvent]


def names_of(id: str, rows: dict[str, Any]) -> Iterable[str]:
    """How a text may write a platform or authority."""
    return (*rows[id].all_names, *getattr(rows[id], "domains", ()))


def is_written(name: str, body: str) -> bool:
    """Whether a name stands in a text as a word of its own."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", body) is not None


@pytest.mark.parametrize("record", LINES)
def test_document_is_whole(record: dict[str, Any]) -> None:
    document = GoldDocument.model_validate(record)
    assert str(date.fromisoformat(document.published)) == document.published
    assert document.relevant == bool(document.events)
    assert document.text == document.text.strip() != ""


@pytest.mark.parametrize("record", LINES)
def test_events_speak_the_reference(record: dict[str, Any]) -> None:
    for event in record["events"]:
        assert event["platform"] and set(event["platform"]) <= REFERENCE.platforms.keys()
        assert event["action"] and set(event["action"]) <= set(get_args(Action))
        assert event["status"] and set(event["status"]) <= set(get_args(Status))
        assert event["country"] is None or event["country"] in REFERENCE.countries
        assert set(event["grounds"] or ()) <= REFERENCE.grounds.keys()
        assert set(event["scope"] or ()) <= REFERENCE.scopes.keys()
        assert (event["amount"] is None) == (event["currency"] is None)
        assert not event["currency"] or re.fullmatch(r"[A-Z]{3}", event["currency"])


@pytest.mark.parametrize("record", LINES)
def test_events_are_dated_as_calendars_are(record: dict[str, Any]) -> None:
    for day in filter(None, (event["date"] for event in record["events"])):
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", day)
        date.fromisoformat(day + "-01-01"[len(day) - 4 :])


@pytest.mark.parametrize("record", LINES)
def test_platforms_and_authorities_stand_in_the_text(record: dict[str, Any]) -> None:
    body = document_of(record).body
    for event in record["events"]:
        platforms = [name for id in event["platform"] for name in names_of(id, REFERENCE.platforms)]
        assert any(is_written(name, body) for name in platforms), event["platform"]
        for authority in event["authority"] or ():
            assert authority in REFERENCE.authorities or authority.casefold() in body.casefold(), authority


def test_no_event_and_no_document_stands_twice() -> None:
    assert RECORDS
    for record in RECORDS:
        events = [json.dumps(event, sort_keys=True) for event in record["events"]]
        assert len(events) == len(set(events)), record["id"]
    for key in ("id", "text"):
        assert len({record[key] for record in RECORDS}) == len(RECORDS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_good_part_tells_no_event(file: Path) -> None:
    records = [json.loads(line) for line in file.open(encoding="utf-8")]
    assert sum(not record["events"] for record in records) >= WITHOUT_EVENT * len(records)
