"""What bad servers do to a crawl of good ones: python bench/faults.py [--good 200] [--timeout 8] [--pages 3]

A server on this machine has some good sources and one for every fault of FAULTS. They are crawled in a process of its
own, with names and addresses as in tests/crawlers/run_crawl.py. Prints as JSON: documents missed and documents that
should not be there, sources whose run ended otherwise than it must, seconds, and the crawl's peak memory in MB.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml

from data.archive import Archive

RUN = Path(__file__).parents[1] / "tests" / "crawlers" / "run_crawl.py"
MEGABYTE = b"x" * 1_000_000
WORDS = "The regulator told the messenger of case {} to open an office by spring, and fined it in the meantime. "
RUSSIAN = "Роскомнадзор ограничил доступ к мессенджеру на территории страны, сообщило ведомство. "
SECRET = "/private/secret.xml"


def feed(base: str, paths: list[str], title: str = "Case") -> str:
    """An RSS feed of these pages."""
    items = "".join(f"<item><title>{title} {path}</title><link>{base}{path}</link></item>" for path in paths)
    return f'<rss version="2.0"><channel><title>Cases</title>{items}</channel></rss>'


def page(path: str, words: str = WORDS) -> str:
    """An article page."""
    text = "".join(f"<p>{words.format(path)} Sentence {number}.</p>" for number in range(8))
    return f"<html><head><title>Case {path}</title></head><body><article><h1>Case {path}</h1>{text}</article></body>"


class Handler(BaseHTTPRequestHandler):
    """Good pages below /good/ and /page/, and each fault at its path."""

    server: Faulty

    def do_GET(self) -> None:
        """Answer, well or ill."""
        self.server.asked[self.path] += 1
        with suppress(ConnectionError, ValueError):
            name = self.path.strip("/").partition("/")[0]
            getattr(self, f"_{name.replace('-', '_').partition('.')[0]}", self._missing)()

    def give(self, body: str | bytes, kind: str = "application/rss+xml", status: int = 200, **headers: str) -> None:
        """A whole answer; headers win over the usual ones."""
        raw = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        given = {"Content_Type": kind, "Content_Length": str(len(raw))} | headers
        for name, value in given.items():
            if value:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(raw)

    @property
    def base(self) -> str:
        """The address under which the server was asked."""
        return f"http://{self.headers['Host']}"

    def feed(self, *paths: str) -> str:
        """The feed of one good page, or of these."""
        return feed(self.base, [*paths] or [f"/page{self.path}"])

    def redirect(self, to: str, status: int = 302) -> None:
        """An answer that leads elsewhere."""
        self.give("", status=status, Location=to)

    def chunk(self, data: bytes) -> None:
        """A part of a body in chunked coding."""
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def cut(self) -> None:
        """Break the connection with a reset."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.wfile.flush()
        self.connection.close()

    def _missing(self) -> None:
        self.give("no such page", "text/plain", 404)

    def _good(self) -> None:
        self.give(feed(self.base, [f"/page{self.path}/{number}" for number in range(self.server.pages)]))

    def _page(self) -> None:
        self.give(page(self.path), "text/html; charset=utf-8")

    # what can be wrong

    def _hang(self) -> None:
        self.server.over.wait(120)

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        while not self.server.over.wait(0.5):
            self.wfile.write(b"<")

    def _reset(self) -> None:
        self.cut()

    def _half(self) -> None:
        self.give(self.feed()[:100], Content_Length="5000")
        self.cut()

    def _short(self) -> None:
        self.give(self.feed(), Content_Length="100000")

    def _babble(self) -> None:
        self.wfile.write(b"\x00\x01 this is no HTTP \xff\r\n\r\n")

    def _endless_head(self) -> None:
        self.send_response(200)
        self.flush_headers()
        while not self.server.over.is_set():
            self.wfile.write(b"X-More: " + b"x" * 10_000 + b"\r\n")

    def _flaky(self) -> None:
        if self.server.asked[self.path] == 1:
            self.give("later", status=503)
        else:
            self.give(self.feed())

    def _ill(self) -> None:
        self.give("ill", status=500)

    def _loop(self) -> None:
        self.redirect("/loop/again" if self.path != "/loop/again" else "/loop")

    def _chain(self) -> None:
        step = int(self.path.rpartition("/")[2] or 0) if self.path.count("/") > 1 else 0
        self.redirect(f"/chain/{step + 1}") if step < 9 else self.give(self.feed())

    def _home(self) -> None:
        self.redirect("/")

    def _renamed(self) -> None:
        self.redirect("/new-name", 301)

    def _new_name(self) -> None:
        self.give(self.feed())

    def _inward(self) -> None:
        self.redirect(f"http://127.0.0.1:{self.server.server_port}{SECRET}")

    def _metadata(self) -> None:
        self.redirect("http://169.254.169.254/latest/meta-data/")

    def _file(self) -> None:
        self.redirect("file:///etc/passwd")

    def _links_inward(self) -> None:
        secret = f"http://127.0.0.1:{self.server.server_port}{SECRET}"
        self.give(
            f'<rss version="2.0"><channel><item><title>Secret</title><link>{secret}</link></item></channel></rss>'
        )

    def _private(self) -> None:
        self.give(page("secret"), "text/html")

    def _bomb(self) -> None:
        self.give(self.server.bomb, Content_Encoding="gzip")

    def _nested(self) -> None:
        self.give(gzip.compress(self.server.bomb), Content_Encoding="gzip, gzip")

    def _big(self) -> None:
        self.give(b"", Content_Length="50000000")
        for _ in range(50):
            self.wfile.write(MEGABYTE)

    def _big_chunked(self) -> None:
        self.protocol_version = "HTTP/1.1"
        self.give(b"", Content_Length="", Transfer_Encoding="chunked")
        for _ in range(1000):
            self.chunk(MEGABYTE[:50_000])
        self.chunk(b"")

    def _no_gzip(self) -> None:
        self.give(self.feed(), Content_Encoding="gzip")

    def _truncated(self) -> None:
        self.give(self.feed(f"/page{self.path}", "/page/lost")[:-60])

    def _html(self) -> None:
        self.give(page("html"), "text/html")

    def _nothing(self) -> None:
        self.give("")

    def _zip(self) -> None:
        self.give(b"PK\x03\x04" + MEGABYTE, "application/zip")

    def _challenge(self) -> None:
        self.give("<html><head><title>Just a moment...</title></head><body>Checking</body></html>", "text/html")

    def _challenge_503(self) -> None:
        self.give("<title>DDoS-Guard</title>", "text/html", 503)

    def _forbidden(self) -> None:
        self.give("no", status=403)

    def _too_many(self) -> None:
        self.give("no", status=429, Retry_After="3600")

    def _gone(self) -> None:
        self.give("no", status=410)

    def _entities(self) -> None:
        steps = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
        head = f'<!DOCTYPE rss [<!ENTITY a0 "{"x" * 100}">{steps}<!ENTITY file SYSTEM "file:///etc/passwd">'
        outer = f'<!ENTITY % dtd SYSTEM "{self.base}{SECRET}">%dtd;]>'
        body = self.feed().replace("Case ", "Case &a9; &file; ")
        self.give(f'<?xml version="1.0"?>{head}{outer}{body}')

    def _mischarset(self) -> None:
        if self.path.endswith("/page"):
            self.give(page("ru", RUSSIAN).encode("windows-1251"), "text/html; charset=utf-8")
        else:
            body = feed(self.base, ["/mischarset/page"], "Дело о мессенджере, который заблокировали")
            self.give(body.encode("windows-1251"), "application/rss+xml; charset=utf-8")

    def _slow_page(self) -> None:
        self.give(self.feed(f"/page{self.path}", "/hang"))

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class Faulty(ThreadingHTTPServer):
    """The server; it counts what it is asked for."""

    daemon_threads = True
    request_queue_size = 500

    def __init__(self, pages: int) -> None:
        super().__init__(("0.0.0.0", 0), Handler)
        self.pages = pages
        self.asked: Counter[str] = Counter()
        self.over = threading.Event()
        packed = BytesIO()
        with gzip.GzipFile(fileobj=packed, mode="wb") as file:
            for _ in range(1000):
                file.write(bytes(1_000_000))
        self.bomb = packed.getvalue()

    def handle_error(self, *args: object) -> None:
        """Who asks may have heard enough."""


# fault: outcome, failure, and whether the source's one good page is a document nevertheless
FAULTS: dict[str, tuple[str, str | None, bool]] = {
    "hang": ("failed", "timeout", False),
    "drip": ("failed", "timeout", False),
    "reset": ("failed", "reset", False),
    "half": ("failed", "reset", False),
    "short": ("failed", "reset", False),
    "babble": ("failed", "reset", False),
    "endless-head": ("failed", "reset", False),
    "flaky": ("ok", None, True),
    "ill": ("failed", "server", False),
    "loop": ("failed", "moved", False),
    "chain": ("failed", "moved", False),
    "home": ("failed", "gone", False),
    "renamed": ("ok", None, True),
    "inward": ("failed", "address", False),
    "metadata": ("failed", "address", False),
    "file": ("failed", "moved", False),
    "links-inward": ("failed", "address", False),
    "bomb": ("failed", "size", False),
    "nested": ("failed", "size", False),
    "big": ("failed", "size", False),
    "big-chunked": ("failed", "size", False),
    "no-gzip": ("failed", "malformed", False),
    "truncated": ("partial", "malformed", True),
    "html": ("failed", "malformed", False),
    "nothing": ("failed", "malformed", False),
    "zip": ("failed", "malformed", False),
    "challenge": ("failed", "blocked", False),
    "challenge-503": ("failed", "blocked", False),
    "forbidden": ("failed", "blocked", False),
    "too-many": ("failed", "blocked", False),
    "gone": ("failed", "gone", False),
    "entities": ("partial", "malformed", True),
    "mischarset": ("ok", None, False),
    "slow-page": ("partial", "timeout", True),
}
PUBLIC = {"inward", "metadata", "file", "links-inward"}
"""Sources without permission for private addresses, on the address that the crawl takes for a public one."""

HOSTS = {"too-many": 3}
"""The last number of the address where it must be another: who asks to be left alone asks it for the whole host."""


def write_sources(folder: Path, port: int, good: int) -> None:
    """A source file for each good source and each fault."""
    plain = {"kind": "news", "country": "XX", "languages": ["en"], "spider": "feed", "format": "rss"}
    plain |= {"verified": "documentation", "verified_where": "this machine"}
    paths = {f"good-{number}": f"/good/{number}" for number in range(good)} | {name: f"/{name}" for name in FAULTS}
    folder.mkdir()
    for name, path in paths.items():
        url = f"http://127.0.0.{2 if name in PUBLIC else HOSTS.get(name, 1)}:{port}{path}"
        own = {"id": name, "name": name, "url": url, "allow_private": name not in PUBLIC}
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(plain | own))


def measure(good: int, timeout: float, pages: int) -> dict[str, Any]:
    """Crawl once, and compare with what must come."""
    server = Faulty(pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_sources(folder / "sources", server.server_port, good)
        settings = {"DOWNLOAD_TIMEOUT": timeout, "RETRY_TIMES": 1}
        command = [sys.executable, str(RUN), str(folder / "sources"), str(folder / "a.db"), json.dumps(settings)]
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        runs = {run["source"]: run for run in json.loads(child.stdout.read() if child.stdout else "[]")}
        _, _, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        server.over.set()
        with Archive(folder / "a.db") as archive:
            found = {(each.url or "").partition(f":{server.server_port}")[2]: each for each in archive.documents()}
    wanted = {f"/page/good/{one}/{number}" for one in range(good) for number in range(pages)}
    own = {"renamed": "/page/new-name"}
    wanted |= {own.get(name, f"/page/{name}") for name, (*_, kept) in FAULTS.items() if kept} | {"/mischarset/page"}
    expected = {name: (outcome, failure) for name, (outcome, failure, _) in FAULTS.items()}
    expected |= {f"good-{number}": ("ok", None) for number in range(good)}
    return {
        "sources": len(runs),
        "documents": len(found),
        "missed": sorted(wanted - found.keys()),
        "beyond": sorted(found.keys() - wanted),
        "otherwise": {
            name: (run["outcome"], run["failure"], run["detail"])
            for name, run in runs.items()
            if expected[name] != (run["outcome"], run["failure"])
        },
        "without a run": sorted(expected.keys() - runs.keys()),
        "secret asked for": server.asked[SECRET],
        "russian": found["/mischarset/page"].text[:40] if "/mischarset/page" in found else None,
        "seconds": round(seconds, 1),
        "peak MB": round(used.ru_maxrss / 1024),
    }


def main() -> None:
    """Measure once."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--good", type=int, default=200, help="good sources")
    parser.add_argument("--timeout", type=float, default=8, help="seconds that a response may take")
    parser.add_argument("--pages", type=int, default=3, help="pages of a good source")
    options = parser.parse_args()
    print(json.dumps(measure(options.good, options.timeout, options.pages), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
