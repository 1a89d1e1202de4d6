"""A refresh that resolves only what new words touch gives what resolving everything gives."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nlp.build
import nlp.touched
from data.corrections import Accept, Correct, Entry, Merge, Reject, Split
from data.models import Document, Mention
from tests.nlp.nights import Nights, document

DATES = ["2025-12-01", "2025-12-03", "2025-12-06", "2025-12-20", "2026-01-02", "2025-12", "2026-01", "2025", None]
MENTIONS = st.builds(
    Mention,
    platform=st.sampled_from(["google", "youtube", "x", "telegram"]),
    action=st.sampled_from(["fine", "block", "restore"]),
    status=st.sampled_from(["threatened", "reported", "confirmed", "denied"]),
    date=st.sampled_from(DATES),
    date_basis=st.sampled_from(["stated", "relative", "published"]),
    country=st.sampled_from(["RU", "FR", "EU", None]),
    authority=st.sampled_from(["rkn", "cnil-fr", None]),
    amount=st.sampled_from([None, 1e6, 2e6, 2.02e6, 5e6]),
    currency=st.sampled_from(["RUB", "EUR"]),
    confidence=st.sampled_from([0.3, 0.7, 0.9]),
)
DOCUMENTS = st.builds(
    document,
    id=st.sampled_from([f"d{number}" for number in range(14)]),
    mentions=st.lists(MENTIONS, max_size=3),
    published=st.sampled_from(["2025-12-02", "2025-12-25", None]),
    source=st.sampled_from(["wire", "rkn", "other", None]),
)
NIGHTS = st.lists(st.lists(DOCUMENTS, max_size=5, unique_by=lambda each: each.id), min_size=2, max_size=5)


@pytest.fixture(autouse=True)
def always_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nlp.touched, "SHARE", 0)


WHO: dict[str, Any] = {"why": "Seen.", "by": "A. Editor", "when": "2025-12-10"}
VALUES = [
    ("date", "2025-12-09"),
    ("date", None),
    ("country", "FR"),
    ("amount", 7.0),
    ("platform", "x"),
    ("scope", "app"),
]


def words(ids: list[str]) -> st.SearchStrategy[Entry]:
    """Any word on one or two events of these ids."""
    event, new = st.sampled_from(ids), st.sampled_from([*ids, f"{ids[0]}-part2"])
    return st.one_of(
        st.builds(lambda e, v: Correct.model_construct(correct=e, field=v[0], value=v[1], **WHO), event,
                  st.sampled_from(VALUES)),
        st.builds(lambda e, i: Merge.model_construct(merge=(e,), into=i, **WHO), event, event),
        st.builds(lambda e, d, i: Split.model_construct(split=e, documents=(d,), into=i, **WHO), event,
                  st.sampled_from([f"d{number}" for number in range(14)]), new),
        st.builds(lambda e: Reject.model_construct(reject=e, **WHO), event),
        st.builds(lambda e: Accept.model_construct(accept=e, **WHO), event),
    )  # fmt: skip


@given(NIGHTS, st.data())
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_so_it_is_where_people_had_their_say(nights: list[list[Document]], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder, TemporaryDirectory() as other:
        parts, whole = Nights(Path(folder)), Nights(Path(other))
        said: list[Entry] = []
        for documents in nights:
            parts.night(documents, said=said)
            with patch.object(nlp.build, "_follows", return_value=False):
                whole.night(documents, said=said)
            assert parts.public() == whole.public()
            if (ids := parts.ids()) and not said:  # a new word has all resolved
                said = data.draw(st.lists(words(ids), max_size=5))
        parts.night(said=said)
        before = parts.public()
        parts.forget()
        assert parts.night(said=said).changes == 0
        assert parts.public() == before


@given(NIGHTS)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_resolved_in_part_is_what_is_resolved_as_a_whole(nights: list[list[Document]]) -> None:
    with TemporaryDirectory() as folder, TemporaryDirectory() as other:
        parts, whole = Nights(Path(folder)), Nights(Path(other))
        for documents in nights:
            parts.night(documents)
            with patch.object(nlp.build, "_follows", return_value=False):
                whole.night(documents)
            assert parts.public() == whole.public()
        before = parts.public()
        assert parts.night().changes == 0
        parts.forget()
        assert parts.night().changes == 0
        assert parts.public() == before
