"""Ids for good: what a merge, a split, a loss and a return do to them, through the real build and its archive."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

import nlp.build
from data.archive import Archive
from data.models import Document, Mention, SourceRun
from tests.nlp.nights import Nights, document

BLOCK = Mention("facetime", "block", "reported", date="2025-12-04", date_basis="stated", country="RU", confidence=0.6)
OTHER = replace(BLOCK, date="2024-03-01")
A, B = "2025-12-ru-facetime-block", "2024-03-ru-facetime-block"
APART = [document("1", [BLOCK]), document("2", [OTHER])]
TOGETHER = [document("2", [BLOCK])]


@pytest.fixture(params=["in part", "as a whole"])
def nights(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Nights:
    monkeypatch.setattr("nlp.touched.SHARE", 0)
    if request.param == "as a whole":
        monkeypatch.setattr(nlp.build, "_follows", lambda *_: False)
    return Nights(tmp_path)


def changes(nights: Nights) -> list[tuple[Any, ...]]:
    """What the last night changed of events as wholes, and why."""
    return nights.rows(f"""SELECT event_id, field, old IS NOT NULL, new, why FROM changes
        WHERE changed = '2026-01-01T00:00:{nights.number:02}Z' AND field = 'event' ORDER BY event_id""")


def ids(nights: Nights) -> set[str]:
    return {id for (id,) in nights.rows("SELECT id FROM events")}


def test_a_merge_leaves_a_redirect_and_a_parting_gives_both_ids_back(nights: Nights) -> None:
    nights.night(APART)
    assert ids(nights) == {A, B}
    nights.night(TOGETHER)
    assert ids(nights) == {A}
    assert nights.rows("SELECT * FROM redirects") == [(B, A)]
    assert changes(nights) == [(B, "event", 1, A, "merge")]
    nights.night([replace(APART[1], title="Again")])
    assert ids(nights) == {A, B}
    assert nights.rows("SELECT * FROM redirects") == []
    assert [(id, why) for id, _, _, _, why in changes(nights)] == [(B, "split")]
    assert nights.rows(f"SELECT first_seen FROM events WHERE id = '{B}'") == [("2026-01-01T00:00:01Z",)]


def test_what_was_merged_parts_again_though_the_larger_part_came_to_it(nights: Nights) -> None:
    late = replace(BLOCK, date="2025-12-20")
    nights.night([document("1", [BLOCK]), document("2", [late]), document("3", [late])])
    before = nights.rows("SELECT event_id, document_id FROM evidence ORDER BY document_id")
    with patch("nlp.resolving.joined.cluster", lambda mentions, *_: [list(mentions)]):
        nights.night([document("4", [BLOCK])])
    assert len(ids(nights)) == 1
    nights.night([document("4", [])])
    assert nights.rows("SELECT event_id, document_id FROM evidence ORDER BY document_id") == before


def test_redirects_lead_through_chains_to_what_is_there_today(nights: Nights) -> None:
    third = replace(BLOCK, date="2023-07-01")
    nights.night([*APART, document("3", [third])])
    nights.night([document("3", [OTHER])])
    nights.night([document("2", [BLOCK]), replace(document("3", [BLOCK]), title="Again")])
    assert ids(nights) == {A}
    assert nights.rows("SELECT * FROM redirects ORDER BY 1") == [("2023-07-ru-facetime-block", A), (B, A)]


def test_an_event_that_went_comes_back_under_its_id(nights: Nights) -> None:
    nights.night(APART)
    nights.night([document("2", [])])
    assert ids(nights) == {A}
    assert changes(nights) == [(B, "event", 1, None, "document")]
    assert nights.rows("SELECT id FROM documents") == [("1",)]
    nights.night([document("3", [OTHER])])
    assert ids(nights) == {A, f"{B}-2"}
    nights.night([replace(APART[1], title="Again")])
    assert ids(nights) == {A, B}
    assert nights.rows("SELECT * FROM redirects") == [(f"{B}-2", B)]


def test_nothing_that_fails_looks_like_a_change(nights: Nights) -> None:
    nights.night([*APART, document("3", [OTHER], source="wire")])
    before = nights.public()
    with Archive(nights.folder / "archive.db") as archive:
        archive.add_source_runs([SourceRun("wire", "2026-01-02", "2026-01-02", "failed", failure="timeout")])
        archive.add_documents([Document("3", "Nobody can read this", "no list", published="2030-01-01")])
    done = nights.night()
    assert (done.unread, done.changes) == (("3",), 0)
    assert nights.public() | {"source_health": []} == before | {"source_health": []}
    assert nights.night(tagger="v2").unread == ("3",)
    assert nights.public() | {"source_health": []} == before | {"source_health": []}


@pytest.mark.parametrize("which", ["older", "another's", "none"])
def test_a_public_database_in_another_state_is_brought_up(nights: Nights, tmp_path: Path, which: str) -> None:
    nights.night(APART[:1])
    old = nights.events.read_bytes()
    nights.night(APART[1:])
    before = nights.public()
    nights.forget()
    if which == "older":
        nights.events.write_bytes(old)
    if which == "another's":
        other = Nights(tmp_path / "other")
        for each in ([document("9", [replace(BLOCK, country="IN")])], []):
            other.night(each)
        nights.events.write_bytes(other.events.read_bytes())
    assert nights.night().changes == 0
    assert nights.public() == before


def test_code_that_resolves_otherwise_resolves_everything(nights: Nights, monkeypatch: pytest.MonkeyPatch) -> None:
    nights.night(APART)
    monkeypatch.setattr("nlp.resolve.summary", lambda *_: "Told anew")
    nights.night([document("3", [replace(BLOCK, platform="roblox")])])
    monkeypatch.setattr("nlp.build.resolver", lambda: "another")
    nights.night()
    assert {told for (told,) in nights.rows("SELECT summary FROM events")} == {"Told anew"}
