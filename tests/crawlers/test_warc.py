"""Raw material: a real crawl writes it, the real commands read it, and what is broken costs only itself."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from scrapy.http import HtmlResponse, Request
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.warc.records import BadRecord, Kept, read_warc
from crawlers.warc.writing import RawWriter, raw_folder
from data.archive import Archive
from data.models import Document
from splinterlog import main

SENTENCES = "".join(
    f"<p>The regulator told the video service {number} times to open an office here.</p>" for number in range(9)
)


def html(title: str, head: str = "") -> str:
    """An article page."""
    body = f"<body><article><h1>{title}</h1>{SENTENCES}</article></body>"
    return f"<html><head><title>{title}</title>{head}</head>{body}</html>"


FEED = """<rss version="2.0"><channel><title>F</title>
<item><title>From the feed</title><link>{site}/raw/1?utm_source=rss</link>
<pubDate>Thu, 04 Dec 2025 09:00:00 GMT</pubDate></item>
<item><title>Moved</title><link>{site}/raw/2</link></item>
<item><title>Gone</title><link>{site}/raw/3</link></item>
<item><title>An announcement</title><link>{site}/raw/4.pdf</link></item></channel></rss>"""


def crawl(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The real crawl, in a process of its own, since Scrapy runs once in a process."""
    call = [sys.executable, "-m", "splinterlog", "crawl", *map(str, arguments)]
    return subprocess.run(call, capture_output=True, text=True, timeout=100)


def command(*arguments: object) -> Result:
    """Another command, in this process."""
    return CliRunner().invoke(main, [str(each) for each in arguments])


def documents(archive: Path) -> dict[str, Document]:
    """The archive's documents by id."""
    with Archive(archive) as store:
        return {document.id: document for document in store.documents()}


@pytest.fixture(scope="module")
def crawled(site: Any, write_source: Any, make_pdf: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive after a crawl, with its raw material beside it."""
    site.pages["/raw.xml"] = (200, "application/rss+xml", FEED)
    site.pages["/raw/1"] = site.pages["/raw/1?utm_source=rss"] = (200, "text/html; charset=utf-8", html("First"))
    site.pages["/raw/2"] = (302, "{site}/raw/two", "")
    site.pages["/raw/two"] = (200, "text/html", gzip.compress(html("Second").encode()))
    site.encodings["/raw/two"] = "gzip"
    site.pages["/raw/4.pdf"] = (200, "application/pdf", make_pdf([["The regulator fined the service."]]))
    folder = tmp_path_factory.mktemp("raw")
    write_source(folder / "sources", "rawnews", url=f"{site.address}/raw.xml", allow_private=True)
    done = crawl("--sources", folder / "sources", "--archive", folder / "archive.db")
    assert (done.returncode, "3 new" in done.stderr) == (0, True), done.stderr
    return folder / "archive.db"


@pytest.fixture
def raw(crawled: Path) -> Path:
    """The run's one WARC file."""
    (file,) = raw_folder(crawled).iterdir()
    return file


def test_a_run_keeps_every_exchange_as_the_standard_says(raw: Path, site: Any) -> None:
    answers, questions = {}, {}
    with raw.open("rb") as stream:
        iterator = ArchiveIterator(stream, check_digests="raise")
        for record in iterator:
            head = record.rec_headers
            body = record.content_stream().read()
            if record.rec_type == "response":
                answers[head.get_header("WARC-Record-ID")] = (head.get_header("WARC-Target-URI"), body)
            elif record.rec_type == "request":
                questions[head.get_header("WARC-Concurrent-To")] = record.http_headers
            else:
                assert record.rec_type == "warcinfo" and not answers
        assert iterator.err_count == 0
    assert set(answers) == set(questions)
    bodies = dict(answers.values())
    paths = ("/robots.txt", "/raw.xml", "/raw/1?utm_source=rss", "/raw/2", "/raw/two", "/raw/3", "/raw/4.pdf")
    assert set(bodies) == {site.address + path for path in paths}
    assert bodies[f"{site.address}/raw/two"].decode() == html("Second")
    asked = next(questions[id] for id, (url, _) in answers.items() if url.endswith("/raw/two"))
    assert (asked.protocol, asked.statusline) == ("GET", "/raw/two HTTP/1.1")
    assert asked.get_header("Host") == site.address.partition("//")[2]
    assert "Splinterlog" in asked.get_header("User-Agent")


def test_what_was_kept_gives_the_same_documents(crawled: Path, raw: Path, tmp_path: Path) -> None:
    done = command("import", raw, "--archive", tmp_path / "new.db")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "3 new or revised documents from 3 pages" in done.stdout
    known, found = documents(crawled), documents(tmp_path / "new.db")
    first, second = ([replace(each, fetched=None, country=None) for each in all.values()] for all in (known, found))
    assert first == second
    assert {each.published for each in found.values()} == {"2025-12-04", None}
    assert "The regulator fined the service." in {each.text for each in found.values()}


def test_reextract_revises_what_came_out_otherwise_and_asks_nobody(crawled: Path, site: Any) -> None:
    before = documents(crawled)
    spoilt = min(before)
    with Archive(crawled) as store:
        store.add_documents([replace(before[spoilt], text="As an older version read it.")])
    site.asked.clear()
    for new in (1, 0):
        done = command("reextract", "--archive", crawled)
        assert (done.exit_code, done.stdout, done.stderr) == (0, f"{new} new or revised documents from 3 pages\n", "")
        assert documents(crawled) == before
    assert site.asked == []
    with Archive(crawled) as store:
        assert store.counts()["revisions"] == len(before) + 2


def test_reextract_says_where_there_is_nothing(tmp_path: Path) -> None:
    Archive(tmp_path / "archive.db").close()
    done = command("reextract", "--archive", tmp_path / "archive.db")
    assert done.exit_code == 1
    assert "--no-raw" in done.output


def test_no_raw_keeps_nothing(site: Any, write_source: Any, tmp_path: Path) -> None:
    site.pages["/none.xml"] = (200, "application/rss+xml", "<rss version='2.0'><channel></channel></rss>")
    write_source(tmp_path / "sources", "none", url=f"{site.address}/none.xml", allow_private=True)
    crawl("--no-raw", "--sources", tmp_path / "sources", "--archive", tmp_path / "archive.db")
    assert (tmp_path / "archive.db").exists()
    assert not raw_folder(tmp_path / "archive.db").exists()


def foreign(*pages: tuple[str, str, bytes]) -> list[bytes]:
    """Gzip members as others write them: a warcinfo, then a response for each URL, content type and body."""
    members = []
    for number, (url, kind, body) in enumerate((("", "", b""), *pages)):
        out = BytesIO()
        writer = WARCWriter(out, gzip=True)
        record = writer.create_warcinfo_record("x.warc.gz", {"software": "another"})
        if number:
            head = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            date = {"WARC-Date": "2026-03-01T10:00:00Z"}
            record = writer.create_warc_record(
                url, "response", payload=BytesIO(body), length=len(body), http_headers=head, warc_headers_dict=date
            )
        writer.write_record(record)
        members.append(out.getvalue())
    return members


PAGES = [(f"https://www.press.example/{n}", "text/html", html(f"Page {n}").encode()) for n in range(3)]
MEMBERS = foreign(*PAGES)


def damaged(member: bytes) -> bytes:
    """A member with some bytes turned over in its middle."""
    middle = len(member) // 2
    return member[:middle] + bytes(255 - byte for byte in member[middle : middle + 9]) + member[middle + 9 :]


WHOLE: Callable[[list[bytes]], bytes] = b"".join


@pytest.mark.parametrize(
    ("content", "good", "bad"),
    [
        (WHOLE(MEMBERS), [0, 1, 2], 0),
        (WHOLE(MEMBERS)[:-40], [0, 1], 1),
        (WHOLE(MEMBERS)[:-400], [0, 1], 1),
        (WHOLE([MEMBERS[0], damaged(MEMBERS[1]), *MEMBERS[2:]]), [1, 2], 1),
        (WHOLE([damaged(MEMBERS[0]), MEMBERS[1], b"rubbish\x1f\x8b\x08", *MEMBERS[2:]]), [0, 1, 2], 2),
        (b"rubbish" + WHOLE(MEMBERS), [0, 1, 2], 1),
        (gzip.compress(gzip.decompress(WHOLE(MEMBERS))), [0, 1, 2], 0),
        (gzip.decompress(WHOLE(MEMBERS)), [0, 1, 2], 0),
        (gzip.decompress(WHOLE(MEMBERS))[:-40], [0, 1], 1),
        (gzip.decompress(WHOLE(MEMBERS)).replace(b"WARC/1.0\r\nWARC-Date", b"WARX/1.0\r\nWARC-Date", 1), [1, 2], 1),
        (WHOLE([*MEMBERS[:2], gzip.compress(b"WARC/1.0\r\nContent-Length: many\r\n\r\n"), *MEMBERS[2:]]), [0, 1, 2], 0),
        (WHOLE([*foreign(("https://press.example/big", "text/html", bytes(20_000_000))), *MEMBERS]), [0, 1, 2], 1),
        (b"", [], 1),
        (b"no WARC file at all", [], 1),
    ],
)  # fmt: skip
def test_what_is_broken_costs_only_itself(content: bytes, good: list[int], bad: int, tmp_path: Path) -> None:
    (tmp_path / "x.warc.gz").write_bytes(content)
    found = list(read_warc(tmp_path / "x.warc.gz"))
    assert [each.response.url for each in found if isinstance(each, Kept)] == [PAGES[number][0] for number in good]
    assert len([each for each in found if isinstance(each, BadRecord)]) == bad, found


def test_others_files_are_read_by_the_same_rules(tmp_path: Path) -> None:
    dated = html("Dated", '<meta property="article:published_time" content="2025-12-03T08:00:00Z">').encode()
    cyrillic = html("Запрет").replace("regulator", "суд обязал сервис").encode("cp1251")
    pages = [
        ("https://www.press.example/dated", "text/html; charset=ascii", dated),
        ("https://press.example/ru", "text/html; charset=utf-8", cyrillic),
        ("https://press.example/", "text/html", html("Front").encode()),
        ("https://press.example/p.png", "image/png", b"\x89PNG\r\n\x1a\n\0\0"),
        ("dns:press.example", "text/dns", b"1.2.3.4"),
    ]
    (tmp_path / "cc.warc.gz").write_bytes(b"".join(foreign(*pages))[:-20])
    done = command("import", tmp_path / "cc.warc.gz", "--archive", tmp_path / "archive.db")
    assert (done.exit_code, "cut off; passed over" in done.stderr) == (0, True), done.stderr
    found = {document.title: document for document in documents(tmp_path / "archive.db").values()}
    assert set(found) == {"Dated", "Запрет"}
    assert {(each.published, each.published_basis, each.fetched, each.source) for each in found.values()} == {
        ("2025-12-03", "meta", "2026-03-01T10:00:00Z", "press.example"),
        (None, None, "2026-03-01T10:00:00Z", "press.example"),
    }
    with Archive(tmp_path / "archive.db") as store:
        assert [source.id for source in store.sources()] == ["press.example"]
    again = command("import", tmp_path / "cc.warc.gz", "--archive", tmp_path / "archive.db")
    assert "0 new or revised documents" in again.stdout


def test_a_run_goes_on_in_a_new_file_where_one_is_full(tmp_path: Path) -> None:
    writer = RawWriter(tmp_path / "raw", limit=2_000)
    for number in range(9):
        url = f"https://press.example/{number}"
        writer.write(Request(url), HtmlResponse(url, body=html(f"Page {number}").encode()), {})
    writer.close()
    files = sorted((tmp_path / "raw").iterdir())
    assert len(files) > 2
    found = [each.response.url for file in files for each in read_warc(file) if isinstance(each, Kept)]
    assert found == [f"https://press.example/{number}" for number in range(9)]
