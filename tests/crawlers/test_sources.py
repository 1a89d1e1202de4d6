"""Source files: the real ones hold, and a bad one is refused with file, line, field and reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crawlers.sources import SOURCES, SourceError, choose_sources, load_sources, read_source, read_sources
from crawlers.spiders import SPIDERS

API = {"spider": "api", "format": "json"}
LISTED = {"spider": "listing", "format": "html"}
FILES = sorted(SOURCES.rglob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_real_source(file: Path) -> None:
    source = read_source(file)
    assert source.country.lower() == file.parent.name
    assert source.spider in SPIDERS and not source.allow_private
    assert source.official or source.kind not in ("regulator", "court")
    assert not source.official or source.kind in ("regulator", "court", "registry")
    assert (source.fixture is not None) == (source.spider == "feed"), "a feed names its dialect's fixture"
    assert source.expect.floor > 0, "a healthy run must find something, or a dead page goes unseen"


def test_real_sources_hang_together() -> None:
    sources = load_sources()
    assert [source.id for source in sources] == sorted(file.stem for file in FILES)
    assert len({source.url for source in sources}) == len(sources)
    facts = {source.id: source.facts() for source in sources}
    assert all(facts[source.id].url == source.url and facts[source.id].languages for source in sources)


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"id": "other"}, "id", "other.yaml"),
        ({"id": "No Good"}, "id", "pattern"),
        ({"kind": "blog"}, "kind", "'news', 'regulator'"),
        ({"country": "Russia"}, "country", "pattern"),
        ({"country": False}, "country", "valid string"),
        ({"languages": []}, "languages", "at least 1"),
        ({"url": "ftp://example.org/feed"}, "url", "http or https"),
        ({"url": "example.org/feed"}, "url", "http or https"),
        ({"spider": "telepathy"}, "spider", "'feed', 'listing'"),
        ({"spider": "listing"}, "selectors", "listing needs them"),
        ({"format": "html"}, "format", "must be rss or atom"),
        ({"selectors": {"item": "li"}}, "selectors", "only a source with spider listing"),
        ({"enabled": False}, "reason", "why the source is off"),
        ({"verified": "none"}, "verified", "must be off"),
        ({"verified_where": None}, "verified_where", "where the address was seen"),
        ({"expect": {"floor": -1}}, "expect.floor", "greater than or equal to 0"),
        ({"expect": {"floor": "many"}}, "expect.floor", "valid integer"),
        ({"robots": "refuses"}, "robots", "must be off"),
        ({**API, "paths": {"items": "a[", "title": "t", "id": "i"}}, "paths.0.items", "a JMESPath"),
        ({**API, "paths": {"items": "a", "title": "t"}}, "paths.0", "a url, or an id"),
        ({**API, "paths": {"items": "a", "title": "{t} of {[}", "id": "i"}}, "paths.0.title", "JMESPaths in braces"),
        ({**LISTED, "selectors": {"item": "li["}}, "selectors.0.item", "a CSS selector"),
        ({**LISTED, "selectors": {"item": "//li["}}, "selectors.0.item", "an XPath"),
        ({**LISTED, "selectors": [{"item": "a"}, {"item": "b"}]}, "selectors", "its own since"),
        ({**LISTED, "selectors": []}, "selectors", "at least 1"),
        ({"links": "("}, "links", "a regular expression"),
        ({"paging": {"pages": 4}}, "paging", "where the next page is"),
        ({"paging": {"pattern": "https://example.org/"}}, "paging", "needs {page}"),
        ({"paging": {"parameter": "page", "pages": 1}}, "paging.pages", "greater than or equal to 2"),
        ({"spider": "sitemap", "format": "xml", "paging": {"parameter": "page"}}, "paging", "by itself"),
        ({"request": {"token": {"env": "lower"}}}, "request.token.env", "pattern"),
        ({"request": {"token": {"env": "UPPER"}}}, "request.token", "header or a query parameter"),
        ({"colour": "red"}, "colour", "not permitted"),
        ({"name": ""}, "name", "at least 1 character"),
    ],
)
def test_bad_source_is_refused(
    changes: dict[str, Any], field: str, reason: str, write_source: Any, tmp_path: Path
) -> None:
    file = write_source(tmp_path, "bad", **changes)
    with pytest.raises(SourceError) as refused:
        read_source(file)
    (problem,) = refused.value.problems
    assert (problem.file, problem.field) == (file, field)
    assert reason in problem.reason
    if problem.line and not field.endswith(".0"):
        assert field.rpartition(".")[2] in file.read_text(encoding="utf-8").splitlines()[problem.line - 1]
        assert str(problem).startswith(f"{file}:{problem.line}: {field}: ")


def test_a_source_without_its_token_is_off(write_source: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_source(tmp_path, "keyed", request={"token": {"env": "TEST_TOKEN", "parameter": "key"}})
    monkeypatch.delenv("TEST_TOKEN", raising=False)
    source, other = read_source(file), read_source(write_source(tmp_path, "other"))
    assert choose_sources([source, other], []) == [other]
    with pytest.raises(ValueError, match="keyed needs a token in the environment: TEST_TOKEN"):
        choose_sources([source], ["keyed"])
    monkeypatch.setenv("TEST_TOKEN", "abc")
    assert choose_sources([source], []) == choose_sources([source], ["keyed"]) == [source]


@pytest.mark.parametrize("text", ["", "- a list", "id: [", "id: \x01", "just words"])
def test_what_is_no_source_file_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"bad\.yaml"):
        read_source(tmp_path / "bad.yaml")


def test_all_bad_files_are_told_at_once_and_stop_no_good_one(write_source: Any, tmp_path: Path) -> None:
    write_source(tmp_path / "aa", "good")
    write_source(tmp_path / "bb", "good")
    write_source(tmp_path / "aa", "first", kind="blog", country="x")
    (tmp_path / "second.yaml").write_bytes(b"\xff\xfe")
    sources, problems = read_sources(tmp_path)
    assert [source.id for source in sources] == ["good"]
    assert [(problem.file.name, problem.field) for problem in problems] == [
        ("first.yaml", "kind"), ("first.yaml", "country"), ("good.yaml", "id"), ("second.yaml", "file"),
    ]  # fmt: skip
    with pytest.raises(SourceError) as refused:
        load_sources(tmp_path)
    assert str(refused.value).count("\n") == 3


def test_no_such_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such folder"):
        load_sources(tmp_path / "nowhere")


def test_a_source_that_is_off_may_lack_its_selectors_and_is_not_crawled_then(write_source: Any, tmp_path: Path) -> None:
    changes = {**LISTED, "selectors": None, "enabled": False, "reason": "only the home page is known"}
    blank = read_source(write_source(tmp_path, "blank", **changes))
    assert blank.undeclared == "selectors"
    with pytest.raises(ValueError, match="blank is off, and its file has no selectors yet"):
        choose_sources([blank], ["blank"])
