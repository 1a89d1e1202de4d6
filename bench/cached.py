"""How fast pages come from nginx's cache: python bench/cached.py [--events 1000000] [--seconds 5]

Serves made-up events by two processes behind nginx with deploy/nginx.conf, but without its limits by address, and asks
for one page of each kind over and over with wrk (https://github.com/wg/wrk), ten connections. Prints requests a second.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.proxy import NGINX, proxied
from bench.site import fill, kinds
from data.serving import serve_events


def rate(address: str, seconds: int) -> float:
    """Requests a second, all of them answered with 200."""
    subprocess.run(["wrk", "-t1", "-c10", "-d1", address], check=True, capture_output=True)
    told = subprocess.run(["wrk", "-t1", "-c10", f"-d{seconds}", address], check=True, capture_output=True, text=True)
    if "Non-2xx" in told.stdout:
        raise SystemExit(told.stdout)
    return float(re.findall(r"Requests/sec: +([\d.]+)", told.stdout)[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--database", type=Path, help="made if it is not there, and kept")
    given = parser.parse_args()
    if not (NGINX and shutil.which("wrk")):
        sys.exit("nginx or wrk is missing: `make tools` and `apt install wrk`")
    with tempfile.TemporaryDirectory() as name:
        path = given.database or Path(name) / "events.db"
        if not path.exists():
            fill(path, given.events)
        with (
            serve_events(path) as one,
            serve_events(path) as other,
            proxied(Path(name), [one, other], limits=False) as site,
        ):
            for kind, address in kinds(given.events).items():
                print(f"{kind:24} {rate(site + address(random.Random(1)), given.seconds):9,.0f}", flush=True)


if __name__ == "__main__":
    main()
