"""Every source is tried on stored pages, and must find in them what is expected.

tests/fixtures/<source or dialect>/ has the pages (page.html, page-2.html …; before.csv for a registry's day before) and
expected.json. Where that is missing the test writes it, and fails, so that a person looks at it. A dialect has a source
file of its own beside its page, which the feeds that name it share.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawlers.entries import Entry
from crawlers.sources import SourceFile, load_sources
from crawlers.trial import pages_in, try_source
from data.archive import Archive

FIXTURES = Path(__file__).parents[1] / "fixtures"
DIALECTS = {source.id: source for source in load_sources(FIXTURES)}
REAL = load_sources()
SECRET = "s3cr3t-of-a-test"


def folder_of(source: SourceFile) -> Path:
    """Where the pages of a source are."""
    return FIXTURES / (source.fixture or source.id)


TRIED = [*DIALECTS.values(), *(source for source in REAL if source.enabled or folder_of(source).is_dir())]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive(tmp_path_factory.mktemp("trial") / "archive.db") as archive:
        yield archive


def as_told(entry: Entry) -> dict[str, str]:
    """An entry without what is empty."""
    return {name: value for name, value in asdict(entry).items() if value}


def expected_of(folder: Path) -> dict[str, Any] | None:
    """What a folder's pages must give, and the day of the crawl; None where nobody has said yet."""
    file = folder / "expected.json"
    expected: dict[str, Any] | None = json.loads(file.read_text("utf-8")) if file.exists() else None
    return expected


def on_its_page(source: SourceFile) -> SourceFile:
    """The source as it is; one that shares a dialect's page, at that page's address."""
    dialect = DIALECTS.get(source.fixture or "")
    return source.model_copy(update={"url": dialect.url, "links": None, "paging": None}) if dialect else source


@pytest.mark.parametrize("source", TRIED, ids=lambda source: source.id)
def test_a_source_finds_what_its_page_holds(
    source: SourceFile, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(source)
    pages, expected = pages_in(folder), expected_of(folder)
    assert pages, f"{source.id}: tests/fixtures/{folder.name} has no page; a feed may name a dialect's (fixture:)"
    if source.request.token:
        monkeypatch.setenv(source.request.token.env, SECRET)
    day = date.fromisoformat(expected["today"]) if expected else date.today()
    for before in folder.glob("before.*"):
        try_source(source, [before], archive, day)
    trial = try_source(on_its_page(source), pages, archive, day)
    told = {"today": day.isoformat(), "entries": [as_told(entry) for entry in trial.entries]}
    if expected is None:
        text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
        (folder / "expected.json").write_text(text, "utf-8")
        pytest.fail(f"{folder.name}/expected.json was not there and is written now: is it what the page holds?")
    assert (told, trial.health.index) == (expected, None)
    assert expected["entries"], "a page in which nothing is found tests nothing"
    assert SECRET not in json.dumps(told)


def test_no_fixture_is_a_copy_of_another() -> None:
    titles = Counter(
        entry["title"]
        for folder in FIXTURES.iterdir()
        for entry in (expected_of(folder) or {"entries": []})["entries"]
        if "title" in entry
    )
    assert [title for title, times in titles.items() if times > 1] == []


def test_every_fixture_is_used() -> None:
    used = {folder_of(source).name for source in TRIED}
    assert {folder.name for folder in FIXTURES.iterdir()} == used
