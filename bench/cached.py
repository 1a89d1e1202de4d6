"""How fast pages come from nginx's cache: python bench/cached.py [--events 1000000] [--seconds 5]

Serves made-up events by two processes behind nginx with deploy/nginx.conf, but without its limits by address, and asks
for one page of each kind over and over with wrk (https://github.com/wg/wrk), ten connections. Prints requests a second.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.proxy import NGINX, proxied
from bench.site import kinds, options, served


def rate(address: str, seconds: int) -> float:
    """Requests a second, all of them answered with 200."""
    subprocess.run(["wrk", "-t1", "-c10", "-d1", address], check=True, capture_output=True)
    told = subprocess.run(["wrk", "-t1", "-c10", f"-d{seconds}", address], check=True, capture_output=True, text=True)
    if "Non-2xx" in told.stdout:
        raise SystemExit(told.stdout)
    return float(re.findall(r"Requests/sec: +([\d.]+)", told.stdout)[0])


def main() -> None:
    given = options(__doc__, 5).parse_args()
    if not (NGINX and shutil.which("wrk")):
        sys.exit("nginx or wrk is missing: `make tools` and `apt install wrk`")
    with (
        tempfile.TemporaryDirectory() as folder,
        served(given, 2) as sites,
        proxied(Path(folder), sites, limits=False) as front,
    ):
        for kind, address in kinds(given.events).items():
            print(f"{kind:24} {rate(front + address(random.Random(1)), given.seconds):9,.0f}", flush=True)


if __name__ == "__main__":
    main()
