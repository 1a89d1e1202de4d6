"""Takes pictures of the main pages over the sample's database into docs/screens/; `make screens` calls it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

from data.serving import server_command

FOLDER = Path(__file__).with_name("screens")
PAGES = {
    "front": "/",
    "find": "/find?country=RU",
    "event": "/event/2025-12-ru-facetime-block",
    "country": "/country/RU",
    "countries": "/countries",
}
LOOKS: dict[str, tuple[int, Any]] = {"wide": (1280, "light"), "narrow": (390, "dark")}
HEIGHT = 1600


def main() -> None:
    """Every page in every look."""
    with TemporaryDirectory() as folder, closing(socket.socket()) as free:
        events = Path(folder) / "events.db"
        made = ["--archive", f"{folder}/archive.db", "--events", str(events)]
        subprocess.run([sys.executable, "-m", "splinterlog", "demo", "--no-serve", *made], check=True)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        server = subprocess.Popen(server_command(events, port))
        try:
            _take(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait(10)


def _take(site: str) -> None:
    for _ in range(100):
        try:
            urlopen(site).close()
            break
        except OSError:
            time.sleep(0.1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or "chromium", args=["--no-sandbox"]
        )
        for look, (width, scheme) in LOOKS.items():
            page = browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)
            for name, path in PAGES.items():
                page.goto(site + path)
                page.screenshot(path=FOLDER / f"{name}-{look}.png")
        browser.close()


if __name__ == "__main__":
    main()
