"""The nightly command by its real processes: one at a time, with a log, and an end that loses nothing."""

from __future__ import annotations

import fcntl
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from data.archive import Archive
from data.sample.server import SITE, WRITTEN_FOR, serve_sample

DEPLOY = Path(__file__).parents[2] / "deploy"


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """A refresh of the source files in a folder."""
    where = ["--sources", str(folder / "sources"), "--archive", str(folder / "a.db"), "--events", str(folder / "e.db")]
    command = [sys.executable, "-m", "splinterlog", "refresh", *where, *arguments]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def logs(folder: Path) -> list[str]:
    return [file.read_text() for file in sorted((folder / "a.logs").glob("*.log"))]


def test_a_night_crawls_builds_and_tells(tmp_path: Path) -> None:
    (tmp_path / "a.logs").mkdir()
    for number in range(70):
        (tmp_path / "a.logs" / f"2025-{number:02}.log").write_text("old")
    with serve_sample(0) as address:
        (tmp_path / "subscriptions.yaml").write_text("{site: 'https://site.test', subscriptions: []}")
        for file in shutil.copytree(SITE.parent / "sources", tmp_path / "sources").rglob("*.yaml"):
            file.write_text(file.read_text("utf-8").replace(WRITTEN_FOR, address), "utf-8")
        night = start(tmp_path)
        out, err = night.communicate(timeout=120)
    assert (night.returncode, err) == (0, ""), out
    assert re.search(r"^crawl: 3 sources, 0 failed, [1-9]\d* new documents$", out, re.MULTILINE)
    assert re.search(r"^build: .* [1-9]\d* events", out, re.MULTILINE)
    assert re.search(r"^dump: ", out, re.MULTILINE)
    assert "digest: nobody has subscribed" in out
    assert len(logs(tmp_path)) == 60 and "sample" in logs(tmp_path)[-1]


def test_a_second_refresh_goes_home(tmp_path: Path, write_source: Any) -> None:
    write_source(tmp_path / "sources", "one")
    with (tmp_path / "a.refresh").open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        night = start(tmp_path)
        out, err = night.communicate(timeout=60)
    assert night.returncode == 1 and "another refresh is under way" in err and not out
    assert not (tmp_path / "a.db").exists() and not (tmp_path / "a.logs").exists()


@pytest.mark.parametrize("ended_by", ["signal", "budget"])
def test_an_end_before_its_time_keeps_what_was_got(ended_by: str, tmp_path: Path, site: Any, write_source: Any) -> None:
    text = "<p>The regulator blocked the messenger, and said so in a statement of some length.</p>" * 9
    items = [
        f"<item><title>T</title><link>{{site}}/{path}</link></item>"
        for path in ["new", *map("slow/{}".format, range(30))]
    ]
    site.pages["/feed.xml"] = (
        200,
        "application/rss+xml",
        f'<rss version="2.0"><channel>{"".join(items)}</channel></rss>',
    )
    site.pages["/new"] = (200, "text/html", f"<article><h1>Blocked</h1>{text}</article>")
    site.hold.clear()
    site.asked.clear()
    write_source(tmp_path / "sources", "long", url=f"{site.address}/feed.xml", allow_private=True)
    night = start(tmp_path, *(["--minutes", "0.4"] if ended_by == "budget" else []))
    deadline = time.monotonic() + 60
    while not ("/new" in site.asked and any(path.startswith("/slow/") for path in site.asked)):
        assert time.monotonic() < deadline, night.poll()
        time.sleep(0.05)
    if ended_by == "signal":
        night.send_signal(signal.SIGTERM)
        time.sleep(0.5)
    else:
        time.sleep(13)
    site.hold.set()
    out, err = night.communicate(timeout=120)
    with Archive(tmp_path / "a.db") as archive:
        assert any(document.title == "Blocked" for document in archive.documents())
        (health,) = archive.source_health()
    assert (health.outcome, health.failure, health.strikes) == ("partial", "interrupted", 0)
    assert len(site.asked) < 32
    assert (night.returncode == 1 and "ended early" in err) if ended_by == "signal" else "build:" in out


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")
def test_the_units_of_deploy_hold(tmp_path: Path) -> None:
    units = [file for file in DEPLOY.iterdir() if file.suffix in {".service", ".timer"}]
    assert len(units) == 3
    for unit in units:
        own = unit.read_text().replace("/srv/splinterlog/.venv/bin/splinterlog", "/bin/true")
        own = own.replace("/srv/splinterlog", "/").replace("User=splinterlog", "User=root")
        (tmp_path / unit.name).write_text(own)
    files = sorted(map(str, tmp_path.iterdir()))
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
