"""Crawl the sources of a folder in a process of its own, as the command line does, and print the runs as JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from crawlers.crawl import crawl
from crawlers.sources import load_sources
from data.archive import Archive

if __name__ == "__main__":
    folder, archive_path = map(Path, sys.argv[1:3])
    with Archive(archive_path) as archive:
        runs = crawl(load_sources(folder), archive, settings={"RETRY_TIMES": 0, "DNS_TIMEOUT": 2})
    print(json.dumps([asdict(run) for run in runs]))
