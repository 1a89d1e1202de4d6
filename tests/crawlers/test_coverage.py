"""What the sources cover: every one is counted once in each view, and what is off says why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from crawlers.coverage import coverage, told
from crawlers.sources import load_sources, read_source
from splinterlog import main

REAL = load_sources()


@pytest.fixture
def folder(tmp_path: Path, write_source: Any) -> Path:
    token = {"token": {"env": "TEST_TOKEN", "parameter": "key"}}
    write_source(tmp_path, "news", country="FR", languages=["fr", "en"])
    write_source(tmp_path, "gazette", country="FR", languages=["fr"], kind="regulator", official=True)
    write_source(tmp_path, "keyed", country="IE", request=token)
    write_source(tmp_path, "shut", country="IE", enabled=False, reason="gone", verified="none", verified_where=None)
    return tmp_path


def test_sources_are_counted_by_what_they_say(folder: Path) -> None:
    found = coverage([read_source(file) for file in sorted(folder.glob("*.yaml"))])
    assert (found.all.sources, found.all.read, found.all.token, found.all.official) == (4, 3, 1, 1)
    shares = {name: {s.value: (s.read, s.sources) for s in each} for name, each in found.views.items()}
    assert shares == {
        "country": {"FR": (2, 2), "IE": (1, 2)},
        "language": {"fr": (2, 2), "en": (2, 3)},
        "kind": {"news": (2, 3), "regulator": (1, 1)},
    }
    assert (found.verified, found.reasons) == ([("documentation", 3)], [("gone", 1)])


@pytest.mark.parametrize("view", ["country", "kind"])
def test_every_real_source_is_in_one_share(view: str) -> None:
    found = coverage(REAL)
    assert sum(share.sources for share in found.views[view]) == found.all.sources == len(REAL)
    assert sum(number for _, number in found.verified) == found.all.read
    assert sum(number for _, number in found.reasons) == found.all.sources - found.all.read


def test_it_is_told_as_words_and_as_json(folder: Path) -> None:
    words = CliRunner().invoke(main, ["status", "--coverage", "--sources", str(folder)])
    assert words.exit_code == 0
    assert "3 of 4 sources are read" in words.output and "    1  gone" in words.output
    assert any(line.split() == ["IE", "1", "0", "1", "1"] for line in words.output.splitlines())
    as_json = CliRunner().invoke(main, ["status", "--coverage", "--json", "--sources", str(folder)])
    assert json.loads(as_json.output)["all"] == {"value": "all", "sources": 4, "read": 3, "token": 1, "official": 1}


def test_a_bad_file_stops_no_other(folder: Path) -> None:
    (folder / "bad.yaml").write_text("id: bad\n", "utf-8")
    words = CliRunner().invoke(main, ["status", "--coverage", "--sources", str(folder)])
    assert "3 of 4 sources" in words.stdout and "bad.yaml" in words.stderr


def test_the_sentence_has_no_gap() -> None:
    assert told(coverage(REAL)).count("None") == 0
