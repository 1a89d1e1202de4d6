"""What a second crawl asks for, and one story by several addresses: real crawls of a server that counts."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from scrapy.http import Response

from crawlers.waiting import seconds
from data.archive import Archive
from data.models import Document
from splinterlog import main

Asked = list[tuple[str, int]]


@dataclass
class Counting:
    """Pages with their headers, and what was asked for with which answer."""

    pages: dict[str, tuple[dict[str, str], str]] = field(default_factory=dict)
    busy: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    """By path: status and Retry-After of the first answers."""
    asked: Asked = field(default_factory=list)
    times: list[tuple[str, float]] = field(default_factory=list)
    address: str = ""

    def of(self, end: str) -> Asked:
        """What was asked for at paths with this end."""
        return [(path, status) for path, status in self.asked if path.endswith(end)]


def _handler(site: Counting) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers, body = site.pages.get(self.path, ({}, ""))
            status = 200 if self.path in site.pages else 404
            if site.busy.get(self.path):
                status, wait = site.busy[self.path].pop(0)
                headers = {"Retry-After": wait}
            elif any(self.headers.get(asks) == headers.get(has, "") for asks, has in VALIDATORS):
                status, body = 304, ""
            site.asked.append((self.path, status))
            site.times.append((self.path, time.monotonic()))
            raw = body.replace("{site}", site.address).encode()
            self.send_response(status)
            for name, value in ({"Content-Type": "text/html; charset=utf-8"} | headers).items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    return Handler


VALIDATORS = (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified"))


@pytest.fixture
def counting() -> Iterator[Counting]:
    """A server with no pages yet."""
    site = Counting()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    site.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site
    server.shutdown()
    server.server_close()


def feed(*paths: str) -> str:
    """An RSS feed of these pages."""
    items = "".join(f"<item><title>Item {path}</title><link>{{site}}{path}</link></item>" for path in paths)
    return f'<rss version="2.0"><channel><title>F</title>{items}</channel></rss>'


def page(title: str, head: str = "") -> tuple[dict[str, str], str]:
    """An article of its own words."""
    text = "".join(
        f"<p>{title}: the regulator told the service {number} times to open an office.</p>" for number in range(9)
    )
    return {}, f"<html><head><title>{title}</title>{head}</head><body><article>{text}</article></body></html>"


def canonical(path: str) -> str:
    """A page's link to its own address."""
    return f'<link rel="canonical" href="{{site}}{path}">'


def documents(archive: Path) -> dict[str, Document]:
    """The archive's documents by path."""
    with Archive(archive) as store:
        return {"/" + (each.url or "").split("/", 3)[3]: each for each in store.documents()}


INDEXES = {
    "etag": {"ETag": '"one"'},
    "dated": {"Last-Modified": "Thu, 04 Dec 2025 09:00:00 GMT"},
    "shy": {"ETag": 'W/"two"', "Cache-Control": "no-store, no-cache, must-revalidate"},
    "plain": {},
    "eager": {"ETag": '"three"', "Cache-Control": "max-age=86400"},
    "partly": {"ETag": '"four"'},
}


def test_a_second_crawl_downloads_no_article(
    counting: Counting, write_source: Any, start_crawl: Any, finish_crawl: Any, tmp_path: Path
) -> None:
    for name, headers in INDEXES.items():
        counting.pages[f"/{name}.xml"] = (headers, feed(f"/{name}/1", f"/{name}/2"))
        counting.pages[f"/{name}/1"] = page(f"First of {name}")
        if name != "partly":
            counting.pages[f"/{name}/2"] = page(f"Second of {name}")
        write_source(tmp_path / "sources", name, url=f"{counting.address}/{name}.xml", allow_private=True,
                     expect={"floor": 2})  # fmt: skip
    first = finish_crawl(start_crawl(tmp_path / "sources", tmp_path / "archive.db"))
    assert {run["outcome"] for name, run in first.items() if name != "partly"} == {"ok"}, first
    counting.asked.clear()
    second = finish_crawl(start_crawl(tmp_path / "sources", tmp_path / "archive.db"))
    assert {(run["outcome"], run["found"], run["new"]) for name, run in second.items() if name != "partly"} == {
        ("unchanged", 2, 0)
    }
    statuses = dict(counting.of(".xml"))
    assert statuses == {f"/{name}.xml": 200 if name in ("plain", "partly") else 304 for name in INDEXES}
    assert counting.of("/1") == []
    # What could not be had is asked for again, though its index would not have changed.
    assert counting.of("/2") == [("/partly/2", 404)]


def test_a_changed_index_is_read_and_a_failing_one_is_told(
    counting: Counting, write_source: Any, start_crawl: Any, finish_crawl: Any, tmp_path: Path
) -> None:
    counting.pages |= {"/f.xml": ({"ETag": '"1"'}, feed("/a/1")), "/a/1": page("One"), "/a/2": page("Two")}
    write_source(tmp_path / "sources", "news", url=f"{counting.address}/f.xml", allow_private=True)

    def crawl() -> tuple[str, int]:
        run = finish_crawl(start_crawl(tmp_path / "sources", tmp_path / "archive.db"))["news"]
        return run["outcome"], run["new"]

    assert crawl() == ("ok", 1)
    counting.pages["/f.xml"] = ({"ETag": '"2"'}, feed("/a/2", "/a/1"))
    assert crawl() == ("ok", 1)
    counting.busy["/f.xml"] = [(500, "")]
    assert crawl() == ("failed", 0)
    assert crawl() == ("unchanged", 0)
    assert len(counting.of("/1")) == len(counting.of("/2")) == 1


def test_one_story_by_several_addresses_is_kept_once(
    counting: Counting, write_source: Any, start_crawl: Any, finish_crawl: Any, tmp_path: Path
) -> None:
    story = canonical("/story")
    paths = ("/story?id=7", "/amp/story", "/copy/a", "/copy/b", "/wrong/1", "/wrong/2", "/wall", "/consent")
    counting.pages |= {
        "/f.xml": ({}, feed(*paths)),
        "/story?id=7": page("The story", story),
        "/amp/story": ({}, page("The story", story)[1].replace("8 times", "eight times")),
        "/copy/a": page("A copy"),
        "/copy/b": page("A copy"),
        "/wrong/1": page("Something", canonical("/all")),
        "/wrong/2": page("Entirely different words, of other things and people", canonical("/all")),
        "/wall": ({}, "<html><head><title>Walled</title></head><body><article><p>The court fined the service on "
                      "Thursday, a spokesman said.</p></article><p>Subscribe to continue reading</p></body></html>"),
        "/consent": ({}, "<html><head><title>Cookies</title></head><body><p>Before you continue to News, choose what "
                         "we may store here.</p></body></html>"),
    }  # fmt: skip
    counting.pages["/wrong/2"] = (
        {},
        counting.pages["/wrong/2"][1].replace("regulator told the service", "minister opened"),
    )
    write_source(tmp_path / "sources", "news", url=f"{counting.address}/f.xml", allow_private=True)
    run = finish_crawl(start_crawl(tmp_path / "sources", tmp_path / "archive.db"))["news"]
    found = documents(tmp_path / "archive.db")
    assert (run["outcome"], run["failure"] in ("paywall", "consent"), run["new"]) == ("partial", True, 6), run
    assert {"/story", "/all", "/wall", "/consent"} <= set(found)
    assert len({"/copy/a", "/copy/b"} & set(found)) == len({"/wrong/1", "/wrong/2"} & set(found)) == 1
    assert len(found) == 6
    walled, asked = found["/wall"], found["/consent"]
    assert (walled.title, walled.text, walled.partial) == ("Walled", "", "paywall")
    assert (asked.title, asked.text, asked.partial) == ("Item /consent", "", "consent")
    counting.asked.clear()
    again = finish_crawl(start_crawl(tmp_path / "sources", tmp_path / "archive.db"))["news"]
    assert (again["outcome"], [path for path, _ in counting.asked]) == ("unchanged", ["/robots.txt", "/f.xml"])
    raw = sorted((tmp_path / "archive.warc").iterdir())
    for call in (["reextract"], ["import", *raw]):
        done = CliRunner().invoke(main, [*map(str, call), "--archive", str(tmp_path / "archive.db")])
        assert (done.exit_code, "0 new or revised" in done.output) == (0, True), done.output


def test_a_server_that_asks_to_be_left_alone_for_long_is(
    counting: Counting, write_source: Any, start_crawl: Any, finish_crawl: Any, tmp_path: Path
) -> None:
    counting.pages |= {"/f.xml": ({}, feed(*(f"/late/{number}" for number in range(40))))}
    counting.busy = {f"/late/{number}": [(429, "3600")] for number in range(40)}
    write_source(tmp_path / "sources", "news", url=f"{counting.address}/f.xml", allow_private=True)
    started = time.time()
    run = finish_crawl(start_crawl(tmp_path / "sources", tmp_path / "archive.db"))["news"]
    assert (run["outcome"], run["failure"]) == ("failed", "blocked"), run
    assert run["next_try"] > time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(started + 3000))
    # Those that were on their way when the first was answered.
    assert len([path for path, status in counting.asked if status == 429]) <= 10


def test_a_short_while_is_waited_for(counting: Counting, write_source: Any, tmp_path: Path) -> None:
    counting.pages |= {"/f.xml": ({}, feed("/soon")), "/soon": page("Soon")}
    counting.busy = {"/soon": [(503, "2")]}
    write_source(tmp_path / "sources", "news", url=f"{counting.address}/f.xml", allow_private=True)
    call = ["crawl", "--no-raw", "--sources", tmp_path / "sources", "--archive", tmp_path / "archive.db"]
    done = subprocess.run([sys.executable, "-m", "splinterlog", *map(str, call)], capture_output=True, text=True)
    assert (done.returncode, set(documents(tmp_path / "archive.db"))) == (0, {"/soon"}), done.stderr
    first, second = (moment for path, moment in counting.times if path == "/soon")
    assert second - first >= 2


@pytest.mark.parametrize(
    ("told", "wait"), [("120", 120), ("", None), ("soon", None), ("-5", None), ("Thu, 04 Dec 2025 09:00:00 GMT", 0)]
)
def test_what_a_server_asks_to_wait(told: str, wait: float | None) -> None:
    assert seconds(Response("http://press.example/", headers={"Retry-After": told})) == wait
