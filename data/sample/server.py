"""The sample site on loopback: `with serve_sample() as address:`, or `python -m data.sample.server` for a person."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from signal import pause
from threading import Thread
from urllib.parse import unquote, urlsplit

import click

SITE = Path(__file__).with_name("site")
HOST = "127.0.0.1"
PORT = 8010
WRITTEN_FOR = f"http://{HOST}:{PORT}"
"""The address that feeds and canonical links hold as they lie in git."""

TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".txt": "text/plain",
    ".xml": "application/rss+xml",
    ".atom": "application/atom+xml",
}
_CHARSET = re.compile(rb"""<meta charset="([\w-]+)">""")


class SampleServerError(RuntimeError):
    """The sample site cannot be served; the message says what to do."""


@contextmanager
def serve_sample(port: int = PORT) -> Iterator[str]:
    """Serve the site on 127.0.0.1 while the context lasts, and give its address; port 0 takes any free one.

    Raises SampleServerError where the port is taken.
    """
    server = _bind(port)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _bind(port: int) -> ThreadingHTTPServer:
    try:
        return ThreadingHTTPServer((HOST, port), _Handler)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise SampleServerError(
            f"port {port} on {HOST} is taken: end the program that listens there (`ss -ltnp | grep :{port}` names it)"
        ) from error


def find_page(path: str, site: Path = SITE) -> Path | None:
    """The file behind the path of an address ("/ledger/" is its index.html); None where the site has none."""
    try:
        file = (site / unquote(path).lstrip("/")).resolve()
        file = file / "index.html" if file.is_dir() else file
        return file if file.is_relative_to(site) and file.is_file() else None
    except (OSError, ValueError):  # a name too long, or with a null byte
        return None


def content_type(file: Path, body: bytes) -> str:
    """The media type with the charset that the page itself declares, else UTF-8."""
    declared = _CHARSET.search(body[:1024])
    return f"{TYPES[file.suffix]}; charset={declared[1].decode() if declared else 'utf-8'}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ThreadingHTTPServer

    def do_GET(self) -> None:
        file = find_page(urlsplit(self.path).path)
        if file is None:
            self.send_error(HTTPStatus.NOT_FOUND, "The sample site has no such page")
            return
        here = f"http://{HOST}:{self.server.server_port}"
        body = file.read_bytes().replace(WRITTEN_FOR.encode(), here.encode())
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == etag:
            self._send(HTTPStatus.NOT_MODIFIED, {"ETag": etag})
        else:
            kind = content_type(file, body)
            self._send(HTTPStatus.OK, {"ETag": etag, "Content-Type": kind, "Content-Length": str(len(body))}, body)

    do_HEAD = do_GET  # noqa: N815

    def _send(self, status: HTTPStatus, headers: Mapping[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: the crawl's own progress is what people watch."""


@click.command()
@click.option("--port", default=PORT, show_default=True, help="Port on 127.0.0.1.")
def main(port: int) -> None:
    """Serve the sample site until Ctrl-C."""
    try:
        with serve_sample(port) as address:
            click.echo(f"The sample site is at {address}/ (Ctrl-C ends it)")
            pause()
    except SampleServerError as error:
        raise click.ClickException(f"{error}, or choose another with --port") from error


if __name__ == "__main__":
    main()
