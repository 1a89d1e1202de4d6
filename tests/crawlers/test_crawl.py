"""Real crawls of a real server: each source does as it must, whatever the others do."""

from __future__ import annotations

import asyncio
import signal
import socket
import sqlite3
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crawlers.crawl import Crawl, Process, settings_with
from crawlers.sources import read_source
from data.archive import Archive
from data.models import Document

Runs = Mapping[str, dict[str, Any]]


def page(title: str, paragraph: str, head: str = "") -> tuple[int, str, str]:
    """An article page with enough words to be taken for one."""
    text = "".join(f"<p>{paragraph} This is sentence number {number} of the report on it.</p>" for number in range(6))
    html = f"<html><head><title>{title} | Site</title>{head}</head><body><nav>Home</nav>"
    return 200, "text/html; charset=utf-8", f"{html}<article><h1>{title}</h1>{text}</article></body></html>"


def rss(*items: str) -> tuple[int, str, str]:
    """An RSS feed of these items."""
    return 200, "application/rss+xml", f'<rss version="2.0"><channel><title>F</title>{"".join(items)}</channel></rss>'


def item(path: str, title: str, text: str = "", date: str = "Thu, 04 Dec 2025 23:30:00 -0500") -> str:
    """One RSS item."""
    described = f"<description>{text}</description>" if text else ""
    return f"<item><title>{title}</title><link>{{site}}{path}</link><pubDate>{date}</pubDate>{described}</item>"


PAGES = {
    "/robots.txt": (200, "text/plain", "User-agent: *\nAllow: /\n\nUser-agent: Splinterlog\nDisallow: /shut/\n"),
    "/news.xml": rss(
        item("/news/1?utm_source=rss#top", "Feed title one"),
        item("/news/2", "Feed title two"),
        item("/news/1", "The first again"),
        item("/shut/3", "Shut to us", "Only &lt;b&gt;the teaser&lt;/b&gt; can be had."),
        "<item><title>No address</title><link>http://[nowhere</link></item>",
        item("/gone/4", "Gone", "The page is gone, the teaser stays."),
    ),
    "/news/1": page(
        "Messenger blocked",
        "The regulator blocked the messenger.",
        '<meta property="article:published_time" content="2025-12-04T09:00:00+03:00">',
    ),
    "/news/2": page("Video site fined", "The court fined the video site."),
    "/notices.atom": (
        200,
        "application/atom+xml",
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><id>n</id><updated>2025-11-01T00:00:00Z</updated>'
        '<entry><title>Notice</title><id>1</id><link href="/notices/1"/><updated>2025-11-01T01:00:00+03:00</updated>'
        "</entry></feed>",
    ),
    "/notices/1": page("Уведомление", "Роскомнадзор ограничил доступ к мессенджеру на территории страны."),
    "/list": (
        200,
        "text/html; charset=utf-8",
        '<ul><li class="i"><a href="/list/1">Решение первое</a><time>4 декабря 2025</time></li>'
        '<li class="i"><h3>No link</h3></li><li class="i"><a href="mailto:a@example.org">Write</a></li></ul>',
    ),
    "/list/1": page("Решение первое", "Суд оштрафовал видеохостинг на миллион рублей за отказ удалить ролики."),
    "/few": (200, "text/html", '<p class="i"><a href="/few/1">The only one</a></p>'),
    "/few/1": page("The only one", "The ministry told the messenger to open an office."),
    "/suspended": (200, "text/html", "<h1>Account suspended</h1>"),
    "/broken.xml": (200, "application/rss+xml", "<rss version='2.0'><channel><item><link>/x</link"),
    "/html.xml": (200, "text/html", "<html><body>Log in</body></html>"),
    "/angry.xml": (403, "text/plain", "no"),
    "/ill.xml": (500, "text/plain", "no"),
    "/big.xml": (200, "application/rss+xml", b"x" * 10_000_001),
    "/moved.xml": (302, "ftp://127.0.0.1/feed.xml", ""),
    "/astray.xml": (302, "{site}/private.xml", ""),
    "/shut/feed.xml": rss(item("/news/2", "Never read")),
    "/paper.xml": rss(item("/paper.pdf", "A paper"), item("/paper/1", "A page")),
    "/paper/1": page("A page", "The agency opened a probe into the marketplace."),
    "/paper.pdf": (200, "application/pdf", b"%PDF-1.7"),
}  # fmt: skip
LISTING = {"spider": "listing", "format": "html", "selectors": {"item": ".i"}}
DATED = {"item": ".i", "date": "time", "date_languages": ["ru"]}
# source: what its file says besides, how its first crawl must end, and its second where that differs
SOURCES: dict[str, tuple[Any, ...]] = {
    "news": ({"url": "/news.xml"}, "partial", "robots", "unchanged"),
    "notices": ({"url": "/notices.atom", "format": "atom"}, "ok", None, "unchanged"),
    "list": ({"url": "/list", **LISTING, "selectors": DATED}, "ok", None, "unchanged"),
    "few": ({"url": "/few", **LISTING, "expect": {"floor": 5}}, "partial", "below-floor"),
    "suspended": ({"url": "/suspended", **LISTING}, "empty", "below-floor"),
    "missing": ({"url": "/missing.xml"}, "failed", "gone"),
    "angry": ({"url": "/angry.xml"}, "failed", "blocked"),
    "ill": ({"url": "/ill.xml"}, "failed", "server"),
    "broken": ({"url": "/broken.xml"}, "failed", "malformed"),
    "html": ({"url": "/html.xml"}, "failed", "malformed"),
    "big": ({"url": "/big.xml"}, "failed", "size"),
    "shut": ({"url": "/shut/feed.xml"}, "failed", "robots"),
    "paper": ({"url": "/paper.xml"}, "partial", "malformed"),
    "private": ({"url": "/private.xml", "allow_private": False}, "failed", "address"),
    "astray": ({"url": "http://127.0.0.2:{site}/astray.xml", "allow_private": False}, "failed", "address"),
    "moved": ({"url": "/moved.xml"}, "failed", "moved"),
    "nowhere": ({"url": "http://nowhere.invalid/feed.xml"}, "failed", "dns"),
    "refused": ({"url": "http://127.0.0.1:{closed}/feed.xml"}, "failed", "refused"),
    "untrusted": ({"url": "https://localhost:{tls}/feed.xml"}, "failed", "tls"),
}
"""/private.xml must never be asked for, by redirect neither; the ports in braces are filled in."""


@pytest.fixture(scope="module")
def closed_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def tls_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    day = datetime.now(UTC)
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), day, day + timedelta(1)
    )
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    pem = tmp_path_factory.mktemp("tls") / "both.pem"
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    pem.write_bytes(
        builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, *plain)
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *args: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def crawled(
    site: Any, closed_port: int, tls_port: int, write_source: Any, start_crawl: Any, finish_crawl: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Runs, Runs, Path, list[str], list[str]]:  # fmt: skip
    """Two crawls of the same site: the runs of both, the archive, and what the server was asked for in each."""
    site.pages.update(PAGES)
    folder = tmp_path_factory.mktemp("crawl")
    ports = {"closed": closed_port, "tls": tls_port, "site": site.address.rpartition(":")[2]}
    for source, (changes, *_) in SOURCES.items():
        url = site.address + changes["url"] if changes["url"].startswith("/") else changes["url"]
        for name, port in ports.items():
            url = url.replace(f"{{{name}}}", str(port))
        write_source(folder / "sources", source, **{"allow_private": True, **changes, "url": url})
    runs, asked = [], []
    for _ in range(2):
        site.asked.clear()
        runs.append(finish_crawl(start_crawl(folder / "sources", folder / "archive.db")))
        asked.append(list(site.asked))
    return runs[0], runs[1], folder / "archive.db", asked[0], asked[1]


def documents(path: Path) -> dict[str, Document]:
    """The archive's documents by the path of their address."""
    with Archive(path) as archive:
        return {(document.url or "").partition("//")[2].partition("/")[2]: document for document in archive.documents()}


@pytest.mark.parametrize("source", SOURCES)
def test_each_source_ends_as_it_must(source: str, crawled: Any) -> None:
    first, second, *_ = crawled
    _, outcome, failure, *later = SOURCES[source]
    assert (first[source]["outcome"], first[source]["failure"]) == (outcome, failure), first[source]
    assert second[source]["outcome"] == (later or [outcome])[0], second[source]
    assert first[source]["started"] <= first[source]["finished"]


@pytest.mark.parametrize(
    ("path", "title", "words", "published", "basis", "lang", "source"),
    [
        ("news/1", "Messenger blocked", "blocked the messenger", "2025-12-04", "meta", "en", "news"),
        ("shut/3", "Shut to us", "Only the teaser can be had.", "2025-12-04", "feed", "en", "news"),
        ("gone/4", "Gone", "The page is gone", "2025-12-04", "feed", "en", "news"),
        ("notices/1", "Уведомление", "ограничил доступ", "2025-11-01", "feed", "ru", "notices"),
        ("list/1", "Решение первое", "оштрафовал", "2025-12-04", "feed", "ru", "list"),
    ],
)
def test_documents(
    path: str, title: str, words: str, published: str, basis: str, lang: str, source: str, crawled: Any
) -> None:
    document = documents(crawled[2])[path]
    assert (document.title, document.published, document.published_basis) == (title, published, basis)
    assert (document.lang, document.source, words in document.text) == (lang, source, True)
    assert title not in document.text.splitlines()


def test_nothing_else_is_stored(crawled: Any) -> None:
    paths = set(documents(crawled[2]))
    assert paths == {"news/1", "news/2", "shut/3", "gone/4", "notices/1", "list/1", "few/1", "paper/1"}


def test_a_second_crawl_fetches_indexes_only_and_adds_nothing(crawled: Any) -> None:
    _, second, archive, _, asked = crawled
    assert sum(run["new"] for run in second.values()) == 0
    assert not {"/news/1", "/news/1?utm_source=rss", "/news/2", "/notices/1", "/list/1", "/gone/4", "/few/1"} & set(
        asked
    )
    with sqlite3.connect(archive) as db:
        assert db.execute("SELECT max(revision), count(DISTINCT source) FROM documents").fetchone() == (1, 5)
        assert db.execute("SELECT count(*) FROM source_runs").fetchone() == (2 * len(SOURCES),)
        assert db.execute("SELECT count(*) FROM sources").fetchone() == (len(SOURCES),)


def test_the_server_is_asked_politely(site: Any, crawled: Any) -> None:
    asked = crawled[3]
    assert not [path for path in asked if path.startswith("/shut/") or path == "/private.xml"]
    assert "/robots.txt" in asked
    assert {agent for agent in site.agents if "contact@" not in agent or "http" not in agent} == set()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_crawl_that_is_ended_keeps_what_it_got(
    sent: signal.Signals, site: Any, write_source: Any, start_crawl: Any, finish_crawl: Any, tmp_path: Path
) -> None:
    site.hold.clear()
    items = [item("/news/2", "Video site fined"), *(item(f"/slow/{number}", "Slow") for number in range(40))]
    site.pages["/long.xml"] = rss(*items)
    site.asked.clear()
    write_source(tmp_path / "sources", "long", url=f"{site.address}/long.xml", allow_private=True)
    process = start_crawl(tmp_path / "sources", tmp_path / "archive.db")
    _wait(lambda: "/news/2" in site.asked and any(path.startswith("/slow/") for path in site.asked))
    process.send_signal(sent)
    time.sleep(0.2)
    site.hold.set()
    runs = finish_crawl(process)
    assert (runs["long"]["outcome"], runs["long"]["failure"]) == ("partial", "interrupted")
    assert len(site.asked) < 40
    assert set(documents(tmp_path / "archive.db")) == {"news/2"}


def _wait(until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not until():
        assert time.monotonic() < deadline, "the crawl did not get that far"
        time.sleep(0.02)


def test_sources_of_one_host_take_turns(write_source: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has a throttle of its own, and the host would bear all of them at once."""
    hosts = ["one.example", "one.example", "two.example", "one.example"]
    sources = [read_source(write_source(tmp_path, f"s{n}", url=f"https://{host}/{n}")) for n, host in enumerate(hosts)]
    process, begun = Process(settings_with({})), list[str]()
    futures: dict[str, asyncio.Future[None]] = {}

    def begin(crawl: Crawl, _: Process) -> asyncio.Future[None]:
        begun.append(crawl.source.id)
        futures[crawl.source.id] = asyncio.get_running_loop().create_future()
        return futures[crawl.source.id]

    async def told() -> None:
        monkeypatch.setattr(Crawl, "begin", begin)
        monkeypatch.setattr(Process, "start", lambda self: None)
        process.work([Crawl(source, None, None, print, None) for source in sources], None)  # type: ignore[arg-type]
        assert begun == ["s0", "s2"]
        futures["s0"].set_result(None)
        await asyncio.sleep(0)
        assert begun == ["s0", "s2", "s1"]

    asyncio.run(told())
