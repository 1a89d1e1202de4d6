"""Pages a second of a crawl, beside a bare Scrapy spider with the same extraction: python bench/crawl.py [--pages 5000]

A server of its own process has ten feeds of made-up article pages. Bare Scrapy (its own settings; no robots.txt, guard,
archive or raw material) and the crawl read them in turn, --rounds times, each in a process of its own; the clock runs
from the first request to the last document. Prints each rate and the share of the bare one that the crawl reaches.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any

import yaml

FEEDS = 10
TALK = """the regulator court ministry told messenger platform to block fine remove content after a probe of personal
data users company said on Thursday that it would appeal against this decision in the capital while lawyers warned"""
WORDS = TALK.split()
LINK = re.compile(rb"<link>([^<]+)</link>")


def page(name: str) -> str:
    """An article among the furniture that pages have, some 25 kB of it."""
    dice = random.Random(name)
    paragraphs = "".join(f"<p>{' '.join(dice.choices(WORDS, k=60)).capitalize()}.</p>" for _ in range(12))
    furniture = "".join(f'<li class="i{n}"><a href="/topic/{n}">Topic {n}</a></li>' for n in range(200))
    head = f'<title>Case {name} | Site</title><meta property="article:published_time" content="2025-12-04T09:00:00Z">'
    body = f"<nav><ul>{furniture}</ul></nav><article><h1>Case {name}</h1>{paragraphs}</article>{furniture}"
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


class Handler(BaseHTTPRequestHandler):
    """/feed/F lists the pages /page/F/N."""

    protocol_version = "HTTP/1.1"
    pages = 0

    def do_GET(self) -> None:
        """Answer with a feed, a page, or 404."""
        kind, _, name = self.path[1:].partition("/")
        body = ""
        if kind == "feed":
            paths = [f"http://{self.headers['Host']}/page/{name}/{each}" for each in range(self.pages // FEEDS)]
            items = "".join(f"<item><title>Case</title><link>{path}</link></item>" for path in paths)
            body = f'<rss version="2.0"><channel><title>F</title>{items}</channel></rss>'
        elif kind == "page":
            body = page(name)
        raw = body.encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "application/rss+xml" if kind == "feed" else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def serve(pages: int) -> None:
    """Serve until the process is ended; the port is the first line of output."""
    Handler.pages = pages
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()


def bare(base: str) -> tuple[int, float]:
    """Pages and seconds of a spider that only follows and extracts."""
    from scrapy import Request, Spider
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.http import Response

    from crawlers.article import extract_article

    done: list[float] = []

    class Bare(Spider):
        name = "bare"

        async def start(self) -> AsyncIterator[Request]:
            for number in range(FEEDS):
                yield Request(f"{base}/feed/{number}")

        def parse(self, response: Response) -> Iterator[Request]:
            for link in LINK.findall(response.body):
                yield Request(link.decode(), self.read)

        def read(self, response: Any) -> Iterator[dict[str, Any]]:
            article = extract_article(response.text, response.url)
            done.append(time.perf_counter())
            yield {"title": article.title, "text": article.text, "published": article.published}

    process = AsyncCrawlerProcess({"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False})
    process.crawl(Bare)
    start = time.perf_counter()
    process.start()
    return len(done), done[-1] - start


def ours(base: str, folder: Path) -> tuple[int, float]:
    """Documents and seconds of the crawl as it is."""
    from crawlers.crawl import crawl
    from crawlers.sources import load_sources
    from data.archive import Archive

    facts = {"kind": "news", "country": "XX", "languages": ["en"], "spider": "feed", "format": "rss"}
    facts |= {"verified": "documentation", "verified_where": "this machine", "allow_private": True}
    for number in range(FEEDS):
        own = {"id": f"f{number}", "name": "F", "url": f"{base}/feed/{number}"}
        (folder / f"f{number}.yaml").write_text(yaml.safe_dump(facts | own))
    sources = load_sources(folder)
    with Archive(folder / "a.db") as archive:
        start = time.perf_counter()
        runs = crawl(sources, archive)
        return sum(run.new for run in runs), time.perf_counter() - start


def main() -> None:
    """Serve, or do one of both, or compare both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=5000, help="pages in all")
    parser.add_argument("--rounds", type=int, default=1, help="times that both are measured")
    parser.add_argument("--part", choices=["serve", "bare", "ours"], help=argparse.SUPPRESS)
    parser.add_argument("--base", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part == "serve":
        serve(options.pages)
    elif options.part:
        with tempfile.TemporaryDirectory() as name:
            print(json.dumps(bare(options.base) if options.part == "bare" else ours(options.base, Path(name))))
    else:
        compare(options.pages, options.rounds)


def compare(pages: int, rounds: int) -> None:
    """Measure both in turn."""
    me = [sys.executable, __file__]
    server = subprocess.Popen([*me, "--part", "serve", "--pages", str(pages)], stdout=subprocess.PIPE, text=True)
    base = f"http://127.0.0.1:{server.stdout.readline().strip() if server.stdout else ''}"
    shares = []
    try:
        for _ in range(rounds):
            rates = {}
            for part in ("bare", "ours"):
                command = [*me, "--part", part, "--base", base]
                done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
                count, seconds = json.loads(done.stdout.splitlines()[-1])
                rates[part] = count / seconds
                print(f"{part}: {count} pages in {seconds:.1f} s, {rates[part]:.1f} a second", flush=True)
            shares.append(rates["ours"] / rates["bare"])
    finally:
        server.terminate()
    print(f"share: {median(shares):.2f}")


if __name__ == "__main__":
    main()
