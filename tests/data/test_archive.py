"""The archive on disk: append-only documents, readings, sources and their health."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.archive import Archive
from data.models import Document, Evidence, Mention, Source, SourceRun
from data.store import StoreError

ONE = Document(
    "1", "Title", "Text", published="2025-12-04", url="https://a.example/1", source="a", fetched="2025-12-05"
)
TWO = Document("2", "Заголовок", "Текст", url="https://a.example/2")
BLOCK = Mention(
    "facetime",
    "block",
    "reported",
    date="2025-12-04",
    announced="2025-12-01",
    confidence=0.8,
    evidence=(Evidence("platform", 0, 5, "Title"),),
)
FINE = Mention("google", "fine", "confirmed", amount=3_000_000.0, currency="RUB")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive.db") as opened:
        yield opened


def revisions(archive: Archive) -> list[tuple[str, int, str, str]]:
    rows = archive.db.execute("SELECT id, revision, text, fetched FROM documents ORDER BY id, revision")
    return [tuple(row) for row in rows]


def test_what_is_new_is_added_and_what_is_known_stays_as_it_is(archive: Archive) -> None:
    assert archive.add_documents([ONE, TWO]) == 2
    before = revisions(archive)
    assert archive.add_documents([replace(ONE, fetched="2026-01-01"), TWO]) == 0
    assert revisions(archive) == before
    assert list(archive.documents()) == [ONE, TWO]


@pytest.mark.parametrize("revised", [replace(ONE, text="Another text"), replace(ONE, title="Another title")])
def test_a_changed_document_gets_a_revision_and_the_old_one_stays(archive: Archive, revised: Document) -> None:
    archive.add_documents([ONE])
    assert archive.add_documents([revised]) == 1
    assert list(archive.documents()) == [revised]
    assert [row[1:3] for row in revisions(archive)] == [(1, ONE.text), (2, revised.text)]
    # back to the first wording is a change too, and current
    assert archive.add_documents([ONE]) == 1
    assert list(archive.documents()) == [ONE]


def test_documents_come_in_all_or_not_at_all(archive: Archive) -> None:
    def failing() -> Iterator[Document]:
        yield ONE
        raise OSError("the line broke")

    with pytest.raises(OSError, match="the line broke"):
        archive.add_documents(failing())
    assert list(archive.documents()) == []


def test_a_lone_surrogate_costs_one_character(archive: Archive) -> None:
    archive.add_documents([replace(ONE, text="a\ud800b")])
    assert [document.text for document in archive.documents()] == ["a?b"]
    assert archive.add_documents([replace(ONE, text="a\ud800b")]) == 0


def test_known_urls(archive: Archive) -> None:
    archive.add_documents([ONE, TWO])
    asked = [ONE.url or "", *(f"https://a.example/new/{n}" for n in range(2000)), TWO.url or ""]
    assert archive.known_urls(asked) == {ONE.url, TWO.url}


def test_each_tagger_version_reads_each_revision_once(archive: Archive) -> None:
    archive.add_documents([ONE, TWO])
    for version, mention in [("v1", BLOCK), ("v2", FINE)]:
        assert archive.count_untagged(version) == 2
        archive.add_mentions(version, [(document, [mention, mention]) for document in archive.untagged(version)])
        assert list(archive.untagged(version)) == []
        assert [(each.key, each.mention) for each in archive.mentions()] == [
            ("1#0", mention), ("1#1", mention), ("2#0", mention), ("2#1", mention)
        ]  # fmt: skip
    revised = replace(TWO, text="Новый текст")
    archive.add_documents([revised])
    assert list(archive.untagged("v2")) == [revised]
    archive.add_mentions("v2", [(revised, [])])
    assert list(archive.untagged("v2")) == []
    assert {each.document_id for each in archive.mentions()} == {"1"}


def test_a_reading_of_words_that_were_revised_meanwhile_is_not_taken_for_one_of_the_new(archive: Archive) -> None:
    archive.add_documents([ONE])
    read = list(archive.untagged("v1"))
    revised = replace(ONE, text="Revised while it was read")
    archive.add_documents([revised])
    archive.add_mentions("v1", [(document, [BLOCK]) for document in read])
    assert list(archive.untagged("v1")) == [revised]


def test_a_document_has_the_country_of_its_source(archive: Archive) -> None:
    archive.add_documents([ONE, TWO])
    archive.put_sources([Source("a", "A", "feed", country="KE")])
    assert list(archive.documents()) == list(archive.documents_of(["1", "2"])) == [replace(ONE, country="KE"), TWO]


def test_sources_are_replaced_and_never_lost(archive: Archive) -> None:
    old = Source(
        "rkn", "RKN", "listing", official=True, country="RU", languages=("ru", "en"), url="https://rkn.example"
    )
    other = Source("news", "News", "feed")
    archive.put_sources([old, other])
    archive.put_sources([replace(old, name="Roskomnadzor")])
    assert archive.sources() == [other, replace(old, name="Roskomnadzor")]


HEALTH = [
    (["ok:2"], ("1", "1", "1", "ok", None, "1")),
    (["ok:2", "unchanged"], ("2", "2", "1", "unchanged", None, "1")),
    (["ok:1", "failed", "empty", "failed"], ("4", "1", "1", "failed", "timeout", "2")),
    (["failed", "failed", "ok"], ("3", "3", None, "ok", None, "3")),
    (["failed", "partial:3", "failed", "failed"], ("4", "2", "2", "failed", "timeout", "3")),
    (["failed"], ("1", None, None, "failed", "timeout", "1")),
]


@pytest.mark.parametrize(("outcomes", "expected"), HEALTH)
def test_health_of_a_source(archive: Archive, outcomes: list[str], expected: tuple[str | None, ...]) -> None:
    for number, text in enumerate(outcomes, 1):
        outcome, _, new = text.partition(":")
        failure = "timeout" if outcome == "failed" else None
        at = str(number)
        archive.add_source_runs([SourceRun("s", at, at, outcome, failure=failure, new=int(new or 0))])
    (health,) = archive.source_health()
    told = (health.last_try, health.last_success, health.last_new, health.outcome, health.failure, health.since)
    assert told == expected


def test_counts(archive: Archive) -> None:
    archive.add_documents([ONE, TWO])
    archive.add_documents([replace(ONE, text="Revised")])
    archive.add_mentions("v1", [(TWO, [BLOCK])])
    assert archive.counts() == {"sources": 0, "documents": 2, "revisions": 3, "mentions": 1, "events": 0}
    assert archive.last_refresh() is None


def foreign_database(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE precious (id)")


def newer_archive(path: Path) -> None:
    with Archive(path) as archive:
        archive.db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('splinterlog-archive', 'm999_later', '')"
        )


UNUSABLE = [
    (lambda path: path.write_text("id,title\n" * 200), "cannot be opened as a Splinterlog archive"),
    (foreign_database, "a database, but not a Splinterlog archive"),
    (newer_archive, "newer Splinterlog .*m999_later.*upgrade"),
]


@pytest.mark.parametrize(("spoil", "message"), UNUSABLE)
def test_a_file_that_is_no_archive_is_refused_and_left_alone(
    tmp_path: Path, spoil: Callable[[Path], object], message: str
) -> None:
    path = tmp_path / "archive.db"
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(StoreError, match=message) as caught:
        Archive(path)
    assert str(path) in str(caught.value)
    assert path.read_bytes() == before
