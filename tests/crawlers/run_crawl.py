"""Crawl the sources of a folder in a process of its own, as the command line does, and print the runs as JSON."""

from __future__ import annotations

import json
import socket
import sys
from dataclasses import asdict
from pathlib import Path

from crawlers import resolver
from crawlers.crawl import crawl
from crawlers.sources import load_sources
from data.archive import Archive

is_public = resolver.is_public
ELSEWHERE = "127.0.0.2"
"""Plays the part of a public host that leads the crawler astray."""
LOOSE = "loose.test"
"""A name that leads to a public host when it is looked up first, and to this machine ever after."""
gethostbyname = socket.gethostbyname
asked: list[str] = []
SETTINGS = {"RETRY_TIMES": 0, "DNS_TIMEOUT": 2}


def look_up(host: str) -> str:
    """The address of a host, by the system's resolver or as the test wants it."""
    if host != LOOSE:
        return gethostbyname(host)
    asked.append(host)
    return ELSEWHERE if len(asked) == 1 else "127.0.0.1"


if __name__ == "__main__":
    socket.gethostbyname = look_up
    resolver.is_public = lambda address: address == ELSEWHERE or is_public(address)
    folder, archive_path = map(Path, sys.argv[1:3])
    settings = SETTINGS | json.loads(sys.argv[3] if sys.argv[3:] else "{}")
    with Archive(archive_path) as archive:
        runs = crawl(load_sources(folder), archive, settings=settings)
    print(json.dumps([asdict(run) for run in runs]))
