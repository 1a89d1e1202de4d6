"""A real web server on 127.0.0.1 and a real crawl of it in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

Page = tuple[int, str, str | bytes]
"""Status, content type, body."""


@dataclass
class Site:
    """The pages that the server has, the `encodings` they are said to be in, and the paths that it was asked for.

    `headers` and `bodies` are those of the latest request for each path.

    `hold` delays the pages below /slow/.
    """

    address: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    doors: set[str] = field(default_factory=set)
    encodings: dict[str, str] = field(default_factory=dict)
    headers: dict[str, Mapping[str, str]] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    hold: threading.Event = field(default_factory=threading.Event)


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.doors.add(self.connection.getsockname()[0])
            site.agents.add(self.headers["User-Agent"])
            site.headers[self.path] = dict(self.headers)
            site.bodies[self.path] = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
            if self.path.startswith("/slow/"):
                site.hold.wait(20)
            status, kind, body = site.pages.get(self.path, (404, "text/plain", "no such page"))
            raw = body.replace("{site}", site.address).encode() if isinstance(body, str) else body
            self.send_response(status)
            self.send_header("Location" if status == 302 else "Content-Type", kind.replace("{site}", site.address))
            self.send_header("Content-Length", str(len(raw)))
            if self.path in site.encodings:
                self.send_header("Content-Encoding", site.encodings[self.path])
            self.end_headers()
            with suppress(ConnectionError):  # who asks may have heard enough
                self.wfile.write(raw)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    return Handler


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A server with no pages yet."""
    site = Site()
    server = ThreadingHTTPServer(("0.0.0.0", 0), _handler(site))
    site.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site
    site.hold.set()
    server.shutdown()
    server.server_close()


Write = Callable[..., Path]


@pytest.fixture(scope="session")
def write_source() -> Write:
    """Writes a source file that holds but for what is given; returns its path."""

    def write(folder: Path, source: str, **changes: Any) -> Path:
        fields: dict[str, Any] = {
            "id": source,
            "name": source.title(),
            "kind": "news",
            "country": "XX",
            "languages": ["en"],
            "spider": "feed",
            "url": "https://example.org/feed",
            "format": "rss",
            "verified": "documentation",
            "verified_where": "the test itself",
        }
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{source}.yaml"
        file.write_text(yaml.safe_dump(fields | changes, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return file

    return write


Start = Callable[..., "subprocess.Popen[str]"]
Finish = Callable[["subprocess.Popen[str]"], Mapping[str, dict[str, Any]]]


@pytest.fixture(scope="session")
def start_crawl() -> Start:
    """Starts a process that crawls a folder of sources into an archive."""

    def start(sources: Path, archive: Path, **settings: Any) -> subprocess.Popen[str]:
        script = str(Path(__file__).with_name("run_crawl.py"))
        command = [sys.executable, script, str(sources), str(archive), json.dumps(settings)]
        return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    return start


@pytest.fixture(scope="session")
def finish_crawl() -> Finish:
    """Waits for a crawl to end, which must be without a word on stderr; gives its runs by source."""

    def finish(process: subprocess.Popen[str]) -> Mapping[str, dict[str, Any]]:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, "")
        return {run["source"]: run for run in json.loads(out)}

    return finish


def _pdf(pages: Sequence[Sequence[str]], info: str = "/Title (Decision 7) /CreationDate (D:20251204120000Z)") -> bytes:
    """A PDF of these lines of text, page by page (ISO 32000, the smallest that readers take)."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< {info} >>",
    ]
    for number, lines in enumerate(pages):
        font = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {font} /Contents {6 + 2 * number} 0 R /MediaBox [0 0 600 800] >>")
        text = "BT /F1 12 Tf 50 700 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        objects.append(f"<< /Length {len(text)} >>\nstream\n{text}\nendstream")
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return (
        out
        + f"{head}trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(out)}\n%%EOF".encode()
    )


@pytest.fixture(scope="session")
def make_pdf() -> Callable[..., bytes]:
    """Makes a PDF of pages, each a list of lines."""
    return _pdf
