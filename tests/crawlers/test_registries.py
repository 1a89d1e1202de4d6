"""What became of the domains of known platforms since yesterday."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawlers.dumps import Listed
from crawlers.registries import Comparison, of_platforms, platforms_by_domain
from crawlers.sources import SourceFile, read_source
from crawlers.trial import try_source
from data.archive import Archive
from data.models import Document
from nlp.tag import Tagger

DAY = date(2026, 11, 20)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive.db") as archive:
        yield archive


@pytest.fixture
def registry(write_source: Any, tmp_path: Path) -> Any:
    """Makes the source of a registry in a language."""

    def make(language: str = "en", country: str = "TR", **columns: Any) -> SourceFile:
        told = {"domain": 1, "body": 2, "number": 3, "date": 4} | columns
        parts = {"spider": "registry", "format": "csv", "kind": "registry", "registry": told, "expect": {"floor": 1}}
        return read_source(write_source(tmp_path, "list", languages=[language], country=country, **parts))

    return make


@pytest.mark.parametrize(
    ("domain", "platform"),
    [
        ("facebook.com", "facebook"), ("youtube.com", "youtube"), ("x.com", "x"), ("telegra.ph", "telegraph-ph"),
        ("github.com", "github"), ("apple.com", "apple"),
    ],
)  # fmt: skip
def test_whose_a_domain_is(domain: str, platform: str) -> None:
    assert platforms_by_domain()[domain].id == platform


def test_pages_and_strangers_are_passed_over() -> None:
    rows = [
        Listed("youtube.com", "https://youtube.com/watch?v=1"),
        Listed("youtube.com.example"),
        Listed("signal.org", "https://signal.org/", "first"),
        Listed("signal.org", "", "second"),
    ]
    assert of_platforms(rows) == {"signal.org": rows[2]}


@pytest.mark.parametrize(
    ("language", "country", "body", "authority"),
    [
        ("en", "TR", "Ankara 3rd Criminal Judgeship of Peace", "tr-shk"),
        ("ru", "RU", "Роскомнадзор", "rkn"),
        ("ru", "RU", "Генпрокуратура", "genprok-ru"),
        ("de", "TR", "Ankara 3rd Criminal Judgeship of Peace", "tr-shk"),
    ],
)
@pytest.mark.parametrize("domain", ["signal.org", "x.com", "instagram.com"])
def test_its_documents_are_read_as_what_they_tell(
    language: str, country: str, body: str, authority: str, domain: str, registry: Any
) -> None:
    now = {domain: Listed(domain, "", body, "7-8/9", "2026-11-18")}
    source = registry(language, country)
    came, went = Comparison(source, now, {}, DAY).entries(), Comparison(source, {}, now, DAY).entries()
    platform = platforms_by_domain()[domain].id
    expected = ((came, "block", "2026-11-18"), (went, "restore", "2026-11-20"))
    for entries, action, day in expected:
        (entry,) = entries
        language = "ru" if language == "ru" else "en"
        document = Document("1", entry.title, entry.text, entry.published, language, country=country)
        ((_, (mention,)),) = Tagger().read([document])
        assert (mention.platform, mention.action, mention.date) == (platform, action, day)
        assert (mention.status, mention.country) == ("confirmed", country)
        assert mention.authority == authority or action == "restore"


def read(source: SourceFile, text: str, archive: Archive, folder: Path, day: date = DAY) -> Any:
    page = folder / "page.csv"
    page.write_text(text, "utf-8")
    return try_source(source, [page], archive, day)


def test_days_are_compared_and_a_half_read_dump_is_not_believed(
    registry: Any, archive: Archive, tmp_path: Path
) -> None:
    source, domains = registry(), sorted(platforms_by_domain())[:12]
    first = read(source, "\n".join(domains), archive, tmp_path)
    assert (first.entries, first.health.found) == ([], 12), "on the first day nothing is known to have come"
    half = read(source, "\n".join(domains[:5]), archive, tmp_path)
    assert half.entries == [] and "not whole" in half.health.index.detail
    last = read(source, "\n".join([*domains[1:], "signal.org"]), archive, tmp_path)
    assert [entry.key for entry in last.entries] == [
        "signal.org/appeared/2026-11-20",
        f"{domains[0]}/vanished/2026-11-20",
    ]
    assert [entry.published for entry in last.entries] == [None, None]
    assert read(source, "\n".join([*domains[1:], "signal.org"]), archive, tmp_path).entries == []


def test_a_platform_that_nobody_watched_is_not_told_to_have_come(registry: Any) -> None:
    now = {"signal.org": Listed("signal.org"), "x.com": Listed("x.com", "", "", "", "2026-11-18")}
    unwatched = Comparison(registry(), now, {"viber.com": None, "gone.example": Listed("gone.example")}, DAY)
    assert [entry.key for entry in unwatched.entries()] == ["x.com/appeared/2026-11-18"]


def test_words_of_the_source_itself(registry: Any) -> None:
    words = {"title": "{domain} is on the list", "text": "Since {date}.\nBy {body}.\nNumber {number}."}
    source = registry(appeared=words, authority="the Office")
    (entry,) = Comparison(source, {"signal.org": Listed("signal.org")}, {"signal.org": None}, DAY).entries()
    assert (entry.title, entry.text) == ("signal.org is on the list", "By the Office.")
