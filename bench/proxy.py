"""nginx on loopback with deploy/nginx.conf as it is, but for ports and folders: for benchmarks and for the tests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from data.serving import HOST, answering, free_port

CONFIG = Path(__file__).parents[1] / "deploy" / "nginx.conf"
NGINX = shutil.which("nginx")
WHOLE = """
{user} daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ }}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    {site}
}}
"""
# Root may not write where its workers are others.
USER = "user root;" if os.geteuid() == 0 else ""


@contextmanager
def proxied(folder: Path, sites: Sequence[str], limits: bool = True) -> Iterator[str]:
    """The address of nginx in front of two processes of the site; `limits` are those of an address.

    OSError where nginx is missing, ServingError where it ends by itself, with what it said.
    """
    port, config = free_port(), folder / "nginx.conf"
    config.write_text(WHOLE.format(folder=folder, site=_site(folder, sites, port, limits), user=USER), "utf-8")
    server = subprocess.Popen([NGINX or "nginx", "-p", str(folder), "-c", str(config)], stderr=subprocess.PIPE)
    with answering(server, port, "nginx") as address:
        yield address


def _site(folder: Path, sites: Sequence[str], port: int, limits: bool) -> str:
    site = CONFIG.read_text("utf-8").replace("listen 80;", f"listen {HOST}:{port};")
    for there, process in zip((8001, 8002), sites, strict=True):
        site = site.replace(f"{HOST}:{there}", process.removeprefix("http://"))
    site = site.replace("/var/cache/nginx/splinterlog", f"{folder}/cache")
    return site if limits else re.sub(r"^ *limit_(req|conn) .*$", "", site, flags=re.MULTILINE)
