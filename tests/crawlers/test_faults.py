"""Bad servers among good ones, by the benchmark in small; names that lead elsewhere when they are looked up again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BENCH = Path(__file__).parents[2] / "bench"


def test_every_fault_has_its_class_and_no_good_item_is_lost() -> None:
    command = [sys.executable, str(BENCH / "faults.py"), "--good", "6", "--timeout", "4"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["sources"] > 35 and found["peak MB"] < 500
    wrong = ["missed", "beyond", "otherwise", "without a run", "secret asked for"]
    assert not {name: found[name] for name in wrong if found[name]}
    assert found["russian"].startswith("Роскомнадзор ограничил доступ")


@pytest.mark.parametrize(("remembers", "failure", "doors"), [(True, None, {"127.0.0.2"}), (False, "dns", set())])
def test_a_name_cannot_lead_elsewhere_after_it_was_checked(
    remembers: bool,
    failure: str | None,
    doors: set[str],
    site: Any,
    write_source: Any,
    start_crawl: Any,
    finish_crawl: Any,
    tmp_path: Path,
) -> None:
    site.pages["/feed.xml"] = (200, "application/rss+xml", '<rss version="2.0"><channel></channel></rss>')
    site.doors.clear()
    port = site.address.rpartition(":")[2]
    write_source(tmp_path / "sources", "loose", url=f"http://loose.test:{port}/feed.xml", expect={"floor": 0})
    crawling = start_crawl(tmp_path / "sources", tmp_path / "a.db", DNSCACHE_ENABLED=remembers)
    assert finish_crawl(crawling)["loose"]["failure"] == failure
    assert site.doors == doors


def test_feeds_of_all_dialects_sound_and_damaged() -> None:
    command = [sys.executable, str(BENCH / "feeds.py"), "--feeds", "80", "--seed", "3"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["sound"] > 30 and found["items"] > 150 and found["ends"]["failed malformed"] > 5
    wrong = ["errors", "sound, but failed", "without a run", "missed", "other titles", "said"]
    assert not {name: found[name] for name in wrong if found[name]}
