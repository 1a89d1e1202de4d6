"""Feeds of all dialects, sound and damaged, through a real crawl: python bench/feeds.py [--feeds 2000] [--seed 1]

Makes as many feeds as wanted, serves them on this machine, and crawls them as a source each. Prints as JSON how the
runs ended, which sources have none, and which items of sound feeds are missed or have another title.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml

from data.archive import Archive

RUN = Path(__file__).parents[1] / "tests" / "crawlers" / "run_crawl.py"
DIALECTS = ("rss20", "rss091", "rdf", "atom", "json")
TITLES = (
    "Court fines video site {}",
    "Роскомнадзор заблокировал мессенджер {}",
    "Behörde verhängt Bußgeld gegen Plattform {}",
    "当局がプラットフォームに罰金を科した {}",
    "Ban & fine: {} < 5 % of turnover",
)
DATES = ("Thu, 04 Dec 2025 23:30:00 -0500", "2025-12-04T09:00:00Z", "4 Dec 2025", "yesterday", "")
KINDS = ("application/rss+xml", "application/xml", "text/xml", "text/html", "application/octet-stream", "")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it is served, and the titles by path that it tells; `damage` is None where it is sound."""

    body: bytes
    kind: str
    format: str
    damage: str | None
    items: dict[str, str]


def feed(number: int, seed: int, base: str) -> Feed:
    """The feed of a number: always the same for the same seed."""
    dice = random.Random(f"{seed}/{number}")
    dialect = dice.choice(DIALECTS)
    items = {
        f"/item/{number}/{one}": dice.choice(TITLES).format(f"{number}-{one}") for one in range(dice.randint(1, 9))
    }
    text = globals()[f"_{dialect}"]([_item(dice, base, path, title) for path, title in items.items()])
    body, charset = _encoded(dice, dialect, text)
    damage = dice.choice([None, None, *DAMAGES]) if number % 2 else None
    if damage:
        body = DAMAGES[damage](dice, body)
    kind = "application/feed+json" if dialect == "json" else dice.choice(KINDS)
    if kind and charset and dice.random() < 0.3:
        kind += f"; charset={charset}"
    return Feed(body, kind, {"json": "json", "atom": "atom"}.get(dialect, "rss"), damage, items)


def _item(dice: random.Random, base: str, path: str, title: str) -> dict[str, str]:
    link = dice.choice([base + path, base + path, f"{base}{path}?utm_source=rss", path])
    words = f"What is told of {title}: the regulator said so on Thursday, in a statement. " * dice.randint(1, 5)
    return {"link": link, "title": title, "text": words, "date": dice.choice(DATES), "style": dice.choice("ech")}


def _encoded(dice: random.Random, dialect: str, text: str) -> tuple[bytes, str]:
    charset = "utf-8" if dialect == "json" else dice.choice(["utf-8", "utf-8", "windows-1251", "iso-8859-1", "utf-16"])
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        charset = "utf-8"
    if dialect == "json":
        return text.encode(), ""
    mark = b"\xef\xbb\xbf" if charset == "utf-8" and dice.random() < 0.1 else b""
    return mark + f'<?xml version="1.0" encoding="{charset}"?>\n{text}'.encode(charset), charset


def _marked(item: dict[str, str], name: str, attributes: str = "") -> str:
    """The title or text as an element: escaped, as CDATA, or as HTML that is escaped once more."""
    words = item[name]
    told = {"e": escape(words), "c": f"<![CDATA[{escape(words)}]]>", "h": escape(f"<b>{escape(words)}</b>")}
    return told[item["style"]] if attributes == "html" else escape(words)


def _rss20(items: list[dict[str, str]], version: str = "2.0") -> str:
    return f'<rss version="{version}"><channel><title>Feed</title>{"".join(map(_rss_item, items))}</channel></rss>'


def _rss091(items: list[dict[str, str]]) -> str:
    return _rss20([item | {"date": ""} for item in items], "0.91")


def _rss_item(item: dict[str, str]) -> str:
    date = f"<pubDate>{item['date']}</pubDate>" if item["date"] else ""
    title, text = _marked(item, "title", "html"), _marked(item, "text", "html")
    link = escape(item["link"])
    return f"<item><title>{title}</title><link>{link}</link>{date}<description>{text}</description></item>"


def _rdf(items: list[dict[str, str]]) -> str:
    names = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    return f"<rdf:RDF {names}><channel><title>Feed</title></channel>{''.join(map(_rss_item, items))}</rdf:RDF>"


def _atom(items: list[dict[str, str]]) -> str:
    entries = "".join(
        f'<entry><title type="html">{_marked(item, "title", "html")}</title><link href="{escape(item["link"])}"/>'
        f"<updated>{item['date']}</updated><summary>{_marked(item, 'text')}</summary></entry>"
        for item in items
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Feed</title>{entries}</feed>'


def _json(items: list[dict[str, str]]) -> str:
    told = [
        {"id": item["link"], "url": item["link"], "title": item["title"], "content_text": item["text"]}
        | ({"date_published": item["date"]} if item["date"] else {})
        for item in items
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Feed", "items": told})


def _anywhere(dice: random.Random, body: bytes, put: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        at = dice.randrange(len(body) + 1)
        body = body[:at] + put + body[at:]
    return body


def _flipped(dice: random.Random, body: bytes) -> bytes:
    changed = bytearray(body)
    for _ in range(10):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


Damage = Callable[[random.Random, bytes], bytes]
DAMAGES: dict[str, Damage] = {
    "cut off": lambda dice, body: body[: dice.randrange(len(body))],
    "bytes changed": _flipped,
    "ampersand": lambda dice, body: _anywhere(dice, body, b" & ", 3),
    "open tag": lambda dice, body: _anywhere(dice, body, b"<b><i>", 2),
    "control characters": lambda dice, body: _anywhere(dice, body, b"\x00\x08\x1b", 3),
    "unknown entity": lambda dice, body: _anywhere(dice, body, b"&nbsp;&nosuch;", 2),
    "no charset": lambda dice, body: _anywhere(dice, body, "Ünlü".encode("iso-8859-9"), 2),
    "twice": lambda dice, body: body + body,
    "words before": lambda dice, body: b"\n\nWarning: mysql_connect() failed\n" + body,
    "depth": lambda dice, body: body.replace(b"<title>", b"<title>" + b"<d>" * 20_000, 1),
    "empty": lambda dice, body: b"",
    "noise": lambda dice, body: dice.randbytes(3000),
    "a page": lambda dice, body: b"<html><head><title>Log in</title></head><body>Log in</body></html>",
    "bad links": lambda dice, body: body.replace(
        b"/item/", dice.choice([b"[::1/", b"javascript:", b":99999/", b"\xff"])
    ),
    "lone surrogate": lambda dice, body: body.replace(b"e", b"\xed\xa0\x80", 3),
    "null": lambda dice, body: dice.choice([b"null", b"[]", b'{"items": {"a": [null, 3]}}', b"[" * 50_000, b"<rss/>"]),
}


class Handler(BaseHTTPRequestHandler):
    """Serves each feed at /feed/NUMBER."""

    seed = 0

    def do_GET(self) -> None:
        """Answer with a feed, or with 404."""
        name = self.path.rpartition("/")[2]
        known = feed(int(name), self.seed, f"http://{self.headers['Host']}") if self.path.startswith("/feed/") else None
        with suppress(ConnectionError):
            self.send_response(200 if known else 404)
            if known and known.kind:
                self.send_header("Content-Type", known.kind)
            body = known.body if known else b"no such page"
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def measure(count: int, seed: int) -> dict[str, Any]:
    """Crawl so many feeds, and compare with what the sound ones tell."""
    Handler.seed = seed
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.request_queue_size = 500
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    feeds = [feed(number, seed, base) for number in range(count)]
    facts = {"kind": "news", "country": "XX", "languages": ["en"], "spider": "feed", "follow": False}
    facts |= {"verified": "documentation", "verified_where": "this machine", "allow_private": True}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sources").mkdir()
        for number, each in enumerate(feeds):
            own = {"id": f"f{number}", "name": "F", "url": f"{base}/feed/{number}", "format": each.format}
            (folder / "sources" / f"f{number}.yaml").write_text(yaml.safe_dump(facts | own))
        start = time.perf_counter()
        settings = json.dumps({"KEEP_RAW": False})
        command = [sys.executable, str(RUN), str(folder / "sources"), str(folder / "a.db"), settings]
        with (folder / "err").open("wb") as err:
            child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=err, text=True)
            out = child.stdout.read() if child.stdout else ""
            _, status, used = os.wait4(child.pid, 0)
        seconds, said = time.perf_counter() - start, (folder / "err").read_text()
        if status:
            raise SystemExit(f"the crawl ended with {status}:\n{said}")
        runs = {run["source"]: run for run in json.loads(out)}
        with Archive(folder / "a.db") as archive:
            found = {(each.url or "").removeprefix(base): each.title for each in archive.documents()}
    sound = {path: title for each in feeds if not each.damage for path, title in each.items.items()}
    ends = Counter(f"{run['outcome']} {run['failure'] or ''}".strip() for run in runs.values())
    return {
        "feeds": count,
        "sound": sum(not each.damage for each in feeds),
        "ends": dict(ends.most_common()),
        "errors": {name: run["detail"] for name, run in runs.items() if run["failure"] == "error"},
        "sound, but failed": [
            (name, feeds[int(name[1:])].format, run["failure"], run["detail"])
            for name, run in runs.items()
            if not feeds[int(name[1:])].damage and run["outcome"] != "ok"
        ],
        "without a run": sorted({f"f{number}" for number in range(count)} - runs.keys()),
        "items": len(sound),
        "missed": sorted(sound.keys() - found.keys()),
        "other titles": [(path, found[path]) for path, title in sound.items() if found.get(path, title) != title],
        "said": said[-2000:],
        "seconds": round(seconds, 1),
        "peak MB": round(used.ru_maxrss / 1024),
    }


def main() -> None:
    """Measure once."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=2000, help="how many")
    parser.add_argument("--seed", type=int, default=1, help="of what is drawn by lot")
    options = parser.parse_args()
    print(json.dumps(measure(options.feeds, options.seed), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
