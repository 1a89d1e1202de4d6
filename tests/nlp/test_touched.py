"""A refresh that resolves only what new words touch gives what resolving everything gives."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nlp.build
import nlp.touched
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


@given(NIGHTS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
